"""The stage on Matrix: the real channel, a real homeserver, and people at clients with keys of their own."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.app import App
from bot.channels.matrix.channel import MatrixChannel
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.outgoing import MARK
from bot.channels.matrix.reactions import KEYS
from bot.channels.matrix.state import KEPT
from bot.drawing import Drawer
from bot.messengers import manners
from domain.chat import Outgoing
from tests.channels.matrix.bots import NoLocks
from tests.channels.matrix.people import Json, Person
from tests.synapse import Registered, Synapse
from tests.transcripts.dialogue import Cast, Chat
from tests.transcripts.dialogue import Room as Stated
from tests.transcripts.stage import Event, Seat, Seats, Seen
from tests.world import router, texts

WITHIN = 60.0
"""Seconds in which the process has to take what people did."""
GLANCE = 0.003
"""Seconds between looks at what happens elsewhere."""


@dataclass(slots=True)
class Noted:
    """What the channel sent: where to, and how the buttons of each version of a message were meant to stand."""

    rooms: set[str] = field(default_factory=set)
    rows: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)


class Noting(MatrixChannel):
    """The channel, with an eye on it."""

    noted: Noted

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Show the message, and note that."""
        shown = await super().send(message, token, replaces)
        self.noted.rooms.add(message.to.chat)
        self.noted.rows.setdefault(shown, []).append(tuple(len(row) for row in message.content.keyboard))
        return shown


async def may_invite(_: str, direct: bool) -> bool:
    """As for everybody who runs nothing."""
    return direct


def say(language: str, key: str, values: Mapping[str, object]) -> str:
    """The texts of the channel itself."""
    return texts().plain(language, "sie", key, **values)


