"""What people are told when a vote ends, and what they can take along to check it."""

import json

import pytest
import sqlalchemy as sa

from domain import recount
from domain.chat import Action, Message, Outgoing, Urgency
from domain.markup import plain
from domain.people import Purpose, Role
from domain.refusal import Refused
from handlers.context import Policy, Unit
from handlers.pictures import DRAWINGS
from storage import people, rooms, votes
from storage.database import Database
from tests.handlers.desk import PAGE, ROOM, Answer, Desk, texts

COORDINATOR = "Koordination"
TOWNS = [f"Ort {letter}" for letter in "ABCDEFGH"]


@pytest.fixture
def desk(database: Database) -> Desk:
    desk = Desk(database, Policy(programme="Musterprogramm", software="0.1.0"))
    desk.member(COORDINATOR, Role.COORDINATOR)
    for town in TOWNS:
        desk.member(town)
    with database.begin() as db:
        rooms.connect_room(db, PAGE, ROOM, "Marktplatz", "de", Purpose.PROGRAMME, None)
    return desk


def held(desk: Desk, *choices: str, settings: str = "methode: zustimmung", close: bool = True) -> Answer:
    """A vote on three options in which so many people vote, in this way."""
    desk.say(COORDINATOR, f"/abstimmung Was nehmen wir?\nWohnen\nSchule\nArbeit\nbis: Freitag 18 Uhr\n{settings}")
    desk.press(COORDINATOR, "Jetzt starten")
    for town, choice in zip(TOWNS, choices, strict=False):
        desk.say(town, f"/stimme 1 {choice}")
    desk.say(COORDINATOR, "/schließen 1")
    return desk.press(COORDINATOR, "Ja, beenden") if close else Answer(())


def result(answer: Answer, chat: str = ROOM) -> Outgoing:
    [found] = [message for message in answer.messages if message.to.chat == chat and "Ergebnis" in message.content.text]
    return found


def written(desk: Desk, answer: Answer) -> Message:
    """What a row that was left open says when it is sent."""
    [outgoing] = answer.messages
    assert outgoing.content.late
    return late(desk, outgoing.content.late)


def late(desk: Desk, action: Action) -> Message:
    with desk.database.read() as db:
        unit = Unit(
            db=db,
            now=desk.now,
            speak=texts(),
            policy=desk.policy,
            messengers=desk.messengers,
            token=lambda length: "A" * length,
        )
        return desk.router.routes.late[action.name](unit, *action.args)


def drawn(message: Message) -> bytes:
    assert message.attachment
    return DRAWINGS[message.attachment.draw](*message.attachment.args)


def file(desk: Desk, label: str = "Stimmzettel-Datei", who: str = TOWNS[0]) -> str:
    return drawn(written(desk, desk.press(who, label))).decode()


def test_rooms_and_voters_are_told_in_sentences_and_figures(desk: Desk) -> None:
    answer = held(desk, "1", "2", "2", "2 3", "2", "1 2")
    told = result(answer)
    assert plain(told.content.text) == (
        "Ergebnis der Abstimmung 1: Was nehmen wir?\n\n"
        "Gewählt ist „Schule“.\n"
        "Von 9 Stimmberechtigten haben 6 abgestimmt.\n\n"
        "1. Wohnen: 2 Zustimmungen\n"
        "2. Schule: 5 Zustimmungen, gewählt\n"
        "3. Arbeit: eine Zustimmung\n\n"
        "Jede Person konnte mehreren Optionen zustimmen; gewählt ist, was die meisten Zustimmungen hat.\n"
        "Die Dateien zum Prüfen und Ablegen gibt es hier auf Knopfdruck."
    )
    directly = {message.to.chat for message in answer.messages if message.urgency is Urgency.REMINDER}
    assert directly == {f"@{town}" for town in TOWNS[:6]}


def test_the_picture_says_in_words_what_it_shows(desk: Desk) -> None:
    told = result(held(desk, "1", "2", "2", "2 3", "2", "1 2")).content
    assert told.attachment
    assert told.attachment.alt == (
        "Balkendiagramm. 1. Wohnen: 2 Zustimmungen; 2. Schule: 5 Zustimmungen, gewählt; 3. Arbeit: eine Zustimmung."
    )
    assert drawn(told).startswith(b"\x89PNG")


