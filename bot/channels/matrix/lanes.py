"""Every room has its lane: what happens there is taken in order, and no room waits for another."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channel import Unstored
from bot.channels.matrix.failures import temporary
from bot.channels.matrix.guards import kind_of
from bot.channels.matrix.homeserver import MatrixError, Unreachable

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]
"""Something to do; it may be done again after it failed half-way."""

AHEAD = 2000
"""Jobs that may be left to do while more is read: a room that is stuck and flooded shall not stop the others."""
ATTEMPTS = 3
"""How often a job is tried that fails for a reason nobody foresaw."""
PAUSES = (0.1, 0.3, 1.0, 2.0, 5.0)
"""Seconds between attempts; the last one repeats."""


@dataclass(slots=True)
class Batch:
    """What came with one sync: the token after it, and how many of its jobs are not done."""

    token: str
    left: int


class Lanes:
    """Runs jobs, each in the lane of its room. ``reached`` is told a token once all jobs up to it are done."""

    def __init__(self, reached: Callable[[str], object] = str) -> None:
        self._reached = reached
        self._batches: deque[Batch] = deque()
        self._waiting: dict[str, deque[tuple[Job, Batch]]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._left = 0
        self._space = asyncio.Event()

    async def add(self, token: str, jobs: list[tuple[str, Job]]) -> None:
        """Queues the jobs of one sync, as (room, job). Waits while too many are left to do."""
        while self._left >= AHEAD:
            self._space.clear()
            await self._space.wait()
        if self._batches and not jobs:
            self._batches[-1].token = token
            return
        batch = Batch(token, len(jobs))
        self._batches.append(batch)
        self._left += batch.left
        for room, job in jobs:
            self._queue(room, job, batch)
        self._settle()

    def put(self, room: str, job: Job) -> None:
        """Queues something that belongs to no sync and holds none up."""
        self._queue(room, job, Batch("", 1))

    async def stop(self) -> None:
        """Ends everything; what is not done was not reached, and comes again."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _queue(self, room: str, job: Job, batch: Batch) -> None:
        if room in self._waiting:
            self._waiting[room].append((job, batch))
            return
        self._waiting[room] = deque([(job, batch)])
        task = asyncio.create_task(self._run(room))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, room: str) -> None:
        lane = self._waiting[room]
        while lane:
            job, batch = lane.popleft()
            await persistently(job)
            batch.left -= 1
            if batch.token:
                self._left -= 1
                self._space.set()
            self._settle()
        del self._waiting[room]

    def _settle(self) -> None:
        """Batches are done with in the order they came, whatever the order of their jobs."""
        last = ""
        while self._batches and not self._batches[0].left:
            last = self._batches.popleft().token
        if last:
            self._reached(last)


async def persistently(job: Job) -> None:
    """Does the job, however long the homeserver or the database is away. What fails otherwise is given up, loudly."""
    attempt = 0
    while True:
        try:
            return await job()
        except Unstored:
            pause = 0.0
        except (MatrixError, Unreachable) as error:
            if not temporary(error):
                log.warning("The homeserver refused something for good: %s", error)
                return None
            pause = getattr(error, "retry_after", 0.0)
        except Exception as error:  # noqa: BLE001  one event must not end the loop
            if attempt >= ATTEMPTS - 1:
                log.warning("An event was given up after %d attempts: %s", ATTEMPTS, kind_of(error))
                return None
            pause = 0.0
        await asyncio.sleep(max(pause, PAUSES[min(attempt, len(PAUSES) - 1)]))
        attempt += 1
