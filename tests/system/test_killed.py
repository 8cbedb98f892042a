"""Killed at random moments, again and again, while people press and write: nothing is lost, nothing is doubled."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bot.house import eventually
from tests.postgres import drop_database, new_database
from tests.system.client import Page
from tests.system.evidence import Evidence, check, evidence
from tests.system.load import Load
from tests.system.process import Process

KILLS = 100
SEEDS = (20261123, 20261124)
KILLS_ON_POSTGRESQL = 20
EARLY_OF_TEN = 3
EARLY = 0.3
"""Seconds after the start within which some kills fall."""
UNDER_LOAD = 0.4
"""Seconds of work within which most kills fall."""
SETTLING = 120.0
"""Seconds after which what has not been taken or delivered never will be."""


@asynccontextmanager
async def visited(page: Page, process: Process) -> AsyncIterator[None]:
    """The page stays open while the process lives."""
    visit = asyncio.create_task(page.visit(process.url))
    yield
    await visit


async def survive(process: Process, page: Page, kills: int, chance: random.Random) -> Counter[str]:
    """Start and kill, whatever goes on; returns how many kills fell where."""
    moments: Counter[str] = Counter()
    for number in range(kills):
        await process.spawn()
        if number % 10 < EARLY_OF_TEN:
            moments["while starting"] += 1
            await asyncio.sleep(chance.uniform(0.0, EARLY))
            await process.kill()
            continue
        await process.ready()
        async with visited(page, process):
            moments["under load"] += 1
            await asyncio.sleep(chance.uniform(0.0, UNDER_LOAD))
            await process.kill()
    return moments


async def settled(found: Evidence, page: Page) -> None:
    """Wait until everything is stored, taken and delivered."""
    await eventually(lambda: not page.open and found.at_rest(), SETTLING)


async def opened(process: Process, load: Load, found: Evidence) -> Counter[str]:
    """The first start, with the cards people will press; returns how many messages the demonstration wrote."""
    await process.start()
    async with visited(load.page, process):
        await eventually(lambda: load.page.messages and found.at_rest(), SETTLING)
        written: Counter[str] = Counter(
            dict(found.page("SELECT chat, count(*) FROM messages WHERE author IS NULL GROUP BY chat"))
        )
        await load.settle_in()
        assert await process.end() == 0
    return written


async def torment(process: Process, database: str, kills: int, seed: int) -> str:
    """The whole story; returns what was counted."""
    page = Page()
    load = Load(page, seed)
    with evidence(database, process.data / "local-page.db") as found:
        opening = await opened(process, load, found)
        stop = asyncio.Event()
        living = asyncio.create_task(load.go_on(stop))
        moments = await survive(process, page, kills, random.Random(seed))
        await process.start()
        async with visited(page, process):
            stop.set()
            await living
            await settled(found, page)
            assert await process.end() == 0
        check(found, load.model, page, load.clients, opening)
        assert "Traceback" not in process.log
        return (
            f"\nkilled {dict(moments)}, deeds {dict(load.model.deeds)}, sent again by the page {page.resent}, "
            f"attempts repeated {dict(found.uncertain())}, shown twice {found.doubles()}"
        )


@pytest.mark.timeout(900)
async def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On two houses side by side, which takes half the time."""
    async with asyncio.TaskGroup() as group:
        for seed in SEEDS:
            process = Process(tmp_path / str(seed))
            database = f"sqlite:///{process.data}/themenbote.db"
            story = torment(process, database, KILLS // len(SEEDS), seed)
            group.create_task(told(capsys, story))


@pytest.mark.timeout(600)
async def test_killed_on_postgresql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = new_database()
    process = Process(tmp_path, {"THEMENBOTE_DATABASE__URL": database, "THEMENBOTE_LOCAL__DEMO": "true"})
    await told(capsys, torment(process, database, KILLS_ON_POSTGRESQL, seed=7))
    drop_database(database)


async def told(capsys: pytest.CaptureFixture[str], story: Coroutine[Any, Any, str]) -> None:
    """Say what was counted beside the result, also when everything went well."""
    counted = await story
    with capsys.disabled():
        sys.stdout.write(counted)
