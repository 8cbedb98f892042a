"""Help, made from the table of commands."""

from collections.abc import Iterator

import pytest

from domain.markup import length
from domain.people import Role
from handlers.catalogue import catalogue
from handlers.help import LONGEST, help_routes
from handlers.routing import Command, Place, Router
from tests.handlers.desk import MATRIX, ROOM, Desk, messengers

ROLES = [Role.GUEST, Role.PARTNER, Role.PARTICIPANT, Role.COORDINATOR, Role.ADMIN]


def lines(text: str) -> dict[str, str]:
    """Summaries by command."""
    found = (line.partition(": ") for line in text.splitlines() if line.startswith("/"))
    return {command: summary for command, _, summary in found}


def expected(role: Role, place: Place, language: str) -> Iterator[str]:
    for command in catalogue().commands:
        if command.listed and command.role <= role and command.place in (Place.ANYWHERE, place):
            yield "/" + command.word(language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_what_they_may_do(desk: Desk, role: Role, language: str) -> None:
    who = "Musterstadt"
    if role is not Role.GUEST:
        desk.member(who, role, language=language)
    shown = desk.say(who, "/help", language=language)
    assert list(lines(shown.text)) == list(expected(role, Place.DIRECT, language))
    assert all(lines(shown.text).values())
    assert length(shown.messages[0].content.text) <= LONGEST


def test_a_guest_sees_three_things(desk: Desk) -> None:
    assert set(lines(desk.say("Fremd", "/hilfe").text)) == {"/start", "/datenschutz", "/hilfe"}


def test_in_a_room_it_is_about_rooms(desk: Desk) -> None:
    desk.member("Koordination", Role.COORDINATOR)
    shown = desk.say("Koordination", "/hilfe", room=ROOM).text
    assert list(lines(shown)) == list(expected(Role.COORDINATOR, Place.ROOM, "de"))
    assert "/verbinden" in lines(shown)
    assert "Im direkten Chat mit mir geht noch mehr." in shown


def test_on_matrix_the_sign_is_another_one(desk: Desk) -> None:
    desk.messengers, desk.channel = messengers("matrix"), MATRIX
    desk.member("Musterstadt")
    shown = desk.say("Musterstadt", "!hilfe").text
    assert "!thema: ein Thema vorschlagen" in shown
    assert "!hilfe datenschutz" in shown
    assert "\n/" not in shown


@pytest.mark.parametrize(
    "asked", ["/hilfe sprache", "hilfe sprache", "/help language", "/hilfe /Sprache", "!hilfe !sprache"]
)
def test_one_command(desk: Desk, asked: str) -> None:
    desk.member("Musterstadt")
    assert desk.say("Musterstadt", asked).text.splitlines() == [
        "/sprache: die Sprache wählen",
        "So heißt der Befehl auch: /sprache und /language",
        "Er gilt im direkten Chat und im Gruppenraum.",
    ]


def test_where_it_may_be_used(desk: Desk) -> None:
    desk.member("Koordination", Role.COORDINATOR)
    assert "Er gilt nur im Gruppenraum." in desk.say("Koordination", "/hilfe trennen").text
    assert "Er gilt nur im direkten Chat mit mir." in desk.say("Koordination", "/hilfe einladen", room=ROOM).text


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/hilfe xyzzy", "Den Befehl „xyzzy“ gibt es nicht. Alle Befehle zeigt /hilfe."),
        ("/hilfe datenschuz", "Den Befehl „datenschuz“ gibt es nicht. Meinten Sie „datenschutz“?"),
        ("/hilfe rolle", "Das kann nur die Administration."),
    ],
)
def test_what_there_is_no_help_for(desk: Desk, asked: str, answer: str) -> None:
    desk.member("Musterstadt")
    assert answer in desk.say("Musterstadt", asked).text


def test_a_guest_is_told_to_join_first(desk: Desk) -> None:
    assert "Dafür müssen Sie dem Programm beitreten." in desk.say("Fremd", "/hilfe ich").text


@pytest.mark.parametrize("asked", ["hilfe bei einem Problem", "/hilfe ???", "/hilfe 12"])
def test_what_names_no_command_gets_it_all(desk: Desk, asked: str) -> None:
    desk.member("Musterstadt")
    assert "Das geht hier:" in desk.say("Musterstadt", asked).text


def test_too_much_for_one_message_is_said_shortly(desk: Desk) -> None:
    desk.member("Musterstadt")
    desk.router = Router(help_routes(lambda: numbered(20)))
    assert "/befehl19: Themen ansehen" in desk.say("Musterstadt", "/hilfe").text
    desk.router = Router(help_routes(lambda: numbered(150)))
    shown = desk.say("Musterstadt", "/hilfe")
    assert length(shown.messages[0].content.text) <= LONGEST
    assert "/befehl0, /befehl1, " in shown.text
    assert "/befehl149" in shown.text


def numbered(number: int) -> tuple[Command, ...]:
    return tuple(Command("topics.list", (f"befehl{n}", f"command{n}"), lambda *_: None) for n in range(number))
