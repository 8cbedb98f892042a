"""The metronome: calls due jobs and duties at their times and stores nothing, so a restart loses nothing."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from math import inf
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.units import Office
from handlers.routing import Duty
from storage import dialogs, inbox, outbox, votes
from storage.database import Conflict, Database, Transaction, Unavailable

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

DIALOGUE_LIFE = timedelta(days=14)
ARRIVAL_LIFE = timedelta(days=30)
FIRST_AFTER = timedelta(seconds=2)
"""After the start, so that whoever writes first does not wait for housekeeping."""
FAILED_PAUSE = 60.0
"""Seconds after which something due is tried again that failed in a way we did not foresee."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due again and again: ``work`` gets a transaction and the present, and may find nothing to do."""

    name: str
    every: timedelta
    work: Callable[[Transaction, datetime], object]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """As :class:`Job`, for work on the database as a whole, which cannot be done in a transaction."""

    name: str
    every: timedelta
    work: Callable[[Database], object]


UPKEEP = (Upkeep("votes", timedelta(minutes=1), votes.purge),)
"""What leaves no trace of what was deleted."""


def housekeeping(outbox_days: int) -> tuple[Job, ...]:
    """What keeps no more than is needed: delivered contents, abandoned dialogues, old arrivals."""
    return (
        Job("scrub", timedelta(hours=1), lambda db, now: outbox.scrub(db, now - timedelta(days=outbox_days))),
        Job("dialogues", timedelta(hours=6), lambda db, now: dialogs.forget_dialogs(db, now - DIALOGUE_LIFE)),
        Job("arrivals", timedelta(hours=6), lambda db, now: inbox.forget_arrivals(db, now - ARRIVAL_LIFE)),
    )


class Clock:
    """Runs jobs and duties in a database thread, the first time soon after the start; ``wake`` is told what was said.

    Each job, and each single thing that is due, has a transaction of its own. What failed by our fault is tried again
    after :data:`FAILED_PAUSE`, and keeps nothing else from being done.
    """

    def __init__(
        self, jobs: Sequence[Job | Upkeep], office: Office, threads: ThreadPoolExecutor, wake: Callable[[str], None]
    ) -> None:
        self._office = office
        self._threads = threads
        self._wake = wake
        self._failed: dict[tuple[str, int], float] = {}
        self._turn = asyncio.Lock()
        self._in_hand: dict[Job | Upkeep | Duty, asyncio.Task[object]] = {}
        self._stopping = False
        self._away = False
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in jobs:
            self._call(self._run, job, job.every)
        for duty in office.router.routes.duties:
            self._call(self._perform, duty, duty.every)

    def start(self) -> None:
        """Begin to call."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Call no more, and wait for what is in hand; what else is due waits for the next start."""
        self._stopping = True
        self._scheduler.pause()
        await asyncio.sleep(0)  # what was called a moment ago begins, so that there is nothing left to cut off
        await asyncio.gather(*self._in_hand.values())
        self._scheduler.shutdown(wait=False)

    async def perform_duties(self, now: datetime) -> bool:
        """Deal with all that is due by then; whether there was anything."""
        return any([await self._perform(duty, now) for duty in self._office.router.routes.duties])

    def _call(self, work: Callable[[Any], Coroutine[Any, Any, object]], item: Any, every: timedelta) -> None:
        self._scheduler.add_job(
            self._begin,
            IntervalTrigger(seconds=int(every.total_seconds())),
            args=[work, item],
            next_run_time=datetime.now(UTC) + FIRST_AFTER,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def _begin(self, work: Callable[[Any], Coroutine[Any, Any, object]], item: Job | Upkeep | Duty) -> None:
        # In a task of our own: the scheduler would cut off at its end what it runs itself, and report what takes long.
        if item in self._in_hand:
            return
        task = asyncio.create_task(work(item))
        self._in_hand[item] = task
        task.add_done_callback(lambda _: self._in_hand.pop(item))

    async def _run(self, job: Job | Upkeep) -> None:
        try:
            await self._off_loop(self._work, job)
        except (Unavailable, Conflict) as error:
            log.warning("job %s put off until its next time: %s", job.name, error)
        except Exception:
            log.exception("job %s failed", job.name)

    def _work(self, job: Job | Upkeep) -> None:
        if isinstance(job, Upkeep):
            job.work(self._office.database)
            return
        with self._office.database.begin() as db:
            job.work(db, self._office.clock())

    async def _perform(self, duty: Duty, now: datetime | None = None) -> bool:
        async with self._turn:
            return await self._performed(duty, now or self._office.clock())

    async def _performed(self, duty: Duty, now: datetime) -> bool:
        try:
            due = await self._off_loop(self._office.due, duty, now)
        except Unavailable as error:
            self._note(away=str(error) or "in use")
            return False
        except Exception:
            log.exception("duty %s: what is due cannot be told", duty.name)
            return False
        self._note(away="")
        ready = [number for number in due if self._failed.get((duty.name, number), -inf) <= monotonic()]
        for number in ready:
            if self._stopping:
                break
            await self._deal_with(duty, number, now)
        return bool(ready)

    async def _deal_with(self, duty: Duty, number: int, now: datetime) -> None:
        try:
            channels = await self._off_loop(self._office.perform, duty, number, now)
        except (Unavailable, Conflict) as error:
            log.warning("duty %s put off: %s", duty.name, error)
        except Exception:
            log.exception("duty %s failed for %d", duty.name, number)
            self._failed[duty.name, number] = monotonic() + FAILED_PAUSE
        else:
            self._failed.pop((duty.name, number), None)
            for channel in channels:
                self._wake(channel)

    def _note(self, *, away: str) -> None:
        """Say once that the database is away, and once that it is back."""
        if away and not self._away:
            log.warning("what is due waits, the database is away: %s", away)
        elif self._away and not away:
            log.info("what is due is dealt with again")
        self._away = bool(away)

    async def _off_loop(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))
