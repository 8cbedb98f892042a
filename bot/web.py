"""The one HTTP server of the process: health, figures, and the routes that channels and feeds bring along."""

import errno
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Sequence
from urllib.parse import urlsplit

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from bot.channel import Misconfigured

Reasons = Callable[[], Awaitable[Sequence[str]]]
"""What keeps the process from serving, one sentence each; empty when all is well."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SHUTDOWN_SECONDS = 2.0
READING = frozenset({"GET", "HEAD", "OPTIONS"})
COMPLAINTS = {errno.EADDRINUSE: "web-taken", errno.EACCES: "web-forbidden"}
"""What is said when the address cannot be had, by the reason; any other reason means that it is not ours."""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host


class Web:
    """Serves ``host:port``; port 0 takes a free one, which :attr:`port` names once started.

    Bound to loopback, only requests that name a loopback host are answered (a foreign name that resolves to
    127.0.0.1 is an attack on the page), except on public routes. A request that changes something, and every
    WebSocket, must come from a page of this very server or from no page at all.
    """

    def __init__(self, host: str, port: int, *, health: Reasons, metrics: CollectorRegistry) -> None:
        self._host = host
        self._port = port
        self._health = health
        self._metrics = metrics
        self._public: set[web.AbstractResource | None] = set()
        self._app = web.Application(middlewares=[self._guard])
        self._app.on_response_prepare.append(self._add_headers)
        self._runner: web.AppRunner | None = None
        self.add_routes([web.get("/healthz", self._answer_health)], public=True)
        self.add_routes([web.get("/metrics", self._answer_metrics)])

    def add_routes(self, routes: Iterable[web.AbstractRouteDef], *, public: bool = False) -> None:
        """Take routes before :meth:`start`; ``public`` ones may be asked for under any host name."""
        for route in self._app.add_routes(routes):
            if public:
                self._public.add(route.resource)

    async def start(self) -> None:
        """Listen. Raises :class:`Misconfigured` when the address cannot be had."""
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.stop()
            key = COMPLAINTS.get(error.errno or 0, "web-address")
            raise Misconfigured(key, address=f"{self._host}:{self._port}") from error
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and close what is open, within two seconds; safe to call twice."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    @property
    def port(self) -> int:
        """The port as set, or, once started, the one really used."""
        return self._port

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine, without a slash at the end."""
        return page_address(self._host, self._port)

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not self._named_rightly(request):
            raise web.HTTPForbidden(text="This address is not served under that host name.")
        changes = request.method not in READING or "upgrade" in request.headers.get("Connection", "").lower()
        if changes and not _from_here(request):
            raise web.HTTPForbidden(text="Requests from pages of other origins are refused.")
        return await handler(request)

    def _named_rightly(self, request: web.Request) -> bool:
        if not _is_loopback(self._host) or request.match_info.route.resource in self._public:
            return True
        return _is_loopback(_host_name(request.host))

    async def _add_headers(self, _request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)

    async def _answer_health(self, _request: web.Request) -> web.Response:
        if reasons := await self._health():
            return web.json_response({"status": "unavailable", "reasons": list(reasons)}, status=503)
        return web.json_response({"status": "ok"})

    async def _answer_metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._metrics), headers={"Content-Type": CONTENT_TYPE_LATEST})


def page_address(host: str, port: int) -> str:
    """Where a browser on this machine finds what listens there, without a slash at the end."""
    host = "127.0.0.1" if _is_wildcard(host) else host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _host_name(header: str) -> str:
    """The name in a Host header without its port (which a tunnel may change); empty when it is no such thing."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _from_here(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
