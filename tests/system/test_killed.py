"""Killed at random moments, again and again, while people press and write: nothing is lost, nothing is doubled."""

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.postgres import drop_database, new_database
from tests.system.client import Page
from tests.system.process import Process
from tests.system.story import story, visited

KILLS = 100
SEEDS = (20261123, 20261124)
KILLS_ON_POSTGRESQL = 20
EARLY_OF_TEN = 3
EARLY = 0.3
"""Seconds after the start within which some kills fall."""
UNDER_LOAD = 0.4
"""Seconds of work within which most kills fall."""


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


async def torment(process: Process, database: str, kills: int, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole story; what was counted is said beside the result, also when everything went well."""
    async with story(process, database, seed) as told:
        told.live()
        moments = await survive(process, told.page, kills, random.Random(seed))
        await process.start()
        await told.end()
        with capsys.disabled():
            sys.stdout.write(
                f"\nkilled {dict(moments)}, deeds {dict(told.load.model.deeds)}, sent again by the page "
                f"{told.page.resent}, attempts repeated {dict(told.found.uncertain())}, "
                f"shown twice {told.found.doubles()}"
            )


@pytest.mark.timeout(900)
async def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On two houses side by side, which takes half the time."""
    async with asyncio.TaskGroup() as group:
        for seed in SEEDS:
            process = Process(tmp_path / str(seed))
            database = f"sqlite:///{process.data}/themenbote.db"
            group.create_task(torment(process, database, KILLS // len(SEEDS), seed, capsys))


@pytest.mark.timeout(600)
async def test_killed_on_postgresql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = new_database()
    process = Process(tmp_path, {"THEMENBOTE_DATABASE__URL": database, "THEMENBOTE_LOCAL__DEMO": "true"})
    await torment(process, database, KILLS_ON_POSTGRESQL, 7, capsys)
    drop_database(database)
