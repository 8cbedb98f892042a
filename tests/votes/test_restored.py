"""A secret vote after a restore: it begins anew, everybody is told, and nobody can vote twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.people import Purpose, Role
from domain.votes import State
from handlers.context import Policy, Unit
from storage import backup, outbox, rooms, votes
from storage.database import Database
from tests.handlers.desk import PAGE, ROOM, Desk, texts
from tests.postgres import sqlite_database

COORDINATOR, TOWNS = "Koordination", [f"Ort {letter}" for letter in "ABCDEF"]


@pytest.fixture
def restored(database: Database, tmp_path: Path) -> Iterator[Desk]:
    """What is restored from a backup made in the middle of a secret vote and of one that is open to all eyes."""
    before = Desk(database, Policy())
    before.member(COORDINATOR, Role.COORDINATOR)
    for town in TOWNS:
        before.member(town)
    with database.begin() as db:
        rooms.connect_room(db, PAGE, ROOM, "Marktplatz", "de", Purpose.PROGRAMME, None)
    for secret in ("ja", "nein"):
        before.say(COORDINATOR, f"/abstimmung Was nehmen wir?\nWohnen\nSchule\nbis: Freitag 18 Uhr\ngeheim: {secret}")
        before.press(COORDINATOR, "Jetzt starten")
    for town in TOWNS[:3]:
        before.say(town, "/stimme 1 1")
        before.say(town, "/stimme 2 1")
    backup.write(database, tmp_path / "backup.db")
    (tmp_path / "other").mkdir()
    other = Database(sqlite_database(tmp_path / "other"))
    backup.restore(tmp_path / "backup.db", other)
    desk = Desk(other, Policy())
    desk.now = before.now
    yield desk
    other.close()


def perform(desk: Desk, name: str = "votes.anew") -> list[str]:
    """What the clock does with all that is due; returns the chats that were written to."""
    [duty] = [duty for duty in desk.router.routes.duties if duty.name == name]
    with desk.database.begin() as db:
        unit = Unit(
            db=db,
            now=desk.now,
            speak=texts(),
            policy=desk.policy,
            messengers=desk.messengers,
            token=lambda length: "K" * length,
        )
        for number in duty.due(db, desk.now):
            duty.do(unit, number)
        for outgoing in unit.outgoing:
            outbox.add_outgoing(db, replace(outgoing, key=""), desk.now)
    return [outgoing.to.chat for outgoing in unit.outgoing]


def test_it_begins_anew_and_everybody_is_told(restored: Desk) -> None:
    assert restored.say(TOWNS[0], "/stimme 1 2").text.startswith("Abstimmung 1 beginnt in wenigen Sekunden neu.")
    assert perform(restored) == [ROOM, f"@{COORDINATOR}", *(f"@{town}" for town in TOWNS)]
    assert perform(restored) == []
    for town in TOWNS:
        assert "ist gespeichert" in restored.say(town, "/stimme 1 2").text
    with restored.database.read() as db:
        vote = votes.get_vote(db, 1)
        assert votes.list_choices(db, vote) == ["2"] * len(TOWNS)
        assert len(votes.list_receipts(db, 1)) == len(TOWNS)


def test_a_vote_open_to_all_eyes_goes_on(restored: Desk) -> None:
    with restored.database.read() as db:
        assert votes.count_turnout(db, 2).voted == 3
    restored.say(TOWNS[0], "/stimme 2 2")
    with restored.database.read() as db:
        vote = votes.get_vote(db, 2)
        assert votes.list_choices(db, vote) == ["1", "1", "2"]
        assert len(votes.list_receipts(db, 2)) == 3


def test_when_its_time_is_over_it_is_called_off(restored: Desk) -> None:
    restored.now += timedelta(days=9)
    perform(restored, "votes.close")
    assert restored.read(lambda db: votes.get_vote(db, 1)).state is State.OPEN, "nobody could vote: it is not counted"
    assert perform(restored) == [ROOM]
    assert restored.read(lambda db: votes.get_vote(db, 1)).state is State.CANCELLED
