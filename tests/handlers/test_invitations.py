"""Inviting others."""

import re
from datetime import timedelta

import pytest

from domain.people import Invitation, Role
from storage import audit, people
from tests.handlers.desk import MATRIX, MATRIX_ADDRESS, NOON, ROOM, Answer, Desk, messengers

WHO = "Koordination"


@pytest.fixture
def coordinator(desk: Desk) -> str:
    desk.member(WHO, Role.COORDINATOR)
    return WHO


@pytest.fixture
def admin(desk: Desk) -> str:
    desk.member("Administration", Role.ADMIN)
    return "Administration"


def made(desk: Desk, answer: Answer) -> Invitation:
    """The invitation that was handed over."""
    code = re.search(r"Code: (\w{8})\n", answer.text)
    assert code, answer.text
    found = desk.read(lambda db: people.find_invitation(db, code[1]))
    assert found
    return found


def test_in_one_message(desk: Desk, coordinator: str) -> None:
    desk.read(lambda db: people.add_group(db, "Kohorte 1"))
    answer = desk.say(coordinator, "/einladen teilnehmende gruppe=kohorte 1 anzahl=10 tage=30")
    invitation = made(desk, answer)
    assert (invitation.role, invitation.group, invitation.left) == (Role.PARTICIPANT, 1, 10)
    assert invitation.expires == desk.now + timedelta(days=30)
    assert "Teilnahme, Gruppe „Kohorte 1“, für 10 Personen, gültig bis Mittwoch, 23. Dezember 2026." in answer.text
    link = f"https://local.example/?start={invitation.code}"
    assert f'Lokale Seite: <a href="{link}">{link}</a>' in answer.html
    picture = answer.messages[0].content.attachment
    assert picture
    assert (picture.draw, picture.args, picture.picture) == ("qr", (link,), True)
    assert "QR-Code" in picture.alt


def test_what_is_not_said_is_modest(desk: Desk, coordinator: str) -> None:
    invitation = made(desk, desk.say(coordinator, "/einladen partner"))
    assert (invitation.role, invitation.group, invitation.left) == (Role.PARTNER, None, 1)
    assert invitation.expires == desk.now + timedelta(days=14)


def test_step_by_step(desk: Desk, coordinator: str) -> None:
    desk.read(lambda db: people.add_group(db, "Kohorte 1"))
    assert desk.say(coordinator, "einladen").labels == ["Teilnahme", "Praxispartnerschaft", "Abbrechen"]
    assert desk.press(coordinator, "Teilnahme").labels == ["Kohorte 1", "In keine Gruppe", "Zurück", "Abbrechen"]
    assert "Wie viele Personen" in desk.press(coordinator, "Kohorte 1").text
    assert "Wie viele Tage" in desk.say(coordinator, "3").text
    invitation = made(desk, desk.press(coordinator, "30 Tage"))
    assert (invitation.group, invitation.left) == (1, 3)
    assert invitation.expires == desk.now + timedelta(days=30)


def test_step_by_step_with_typed_words_and_a_way_back(desk: Desk, coordinator: str) -> None:
    desk.say(coordinator, "/einladen")
    assert "ist keine Rolle" in desk.say(coordinator, "Chefin").text
    desk.say(coordinator, "Praxispartnerin")
    assert "Wozu laden Sie ein?" in desk.say(coordinator, "zurück").text
    desk.say(coordinator, "1")
    assert "Eine Gruppe „Kohorte 9“ gibt es nicht." in desk.say(coordinator, "Kohorte 9").text
    desk.say(coordinator, "in keine Gruppe")
    assert "ganze Zahl von 1 bis 1.000" in desk.say(coordinator, "0").text
    desk.say(coordinator, "10 Personen")
    assert "ganze Zahl von 1 bis 365" in desk.say(coordinator, "bald").text
    invitation = made(desk, desk.say(coordinator, "2"))
    assert (invitation.role, invitation.left) == (Role.PARTICIPANT, 10)
    assert invitation.expires == desk.now + timedelta(days=2)


def test_what_was_said_is_not_asked_again(desk: Desk, coordinator: str) -> None:
    desk.say(coordinator, "/einladen tage=7 anzahl=2")
    desk.say(coordinator, "Teilnehmende")
    invitation = made(desk, desk.press(coordinator, "In keine Gruppe"))
    assert invitation.left == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/einladen teilnehmende Kohorte 1", "„teilnehmende Kohorte 1“ verstehe ich nicht."),
        ("/einladen teilnehmende gruppe=Kohorte 9", "Eine Gruppe „Kohorte 9“ gibt es nicht."),
        ("/einladen teilnehmende anzahl=1001", "von 1 bis 1.000"),
        ("/einladen teilnehmende tage=0", "von 1 bis 365 Tagen"),
        ("/einladen koordination", "kann nur die Administration einladen"),
        ("/einladen admin", "kann nur die Administration einladen"),
    ],
)
def test_what_cannot_be(desk: Desk, coordinator: str, text: str, why: str) -> None:
    assert why in desk.say(coordinator, text).text
    assert desk.read(lambda db: people.list_invitations(db, NOON)) == []


