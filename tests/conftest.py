"""Options of the whole suite, and the Matrix server all tests of a worker share."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.synapse import Synapse, running

MEMORY = Path("/dev/shm")
"""Where Linux keeps files that need no disk: what this server stores is gone with it, and it commits a lot."""
ENOUGH = 1 << 30


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write into the transcripts what really appeared")


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    with TemporaryDirectory(dir=MEMORY if roomy else None) as folder, running(Path(folder)) as server:
        yield server
