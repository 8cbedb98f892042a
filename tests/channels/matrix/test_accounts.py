"""Several accounts on several homeservers that know nothing of each other, and one programme behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.app import App
from bot.channels.matrix.channel import MatrixChannel
from bot.drawing import Drawer
from bot.messengers import manners
from domain.people import Purpose, Role
from domain.topics import State
from handlers.context import Policy
from storage import people, rooms, topics
from storage.database import Database
from storage.locks import locks_for
from tests.channels.matrix.bots import NoLocks, say
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Person
from tests.postgres import sqlite_database
from tests.synapse import Registered, Synapse, running
from tests.world import router, texts


async def welcome(_user: str, _direct: bool) -> bool:
    return True


def channel(server: Synapse, account: Registered, store: Path) -> MatrixChannel:
    drawn = manners(router().routes, "de", Drawer())
    key = account.password
    return MatrixChannel(
        server.url, account.user_id, store, password=key, manners=drawn, say=say, may_invite=welcome, locks=NoLocks()
    )


@asynccontextmanager
async def programme(folder: Path, *channels: MatrixChannel) -> AsyncIterator[Database]:
    """The real application over these accounts, with one topic."""
    database = Database(sqlite_database(folder))
    with database.begin() as db:
        author = people.add_member(db, "Koordination", Role.COORDINATOR, "de", datetime.now(UTC))
        topics.add_topic(db, "Wie?", "", author.id, State.PROPOSED, datetime.now(UTC), anonymous=False)
    locks = locks_for(database, folder)
    app = App(database, locks, texts(), Policy(), router(), channels)
    try:
        async with app.running():
            yield database
    finally:
        locks.close()
        database.close()


async def meet(person: Person, bot: Registered, *, direct: bool) -> str:
    room = await person.create_room(bot.user_id, direct=direct)
    await person.until_there(room, bot.user_id)
    return room


def join(database: Database, name: str, person: Person, channel: MatrixChannel, chat: str) -> int:
    with database.begin() as db:
        member = people.add_member(db, name, Role.PARTICIPANT, "de", datetime.now(UTC))
        people.add_account(db, member.id, "matrix", person.id, channel.name, chat)
    return member.id


async def test_two_homeservers_share_one_programme_and_neither_waits_for_the_other(
    synapse: Synapse, person: NewPerson, tmp_path: Path
) -> None:
    town = await person("Musterstadt")
    with running(tmp_path / "village") as elsewhere:
        here, there = synapse.register(), elsewhere.register()
        first = channel(synapse, here, tmp_path / "first")
        second = channel(elsewhere, there, tmp_path / "second")
        village = await Person(elsewhere, elsewhere.register(), "Musterdorf").start()
        async with programme(tmp_path, first, second) as database:
            room = await meet(town, here, direct=False)
            chat = await meet(village, there, direct=True)
            join(database, "Musterstadt", town, first, "")
            supporter = join(database, "Musterdorf", village, second, chat)
            with database.begin() as db:
                rooms.connect_room(db, first.name, room, "Runde", "de", Purpose.PROGRAMME, None)
            await town.say(room, "!thema 1")
            await town.sees("Noch keine Unterstützung")

            await village.say(chat, "!thema 1")
            card = await village.sees("Noch keine Unterstützung")
            await village.react(chat, card["event_id"], "1️⃣")
            await village.sees("Danke")
            await town.sees("Eine Person unterstützt es")
            with database.read() as db:
                assert db.execute(sa.select(topics.supports.c.member)).scalars().all() == [supporter]

            await village.stop()
            elsewhere.stop()
            await town.say(room, "!thema 77")
            await town.sees("Thema 77 gibt es nicht.")
