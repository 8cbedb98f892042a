"""HTTP to the Bot API over aiohttp, several times cheaper per call than the library's own backend.

What goes wrong is told apart by one question: may Telegram have acted on the request? No exception of this file
carries an address, since the address carries the token, nor anything of what was sent or answered.
"""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 25.0
CONNECTIONS = 64
BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DETAILS = {"description": str, "parameters": dict}
UNNAMED_PAUSE = 5.0
"""Seconds to wait after a 429 that names no time, as proxies send it."""


class NotSent(NetworkError):
    """There was no connection: Telegram cannot have seen the request."""


class AnswerLost(TimedOut):
    """The request went out, but no (understandable) answer came back: Telegram may have acted on it."""


class Unavailable(NetworkError):
    """Telegram, or what stands before it, answered that it cannot serve now."""


class Throttled(NetworkError):
    """Too fast. Unlike the library's error it carries ``retry_after`` as plain seconds (and warns of nothing)."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections; made by :meth:`initialize`, closed by :meth:`shutdown`, both repeatable."""

    def __init__(self, api_base: str) -> None:
        self._proxy = proxy_for(api_base)
        self._session: aiohttp.ClientSession | None = None
        self._heard = ("", datetime.now(UTC))

    @property
    def read_timeout(self) -> float:
        """Seconds an exchange may take unless a call says otherwise."""
        return ANSWER_SECONDS

    @property
    def skew(self) -> timedelta | None:
        """How far our clock was ahead of the server's at the last answer, to the second; None before any."""
        date, at = self._heard
        try:
            return at - parsedate_to_datetime(date)
        except (TypeError, ValueError):
            return None

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_others: Any,
        **_named: Any,
    ) -> tuple[int, bytes]:
        """Status and body of one exchange, or an error of this file.

        Of the timeouts only ``read_timeout`` (seconds) can be chosen by a call.
        """
        if self._session is None:
            raise NotSent("the connection is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else ANSWER_SECONDS
        timeout = aiohttp.ClientTimeout(connect=CONNECT_SECONDS, total=seconds)
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as answer:
                payload = await answer.read()
                self._heard = (answer.headers.get("Date", ""), datetime.now(UTC))
        except BEFORE_SENDING as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise AnswerLost(type(error).__name__) from None
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            _recognise(answer.status, payload)
        return answer.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, with all that the library relies on and nothing of another type. Nothing is logged.

        Raises :class:`AnswerLost` for what is no JSON object.
        """
        answer = _object(payload)
        if not answer:
            raise AnswerLost("the answer is no JSON object")
        known = {"result": answer.get("result")}
        return known | {name: answer[name] for name, kind in DETAILS.items() if isinstance(answer.get(name), kind)}


def proxy_for(url: str) -> str | None:
    """The proxy the environment names for ``url``; looked up once, because aiohttp would do so at every request."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return {"data": form}


def _recognise(status: int, payload: bytes) -> None:
    """Name what the library would throw together. What remains is Telegram's own word, and the library reads it.

    A refusal that is not in Telegram's form comes from a proxy or a wrong address and says nothing about the chat.
    """
    refusal = _object(payload)
    pause = _named_pause(refusal)
    if pause or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Throttled(pause or UNNAMED_PAUSE)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("Request Entity Too Large")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or refusal.get("ok") is not False:
        raise Unavailable(f"HTTP {status}")


def _named_pause(refusal: dict[str, Any]) -> float:
    try:
        return float(refusal["parameters"]["retry_after"])
    except (KeyError, TypeError, ValueError):
        return 0.0


def _object(payload: bytes) -> dict[str, Any]:
    """The JSON object in a body, empty when it is none."""
    try:
        value = json.loads(payload)
    except (RecursionError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
