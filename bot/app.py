"""The running process: assembled once, started in order, stopped in reverse."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from bot.channel import Channel
from bot.clock import Clock, Job
from bot.delivery import Delivery
from bot.inbox import Inbox, unguessable
from bot.metrics import Metrics
from bot.web import Web
from domain.chat import Attachment
from handlers.context import Policy, Speak
from handlers.pictures import DRAWINGS
from handlers.routing import Router
from storage import outbox
from storage.database import Database, Unavailable
from storage.locks import Locks

log = logging.getLogger(__name__)

RESTART_PAUSE = 2.0
"""Seconds before a channel's loop that ended with an error is started again."""
FIGURES_EVERY = 15.0
"""Seconds between countings of the outbox for the metrics."""


def now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


async def draw(attachment: Attachment) -> bytes:
    """Draw a picture or file off the event loop."""
    return await asyncio.to_thread(DRAWINGS[attachment.draw], *attachment.args)


class App:
    """Everything between the channels and the database.

    ``clock`` and ``token`` are the only sources of time and chance for what people can do; tests bring their own.
    """

    def __init__(
        self,
        database: Database,
        locks: Locks,
        speak: Speak,
        policy: Policy,
        router: Router,
        channels: Sequence[Channel],
        jobs: Sequence[Job] = (),
        metrics: Metrics | None = None,
        clock: Callable[[], datetime] = now,
        token: Callable[[int], str] = unguessable,
    ) -> None:
        self.database = database
        self.metrics = metrics or Metrics()
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._locks = locks
        self._holder = f"process:{secrets.token_hex(8)}"
        self._threads = ThreadPoolExecutor(database.workers, thread_name_prefix="database")
        self._deliveries = {
            channel.name: Delivery(channel, database, self._threads, locks, self._holder, clock, self.metrics)
            for channel in channels
        }
        self.inbox = Inbox(
            database, self._threads, router, speak, policy, self.channels, clock, self._wake, self.metrics, token
        )
        self._clock = Clock(jobs, database, self._threads, clock)

    def _wake(self, channel: str) -> None:
        self._deliveries[channel].wake()

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
            self._locks.acquire(self._holder)
            stack.callback(self._locks.release, self._holder)
            for channel in self.channels.values():
                stack.push_async_callback(channel.close)
                await channel.open()
            for delivery in self._deliveries.values():
                stack.push_async_callback(_ended, asyncio.create_task(delivery.run()))
            for channel in self.channels.values():
                stack.push_async_callback(_ended, asyncio.create_task(self._listen(channel)))
            stack.push_async_callback(_ended, asyncio.create_task(self._figures()))
            self._clock.start()
            stack.callback(self._clock.stop)
            yield

    async def _listen(self, channel: Channel) -> None:
        """Keep a channel's loop alive: an error in it is ours to log, not a reason to fall silent."""
        while True:
            try:
                await channel.listen(self.inbox.receive)
                return
            except Exception:
                log.exception("%s: listening ended unexpectedly, starting again", channel.name)
                await asyncio.sleep(RESTART_PAUSE)

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
            await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._threads, self._count), 5)
        except (Unavailable, TimeoutError):
            found.append("The database cannot be reached.")
        return found

    def web(self, host: str, port: int) -> Web:
        """The HTTP server that speaks for this process."""
        return Web(host, port, health=self.troubles, metrics=self.metrics.registry)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
