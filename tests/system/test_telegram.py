"""Killed at random moments while updates arrive and messages go out: nothing is lost, little is doubled."""

import random
import sys
import time
from pathlib import Path

import pytest

from tests.system.killing import Torment
from tests.system.telegram_evidence import check_messages, check_updates, everything_shown, given_up
from tests.system.telegram_house import house
from tests.system.telegram_load import Load

TORMENT = Torment(kills=100, early=1.0, under_load=0.3, between=0.4)
UPDATES = 500
ANNOUNCEMENTS = 100
PEOPLE = 50
TOPICS = 5
SPREAD = 80.0
"""Seconds over which announcements become due."""


@pytest.mark.timeout(900)
async def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261123)
    async with house(tmp_path) as telegram:
        accounts = await telegram.join(*(f"Ort {number}" for number in range(PEOPLE)))
        load = Load(telegram.remote, accounts, TOPICS, chance)
        telegram.add_topics(TOPICS)
        announced = telegram.queue_announcements([*map(str, accounts)], ANNOUNCEMENTS, SPREAD / 8, SPREAD, chance)
        process = telegram.process()
        await process.start()
        await load.open_everything()
        await telegram.until(telegram.taken)
        killed = await TORMENT.happens(process, UPDATES - load.model.updates, load.act, chance)
        await process.start()
        await telegram.until(telegram.at_rest)
        assert await process.end() == 0
        shown = await everything_shown(telegram, announced)
        model, reported = load.model, given_up(telegram)
        assert model.updates == UPDATES
        check_updates(telegram, model)
        check_messages(telegram, model, set(announced.values()), shown, TORMENT.kills)
    assert "Traceback" not in process.log
    by_kill = shown.by_kill(killed.times)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {dict(killed.moments)}, updates {dict(model.acts)}, messages {len(shown.times)}, "
            f"repetitions {shown.repetitions}, at most {max(by_kill.values(), default=0)} for one kill, "
            f"announcements reported as uncertain {len(reported)}, not shown {len(reported - shown.times.keys())}, "
            f"{time.monotonic() - began:.0f} s "
        )
