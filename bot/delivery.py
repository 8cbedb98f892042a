"""From the outbox to one channel: claim, keep the pace, send, settle."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from bot.channel import Channel, SendError
from bot.metrics import Metrics
from bot.pacing import Pacer
from domain.chat import Urgency
from domain.delivery import Dead, Failure, decide
from storage import outbox, people, rooms
from storage.database import Conflict, Database, Transaction, Unavailable
from storage.locks import Locks
from storage.outbox import Claimed

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
SEND_TIMEOUT = 30.0
"""Seconds until a send without an answer counts as uncertain; well inside the lease."""
AHEAD = 48
"""Rows claimed at a time. Small enough that a reply never finds many announcements claimed before it."""
AHEAD_REPLIES = 16
"""Replies claimed beyond that while others wait for their turn."""
IDLE = 1.0
"""Seconds between looks at the outbox when nothing woke us: another process may have queued something."""
INSPECTION = 5.0
"""Seconds between looks for rows whose holder died."""
OUTAGE_PAUSES = (0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds to wait before trying a messenger that is down again; the last one repeats."""
FAREWELL = 4.0
"""Seconds that sends in hand get to finish when the process stops."""


@dataclass(slots=True)
class _Results:
    """What happened since the last transaction."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[Claimed, SendError]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.failed)


class Delivery:
    """Delivers the rows of one channel. ``holder`` names this process in leases; ``clock`` gives aware times."""

    def __init__(
        self,
        channel: Channel,
        database: Database,
        threads: ThreadPoolExecutor,
        locks: Locks,
        holder: str,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._channel = channel
        self._database = database
        self._threads = threads
        self._locks = locks
        self._holder = holder
        self._clock = clock
        self._metrics = metrics
        self._pacer = Pacer(channel.limits)
        self._woken = asyncio.Event()
        self._backlog: list[Claimed] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._results = _Results()
        self._more = True
        self._outages = 0
        self._inspected = -INSPECTION

    def wake(self) -> None:
        """Something was queued."""
        self._more = True
        self._woken.set()

    async def run(self) -> None:
        """Deliver until cancelled; then finish what is in hand and give back the rest."""
        try:
            while True:
                await self._turn()
        finally:
            await self._finish()

    async def _turn(self) -> None:
        self._woken.clear()
        if self._results or self._more or self._due_for_inspection():
            try:
                await self._transact()
            except (Unavailable, Conflict):
                await asyncio.sleep(IDLE)
                self._more = True
                return
        pause = self._start_ready()
        if self._results:
            return
        timeout = min(pause, IDLE)
        try:
            await asyncio.wait_for(self._woken.wait(), timeout)
        except TimeoutError:
            self._more = True

    async def _transact(self) -> None:
        """Settle what came back and claim what may go next, in one transaction."""
        results, self._results = self._results, _Results()
        room = AHEAD - len(self._backlog)
        lane = Urgency.ANNOUNCEMENT if room > 0 else Urgency.REPLY
        most = room if room > 0 else AHEAD + AHEAD_REPLIES - len(self._backlog)
        self._more = False
        loop = asyncio.get_running_loop()
        try:
            claimed = await loop.run_in_executor(self._threads, self._work, results, lane, most)
        except BaseException:
            # Nothing of it was committed, so it has to be settled with the next transaction.
            self._results.sent[:0] = results.sent
            self._results.failed[:0] = results.failed
            raise
        self._more = self._more or len(claimed) >= most > 0 or bool(results)
        self._backlog = sorted([*self._backlog, *claimed], key=lambda row: (row.message.urgency, row.id))

    def _work(self, results: _Results, lane: Urgency, most: int) -> list[Claimed]:
        now = self._clock()
        with self._database.begin() as db:
            if self._due_for_inspection():
                self._inspect(db, now)
            outbox.settle_sent(db, results.sent, now)
            for row, error in results.failed:
                self._settle_failed(db, row, error, now)
            if most <= 0:
                return []
            return outbox.claim(db, self._channel.name, self._holder, now, LEASE, most, lane)

    def _due_for_inspection(self) -> bool:
        return monotonic() - self._inspected >= INSPECTION

    def _inspect(self, db: Transaction, now: datetime) -> None:
        """Rows of dead processes were attempted and nobody knows how that ended."""
        self._inspected = monotonic()
        holders = outbox.list_holders(db, self._channel.name)
        dead = [holder for holder in holders if holder != self._holder and not self._locks.alive(holder)]
        for row in outbox.list_abandoned(db, self._channel.name, now, dead):
            self._settle_failed(db, row, SendError(Failure.UNCERTAIN, "its process ended"), now)

    def _settle_failed(self, db: Transaction, row: Claimed, error: SendError, now: datetime) -> None:
        decision = decide(
            error.failure,
            row.message.urgency,
            row.attempts,
            row.created,
            now,
            resend_safe=self._channel.resend_safe,
            retry_after=error.retry_after,
        )
        outbox.settle_failed(db, row.id, error.failure, decision, now)
        self._metrics.unsent(self._channel.name, error.failure.value)
        ended = isinstance(decision, Dead)
        log.log(
            logging.WARNING if ended else logging.INFO,
            "row %d to %s: %s (%s), %s",
            row.id,
            self._channel.name,
            error.failure.value,
            error.detail,
            "given up" if ended else "tried again later",
        )
        if error.failure is Failure.GONE:
            self._close_chat(db, row)

    def _close_chat(self, db: Transaction, row: Claimed) -> None:
        if row.message.to.private:
            people.note_unreachable(db, self._channel.name, row.message.to.chat)
        else:
            rooms.disconnect_room(db, self._channel.name, row.message.to.chat)

    def _start_ready(self) -> float:
        """Start every send whose time has come; returns the seconds until the next one's."""
        waiting: list[Claimed] = []
        pause = IDLE
        now = monotonic()
        for row in self._backlog:
            to = row.message.to
            at = self._pacer.ready(to.chat, row.message.urgency, now, private=to.private)
            if at > now:
                waiting.append(row)
                pause = min(pause, at - now)
                continue
            self._pacer.take(to.chat, now)
            task = asyncio.create_task(self._send(row))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        self._backlog = waiting
        return pause

    async def _send(self, row: Claimed) -> None:
        try:
            shown_as = await self._attempt(row)
        except SendError as error:
            self._failed(row, error)
        except Exception as error:
            log.exception("row %d to %s: unexpected %s", row.id, self._channel.name, type(error).__name__)
            self._failed(row, SendError(Failure.UNCERTAIN, type(error).__name__))
        else:
            self._outages = 0
            self._results.sent.append((row.id, shown_as))
            self._metrics.sent(self._channel.name, row.message.urgency.name.lower())
        self._woken.set()

    async def _attempt(self, row: Claimed) -> str:
        if row.message.replaces and row.original is None:
            raise SendError(Failure.REJECTED, "what it edits was never shown")
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                return await self._channel.send(row.message, str(row.id), row.original)
        except TimeoutError:
            raise SendError(Failure.UNCERTAIN, "no answer in time") from None

    def _failed(self, row: Claimed, error: SendError) -> None:
        now = monotonic()
        if error.failure is Failure.THROTTLED:
            self._pacer.pause(now + error.retry_after, "" if error.everywhere else row.message.to.chat)
        elif error.failure is Failure.UNREACHABLE:
            step = min(self._outages, len(OUTAGE_PAUSES) - 1)
            self._pacer.pause(now + max(OUTAGE_PAUSES[step], error.retry_after))
            self._outages += 1
        self._results.failed.append((row, error))

    async def _finish(self) -> None:
        """Let sends in hand finish, settle them, give back what was claimed but not tried."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=FAREWELL)
        for task in self._sending:
            task.cancel()
        results, self._results = self._results, _Results()
        backlog, self._backlog = self._backlog, []
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._give_back, results, backlog)
        except (Unavailable, Conflict):
            log.warning("%s: could not settle at the end; the next process will", self._channel.name)

    def _give_back(self, results: _Results, backlog: list[Claimed]) -> None:
        now = self._clock()
        with self._database.begin() as db:
            outbox.settle_sent(db, results.sent, now)
            for row, error in results.failed:
                self._settle_failed(db, row, error, now)
            for row in backlog:
                outbox.release(db, row.id)
