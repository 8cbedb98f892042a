from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database, metadata
from tests.handlers.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    assert schema.TABLES
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    metadata.create_all(database.engine)
    yield Desk(database)
    database.close()
