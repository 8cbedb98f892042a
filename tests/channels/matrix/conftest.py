"""Fresh people and a fresh bot for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.channels.matrix.bots import Bot
from tests.channels.matrix.people import Person
from tests.synapse import Synapse

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
