"""The whole programme on all messengers at once: one process, the real channels, people with one account or two."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, redirect_stderr
from datetime import timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from bot import logs
from bot.app import App
from bot.channel import Channel
from bot.units import ALPHABET
from domain.people import Purpose, Role
from handlers.context import Policy
from storage import people, rooms
from storage.database import Database, Moment
from storage.inbox import inbox
from storage.locks import locks_for
from storage.outbox import SENDING, WAITING, outbox
from tests.bot.house import NOW
from tests.synapse import Synapse
from tests.transcripts.dialogue import Cast, Chat, Person, Room
from tests.transcripts.local_stage import LocalStage
from tests.transcripts.matrix_stage import MatrixStage
from tests.transcripts.stage import Seat, Seen, Stage
from tests.transcripts.telegram_stage import TelegramStage
from tests.world import SETTLING, Calendar, router, texts

TELEGRAM, MATRIX, LOCAL = "telegram", "matrix", "local"
OFFICE = "Koordination"
# fmt: off
SEATS: dict[str, tuple[str, ...]] = {
    "Ort Astadt": (MATRIX, TELEGRAM), "Ort Bstadt": (MATRIX,), "Ort Cstadt": (MATRIX,),
    "Ort Dstadt": (TELEGRAM, MATRIX), "Ort Estadt": (TELEGRAM, LOCAL), "Ort Fstadt": (TELEGRAM,),
    "Ort Gstadt": (TELEGRAM,),
    "Ort Hstadt": (LOCAL, TELEGRAM), "Ort Istadt": (LOCAL,), "Ort Jstadt": (LOCAL,),
}
# fmt: on
"""Where everybody has an account, the one they use most first."""
ROUNDS = {TELEGRAM: ("Ort Fstadt", "Ort Gstadt"), MATRIX: ("Ort Bstadt", "Ort Cstadt")}
"""Who sits in the room of a messenger; with one account only, so that it is clear where the ballot goes."""
ROUND = "Runde"
GLANCE = 0.01
"""Seconds between looks at the outbox."""

_DUE = sa.and_(outbox.c.state == WAITING, outbox.c.due <= sa.bindparam("now", type_=Moment))
_BUSY = sa.select(sa.exists().where(sa.or_(outbox.c.state == SENDING, _DUE), outbox.c.chat.like(sa.bindparam("chat"))))
_STORED = sa.select(sa.exists().where(inbox.c.arrival == sa.bindparam("arrival")))


class Everywhere:
    """Ten people and a coordinator; ``folder`` is the process's data folder, in which its database is too."""

    def __init__(self, database: Database, folder: Path, server: Synapse) -> None:
        self.database = database
        self.chance = Random(11)
        self.calendar = Calendar(NOW)
        self.stages: dict[str, Stage] = {
            TELEGRAM: TelegramStage(self.calendar.now),
            MATRIX: MatrixStage(server, folder),
            LOCAL: LocalStage(folder, texts(), self.calendar.now),
        }
        self.members: dict[str, int] = {}
        self.named: dict[str, list[str]] = {name: [name] for name in SEATS}
        self._chats: dict[tuple[str, str], str] = {}
        self._locks = locks_for(database, folder)
        self._log = io.StringIO()
        self._app: App | None = None

    @property
    def lines(self) -> Sequence[str]:
        """The log as the process writes it, every level of it."""
        return self._log.getvalue().splitlines()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Everywhere"]:
        """From the start to the end of the process."""
        channels = [await self._seat(name) for name in self.stages]
        self._app = App(
            self.database,
            self._locks,
            texts(),
            Policy(software="0.1.0"),
            router(),
            channels,
            clock=self.calendar.now,
            token=lambda length: "".join(self.chance.choice(ALPHABET) for _ in range(length)),
            ticking=False,
        )
        try:
            # Of the three stages only the local page has to have something around the process.
            with logged(self._log):
                async with self.stages[LOCAL].running(self._app):
                    yield self
        finally:
            for stage in self.stages.values():
                await stage.close()
            self._locks.close()

    async def _seat(self, messenger: str) -> Channel:
        """Give everybody who is there their accounts, and write down who they are."""
        stage = self.stages[messenger]
        here = [name for name, places in SEATS.items() if messenger in places]
        cast = [Person(name, Role.PARTICIPANT, shown=name) for name in here]
        if messenger == LOCAL:
            cast.append(Person(OFFICE, Role.COORDINATOR, shown=OFFICE))
        round_ = [Room(ROUND, ROUNDS[messenger], Purpose.PROGRAMME)] if messenger in ROUNDS else []
        seats = await stage.set_up(Cast(tuple(cast), tuple(round_)))
        channel = stage.channel()
        with self.database.begin() as db:
            for person in cast:
                if person.name not in self.members:
                    self.members[person.name] = people.add_member(db, person.name, person.role, "de", NOW).id
                seat = seats.people[person.name]
                people.add_account(db, self.members[person.name], channel.kind, seat.user, channel.name, seat.chat)
                self._chats[person.name, messenger] = seat.chat
                self._name(person.name, seat)
            for room in round_:
                rooms.connect_room(db, channel.name, seats.rooms[room.name], room.name, "de", Purpose.PROGRAMME, None)
        return channel

    def _name(self, person: str, seat: Seat) -> None:
        if person in self.named:
            self.named[person] += [word for word in (seat.user, seat.chat) if word not in self.named[person]]

    async def say(self, person: str, place: str, text: str, *, room: bool = False, to: str = "") -> None:
        """Somebody writes in the direct chat, or in the room, perhaps in answer to what contains ``to``."""
        chat = Chat(ROUND, room=True) if room else Chat(person)
        answered = self.shown(place, chat, to) if to else None
        await self.stages[place].say(person, chat, text, answered)
        await self.stages[place].taken(self._stored)

    async def press(self, person: str, place: str, label: str, *, room: bool = False, on: str = "") -> None:
        """Somebody presses the button that begins like this, on the newest message that contains ``on``."""
        seen = self.shown(place, Chat(ROUND, room=True) if room else Chat(person), on, label)
        index = next(index for index, one in enumerate(seen.labels) if one.startswith(label))
        await self.stages[place].press(person, seen, index)
        await self.stages[place].taken(self._stored)

    async def answered(self, person: str, place: str) -> None:
        """Wait until the person sees all that was said to them in the direct chat."""
        chat = self._chats[person, place]
        async with asyncio.timeout(SETTLING):
            while self._busy(chat):  # noqa: ASYNC110 - the outbox is a table, it tells nobody
                await asyncio.sleep(GLANCE)
        await self.stages[place].arrived()

    def shown(self, place: str, chat: Chat, containing: str, label: str = "") -> Seen:
        """The newest message in a chat, as it is now, that contains this and has such a button."""
        newest = {one.message: one for one in self.stages[place].events if isinstance(one, Seen) and one.chat == chat}
        found = [
            one
            for one in newest.values()
            if containing in one.text and (not label or any(button.startswith(label) for button in one.labels))
        ]
        assert found, f"nothing with {containing!r} and [{label}] is to be seen"
        return found[-1]

    async def settle(self) -> None:
        """Wait until people see all that follows from what they did."""
        async with asyncio.timeout(SETTLING):
            while True:
                for stage in self.stages.values():
                    await stage.taken(self._stored)
                while self._busy():  # noqa: ASYNC110 - the outbox is a table, it tells nobody
                    await asyncio.sleep(GLANCE)
                for stage in self.stages.values():
                    await stage.arrived()
                if not self._busy():
                    return

    async def pass_by(self, **time: float) -> None:
        """Let time go by, and do what is due."""
        assert self._app is not None
        self.calendar.pass_by(timedelta(**time))
        while await self._app.perform_duties():
            pass
        self._app.wake_all()
        await self.settle()

    def _busy(self, chat: str = "%") -> bool:
        with self.database.read() as db:
            return bool(db.execute(_BUSY, {"now": self.calendar.now(), "chat": chat}).scalar())

    def _stored(self, arrival: str) -> bool:
        with self.database.read() as db:
            return bool(db.execute(_STORED, {"arrival": arrival}).scalar())


@contextmanager
def logged(into: io.StringIO) -> Iterator[None]:
    """Have the process's own settings of the log, at its most talkative, write into ``into``."""
    root = logging.getLogger()
    level, handlers = root.level, [*root.handlers]
    quiet = {name: logging.getLogger(name).level for name in logs.QUIET}
    # So that setting it up does not close those of the test run.
    root.handlers = []
    try:
        with redirect_stderr(into):
            logs.set_up("debug", "text")
        yield
    finally:
        root.handlers, root.level = handlers, level
        for name, before in quiet.items():
            logging.getLogger(name).setLevel(before)
