"""Killed at random moments while updates arrive and messages go out: nothing is lost, little is doubled."""

import asyncio
import random
import sys
import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.chat import Address, Html, Message, Outgoing, Urgency
from domain.topics import State
from storage import outbox, people, topics
from storage.inbox import inbox
from storage.outbox import DEAD, OVERTAKEN, SENT
from tests.system.telegram_house import House, TelegramProcess, house, tokens
from tests.system.telegram_load import Load

KILLS = 100
UPDATES = 500
ANNOUNCEMENTS = 100
PEOPLE = 50
TOPICS = 5
EARLY = 1.0
"""Seconds after the start within which a third of the kills falls."""
UNDER_LOAD = 0.3
"""Seconds of work within which the others fall."""
SPREAD = 80.0
"""Seconds over which announcements become due."""
BETWEEN = 0.4
"""Longest pause between two updates, in seconds."""
LATE = 0.05
"""Seconds by which the servers may carry out a request after its process is dead."""
SETTLING = 120.0
"""Seconds after which what has not been taken or delivered never will be."""


@dataclass
class Shown:
    """What the servers showed: when, by the row of the outbox it came from (monotonic seconds)."""

    times: dict[int, list[float]] = field(default_factory=dict)

    @property
    def doubled(self) -> list[int]:
        """Rows that were shown more than once."""
        return [row for row, times in self.times.items() if len(times) > 1]


async def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261123)
    async with house(tmp_path) as telegram:
        accounts = await telegram.join(*(f"Ort {number}" for number in range(PEOPLE)))
        load = Load(telegram.remote, accounts, TOPICS, chance)
        add_topics(telegram)
        process = telegram.process()
        announced = queue_announcements(telegram, chance)
        moments, kills = await torment(process, load, chance)
        await process.start()
        await settled(telegram)
        assert await process.end() == 0
        shown = await everything_shown(telegram, announced)
    report(capsys, telegram, load, shown, moments, kills, time.monotonic() - began)
    check_updates(telegram, load)
    check_messages(telegram, load, announced, shown)
    assert "Traceback" not in process.log


def add_topics(telegram: House) -> None:
    """Something to look at and to support."""
    now = datetime.now(UTC)
    with telegram.database.begin() as db:
        author = people.list_members(db)[0].id
        for number in range(TOPICS):
            topics.add_topic(db, f"Frage {number}?", "", author, State.PROPOSED, now, anonymous=False)


def queue_announcements(telegram: House, chance: random.Random) -> dict[str, int]:
    """Announcements to everybody, due one after the other; returns their rows by their texts."""
    now = datetime.now(UTC)
    with telegram.database.begin() as db:
        chats = [people.list_accounts(db, member.id)[0].chat for member in people.list_members(db)]
        rows = {}
        for number in range(ANNOUNCEMENTS):
            due = now + timedelta(seconds=chance.uniform(SPREAD / 20, SPREAD))
            to = Address("telegram", chats[number % PEOPLE], private=True)
            text = Html(f"Ansage {number}")
            row = outbox.add_outgoing(
                db, Outgoing(to=to, content=Message(text), urgency=Urgency.ANNOUNCEMENT, not_before=due), now
            )
            assert row is not None
            rows[str(text)] = row
    return rows


