"""Requests to the homeserver. The access token travels in the header only, never in an address."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

Json = dict[str, Any]

CLIENT = "/_matrix/client"
MEDIA = "/_matrix/media/v3"
DOWNLOADS = "/_matrix/client/v1/media/download"
ANSWER_WITHIN = 30.0


class MatrixError(Exception):
    """The homeserver refused: ``status`` of HTTP, ``code`` such as M_FORBIDDEN, ``retry_after`` in seconds.

    ``answer`` is the whole refusal, for the few that can be answered (a password asked for).
    """

    def __init__(self, status: int, answer: Json) -> None:
        self.status = status
        self.answer = answer
        self.code = str(answer.get("errcode", "M_UNKNOWN"))
        pause = answer.get("retry_after_ms", 0)
        self.retry_after = max(0.0, pause / 1000) if isinstance(pause, int | float) else 0.0
        super().__init__(f"{status} {self.code}")


class Unreachable(Exception):
    """No answer. ``sent`` says whether the request may have been carried out all the same."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


def path(*parts: str, version: str = "v3") -> str:
    """An address below the client API; each part is quoted, for ids hold ``!``, ``$``, ``/`` and more."""
    return "/".join((CLIENT, version, *(quote(part, safe="") for part in parts)))


class Homeserver:
    """One connection pool to ``base`` (``https://matrix.example.org``); ``token`` is empty until signed in."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.token = ""
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        within: float = ANSWER_WITHIN,
    ) -> Json:
        """One request as JSON. Raises :class:`MatrixError` or :class:`Unreachable`; ``within`` is in seconds."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return await self._answer(method, address, data, "application/json", query or {}, within)

    async def upload(self, data: bytes, media_type: str, name: str = "") -> str:
        """Stores a file on the homeserver and returns its ``mxc://`` address."""
        query = {"filename": name} if name else {}
        stored = await self._answer("POST", f"{MEDIA}/upload", data, media_type, query, 4 * ANSWER_WITHIN)
        return str(stored.get("content_uri", ""))

    async def download(self, name: str) -> bytes:
        """A file on the homeserver, named ``<server>/<id>``."""
        status, raw = await self._exchanged("GET", f"{DOWNLOADS}/{name}", None, "", {}, 4 * ANSWER_WITHIN)
        if status >= 300:
            understood(status, raw)
        return raw

    async def close(self) -> None:
        """Lets go of all connections; safe to call twice."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _answer(
        self, method: str, address: str, data: bytes | None, media_type: str, query: Mapping[str, str], within: float
    ) -> Json:
        return understood(*await self._exchanged(method, address, data, media_type, query, within))

    async def _exchanged(
        self, method: str, address: str, data: bytes | None, media_type: str, query: Mapping[str, str], within: float
    ) -> tuple[int, bytes]:
        url = URL(self.base + address, encoded=True).with_query(query)
        headers = {"Content-Type": media_type} if data is not None else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=within)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise Unreachable(type(error).__name__, sent=False) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(type(error).__name__, sent=True) from error


def understood(status: int, raw: bytes) -> Json:
    """The answer as an object; whatever is no success or no JSON object raises."""
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = {}
    if not isinstance(answer, dict):
        answer = {}
    if status >= 300:
        raise MatrixError(status, answer)
    return answer
