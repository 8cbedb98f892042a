"""The HTTP side: reads requests, lets faults strike, writes answers; can go down and come back on the same port."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from tests.telegram.dispatch import Dispatch
from tests.telegram.faults import Fault, Faults, Kind
from tests.telegram.intake import BY_NAME, read_body
from tests.telegram.refusals import ApiError

LARGEST_BODY = 64 * 1024 * 1024
HOST = "127.0.0.1"
PATIENCE = 0.1
"""Seconds for requests in hand to notice that their connection is gone."""
Control = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def as_json(value: object, status: int = 200) -> web.Response:
    """A JSON answer."""
    content = json.dumps(value, ensure_ascii=False, default=repr).encode("utf-8", "replace")
    return web.Response(body=content, status=status, content_type="application/json")


def hang_up(request: web.BaseRequest) -> web.Response:
    """Break the connection; what is returned reaches nobody."""
    if request.transport:
        request.transport.abort()
    return web.Response()


class Listener:
    """Listens on one port of the loopback interface. ``control`` answers what comes under /control/."""

    def __init__(self, dispatch: Dispatch, faults: Faults, control: Control | None = None) -> None:
        self.control = control
        self.port = 0
        self._dispatch = dispatch
        self._faults = faults
        self._protocols: web.Server | None = None
        self._server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> None:
        """Listen, on the port used before or a free one unless ``port`` says which."""
        loop = asyncio.get_running_loop()

        def request(message: Any, payload: Any, protocol: RequestHandler, writer: Any, task: Any) -> web.BaseRequest:
            return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)

        self._protocols = web.Server(
            self._handle, request_factory=request, handler_cancellation=True, access_log=None, keepalive_timeout=75
        )
        self._server = await loop.create_server(self._protocols, HOST, port or self.port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections and break those that are open."""
        if self._server and self._protocols:
            self._server.close()
            for connection in self._protocols.connections:
                if connection.transport:
                    connection.transport.abort()
            await self._protocols.shutdown(PATIENCE)
            await self._server.wait_closed()
        self._server = self._protocols = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        first, _, method = request.path.removeprefix("/").partition("/")
        if first == "control" and self.control:
            return await self.control(request)
        if first == "file":
            return self._content(method)
        if not first.startswith("bot") or not method:
            return as_json(ApiError(404, "Not Found").to_json(), 404)
        return await self._answer(request, first.removeprefix("bot"), method)

    def _content(self, path: str) -> web.Response:
        """A file, as ``/file/bot<token>/<file_path>``."""
        token, _, name = path.removeprefix("bot").partition("/files/")
        stored = self._dispatch.world.files.get(name)
        if stored is None or token not in self._dispatch.world.bots:
            return as_json(ApiError(404, "Not Found").to_json(), 404)
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _answer(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        method = BY_NAME.get(name.lower())
        fault = self._faults.take(method.name if method else name)
        if fault and fault.kind is Kind.LOSE_REQUEST:
            return hang_up(request)
        if fault and fault.kind is Kind.FAIL:
            return web.Response(status=fault.status, text="<html><h1>Bad Gateway</h1></html>", content_type="text/html")
        try:
            body = await read_body(request)
        except ApiError as error:
            self._dispatch.complain(name, error)
            return as_json(error.to_json(), error.code)
        status, answer = await self._dispatch.answer(token, name, body)
        return await self._afterwards(request, fault) or as_json(answer, status)

    async def _afterwards(self, request: web.BaseRequest, fault: Fault | None) -> web.Response | None:
        """What a fault makes of the answer."""
        match fault:
            case Fault(kind=Kind.LOSE_ANSWER):
                return hang_up(request)
            case Fault(kind=Kind.GARBLE):
                return web.Response(text='{"ok":tr', content_type="application/json")
            case Fault(kind=Kind.SLOW, seconds=seconds):
                await asyncio.sleep(seconds)
        return None
