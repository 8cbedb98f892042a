"""Where a repetition would show a message twice: what a killed process leaves in doubt is as little as can be."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import delivery
from bot.channel import Limits
from bot.claims import LEASE
from domain.chat import Urgency
from domain.delivery import DOUBTFUL_ATTEMPTS
from storage import outbox
from storage.database import Database
from storage.outbox import DEAD, SENDING, SENT, WAITING
from tests.bot.house import NOW, House, address, eventually, message
from tests.bot.test_delivery import Gate
from tests.memory import Fault, Server

QUICK = Limits(text=4096, caption=1024, per_second=1000)
SLOW = Limits(text=4096, caption=1024, per_second=5)


def unsafe(limits: Limits) -> Server:
    return Server(limits=limits, resend_safe=False)


def in_doubt(house: House) -> int:
    """How many rows a process that was killed now would leave uncertain."""
    return house.states().count(SENDING)


@pytest.mark.parametrize("urgency", Urgency)
async def test_the_next_one_goes_when_the_last_one_is_settled(
    database: Database, tmp_path: Path, urgency: Urgency
) -> None:
    house = House(database, tmp_path, server=unsafe(SLOW))
    gate = Gate(house, "p0")
    async with house.running():
        house.queue(*(message(str(number), f"p{number}", urgency) for number in range(3)))
        await eventually(lambda: gate.at_it)
        assert house.states() == [SENDING, WAITING, WAITING]
        gate.opened.set()
        await eventually(lambda: house.states().count(SENT) == 3)


async def test_slow_answers_do_not_slow_us_down(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path, server=unsafe(QUICK))
    house.server.go_wrong(Fault(delay=1.0), times=30)
    async with house.running():
        began = asyncio.get_running_loop().time()
        house.queue(*(message(str(number), f"p{number}") for number in range(30)))
        await eventually(lambda: house.states() == [SENT] * 30)
        assert asyncio.get_running_loop().time() - began < 10.0


async def test_a_chat_that_is_full_has_nothing_in_hand(database: Database, tmp_path: Path) -> None:
    limits = Limits(text=4096, caption=1024, per_second=100, chat_burst=1, chat_per_second=2)
    house = House(database, tmp_path, server=unsafe(limits))
    async with house.running():
        house.queue(message("eins"), message("zwei"), message("andere", "p2"))
        await eventually(lambda: house.shown("p2"))
        await eventually(lambda: not in_doubt(house))
        assert house.states() == [SENT, WAITING, SENT]
        await eventually(lambda: house.shown() == ["eins", "zwei"])


async def test_where_nothing_is_shown_twice_many_are_in_hand(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path, server=Server(limits=QUICK))
    house.server.go_wrong(Fault(delay=60.0), times=99)
    async with house.running():
        house.queue(*(message(str(number), f"p{number}") for number in range(99)))
        await eventually(lambda: in_doubt(house) == delivery.AHEAD + delivery.AHEAD_REPLIES)
        for task in [*house.app._deliveries["memory"]._sending]:
            task.cancel()


@pytest.mark.parametrize(
    ("urgency", "ends"), [(Urgency.REPLY, WAITING), (Urgency.REMINDER, WAITING), (Urgency.ANNOUNCEMENT, DEAD)]
)
async def test_however_many_processes_die_at_it_a_reply_is_not_given_up(
    database: Database, tmp_path: Path, urgency: Urgency, ends: str
) -> None:
    house = House(database, tmp_path, server=unsafe(SLOW))
    (row,) = house.queue(message("Nachricht", urgency=urgency))
    table = outbox.outbox
    with database.begin() as db:
        dead = {"state": SENDING, "holder": "process:dead", "attempts": DOUBTFUL_ATTEMPTS + 1}
        lease = house.calendar.now() + LEASE
        db.execute(sa.update(table).where(table.c.id == row).values(**dead, lease=lease))
    async with house.running():
        await eventually(lambda: house.row(row).reason == "uncertain")
        assert house.row(row).state == ends
        house.pass_by(minutes=5)
        await house.delivered()
        assert house.shown() == (["Nachricht"] if ends == WAITING else [])


def test_chats_can_be_passed_over(database: Database) -> None:
    with database.begin() as db:
        for chat in ("p1", "p2", "p3"):
            outbox.add_outgoing(db, message("Nachricht", chat), NOW)
        claimed = outbox.claim(db, "memory", "process:1", NOW, LEASE, 9, Urgency.REPLY, ["p1", "p3", "unbekannt"])
        assert [row.message.to for row in claimed] == [address("p2")]
