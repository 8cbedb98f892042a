"""Dialogues in hand, arrivals taken, acts on record."""

from dataclasses import replace
from datetime import timedelta

from storage import audit, dialogs, inbox
from storage.database import Database
from storage.dialogs import Dialog
from tests.storage.samples import LATER, NOW, member

HERE = ("local", "rathaus", "7")
DIALOG = Dialog("topics.propose", "background", 2, {"text": "Wie …? 🙂", "way": None}, (("question", {"n": 1}),))


def test_a_dialogue_comes_back_as_it_was_left(database: Database) -> None:
    with database.begin() as db:
        dialogs.save_dialog(db, *HERE, DIALOG, NOW)
    with database.begin() as db:
        assert dialogs.find_dialog(db, *HERE) == DIALOG


def test_one_dialogue_per_person_and_chat(database: Database) -> None:
    onwards = replace(DIALOG, step="contribution", turn=3, data={}, past=())
    with database.begin() as db:
        dialogs.save_dialog(db, *HERE, DIALOG, NOW)
        dialogs.save_dialog(db, "local", "rathaus", "8", DIALOG, NOW)
        dialogs.save_dialog(db, *HERE, onwards, LATER)
        assert dialogs.find_dialog(db, *HERE) == onwards
        assert dialogs.find_dialog(db, "local", "rathaus", "8") == DIALOG
        assert dialogs.find_dialog(db, "local", "anderswo", "7") is None


def test_an_ended_dialogue_is_forgotten(database: Database) -> None:
    with database.begin() as db:
        dialogs.save_dialog(db, *HERE, DIALOG, NOW)
        dialogs.save_dialog(db, "local", "rathaus", "8", DIALOG, NOW)
        dialogs.end_dialog(db, *HERE)
        dialogs.end_dialog(db, *HERE)
        assert dialogs.find_dialog(db, *HERE) is None
        assert dialogs.find_dialog(db, "local", "rathaus", "8") == DIALOG


def test_old_dialogues_are_forgotten(database: Database) -> None:
    with database.begin() as db:
        dialogs.save_dialog(db, *HERE, DIALOG, NOW)
        dialogs.save_dialog(db, "local", "rathaus", "8", DIALOG, LATER)
        assert dialogs.forget_dialogs(db, LATER) == 1
        assert dialogs.find_dialog(db, *HERE) is None
        assert dialogs.find_dialog(db, "local", "rathaus", "8") == DIALOG


def test_dialogues_follow_a_room_and_its_parts(database: Database) -> None:
    begun_there = replace(DIALOG, step="contribution")
    with database.begin() as db:
        for chat, user in (("rathaus", "7"), ("rathaus/45", "7"), ("rathaus45", "7")):
            dialogs.save_dialog(db, "local", chat, user, DIALOG, NOW)
        for chat, user in (("neu/45", "7"), ("neu", "8")):
            dialogs.save_dialog(db, "local", chat, user, begun_there, NOW)
        dialogs.move_dialogs(db, "local", "rathaus", "neu")
        found = {
            (chat, user): dialogs.find_dialog(db, "local", chat, user)
            for chat in ("rathaus", "rathaus/45", "neu", "neu/45", "rathaus45")
            for user in ("7", "8")
        }
        assert {place: dialog for place, dialog in found.items() if dialog} == {
            ("neu", "7"): DIALOG,
            ("neu/45", "7"): DIALOG,
            ("neu", "8"): begun_there,
            ("rathaus45", "7"): DIALOG,
        }


def test_an_arrival_is_taken_once(database: Database) -> None:
    with database.begin() as db:
        assert inbox.add_arrival(db, "telegram", "1", NOW)
        assert not inbox.add_arrival(db, "telegram", "1", LATER, "REF")
        assert inbox.add_arrival(db, "matrix", "1", NOW)
        assert inbox.add_arrival(db, "telegram", "2", NOW, "REF")
        failures = db.execute(inbox.inbox.select().order_by(inbox.inbox.c.channel, inbox.inbox.c.arrival)).all()
        assert [row.failure for row in failures] == [None, None, "REF"]


def test_an_arrival_of_a_rolled_back_transaction_may_come_again(database: Database) -> None:
    def fail() -> None:
        with database.begin() as db:
            inbox.add_arrival(db, "telegram", "1", NOW)
            raise KeyError

    for _ in range(2):
        try:
            fail()
        except KeyError:
            continue
    with database.begin() as db:
        assert inbox.add_arrival(db, "telegram", "1", NOW)


def test_old_arrivals_are_forgotten(database: Database) -> None:
    with database.begin() as db:
        inbox.add_arrival(db, "telegram", "1", NOW)
        inbox.add_arrival(db, "telegram", "2", NOW + timedelta(microseconds=1))
        assert inbox.forget_arrivals(db, NOW + timedelta(microseconds=1)) == 1
        assert not inbox.add_arrival(db, "telegram", "2", NOW)


def test_acts_newest_first(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        audit.add_entry(db, NOW, person.id, "people.grant", [7, "admin"])
        audit.add_entry(db, LATER, None, "retention", ())
        newest, oldest = audit.list_entries(db, 0, 10)
        assert newest == audit.Entry(LATER, None, "retention", ())
        assert oldest == audit.Entry(NOW, person.id, "people.grant", (7, "admin"))
        assert audit.list_entries(db, 1, 10) == [oldest]
        assert audit.list_entries(db, 0, 1) == [newest]
        assert audit.count_entries(db) == 2
