"""Help, made from the table of commands."""

from collections.abc import Iterator

import pytest

from domain.markup import length
from domain.people import Role
from handlers.catalogue import catalogue
from handlers.help import LINES, LONGEST, help_routes
from handlers.routing import Command, Place, Router
from tests.handlers.desk import MATRIX, ROOM, TELEGRAM, Desk, messengers

ROLES = [Role.GUEST, Role.PARTNER, Role.PARTICIPANT, Role.COORDINATOR, Role.ADMIN]


def lines(text: str) -> dict[str, str]:
    """Summaries by command."""
    found = (line.partition(": ") for line in text.splitlines() if line.startswith("/"))
    return {command: summary for command, _, summary in found}


def expected(role: Role, place: Place, language: str) -> Iterator[str]:
    for command in catalogue().commands:
        if command.listed and command.role <= role and command.place in (Place.ANYWHERE, place):
            yield "/" + command.word(language)


def told(desk: Desk, who: str, text: str, *, room: str = "", language: str = "de") -> list[str]:
    """All commands help tells of, with a summary each: from its overview into every part and back."""
    overview = desk.say(who, text, room=room, language=language)
    assert len(overview.text.splitlines()) <= LINES
    if not overview.labels:
        return list(lines(overview.text))
    found: list[str] = []
    for label in overview.labels:
        part = desk.press(who, label, room=room)
        assert len(part.text.splitlines()) <= LINES + 3
        assert all(lines(part.text).values())
        found.extend(lines(part.text))
        (back,) = part.labels
        assert desk.press(who, back, room=room).text == overview.text
    assert all(command in overview.text for command in found)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_what_they_may_do(desk: Desk, role: Role, language: str) -> None:
    who = "Musterstadt"
    if role is not Role.GUEST:
        desk.member(who, role, language=language)
    everything = list(expected(role, Place.DIRECT, language))
    # Whoever reads an overview knows how to get there.
    assert told(desk, who, "/help", language=language) == (everything if role is Role.GUEST else everything[:-1])


def test_a_guest_sees_three_things(desk: Desk) -> None:
    assert set(lines(desk.say("Fremd", "/hilfe").text)) == {"/start", "/datenschutz", "/hilfe"}


def test_in_a_room_it_is_about_rooms(desk: Desk) -> None:
    desk.member("Koordination", Role.COORDINATOR)
    shown = told(desk, "Koordination", "/hilfe", room=ROOM)
    assert shown == list(expected(Role.COORDINATOR, Place.ROOM, "de"))[:-1]
    assert "/verbinden" in shown
    assert "Im direkten Chat mit mir geht noch mehr." in desk.say("Koordination", "/hilfe", room=ROOM).text


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_part_can_be_asked_for_by_its_name(desk: Desk, language: str) -> None:
    desk.member("Leitung", Role.ADMIN, language=language)
    labels = desk.say("Leitung", "/help").labels
    assert len(labels) == len({command.name.partition(".")[0] for command in catalogue().commands}) - 1
    for label in labels:
        pressed = desk.press("Leitung", label).text
        assert desk.say("Leitung", f"/help {label.rpartition(': ')[2]}").text == pressed
        assert desk.say("Leitung", f"help {label.rpartition(': ')[2].lower()}").text == pressed


def test_a_bare_command_stays_one_after_help(desk: Desk) -> None:
    desk.member("Musterstadt")
    before = desk.say("Musterstadt", "abstimmungen").text
    desk.say("Musterstadt", "/hilfe")
    assert desk.say("Musterstadt", "abstimmungen").text == before


def test_what_others_pressed_for_tells_nothing_one_may_not_do(desk: Desk) -> None:
    desk.member("Koordination", Role.COORDINATOR)
    desk.member("Musterstadt")
    desk.say("Koordination", "/verbinden", room=ROOM)
    desk.say("Koordination", "/hilfe", room=ROOM)
    assert desk.press("Musterstadt", "Hilfe: Räume", room=ROOM).text == "Dazu gibt es hier für Sie keine Befehle."
    assert "/freigaben" not in desk.press("Musterstadt", "Hilfe: Themen", room=ROOM).text


def test_on_matrix_the_sign_is_another_one(desk: Desk) -> None:
    desk.messengers, desk.channel = messengers("matrix"), MATRIX
    desk.member("Musterstadt")
    shown = desk.say("Musterstadt", "!hilfe").text
    assert "Themen: !thema, !themen, " in shown
    assert "!hilfe themen" in shown
    assert "/" not in shown
    part = desk.say("Musterstadt", "!hilfe themen").text
    assert "!thema: ein Thema vorschlagen" in part
    assert "/" not in part


def test_on_telegram_commands_have_no_umlauts(desk: Desk) -> None:
    """Telegram sees no command in one that has, and then does not show it to us in a group."""
    desk.messengers, desk.channel = messengers("telegram"), TELEGRAM
    desk.member("Koordination", Role.COORDINATOR)
    shown = [*told(desk, "Koordination", "/hilfe"), *told(desk, "Koordination", "/hilfe", room=ROOM)]
    assert "/zusammenfuehren" in shown
    assert all(command.isascii() for command in shown)
    assert "/schliessen und /close" in desk.say("Koordination", "/hilfe schließen").text


@pytest.mark.parametrize("room", ["", ROOM])
@pytest.mark.parametrize("role", ROLES)
def test_on_matrix_nobody_is_told_to_type_a_slash(desk: Desk, role: Role, room: str) -> None:
    """Clients there keep it for themselves: an English "/topic" would rename the room."""
    desk.messengers, desk.channel = messengers("matrix"), MATRIX
    if role is not Role.GUEST:
        desk.member("Musterstadt", role)
    desk.member("Koordination", Role.COORDINATOR)
    desk.say("Koordination", "!verbinden", room=ROOM)
    slashes = [f"/{word}" for command in catalogue().commands for word in command.words]
    for command in catalogue().commands:
        for line in (f"!{command.words[0]}", "12", "abbrechen", f"!{command.words[0]} 77"):
            shown = desk.say("Musterstadt", line, room=room)
            assert not any(slash in shown.text for slash in slashes), shown.text


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
    desk.router = Router(help_routes(lambda: numbered(5)))
    assert "/befehl4: Themen ansehen" in desk.say("Musterstadt", "/hilfe").text
    desk.router = Router(help_routes(lambda: numbered(20)))
    assert "/befehl19: Themen ansehen" in desk.say("Musterstadt", "/hilfe themen").text
    desk.router = Router(help_routes(lambda: numbered(150)))
    shown = desk.say("Musterstadt", "/hilfe themen")
    assert length(shown.messages[0].content.text) <= LONGEST
    assert "/befehl0, /befehl1, " in shown.text
    assert "/befehl149" in shown.text


def numbered(number: int) -> tuple[Command, ...]:
    return tuple(Command("topics.list", (f"befehl{n}", f"command{n}"), lambda *_: None) for n in range(number))
