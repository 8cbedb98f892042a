"""Every transcript, on every stage."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import emptied_database, sqlite_database
from tests.transcripts.accepting import accepted
from tests.transcripts.dialogue import Transcript
from tests.transcripts.language import FOLDER, load
from tests.transcripts.memory_stage import MemoryStage
from tests.transcripts.report import differences
from tests.transcripts.runner import Player
from tests.transcripts.stage import Stage
from tests.world import Calendar, World

FILES = sorted(FOLDER.glob("*.txt"))
STAGES: dict[str, Callable[[Calendar], Stage]] = {
    "memory": lambda calendar: MemoryStage(calendar.now),
    "bare": lambda calendar: MemoryStage(calendar.now, bare=True),
}


@pytest.fixture(params=STAGES)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    database = Database(sqlite_database(tmp_path))
    calendar = Calendar()
    world = World(STAGES[request.param](calendar), database, tmp_path, calendar)
    yield world
    await world.end()
    database.close()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_dialogue(path: Path, world: World, pytestconfig: pytest.Config) -> None:
    transcript = load(path)
    await world.begin(transcript.cast)
    played = await Player(world).play(transcript)
    found = differences(transcript, played, notices=world.stage.notices)
    if found and pytestconfig.getoption("accept") and world.stage.notices:
        path.write_text(accepted(transcript, played), "utf-8")
        pytest.fail(f"{path.name} was written anew: read it before you keep it.\n\n{found}", pytrace=False)
    if found:
        pytest.fail(found, pytrace=False)
    assert not world.given_up()
