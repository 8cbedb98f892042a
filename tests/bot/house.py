"""A process in a test: the real application over a real database, and a messenger in memory to speak to it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from bot.app import App
from bot.channel import Receipt
from bot.clock import Job, Upkeep
from bot.logs import Text
from domain.chat import Action, Address, Button, Html, Message, Outgoing, Pressed, Said, Sender, Urgency
from domain.people import Role
from handlers.context import Here, Policy, Speak
from handlers.routing import Command, Press, Router, Routes
from storage import inbox, outbox, people
from storage.database import Database
from storage.locks import Locks, locks_for
from storage.outbox import SENDING, WAITING
from tests.memory import MemoryChannel, Server
from tests.world import Calendar, texts

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PATIENCE = 20.0
"""Seconds after which something that should have happened will not; far more than it ever takes."""


class House:
    """One process on ``database``, speaking with ``server``.

    Its time stands still unless moved, and unless it is ``ticking`` the test says when what is due is dealt with.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        server: Server | None = None,
        routes: Routes | None = None,
        speak: Speak | None = None,
        jobs: Sequence[Job | Upkeep] = (),
        policy: Policy | None = None,
        ticking: bool = False,
    ) -> None:
        self.database = database
        self.server = server or Server()
        self.calendar = Calendar(NOW)
        self.locks: Locks = locks_for(database, folder)
        self.channel = MemoryChannel(self.server)
        self.app = App(
            database,
            self.locks,
            speak or texts(),
            policy or Policy(),
            Router(routes or Routes()),
            [self.channel],
            jobs,
            clock=self.calendar.now,
            ticking=ticking,
        )
        self._numbers = count(1)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["House"]:
        """From the start of the process to its proper end."""
        async with asyncio.timeout(3 * PATIENCE), self.app.running():
            yield self
        self.locks.close()

    def said(self, text: str, chat: str = "p1", arrival: str = "") -> Said:
        """Somebody writes; in a direct chat unless ``chat`` begins with "r"."""
        number = str(next(self._numbers))
        return Said(
            id=arrival or f"a{number}",
            at=NOW,
            sender=Sender(chat, "Musterstadt", "de"),
            address=address(chat),
            message=f"m{number}",
            text=text,
        )

    def pressed(self, row: int, index: int = 0, chat: str = "p1") -> Pressed:
        """Somebody presses a button."""
        number = next(self._numbers)
        sender = Sender(chat, "Musterstadt", "de")
        return Pressed(id=f"a{number}", at=NOW, sender=sender, address=address(chat), message="", index=index, row=row)

    async def say(self, text: str, chat: str = "p1") -> Receipt:
        """Write, and wait until it is taken."""
        return await self.app.inbox.receive(self.said(text, chat))

    def queue(self, *messages: Outgoing) -> list[int]:
        """Put messages into the outbox; returns their rows."""
        with self.database.begin() as db:
            rows = [outbox.add_outgoing(db, message, self.calendar.now()) for message in messages]
        self.app.wake_all()
        return [row for row in rows if row is not None]

    def pass_by(self, **time: float) -> None:
        """Let time go by, and everybody look at the outbox."""
        self.calendar.pass_by(timedelta(**time))
        self.app.wake_all()

    def row(self, number: int) -> sa.Row[tuple[object, ...]]:
        """One row of the outbox."""
        with self.database.read() as db:
            return db.execute(sa.select(outbox.outbox).where(outbox.outbox.c.id == number)).one()

    def states(self) -> list[str]:
        """Of all rows of the outbox, in their order."""
        with self.database.read() as db:
            return list(db.execute(sa.select(outbox.outbox.c.state).order_by(outbox.outbox.c.id)).scalars())

    def failures(self) -> list[str | None]:
        """Of all arrivals, in no order."""
        with self.database.read() as db:
            return list(db.execute(sa.select(inbox.inbox.c.failure)).scalars())

    def shown(self, chat: str = "p1") -> list[str]:
        """What the chat shows now."""
        return [posted.content.text for posted in self.server.shown(chat)]

    async def delivered(self) -> None:
        """Wait until nothing that is due waits and nothing is under way."""
        await eventually(lambda: not self._busy())

    def _busy(self) -> bool:
        table = outbox.outbox
        due = sa.and_(table.c.state == WAITING, table.c.due <= self.calendar.now())
        with self.database.read() as db:
            return bool(db.execute(sa.select(sa.exists().where(sa.or_(table.c.state == SENDING, due)))).scalar())


async def eventually(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until the condition holds."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread or process
            await asyncio.sleep(0.005)


def address(chat: str) -> Address:
    """A direct chat, or a room where the name begins with "r"."""
    return Address("memory", chat, private=not chat.startswith("r"))


def message(text: str, chat: str = "p1", urgency: Urgency = Urgency.REPLY, **values: object) -> Outgoing:
    """Something to be sent; ``label`` gives it one button."""
    label = values.pop("label", "")
    keyboard = ((Button(str(label), Action("press"), str(label)),),) if label else ()
    return Outgoing(to=address(chat), content=Message(Html(text), keyboard), urgency=urgency, **values)  # type: ignore[arg-type]


def routes(press: Callable[[Here], None] | None = None, **commands: Callable[[Here, str], None]) -> Routes:
    """Commands anybody may give, by their word, and what the one button does."""
    return Routes(
        tuple(Command(f"test.{word}", (word,), handle, Role.GUEST) for word, handle in commands.items()),
        {"press": Press(press, Role.GUEST)} if press else {},
    )


def echo(here: Here, text: str) -> None:
    """Answer with what was said."""
    here.reply(Html(text))


def add_member(database: Database, chat: str = "p1", name: str = "Musterstadt", role: Role = Role.PARTICIPANT) -> int:
    """Somebody who belongs to the programme and writes from this chat."""
    with database.begin() as db:
        member = people.add_member(db, name, role, "de", NOW)
        people.add_account(db, member.id, MemoryChannel.kind, chat, "memory", chat)
    return member.id


class Written(logging.Handler):
    """The log as it is written, every level of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Text())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)
