"""Serves the page: its files, its words, what was drawn, and the WebSocket."""

import asyncio
import contextlib
import json
import mimetypes
import re
from html import escape
from importlib import resources
from string import Template
from urllib.parse import quote

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels import local_messages as messages
from bot.channels.local_desk import Desk
from bot.channels.local_fanout import Fanout
from bot.channels.local_store import Store, StoreError
from bot.channels.local_words import Words
from domain.writing import one_line

LARGEST_FRAME = 128 * 1024
"""Bytes; ten thousand characters fit, however they are written."""
LARGEST_FILE = 20_000_000
"""Bytes of a file somebody sends; messengers take no more either."""
LONGEST_NAME = 200
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
IN_PLACE = frozenset({"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""A drawing opened on its own may do nothing at all."""
LANGUAGES = ("de", "en")


class Page:
    """The routes of the local page."""

    def __init__(self, store: Store, desk: Desk, fanout: Fanout, words: Words) -> None:
        self._store = store
        self._desk = desk
        self._fanout = fanout
        self._words = {language: words(language) for language in LANGUAGES}
        self._assets = {
            file.name: file.read_bytes() for file in (resources.files("bot") / "page").iterdir() if file.is_file()
        }

    def routes(self) -> list[web.RouteDef]:
        """What the server has to offer for the page; none of it to strange host names."""
        return [
            web.get("/", self._index),
            web.get("/local/texts/{language}.json", self._table),
            web.get("/local/page/{name}", self._asset),
            web.get("/local/files/{name}", self._file),
            web.post("/local/files", self._upload),
            web.get("/local/socket", self._socket),
        ]

    async def _index(self, request: web.Request) -> web.Response:
        english = request.headers.get("Accept-Language", "").lower().startswith("en")
        language = "en" if english else "de"
        words = self._words[language]
        text = Template(self._assets["index.html"].decode()).substitute(
            language=language, title=escape(words["page-title"]), noscript=escape(words["page-noscript"])
        )
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def _table(self, request: web.Request) -> web.Response:
        if (words := self._words.get(request.match_info["language"])) is None:
            raise web.HTTPNotFound
        return web.json_response(words, headers={"Cache-Control": "no-cache"})

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if (body := self._assets.get(name)) is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return web.Response(body=body, content_type=kind, headers={"Cache-Control": "no-cache"})

    async def _file(self, request: web.Request) -> web.Response:
        try:
            file = await self._store.run(messages.file_of, request.match_info["name"])
        except StoreError as error:
            raise web.HTTPServiceUnavailable from error
        if file is None:
            raise web.HTTPNotFound
        place = "inline" if file.media_type in IN_PLACE else "attachment"
        headers = {
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": FILE_POLICY,
            "Content-Type": file.media_type,
        }
        return web.Response(body=file.body, headers=headers)

    async def _upload(self, request: web.Request) -> web.Response:
        """A file that somebody is about to send: its bytes, with its name in the address."""
        name = one_line(request.query.get("name", ""))[:LONGEST_NAME]
        kind = request.content_type
        if not name or not MEDIA_TYPE.fullmatch(kind):
            raise web.HTTPBadRequest
        body = bytearray()
        async for part in request.content.iter_chunked(LARGEST_FRAME):
            body += part
            if len(body) > LARGEST_FILE:
                raise web.HTTPRequestEntityTooLarge(LARGEST_FILE, len(body))
        if not body:
            raise web.HTTPBadRequest
        try:
            kept = await self._store.run(messages.upload, messages.File(name, kind, "", bytes(body)))
        except StoreError as error:
            raise web.HTTPServiceUnavailable from error
        return web.json_response({"id": kept})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=LARGEST_FRAME)
        await socket.prepare(request)
        queue = self._fanout.join()
        writer = asyncio.create_task(_write(socket, queue))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
                answer = await self._desk.answer(message.data if message.type is WSMsgType.TEXT else "")
                if answer is not None:
                    queue.put_nowait(json.dumps(answer))
        finally:
            self._fanout.leave(queue)
            queue.put_nowait(None)
            await writer
        return socket


async def _write(socket: web.WebSocketResponse, queue: asyncio.Queue[str | None]) -> None:
    """Send what is queued, until the goodbye or until nobody is there any more."""
    with contextlib.suppress(ConnectionError):
        while (text := await queue.get()) is not None:
            await socket.send_str(text)
    await socket.close(code=WSCloseCode.GOING_AWAY)
