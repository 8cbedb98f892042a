import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database, metadata
from tests.handlers.desk import Desk


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    database = Database(f"sqlite:///{path}")
    assert schema.TABLES
    metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Desk]:
    database = Database(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield Desk(database)
    database.close()
