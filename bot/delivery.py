"""From the outbox to one channel: claim, keep the pace, send, settle."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from math import inf
from time import monotonic
from typing import ParamSpec, TypeVar

from bot.channel import Channel, SendError
from bot.claims import Claims, Look, Results
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.units import Office
from domain.chat import Outgoing, Urgency
from domain.delivery import Failure
from domain.refusal import Refused
from storage.database import Conflict, Unavailable
from storage.locks import Locks
from storage.outbox import Claimed

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

SEND_TIMEOUT = 30.0
"""Seconds until a send without an answer counts as uncertain; well inside the lease."""
AHEAD = 48
"""Rows in hand at a time, as far as it is not their own chat that keeps them waiting."""
AHEAD_REPLIES = 16
"""Replies in hand beyond that while others wait for their turn."""
SOON = 0.1
"""Seconds a row may be claimed before its turn. What is claimed when the process is killed counts as uncertain."""
CLOSE = 0.8
"""Where a repetition would show a message twice, the next one is claimed in the moment it can go: when the one before
is settled, so that a killed process leaves one uncertain message and not many. But slow answers must not slow us down:
after this part of the time that each message has at the permitted rate it goes anyway."""
IDLE = 1.0
"""Seconds between looks at the outbox when nothing woke us: another process may have queued something."""
INSPECTION = 5.0
"""Seconds between looks for rows whose holder died."""
OUTAGE_PAUSES = (0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds to wait before trying a messenger that is down again; the last one repeats."""
COLLISION_PAUSE = 0.02
"""Seconds after which a transaction that another process got in the way of is run again."""
FAULTY_ATTEMPTS = 3
"""How often a message is tried whose sending fails in a way no channel has a name for: the fault is ours."""
FAREWELL = 2.5
"""Seconds that sends in hand get to finish when the process stops."""


