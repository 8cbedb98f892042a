"""The line to the coordinators: every way in, the way back, and what is forgotten."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.markup import plain
from domain.people import Role
from handlers import contact as desk_of_contact
from handlers.context import Unit
from storage import contact, people
from storage.contact import CLOSED_FOR
from storage.outbox import outbox
from tests.handlers.desk import Desk, texts

OFFICE, ASKER = "Koordination", "Musterstadt"


@pytest.fixture(autouse=True)
def staff(desk: Desk) -> None:
    desk.member(OFFICE, Role.COORDINATOR)
    desk.member(ASKER)


def test_the_answer_replies_to_the_question(desk: Desk) -> None:
    desk.say(ASKER, "/kontakt Gibt es einen Parkplatz?")
    (answer, *_) = [one for one in desk.say(OFFICE, "/antworten 1 Ja.").messages if one.to.chat == f"@{ASKER}"]
    assert answer.reply_to == "said-1"


def test_an_offered_text_is_replied_to_as_well(desk: Desk) -> None:
    desk.say(ASKER, "Gibt es einen Parkplatz?")
    desk.press(ASKER, "Ohne Namen senden")
    (answer, *_) = [one for one in desk.say(OFFICE, "/antworten 1 Ja.").messages if one.to.chat == f"@{ASKER}"]
    assert answer.reply_to == "said-1"


def test_a_name_that_was_held_back_stands_nowhere_the_coordination_reads(desk: Desk) -> None:
    answer = desk.say(ASKER, "/kontakt anonym Ich möchte die Gruppe wechseln.")
    assert ASKER not in answer.to(f"@{OFFICE}")
    assert ASKER not in desk.say(OFFICE, "/anfragen").text
    assert ASKER not in desk.press(OFFICE, "Anfrage 1").text
    rows = desk.read(lambda db: db.execute(sa.select(outbox.c.text, outbox.c.keyboard, outbox.c.chat)).all())
    assert not [row for row in rows if ASKER in f"{row.text}{row.keyboard}" and row.chat == f"@{OFFICE}"]


@pytest.mark.parametrize("text", ["9", "...", "/unbekanntesding etwas", "Frage " * 400])
def test_not_everything_is_offered_to_the_coordination(desk: Desk, text: str) -> None:
    answer = desk.say(ASKER, text)
    assert "An die Koordination" not in answer.text
    assert not answer.to(f"@{OFFICE}")


def test_nothing_is_offered_where_nobody_would_read_it(desk: Desk) -> None:
    with desk.database.begin() as db:
        people.note_unreachable(db, "page", f"@{OFFICE}")
    assert "Das habe ich nicht verstanden" in desk.say(ASKER, "Gibt es einen Parkplatz?").text
    assert "niemand erreichbar" in desk.say(ASKER, "/kontakt Gibt es einen Parkplatz?").text
    assert desk.read(contact.list_open) == []


def test_somebody_elses_answer_cannot_be_gone_on_with(desk: Desk) -> None:
    desk.say(ASKER, "/kontakt Gibt es einen Parkplatz?")
    answer = desk.say(OFFICE, "/antworten 1 Ja.")
    assert "Antwort der Koordination" in answer.to(f"@{ASKER}")
    desk.member("Musterdorf")
    message = next(f"m{row}" for row, one in desk.shown["page", f"@{ASKER}"] if "Antwort der" in one.text)
    assert "Anfrage 1" not in desk.say("Musterdorf", "Und ich?", reply_to=message).to(f"@{OFFICE}")


def test_whoever_has_left_the_coordination_reads_no_more_of_a_question(desk: Desk) -> None:
    colleague = desk.member("Kreisstadt", Role.COORDINATOR)
    desk.say(ASKER, "/kontakt Gibt es einen Parkplatz?")
    answer = desk.say(OFFICE, "/antworten 1 Ja.")
    assert "Beantwortet" in answer.to("@Kreisstadt")
    with desk.database.begin() as db:
        people.change_member(db, colleague.id, role=Role.PARTICIPANT)
    desk.press(OFFICE, "Abschließen")
    _, left = desk.shown["page", "@Kreisstadt"][-1]
    assert plain(left.text) == "Anfrage 1 liegt bei der Koordination."
    assert not left.keyboard


def test_a_person_who_is_gone_takes_the_question_along(desk: Desk) -> None:
    desk.say(ASKER, "/kontakt Gibt es einen Parkplatz?")
    with desk.database.begin() as db:
        people.remove_member(db, 2)
    assert "keine offenen Anfragen" in desk.say(OFFICE, "/anfragen").text
    assert "gibt es nicht" in desk.say(OFFICE, "/antworten 1 Ja.").text


def test_closed_questions_are_forgotten_after_a_while(desk: Desk) -> None:
    for text in ("Gibt es einen Parkplatz?", "Und ein Mittagessen?"):
        desk.say(ASKER, f"/kontakt {text}")
    desk.say(OFFICE, "/anfragen")
    desk.press(OFFICE, "Anfrage 1")
    desk.press(OFFICE, "Abschließen")
    with desk.database.begin() as db:
        assert contact.list_outdated(db, desk.now + CLOSED_FOR - timedelta(minutes=1)) == []
        later = desk.now + CLOSED_FOR + timedelta(minutes=1)
        assert contact.list_outdated(db, later) == [1]
        unit = Unit(db=db, now=later, speak=texts(), policy=desk.policy, messengers=desk.messengers, token=lambda _: "")
        for number in (1, 2):
            desk_of_contact.forget(unit, number)
    assert [found.id for found in desk.read(contact.list_open)] == [2]
