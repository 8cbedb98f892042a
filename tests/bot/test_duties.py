"""What becomes due by itself, and what is written only when it is sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import clock
from domain.chat import Action, Attachment, Button, Html, Message, Outgoing
from domain.people import Role
from domain.refusal import Refused
from domain.topics import State
from handlers.context import Here, Unit
from handlers.routing import Command, Duty, Press, Routes
from storage import outbox, topics
from storage.database import Database, Transaction
from storage.outbox import DEAD
from tests.bot.house import NOW, House, Written, add_member, address, eventually

SOON = timedelta(seconds=1)


def waiting(db: Transaction, now: datetime) -> Sequence[int]:
    """Topics are due an hour after they were proposed."""
    return [topic.id for topic in topics.list_topics(db) if topic.proposed + timedelta(hours=1) <= now and topic.author]


class Desk:
    """Says which topic it deals with, in a chat, and forgets its author; may fail for some."""

    def __init__(self, *failing: int) -> None:
        self.failing = set(failing)

    def deal(self, unit: Unit, number: int) -> None:
        unit.send(Outgoing(to=address("p1"), content=Message(Html(f"fällig: {number}"))))
        unit.db.execute(sa.update(topics.topics).where(topics.topics.c.id == number).values(author=None))
        if number in self.failing:
            message = "a fault of ours"
            raise ValueError(message)


def house(database: Database, folder: Path, desk: Desk, *, ticking: bool = False) -> House:
    member = add_member(database)
    with database.begin() as db:
        for minute in range(3):
            at = NOW + timedelta(minutes=minute)
            topics.add_topic(db, f"Wie {minute}?", "", member, State.PROPOSED, at, anonymous=False)
    return House(
        database, folder, routes=Routes(duties=(Duty("topics.age", SOON, waiting, desk.deal),)), ticking=ticking
    )


async def test_what_is_due_is_dealt_with_once(database: Database, tmp_path: Path) -> None:
    async with house(database, tmp_path, Desk()).running() as here:
        assert not await here.app.perform_duties()
        here.pass_by(minutes=61)
        assert await here.app.perform_duties()
        assert not await here.app.perform_duties()
        await here.delivered()
        assert here.shown() == ["fällig: 1", "fällig: 2"]


async def test_the_clock_calls_it_by_itself(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "FIRST_AFTER", timedelta(0))
    here = house(database, tmp_path, Desk(), ticking=True)
    here.calendar.pass_by(timedelta(hours=2))
    async with here.running():
        await eventually(lambda: here.shown() == ["fällig: 1", "fällig: 2", "fällig: 3"])


async def test_a_fault_in_one_keeps_nothing_else(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(2)
    async with house(database, tmp_path, desk).running() as here:
        here.pass_by(hours=2)
        assert await here.app.perform_duties()
        await here.delivered()
        assert here.shown() == ["fällig: 1", "fällig: 3"]
        assert "duty topics.age failed for 2" in [record.getMessage() for record in caplog.records]
        # It is tried again, but not at once.
        desk.failing.clear()
        assert not await here.app.perform_duties()
        monkeypatch.setattr(clock, "monotonic", lambda: float("inf"))
        assert await here.app.perform_duties()
        await here.delivered()
        assert here.shown() == ["fällig: 1", "fällig: 3", "fällig: 2"]


SECRET = "Gewählt: Wohnen"


def secretive(text: str = SECRET) -> Routes:
    """A message whose words and labels are written when it is sent."""

    def show(here: Here, _: str) -> None:
        button = Button("Wohnen", Action("pick", (7,)), "Wohnen")
        here.show(Message(Html(), ((button,),), late=Action("mine", (3,))))

    def write(unit: Unit, number: int) -> Message:
        if number != 3:
            raise Refused("common-stale-button")
        unit.voice_of(None).say("common-yes")
        return Message(Html(text), ((Button("Wohnen (gewählt)", Action("other"), ""),),))

    def pick(here: Here, place: int) -> None:
        here.reply(Html(f"gedrückt: {place}"))

    return Routes(
        commands=(Command("test.mine", ("zeig",), show, Role.GUEST),),
        presses={"pick": Press(pick, Role.GUEST)},
        late={"mine": write},
    )


async def test_late_words_are_shown_and_never_stored(database: Database, tmp_path: Path) -> None:
    log = Written()
    async with House(database, tmp_path, routes=secretive()).running() as here:
        await here.say("/zeig")
        await here.delivered()
        (posted,) = here.server.shown("p1")
        assert posted.content.text == SECRET
        assert [button.label for button in posted.content.buttons] == ["Wohnen (gewählt)"]
        await here.app.inbox.receive(here.pressed(1))
        await here.delivered()
        # The button means what the row says, whatever its label.
        assert here.shown() == [SECRET, "gedrückt: 7"]
        row = here.row(1)
        assert "gewählt" not in str(row).casefold()
    assert SECRET not in log.text


async def test_a_late_file_is_drawn_and_never_stored(database: Database, tmp_path: Path) -> None:
    def write(_: Unit, name: str) -> Message:
        return Message(Html("Die Datei"), attachment=Attachment(name, "text/plain", "text", (SECRET,)))

    routes = Routes(late={"file": write})
    async with House(database, tmp_path, routes=routes).running() as here:
        (row,) = here.queue(Outgoing(to=address("p1"), content=Message(Html(), late=Action("file", ("wahl.txt",)))))
        await here.delivered()
        (posted,) = here.server.shown("p1")
        assert posted.content.attachment
        assert posted.content.attachment.name == "wahl.txt"
        assert SECRET not in str(here.row(row))


async def test_what_cannot_be_written_is_given_up(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path, routes=secretive()).running() as here:
        (row,) = here.queue(Outgoing(to=address("p1"), content=Message(Html(), late=Action("mine", (4,)))))
        await here.delivered()
        assert (here.row(row).state, here.row(row).reason) == (DEAD, "rejected")


async def test_scrubbing_forgets_what_was_late(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path, routes=secretive()).running() as here:
        await here.say("/zeig")
        await here.delivered()
        assert here.row(1).late == ["mine", [3]]
        with database.begin() as db:
            outbox.scrub(db, NOW + timedelta(days=1))
        assert here.row(1).late is None
