"""Delivery's dealings with the outbox: settle what came back, take over what the dead left, claim what may go."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import Channel, SendError
from bot.metrics import Metrics
from domain.chat import Urgency
from domain.delivery import Dead, Failure, decide
from storage import outbox, people, rooms
from storage.database import Database, Transaction
from storage.locks import Locks
from storage.outbox import Claimed

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)


@dataclass(slots=True)
class Results:
    """What happened to rows since the last transaction."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[Claimed, SendError]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.failed)

    def put_back(self, earlier: "Results") -> None:
        """The transaction came to nothing: what it should have settled is settled with the next one, and first."""
        self.sent[:0] = earlier.sent
        self.failed[:0] = earlier.failed


@dataclass(frozen=True, slots=True)
class Look:
    """What one transaction shall do; ``lane`` and ``most`` say what to claim.

    With a ``backlog`` the leases of its rows are renewed, and the rows of dead processes are taken over, but none that
    are ``in_hand``. Chats in ``but`` may not be written to yet.
    """

    results: Results
    lane: Urgency
    most: int
    backlog: Sequence[Claimed] | None
    in_hand: Collection[int]
    but: Collection[str] = ()


class Claims:
    """The rows of one channel, claimed for this process, which leases know as ``holder``. Used in database threads."""

    def __init__(
        self,
        channel: Channel,
        database: Database,
        locks: Locks,
        holder: str,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._channel = channel
        self._database = database
        self._locks = locks
        self._holder = holder
        self._clock = clock
        self._metrics = metrics

    def work(self, look: Look) -> tuple[list[Claimed], set[int]]:
        """One transaction; returns what was claimed, and which rows of the backlog are ours no longer."""
        now = self._clock()
        lost: set[int] = set()
        if look.backlog is not None and not self._locks.held(self._holder):
            # Lost with a connection. Until it is back, others take us for dead.
            self._locks.acquire(self._holder)
        with self._database.begin() as db:
            self._settle(db, look.results, now)
            if look.backlog is not None:
                lost = {row.id for row in look.backlog} - outbox.extend_leases(db, look.backlog, now + LEASE)
                self._take_over(db, now, look.in_hand)
            if not look.most:
                return [], lost
            name = self._channel.name
            return outbox.claim(db, name, self._holder, now, LEASE, look.most, look.lane, look.but), lost

    def give_back(self, results: Results, untried: Sequence[Claimed]) -> None:
        """Settle, and let others have what was claimed and not tried."""
        now = self._clock()
        with self._database.begin() as db:
            self._settle(db, results, now)
            for row in untried:
                outbox.release(db, row.id, attempts=row.attempts)

    def _settle(self, db: Transaction, results: Results, now: datetime) -> None:
        outbox.settle_sent(db, results.sent, now)
        for row, error in results.failed:
            self._settle_failed(db, row, error, now)

    def _take_over(self, db: Transaction, now: datetime, in_hand: Collection[int]) -> None:
        """Rows of dead processes were attempted and nobody knows how that ended."""
        holders = outbox.list_holders(db, self._channel.name)
        dead = [holder for holder in holders if holder != self._holder and not self._locks.alive(holder)]
        for row in outbox.list_abandoned(db, self._channel.name, now, dead):
            if row.id not in in_hand:
                error = SendError(Failure.UNCERTAIN, "its process ended")
                self._settle_failed(db, row, error, now, interrupted=True)

    def _settle_failed(
        self, db: Transaction, row: Claimed, error: SendError, now: datetime, *, interrupted: bool = False
    ) -> None:
        decision = decide(
            error.failure,
            row.message.urgency,
            row.attempts,
            row.created,
            now,
            resend_safe=self._channel.resend_safe or bool(row.message.replaces),
            retry_after=error.retry_after,
            interrupted=interrupted,
        )
        outbox.settle_failed(db, row.id, error.failure, decision, now, attempts=row.attempts)
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
        if error.failure in (Failure.GONE, Failure.DECLINED):
            self._close_chat(db, row)

    def _close_chat(self, db: Transaction, row: Claimed) -> None:
        if row.message.to.private:
            people.note_unreachable(db, self._channel.name, row.message.to.chat)
        else:
            rooms.disconnect_room(db, self._channel.name, row.message.to.chat)
