"""Calls of the Bot API, with the names and types of its documentation."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram import Bot, InputFile

from bot.channels.telegram.answers import AnswerLost
from bot.channels.telegram.request import ANSWER_SECONDS, AiohttpRequest

_silent = logging.getLogger("telegram.silent")
_silent.disabled = True


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes with a call as its parameter ``part``; the ending of ``name`` tells its type."""

    part: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``method`` and ``parameters`` as in Telegram's documentation."""

    method: str
    parameters: Mapping[str, Any] = field(repr=False)
    upload: Upload | None = None


class Api(Bot):
    """The library's bot, used one step below its typed methods.

    Those turn every answer into objects, which costs four times as much as the rest of the call, and refuse a whole
    batch of updates for one malformed update. The library logs requests and answers in full, and shows the token when
    printed; neither happens here.
    """

    _LOGGER = _silent

    def __init__(self, token: str, api_base: str) -> None:
        http, root = AiohttpRequest(api_base), api_base.rstrip("/")
        super().__init__(
            token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", request=http, get_updates_request=http
        )
        self._http = http

    def __repr__(self) -> str:
        return "Api()"

    @property
    def skew(self) -> timedelta | None:
        """How far our clock was ahead of Telegram's at the last answer; None before any."""
        return self._http.skew

    async def connect(self) -> None:
        """Be ready to call; may be repeated."""
        await self._http.initialize()

    async def disconnect(self) -> None:
        """Let go of all connections; may be repeated."""
        await self._http.shutdown()

    async def call(self, method: str, seconds: float = ANSWER_SECONDS, /, **parameters: Any) -> Any:
        """The ``result`` of a call that may take ``seconds``. Raises the library's errors and those of ``request``."""
        return await self._post(method, parameters, read_timeout=seconds)

    async def perform(self, call: Call) -> Any:
        """The ``result`` of a prepared call. Raises like :meth:`call`."""
        if call.upload is None:
            return await self.call(call.method, **call.parameters)
        file = InputFile(call.upload.content, filename=call.upload.name)
        return await self.call(call.method, **call.parameters, **{call.upload.part: file})

    async def download(self, file_id: str) -> bytes:
        """The contents of a file that somebody sent. Raises like :meth:`call`."""
        path = path_of(await self.call("getFile", file_id=file_id))
        content: bytes = await self._http.retrieve(f"{self.base_file_url}/{path}")
        return content


def path_of(file: Any) -> str:
    """Where a file lies. Raises :class:`AnswerLost` for what is no file."""
    path = file.get("file_path") if isinstance(file, dict) else None
    if not isinstance(path, str) or not path:
        raise AnswerLost("a file without a path")
    return path
