"""Rooms: connected, disconnected, moved, lost."""

import re
from dataclasses import replace

import pytest

from domain.chat import Address, Html, Message, Outgoing
from domain.people import Purpose, Role
from storage import audit, dialogs, outbox, people, rooms
from storage.database import Transaction
from tests.handlers.desk import MATRIX, MATRIX_ADDRESS, ROOM, Desk, messengers

WHO = "Koordination"
SECOND = "Rathaus"


@pytest.fixture
def who(desk: Desk) -> str:
    desk.member(WHO, Role.COORDINATOR)
    return WHO


def acts(desk: Desk) -> list[tuple[str, int | None]]:
    return [(entry.act, entry.actor) for entry in desk.read(lambda db: audit.list_entries(db, 0, 20))]


def standing(desk: Desk) -> list[str]:
    """The codes that let the members of rooms in."""
    return [found.code for found in desk.read(lambda db: people.list_invitations(db, desk.now))]


class TestConnecting:
    def test_a_room(self, desk: Desk, who: str) -> None:
        answer = desk.say(who, "/verbinden", room=ROOM)
        assert "Dieser Raum ist jetzt mit Musterprogramm verbunden und heißt „Raum 1“." in answer.text
        assert "mit /thema etwas vorschlagen" in answer.text
        room = desk.room()
        assert room
        assert (room.name, room.purpose, room.group, room.language) == ("Raum 1", Purpose.PROGRAMME, None, "de")
        assert acts(desk) == [("rooms.connect", 1)]

    def test_for_a_group(self, desk: Desk, who: str) -> None:
        group = desk.read(lambda db: people.add_group(db, "Kohorte 1"))
        answer = desk.say(who, "/connect kohorte 1", room=ROOM)
        assert "Er gehört zur Gruppe „Kohorte 1“." in answer.text
        room = desk.room()
        assert room
        assert (room.name, room.group) == ("Kohorte 1", group.id)

    def test_with_a_name_of_its_own(self, desk: Desk, who: str) -> None:
        desk.read(lambda db: people.add_group(db, "Kohorte 1"))
        assert "„Stammtisch <Nord>“" in desk.say(who, "/verbinden Kohorte 1 name=Stammtisch <Nord>", room=ROOM).text

    def test_for_the_coordinators(self, desk: Desk, who: str) -> None:
        answer = desk.say(who, "/verbinden Koordination", room=ROOM)
        assert "dient der Koordination" in answer.text
        assert "beitreten" not in answer.text
        room = desk.room()
        assert room
        assert (room.name, room.purpose) == ("Koordination", Purpose.COORDINATION)

    def test_anew_keeps_what_is_not_said(self, desk: Desk, who: str) -> None:
        desk.read(lambda db: people.add_group(db, "Kohorte 1"))
        desk.say(who, "/verbinden Kohorte 1", room=ROOM)
        desk.say(who, "/sprache en", room=ROOM)
        before = desk.room()
        assert "is called “Kohorte 1”" in desk.say(who, "/verbinden", room=ROOM).text
        assert desk.room() == before

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("/verbinden Kohorte 9", "Eine Gruppe „Kohorte 9“ gibt es nicht."),
            (f"/verbinden name={'R' * 61}", "61 Zeichen, möglich sind 60"),
        ],
    )
    def test_what_cannot_be(self, desk: Desk, who: str, text: str, why: str) -> None:
        assert why in desk.say(who, text, room=ROOM).text
        assert desk.room() is None

    @pytest.mark.parametrize("text", ["/verbinden", "/trennen"])
    def test_only_in_rooms(self, desk: Desk, who: str, text: str) -> None:
        assert "geht nur in einem Gruppenraum" in desk.say(who, text).text

    @pytest.mark.parametrize("text", ["/verbinden", "/trennen", "/themen", "/sprache en"])
    def test_a_room_that_is_not_connected_is_for_coordinators(self, desk: Desk, text: str) -> None:
        desk.member("Musterstadt")
        assert "Dieser Raum ist nicht mit dem Programm verbunden." in desk.say("Musterstadt", text, room=ROOM).text

    def test_participants_do_not_change_it(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/verbinden", room=ROOM)
        for text in ("/verbinden", "/trennen", "/sprache en"):
            assert "Das kann nur die Koordination." in desk.say("Musterstadt", text, room=ROOM).text


class TestTheWayIn:
    def test_by_invitation_the_room_holds_no_code(self, desk: Desk, who: str) -> None:
        assert "bekommt eine Einladung" in desk.say(who, "/verbinden", room=ROOM).text
        assert standing(desk) == []

    def test_by_room_it_holds_a_link(self, desk: Desk, who: str) -> None:
        desk.policy = replace(desk.policy, join="room")
        desk.read(lambda db: people.add_group(db, "Kohorte 1"))
        answer = desk.say(who, "/verbinden Kohorte 1", room=ROOM)
        link = re.search(r"https://local.example/\?start=(R1-\w{8})", answer.text)
        assert link
        desk.open("Musterstadt", link[1])
        assert "Teilnahme. Ihre Gruppen: Kohorte 1." in desk.press("Musterstadt", "Einverstanden").text

    def test_connected_anew_the_former_link_is_void(self, desk: Desk, who: str) -> None:
        desk.policy = replace(desk.policy, join="room")
        desk.say(who, "/verbinden", room=ROOM)
        [first] = standing(desk)
        desk.say(who, "/verbinden", room=SECOND)
        desk.say(who, "/verbinden", room=ROOM)
        assert first not in standing(desk)
        assert [code[:3] for code in standing(desk)] == ["R2-", "R1-"]

    def test_where_there_are_no_links_it_is_a_code(self, desk: Desk) -> None:
        desk.messengers, desk.channel = messengers("matrix"), MATRIX
        desk.policy = replace(desk.policy, join="room")
        desk.member(WHO, Role.COORDINATOR)
        assert "schreibt mir im direkten Chat diesen Code: R1-" in desk.say(WHO, "!verbinden", room=ROOM).text
        desk.policy = replace(desk.policy, join="open")
        assert f"tritt hier bei: {MATRIX_ADDRESS}" in desk.say(WHO, "!verbinden", room=ROOM).text

    def test_where_everybody_may_the_link_needs_no_code(self, desk: Desk, who: str) -> None:
        desk.policy = replace(desk.policy, join="open")
        assert "https://local.example/?start=\n" in desk.say(who, "/verbinden", room=ROOM).text + "\n"
        assert standing(desk) == []


class TestDisconnecting:
    def test_after_asking_once_more(self, desk: Desk, who: str) -> None:
        desk.policy = replace(desk.policy, join="room")
        desk.say(who, "/verbinden", room=ROOM)
        assert "wirklich vom Programm trennen" in desk.say(who, "/trennen", room=ROOM).text
        assert desk.room()
        assert "ist vom Programm getrennt" in desk.press(who, "Trennen", room=ROOM).text
        assert desk.room() is None
        assert standing(desk) == []
        assert acts(desk)[0] == ("rooms.disconnect", 1)

    def test_or_not(self, desk: Desk, who: str) -> None:
        desk.say(who, "/verbinden", room=ROOM)
        desk.say(who, "/trennen", room=ROOM)
        assert "es bleibt alles, wie es ist" in desk.press(who, "Nein", room=ROOM).text
        assert desk.room()

    def test_somebody_else_cannot_confirm(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/verbinden", room=ROOM)
        desk.say(who, "/trennen", room=ROOM)
        assert "Diese Frage ist schon beantwortet" in desk.press("Musterstadt", "Trennen", room=ROOM).text
        assert desk.room()

    def test_what_is_not_connected(self, desk: Desk, who: str) -> None:
        assert "Dieser Raum ist nicht mit dem Programm verbunden." in desk.say(who, "/trennen", room=ROOM).text

    def test_taken_out_of_the_room(self, desk: Desk, who: str) -> None:
        desk.policy = replace(desk.policy, join="room")
        desk.say(who, "/verbinden", room=ROOM)
        assert desk.remove("Musterstadt", ROOM).messages == ()
        assert desk.room() is None
        assert standing(desk) == []
        assert acts(desk)[0] == ("rooms.disconnect", None)

    def test_taken_out_of_a_group_all_its_topics_are_left(self, desk: Desk, who: str) -> None:
        for room in (f"{ROOM}/45", ROOM, f"{ROOM}/7", SECOND):
            desk.say(who, "/verbinden", room=room)
        desk.remove("Musterstadt", ROOM)
        assert [room.chat for room in desk.read(rooms.list_rooms)] == [SECOND]
        assert acts(desk)[:3] == [("rooms.disconnect", None)] * 3

    def test_taken_out_of_a_room_that_was_never_connected(self, desk: Desk) -> None:
        desk.remove("Musterstadt", ROOM)
        assert acts(desk) == []


class TestMoving:
    def test_everything_goes_along(self, desk: Desk, who: str) -> None:
        desk.say(who, "/verbinden", room=ROOM)
        desk.say(who, "/trennen", room=ROOM)
        for _ in range(2):
            desk.move(who, ROOM, SECOND)
        assert desk.room() is None
        room = desk.room(SECOND)
        assert room
        assert room.id == 1
        desk.shown[desk.channel, SECOND] = desk.shown.pop((desk.channel, ROOM))
        assert "ist vom Programm getrennt" in desk.press(who, "Trennen", room=SECOND).text

    def test_topics_go_along(self, desk: Desk, who: str) -> None:
        desk.say(who, "/verbinden", room=f"{ROOM}/45")
        desk.say(who, "/trennen", room=f"{ROOM}/45")
        desk.move(who, ROOM, SECOND)
        moved = f"{SECOND}/45"
        assert [room.chat for room in desk.read(rooms.list_rooms)] == [moved]
        desk.shown[desk.channel, moved] = desk.shown.pop((desk.channel, f"{ROOM}/45"))
        assert "ist vom Programm getrennt" in desk.press(who, "Trennen", room=moved).text

    def test_a_dialogue_begun_at_the_new_id_gives_way(self, desk: Desk, who: str) -> None:
        for room in (ROOM, SECOND):
            desk.say(who, "/verbinden", room=room)
            desk.say(who, "/trennen", room=room)
        desk.move(who, ROOM, SECOND)

        def look(db: Transaction) -> list[int]:
            places = [(desk.channel, chat, who) for chat in (ROOM, SECOND)]
            return [found.data["room"] for place in places if (found := dialogs.find_dialog(db, *place))]

        assert desk.read(look) == [1]

    def test_what_waits_is_sent_to_the_new_id(self, desk: Desk, who: str) -> None:
        desk.say(who, "/verbinden", room=ROOM)
        waiting = Outgoing(to=Address(desk.channel, ROOM, private=False), content=Message(Html("Bis morgen")))
        desk.read(lambda db: outbox.add_outgoing(db, waiting, desk.now))
        assert desk.move(who, ROOM, SECOND).to(SECOND) == "Bis morgen"


class TestListing:
    def test_all_rooms(self, desk: Desk, who: str) -> None:
        assert "Es ist noch kein Raum verbunden." in desk.say(who, "räume").text
        desk.read(lambda db: people.add_group(db, "Kohorte 1"))
        desk.say(who, "/verbinden Kohorte 1", room=ROOM)
        desk.say(who, "/verbinden koordination", room=SECOND)
        assert desk.say(who, "/raeume").text.splitlines() == [
            "2 verbundene Räume",
            "Kohorte 1: Lokale Seite, für das Programm, Gruppe „Kohorte 1“",
            "Koordination: Lokale Seite, für die Koordination, ohne Gruppe",
        ]

    def test_pages(self, desk: Desk, who: str) -> None:
        for number in range(11):
            desk.say(who, "/verbinden", room=f"Raum {number}")
        assert "11 verbundene Räume, Seite 1 von 2" in desk.say(who, "/rooms").text
        assert "Seite 2 von 2" in desk.press(who, "Weitere").text

    def test_a_room_of_a_messenger_that_is_off(self, desk: Desk, who: str) -> None:
        desk.read(lambda db: rooms.connect_room(db, "telegram", "-100", "Fern", "de", Purpose.PROGRAMME, None))
        assert "Fern: telegram, für das Programm" in desk.say(who, "/räume").text

    def test_not_for_participants(self, desk: Desk) -> None:
        desk.member("Musterstadt")
        assert "Das kann nur die Koordination." in desk.say("Musterstadt", "/räume").text


class TestLanguage:
    def test_of_the_room(self, desk: Desk, who: str) -> None:
        desk.say(who, "/verbinden", room=ROOM)
        assert desk.say(who, "/sprache", room=ROOM).labels == ["Deutsch", "English"]
        assert "I write in English in this room" in desk.press(who, "English", room=ROOM).text
        room = desk.room()
        assert room
        assert room.language == "en"
        assert "This is possible here:" in desk.say(who, "/hilfe", room=ROOM).text
        assert acts(desk)[0] == ("rooms.language", 1)

    def test_of_a_room_that_is_not_connected(self, desk: Desk, who: str) -> None:
        assert "Dieser Raum ist nicht mit dem Programm verbunden." in desk.say(who, "/sprache en", room=ROOM).text

    def test_pressed_by_a_participant(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/verbinden", room=ROOM)
        desk.say(who, "/sprache", room=ROOM)
        assert "Das kann nur die Koordination." in desk.press("Musterstadt", "English", room=ROOM).text
