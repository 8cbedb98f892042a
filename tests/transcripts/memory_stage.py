"""The stage in memory: people and chats without any messenger."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from bot.app import App
from bot.drawing import Drawer
from domain.chat import Address, Edited, File, Incoming, Left, Opened, Pressed, Said, Sender
from domain.markup import plain
from tests.memory import MemoryChannel, Posted, Server
from tests.transcripts.dialogue import Cast, Chat, Person
from tests.transcripts.stage import Event, Noticed, Seat, Seats, Seen


class MemoryStage:
    """A stage on a :class:`~tests.memory.Server`.

    ``bare`` plays a messenger that has neither buttons nor notices: a press is a reaction, which names the message but
    not what it showed at the time.
    """

    def __init__(self, now: Callable[[], datetime], *, bare: bool = False) -> None:
        self.notices = not bare
        always = {"Dateien", "kurze Bildtexte", "leere Nachrichten", "Links", "lange Nachrichten"}
        self.abilities = frozenset(always | ({"Knöpfe"} if not bare else set()))
        self.server = Server()
        self._now = now
        self._bare = bare
        self._people: dict[str, Person] = {}
        self._events: list[Event] = []
        self._read = 0

    async def set_up(self, cast: Cast) -> Seats:
        """Names are ids here."""
        self._people = {person.name: person for person in cast.people}
        return Seats(
            {person.name: Seat(person.name, _id(Chat(person.name))) for person in cast.people},
            {room.name: _id(Chat(room.name, room=True)) for room in cast.rooms},
        )

    def channel(self) -> MemoryChannel:
        """A new way to the same server."""
        draw = Drawer()
        channel = MemoryChannel(self.server, notices=self.notices, draw=draw)
        draw.know([channel])
        return channel

    def running(self, app: App) -> AbstractAsyncContextManager[None]:
        """Nothing else is needed."""
        return app.running()

    async def close(self) -> None:
        """Nothing is left behind."""

    async def say(self, person: str, chat: Chat, text: str, reply_to: Seen | None = None) -> str:
        """Write a message."""
        message = self.server.number()
        answered = reply_to.message if reply_to else ""
        await self._do(person, Said(**self._shared(person, chat), message=message, text=text, reply_to=answered))
        return message

    async def send(self, person: str, chat: Chat, name: str, content: bytes, *, picture: bool) -> None:
        """Send a picture or file."""
        message = self.server.number()
        self.server.files[message] = content
        file = File(name, "image/png" if picture else "application/octet-stream", len(content), message)
        await self._do(person, Said(**self._shared(person, chat), message=message, text="", file=file))

    async def edit(self, person: str, chat: Chat, message: str, text: str) -> None:
        """Change an own message."""
        await self._do(person, Edited(**self._shared(person, chat), message=message, text=text))

    async def press(self, person: str, seen: Seen, index: int) -> None:
        """Press a button, or react."""
        await self._press(person, seen.chat, seen, index)

    async def forge(self, person: str, own: Seen, seen: Seen, index: int) -> None:
        """Press in the own chat whatever was seen elsewhere."""
        await self._press(person, own.chat, seen, index)

    async def _press(self, person: str, chat: Chat, seen: Seen, index: int) -> None:
        row = 0 if self._bare or not isinstance(seen.mark, int) else seen.mark
        await self._do(person, Pressed(**self._shared(person, chat), message=seen.message, index=index, row=row))

    async def open(self, person: str, code: str) -> None:
        """Open the direct chat."""
        self.server.reopen(_id(Chat(person)))
        await self._do(person, Opened(**self._shared(person, Chat(person)), payload=code))

    async def leave(self, person: str, chat: Chat) -> None:
        """Leave a room, or shut the direct chat."""
        if not chat.room:
            self.server.shut(_id(chat))
        await self._do(person, Left(**self._shared(person, chat)))

    async def taken(self, stored: Callable[[str], bool]) -> None:
        """What people do here is awaited at once."""

    async def arrived(self) -> None:
        """What is sent here is seen at once."""

    @property
    def events(self) -> Sequence[Event]:
        """All that was posted and noticed."""
        posted = self.server.posted
        self._events += [_seen(one) for one in posted[self._read :]]
        self._read = len(posted)
        return self._events

    async def _do(self, person: str, incoming: Incoming) -> None:
        receipt = await self.server.offer(incoming)
        if receipt.notice:
            self._events.append(Noticed(person, receipt.notice))

    def _shared(self, name: str, chat: Chat) -> dict[str, Any]:
        person = self._people[name]
        return {
            "id": self.server.number(),
            "at": self._now(),
            "sender": Sender(name, person.shown, person.language),
            "address": Address("memory", _id(chat), private=not chat.room),
        }


def _id(chat: Chat) -> str:
    return f"room:{chat.name}" if chat.room else f"direct:{chat.name}"


def _seen(posted: Posted) -> Seen:
    place, _, name = posted.chat.partition(":")
    attachment = posted.content.attachment
    return Seen(
        chat=Chat(name, room=place == "room"),
        message=posted.message,
        text=plain(posted.content.text),
        buttons=tuple(tuple(button.label for button in row) for row in posted.content.keyboard),
        picture=attachment.alt if attachment and attachment.picture else "",
        file=attachment.name if attachment and not attachment.picture else "",
        edited=posted.edited,
        mark=int(posted.token),
    )
