"""The metronome: calls due jobs at their times and stores nothing, so a restart loses nothing."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage import dialogs, inbox, outbox
from storage.database import Conflict, Database, Transaction, Unavailable

log = logging.getLogger(__name__)

DIALOGUE_LIFE = timedelta(days=14)
ARRIVAL_LIFE = timedelta(days=30)
FIRST_AFTER = timedelta(seconds=2)
"""After the start, so that whoever writes first does not wait for housekeeping."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due again and again: ``work`` gets a transaction and the present, and may find nothing to do."""

    name: str
    every: timedelta
    work: Callable[[Transaction, datetime], object]


def housekeeping(outbox_days: int) -> tuple[Job, ...]:
    """What keeps no more than is needed: delivered contents, abandoned dialogues, old arrivals."""
    return (
        Job("scrub", timedelta(hours=1), lambda db, now: outbox.scrub(db, now - timedelta(days=outbox_days))),
        Job("dialogues", timedelta(hours=6), lambda db, now: dialogs.forget_dialogs(db, now - DIALOGUE_LIFE)),
        Job("arrivals", timedelta(hours=6), lambda db, now: inbox.forget_arrivals(db, now - ARRIVAL_LIFE)),
    )


class Clock:
    """Runs jobs in a database thread, each in a transaction of its own, the first time soon after the start."""

    def __init__(
        self, jobs: Sequence[Job], database: Database, threads: ThreadPoolExecutor, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._threads = threads
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=int(job.every.total_seconds())),
                args=[job],
                next_run_time=datetime.now(UTC) + FIRST_AFTER,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin to call."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call no more; a job in hand finishes."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _run(self, job: Job) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._work, job)
        except (Unavailable, Conflict) as error:
            log.warning("job %s put off until its next time: %s", job.name, error)
        except Exception:
            log.exception("job %s failed", job.name)

    def _work(self, job: Job) -> None:
        with self._database.begin() as db:
            job.work(db, self._clock())
