"""A programme in motion: the real process on a real database, with time and chance in the test's hands."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.app import App
from bot.channel import Channel
from bot.clock import housekeeping
from config.texts import Texts
from domain.people import Group, Purpose
from domain.topics import State
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import people, rooms, topics
from storage.database import Database, Moment, Transaction
from storage.inbox import inbox
from storage.locks import Locks, locks_for
from storage.mailings import CANCELLED, LEFT
from storage.outbox import DEAD, SENDING, WAITING, outbox
from tests.transcripts.dialogue import Cast, Person, Room, Topic
from tests.transcripts.differing import common_words
from tests.transcripts.stage import Seats, Stage

MONDAY = datetime(2026, 9, 7, 9, tzinfo=ZoneInfo("Europe/Berlin"))
"""When every dialogue begins."""
A_WEEK = timedelta(days=7)
PROGRAMME = "Musterregion"
SETTLING = 60.0
"""Seconds after which something that should have appeared will not."""
GLANCE = 0.001
"""Seconds between looks at the outbox."""
OUTBOX_DAYS = 7
LETTERS, DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
PATHS = {
    State.WAITING: (),
    State.PROPOSED: (),
    State.SCHEDULED: (State.SELECTED, State.SCHEDULED),
    State.HELD: (State.SELECTED, State.SCHEDULED, State.HELD),
    State.NOT_SELECTED: (State.ON_BALLOT, State.NOT_SELECTED),
}
"""How a topic came to its state, where it took none step or several."""


_DUE = sa.and_(outbox.c.state == WAITING, outbox.c.due <= sa.bindparam("now", type_=Moment))
_BUSY = sa.select(sa.exists().where(sa.or_(outbox.c.state == SENDING, _DUE)))
_STORED = sa.select(sa.exists().where(inbox.c.arrival == sa.bindparam("arrival")))
INTENDED = ("gone", "declined", CANCELLED, LEFT)
"""Why messages are given up where nothing is wrong: the chat is closed or never came about, or nobody wants them."""
_GIVEN_UP = sa.select(outbox.c.id, outbox.c.reason).where(outbox.c.state == DEAD, outbox.c.reason.not_in(INTENDED))


def stride(time: timedelta) -> timedelta:
    """How far so much time goes on at once: what is due meanwhile is dealt with in its order."""
    if time <= timedelta(days=1):
        return timedelta(minutes=30)
    return timedelta(hours=1) if time <= A_WEEK else timedelta(hours=6)


class Calendar:
    """The present, which moves only when told."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        """The present, aware."""
        return self.at

    def pass_by(self, time: timedelta) -> None:
        """Let time go by."""
        self.at += time


class Tokens:
    """Words as the process makes them, but foreseeable: ``ABCDEF22``, ``ABCDEF23`` and so on."""

    def __init__(self) -> None:
        self._numbers = count()

    def __call__(self, length: int) -> str:
        high, low = divmod(next(self._numbers), len(DIGITS))
        return f"{LETTERS[: length - 2]}{DIGITS[high]}{DIGITS[low]}"


@cache
def texts() -> Texts:
    """All texts, read once."""
    return Texts.load()


@cache
def router() -> Router:
    """Everything people can do, put together once."""
    return Router(catalogue())


class World:
    """A process over ``database``, and the people on a ``stage``; ``folder`` is for locks."""

    def __init__(self, stage: Stage, database: Database, folder: Path, calendar: Calendar) -> None:
        self.stage = stage
        self.database = database
        self.calendar = calendar
        self.policy = Policy()
        self._tokens = Tokens()
        self._locks: Locks = locks_for(database, folder)
        self._running = AsyncExitStack()
        self.app: App | None = None
        self.common_words: Callable[[str], str] = str

    async def begin(self, cast: Cast) -> None:
        """Seat everybody, write down what is known already, and start."""
        self.policy = Policy(
            programme=PROGRAMME, moderation=cast.moderation, join=cast.join, second_approval=cast.second_approval
        )
        seats = await self.stage.set_up(cast)
        channel = self.stage.channel()
        with self.database.begin() as db:
            furnish(db, cast, seats, channel, self.calendar.now())
        await self._start(channel)

    async def restart(self) -> None:
        """End the process and start another one on the same database."""
        await self._stop()
        await self._start(self.stage.channel())

    async def end(self) -> None:
        """End the process for good."""
        await self._stop()
        await self.stage.close()
        self._locks.close()

    async def wait(self, time: timedelta) -> None:
        """Let time pass, with all that is due meanwhile."""
        until = self.calendar.now() + time
        while (now := self.calendar.now()) < until:
            then = min(now + stride(time), until)
            if self.app and self._anything_due(then):
                # First what follows from the time, then what had only to be sent: the other way round would be right
                # too, but a dialogue has one order.
                await self.app.perform_duties(then)
                self.calendar.at = then
                self.app.wake_all()
                await self.settle()
            self.calendar.at = then
        for job in housekeeping(OUTBOX_DAYS):
            with self.database.begin() as db:
                job.work(db, self.calendar.now())
        if self.app:
            self.app.wake_all()

    async def settle(self) -> None:
        """Wait until all that people did is taken and all that follows from it is seen."""
        async with asyncio.timeout(SETTLING):
            while True:
                await self.stage.taken(self._stored)
                while self._busy():  # noqa: ASYNC110 - the outbox is a table, it tells nobody
                    await asyncio.sleep(GLANCE)
                await self.stage.arrived()
                if not self._busy():
                    return

    def given_up(self) -> Sequence[str]:
        """Why messages were never shown, other than that their chat is closed."""
        with self.database.read() as db:
            return [f"row {row.id}: {row.reason}" for row in db.execute(_GIVEN_UP)]

    async def _start(self, channel: Channel) -> None:
        app = App(
            self.database,
            self._locks,
            texts(),
            self.policy,
            router(),
            [channel],
            clock=self.calendar.now,
            token=self._tokens,
            ticking=False,
        )
        await self._running.enter_async_context(self.stage.running(app))
        self.common_words = common_words(texts(), channel)
        self.app = app

    async def _stop(self) -> None:
        running, self._running = self._running, AsyncExitStack()
        await running.aclose()
        self.app = None

    def _busy(self) -> bool:
        with self.database.read() as db:
            return bool(db.execute(_BUSY, {"now": self.calendar.now()}).scalar())

    def _anything_due(self, then: datetime) -> bool:
        """Whether anything is to be done or sent: asked in one read, since long times have hundreds of strides."""
        with self.database.read() as db:
            return any(duty.due(db, then) for duty in router().routes.duties) or bool(db.scalar(_BUSY, {"now": then}))

    def _stored(self, arrival: str) -> bool:
        with self.database.read() as db:
            return bool(db.execute(_STORED, {"arrival": arrival}).scalar())


def furnish(db: Transaction, cast: Cast, seats: Seats, channel: Channel, now: datetime) -> None:
    """Write down everybody and everything a transcript begins with."""
    named = [person.group for person in cast.people] + [room.group for room in cast.rooms]
    groups = {name: people.add_group(db, name) for name in dict.fromkeys(named) if name}
    members = {
        person.name: _join(db, person, seats, channel, groups.values(), now)
        for person in cast.people
        if not person.guest
    }
    for room in cast.rooms:
        _connect(db, room, seats, channel, groups.get(room.group))
    for topic in cast.topics:
        _propose(db, topic, members, now - A_WEEK)


def _join(
    db: Transaction, person: Person, seats: Seats, channel: Channel, groups: Iterable[Group], now: datetime
) -> int:
    seat = seats.people[person.name]
    member = people.add_member(db, person.shown, person.role, person.language, now)
    people.change_member(db, member.id, form=person.form)
    people.add_account(db, member.id, channel.kind, seat.user, channel.name, seat.chat)
    people.add_consent(db, member.id, Policy().privacy_version, channel.kind, now)
    for group in groups:
        if group.name == person.group:
            people.join_group(db, group.id, member.id)
    return member.id


def _connect(db: Transaction, room: Room, seats: Seats, channel: Channel, group: Group | None) -> None:
    if room.purpose is not None:
        chat, number = seats.rooms[room.name], group.id if group else None
        rooms.connect_room(db, channel.name, chat, room.name, room.language, Purpose(room.purpose), number)


def _propose(db: Transaction, topic: Topic, members: dict[str, int], now: datetime) -> None:
    author = members[topic.author]
    first = topic.state if topic.state is State.WAITING else State.PROPOSED
    added = topics.add_topic(db, topic.question, topic.background, author, first, now, anonymous=topic.anonymous)
    for name in dict.fromkeys((topic.author, *topic.supporters)):
        topics.add_support(db, added.id, members[name])
    for state in PATHS.get(topic.state, (topic.state,)):
        topics.move_topic(db, topics.get_topic(db, added.id), state, now)
