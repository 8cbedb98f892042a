"""Killed at random moments while updates arrive and messages go out: nothing is lost, little is doubled."""

import asyncio
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.chat import Address, Html, Message, Outgoing, Urgency
from domain.topics import State
from storage import outbox, people, topics
from tests.system.telegram_evidence import check_messages, check_updates, everything_shown, given_up
from tests.system.telegram_house import House, TelegramProcess, house
from tests.system.telegram_load import Load

KILLS = 100
UPDATES = 500
ANNOUNCEMENTS = 100
PEOPLE = 50
TOPICS = 5
EARLY = 1.0
"""Seconds after the start within which half of the kills fall."""
UNDER_LOAD = 0.3
"""Seconds of work within which the others fall."""
SPREAD = 80.0
"""Seconds over which announcements become due."""
BETWEEN = 0.4
"""Longest pause between two updates, in seconds."""
SETTLING = 120.0
"""Seconds after which what has not been taken or delivered never will be."""


@pytest.mark.timeout(900)
async def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261123)
    async with house(tmp_path) as telegram:
        accounts = await telegram.join(*(f"Ort {number}" for number in range(PEOPLE)))
        load = Load(telegram.remote, accounts, TOPICS, chance)
        add_topics(telegram)
        announced = queue_announcements(telegram, chance)
        process = telegram.process()
        await settle_in(process, telegram, load)
        moments, kills = await torment(process, load, chance)
        await process.start()
        await settled(telegram)
        assert await process.end() == 0
        shown = await everything_shown(telegram, announced)
        model, reported = load.model, given_up(telegram)
        assert model.updates == UPDATES
        check_updates(telegram, model)
        check_messages(telegram, model, set(announced.values()), shown, KILLS)
    assert "Traceback" not in process.log
    by_kill = shown.by_kill(kills)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {dict(moments)}, updates {dict(model.acts)}, messages {len(shown.times)}, "
            f"repetitions {shown.repetitions}, at most {max(by_kill.values(), default=0)} for one kill, "
            f"announcements reported as uncertain {len(reported)}, not shown {len(reported - shown.times.keys())}, "
            f"{time.monotonic() - began:.0f} s "
        )


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
    rows: dict[str, int] = {}
    with telegram.database.begin() as db:
        chats = [people.list_accounts(db, member.id)[0].chat for member in people.list_members(db)]
        for number in range(ANNOUNCEMENTS):
            to, text = Address("telegram", chats[number % PEOPLE], private=True), Html(f"Ansage {number}")
            due = now + timedelta(seconds=chance.uniform(SPREAD / 8, SPREAD))
            outgoing = Outgoing(to=to, content=Message(text), urgency=Urgency.ANNOUNCEMENT, not_before=due)
            rows[str(text)] = outbox.add_outgoing(db, outgoing, now) or 0
    return rows


async def settle_in(process: TelegramProcess, telegram: House, load: Load) -> None:
    """Everybody opens the chat and has a card in front of them, before anything happens to the process."""
    await process.start()
    await load.open_everything()
    async with asyncio.timeout(SETTLING):
        while await telegram.pending():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.05)


async def torment(process: TelegramProcess, load: Load, chance: random.Random) -> tuple[Counter[str], list[float]]:
    """Kill and start while people write and press; returns where the kills fell, and when."""
    moments: Counter[str] = Counter()
    kills: list[float] = []
    allowed = asyncio.Semaphore(0)
    left = UPDATES - load.model.updates
    living = asyncio.create_task(live(load, left, allowed, chance))
    for number in range(KILLS):
        if number % 2:
            await process.spawn()
            moments["while starting"] += 1
            await asyncio.sleep(chance.uniform(0.0, EARLY))
        else:
            if number:
                await process.start()
            moments["under load"] += 1
            await asyncio.sleep(chance.uniform(0.0, UNDER_LOAD))
        kills.append(time.monotonic())
        await process.kill()
        for _ in range(left * (number + 1) // KILLS - left * number // KILLS):
            allowed.release()
    await living
    return moments, kills


async def live(load: Load, acts: int, allowed: asyncio.Semaphore, chance: random.Random) -> None:
    """Do everything, as evenly as the kills."""
    for _ in range(acts):
        await allowed.acquire()
        await asyncio.sleep(chance.uniform(0.0, BETWEEN))
        await load.act()


async def settled(telegram: House) -> None:
    """Wait until everything is taken and delivered."""
    async with asyncio.timeout(SETTLING):
        while not await telegram.at_rest():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.05)