class MatrixStage:
    """One account of the assistant, its rooms, and people who look at their clients when there is something new.

    A press is the reaction that the assistant offers; where it offers none, the number is typed.
    """

    notices = False
    abilities = frozenset({"Dateien", "Einladungen", "leere Nachrichten", "lange Nachrichten"})

    def __init__(self, server: Synapse, folder: Path) -> None:
        self._server = server
        self._store = folder / "matrix"
        self._bot: Registered = server.register()
        self._people: dict[str, Person] = {}
        self._rooms: dict[Chat, str] = {}
        self._chats: dict[str, Chat] = {}
        self._members: dict[str, list[str]] = {}
        self._awaited: list[str] = []
        self._reactions: dict[tuple[str, str, str], str] = {}
        self._noted = Noted()
        self._known: set[str] = set()
        self._read: dict[str, int] = {}
        self._files: dict[str, Json] = {}
        self._beside: dict[str, Json] = {}
        self._early: list[Json] = []
        self._events: list[Event] = []

    async def set_up(self, cast: Cast) -> Seats:
        """Accounts, encrypted rooms with the assistant in them, and direct chats of all but guests."""
        for person in cast.people:
            self._people[person.name] = Person(self._server, self._server.register(), person.shown)
        channel = self.channel()
        await asyncio.gather(channel.open(), *(person.prepare() for person in self._people.values()))
        await channel.close()
        for person in cast.people:
            if person.met and not person.guest:
                await self._meet(Chat(person.name), (person.name,))
        for room in cast.rooms:
            await self._gather(room)
        self._remember_the_past()
        await asyncio.gather(*(person.look() for person in self._people.values()))
        return Seats(
            {name: Seat(person.id, self._rooms.get(Chat(name), "")) for name, person in self._people.items()},
            {chat.name: room for chat, room in self._rooms.items() if chat.room},
        )

    async def _gather(self, room: Stated) -> None:
        made = await self._meet(Chat(room.name, room=True), room.members, name=room.name)
        for name in room.members[1:]:
            await asyncio.to_thread(self._people[name].call, "POST", f"{_address(made)}/join", {})

    async def _meet(self, chat: Chat, names: Sequence[str], **more: Any) -> str:
        """An encrypted room of the first person's, in which the assistant is already."""
        host, *others = (self._people[name] for name in names)
        invited = [self._bot.user_id, *(other.id for other in others)]
        room = await host.create_room(*invited, direct=not chat.room, **more)
        await asyncio.to_thread(self._as_bot, "POST", f"{_address(room)}/join", {})
        self._note_room(chat, room, names)
        return room

    def _note_room(self, chat: Chat, room: str, names: Sequence[str]) -> None:
        self._rooms[chat], self._chats[room], self._members[room] = room, chat, [*names]

    def _remember_the_past(self) -> None:
        """The assistant knows which chats are direct, and has read how it came into them."""
        direct = {self._people[chat.name].id: [room] for chat, room in self._rooms.items() if not chat.room}
        me = quote(self._bot.user_id)
        self._as_bot("PUT", f"/_matrix/client/v3/user/{me}/account_data/m.direct", direct)
        read = self._as_bot("GET", "/_matrix/client/v3/sync?timeout=0")
        Folder(self._store).write(KEPT, {"token": read["next_batch"]})

    def _as_bot(self, method: str, path: str, body: Json | None = None) -> Json:
        return self._server.call(method, path, body, self._bot.token)

    def channel(self) -> MatrixChannel:
        """The channel on the same store."""
        drawer = Drawer()
        channel = Noting(
            self._server.url,
            self._bot.user_id,
            self._store,
            token=self._bot.token,
            manners=manners(router().routes, "de", drawer),
            say=say,
            may_invite=may_invite,
            locks=NoLocks(),
        )
        channel.noted = self._noted
        drawer.know([channel])
        return channel

    def running(self, app: App) -> AbstractAsyncContextManager[None]:
        """Nothing else is needed."""
        return app.running()

    async def close(self) -> None:
        """Everybody looks once more. Raises AssertionError when somebody could not read what was said to them."""
        for person in self._people.values():
            await person.look()
            assert not person.unreadable, f"{person.id} could not read {len(person.unreadable)} messages"
            await person.stop()

    async def say(self, person: str, chat: Chat, text: str, reply_to: Seen | None = None) -> str:
        """Write a message; commands begin with ``!``, since clients keep ``/`` for themselves."""
        answered = {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to.message}}} if reply_to else {}
        sent = await self._people[person].say(self._rooms[chat], _typed(text), **answered)
        self._awaited.append(sent)
        return sent

    async def send(self, person: str, chat: Chat, name: str, content: bytes, *, picture: bool) -> None:
        """Send a picture or file, sealed as the room is."""
        sent = await self._people[person].send_file(self._rooms[chat], name, content, picture=picture)
        self._awaited.append(sent)

    async def edit(self, person: str, chat: Chat, message: str, text: str) -> None:
        """Change an own message."""
        self._awaited.append(await self._people[person].edit(self._rooms[chat], message, _typed(text)))

    async def press(self, person: str, seen: Seen, index: int) -> None:
        """Tap a reaction; what was tapped before is taken back first, as clients do. Or type the number."""
        if index >= len(KEYS) or not seen.mark:
            await self.say(person, seen.chat, str(index + 1), seen)
            return
        client, room, tapped = self._people[person], self._rooms[seen.chat], (person, seen.message, KEYS[index])
        if tapped in self._reactions:
            await client.client.room_redact(room, self._reactions[tapped])
        self._reactions[tapped] = await client.react(room, *tapped[1:])
        self._awaited.append(self._reactions[tapped])

    async def forge(self, person: str, own: Seen, seen: Seen, index: int) -> None:
        """Send a reaction sealed, so that the homeserver cannot see that it refers to what is not there."""
        key = KEYS[min(index, len(KEYS) - 1)]
        relation = {"rel_type": "m.annotation", "event_id": seen.message, "key": key}
        content = {"m.relates_to": relation}
        self._awaited.append(await self._people[person].send_sealed(self._rooms[own.chat], "m.reaction", content))

    async def open(self, person: str, code: str) -> None:
        """Invite the assistant to a direct chat; where there is one already, ask it to begin. Codes are typed."""
        chat, client = Chat(person), self._people[person]
        if chat not in self._rooms and (invited := await self._invited(client)):
            await asyncio.to_thread(client.call, "POST", f"{_address(invited)}/join", {})
            self._note_room(chat, invited, [person])
            await client.look()
            return
        if chat not in self._rooms:
            room = await client.create_room(self._bot.user_id, direct=True)
            self._note_room(chat, room, [person])
            self._awaited.append(await self._entered(client, room))
            if not code:
                return
        await self.say(person, chat, f"/start {code}".strip())

    async def _invited(self, person: Person) -> str:
        """The direct chat to which the assistant invites somebody, if it does."""
        await person.look()
        rooms = [room for room, invited in person.client.invited_rooms.items() if invited.inviter == self._bot.user_id]
        return str(rooms[0]) if rooms else ""

    async def _entered(self, person: Person, room: str) -> str:
        """The event by which the assistant came in."""
        async with asyncio.timeout(WITHIN):
            while True:
                await person.look()
                for event in person.seen:
                    if event["room_id"] == room and joined(event, self._bot.user_id):
                        return str(event["event_id"])
                await asyncio.sleep(GLANCE)

    async def leave(self, person: str, chat: Chat) -> None:
        """Leave the room; a direct chat is gone with that, and so is an invitation to one."""
        client = self._people[person]
        if not chat.room and chat not in self._rooms:
            self._awaited.append(await client.leave(await self._invited(client)))
            return
        room = self._rooms[chat] if chat.room else self._rooms.pop(chat)
        self._members[room].remove(person)
        self._awaited.append(await client.leave(room))

    async def taken(self, stored: Callable[[str], bool]) -> None:
        """All events of people have arrived."""
        async with asyncio.timeout(WITHIN):
            for arrival in self._awaited:
                while not stored(arrival):  # noqa: ASYNC110 - the inbox is a table, it tells nobody
                    await asyncio.sleep(GLANCE)
        self._awaited.clear()

    async def arrived(self) -> None:
        """Somebody in every room that was written to looks at it."""
        rooms, self._noted.rooms = self._noted.rooms, set()
        looking = {members[0] for room in rooms if (members := self._members.get(room))}
        await asyncio.gather(*(self._people[name].look() for name in looking))

    @property
    def events(self) -> Sequence[Event]:
        """All messages of the assistant that anybody saw."""
        early, self._early = self._early, []
        for event in early:
            self._note(event)
        for name, person in self._people.items():
            fresh, self._read[name] = person.seen[self._read.get(name, 0) :], len(person.seen)
            for event in fresh:
                ours = event["type"] == "m.room.message" and event["sender"] == self._bot.user_id
                if ours and event["event_id"] not in self._known:
                    self._known.add(event["event_id"])
                    self._note(event)
        return self._events

    def _note(self, event: Json) -> None:
        relation = event["content"].get("m.relates_to", {})
        edited = relation.get("rel_type") == "m.replace"
        message = relation["event_id"] if edited else event["event_id"]
        content = event["content"]["m.new_content"] if edited else event["content"]
        versions = self._noted.rows.get(message)
        assert event["decrypted"], "rooms are encrypted"
        if not versions:
            if "filename" in content:
                # A file goes before the text it belongs to.
                self._files[event["room_id"]] = event
            else:
                # Somebody saw it before the channel heard that it is there.
                self._early.append(event)
            return
        if not edited:
            self._beside[message] = event if "filename" in content else self._files.pop(event["room_id"], {})
        file = self._on_show(self._beside.get(message, {}))
        text, buttons = _read_aloud("" if "filename" in content else content["body"], versions.pop(0))
        picture = file.get("msgtype") == "m.image"
        self._events.append(
            Seen(
                chat=self._chats[event["room_id"]],
                message=message,
                text=text,
                buttons=buttons,
                picture=file["body"] if picture else "",
                file=file.get("filename", "") if not picture else "",
                edited=edited,
                mark=not content.get(MARK),
            )
        )

    def _on_show(self, file: Json) -> Json:
        """The content of a picture or file, unless it was taken away."""
        away = any(file.get("event_id") in person.redacted for person in self._people.values())
        content: Json = file["content"] if file and not away else {}
        return content


def joined(event: Json, user: str) -> bool:
    """Whether this is somebody's coming in."""
    return event.get("state_key") == user and event["content"].get("membership") == "join"


def _address(room: str) -> str:
    return f"/_matrix/client/v3/rooms/{quote(room)}"


def _typed(text: str) -> str:
    return f"!{text[1:]}" if text.startswith("/") else text


def _read_aloud(body: str, rows: Sequence[int]) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The text, and the numbered choices below it as the buttons they stand for."""
    lines, count = body.split("\n"), sum(rows)
    if not count:
        return body, ()
    text, choices = lines[:-count], lines[-count:]
    numbered = [line.partition(" ") for line in choices]
    assert [number for number, _, _ in numbered] == [str(number) for number in range(1, count + 1)], body
    labels = iter(label for _, _, label in numbered)
    return "\n".join(text).rstrip("\n"), tuple(tuple(next(labels) for _ in range(length)) for length in rows)
