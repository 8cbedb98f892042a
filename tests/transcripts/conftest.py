"""A programme on Matrix, for the dialogues that are played there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import sqlite_database
from tests.synapse import Synapse
from tests.transcripts.matrix_stage import MatrixStage
from tests.world import Calendar, World


@pytest.fixture
async def matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[World]:
    """A real homeserver, encrypted rooms, people at clients of their own."""
    calendar, database = Calendar(), Database(sqlite_database(tmp_path))
    world = World(MatrixStage(synapse, tmp_path), database, tmp_path, calendar)
    yield world
    await world.end()
    database.close()
