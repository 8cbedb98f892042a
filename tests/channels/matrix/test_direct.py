"""Messages to people who never wrote to us: the whole way, from the outbox to what they press and back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.channel import SendError
from bot.channels.matrix.channel import MatrixChannel
from bot.drawing import Drawer
from bot.messengers import manners
from domain.chat import Action, Address, Button, Declined, Html, Message, Moved, Outgoing
from domain.delivery import Failure
from domain.people import Role
from domain.topics import State
from handlers.context import Policy
from storage import outbox, people, topics
from storage.database import Database
from storage.locks import locks_for
from tests.channels.matrix.bots import PATIENCE, Bot, NoLocks, say, unstored
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Person
from tests.postgres import sqlite_database
from tests.synapse import Synapse
from tests.world import router, texts

CHOICE = ((Button("Unterstützen", Action("topics.support", (1,)), "unterstützen"),),)


class House:
    """The real application with one Matrix account, and a topic to support."""

    def __init__(self, server: Synapse, folder: Path) -> None:
        account = server.register()
        self.channel = MatrixChannel(
            server.url,
            account.user_id,
            folder / "store",
            password=account.password,
            manners=manners(router().routes, "de", Drawer()),
            say=say,
            may_invite=self._welcome,
            locks=NoLocks(),
        )
        self.database = Database(sqlite_database(folder))
        self.locks = locks_for(self.database, folder)
        self.app = App(self.database, self.locks, texts(), Policy(), router(), [self.channel])
        with self.database.begin() as db:
            author = people.add_member(db, "Koordination", Role.COORDINATOR, "de", datetime.now(UTC))
            topics.add_topic(db, "Wie?", "", author.id, State.PROPOSED, datetime.now(UTC), anonymous=False)

    async def _welcome(self, _: str, direct: bool) -> bool:
        return direct

    def add_member(self, person: Person, chat: str) -> int:
        """Somebody whose account is known, and nothing else."""
        with self.database.begin() as db:
            member = people.add_member(db, "Musterstadt", Role.PARTICIPANT, "de", datetime.now(UTC))
            people.add_account(db, member.id, "matrix", person.id, self.channel.name, chat)
        return member.id

    def queue(self, chat: str, text: str, keyboard: Any = CHOICE) -> int:
        """Something to be said to a person."""
        to, content = Address(self.channel.name, chat, private=True), Message(Html(text), keyboard)
        with self.database.begin() as db:
            row = outbox.add_outgoing(db, Outgoing(to=to, content=content, subject="topic:1"), datetime.now(UTC))
        self.app.wake_all()
        assert row is not None
        return row

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        with self.database.read() as db:
            return [tuple(row) for row in db.execute(query)]

    async def until(self, query: sa.Select[Any], found: list[Any]) -> None:
        """Waits until the database says so."""
        async with asyncio.timeout(PATIENCE):
            while self.rows(query) != found:  # noqa: ASYNC110 - a table tells nobody that it changed
                await asyncio.sleep(0.02)


@asynccontextmanager
async def running(house: House) -> AsyncIterator[House]:
    try:
        async with house.app.running():
            yield house
    finally:
        house.locks.close()
        house.database.close()


SUPPORTERS = sa.select(topics.supports.c.member)


@pytest.mark.parametrize("kept", ["the person's id", "nothing"])
async def test_what_is_sent_to_a_person_opens_the_direct_chat_and_is_answered_there(
    synapse: Synapse, person: NewPerson, tmp_path: Path, kept: str
) -> None:
    officer = await person("Musterstadt")
    async with running(House(synapse, tmp_path)) as house:
        member = house.add_member(officer, officer.id if kept != "nothing" else "")
        first, second = house.queue(officer.id, "Thema 1, zum Antippen"), house.queue(officer.id, "Thema 1, zum Tippen")
        await officer.until_invited()
        (room,) = officer.client.invited_rooms
        await officer.join(room)
        await officer.sees("zum Tippen")
        bodies = [event["content"]["body"].split("\n")[0] for event in officer.messages(room)]
        assert bodies == ["Thema 1, zum Antippen", "Thema 1, zum Tippen"], "in order, and once"
        assert officer.find("zum Antippen")["decrypted"]  # type: ignore[index]
        where = sa.select(outbox.outbox.c.chat).where(outbox.outbox.c.id.in_((first, second)))
        assert house.rows(where) == [(room,), (room,)]
        account = sa.select(people.accounts.c.chat, people.accounts.c.reachable)
        assert house.rows(account.where(people.accounts.c.user == officer.id)) == [(room, True)]

        await officer.react(room, officer.find("zum Antippen")["event_id"], "1️⃣")  # type: ignore[index]
        await officer.sees("Danke")
        await house.until(SUPPORTERS, [(member,)])
        house.queue(officer.id, "noch einmal")
        await officer.sees("noch einmal")
        assert officer.find("noch einmal")["room_id"] == room  # type: ignore[index]
        assert len(officer.client.rooms) == 1


async def test_a_number_typed_in_a_chat_that_we_opened_is_understood(
    synapse: Synapse, person: NewPerson, tmp_path: Path
) -> None:
    officer = await person("Musterstadt")
    async with running(House(synapse, tmp_path)) as house:
        member = house.add_member(officer, officer.id)
        house.queue(officer.id, "Thema 1")
        await officer.until_invited()
        (room,) = officer.client.invited_rooms
        await officer.join(room)
        await officer.sees("Thema 1")
        await house.until(sa.select(outbox.outbox.c.state).where(outbox.outbox.c.id == 1), [("sent",)])
        await officer.say(room, "1")
        await house.until(SUPPORTERS, [(member,)])


async def test_whoever_declines_is_told_of_and_has_read_nothing(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    with pytest.raises(SendError):
        await bot.say(officer.id, "Guten Tag", private=True)
    room = (await bot.gets(Moved)).chat
    await bot.say(room, "Guten Tag", private=True)
    await officer.until_invited()
    await officer.leave(room)
    declined = await bot.gets(Declined)
    assert (declined.address, declined.sender.id) == (bot.address(room, private=True), officer.id)
    with pytest.raises(SendError) as refused:
        await bot.say(room, "Guten Tag", private=True)
    assert refused.value.failure is Failure.GONE


async def test_what_waits_goes_into_the_chat_that_the_person_begins(
    synapse: Synapse, person: NewPerson, tmp_path: Path
) -> None:
    officer = await person("Musterstadt")
    async with running(House(synapse, tmp_path)) as house:
        house.add_member(officer, "")
        later = datetime.now(UTC) + timedelta(hours=1)
        to, content = Address(house.channel.name, officer.id, private=True), Message(Html("Später"))
        with house.database.begin() as db:
            row = outbox.add_outgoing(db, Outgoing(to=to, content=content, not_before=later), datetime.now(UTC))
        room = await officer.create_room(house.channel.name.removeprefix("matrix:"), direct=True)
        await house.until(sa.select(outbox.outbox.c.chat).where(outbox.outbox.c.id == row), [(room,)])


async def test_nothing_is_said_before_the_core_knows_the_chat(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    bot.refuse = unstored
    with pytest.raises(SendError) as refused:
        await bot.say(officer.id, "zu früh", private=True)
    assert refused.value.failure is Failure.UNREACHABLE
    bot.refuse = lambda _: None
    with pytest.raises(SendError) as refused:
        await bot.say(officer.id, "zu früh", private=True)
    assert refused.value.failure is Failure.THROTTLED
    moved = await bot.gets(Moved)
    assert (moved.address, moved.sender.id) == (bot.address(officer.id, private=True), officer.id)
    assert moved.chat == await bot.channel.open_direct(officer.id), "one chat, however often it is tried"


async def test_a_person_who_does_not_exist_lets_us_begin_no_chat(bot: Bot) -> None:
    with pytest.raises(SendError) as refused:
        await bot.say("@niemand:anderswo.example", "Guten Tag", private=True)
    assert (refused.value.failure, refused.value.everywhere) == (Failure.DECLINED, False)
    with pytest.raises(SendError) as refused:
        await bot.say("@niemand:anderswo.example", "Guten Tag")
    assert refused.value.failure is Failure.GONE, "only private messages are led to a person"
