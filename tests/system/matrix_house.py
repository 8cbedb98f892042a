"""The real process before a real homeserver, and people with encrypted chats of their own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import sqlalchemy as sa

from domain.people import Purpose, Role
from domain.topics import State
from storage import people, rooms, topics
from storage.database import Database
from storage.inbox import inbox
from storage.outbox import SENDING, WAITING, outbox
from tests.channels.matrix.people import Json, Person
from tests.postgres import sqlite_database
from tests.synapse import Registered, Synapse, free_port
from tests.system.process import Process


class MatrixProcess(Process):
    """``themenbote run`` with an account on the homeserver."""

    def __init__(self, folder: Path, server: Synapse, account: Registered, database: str) -> None:
        port = free_port()
        prefix = "THEMENBOTE_MATRIX__ACCOUNTS__0__"
        super().__init__(
            folder,
            {
                f"{prefix}HOMESERVER": server.url,
                f"{prefix}USER": account.user_id,
                f"{prefix}PASSWORD": account.password,
                f"{prefix}STORE": str(folder / "store"),
                "THEMENBOTE_DATABASE__URL": database,
                "THEMENBOTE_WEB__PORT": str(port),
            },
        )
        self.url = f"http://127.0.0.1:{port}"

    async def ready(self) -> str:
        """Wait until it says that it runs; returns the address of its server."""
        assert self.running.stdout is not None
        line = (await self.running.stdout.readline()).decode()
        assert line.startswith("Themenbote"), f"ended with {self.running.returncode}: {line!r}\n{self.log[-4000:]}"
        return self.url


@dataclass
class House:
    """One account of the assistant, its database, and the people of the programme, of whom the first coordinates.

    ``chats`` are their direct chats in the same order.
    """

    server: Synapse
    account: Registered
    process: MatrixProcess
    database: Database
    people: list[Person] = field(default_factory=list)
    chats: list[str] = field(default_factory=list)

    @property
    def channel(self) -> str:
        """The name of the channel."""
        return f"matrix:{self.account.user_id}"

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        """What the database says."""
        with self.database.read() as db:
            return [tuple(row) for row in db.execute(query)]

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

    def add_topics(self, count: int) -> None:
        """Something to look at and to support."""
        now = datetime.now(UTC)
        with self.database.begin() as db:
            author = people.add_member(db, "Koordination", Role.COORDINATOR, "de", now)
            for number in range(count):
                topics.add_topic(db, f"Frage {number}?", "", author.id, State.PROPOSED, now, anonymous=False)

    def taken(self, events: Sequence[str]) -> bool:
        """Whether all these events are stored."""
        found = {arrival for (arrival,) in self.rows(sa.select(inbox.c.arrival))}
        return found.issuperset(events)

    def delivered(self) -> bool:
        """Whether nothing waits."""
        moving = sa.select(sa.func.count()).where(outbox.c.state.in_((WAITING, SENDING)))
        return self.rows(moving) == [(0,)]

    async def until(self, met: Any, within: float) -> None:
        """Wait for what happens in other processes."""
        async with asyncio.timeout(within):
            while not met():  # noqa: ASYNC110 - what is waited for happens in other processes
                await asyncio.sleep(0.05)

    def shown(self, person: Person, room: str) -> list[Json]:
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
    opened = House(server, account, MatrixProcess(folder / "bot", server, account, url), database)
    for number in range(count):
        person = await Person(server, server.register()).start()
        opened.people.append(person)
        with database.begin() as db:
            role = Role.PARTICIPANT if number else Role.COORDINATOR
            member = people.add_member(db, f"Ort {number}", role, "de", datetime.now(UTC))
            people.add_account(db, member.id, "matrix", person.id, opened.channel, "")
    try:
        yield opened
    finally:
        for person in opened.people:
            await person.stop()
        process = opened.process
        if process.spawned and process.running.returncode is None:
            await process.kill()
        database.close()
