"""From settings to the running process."""

import asyncio
import logging
import secrets
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from importlib.metadata import version
from time import monotonic
from typing import Literal

from bot.app import App, ended, now
from bot.channel import Channel
from bot.channels.local import LocalChannel
from bot.channels.local_store import Person, Room
from bot.channels.local_words import words
from bot.clock import UPKEEP, housekeeping
from bot.demo import seed
from bot.drawing import Drawer
from bot.logs import unhandled
from bot.messengers import messengers
from bot.metrics import Metrics
from bot.web import Web
from config.programme import DemoPerson, load_demo
from config.settings import Settings
from config.texts import Texts
from domain.hours import WorkingHours
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router, Routes
from storage import identity, schema
from storage.database import Database, Unavailable
from storage.locks import Locks, locks_for
from storage.schema import State

PRIVACY_VERSION = "2026-11"
"""Changes with the sentences of the privacy notice, so that a consent says to what it was given."""
PAGE_FILE = "local-page.db"
PAGE_ROLES: Mapping[str, Literal["officer", "partner", "coordination", "newcomer"]] = {
    "coordinator": "coordination",
    "admin": "coordination",
    "partner": "partner",
    "guest": "newcomer",
}
HANDOVER = 5.0
"""Seconds to wait for the lock of a process that has just died: its database may need a moment to notice."""
HANDOVER_LOOK = 0.1
"""Seconds between looks at that lock."""


class Unready(Exception):
    """The process cannot start; ``key`` and ``values`` name the sentence that says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def policy_of(settings: Settings) -> Policy:
    """What handlers need to know of the settings."""
    return Policy(
        programme=settings.programme.name,
        timezone=settings.programme.timezone,
        language=settings.programme.language,
        join=settings.membership.join,
        moderation=settings.topics.moderation,
        threshold=settings.privacy.threshold,
        privacy_version=PRIVACY_VERSION,
        software=version("themenbote"),
        hours=WorkingHours(
            zone=settings.programme.timezone,
            start=settings.hours.start,
            end=settings.hours.end,
            weekend=settings.hours.weekend,
            land=settings.programme.land,
        ),
        second_approval=settings.announcements.second_approval,
    )


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Database, Locks]]:
    """The database and its locks.

    Raises :class:`Unready` when the data folder cannot be written, and :class:`Unavailable` when the database's cannot.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unready("cli-folder", folder=str(settings.data_dir), reason=error.strerror or str(error)) from None
    try:
        database = Database(settings.database.url.get_secret_value())
    except OSError as error:
        raise Unavailable(error.strerror or str(error)) from None
    locks = locks_for(database, settings.data_dir)
    try:
        yield database, locks
    finally:
        locks.close()
        database.close()


def prepare(database: Database, settings: Settings) -> None:
    """Make sure that the schema fits. Raises :class:`Unready` with what to do when it does not."""
    found = schema.state(database)
    if found is State.EMPTY:
        # The buttons of an earlier page would point to rows of an earlier database.
        for file in settings.data_dir.glob(f"{PAGE_FILE}*"):
            file.unlink()
        schema.migrate(database)
    elif found is State.OLD and settings.database.migrate:
        schema.migrate(database)
    elif found is not State.CURRENT:
        raise Unready(f"cli-schema-{found.value}")


class Launch:
    """One process with everything that is configured."""

    def __init__(self, settings: Settings, texts: Texts, database: Database, locks: Locks) -> None:
        self._settings = settings
        self._texts = texts
        self._database = database
        self._locks = locks
        self._demo = load_demo()
        self._metrics = Metrics()
        self._draw = Drawer()
        self._web: Web | None = None

    async def run(self, announce: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM; ``announce`` is told once all is ready.

        Raises :class:`~bot.channel.Misconfigured` and :class:`Unready`.
        """
        await self._be_alone()
        prepare(self._database, self._settings)
        era = await asyncio.to_thread(_own_word, self._database)
        fresh = await asyncio.to_thread(self._seed) if self._settings.local.demo else False
        local = self._local_channel(era) if self._settings.local.enabled else None
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(unhandled)
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        async with AsyncExitStack() as stack:
            routes = catalogue()
            others = messengers(self._settings, self._texts, self._database, self._locks, routes, era, self._draw)
            app = self._app([*([local] if local else []), *others.channels], routes)
            self._web = app.web(self._settings.web.host, self._settings.web.port)
            if local:
                self._web.add_routes(local.routes())
            self._web.add_routes(others.routes, public=True)
            await self._web.start()
            stack.push_async_callback(self._web.stop)
            await stack.enter_async_context(app.running())
            for work in others.work:
                stack.push_async_callback(ended, asyncio.create_task(work()))
            if fresh and local:
                await self._open_conversation(local)
            announce(self._greeting())
            await stop.wait()
            logging.getLogger(__name__).info("stopping")

    async def _be_alone(self) -> None:
        """One process for an SQLite file, and one local page for a database. Raises :class:`Unready`."""
        if self._database.sqlite:
            if not self._locks.acquire("run"):
                raise Unready("cli-running", folder=str(self._settings.data_dir))
        elif self._settings.local.enabled:
            patience = monotonic() + HANDOVER
            while not self._locks.acquire("local"):
                if monotonic() > patience:
                    address = self._database.url.render_as_string(hide_password=True)
                    raise Unready("cli-page-running", address=address)
                await asyncio.sleep(HANDOVER_LOOK)

    def _app(self, channels: Sequence[Channel], routes: Routes) -> App:
        return App(
            self._database,
            self._locks,
            self._texts,
            policy_of(self._settings),
            Router(routes),
            channels,
            (*housekeeping(self._settings.privacy.outbox_days), *UPKEEP),
            self._metrics,
        )

    def _local_channel(self, era: str) -> LocalChannel:
        demo = self._demo
        cast = [_cast(person, demo=self._settings.local.demo) for person in demo.people]
        inside = tuple(person.id for person in demo.people if person.role != "guest")
        return LocalChannel(
            self._settings.data_dir / PAGE_FILE,
            cast,
            [Room(demo.room.id, demo.room.name, inside)],
            draw=self._draw,
            words=words(self._texts),
            address=lambda: self._web.url if self._web else "",
            era=era,
        )

    def _seed(self) -> bool:
        settings = self._settings
        with self._database.begin() as db:
            return seed(db, self._demo, now(), settings.programme.language, PRIVACY_VERSION)

    async def _open_conversation(self, local: LocalChannel) -> None:
        for line in self._demo.opening:
            await local.say(line.by, self._demo.room.id if line.room else line.by, line.text)

    def _greeting(self) -> str:
        language = self._settings.programme.language
        if self._settings.local.enabled and self._web:
            return self._texts.plain(language, "sie", "cli-serving-page", address=self._web.url)
        return self._texts.plain(language, "sie", "cli-serving")


def _own_word(database: Database) -> str:
    with database.begin() as db:
        return identity.own_word(db, secrets.token_hex(8))


def _cast(person: DemoPerson, *, demo: bool) -> Person:
    """Somebody on the page; without the demonstration everybody begins as a newcomer."""
    role = PAGE_ROLES.get(person.role, "officer") if demo else "newcomer"
    return Person(person.id, person.name, person.language, role, opened=demo and person.role != "guest")