def test_where_no_room_shows_it_everybody_entitled_is_told(desk: Desk) -> None:
    with desk.database.begin() as db:
        rooms.disconnect_room(db, PAGE, ROOM)
    answer = held(desk, "1", "2", "2", "2", "2")
    assert {message.to.chat for message in answer.messages if message.urgency is Urgency.REMINDER} == {
        f"@{name}" for name in (COORDINATOR, *TOWNS)
    }


@pytest.mark.parametrize("choices", [("1", "2", "2", "2"), ("2", "2", "2", "2", "2", "2")])
def test_few_or_unanimous_votes_show_what_was_chosen_only(desk: Desk, choices: tuple[str, ...]) -> None:
    told = result(held(desk, *choices))
    text = plain(told.content.text)
    assert "Gewählt ist „Schule“." in text
    assert "Zahlen zeige ich nicht, denn es waren weniger als 5 Stimmen, oder sie würden verraten," in text
    assert "Zustimmung," not in text
    assert told.content.attachment is None
    with desk.database.read() as db:
        assert db.execute(sa.select(sa.func.count()).select_from(votes.ballots)).scalar() == 0
    found = recount.read(file(desk))
    assert (found.choices, found.counted, found.winners) == (None, len(choices), (2,))
    with pytest.raises(recount.Unreadable) as unreadable:
        recount.recount(found)
    assert unreadable.value.key == "recount-withheld"
    record = file(desk, "Aktenvermerk (Text)")
    assert "Zahlen zeige ich nicht" in record
    assert "| Option |" not in record


def test_ties_are_explained_by_the_lot_that_was_drawn(desk: Desk) -> None:
    answer = held(desk, "1", "1", "2", "2", "1 2", "3")
    vote = desk.read(lambda db: votes.get_vote(db, 1))
    first = next(vote.texts[place - 1] for place in vote.draft.lots if place != 3)
    text = plain(result(answer).content.text)
    assert f"Gewählt ist „{first}“." in text
    assert f"„Wohnen“ und „Schule“ lagen gleichauf. Das vorher gezogene Los hat für „{first}“ entschieden." in text


@pytest.mark.parametrize(
    ("settings", "choices", "sentences"),
    [
        ("methode: einzeln", ["1", "2", "2", "3", "2", "1"], ["2. Schule: 3 Stimmen, gewählt", "hatte eine Stimme"]),
        ("methode: punkte\npunkte: 5", ["1:5", "2:5", "2:3 3:2", "3:5", "2:5"], ["Schule: 13 Punkte, gewählt"]),
        ("methode: rangfolge", ["1 2 3", "2 1 3", "2 3 1", "3 2 1", "1 2 3"], ["Schule: 2 Vergleiche gewonnen"]),
        (
            "methode: rangfolge\nplätze: 2",
            ["1 2 3", "2 1 3", "2 3 1", "3 2 1", "1 2 3"],
            ["2-mal zuerst genannt", "STV"],
        ),
        (
            "plätze: 2\nproportional: nein",
            ["1", "2", "2", "1 2", "3"],
            ["Gewählt sind „Schule“ und „Wohnen“", "die 2 mit den meisten"],
        ),
        ("plätze: 2", ["1", "2", "2", "1 2", "3"], ["nach gleichen Anteilen"]),
        (
            "keine davon: ja",
            ["4", "4", "4", "1", "2"],
            ["Es ist keine Option gewählt.", "4. Keine davon: 3 Zustimmungen"],
        ),
        ("quorum: 6", ["1", "2", "2", "1 2", "3"], ["5 Personen haben abgestimmt, nötig waren 6. Deshalb ist nichts"]),
        ("geheim: nein", ["1", "2"], ["1. Wohnen: eine Zustimmung", "Von 9 Stimmberechtigten haben 2 abgestimmt."]),
    ],
)
def test_every_method_is_told_and_recounts_to_the_same(
    desk: Desk, settings: str, choices: list[str], sentences: list[str]
) -> None:
    told = plain(result(held(desk, *choices, settings=settings)).content.text)
    for sentence in sentences:
        assert sentence in told
    found = recount.read(file(desk))
    outcome = recount.recount(found)
    stated = desk.read(lambda db: votes.get_vote(db, 1)).outcome
    assert stated
    assert list(outcome.winners) == stated["winners"]
    assert recount.checksum(found) == stated["checksum"]
    assert stated["checksum"] in file(desk, "Aktenvermerk (Text)")


