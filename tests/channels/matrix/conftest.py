"""One Synapse for all tests of a run, fresh people and a fresh bot for each."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.channels.matrix.bots import Bot
from tests.channels.matrix.people import Person
from tests.synapse import Synapse, running


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    with running(tmp_path_factory.mktemp("synapse")) as server:
        yield server


NewPerson = Callable[..., Awaitable[Person]]


@pytest.fixture
async def person(synapse: Synapse) -> AsyncIterator[NewPerson]:
    """Makes people who are online until the test ends."""
    made: list[Person] = []

    async def new(name: str = "") -> Person:
        made.append(Person(synapse, synapse.register(), name))
        return await made[-1].start()

    yield new
    for each in made:
        await each.stop()


@pytest.fixture
async def bot(synapse: Synapse, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot, listening."""
    made = Bot(synapse, synapse.register(), tmp_path / "store")
    await made.start()
    yield made
    await made.stop()
