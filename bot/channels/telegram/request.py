"""HTTP to the Bot API over aiohttp, several times cheaper per call than the library's own backend.

No exception of this file carries an address, since the address carries the token, nor anything of what was sent or
answered.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.answers import AnswerLost, NotSent, as_object, recognise

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
        """Status and body of one exchange, or an error of ``answers``.

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
            recognise(answer.status, payload)
        return answer.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, with all that the library relies on and nothing of another type. Nothing is logged.

        Raises :class:`AnswerLost` for what is no JSON object.
        """
        answer = as_object(payload)
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
