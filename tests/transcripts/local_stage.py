"""The stage on the local page: the real channel and server, and a page that speaks its protocol."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, ClientWebSocketResponse

from bot.app import App
from bot.channels.local import LocalChannel
from bot.channels.local_store import Person, Room
from bot.channels.local_words import words
from bot.drawing import Drawer
from bot.web import Web
from config.texts import Texts
from domain.chat import Html
from domain.markup import plain
from tests.transcripts.dialogue import Cast, Chat
from tests.transcripts.stage import Event, Noticed, Seat, Seats, Seen

WITHIN = 60.0
"""Seconds in which the page has to answer."""
ROOM = "room:"
Frame = dict[str, Any]


class LocalStage:
    """One page on which everybody sits; the file is in ``folder``."""

    notices = True
    abilities = frozenset({"Dateien", "Knöpfe", "kurze Bildtexte", "leere Nachrichten", "Links", "lange Nachrichten"})

    def __init__(self, folder: Path, texts: Texts, now: Callable[[], datetime]) -> None:
        self._file = folder / "local-page.db"
        self._words = words(texts)
        self._now = now
        self._people: tuple[Person, ...] = ()
        self._rooms: tuple[Room, ...] = ()
        self._web: Web | None = None
        self._socket: ClientWebSocketResponse | None = None
        self._shown: dict[str, Seen] = {}
        self._numbers = count(1)
        self.events: list[Event] = []

    async def set_up(self, cast: Cast) -> Seats:
        """Names are ids here."""
        self._people = tuple(
            Person(person.name, person.shown, person.language, opened=not person.guest) for person in cast.people
        )
        self._rooms = tuple(Room(ROOM + room.name, room.name, room.members) for room in cast.rooms)
        return Seats(
            {person.id: Seat(person.id, person.id) for person in self._people},
            {room.title: room.id for room in self._rooms},
        )

    def channel(self) -> LocalChannel:
        """The channel on the same file."""
        draw = Drawer()
        self._channel = LocalChannel(
            self._file,
            self._people,
            self._rooms,
            draw=draw,
            words=self._words,
            address=lambda: self._web.url if self._web else "",
            clock=self._now,
        )
        draw.know([self._channel])
        return self._channel

    @asynccontextmanager
    async def running(self, app: App) -> AsyncIterator[None]:
        """The process with its server, and the page open."""
        self._web = app.web("127.0.0.1", 0)
        self._web.add_routes(self._channel.routes())
        async with app.running(), ClientSession() as session:
            await self._web.start()
            try:
                async with session.ws_connect(f"{self._web.url}/local/socket") as self._socket:
                    await self._ask("hello")
                    await self._hear("snapshot")
                    yield
            finally:
                await self._web.stop()

    async def close(self) -> None:
        """The folder is the test's."""

    async def say(self, person: str, chat: Chat, text: str, reply_to: Seen | None = None) -> str:
        """Write a message."""
        answered = reply_to.message if reply_to else None
        return await self._do("say", person, chat, text=text, reply_to=answered)

    async def send(self, person: str, chat: Chat, name: str, content: bytes, *, picture: bool) -> None:
        """Upload it, then write a message that names it."""
        assert self._web is not None
        kind = {"Content-Type": "image/png" if picture else "application/octet-stream"}
        address = f"{self._web.url}/local/files?{urlencode({'name': name})}"
        async with ClientSession() as session, session.post(address, data=content, headers=kind) as answer:
            uploaded = (await answer.json())["id"]
        await self._do("say", person, chat, text="", file=uploaded)

    async def edit(self, person: str, chat: Chat, message: str, text: str) -> None:
        """Change an own message."""
        await self._do("edit", person, chat, message=message, text=text)

    async def press(self, person: str, seen: Seen, index: int) -> None:
        """Press a button."""
        await self._do("press", person, seen.chat, message=seen.message, token=seen.mark, index=index)

    async def forge(self, person: str, own: Seen, seen: Seen, index: int) -> None:
        """Send a frame that the page would never send."""
        await self._do("press", person, own.chat, message=own.message, token=seen.mark, index=index)

    async def open(self, person: str, code: str) -> None:
        """Open the direct chat."""
        await self._do("open", person, Chat(person), payload=code)

    async def leave(self, person: str, chat: Chat) -> None:
        """Leave."""
        await self._do("leave", person, chat)

    async def taken(self, stored: Callable[[str], bool]) -> None:
        """Each deed is awaited until its receipt comes."""

    async def arrived(self) -> None:
        """Frames come in order, so that what was told before the answer has been heard."""
        await self._ask("ping")
        await self._hear("pong")

    async def _do(self, deed: str, person: str, chat: Chat, **values: object) -> str:
        """Do something and wait until the process has taken it; returns the message it made, if it made one."""
        client = f"deed-{next(self._numbers)}"
        await self._ask(deed, person=person, chat=_id(chat), client=client, **values)
        message = ""
        while True:
            frame = await self._hear("message", "receipt", client=client)
            if frame["type"] == "message":
                message = str(frame["message"]["id"])
                continue
            if frame["notice"]:
                self.events.append(Noticed(person, frame["notice"]))
            return message

    async def _ask(self, type_: str, **values: object) -> None:
        assert self._socket is not None
        await self._socket.send_json({"type": type_, **values})

    async def _hear(self, *types: str, **values: object) -> Frame:
        """The next frame of these types with these values; messages on the way are noted."""
        assert self._socket is not None
        async with asyncio.timeout(WITHIN):
            while True:
                frame: Frame = await self._socket.receive_json()
                for message in [frame["message"]] if frame["type"] == "message" else frame.get("messages", []):
                    self._note(message)
                if frame["type"] == "error":
                    raise AssertionError(f"the page was refused: {frame['code']}")
                if frame["type"] in types and values.items() <= frame.items():
                    return frame

    def _note(self, message: Frame) -> None:
        if message["author"] or message["kind"] != "text":
            return
        before = self._shown.get(message["id"])
        seen = _seen(message, edited=before is not None)
        if before is None or (before.text, before.buttons, before.mark) != (seen.text, seen.buttons, seen.mark):
            self._shown[seen.message] = seen
            self.events.append(seen)


def _id(chat: Chat) -> str:
    return ROOM + chat.name if chat.room else chat.name


def _seen(message: Frame, *, edited: bool) -> Seen:
    chat, file = message["chat"], message["file"] or {"picture": False, "alt": "", "name": ""}
    return Seen(
        chat=Chat(chat.removeprefix(ROOM), room=chat.startswith(ROOM)),
        message=message["id"],
        text=plain(Html(message["text"])),
        buttons=tuple(tuple(row) for row in message["keyboard"]),
        picture=file["alt"] if file["picture"] else "",
        file="" if file["picture"] else file["name"],
        edited=edited,
        mark=message["token"],
    )
