"""From the outbox to a messenger that is slow, throttles, loses answers, shuts chats and goes down."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import delivery
from bot.channel import Limits, SendError
from bot.claims import LEASE
from domain.chat import Outgoing, Urgency
from domain.delivery import Failure, Retry
from domain.people import Purpose
from storage import outbox, people, rooms
from storage.database import Conflict, Database, Transaction, Unavailable
from storage.outbox import DEAD, SENDING, SENT, WAITING
from tests.bot.house import NOW, House, add_member, address, echo, eventually, message, routes
from tests.memory import Fault, Server

UNSAFE = False
SLOW = Limits(text=4096, caption=1024, per_second=5)
GENEROUS = 5.0
"""Seconds that are certainly not needed."""


class Gate:
    """Holds every send to a chat until it is opened, and counts those that are at it."""

    def __init__(self, house: House, chat: str = "p1") -> None:
        self.at_it: list[str] = []
        self.opened = asyncio.Event()
        self._chat = chat
        self._send = house.channel.send
        house.channel.send = self.send  # type: ignore[method-assign]

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        if message.to.chat == self._chat:
            self.at_it.append(message.content.text)
            await self.opened.wait()
        return await self._send(message, token, replaces)


async def test_each_chat_gets_everything_in_order(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path).running() as house:
        house.queue(*(message(f"{number}", f"p{number % 3}") for number in range(30)))
        await house.delivered()
        for chat in range(3):
            assert house.shown(f"p{chat}") == [str(number) for number in range(chat, 30, 3)]
        assert set(house.states()) == {SENT}


async def test_a_slow_chat_holds_up_nobody_else(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    gate = Gate(house, "p0")
    async with house.running():
        house.queue(*(message(f"{number}", f"p{number % 3}") for number in range(12)))
        await eventually(lambda: len(house.shown("p1") + house.shown("p2")) == 8)
        assert gate.at_it == ["0"]
        gate.opened.set()
        await house.delivered()
        assert house.shown("p0") == ["0", "3", "6", "9"]


async def test_the_most_urgent_go_first(database: Database, tmp_path: Path) -> None:
    """More announcements wait than are claimed at a time, and the messenger takes few a second."""
    house = House(database, tmp_path, server=Server(limits=SLOW))
    announcements = [message(f"a{number}", f"p{number}", Urgency.ANNOUNCEMENT) for number in range(20)]
    async with house.running():
        house.queue(*announcements)
        await eventually(lambda: len(house.server.posted) >= 2)
        house.queue(message("reminder", "p30", Urgency.REMINDER), message("reply", "p31"))
        await eventually(lambda: len(house.server.posted) >= 12)
    told = [str(posted.content.text) for posted in house.server.posted]
    assert told.index("reply") < told.index("reminder")
    assert told.index("reminder") <= 8
    assert [text for text in told if text.startswith("a")] == [f"a{number}" for number in range(len(told) - 2)]


async def test_nothing_is_claimed_long_before_its_turn(database: Database, tmp_path: Path) -> None:
    """What is claimed when the process is killed counts as uncertain, so it must be little."""
    house = House(database, tmp_path, server=Server(limits=SLOW))
    async with house.running():
        house.queue(*(message(f"a{number}", f"p{number}", Urgency.ANNOUNCEMENT) for number in range(40)))
        await eventually(lambda: house.states().count(SENT) >= 2)
        assert house.states().count(SENDING) <= SLOW.per_second
    assert house.states().count(SENDING) == 0


async def test_only_so_many_are_under_way_at_once(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    house.server.go_wrong(Fault(delay=60.0), times=500)
    async with house.running():
        house.queue(*(message(f"a{number}", f"p{number}", Urgency.ANNOUNCEMENT) for number in range(100)))
        await eventually(lambda: house.server.calls >= delivery.AHEAD)
        house.queue(*(message(f"r{number}", f"q{number}") for number in range(100)))
        await eventually(lambda: house.server.calls >= delivery.AHEAD + delivery.AHEAD_REPLIES)
        await asyncio.sleep(0)
        assert house.server.calls == delivery.AHEAD + delivery.AHEAD_REPLIES
        no_farewell(house)


def no_farewell(house: House) -> None:
    """What hangs shall not hang for as long as it could when the test ends."""
    for task in [*house.app._deliveries["memory"]._sending]:
        task.cancel()


async def test_chats_over_their_own_limit_hold_up_nobody(database: Database, tmp_path: Path) -> None:
    limits = Limits(text=4096, caption=1024, chat_burst=1, chat_per_second=0.001)
    house = House(database, tmp_path, server=Server(limits=limits))
    chats = [f"p{number}" for number in range(delivery.AHEAD + delivery.AHEAD_REPLIES + 5)]
    async with house.running():
        for text in ("eins", "zwei"):
            house.queue(*(message(text, chat) for chat in chats))
        await eventually(lambda: len(house.server.posted) == len(chats))
        house.queue(message("frei", "p1000"))
        await eventually(lambda: house.shown("p1000") == ["frei"])


async def test_not_before_its_time(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path).running() as house:
        later = house.calendar.now() + timedelta(hours=1)
        house.queue(message("später", not_before=later), message("jetzt"))
        await house.delivered()
        assert house.shown() == ["jetzt"]
        house.pass_by(hours=1)
        await house.delivered()
        assert house.shown() == ["jetzt", "später"]


async def test_what_another_process_queued_is_found_without_being_woken(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path).running() as house:
        await eventually(lambda: house.app._deliveries["memory"]._look_at == float("inf"))
        with database.begin() as db:
            outbox.add_outgoing(db, message("von nebenan"), house.calendar.now())
        await eventually(lambda: house.shown() == ["von nebenan"])


@pytest.mark.parametrize(
    ("failure", "urgency", "safe", "ends"),
    [
        (Failure.GONE, Urgency.REPLY, True, DEAD),
        (Failure.REJECTED, Urgency.REPLY, True, DEAD),
        (Failure.UNREACHABLE, Urgency.ANNOUNCEMENT, UNSAFE, WAITING),
        (Failure.MISCONFIGURED, Urgency.REPLY, True, WAITING),
        (Failure.THROTTLED, Urgency.ANNOUNCEMENT, UNSAFE, WAITING),
        (Failure.UNCERTAIN, Urgency.REPLY, UNSAFE, WAITING),
        (Failure.UNCERTAIN, Urgency.REMINDER, UNSAFE, WAITING),
        (Failure.UNCERTAIN, Urgency.ANNOUNCEMENT, UNSAFE, DEAD),
        (Failure.UNCERTAIN, Urgency.ANNOUNCEMENT, True, WAITING),
    ],
)
async def test_each_failure_is_tried_again_or_given_up(
    database: Database, tmp_path: Path, failure: Failure, urgency: Urgency, safe: bool, ends: str
) -> None:
    house = House(database, tmp_path, server=Server(resend_safe=safe))
    house.server.go_wrong(Fault(SendError(failure, "as told")))
    async with house.running():
        (row,) = house.queue(message("Nachricht", urgency=urgency))
        await eventually(lambda: house.row(row).reason == failure.value)
        assert house.row(row).state == ends
        assert house.shown() == []
        metrics = house.app.metrics.registry
        labels = {"channel": "memory", "failure": failure.value}
        assert metrics.get_sample_value("themenbote_attempts_failed_total", labels) == 1
        house.pass_by(minutes=5)
        await house.delivered()
        assert house.shown() == (["Nachricht"] if ends == WAITING else [])


@pytest.mark.parametrize(("safe", "shown"), [(True, 1), (UNSAFE, 2)])
async def test_a_lost_answer_doubles_only_where_the_messenger_cannot_tell(
    database: Database, tmp_path: Path, safe: bool, shown: int
) -> None:
    house = House(database, tmp_path, server=Server(resend_safe=safe))
    house.server.lose_answers()
    async with house.running():
        (row,) = house.queue(message("Antwort"))
        await eventually(lambda: house.row(row).reason == "uncertain")
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.row(row).state == SENT
        assert house.shown() == ["Antwort"] * shown


async def test_a_reply_is_not_doubled_for_ever(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path, server=Server(resend_safe=UNSAFE))
    house.server.lose_answers(times=99)
    async with house.running():
        (row,) = house.queue(message("Antwort"))
        await until_dead(house, row)
        assert house.shown() == ["Antwort"] * 3


async def until_dead(house: House, row: int) -> None:
    def given_up() -> bool:
        if house.row(row).state == WAITING:
            house.pass_by(minutes=5)
        return bool(house.row(row).state == DEAD)

    await eventually(given_up)


async def test_a_send_that_fails_for_a_reason_of_ours_does_not_block_its_chat(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(database, tmp_path)
    send = house.channel.send

    async def broken(outgoing: Outgoing, token: str, replaces: str | None) -> str:
        if outgoing.content.text == "kaputt":
            raise ZeroDivisionError
        return await send(outgoing, token, replaces)

    monkeypatch.setattr(house.channel, "send", broken)
    async with house.running():
        row, _ = house.queue(message("kaputt"), message("danach"))
        await until_dead(house, row)
        await house.delivered()
        assert house.row(row).attempts == delivery.FAULTY_ATTEMPTS
        assert house.shown() == ["danach"]


async def test_an_answer_that_never_comes_counts_as_uncertain(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SEND_TIMEOUT", 0.05)
    house = House(database, tmp_path)
    house.server.go_wrong(Fault(delay=60.0))
    async with house.running():
        (row,) = house.queue(message("Antwort"))
        await eventually(lambda: house.row(row).reason == "uncertain")
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.shown() == ["Antwort"]


async def test_throttling_one_chat_pauses_that_chat(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    house.server.throttle(3600.0, "p1")
    async with house.running():
        row, *_ = house.queue(message("eins"), message("zwei"), message("andere", "p2"))
        await eventually(lambda: house.row(row).reason == "throttled")
        await eventually(lambda: house.shown("p2") == ["andere"])
        assert house.row(row).due == house.calendar.now() + timedelta(hours=1)
        house.queue(message("noch eine", "p2"))
        await eventually(lambda: house.shown("p2") == ["andere", "noch eine"])
        assert house.shown() == []
        assert house.server.calls == 3


async def test_throttling_everywhere_pauses_everybody(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    house.server.throttle(0.5, everywhere=True)
    loop = asyncio.get_running_loop()
    async with house.running():
        (row,) = house.queue(message("eins"))
        await eventually(lambda: house.row(row).reason == "throttled")
        began = loop.time()
        house.queue(message("andere", "p2"))
        await eventually(lambda: house.shown("p2") == ["andere"])
        assert loop.time() - began > 0.3
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.shown() == ["eins"]


async def test_a_chat_that_is_gone_is_unreachable_until_its_person_writes(database: Database, tmp_path: Path) -> None:
    member = add_member(database)

    def reachable() -> bool:
        with database.read() as db:
            return people.list_accounts(db, member)[0].reachable

    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        house.server.shut("p1")
        house.queue(message("ungehört"))
        await house.delivered()
        assert house.states() == [DEAD]
        assert not reachable()
        house.server.reopen("p1")
        await house.say("/echo wieder da")
        await house.delivered()
        assert house.shown() == ["wieder da"]
        assert reachable()


async def test_a_room_that_is_gone_is_disconnected(database: Database, tmp_path: Path) -> None:
    with database.begin() as db:
        rooms.connect_room(db, "memory", "r1", "Runde", "de", Purpose.PROGRAMME, None)
    async with House(database, tmp_path).running() as house:
        house.server.shut("r1")
        house.queue(message("an alle", "r1"))
        await house.delivered()
    with database.read() as db:
        assert rooms.find_room(db, "memory", "r1") is None


async def test_a_messenger_that_is_down_is_asked_now_and_then_and_gets_everything_at_last(
    database: Database, tmp_path: Path
) -> None:
    house = House(database, tmp_path)
    house.server.down = True
    async with house.running():
        house.queue(*(message(f"{number}", f"p{number}") for number in range(10)))
        await eventually(lambda: house.states() == [WAITING] * 10 and house.server.calls == 10)
        house.server.down = False
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.states() == [SENT] * 10


async def test_refreshes_of_a_card_coalesce_under_a_slow_channel(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    async with house.running():
        (card,) = house.queue(message("Stand 0", subject="topic:1"))
        await house.delivered()
        gate = Gate(house)
        for number in range(1, 30):
            house.queue(message(f"Stand {number}", replaces=card))
            await eventually(lambda: gate.at_it)
        assert gate.at_it == ["Stand 1"]
        assert house.states() == [SENT, SENDING, WAITING]
        gate.opened.set()
        await house.delivered()
        assert gate.at_it == ["Stand 1", "Stand 29"]
        assert house.shown() == ["Stand 29"]
        assert house.states() == [SENT] * 3


@pytest.mark.parametrize("failure", [Failure.THROTTLED, Failure.UNREACHABLE, Failure.UNCERTAIN])
async def test_an_edit_that_fails_while_a_newer_one_waits_makes_way_for_it(
    database: Database, tmp_path: Path, failure: Failure
) -> None:
    house = House(database, tmp_path)
    async with house.running():
        (card,) = house.queue(message("Stand 0", subject="topic:1"))
        await house.delivered()
        gate = Gate(house)
        house.server.go_wrong(Fault(SendError(failure, retry_after=0.01)))
        house.queue(message("Stand 1", replaces=card))
        await eventually(lambda: gate.at_it)
        house.queue(message("Stand 2", replaces=card))
        gate.opened.set()
        await eventually(lambda: house.shown() == ["Stand 2"])
        await house.delivered()
        assert house.states() == [SENT, DEAD, SENT]
        assert house.row(card + 1).reason == outbox.OVERTAKEN


@pytest.mark.parametrize("edits", [0, 1])
async def test_what_was_perhaps_shown_already_keeps_what_its_buttons_mean(
    database: Database, tmp_path: Path, edits: int
) -> None:
    """An attempt that was shown but not confirmed stands in the chat with buttons that name its row."""
    house = House(database, tmp_path)
    async with house.running():
        (card,) = house.queue(message("Stand 0", label="Unterstützen", subject="topic:1"))
        for _ in range(edits):
            await house.delivered()
            house.queue(message("Stand 0", label="Unterstützen", replaces=card))
        await eventually(lambda: len(house.server.posted) == 1 + edits)
    with database.begin() as db:
        row = card + edits
        unsure = sa.update(outbox.outbox).where(outbox.outbox.c.id == row)
        db.execute(unsure.values(state=WAITING, message=None, settled=None, due=NOW + timedelta(hours=1)))
    async with House(database, tmp_path, server=house.server).running() as following:
        following.queue(message("Stand 9", label="Nicht mehr unterstützen", replaces=card))
        with database.read() as db:
            shown = outbox.find_shown(db, address("p1"), row=row)
        assert shown is not None
        assert shown.keyboard[0][0].label == "Unterstützen"
        following.pass_by(hours=2)
        await following.delivered()
        assert following.shown() == ["Stand 9"]


async def test_a_claimed_edit_that_is_given_back_makes_way_for_a_newer_one(database: Database, tmp_path: Path) -> None:
    limits = Limits(text=4096, caption=1024, chat_burst=1, chat_per_second=0.001)
    house = House(database, tmp_path, server=Server(limits=limits))
    async with house.running():
        (card,) = house.queue(message("Stand 0", subject="topic:1"))
        await house.delivered()
        (edit,) = house.queue(message("Stand 1", replaces=card))
        await eventually(lambda: house.row(edit).state == SENDING)
        house.queue(message("Stand 2", replaces=card))
    assert house.states() == [SENT, DEAD, WAITING]
    assert house.row(edit).reason == outbox.OVERTAKEN
    following = House(database, tmp_path, server=house.server)
    async with following.running():
        await following.delivered()
        assert following.shown() == ["Stand 2"]


async def test_an_edit_of_what_was_never_shown_is_given_up(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    gate = Gate(house)
    house.server.go_wrong(Fault(SendError(Failure.REJECTED, "no")))
    async with house.running():
        (card,) = house.queue(message("Karte"))
        await eventually(lambda: gate.at_it)
        house.queue(message("neuer Stand", replaces=card))
        gate.opened.set()
        await house.delivered()
        assert house.states() == [DEAD, DEAD]
        assert house.server.calls == 1


async def test_rows_of_a_dead_process_are_taken_over(database: Database, tmp_path: Path) -> None:
    with database.begin() as db:
        for text in ("eins", "zwei"):
            outbox.add_outgoing(db, message(text, text), NOW)
        claimed = outbox.claim(db, "memory", "process:dead", NOW, LEASE, 9, Urgency.ANNOUNCEMENT)
    assert len(claimed) == 2
    async with House(database, tmp_path).running() as house:
        await eventually(lambda: [house.row(row.id).reason for row in claimed] == ["uncertain"] * 2)
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.states() == [SENT] * 2


async def test_rows_of_a_living_process_are_left_alone_until_their_lease_ends(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "INSPECTION", 0.05)
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    house = House(database, tmp_path)
    other = House(database, tmp_path)
    assert other.locks.acquire("process:other")
    with database.begin() as db:
        outbox.add_outgoing(db, message("fremd"), NOW)
        (theirs,) = outbox.claim(db, "memory", "process:other", NOW, LEASE, 9, Urgency.ANNOUNCEMENT)
    async with house.running():
        await inspected(house, times=2)
        assert house.row(theirs.id).state == SENDING
        house.pass_by(seconds=LEASE.total_seconds() + 1)
        await eventually(lambda: house.row(theirs.id).reason == "uncertain")
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.shown() == ["fremd"]
    other.locks.close()


async def inspected(house: House, times: int = 1) -> None:
    """Wait until the delivery has looked for abandoned rows so many times."""
    looked = house.app._deliveries["memory"]
    for _ in range(times):
        before = looked._inspected
        await eventually(lambda: looked._inspected > before)  # noqa: B023 - waited for within this turn


async def test_rows_that_wait_for_their_turn_keep_their_lease(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are neither given to others nor counted as uncertain, however long their chat is paused."""
    monkeypatch.setattr(delivery, "INSPECTION", 0.05)
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    limits = Limits(text=4096, caption=1024, chat_burst=1, chat_per_second=0.001)
    house = House(database, tmp_path, server=Server(limits=limits))
    async with house.running():
        _, second = house.queue(message("eins"), message("zwei"))
        await eventually(lambda: house.row(second).state == SENDING)
        for _ in range(3):
            house.pass_by(seconds=LEASE.total_seconds() - 1)
            await inspected(house)
        assert house.row(second).lease > house.calendar.now()
        assert house.row(second).reason is None
    assert house.row(second).state == WAITING
    assert house.row(second).attempts == 0


