"""Every transcript, on every stage."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import emptied_database, sqlite_database
from tests.transcripts.accepting import accept
from tests.transcripts.language import FOLDER, load
from tests.transcripts.local_stage import LocalStage
from tests.transcripts.memory_stage import MemoryStage
from tests.transcripts.report import differences
from tests.transcripts.runner import Player
from tests.transcripts.stage import Stage
from tests.transcripts.telegram_stage import TelegramStage
from tests.world import Calendar, World, texts

STAGES: dict[str, Callable[[Calendar, Path], Stage]] = {
    "memory": lambda calendar, _: MemoryStage(calendar.now),
    "bare": lambda calendar, _: MemoryStage(calendar.now, bare=True),
    "local": lambda calendar, folder: LocalStage(folder, texts(), calendar.now),
    "telegram": lambda calendar, _: TelegramStage(calendar.now),
    "forum": lambda calendar, _: TelegramStage(calendar.now, forum=True),
}
LACKING = {
    "memory": {"Einladungen"},
    "bare": {"Einladungen", "Knöpfe"},
    "local": {"Einladungen"},
    "telegram": {"Einladungen", "lange Nachrichten"},
    "forum": {"Einladungen", "lange Nachrichten"},
    "matrix": {"Knöpfe", "Links", "kurze Bildtexte"},
}
"""What transcripts may need and these stages do not have. The one on Matrix has a file of its own."""
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.txt"))}


def playable(stage: str, path: Path) -> bool:
    """Whether the stage has what the file needs; a file that cannot be read is for the test to complain about."""
    lines = path.read_text("utf-8").splitlines()
    needed = next((line for line in lines if line.startswith("Braucht:")), "")
    lacks = any(word in needed for word in LACKING.get(stage, ()))
    # Without rooms a forum is like any other group.
    return not lacks and (stage != "forum" or "Räume:" in lines)


PLAYED = [
    *((stage, "sqlite", name) for name, path in FILES.items() for stage in STAGES if playable(stage, path)),
    *(("memory", "postgresql", name) for name, path in FILES.items() if playable("memory", path)),
]


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    return Database(sqlite_database(tmp_path) if request.param == "sqlite" else emptied_database())


@pytest.fixture
async def world(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[World]:
    calendar = Calendar()
    world = World(STAGES[request.param](calendar, tmp_path), database, tmp_path, calendar)
    yield world
    await world.end()
    database.close()


@pytest.mark.parametrize(("world", "database", "name"), PLAYED, indirect=["world", "database"])
async def test_dialogue(name: str, world: World, pytestconfig: pytest.Config) -> None:
    await check(name, world, accepts=pytestconfig.getoption("accept"))


async def check(name: str, world: World, *, accepts: bool = False) -> None:
    """Play a transcript; what appears must be what stands there, or is written there."""
    transcript = load(FILES[name])
    assert transcript.needs <= world.stage.abilities
    await world.begin(transcript.cast)
    played = await Player(world).play(transcript)
    found = differences(transcript, played, notices=world.stage.notices)
    if found and accepts and world.stage.notices:
        accept(FILES[name], transcript, played)
        found = f"{FILES[name].name} was written anew: read it before you keep it.\n\n{found}"
    if found:
        pytest.fail(found, pytrace=False)
    assert not world.given_up()


def test_every_title_is_its_own() -> None:
    titles = [load(path).title for path in FILES.values()]
    assert len(set(titles)) == len(titles)
