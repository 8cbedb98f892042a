"""Asked to stop while people press and write: what is in hand is finished, what is not waits for the next start."""

import asyncio
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.outbox import SENDING, outbox
from tests.system.process import Process
from tests.system.story import story, visited

STOPS = 5
WITHIN = 5.0
"""Seconds that stopping may take."""


@pytest.mark.timeout(300)
async def test_stopped_under_load(tmp_path: Path) -> None:
    process, chance = Process(tmp_path), random.Random(4)
    loop = asyncio.get_running_loop()
    async with story(process, f"sqlite:///{process.data}/themenbote.db", seed=4) as told:
        told.live()
        for _ in range(STOPS):
            await process.start()
            async with visited(told.page, process):
                await asyncio.sleep(chance.uniform(0.2, 0.8))
                began = loop.time()
                ending = asyncio.create_task(process.end())
                for person in ("verein", "koordination"):
                    told.load.act(person)
                assert await ending == 0
                assert loop.time() - began < WITHIN
            under_way = sa.select(sa.func.count()).where(outbox.c.state == SENDING)
            assert told.found.rows(under_way) == [(0,)]
        await process.start()
        await told.end()
        assert told.found.uncertain() == {}


async def test_asked_twice_it_still_ends_well(tmp_path: Path) -> None:
    process = Process(tmp_path)
    await process.start()
    process.running.terminate()
    assert await process.end() == 0
    assert "Traceback" not in process.log
