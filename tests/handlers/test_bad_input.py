"""What people may type by mistake, or on purpose, gets one short sentence; nothing happens."""

import pytest

from domain.people import Role
from storage import people
from tests.handlers.desk import ROOM, Desk

WHO = "Administration"
PAGE_OF_TEXT = "Bürgerbüro " * 900
ODD = [
    PAGE_OF_TEXT,
    "X" * 10_000,
    "<b>fett</b> & { $name }",
    "\u202eadnuk",
    "🦊🦊🦊",
    "'; DROP TABLE members; --",
    "\u200b",
]


@pytest.fixture
def who(desk: Desk) -> str:
    desk.member(WHO, Role.ADMIN)
    desk.read(lambda db: people.add_group(db, "Kohorte 1"))
    return WHO


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "command",
    [
        "/start {}",
        "/name {}",
        "/anrede {}",
        "/ruhezeit {}",
        "/messenger {}",
        "/sprache {}",
        "/einladen {}",
        "/einladen teilnehmende gruppe={}",
        "/einladen teilnehmende tage={}",
        "/gruppe {}",
        "/gruppe Kohorte 1 + {}",
        "/gruppe {} - Administration",
        "/mitglieder {}",
        "/rolle {} koordination",
        "/rolle Administration {}",
        "/entfernen {}",
        "/abstimmung {}",
        "/abstimmung themen {}",
        "/abstimmung Was?\nWohnen\n{}",
        "/abstimmung Was?\nWohnen\nSchule\nbis: {}",
        "/stimme {}",
        "/stimme 1 {}",
        "/meinestimme {}",
        "/schließen {}",
        "/verlängern {}",
        "/verlängern 1 {}",
        "/hilfe {}",
        "/{}",
        "{}",
    ],
)
def test_in_a_direct_chat(desk: Desk, who: str, command: str, odd: str) -> None:
    answer = desk.say(who, command.format(odd))
    assert len(answer.messages) == 1
    assert len(answer.text) < 300 or command == "/hilfe {}"
    assert [group.name for group, _ in desk.read(people.list_groups)] == ["Kohorte 1"]
    assert [member.role for member in desk.read(people.list_members)] == [Role.ADMIN]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("command", ["/verbinden {}", "/sprache {}", "/hilfe {}"])
def test_in_a_room(desk: Desk, who: str, command: str, odd: str) -> None:
    desk.say(who, "/verbinden", room=ROOM)
    answer = desk.say(who, command.format(odd), room=ROOM)
    assert len(answer.messages) == 1
    assert len(answer.text) < 700 or command == "/hilfe {}"
    room = desk.room()
    assert room
    assert room.name == "Raum 1"


@pytest.mark.parametrize("odd", ["", " ", "\n\n", "\u200b\u200d\ufe0f"])
def test_nothing_at_all(desk: Desk, who: str, odd: str) -> None:
    assert "Das habe ich nicht verstanden." in desk.say(who, odd).text
    desk.say(who, "/name")
    assert "braucht Buchstaben oder Ziffern" in desk.say(who, odd).text
    assert desk.find(WHO)
