"""A town full of voters: the real application over a real database, on two messengers."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from bot.app import App
from bot.channel import Receipt
from bot.units import ALPHABET
from domain.chat import Address, Pressed, Said, Sender
from domain.people import Role
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import outbox, people
from storage.database import Database
from storage.locks import locks_for
from tests.bot.house import NOW, PATIENCE, Written, eventually
from tests.memory import MemoryChannel, Server
from tests.world import Calendar, texts

CHANNELS = ("memory", "bare")
"""One with notices on presses, one without, as on Matrix."""
BALLOT = "Abstimmen"


class Town:
    """People of one programme. Everybody has a direct chat on each channel; ``home`` is the one they use first."""

    def __init__(self, database: Database, folder: Path, people_in_it: int, *, linked: bool = False) -> None:
        self.database = database
        self.chance = Random(11)
        self.calendar = Calendar(NOW)
        self.log = Written()
        self.locks = locks_for(database, folder)
        servers = {name: Server() for name in CHANNELS}
        channels = [MemoryChannel(server, name, notices=name != "bare") for name, server in servers.items()]
        policy = Policy(software="0.1.0")
        self.app = App(
            database,
            self.locks,
            texts(),
            policy,
            Router(catalogue()),
            channels,
            clock=self.calendar.now,
            token=lambda length: "".join(self.chance.choice(ALPHABET) for _ in range(length)),
        )
        self._numbers = count(1)
        with database.begin() as db:
            self.coordinator = people.add_member(db, "Koordination", Role.COORDINATOR, "de", NOW).id
            people.add_account(db, self.coordinator, "local", "user-0", "memory", "chat-0-")
            self.members = [
                people.add_member(db, f"Ort {chr(64 + number)}stadt", Role.PARTICIPANT, "de", NOW).id
                for number in range(1, people_in_it + 1)
            ]
            for place, member in enumerate(self.members):
                for name in CHANNELS if linked else CHANNELS[place % 2 :][:1]:
                    user = f"user-{member}-{name}"
                    people.add_account(db, member, "local", user, name, f"chat-{member}-")
        self.home = {member: CHANNELS[place % 2] for place, member in enumerate(self.members)}

    def names(self, member: int) -> Sequence[str]:
        """All that names somebody in the database, the logs and the files."""
        with self.database.read() as db:
            known = people.find_member(db, member)
        return [known.name if known else "", f"chat-{member}-", f"user-{member}-"]

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Town"]:
        """From the start to the end, with everything the process writes into its log."""
        root = logging.getLogger()
        level = root.level
        root.addHandler(self.log)
        root.setLevel(logging.DEBUG)
        try:
            async with self.app.running():
                yield self
        finally:
            root.removeHandler(self.log)
            root.setLevel(level)
            self.locks.close()

    async def say(self, member: int, text: str, channel: str = "") -> Receipt:
        """Somebody writes in the direct chat."""
        number = next(self._numbers)
        return await self.app.inbox.receive(
            Said(id=f"a{number}", at=NOW, message=f"s{number}", text=text, **self._from(member, channel))
        )

    async def press(self, member: int, row: int, index: int, channel: str = "") -> Receipt:
        """Somebody presses a button."""
        number = next(self._numbers)
        return await self.app.inbox.receive(
            Pressed(id=f"a{number}", at=NOW, message="", index=index, row=row, **self._from(member, channel))
        )

    def _from(self, member: int, channel: str) -> dict[str, Any]:
        name = channel or self.home.get(member, "memory")
        user = "user-0" if member == self.coordinator else f"user-{member}-{name}"
        chat = "chat-0-" if member == self.coordinator else f"chat-{member}-"
        return {"sender": Sender(user, "x", "de"), "address": Address(name, chat, private=True)}

    async def open_vote(self, number: int, options: Sequence[str], settings: str = "methode: einzeln") -> None:
        """The coordinator begins a vote, the one of this number."""
        lines = [f"/abstimmung Frage {number}?", *options, "bis: Freitag 18 Uhr", settings]
        await self.say(self.coordinator, "\n".join(lines))
        row = self.row(self.coordinator, "")
        await self.press(self.coordinator, row, self.button(row, "Jetzt starten"))

    async def close_vote(self, number: int) -> None:
        """The coordinator ends it."""
        await self.say(self.coordinator, f"/schließen {number}")
        row = self.row(self.coordinator, "")
        await self.press(self.coordinator, row, 0)

    def row(self, member: int, subject: str, channel: str = "") -> int:
        """The newest message with buttons in a direct chat."""
        table = outbox.outbox
        chat = "chat-0-" if member == self.coordinator else f"chat-{member}-"
        query = sa.select(table.c.id).where(
            table.c.channel == (channel or self.home.get(member, "memory")),
            table.c.chat == chat,
            table.c.replaces.is_(None),
            table.c.keyboard.is_not(None),
        )
        query = query.where(table.c.subject == subject) if subject else query
        with self.database.read() as db:
            return int(db.execute(query.order_by(table.c.id.desc()).limit(1)).scalar_one())

    def button(self, row: int, label: str) -> int:
        """The index of a button."""
        with self.database.read() as db:
            keyboard = db.execute(sa.select(outbox.outbox.c.keyboard).where(outbox.outbox.c.id == row)).scalar_one()
        return [button[0] for line in keyboard for button in line].index(label)

    async def pass_by(self, **time: float) -> None:
        """Let time go by, and do what is due."""
        self.calendar.pass_by(timedelta(**time))
        while await self.app.perform_duties():
            pass

    async def delivered(self) -> None:
        """Wait until everything has been sent that is due."""
        self.app.wake_all()
        table = outbox.outbox
        busy = sa.and_(table.c.state.in_([outbox.WAITING, outbox.SENDING]), table.c.due <= self.calendar.now())

        def idle() -> bool:
            with self.database.read() as db:
                return not db.execute(sa.select(sa.exists().where(busy))).scalar()

        await eventually(idle, 3 * PATIENCE)
