"""What admins alone do."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import handlers
from domain.people import Role
from storage import audit, dialogs, people, topics
from storage.database import Transaction
from tests.handlers.desk import ROOM, Desk, texts

WHO = "Administration"


@pytest.fixture
def who(desk: Desk) -> str:
    desk.member(WHO, Role.ADMIN)
    return WHO


def role(desk: Desk, name: str) -> Role:
    member = desk.find(name)
    assert member
    return member.role


@pytest.mark.parametrize(
    "text",
    ["/rolle Musterstadt admin", "/entfernen Musterstadt", "/protokoll", "/einstellungen", "/rolle", "/entfernen"],
)
def test_nobody_else_may(desk: Desk, text: str) -> None:
    desk.member("Koordination", Role.COORDINATOR)
    assert "Das kann nur die Administration." in desk.say("Koordination", text).text


def test_not_in_rooms(desk: Desk, who: str) -> None:
    assert "geht nur im direkten Chat" in desk.say(who, "/protokoll", room=ROOM).text


class TestRoles:
    def test_in_one_message(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt Nord")
        answer = desk.say(who, "/rolle musterstadt nord Koordinatorin")
        assert answer.to(f"@{who}") == "Musterstadt Nord hat jetzt die Rolle Koordination."
        assert "Ihre Rolle ist jetzt: Koordination." in answer.to("@Musterstadt Nord")
        assert role(desk, "Musterstadt Nord") is Role.COORDINATOR

    def test_step_by_step(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        assert "Wessen Rolle möchten Sie ändern?" in desk.say(who, "rolle").text
        assert "Ein Mitglied „Neustadt“ gibt es nicht." in desk.say(who, "Neustadt").text
        asked = desk.say(who, "Musterstadt")
        assert "Musterstadt hat die Rolle Teilnahme." in asked.text
        assert asked.labels[:4] == ["Teilnahme", "Praxispartnerschaft", "Koordination", "Administration"]
        assert "„Boss“ ist keine Rolle." in desk.say(who, "Boss").text
        desk.say(who, "3")
        assert role(desk, "Musterstadt") is Role.COORDINATOR

    def test_with_the_name_alone(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/rolle Musterstadt")
        desk.press(who, "Praxispartnerschaft")
        assert role(desk, "Musterstadt") is Role.PARTNER

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("/rolle Neustadt admin", "Ein Mitglied „Neustadt“ gibt es nicht."),
            ("/rolle Neustadt", "Ein Mitglied „Neustadt“ gibt es nicht."),
            ("/rolle Musterstadt Boss", "„Boss“ ist keine Rolle."),
            ("/rolle Musterstadt Gast", "„Gast“ ist keine Rolle."),
            ("/rolle Musterstadt Teilnahme", "hat schon die Rolle Teilnahme"),
        ],
    )
    def test_what_cannot_be(self, desk: Desk, who: str, text: str, why: str) -> None:
        desk.member("Musterstadt")
        assert why in desk.say(who, text).text
        assert role(desk, "Musterstadt") is Role.PARTICIPANT

    def test_the_last_admin_stays(self, desk: Desk, who: str) -> None:
        assert "Das ist die letzte Person" in desk.say(who, f"/rolle {who} teilnahme").text
        assert role(desk, who) is Role.ADMIN

    def test_one_of_two_admins_may_go(self, desk: Desk, who: str) -> None:
        desk.member("Zweite", Role.ADMIN)
        answer = desk.say(who, f"/rolle {who} koordination")
        assert len(answer.messages) == 1
        assert role(desk, who) is Role.COORDINATOR

    def test_somebody_removed_meanwhile(self, desk: Desk, who: str) -> None:
        member = desk.member("Musterstadt")
        desk.say(who, "/rolle Musterstadt")
        desk.read(lambda db: people.remove_member(db, member.id))
        assert "Dieses Mitglied gibt es nicht mehr." in desk.press(who, "Koordination").text


class TestRemoving:
    def test_after_asking_once_more(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say("Musterstadt", "/thema Wie erreichen wir Eltern?")
        desk.say("Musterstadt", "/name")
        asked = desk.say(who, "/entfernen musterstadt")
        assert "Soll ich Musterstadt endgültig löschen?" in asked.text
        assert "anonyme und geheime Beiträge" in asked.text
        assert desk.find("Musterstadt")
        assert "Musterstadt ist gelöscht." in desk.press(who, "Endgültig löschen").text
        assert desk.find("Musterstadt") is None
        assert [topic.author for topic in desk.read(topics.list_topics)] == [None]
        assert desk.read(lambda db: dialogs.find_dialog(db, desk.channel, "@Musterstadt", "Musterstadt")) is None
        assert "Dafür müssen Sie dem Programm beitreten." in desk.say("Musterstadt", "/themen").text

    def test_or_not(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/entfernen Musterstadt")
        assert "es bleibt alles, wie es ist" in desk.say(who, "nein").text
        assert desk.find("Musterstadt")

    def test_the_name_is_asked_for(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        assert "Wessen Daten sollen gelöscht werden?" in desk.say(who, "/entfernen").text
        assert "Ein Mitglied „Neustadt“ gibt es nicht." in desk.say(who, "Neustadt").text
        assert "Soll ich Musterstadt endgültig löschen?" in desk.say(who, "Musterstadt").text

    def test_the_last_admin_stays(self, desk: Desk, who: str) -> None:
        assert "Das ist die letzte Person" in desk.say(who, f"/entfernen {who}").text
        assert desk.find(who)

    def test_twice(self, desk: Desk, who: str) -> None:
        member = desk.member("Musterstadt")
        desk.say(who, "/entfernen Musterstadt")
        desk.read(lambda db: people.remove_member(db, member.id))
        assert "Dieses Mitglied gibt es nicht mehr." in desk.say(who, "ja").text


class TestLog:
    def test_empty(self, desk: Desk, who: str) -> None:
        assert "Das Protokoll ist noch leer." in desk.say(who, "/protokoll").text

    def test_in_words(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        for text in (
            "/gruppe Kohorte 1",
            "ja",
            "/gruppe Kohorte 1 + Musterstadt",
            "/rolle Musterstadt koordination",
            "/einladen partner",
        ):
            desk.say(who, text)
        desk.say(who, "/verbinden Kohorte 1", room=ROOM)
        desk.say(who, "/sprache en", room=ROOM)
        desk.remove("Musterstadt", ROOM)
        said = [line.partition(" Uhr: ")[2] for line in desk.say(who, "/protokoll").text.splitlines()[1:]]
        assert said == [
            "Themenbote oder ein früheres Mitglied hat den Raum „Raum 1“ getrennt.",
            "Administration hat im Raum „Raum 1“ die Sprache English gewählt.",
            "Administration hat den Raum „Raum 1“ verbunden.",
            "Administration hat Einladung Nr. 1 für die Rolle Praxispartnerschaft erstellt.",
            "Administration hat Musterstadt die Rolle Koordination gegeben.",
            "Administration hat Musterstadt in die Gruppe „Kohorte 1“ aufgenommen.",
            "Administration hat die Gruppe „Kohorte 1“ angelegt.",
        ]

    def test_what_is_called_otherwise_now_or_gone(self, desk: Desk, who: str) -> None:
        desk.member("Musterstadt")
        desk.say(who, "/rolle Musterstadt koordination")
        desk.say(who, "/verbinden name=Stammtisch", room=ROOM)
        desk.say(who, "/entfernen Musterstadt")
        desk.say(who, "ja")
        log = desk.say(who, "/log").text
        assert "hat Mitglied Nr. 2 gelöscht." in log
        assert "hat Mitglied Nr. 2 (gelöscht) die Rolle Koordination gegeben." in log
        assert "hat den Raum „Stammtisch“ verbunden." in log

    def test_pages(self, desk: Desk, who: str) -> None:
        for number in range(6):
            desk.say(who, f"/gruppe Kohorte {number}")
            desk.say(who, "ja")
            desk.say(who, f"/gruppe Kohorte {number} + {who}")
        shown = desk.say(who, "/protokoll").text
        assert "12 Einträge im Protokoll, Seite 1 von 2" in shown
        assert "Kohorte 5" in shown
        turned = desk.press(who, "Weitere")
        assert "Kohorte 0" in turned.text
        assert turned.messages[0].replaces

    def test_every_act_has_its_words(self) -> None:
        acts = {act for path in Path(handlers.__path__[0]).rglob("*.py") for act in recorded(path)}
        assert {"people.invite", "rooms.connect", "admin.role", "topics.merge"} <= acts
        for act in acts:
            key = f"audit-{act.replace('.', '-').replace('_', '-')}"
            for language in ("de", "en"):
                assert texts().say(language, "sie", key, one="1", two="2")


def recorded(path: Path) -> list[str]:
    """The acts that a file puts on record."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    writing = [call for call in calls if ast.unparse(call.func) in ("audit.add_entry", "_record")]
    words = [argument for call in writing for argument in call.args if isinstance(argument, ast.Constant)]
    return [str(word.value) for word in words if "." in str(word.value)]


