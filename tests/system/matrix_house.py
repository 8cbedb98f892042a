"""The real process before a real homeserver, and people with encrypted chats of their own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import sqlalchemy as sa

from domain.people import Purpose, Role
from storage import people, rooms
from storage.database import Database
from storage.inbox import inbox
from tests.channels.matrix.people import Json, Person
from tests.postgres import sqlite_database
from tests.synapse import Registered, Synapse
from tests.system import house as common
from tests.system.process import MessengerProcess


class MatrixProcess(MessengerProcess):
    """``themenbote run`` with an account on the homeserver."""

    def __init__(self, folder: Path, server: Synapse, account: Registered, database: str) -> None:
        prefix = "THEMENBOTE_MATRIX__ACCOUNTS__0__"
        ours = {
            f"{prefix}HOMESERVER": server.url,
            f"{prefix}USER": account.user_id,
            f"{prefix}PASSWORD": account.password,
            f"{prefix}STORE": str(folder / "store"),
            "THEMENBOTE_DATABASE__URL": database,
        }
        super().__init__(folder, ours)


@dataclass(frozen=True, slots=True)
class Keyless:
    """Somebody without keys, at a client that knows nothing but requests."""

    server: Synapse
    account: Registered

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """A request."""
        return self.server.call(method, path, body, self.account.token)

    def invite(self, user: str) -> str:
        """A direct chat with somebody, who need not have come yet."""
        wanted = {"invite": [user], "is_direct": True, "preset": "trusted_private_chat"}
        return str(self.call("POST", "/_matrix/client/v3/createRoom", wanted)["room_id"])

    def accept(self) -> list[str]:
        """Come into all rooms one is invited to."""
        rooms = [*self.call("GET", "/_matrix/client/v3/sync?timeout=0")["rooms"].get("invite", {})]
        for room in rooms:
            self.call("POST", f"/_matrix/client/v3/rooms/{quote(room)}/join", {})
        return rooms

    def say(self, room: str, text: str) -> None:
        """Write a message."""
        address = f"/_matrix/client/v3/rooms/{quote(room)}/send/m.room.message/{uuid4().hex}"
        self.call("PUT", address, {"msgtype": "m.text", "body": text})


@dataclass(kw_only=True)
class House(common.House):
    """One account of the assistant, its database, and the people of the programme, of whom the first coordinates.

    ``chats`` are their direct chats in the same order.
    """

    server: Synapse
    account: Registered
    process: MatrixProcess
    people: list[Person] = field(default_factory=list)
    chats: list[str] = field(default_factory=list)

    @property
    def channel(self) -> str:
        """The name of the channel."""
        return f"matrix:{self.account.user_id}"

    async def open_chats(self) -> None:
        """Everybody invites the assistant to a direct chat; it comes and greets."""
        self.chats = [await person.create_room(self.account.user_id, direct=True) for person in self.people]
        for person, chat in zip(self.people, self.chats, strict=True):
            await person.until_there(chat, self.account.user_id)

    async def open_room(self) -> str:
        """A connected room of everybody."""
        host, *others = self.people
        room = await host.create_room(self.account.user_id, *(person.id for person in others))
        for person in others:
            await person.join(room)
        for person in self.people:
            await person.until_there(room, self.account.user_id)
        with self.database.begin() as db:
            rooms.connect_room(db, self.channel, room, "Runde", "de", Purpose.PROGRAMME, None)
        return room

    def add_keyless(self, number: int) -> Keyless:
        """A member without keys, of whom the first coordinates; the direct chat is not open."""
        person = Keyless(self.server, self.server.register())
        self.add_member(person.account, number)
        return person

    def add_member(self, account: Registered, number: int) -> None:
        """Put somebody into the programme, who has still to open the direct chat."""
        with self.database.begin() as db:
            role, name = (Role.PARTICIPANT, f"Ort {number}") if number else (Role.COORDINATOR, "Koordination")
            member = people.add_member(db, name, role, "de", datetime.now(UTC))
            people.add_account(db, member.id, "matrix", account.user_id, self.channel, "")

    def greeted(self) -> int:
        """How many direct chats are open."""
        ((count,),) = self.rows(sa.select(sa.func.count()).where(people.accounts.c.reachable))
        return int(count)

    def taken(self, events: Sequence[str]) -> bool:
        """Whether all these events are stored."""
        found = {arrival for (arrival,) in self.rows(sa.select(inbox.c.arrival))}
        return found.issuperset(events)

    def shown(self, person: Person | Keyless, room: str) -> list[Json]:
        """All events of the assistant in a room as the homeserver has them, read without any keys."""
        found: list[Json] = []
        start = ""
        while True:
            query = {"dir": "b", "limit": "500"} | ({"from": start} if start else {})
            told = person.call("GET", f"/_matrix/client/v3/rooms/{quote(room)}/messages?{urlencode(query)}")
            found += [event for event in told["chunk"] if event["sender"] == self.account.user_id]
            if not told["chunk"] or "end" not in told:
                return found
            start = told["end"]


@asynccontextmanager
async def house(server: Synapse, folder: Path, count: int) -> AsyncIterator[House]:
    """Account, database and ``count`` people; the process is not started yet."""
    url = sqlite_database(folder)
    account, database = server.register(), Database(url)
    process = MatrixProcess(folder / "bot", server, account, url)
    opened = House(server=server, account=account, process=process, database=database)
    for number in range(count):
        person = await Person(server, server.register()).start()
        opened.people.append(person)
        opened.add_member(person.account, number)
    try:
        yield opened
    finally:
        for person in opened.people:
            await person.stop()
        if process.spawned and process.running.returncode is None:
            await process.kill()
        database.close()


def texts_now(events: Sequence[Json]) -> list[str]:
    """What messages say after all edits, oldest first; ``events`` begin with the newest, and are not encrypted."""
    texts: dict[str, str] = {}
    for event in reversed(events):
        if event["type"] == "m.room.message":
            relation = event["content"].get("m.relates_to", {})
            place = relation["event_id"] if relation.get("rel_type") == "m.replace" else event["event_id"]
            texts[place] = event["content"].get("m.new_content", event["content"])["body"]
    return [*texts.values()]