async def torment(process: TelegramProcess, load: Load, chance: random.Random) -> tuple[Counter[str], list[float]]:
    """Start and kill while people write and press; returns where the kills fell, and when."""
    moments: Counter[str] = Counter()
    kills: list[float] = []
    allowed = asyncio.Semaphore(PEOPLE)
    living = asyncio.create_task(live(load, allowed, chance))
    for number in range(KILLS):
        await process.spawn()
        if number % 3 == 0:
            moments["while starting"] += 1
            await asyncio.sleep(chance.uniform(0.0, EARLY))
        else:
            await process.ready()
            moments["under load"] += 1
            await asyncio.sleep(chance.uniform(0.0, UNDER_LOAD))
        kills.append(time.monotonic())
        await process.kill()
        for _ in range(UPDATES // KILLS):
            allowed.release()
    await living
    return moments, kills


async def live(load: Load, allowed: asyncio.Semaphore, chance: random.Random) -> None:
    """All acts, as evenly as the kills; the first ones open the chats, before anything else."""
    for number in range(UPDATES):
        await allowed.acquire()
        await asyncio.sleep(chance.uniform(0.0, BETWEEN) if number >= PEOPLE else 0.0)
        await load.act()


async def settled(telegram: House) -> None:
    """Wait until everything is taken and delivered."""
    async with asyncio.timeout(SETTLING):
        while not await telegram.at_rest():
            await asyncio.sleep(0.05)


async def everything_shown(telegram: House, announced: dict[str, int]) -> Shown:
    """All messages that ever appeared, by the rows they came from."""
    shown = Shown()
    for asked in await telegram.remote("asked", method="sendMessage"):
        if asked["status"] == 200:
            values = asked["values"]
            keyboard = values.get("reply_markup", {}).get("inline_keyboard", [])
            (row,) = tokens(keyboard) or {announced[values["text"]]}
            shown.times.setdefault(row, []).append(asked["at"])
    return shown


def check_updates(telegram: House, load: Load) -> None:
    """Every update was taken once, without an error, and acted on once."""
    failures = telegram.rows(sa.select(inbox.c.failure))
    assert failures == [(None,)] * load.model.updates
    assert load.model.updates == UPDATES
    asked = Counter(question for (question,) in telegram.rows(sa.select(topics.topics.c.question)))
    assert {question: asked[question] for question in load.model.questions} == dict.fromkeys(load.model.questions, 1)
    joined = topics.supports.join(people.accounts, people.accounts.c.member == topics.supports.c.member)
    supporters = telegram.rows(sa.select(topics.supports.c.topic, people.accounts.c.user).select_from(joined))
    supported = {(topic, int(user)) for topic, user in supporters}
    assert {key: key in supported for key in load.model.support} == load.model.support


def check_messages(telegram: House, load: Load, announced: dict[str, int], shown: Shown) -> None:
    """No message is lost, and no announcement is doubled; where its end is not known, it is reported instead."""
    table = outbox.outbox
    rows = telegram.rows(sa.select(table.c.id, table.c.state, table.c.reason).where(table.c.replaces.is_(None)))
    assert len(rows) == load.model.answers + ANNOUNCEMENTS
    ours = set(announced.values())
    assert {state for row, state, _ in rows if row not in ours} == {SENT}
    assert {(state, reason if state == DEAD else "") for row, state, reason in rows if row in ours} <= {
        (SENT, ""),
        (DEAD, "uncertain"),
    }
    unseen = {row for row, state, _ in rows if row not in shown.times}
    assert unseen <= {row for row, state, _ in rows if state == DEAD}
    assert not ours & set(shown.doubled)
    edits = telegram.rows(sa.select(table.c.state, table.c.reason).where(table.c.replaces.is_not(None)))
    assert {reason for state, reason in edits if state == DEAD} <= {OVERTAKEN}


def report(
    capsys: pytest.CaptureFixture[str],
    telegram: House,
    load: Load,
    shown: Shown,
    moments: Counter[str],
    kills: list[float],
    seconds: float,
) -> None:
    """Say it beside the result, also when everything went well."""
    table = outbox.outbox
    states = telegram.rows(
        sa.select(
            table.c.urgency, table.c.state, table.c.reason, sa.func.max(table.c.attempts), sa.func.count()
        ).group_by(table.c.urgency, table.c.state, table.c.reason)
    )
    by_kill = Counter(bisect_left(kills, time - LATE) for row in shown.doubled for time in shown.times[row][:-1])
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {dict(moments)}, updates {dict(load.model.acts)}, messages {len(shown.times)}, "
            f"doubled {len(shown.doubled)}, by kill {sorted(by_kill.values())}, {states}, {seconds:.0f} s\n"
        )