async def test_a_row_that_others_took_over_is_not_sent(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "INSPECTION", 0.05)
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    limits = Limits(text=4096, caption=1024, chat_burst=1, chat_per_second=1)
    house = House(database, tmp_path, server=Server(limits=limits))
    async with house.running():
        _, second = house.queue(message("eins"), message("zwei"))
        await eventually(lambda: house.row(second).state == SENDING)
        with database.begin() as db:
            outbox.release(db, second)
            later = house.calendar.now() + LEASE
            (theirs,) = outbox.claim(db, "memory", "process:other", later, LEASE, 9, Urgency.ANNOUNCEMENT)
            outbox.settle_sent(db, [(theirs.id, "elsewhere")], later)
        await eventually(lambda: not house.app._deliveries["memory"]._backlog)
        assert house.shown() == ["eins"]
        assert house.row(second).message == "elsewhere"


async def test_a_late_failure_does_not_disturb_whoever_took_over(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After the first one; the other process has no lock here and would be taken for dead.
    monkeypatch.setattr(delivery, "INSPECTION", 600.0)
    house = House(database, tmp_path)
    gate = Gate(house)
    house.server.go_wrong(Fault(SendError(Failure.REJECTED, "late")), "p1")
    failed = {"channel": "memory", "failure": Failure.REJECTED.value}
    async with house.running():
        row, other = house.queue(message("Antwort"), message("andere", "p2"))
        await eventually(lambda: gate.at_it and house.row(other).state == SENT)
        with database.begin() as db:
            outbox.settle_failed(db, row, Failure.UNCERTAIN, Retry(NOW), NOW)
            (theirs,) = outbox.claim(db, "memory", "process:other", NOW, LEASE, 9, Urgency.ANNOUNCEMENT)
        assert (theirs.id, theirs.attempts) == (row, 2)
        gate.opened.set()
        metrics = house.app.metrics.registry
        await eventually(lambda: metrics.get_sample_value("themenbote_attempts_failed_total", failed))
        # The transaction that claims this one comes after the one that settled the failure.
        house.queue(message("danach", "p2"))
        await eventually(lambda: house.shown("p2") == ["andere", "danach"])
        assert (house.row(row).state, house.row(row).holder, house.row(row).attempts) == (SENDING, "process:other", 2)


async def test_what_is_under_way_is_not_taken_for_abandoned_when_the_clock_is_put_forward(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "INSPECTION", 0.05)
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    house = House(database, tmp_path, server=Server(resend_safe=UNSAFE))
    gate = Gate(house)
    async with house.running():
        (row,) = house.queue(message("Ansage", urgency=Urgency.ANNOUNCEMENT))
        await eventually(lambda: gate.at_it)
        house.pass_by(hours=1)
        await inspected(house, times=2)
        assert (house.row(row).state, house.row(row).reason) == (SENDING, None)
        gate.opened.set()
        await house.delivered()
        assert house.shown() == ["Ansage"]


async def test_what_is_in_hand_is_finished_and_the_rest_given_back(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path, server=Server(limits=SLOW))
    gate = Gate(house, "p0")
    async with house.running():
        house.queue(*(message(f"{number}", f"p{number}", Urgency.ANNOUNCEMENT) for number in range(10)))
        await eventually(lambda: gate.at_it)
        asyncio.get_running_loop().call_later(0.05, gate.opened.set)
    assert house.row(1).state == SENT
    assert SENDING not in house.states()
    assert WAITING in house.states()
    waiting = [row for row in range(1, 11) if house.row(row).state == WAITING]
    assert [house.row(row).attempts for row in waiting] == [0] * len(waiting)
    async with House(database, tmp_path, server=house.server).running() as following:
        following.pass_by(minutes=1)
        await following.delivered()
        assert sorted(posted.content.text for posted in house.server.posted) == [str(number) for number in range(10)]


async def test_what_hangs_at_the_end_is_left_to_the_next_process(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FAREWELL", 0.05)
    house = House(database, tmp_path)
    gate = Gate(house)
    async with house.running():
        (row,) = house.queue(message("hängt"))
        await eventually(lambda: gate.at_it)
    assert house.row(row).state == SENDING
    async with House(database, tmp_path, server=house.server).running() as following:
        await eventually(lambda: following.row(row).reason == "uncertain")
        following.pass_by(minutes=1)
        await following.delivered()
        assert following.shown() == ["hängt"]


@contextmanager
def failing(database: Database, monkeypatch: pytest.MonkeyPatch, error: Exception) -> Iterator[list[int]]:
    """No transaction comes about; tells how many were wanted."""
    wanted: list[int] = []

    def refuse() -> Transaction:
        wanted.append(1)
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(database, "begin", refuse)
        yield wanted


@pytest.mark.parametrize("error", [Unavailable("gone"), Conflict("in the way")])
async def test_what_was_delivered_while_the_database_was_away_is_settled_afterwards(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    house = House(database, tmp_path)
    gate = Gate(house)
    async with house.running():
        row, after = house.queue(message("eins"), message("zwei"))
        await eventually(lambda: gate.at_it)
        with failing(database, monkeypatch, error) as wanted:
            gate.opened.set()
            await eventually(lambda: len(wanted) >= 3)
            assert house.row(row).state == SENDING
        await house.delivered()
        assert [house.row(number).state for number in (row, after)] == [SENT, SENT]
        assert house.shown() == ["eins", "zwei"]


async def test_one_that_was_away_longer_than_the_lease_still_knows_what_it_sent(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "IDLE", 0.05)
    monkeypatch.setattr(delivery, "INSPECTION", 0.0)
    house = House(database, tmp_path, server=Server(resend_safe=UNSAFE))
    gate = Gate(house)
    async with house.running():
        (row,) = house.queue(message("Ansage", urgency=Urgency.ANNOUNCEMENT))
        await eventually(lambda: gate.at_it)
        with failing(database, monkeypatch, Unavailable("gone")) as wanted:
            gate.opened.set()
            house.pass_by(minutes=10)
            await eventually(lambda: len(wanted) >= 3)
        await house.delivered()
        assert (house.row(row).state, house.row(row).reason) == (SENT, None)


async def test_nothing_claimed_is_lost_when_it_stops_during_a_transaction(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(database, tmp_path)
    claims = house.app._deliveries["memory"]._claims
    work, begun, go_on = claims.work, asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def held(look: object) -> object:
        claimed = work(look)  # type: ignore[arg-type]
        if claimed[0]:
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(GENEROUS)
        return claimed

    monkeypatch.setattr(claims, "work", held)
    async with house.running():
        (row,) = house.queue(message("fast"))
        await begun.wait()
        loop.call_later(0.05, go_on.set)
    assert house.row(row).state == WAITING
    assert house.row(row).attempts == 0
