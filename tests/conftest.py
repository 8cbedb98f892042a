"""Options of the whole suite, and the Matrix server all tests of a worker share."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.synapse import Synapse, running

HERE = Path(__file__).resolve().parent
MEMORY = Path("/dev/shm")
"""Where Linux keeps files that need no disk: what this server stores is gone with it, and it commits a lot."""
ENOUGH = 1 << 30
LONG = ("system", "transcripts", "votes", "channels/matrix", "page")
"""Folders whose files take longest, the longest first."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write into the transcripts what really appeared")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where workers share the files, long ones begin first, so that no worker is left alone with one at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _place(item.path.relative_to(HERE)))


def _place(file: Path) -> int:
    return next((place for place, folder in enumerate(LONG) if file.is_relative_to(folder)), len(LONG))


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    with TemporaryDirectory(dir=MEMORY if roomy else None) as folder, running(Path(folder)) as server:
        yield server
