"""Votes in the running process: to the second, reminded only when needed, and nothing written that tells a choice."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import clock
from domain.ballots.lots import draw_lots
from domain.chat import Action, Html, Message, Outgoing
from domain.hours import QuietHours
from domain.votes import Draft, Option, State
from handlers.catalogue import catalogue
from storage import dialogs, outbox, people, votes
from storage.database import Database
from storage.outbox import DEAD
from tests.bot.house import NOW, House, Written, add_member, address, eventually

OPENS = NOW + timedelta(seconds=10)
CLOSES = NOW + timedelta(hours=8)
OPTIONS = ("Wohnen", "Schule")
DRAFT = Draft(
    "Was zuerst?",
    tuple(Option(place, text) for place, text in enumerate(OPTIONS, 1)),
    "approval",
    CLOSES,
    opens=OPENS,
    seed="x",
    lots=draw_lots("x", 2),
)


@asynccontextmanager
async def voting(database: Database, folder: Path, draft: Draft = DRAFT) -> AsyncIterator[House]:
    """Two members with their ballots before them, in a programme without rooms."""
    for chat in ("p1", "p2"):
        add_member(database, chat, f"Ort {chat}")
    with database.begin() as db:
        votes.add_vote(db, draft, None)
    async with House(database, folder, routes=catalogue()).running() as here:
        here.pass_by(seconds=10)
        await here.app.perform_duties()
        await here.delivered()
        yield here


def state(database: Database) -> tuple[State, datetime | None]:
    with database.read() as db:
        vote = votes.get_vote(db, 1)
    return vote.state, vote.closed


async def test_begins_and_ends_at_its_time(database: Database, tmp_path: Path) -> None:
    async with voting(database, tmp_path) as here:
        assert "Ihr Stimmzettel" in here.shown("p1")[0]
        await here.say("1")
        here.calendar.at = CLOSES - timedelta(seconds=1)
        assert not any(name == 1 for name in await due_to_close(here))
        here.calendar.at = CLOSES + timedelta(seconds=1)
        await here.app.perform_duties()
        assert state(database) == (State.CLOSED, CLOSES)
        with database.read() as db:
            assert votes.get_vote(db, 1).counted == 1


async def due_to_close(here: House) -> list[int]:
    with here.database.read() as db:
        return votes.list_due_to_close(db, here.calendar.now())


async def test_a_vote_after_its_time_is_refused_although_nobody_has_counted_yet(
    database: Database, tmp_path: Path
) -> None:
    async with voting(database, tmp_path) as here:
        here.calendar.at = CLOSES
        await here.say("1")
        await here.delivered()
        assert "beendet" in here.shown("p1")[-1]
        with database.read() as db:
            assert votes.list_choices(db, votes.get_vote(db, 1)) == []


async def test_nobody_is_reminded_who_voted_while_the_reminder_waited(database: Database, tmp_path: Path) -> None:
    async with voting(database, tmp_path) as here:
        reminder = Message(Html(), late=Action("votes.reminder", (1, 1, "memory")))
        later = here.calendar.now() + timedelta(minutes=5)
        (row,) = here.queue(Outgoing(to=address("p1"), content=reminder, not_before=later))
        await here.say("2")
        await here.delivered()
        before = here.shown("p1")
        here.pass_by(minutes=6)
        await here.delivered()
        assert here.row(row).state == DEAD
        assert here.shown("p1") == before


async def remind_the_other_alone(here: House) -> None:
    """Whatever reminders are due come, however often is looked; of two people only the second gets one."""
    for _ in range(4):
        await here.app.perform_duties()
    await here.delivered()
    reminded = [sum("fehlt noch" in text for text in here.shown(chat)) for chat in ("p1", "p2")]
    assert reminded == [0, 1]


async def test_reminds_once_and_only_who_has_not_voted(database: Database, tmp_path: Path) -> None:
    async with voting(database, tmp_path) as here:
        await here.say("2")
        here.calendar.at = CLOSES - timedelta(minutes=90)
        await remind_the_other_alone(here)
        with database.read() as db:
            assert db.execute(sa.select(votes.reminders)).all() == []


async def test_a_reminder_for_which_there_is_no_fit_hour_is_dropped_and_logged(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with voting(database, tmp_path) as here:
        with database.begin() as db:
            people.set_quiet(db, 1, QuietHours(time(7), time(19)))
        here.calendar.at = CLOSES - timedelta(minutes=90)
        with caplog.at_level(logging.INFO):
            await remind_the_other_alone(here)
    assert [line for line in caplog.messages if "dropped" in line] == [
        "vote 1: a reminder was dropped, no permitted hour would help"
    ]


@pytest.mark.parametrize("wish", ["STOP", "/benachrichtigungen"])
async def test_whoever_wants_none_is_not_reminded(database: Database, tmp_path: Path, wish: str) -> None:
    async with voting(database, tmp_path) as here:
        await here.say(wish)
        if wish != "STOP":
            await here.delivered()
            await here.say("Abstimmungen und Umfragen abbestellen")
        here.calendar.at = CLOSES - timedelta(minutes=90)
        await remind_the_other_alone(here)


async def test_what_was_chosen_is_written_down_nowhere_else(database: Database, tmp_path: Path) -> None:
    log = Written()
    logging.getLogger().addHandler(log)
    try:
        async with voting(database, tmp_path) as here:
            with database.read() as db:
                (ballot,) = db.execute(sa.select(outbox.outbox.c.id).where(outbox.outbox.c.chat == "p1")).scalars()
            await here.app.inbox.receive(here.pressed(ballot, 1))
            await here.say("Whonen, Schule", "p2")
            await here.say("Was ich dazu noch sagen wollte, weiß ich nicht mehr.", "p2")
            await here.say("Schule", "p2")
            await here.say("/stmme 1 Wohnen", "p2")
            with database.read() as db:
                assert "Wohnen" not in str(db.execute(sa.select(dialogs.dialogs)).all())
            await here.say("Nein", "p2")
            await here.say("/stimme 1 1 2", "p2")
            await here.say("/meinestimme 1")
            await here.delivered()
            assert "2. Schule <b>(gewählt)</b>" in here.shown("p1")[0]
            assert "Sie haben gewählt: „Schule“" in here.shown("p1")[-1]
            with database.read() as db:
                rows = db.execute(sa.select(outbox.outbox)).all()
                open_dialogues = db.execute(sa.select(dialogs.dialogs)).all()
    finally:
        logging.getLogger().removeHandler(log)
    assert rows
    assert open_dialogues == []
    assert not any("gewählt" in str(row) or any(option in row.text for option in OPTIONS) for row in rows)
    assert not any(option in log.text for option in OPTIONS)


async def test_a_scheduled_vote_nobody_may_vote_in_is_called_off(database: Database, tmp_path: Path) -> None:
    draft = replace(DRAFT, opens=OPENS)
    with database.begin() as db:
        votes.add_vote(db, draft, None)
    async with House(database, tmp_path, routes=catalogue()).running() as here:
        here.pass_by(seconds=10)
        await here.app.perform_duties()
        assert state(database)[0] is State.CANCELLED


async def test_the_clock_leaves_no_trace_of_what_was_deleted(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with voting(database, tmp_path) as here:
        await here.say("1")
        here.calendar.at = CLOSES
        await here.app.perform_duties()
        await here.delivered()
    monkeypatch.setattr(clock, "FIRST_AFTER", timedelta(0))

    def purged() -> bool:
        with database.read() as db:
            return votes.get_vote(db, 1).purged

    assert not purged()
    async with House(database, tmp_path, routes=catalogue(), jobs=clock.UPKEEP, ticking=True).running():
        await eventually(purged)