class Delivery:
    """Delivers the rows of one channel. ``holder`` names this process in leases."""

    def __init__(
        self,
        channel: Channel,
        office: Office,
        threads: ThreadPoolExecutor,
        locks: Locks,
        holder: str,
        metrics: Metrics,
    ) -> None:
        self._channel = channel
        self._office = office
        self._threads = threads
        self._metrics = metrics
        self._claims = Claims(channel, office.database, locks, holder, office.clock, metrics)
        self._pacer = Pacer(channel.limits)
        rate = 0 if channel.resend_safe else channel.limits.per_second
        self._gap = CLOSE / rate if rate else 0.0
        self._soon = 0.0 if rate else SOON
        self._started, self._unanswered = -inf, 0
        self._full: dict[str, float] = {}
        self._woken, self._stopped = asyncio.Event(), asyncio.Event()
        self._backlog: list[Claimed] = []
        self._held_up = 0
        self._sending: dict[asyncio.Task[None], int] = {}
        self._results = Results()
        self._look_at, self._looked, self._inspected = -inf, -inf, -inf
        self._down_until, self._outages = -inf, 0
        self._away = False

    def wake(self) -> None:
        """Something was queued."""
        self._look_at = -inf
        self._woken.set()

    async def run(self) -> None:
        """Deliver until cancelled; then finish what is in hand and give back the rest."""
        self._stopped.clear()
        turns = asyncio.create_task(self._turns())
        try:
            await asyncio.shield(turns)
        finally:
            # Not cancelled: what a transaction in hand claims would belong to nobody.
            self._stopped.set()
            self._woken.set()
            await asyncio.gather(turns, return_exceptions=True)
            await self._finish()

    async def _turns(self) -> None:
        while not self._stopped.is_set():
            try:
                await self._transact()
            except Conflict:
                await asyncio.sleep(COLLISION_PAUSE)
                continue
            except Unavailable as error:
                self._note(away=str(error) or "in use")
                await _set_within(self._stopped, IDLE)
                continue
            if not self._stopped.is_set():
                await _set_within(self._woken, self._start_ready())
                self._woken.clear()

    async def _transact(self) -> None:
        """Settle what came back and claim what may go next, in one transaction, if there is anything to do."""
        began = monotonic()
        inspect = began - self._inspected >= INSPECTION
        lane, most = self._opening(began)
        # With every row that is settled, the next one of its chat may go.
        if not self._results and began < min(self._look_at, self._looked + IDLE):
            most = 0
        if not (self._results or most or inspect):
            return
        results, self._results = self._results, Results()
        look_at, self._look_at = self._look_at, inf if most else self._look_at
        self._full = {chat: opens for chat, opens in self._full.items() if opens > began}
        look = Look(results, lane, most, tuple(self._backlog) if inspect else None, self._in_hand(), [*self._full])
        try:
            claimed, lost = await self._off_loop(self._claims.work, look)
        except BaseException:
            self._results.put_back(results)
            self._look_at = min(self._look_at, look_at)
            raise
        self._note(away="")
        if inspect:
            self._inspected = began
        if most:
            self._looked = began
            next_look = self._next_look(lane, exhausted=len(claimed) < most)
            self._look_at = min([self._look_at, next_look, *self._full.values()])
        kept = [row for row in self._backlog if row.id not in lost]
        self._backlog = sorted([*kept, *claimed], key=lambda row: (row.message.urgency, row.id))

    def _opening(self, now: float) -> tuple[Urgency, int]:
        """Up to which urgency rows may be claimed now, and how many."""
        if now < self._clear():
            return Urgency.REPLY, 0
        in_hand = len(self._sending) + len(self._backlog) - self._held_up
        for lane, ahead in ((Urgency.ANNOUNCEMENT, AHEAD), (Urgency.REPLY, AHEAD + AHEAD_REPLIES)):
            if most := self._pacer.room(lane, now + self._soon, max(0, ahead - in_hand)):
                return lane, 1 if self._gap else most
        return Urgency.REPLY, 0

    def _clear(self) -> float:
        """When the next send may begin as far as the one before is concerned."""
        return self._started + self._gap if self._gap and self._unanswered else -inf

    def _next_look(self, lane: Urgency, *, exhausted: bool) -> float:
        """When claiming again may bring something, unless we are woken or something is settled before."""
        if not exhausted:
            return -inf
        if lane is Urgency.REPLY:
            now = monotonic()
            opens = self._pacer.opens(Urgency.ANNOUNCEMENT, now) - self._soon
            if opens > now:
                return opens
            # Perhaps it has opened while we were looking.
            return inf if self._opening(now)[0] is lane else -inf
        return inf

    def _in_hand(self) -> frozenset[int]:
        return frozenset(row.id for row in self._backlog) | frozenset(self._sending.values())

    def _note(self, *, away: str) -> None:
        """Say once that the database is away, and once that it is back."""
        if away and not self._away:
            log.warning("%s: messages wait, the database is away: %s", self._channel.name, away)
        elif self._away and not away:
            log.info("%s: the database is back", self._channel.name)
        self._away = bool(away)

    def _start_ready(self) -> float:
        """Start every send whose time has come; returns the seconds until there is something to do again."""
        now = monotonic()
        waiting: list[Claimed] = []
        moments = [now + IDLE]
        self._held_up = 0
        for row in self._backlog:
            to, urgency = row.message.to, row.message.urgency
            at = self._pacer.ready(to.chat, urgency, now, private=to.private)
            if at <= now:
                self._start(row, now)
                continue
            waiting.append(row)
            moments.append(at)
            self._held_up += at > self._pacer.opens(urgency, now) + SOON
        self._backlog = waiting
        return min([*moments, self._claimable_at(now)]) - now

    def _claimable_at(self, now: float) -> float:
        if self._look_at > now:
            return self._look_at
        if self._opening(now)[1]:
            return now
        opens = max(self._pacer.opens(Urgency.REPLY, now) - self._soon, self._clear())
        # Otherwise too many are in hand, and what comes back will wake us.
        return opens if opens > now else inf

    def _start(self, row: Claimed, now: float) -> None:
        to = row.message.to
        self._pacer.take(to.chat, row.message.urgency, now)
        if self._gap:
            self._full[to.chat] = self._pacer.chat_opens(to.chat, now, private=to.private)
        self._started = now
        self._unanswered += 1
        task = asyncio.create_task(self._send(row, now))
        self._sending[task] = row.id
        task.add_done_callback(self._sending.pop)

    async def _send(self, row: Claimed, began: float) -> None:
        try:
            try:
                shown_as = await self._attempt(row)
            finally:
                self._unanswered -= 1
                self._pacer.answered(row.message.to.chat, row.message.urgency, began, monotonic())
        except SendError as error:
            self._failed(row, error)
        except Exception as error:
            log.exception("row %d to %s: unexpected error", row.id, self._channel.name)
            failure = Failure.UNCERTAIN if row.attempts < FAULTY_ATTEMPTS else Failure.REJECTED
            self._failed(row, SendError(failure, type(error).__name__))
        else:
            self._outages = 0
            self._results.sent.append((row.id, shown_as))
            self._metrics.sent(self._channel.name, row.message.urgency.name.lower())
        self._woken.set()

    async def _attempt(self, row: Claimed) -> str:
        if row.message.replaces and row.original is None:
            raise SendError(Failure.REJECTED, "what it edits was never shown")
        message = await self._written(row.message)
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                return await self._channel.send(message, str(row.id), row.original)
        except TimeoutError:
            raise SendError(Failure.UNCERTAIN, "no answer in time") from None

    async def _written(self, message: Outgoing) -> Outgoing:
        """The message with what was left open until it is sent."""
        if message.content.late is None:
            return message
        try:
            return await self._off_loop(self._office.written, message)
        except Unavailable:
            raise SendError(Failure.THROTTLED, "the database is away", COLLISION_PAUSE) from None
        except Refused as refused:
            raise SendError(Failure.REJECTED, refused.key) from None

    def _failed(self, row: Claimed, error: SendError) -> None:
        now = monotonic()
        if error.failure is Failure.THROTTLED:
            self._pacer.pause(now + error.retry_after, "" if error.everywhere else row.message.to.chat)
        elif error.failure is Failure.UNREACHABLE and now >= self._down_until:
            # Of those that were on their way together only the first counts.
            step = min(self._outages, len(OUTAGE_PAUSES) - 1)
            self._outages += 1
            self._down_until = now + max(OUTAGE_PAUSES[step], error.retry_after)
            self._pacer.pause(self._down_until)
        self._results.failed.append((row, error))

    async def _finish(self) -> None:
        """Let sends in hand finish, settle them, give back what was claimed but not tried."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=FAREWELL)
        for task in self._sending:
            task.cancel()
        self._unanswered = 0
        results, self._results = self._results, Results()
        backlog, self._backlog = self._backlog, []
        try:
            await self._off_loop(self._claims.give_back, results, backlog)
        except Exception:
            log.exception("%s: could not settle at the end; the next process will", self._channel.name)

    async def _off_loop(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, but no longer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