def test_nobody_voted(desk: Desk) -> None:
    told = result(held(desk)).content
    assert "Es ist nichts gewählt.\nVon 9 Stimmberechtigten hat niemand abgestimmt." in told.text
    assert "Zahlen zeige ich nicht" not in told.text
    assert told.attachment is None


def test_an_own_receipt_is_among_those_counted(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2", close=False)
    code = desk.say(TOWNS[0], "/stimme 1 3").text.rpartition(" ")[2]
    desk.say(COORDINATOR, "/schließen 1")
    desk.press(COORDINATOR, "Ja, beenden")
    told = json.loads(file(desk))
    assert code in told["receipts"]
    assert told["receipts"] == sorted(told["receipts"])
    assert told["choices"] == sorted(told["choices"])


def test_the_file_stays_the_same_when_people_leave_or_the_program_changes(desk: Desk) -> None:
    held(desk, "1", "2", "2", settings="geheim: nein")
    before = file(desk)
    with desk.database.begin() as db:
        people.remove_member(db, 2)
    desk.policy = Policy(programme="Anderes", software="9.9", threshold=7)
    assert file(desk, who=TOWNS[1]) == before


def test_the_record_names_roles_and_no_voter(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2", settings="geheim: nein\nquorum: 2\nwer: teilnehmende")
    record = file(desk, "Aktenvermerk (Text)")
    assert "- **Mindestzahl:** 2 Stimmen" in record
    assert "- **Stimmberechtigt:** Rolle" in record
    assert "13:00 Uhr, durch die Koordination" in record
    assert "Themenbote 0.1.0" in record
    assert not any(town in record for town in TOWNS)


def test_the_record_is_a_pdf_too(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2")
    message = written(desk, desk.press(TOWNS[0], "Aktenvermerk (PDF)"))
    assert message.attachment
    assert (message.attachment.name, message.attachment.media_type) == ("aktenvermerk-1.pdf", "application/pdf")
    assert drawn(message).startswith(b"%PDF")


def test_what_is_asked_for_in_a_room_comes_directly(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2")
    answer = desk.press(TOWNS[0], "Stimmzettel-Datei", room=ROOM)
    assert [message.to.chat for message in answer.messages] == [f"@{TOWNS[0]}"]


def test_a_file_waits_without_its_contents(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2")
    [outgoing] = desk.press(TOWNS[0], "Stimmzettel-Datei").messages
    assert (outgoing.content.text, outgoing.content.attachment) == ("", None)


def asked(desk: Desk, text: str) -> str:
    return desk.say(TOWNS[0], text).text


def test_a_result_can_be_asked_for(desk: Desk) -> None:
    assert asked(desk, "/ergebnis") == "Noch ist keine Abstimmung beendet."
    assert asked(desk, "/ergebnis 7").startswith("Abstimmung 7 gibt es nicht.")
    held(desk, "1", "2", "2", "2 3", "2", close=False)
    assert asked(desk, "/ergebnis 1").startswith("Abstimmung 1 läuft noch bis Freitag, 27. November 2026")
    desk.press(COORDINATOR, "Ja, beenden")
    for command in ("/ergebnis 1", "/ergebnis", "/result 1"):
        assert asked(desk, command).startswith("Ergebnis der Abstimmung 1:")
    assert asked(desk, "/ergebnis bitte").startswith("Bitte schreiben Sie die Nummer der Abstimmung")


def test_a_result_in_english(desk: Desk) -> None:
    held(desk, "1", "2", "2", "2 3", "2")
    desk.member("Reading", language="en")
    told = desk.say("Reading", "/result 1")
    assert told.text.startswith("Result of vote 1: Was nehmen wir?\n\nChosen: “Schule”.")
    message = written(desk, desk.press("Reading", "Record (text)"))
    assert message.attachment
    assert message.attachment.name == "record-1.md"
    assert b"## Procedure" in drawn(message)


def test_there_is_no_file_before_the_end(desk: Desk) -> None:
    held(desk, "1", close=False)
    with pytest.raises(Refused) as refused:
        late(desk, Action("votes.file", (1, "ballots", "de", "sie")))
    assert refused.value.key == "votes-result-open"
