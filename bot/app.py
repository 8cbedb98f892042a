"""The running process: assembled once, started in order, stopped in reverse."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from bot.channel import Channel
from bot.clock import Clock, Job, Upkeep
from bot.delivery import Delivery
from bot.inbox import Inbox
from bot.metrics import Metrics
from bot.units import Office, unguessable
from bot.web import Web
from handlers.context import Messenger, Policy, Speak
from handlers.routing import Router
from storage import outbox
from storage.database import Database, Unavailable
from storage.locks import Locks

log = logging.getLogger(__name__)

RESTART_PAUSE = 2.0
"""Seconds before a channel's loop that ended with an error is started again."""
FIGURES_EVERY = 15.0
"""Seconds between countings of the outbox for the metrics."""
DATABASE_PATIENCE = 5.0
"""Seconds without an answer after which the database counts as away."""


def now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


class App:
    """Everything between the channels and the database.

    ``clock`` and ``token`` are the only sources of time and chance for what people can do; tests bring their own,
    and where it is not ``ticking`` they say when what is due is dealt with.
    """

    def __init__(
        self,
        database: Database,
        locks: Locks,
        speak: Speak,
        policy: Policy,
        router: Router,
        channels: Sequence[Channel],
        jobs: Sequence[Job | Upkeep] = (),
        metrics: Metrics | None = None,
        clock: Callable[[], datetime] = now,
        token: Callable[[int], str] = unguessable,
        *,
        ticking: bool = True,
    ) -> None:
        self.database = database
        self.metrics = metrics or Metrics()
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._ticking = ticking
        self._locks = locks
        self._holder = f"process:{secrets.token_hex(8)}"
        self._threads = ThreadPoolExecutor(database.workers, thread_name_prefix="database")
        messengers = {channel.name: _messenger(channel) for channel in channels}
        self._office = Office(database, router, speak, policy, self.channels, messengers, clock, token)
        self._deliveries = {
            channel.name: Delivery(channel, self._office, self._threads, locks, self._holder, self.metrics)
            for channel in channels
        }
        self.inbox = Inbox(self._office, self._threads, self._wake, self.metrics)
        self._clock = Clock(jobs, self._office, self._threads, self._wake)

    def _wake(self, channel: str) -> None:
        if delivery := self._deliveries.get(channel):
            delivery.wake()

    async def perform_duties(self, now: datetime | None = None) -> bool:
        """Deal with all that is due, as the clock does every now and then; whether there was anything.

        ``now``: as if it were then, while to deliveries it is not.
        """
        return await self._clock.perform_duties(now or self._office.clock())

    def wake_all(self) -> None:
        """Have every delivery look at the outbox now."""
        for delivery in self._deliveries.values():
            delivery.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open the channels, then listen and deliver until the block ends; then stop in reverse order.

        Raises :class:`~bot.channel.Misconfigured` when a channel cannot work with its settings.
        """
        async with AsyncExitStack() as stack:
            stack.callback(self._threads.shutdown)
            await asyncio.to_thread(self._locks.acquire, self._holder)
            stack.push_async_callback(asyncio.to_thread, self._forgo)
            for channel in self.channels.values():
                stack.push_async_callback(channel.close)
                await channel.open()
            delivering = [asyncio.create_task(_kept_up(name, run.run)) for name, run in self._deliveries.items()]
            stack.push_async_callback(ended, *delivering)
            listening = [asyncio.create_task(_kept_up(name, self._listen(name))) for name in self.channels]
            stack.push_async_callback(ended, *listening)
            stack.push_async_callback(ended, asyncio.create_task(_kept_up("figures", self._figures)))
            if self._ticking:
                self._clock.start()
                stack.push_async_callback(self._clock.stop)
            yield

    def _listen(self, name: str) -> Callable[[], Awaitable[None]]:
        return partial(self.channels[name].listen, self.inbox.receive)

    def _forgo(self) -> None:
        with suppress(Unavailable):
            # Where the database is away, so is the lock.
            self._locks.release(self._holder)

    async def _figures(self) -> None:
        while True:
            try:
                counted = await asyncio.get_running_loop().run_in_executor(self._threads, self._count)
            except Unavailable:
                counted = {}
            for (channel, state), number in counted.items():
                self.metrics.rows.labels(channel, state).set(number)
            await asyncio.sleep(FIGURES_EVERY)

    def _count(self) -> dict[tuple[str, str], int]:
        with self.database.read() as db:
            return outbox.count_states(db)

    async def troubles(self) -> list[str]:
        """What keeps the process from serving, one sentence each; empty when all is well."""
        found = [f"{channel.name}: {trouble}" for channel in self.channels.values() if (trouble := channel.health())]
        try:
            async with asyncio.timeout(DATABASE_PATIENCE):
                await asyncio.get_running_loop().run_in_executor(self._threads, self._reach)
        except (Unavailable, TimeoutError):
            found.append("The database cannot be reached.")
        else:
            found += ["The database takes nothing at the moment."] if self.inbox.refused else []
        return found

    def _reach(self) -> None:
        with self.database.read() as db:
            db.exec_driver_sql("SELECT 1")

    def web(self, host: str, port: int) -> Web:
        """The HTTP server that speaks for this process."""
        return Web(host, port, health=self.troubles, metrics=self.metrics.registry)


def _messenger(channel: Channel) -> Messenger:
    limits = channel.limits
    return Messenger(
        channel.name,
        channel.kind,
        channel.notices,
        channel.link,
        channel.secret_presses,
        channel.opens_chats,
        limits.text,
        limits.caption,
        limits.file,
        limits.picture,
    )


async def ended(*tasks: asyncio.Task[None]) -> None:
    """Cancel the tasks and wait until they are gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _kept_up(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Keep a loop alive: an error in it is ours to log, not a reason to fall silent."""
    while True:
        try:
            await run()
            return
        except Exception:
            log.exception("%s: ended unexpectedly, starting again", name)
            await asyncio.sleep(RESTART_PAUSE)
