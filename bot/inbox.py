"""One arrival, one unit of work, one handler; acknowledged only when all of it is committed."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.batches import Batches
from bot.channel import Receipt, Unstored
from bot.metrics import Metrics
from bot.units import Office
from domain.chat import Incoming, Opened, Pressed, Said
from domain.refusal import Refused
from domain.writing import one_line
from handlers.context import Here
from storage import inbox, outbox, people, rooms
from storage.database import Conflict, Transaction, Unavailable

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often a transaction that another one got in the way of is run again."""
TOGETHER = 32
"""How many arrivals may go into one trip to a database thread: none of them is acknowledged before the last."""
NAME_LIMIT = 60
EARLY = 60.0
"""Seconds an answer waits for the row of what it answers; then it is taken for an answer to something else."""


class Early(Exception):
    """It answers a message of which nobody has noted yet that it is on show."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one unit of work left behind: the receipt and the channels that now have something to send."""

    receipt: Receipt
    channels: frozenset[str] = frozenset()


class Inbox:
    """Takes arrivals of all channels.

    Arrivals of one chat are taken in order, those of different chats side by side as far as the database allows. Where
    only one can write, those that wait at the same time share a commit. ``wake`` is told which channels have something
    to send.
    """

    def __init__(
        self, office: Office, threads: ThreadPoolExecutor, wake: Callable[[str], None], metrics: Metrics
    ) -> None:
        self._office = office
        self._wake = wake
        self._metrics = metrics
        self._batches = Batches(threads, self._take_all, most=TOGETHER, abreast=office.database.workers)
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}
        self._waiting: dict[tuple[str, str], int] = {}
        self._refused = False
        self._early_since: dict[str, float] = {}

    @property
    def refused(self) -> bool:
        """Whether the database did not take the last arrival; it is offered again, so this ends with the outage."""
        return self._refused

    async def receive(self, incoming: Incoming) -> Receipt:
        """Store the arrival and all that follows from it.

        Raises :class:`Unstored` when the database cannot take it, or what it answers is not settled yet.
        """
        began = time.perf_counter()
        async with self._turn(incoming):
            try:
                taken = await self._batches.result(incoming)
            except Unavailable as error:
                self._metrics.unstored.inc()
                self._note(refused=True, reason=str(error))
                raise Unstored from error
            except Early as error:
                self._early_since.setdefault(incoming.id, began)
                raise Unstored from error
        self._early_since.pop(incoming.id, None)
        self._note(refused=False)
        for channel in taken.channels:
            self._wake(channel)
        self._metrics.handled(incoming.address.channel, time.perf_counter() - began)
        return taken.receipt

    def _note(self, *, refused: bool, reason: str = "") -> None:
        """Say once that arrivals have to wait, and once that they are taken again."""
        if refused and not self._refused:
            log.warning("arrivals wait, the database takes nothing: %s", reason)
        elif self._refused and not refused:
            log.info("arrivals are taken again")
        self._refused = refused

    @asynccontextmanager
    async def _turn(self, incoming: Incoming) -> AsyncIterator[None]:
        key = (incoming.address.channel, incoming.address.chat)
        turn = self._turns.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with turn:
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._turns[key]

    def _take_all(self, batch: Sequence[Incoming]) -> list[Taken | Unavailable | Early]:
        """In a database thread: all of them with one commit, or, where that fails, one after the other."""
        if len(batch) > 1 and self._office.database.alone:
            try:
                with self._office.database.begin() as db:
                    return [self._take_part(db, incoming) for incoming in batch]
            except Exception as error:  # noqa: BLE001 - whose fault it is shows when each has one of its own
                log.info("%d arrivals do not share a commit: %s", len(batch), type(error).__name__)
        taken: list[Taken | Unavailable | Early] = []
        for incoming in batch:
            try:
                taken.append(self._take(incoming))
            except Early as error:
                taken.append(error)
            except Unavailable as error:
                # It will not be there for the others either.
                return [*taken, *[error] * (len(batch) - len(taken))]
        return taken

    def _take_part(self, db: Transaction, incoming: Incoming) -> Taken | Early:
        """One of several in a transaction. What else goes wrong than a refusal, it will have to tell by itself."""
        try:
            with self._office.database.part(db):
                return self._unit(db, incoming, self._office.router.handle)
        except Early as error:
            return error
        except Refused as refused:
            return self._unit(db, incoming, partial(_refuse, refused=refused))

    def _take(self, incoming: Incoming) -> Taken:
        """The whole unit of work in a transaction of its own."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(incoming)
            except Conflict:
                if attempt == ATTEMPTS:
                    message = "other transactions are in the way"
                    raise Unavailable(message) from None
                time.sleep(0.01 * 2**attempt * (0.5 + secrets.randbelow(1000) / 1000))
        raise AssertionError

    def _attempt(self, incoming: Incoming) -> Taken:
        try:
            return self._handled(incoming)
        except (Unavailable, Conflict, Early):
            raise
        except Exception:
            reference = self._office.token(6)
            log.exception("arrival failed, reference %s", reference)
            self._metrics.failed.inc()
            return self._failed(incoming, reference)

    def _handled(self, incoming: Incoming) -> Taken:
        try:
            return self._alone(incoming, self._office.router.handle)
        except Refused as refused:
            return self._alone(incoming, partial(_refuse, refused=refused))

    def _failed(self, incoming: Incoming, reference: str) -> Taken:
        """What went wrong in a handler is ours: the person hears of it, the arrival is marked, the loop goes on."""
        try:
            return self._alone(incoming, partial(_apologise, reference=reference), failure=reference)
        except (Unavailable, Conflict):
            raise
        except Exception:
            log.exception("no apology for reference %s either", reference)
        with self._office.database.begin() as db:
            inbox.add_arrival(db, incoming.address.channel, incoming.id, self._office.clock(), reference)
        return Taken(Receipt())

    def _alone(self, incoming: Incoming, handle: Callable[[Here], None], failure: str | None = None) -> Taken:
        with self._office.database.begin() as db:
            return self._unit(db, incoming, handle, failure)

    def _unit(
        self, db: Transaction, incoming: Incoming, handle: Callable[[Here], None], failure: str | None = None
    ) -> Taken:
        now = self._office.clock()
        if not inbox.add_arrival(db, incoming.address.channel, incoming.id, now, failure):
            return Taken(Receipt())
        if self._early(db, incoming):
            raise Early
        here = self._here(db, incoming, now)
        handle(here)
        channels = [self._office.queue(db, outgoing, now) for outgoing in here.outgoing]
        fresh = {incoming.address.channel, *channels} if here.outgoing or here.stale else set()
        return Taken(Receipt(here.notice, here.notice_link, here.hide), frozenset(fresh))

    def _early(self, db: Transaction, incoming: Incoming) -> bool:
        """Whether it answers what is perhaps on show already, though no row says so yet.

        So it is when a process was killed, or an answer lost, between the two. Where a row can be sent again without
        showing twice, it will be settled soon.
        """
        answered = _answered(incoming)
        if not answered or not self._office.channels[incoming.address.channel].resend_safe:
            return False
        now = time.perf_counter()
        if now - self._early_since.get(incoming.id, now) > EARLY:
            return False
        known = outbox.find_shown(db, incoming.address, message=answered)
        return known is None and outbox.is_unsettled(db, incoming.address)

    def _here(self, db: Transaction, incoming: Incoming, now: datetime) -> Here:
        address, sender = incoming.address, incoming.sender
        name = one_line(sender.name)[:NAME_LIMIT] or "?"
        if name != sender.name:
            incoming = replace(incoming, sender=replace(sender, name=name))
        known = people.find_known(db, self._office.messengers[address.channel].kind, sender.id)
        if known and address.private and isinstance(incoming, Said | Pressed | Opened):
            chat = (known.account.channel, known.account.chat, known.account.reachable)
            if chat != (address.channel, address.chat, True):
                people.note_direct_chat(db, known.account.id, address.channel, address.chat)
                if known.account.chat in ("", sender.id) and address.chat != sender.id:
                    # What waits for a chat that we were to begin goes into the one that the person begins.
                    outbox.move_chat(db, replace(address, chat=sender.id), address.chat)
        return Here(
            db=db,
            now=now,
            incoming=incoming,
            speak=self._office.speak,
            policy=self._office.policy,
            messengers=self._office.messengers,
            token=self._office.token,
            member=known.member if known else None,
            account=known.account if known else None,
            room=None if address.private else rooms.find_room(db, address.channel, address.chat),
        )


def _answered(incoming: Incoming) -> str:
    """The message it refers to, where nothing else says which row that is; empty where there is none."""
    match incoming:
        case Pressed(row=0, message=message) | Said(reply_to=message):
            return message
    return ""


def _refuse(here: Here, refused: Refused) -> None:
    here.hide = refused.hides
    here.toast(refused.key, **refused.values)


def _apologise(here: Here, reference: str) -> None:
    if isinstance(here.incoming, Said | Pressed | Opened):
        here.toast("common-apology", reference=reference)
