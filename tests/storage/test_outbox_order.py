"""Several processes empty one outbox: never two rows of a chat at once, never out of order, nothing left behind."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.chat import Urgency
from domain.delivery import Failure, Retry
from storage import outbox
from storage.database import Conflict, Database, Transaction, Unavailable
from tests.storage.samples import CHAT, LEASE, NOW, claim, outgoing, queue, sent, urgent


@dataclass
class Deliveries:
    """What the claimers saw, and where it was wrong."""

    done: list[tuple[str, int]] = field(default_factory=list)
    in_hand: dict[str, int] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def take(self, row: outbox.Claimed) -> None:
        chat = row.message.to.chat
        with self.guard:
            if chat in self.in_hand:
                self.mistakes.append(f"{row.id} while {self.in_hand[chat]} was in hand")
            self.in_hand[chat] = row.id

    def let_go(self, row: outbox.Claimed, *, delivered: bool) -> None:
        with self.guard:
            self.in_hand.pop(row.message.to.chat)
            if delivered:
                self.done.append((row.message.to.chat, row.id))


def empty(database: Database, holder: str, seen: Deliveries, chance: random.Random, rows: int) -> None:
    """One process: claims a few, delivers, fails or gives back, until all rows are delivered."""
    while len(seen.done) < rows:
        try:
            with database.begin() as db:
                claimed = claim(db, holder=holder, most=chance.randint(1, 4))
        except Conflict:
            continue
        for row in claimed:
            seen.take(row)
        for row in claimed:
            settle(database, row, seen, chance)


def claimer(database: Database, number: int, seen: Deliveries, rows: int) -> Callable[[], object]:
    return partial(empty, database, f"process:{number}", seen, random.Random(number), rows)


def settle(database: Database, row: outbox.Claimed, seen: Deliveries, chance: random.Random) -> None:
    end = chance.random()
    seen.let_go(row, delivered=end >= 0.3)
    with database.begin() as db:
        if end < 0.15:
            outbox.release(db, row.id, attempts=row.attempts)
        elif end < 0.3:
            outbox.settle_failed(db, row.id, Failure.UNREACHABLE, Retry(NOW), NOW, attempts=row.attempts)
        else:
            outbox.settle_sent(db, [(row.id, f"m{row.id}")], NOW)


@pytest.mark.parametrize("seed", range(6))
def test_several_claimers_deliver_everything_in_order(postgres: Database, seed: int) -> None:
    chance = random.Random(seed)
    chats = [replace(CHAT, chat=f"chat {number}") for number in range(6)]
    with postgres.begin() as db:
        queued = [(chat.chat, queue(db, outgoing(to=chat))) for chat in (chance.choice(chats) for _ in range(60))]
    seen = Deliveries()
    run_together([claimer(postgres, number, seen, 60) for number in range(seed, seed + 4)])
    assert not seen.mistakes
    for chat in chats:
        expected = [row for where, row in queued if where == chat.chat]
        assert [row for where, row in seen.done if where == chat.chat] == expected


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_in_meanwhile_never_doubles_a_chat(postgres: Database, seed: int) -> None:
    """More urgent rows arrive while others are being claimed, so what is first in a chat changes all the time."""
    chance = random.Random(seed)
    chats = [replace(CHAT, chat=f"chat {number}") for number in range(2)]
    seen = Deliveries()

    def arrive() -> None:
        for _ in range(60):
            with postgres.begin() as db:
                queue(db, urgent(outgoing(to=chance.choice(chats)), chance.choice(list(Urgency))))

    claimers = [claimer(postgres, number, seen, 60) for number in range(seed, seed + 4)]
    run_together([arrive, *claimers])
    assert not seen.mistakes
    assert len(set(seen.done)) == len(seen.done) == 60


def test_edits_under_way_neither_get_lost_nor_pile_up(postgres: Database) -> None:
    """The last edit is shown in the end, whoever was just delivering an earlier one."""
    with postgres.begin() as db:
        row = sent(db, outgoing("card"), "m1")
    shown: list[str] = []
    finished = threading.Event()

    def edit() -> None:
        for number in range(80):
            with postgres.begin() as db:
                assert outbox.refresh(db, outgoing(f"{number}", replaces=row), NOW)
        finished.set()

    def deliver() -> None:
        last = False
        while not last:
            last = finished.is_set()
            with postgres.begin() as db:
                claimed = claim(db)
            shown.extend(edit.message.content.text for edit in claimed)
            with postgres.begin() as db:
                outbox.settle_sent(db, [(edit.id, "m1") for edit in claimed], NOW)

    run_together([edit, deliver])
    assert shown[-1] == "79"
    assert shown == sorted(shown, key=int)


def run_together(work: list[Callable[[], object]]) -> None:
    failures: list[BaseException] = []

    def guarded(one: Callable[[], object]) -> None:
        try:
            one()
        except BaseException as failure:  # noqa: BLE001 (shown by the test, not by the thread)
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert not any(thread.is_alive() for thread in threads)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("queue"), st.integers(0, 2), st.sampled_from(Urgency)),
        st.tuples(st.just("claim"), st.integers(1, 3), st.sampled_from(Urgency)),
        st.tuples(st.sampled_from(["sent", "retry", "release", "lose"]), st.integers(0, 5), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 90), st.none()),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_history_keeps_the_rules(database: Database, steps: list[tuple[str, int, Urgency | None]]) -> None:
    """Against a model in a few lines: what is waiting, what is in hand, what was sent, per chat."""
    waiting: dict[int, tuple[str, Urgency]] = {}
    in_hand: dict[int, outbox.Claimed] = {}
    now = NOW
    with database.begin() as db:
        db.execute(outbox.outbox.delete())
        for step, number, urgency in steps:
            if step == "queue" and urgency is not None:
                chat = f"chat {number}"
                waiting[queue(db, urgent(outgoing(to=replace(CHAT, chat=chat)), urgency))] = (chat, urgency)
            elif step == "claim" and urgency is not None:
                claimed = claim(db, now=now, most=number, urgency=urgency)
                busy = {row.message.to.chat for row in in_hand.values()}
                assert [row.id for row in claimed] == first_of_each(waiting, busy, urgency)[:number]
                for row in claimed:
                    in_hand[row.id] = row
                    del waiting[row.id]
            elif step == "wait":
                now += timedelta(seconds=number)
            elif in_hand:
                row = in_hand.pop(sorted(in_hand)[number % len(in_hand)])
                if step == "sent":
                    outbox.settle_sent(db, [(row.id, "m")], now)
                    continue
                waiting[row.id] = (row.message.to.chat, row.message.urgency)
                if step == "release":
                    outbox.release(db, row.id)
                elif step == "retry":
                    outbox.settle_failed(db, row.id, Failure.UNREACHABLE, Retry(now), now)
                else:
                    (lost,) = [found for found in abandoned(db, now) if found.id == row.id]
                    outbox.settle_failed(db, lost.id, Failure.UNCERTAIN, Retry(now), now)


def abandoned(db: Transaction, now: datetime) -> list[outbox.Claimed]:
    return outbox.list_abandoned(db, CHAT.channel, now + LEASE * 100, [])


def first_of_each(waiting: dict[int, tuple[str, Urgency]], busy: set[str], urgency: Urgency) -> list[int]:
    firsts: dict[str, tuple[Urgency, int]] = {}
    for row, (chat, its) in waiting.items():
        firsts[chat] = min(firsts.get(chat, (its, row)), (its, row))
    return [row for its, row in sorted(firsts.values()) if its <= urgency and waiting[row][0] not in busy]


def test_an_outage_while_claiming_leaves_the_rows_waiting(postgres: Database) -> None:
    with postgres.begin() as db:
        queue(db, outgoing())

    def broken() -> None:
        with postgres.begin() as db:
            claim(db)
            raise Unavailable

    with pytest.raises(Unavailable):
        broken()
    with postgres.begin() as db:
        assert len(claim(db)) == 1
