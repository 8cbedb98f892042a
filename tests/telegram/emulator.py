"""What a test holds: Telegram's servers on loopback, the people at them, and everything that was seen."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Self

from tests.telegram.accounts import Bot, Menu, User
from tests.telegram.chats import Chat
from tests.telegram.dispatch import Asked, Dispatch, Violation
from tests.telegram.faults import Faults
from tests.telegram.flood import FloodControl
from tests.telegram.groups import Group
from tests.telegram.listening import HOST, Listener
from tests.telegram.menus import shown_menu
from tests.telegram.people import Person
from tests.telegram.refusals import Json, conflict
from tests.telegram.updates import OTHER_POLLER
from tests.telegram.waiting import PATIENCE, Found
from tests.telegram.world import World

FIRST_PERSON = 5_000_000_000


class Emulator:
    """Telegram's servers. ``async with Emulator() as telegram:`` listens on a free port of the loopback interface.

    ``clock`` gives the dates of messages in Unix seconds. ``history`` bounds how many requests are remembered.
    ``flood``, ``faults`` and ``fetching`` are off until a test wants them; ``violations`` is what a fixture looks at.
    """

    def __init__(self, clock: Callable[[], float] = time.time, history: int | None = None, port: int = 0) -> None:
        self.world = World(clock)
        self.flood = FloodControl()
        self.faults = Faults()
        self._dispatch = Dispatch(self.world, self.flood, history)
        self.fetching = self._dispatch.fetching
        self.listener = Listener(self._dispatch, self.faults)
        self._port = port

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after :meth:`stop` again on the same port, with everything remembered."""
        await self.listener.start(self._port)
        self.fetching.start()

    async def stop(self) -> None:
        """Refuse connections, deliver nothing, forget nothing."""
        await self.fetching.stop()
        await self.listener.stop()

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        """The servers cannot be reached meanwhile."""
        await self.stop()
        try:
            yield
        finally:
            await self.start()

    @property
    def api_base(self) -> str:
        """The root of the Bot API, without ``/bot<token>``."""
        return f"http://{HOST}:{self.listener.port}"

    @property
    def asked(self) -> list[Asked]:
        """Every request so far, oldest first."""
        return list(self._dispatch.asked)

    def calls(self, *methods: str) -> list[Json]:
        """The parameters of every request of these methods so far."""
        return [asked.values for asked in self._dispatch.asked if asked.method in methods]

    @property
    def violations(self) -> list[Violation]:
        """Requests no correct program sends."""
        return self._dispatch.violations

    def verify(self) -> None:
        """Raises AssertionError when a bot has broken the rules of the Bot API."""
        if self.violations:
            raise AssertionError("\n".join(f"{v.method}: {v.description} {v.values}" for v in self.violations))

    @contextmanager
    def tolerant(self) -> Iterator[list[Violation]]:
        """Violations meanwhile are meant: they are handed to the test instead."""
        kept, self._dispatch.violations = self._dispatch.violations, []
        try:
            yield self._dispatch.violations
        finally:
            self._dispatch.violations = kept

    def bot(self, username: str, *, name: str = "", token: str = "", privacy: bool = True) -> Bot:
        """Make a bot, as BotFather does; its ``token`` is made up where none is given."""
        return self.world.add_bot(username, name or username, token, privacy=privacy)

    def person(self, name: str, last_name: str = "", *, username: str = "", language: str = "de") -> Person:
        """Somebody with a Telegram account."""
        person_id = FIRST_PERSON + self.world.number()
        person = Person(person_id, name, last_name, username, language, world=self.world)
        self.world.people[person_id] = person
        return person

    def group(self, title: str, owner: Person, *others: User, kind: str = "group", forum: bool = False) -> Group:
        """A group of ``owner`` with these people and bots; a ``forum`` is a supergroup with topics."""
        group = self.world.add_group(title, kind="supergroup" if forum else kind, forum=forum)
        group.set_status(owner, "creator", owner)
        for other in others:
            owner.bring(other, group)
        return group

    def menu(self, bot: Bot, person: Person, chat: Chat) -> Menu:
        """The commands ``person`` is offered in ``chat``."""
        return shown_menu(bot, person, chat)

    def revoke(self, bot: Bot) -> str:
        """The bot's token stops working, now; returns the new one, which is also ``bot.token``."""
        return self.world.revoke(bot)

    @contextmanager
    def rival(self, bot: Bot) -> Iterator[None]:
        """Somebody else polls with the same token meanwhile, and wins every time."""
        bot.updates.rival = True
        bot.updates.interrupt(conflict(OTHER_POLLER))
        try:
            yield
        finally:
            bot.updates.rival = False

    async def until(self, condition: Callable[[], Found | None], within: float = PATIENCE) -> Found:
        """The first true value of ``condition``, looked at whenever something changes. Raises TimeoutError."""
        return await self.world.changes.until(condition, within)

    async def settled(self, quiet: float = 0.05, within: float = PATIENCE) -> None:
        """Wait until every update is taken, every request answered, and nothing happened for ``quiet`` seconds."""
        await self.world.changes.quiet(self._busy, quiet, within)

    def _busy(self) -> bool:
        waiting = (bot.updates for bot in self.world.bots.values())
        served = (bool(queue.pending) and (queue.polled or queue.listener is not None) for queue in waiting)
        return self._dispatch.running > 0 or any(served)