def test_a_role_above_cannot_be_typed_in_the_dialogue_either(desk: Desk, coordinator: str) -> None:
    desk.say(coordinator, "/einladen")
    assert "kann nur die Administration einladen" in desk.say(coordinator, "Administration").text


def test_admins_invite_to_every_role(desk: Desk, admin: str) -> None:
    offered = desk.say(admin, "/invite").labels
    assert offered == ["Teilnahme", "Praxispartnerschaft", "Koordination", "Administration", "Abbrechen"]
    assert made(desk, desk.say(admin, "/einladen admin")).role is Role.ADMIN


def test_a_link_for_each_messenger_that_has_one(desk: Desk, coordinator: str) -> None:
    desk.messengers = messengers("local", "telegram", "matrix")
    answer = desk.say(coordinator, "/einladen teilnehmende")
    assert "Lokale Seite: https://local.example" in answer.text
    assert "Telegram: https://telegram.example" in answer.text
    assert f"Matrix: den Code im direkten Chat an {MATRIX_ADDRESS} schreiben" in answer.text


def test_without_any_link_there_is_an_address_and_no_picture(desk: Desk) -> None:
    desk.messengers, desk.channel = messengers("matrix"), MATRIX
    desk.member(WHO, Role.COORDINATOR)
    answer = desk.say(WHO, "/einladen teilnehmende")
    assert made(desk, answer).left == 1
    assert answer.text.startswith("Die Einladung ist fertig. Geben Sie Code und Adresse weiter.")
    assert MATRIX_ADDRESS in answer.text
    assert answer.messages[0].content.attachment is None


def test_codes_are_for_the_direct_chat(desk: Desk, coordinator: str) -> None:
    assert "geht nur im direkten Chat" in desk.say(coordinator, "/einladen teilnehmende", room=ROOM).text


@pytest.mark.parametrize("text", ["/einladen", "/einladungen"])
def test_participants_do_not_invite(desk: Desk, text: str) -> None:
    desk.member("Musterstadt")
    assert "Das kann nur die Koordination." in desk.say("Musterstadt", text).text


def test_the_list_and_revoking(desk: Desk, coordinator: str) -> None:
    first = made(desk, desk.say(coordinator, "/einladen teilnehmende tage=7"))
    second = made(desk, desk.say(coordinator, "/einladen partner anzahl=4"))
    listed = desk.say(coordinator, "einladungen")
    assert "2 offene Einladungen" in listed.text
    assert f"{second.code}: Praxispartnerschaft, ohne Gruppe, noch für 4 Personen" in listed.text
    answer = desk.press(coordinator, f"{first.code} widerrufen")
    assert answer.notice == f"Die Einladung {first.code} ist widerrufen."
    assert "Eine offene Einladung" in answer.text
    assert answer.messages[0].replaces
    assert not desk.read(lambda db: people.find_invitation(db, first.code) or second).usable(desk.now)
    assert "Es gibt keine offenen Einladungen." in desk.press(coordinator, f"{second.code} widerrufen").text
    assert "gilt schon nicht mehr" in desk.press(coordinator, f"{second.code} widerrufen").text


def test_the_list_has_pages(desk: Desk, coordinator: str) -> None:
    for _ in range(8):
        desk.say(coordinator, "/einladen teilnehmende")
    assert "8 offene Einladungen, Seite 1 von 2" in desk.say(coordinator, "/einladungen").text
    turned = desk.press(coordinator, "Weitere")
    assert "Seite 2 von 2" in turned.text
    assert turned.messages[0].replaces
    assert "Seite 1 von 2" in desk.say(coordinator, "zurück").text


def test_a_code_for_a_higher_role_is_not_shown_nor_revoked(desk: Desk, coordinator: str, admin: str) -> None:
    code = made(desk, desk.say(admin, "/einladen admin")).code
    assert "keine offenen Einladungen" in desk.say(coordinator, "/einladungen").text
    assert code in desk.say(admin, "/einladungen").text
    desk.press(admin, f"{code} widerrufen")
    assert "keine offenen Einladungen" in desk.say(admin, "/einladungen").text


def test_both_are_on_record(desk: Desk, coordinator: str) -> None:
    code = made(desk, desk.say(coordinator, "/einladen teilnehmende")).code
    desk.say(coordinator, "/einladungen")
    desk.press(coordinator, f"{code} widerrufen")
    acts = [(entry.act, entry.objects) for entry in desk.read(lambda db: audit.list_entries(db, 0, 5))]
    assert acts == [("people.revoke", (1,)), ("people.invite", (1, "participant"))]
