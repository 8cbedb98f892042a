"""Announcements at the desk: what cannot be sent, several messengers, files, and what coordinators did."""

from dataclasses import replace
from typing import Any

import pytest

from domain.chat import File, Said
from domain.people import Role
from storage import announcements, audit, people
from tests.handlers.desk import TELEGRAM, Answer, Desk, messengers

OFFICE, READER = "Koordination", "Musterstadt"
LONG = "Mitteilung " * 150


@pytest.fixture(autouse=True)
def staff(desk: Desk) -> None:
    desk.now = desk.now.replace(hour=10)
    desk.member(OFFICE, Role.COORDINATOR)
    desk.member(READER)


def draft(desk: Desk, text: str = "Der Raum hat sich geändert.") -> Answer:
    return desk.say(OFFICE, f"/ansage {text}")


def send(desk: Desk, name: str, media_type: str, size: int) -> Answer:
    """The coordinator sends a file to the open question."""
    said = Said(**desk._common(OFFICE, "", ""), message="f", text="", file=File(name, media_type, size, "ref"))
    return desk.arrive(said)


def sent(desk: Desk) -> Answer:
    draft(desk)
    desk.press(OFFICE, "Senden …")
    return desk.press(OFFICE, "Jetzt senden")


def test_it_goes_to_everybody_and_is_on_record(desk: Desk) -> None:
    answer = sent(desk)
    assert "Der Raum hat sich geändert." in answer.to(f"@{READER}")
    (entry,) = desk.read(lambda db: audit.list_entries(db, 0, 9))
    assert (entry.act, entry.objects) == ("announcements.send", (1,))
    assert "hat Ansage 1 gesendet" in desk.say(_admin(desk), "/protokoll").text


def _admin(desk: Desk) -> str:
    return desk.member("Verwaltung", Role.ADMIN).name


def test_the_person_is_told_on_the_messenger_they_prefer(desk: Desk) -> None:
    desk.messengers = messengers("local", "telegram")
    with desk.database.begin() as db:
        people.add_account(db, 2, TELEGRAM, "t1", TELEGRAM, "t-chat")
        people.change_member(db, 2, preferred=TELEGRAM)
    assert "Davon 1 über Lokale Seite und 1 über Telegram." in draft(desk).text
    desk.press(OFFICE, "Senden …")
    answer = desk.press(OFFICE, "Jetzt senden")
    assert "Der Raum hat sich geändert." in answer.to("t-chat")
    assert not answer.to(f"@{READER}")


@pytest.mark.parametrize(
    ("size", "media_type", "messenger", "refused"),
    [
        (2_000_001, "application/pdf", {"file": 2_000_000}, "für Telegram zu groß; möglich sind 2 MB"),
        (2_000_000, "application/pdf", {"file": 2_000_000}, ""),
        (1_000_001, "image/png", {"picture": 1_000_000}, "für Telegram zu groß; möglich sind 1 MB"),
        (1_000_001, "application/pdf", {"picture": 1_000_000}, ""),
    ],
)
def test_a_file_too_large_for_one_messenger(
    desk: Desk, size: int, media_type: str, messenger: dict[str, Any], refused: str
) -> None:
    both = messengers("local", "telegram")
    desk.messengers = both | {TELEGRAM: replace(both[TELEGRAM], **messenger)}
    draft(desk)
    desk.press(OFFICE, "Bild oder Datei")
    answer = send(desk, "plan", media_type, size)
    assert (refused in answer.text) if refused else ("zu groß" not in answer.text)


def test_a_text_too_long_for_one_messenger(desk: Desk) -> None:
    both = messengers("local", "telegram")
    desk.messengers = both | {TELEGRAM: replace(both[TELEGRAM], text=900)}
    answer = draft(desk, LONG)
    assert "Das ist für Telegram um" in answer.text
    assert desk.read(announcements.count_announcements) == 0


def test_a_picture_needs_words(desk: Desk) -> None:
    draft(desk)
    desk.press(OFFICE, "Bild oder Datei")
    assert "Was ist auf dem Bild zu sehen?" in send(desk, "plan.png", "image/png", 10).text
    assert "Bitte beschreiben Sie das Bild" in desk.say(OFFICE, "…").text
    desk.say(OFFICE, "Ein Plan des Rathauses.")
    found = desk.read(lambda db: announcements.get_announcement(db, 1)).attachment
    assert found is not None
    assert (found.name, found.alt, found.args) == ("plan.png", "Ein Plan des Rathauses.", ("page", "ref", 10))
    desk.press(OFFICE, "Bild oder Datei")
    desk.press(OFFICE, "Ohne Bild und Datei")
    assert desk.read(lambda db: announcements.get_announcement(db, 1)).attachment is None


@pytest.mark.parametrize("label", ["Senden …", "Test an mich", "Empfangende", "Art", "Verwerfen", "Mit „Gelesen“"])
def test_whoever_coordinates_no_more_can_do_nothing_with_it(desk: Desk, label: str) -> None:
    draft(desk)
    with desk.database.begin() as db:
        people.change_member(db, 1, role=Role.PARTICIPANT)
    assert "Das kann nur die Koordination" in desk.press(OFFICE, label).text
    assert len(desk.say(OFFICE, "/hilfe").messages) == 1


def test_an_open_question_is_closed_to_whoever_coordinates_no_more(desk: Desk) -> None:
    draft(desk)
    desk.press(OFFICE, "Art")
    with desk.database.begin() as db:
        people.change_member(db, 1, role=Role.PARTICIPANT)
    assert "Das kann nur die Koordination" in desk.press(OFFICE, "Termine").text


def test_nobody_can_consent_where_there_is_no_second_coordinator(desk: Desk) -> None:
    desk.policy = replace(desk.policy, second_approval=True)
    draft(desk)
    desk.press(OFFICE, "Senden …")
    answer = desk.press(OFFICE, "Jetzt senden")
    assert "es ist niemand erreichbar" in answer.text
    assert not answer.to(f"@{READER}")


@pytest.mark.parametrize("word", ["0", "99", "2147483648", "eins"])
def test_an_announcement_that_is_not_there(desk: Desk, word: str) -> None:
    draft(desk)
    assert "ist keine Gruppe" in _audience(desk, f"Kreis {word}")
    assert "Thema" in _audience(desk, f"Thema {word}")


def _audience(desk: Desk, text: str) -> str:
    desk.press(OFFICE, "Empfangende")
    return desk.say(OFFICE, text).text


def test_stop_means_stop_in_every_spelling(desk: Desk) -> None:
    for word in ("STOP", "stopp", "Stopp!", "/stop", "abmelden", "unsubscribe"):
        assert "keine Ansagen" in desk.say(READER, word).text
    answer = sent(desk)
    assert not answer.to(f"@{READER}")
    assert "wieder Ansagen" in desk.open(READER).text
    assert sent(desk).to(f"@{READER}")


def test_stop_in_a_sentence_is_no_stop(desk: Desk) -> None:
    assert "keine Ansagen" not in desk.say(READER, "Stopp, das habe ich anders verstanden.").text
