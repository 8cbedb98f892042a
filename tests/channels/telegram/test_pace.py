"""Through the whole house with Telegram's limits enforced: never too fast, and no reply behind announcements."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.turns import Turns
from domain.chat import Address, Html, Message, Outgoing, Urgency
from domain.people import Role
from handlers.context import Policy
from storage import outbox, people
from storage.database import Database
from storage.locks import locks_for
from tests.channels.telegram.conftest import House
from tests.postgres import sqlite_database
from tests.telegram.flood import Limits
from tests.telegram.people import Person
from tests.world import router, texts

AUDIENCE = 120
WITHIN = 60.0
ENFORCED = Limits(per_second=40, chat_per_second=1.5, chat_burst=4)
"""Telegram's limits, and what a machine with much to do may add between departure and arrival."""


@asynccontextmanager
async def programme(house: House, folder: Path) -> AsyncIterator[tuple[Database, App]]:
    """The running process with the channel of the house."""
    database = Database(sqlite_database(folder))
    locks = locks_for(database, folder)
    house.channel._turn._locks = Turns(locks)
    app = App(database, locks, texts(), Policy(), router(), [house.channel])
    async with app.running():
        yield database, app
    locks.close()
    database.close()


def join(database: Database, *persons: Person) -> None:
    now = datetime.now(UTC)
    with database.begin() as db:
        for person in persons:
            member = people.add_member(db, person.name, Role.PARTICIPANT, "de", now)
            people.add_account(db, member.id, "telegram", str(person.id), "telegram", str(person.id))


def announce(database: Database, app: App, audience: list[Person]) -> None:
    now = datetime.now(UTC)
    with database.begin() as db:
        for person in audience:
            to = Address("telegram", str(person.id), private=True)
            content = Message(Html(f"Ansage an {person.name}"))
            outbox.add_outgoing(db, Outgoing(to=to, content=content, urgency=Urgency.ANNOUNCEMENT), now)
    app.wake_all()


@pytest.fixture
def audience(house: House) -> list[Person]:
    """People who have opened the chat."""
    audience = [house.telegram.person(f"Ort {number}") for number in range(AUDIENCE)]
    for person in audience:
        person.chat(house.bot).opened = True
    return audience


async def test_replies_overtake_announcements_and_nothing_is_too_fast(
    house: House, tmp_path: Path, audience: list[Person]
) -> None:
    house.telegram.flood.enforce(ENFORCED)
    async with programme(house, tmp_path) as (database, app):
        join(database, house.town, *audience)
        announce(database, app, audience)
        shown = house.telegram.world.shown
        await house.telegram.until(lambda: shown, WITHIN)
        for _ in range(2):
            await house.chat.answer(house.town.say("/themen", house.bot), WITHIN)
            await asyncio.sleep(0.1)
        overtaken = sum("Ansage" in one.message.text for one in shown)
        await house.telegram.until(lambda: len(shown) == AUDIENCE + 2, WITHIN)
    assert overtaken < AUDIENCE
    assert house.telegram.flood.rejected == []


async def test_many_answers_in_one_chat_come_at_its_pace(house: House, tmp_path: Path) -> None:
    house.telegram.flood.enforce(ENFORCED)
    async with programme(house, tmp_path) as (database, _):
        join(database, house.town)
        for _ in range(6):
            house.town.say("/themen", house.bot)
        await house.telegram.until(lambda: len(house.chat.from_bots()) == 6, WITHIN)
    assert house.telegram.flood.rejected == []