def test_what_is_set(desk: Desk, who: str) -> None:
    desk.policy = replace(desk.policy, join="room", moderation=True, threshold=7, privacy_version="2")
    desk.policy = replace(desk.policy, second_approval=True)
    assert desk.say(who, "/einstellungen").text.splitlines() == [
        "Das ist eingestellt:",
        "Programm: Musterprogramm, Zeitzone: Europe/Berlin",
        "Sprache ohne eigene Wahl: Deutsch",
        "Beitreten: über den Link im Gruppenraum oder mit Einladung",
        "Zustimmung einer zweiten Person zu Ansagen: Ja",
        "Freigabe neuer Themen durch die Koordination: Ja",
        "Anonyme Ergebnisse ab 7 Antworten, Datenschutzhinweis in Fassung 2",
        "Geändert wird das in der Datei themenbote.toml und gilt nach einem Neustart.",
    ]


def test_the_record_of_topics_is_told_too(desk: Desk, who: str) -> None:
    def add(db: Transaction) -> None:
        audit.add_entry(db, desk.now, None, "topics.move", (3, "on_ballot"))
        audit.add_entry(db, desk.now, None, "topics.merge", (3, 4))

    desk.read(add)
    log = desk.say(who, "/protokoll").text
    assert "hat Thema 3 auf „in der Abstimmung“ gesetzt." in log
    assert "hat Thema 3 mit Thema 4 zusammengeführt." in log
