"""Every transcript on Matrix: a real homeserver, encrypted rooms, people at clients of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import sqlite_database
from tests.synapse import Synapse
from tests.transcripts.matrix_stage import MatrixStage
from tests.transcripts.test_transcripts import FILES, check, playable
from tests.world import Calendar, World


@pytest.fixture
async def world(synapse: Synapse, tmp_path: Path) -> AsyncIterator[World]:
    calendar, database = Calendar(), Database(sqlite_database(tmp_path))
    world = World(MatrixStage(synapse, tmp_path), database, tmp_path, calendar)
    yield world
    await world.end()
    database.close()


@pytest.mark.parametrize("name", [name for name, path in FILES.items() if playable("matrix", path)])
async def test_dialogue_on_matrix(name: str, world: World) -> None:
    await check(name, world)
