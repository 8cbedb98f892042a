"""Groups and members."""

import pytest

from domain.people import Role
from storage import audit, people
from tests.handlers.desk import Answer, Desk

WHO = "Koordination"


@pytest.fixture
def ask(desk: Desk) -> "Ask":
    desk.member(WHO, Role.COORDINATOR)
    return Ask(desk)


class Ask:
    """What the coordinators say."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __call__(self, text: str) -> Answer:
        return self.desk.say(WHO, text)

    def groups(self) -> list[tuple[str, int]]:
        return [(group.name, size) for group, size in self.desk.read(people.list_groups)]


def test_creating_one(ask: Ask) -> None:
    assert "Soll ich sie anlegen?" in ask("/gruppe Kohorte 1").text
    assert ask.groups() == []
    assert "ist angelegt" in ask("ja").text
    assert ask.groups() == [("Kohorte 1", 0)]


def test_not_creating_one_after_all(ask: Ask) -> None:
    ask("/gruppe Kohorte 1")
    assert "Bitte antworten Sie mit „Ja“ oder „Nein“." in ask("vielleicht").text
    assert "es bleibt alles, wie es ist" in ask("nein").text
    assert ask.groups() == []


def test_the_name_is_asked_for(ask: Ask) -> None:
    assert "Um welche Gruppe geht es?" in ask("/gruppe").text
    assert "braucht Buchstaben oder Ziffern" in ask("🦊").text
    assert "„1“ gibt es noch nicht" in ask("1").text


@pytest.mark.parametrize(
    ("name", "why"), [("???", "braucht Buchstaben oder Ziffern"), ("K" * 61, "61 Zeichen, möglich sind 60")]
)
def test_a_name_that_does_not_do(ask: Ask, name: str, why: str) -> None:
    assert why in ask(f"/gruppe {name}").text


@pytest.mark.parametrize("sign", ["+ ", "+"])
def test_members_come(ask: Ask, sign: str) -> None:
    ask.desk.member("Musterstadt Nord")
    ask.desk.read(lambda db: people.add_group(db, "Kohorte 1"))
    assert "Musterstadt Nord gehört jetzt" in ask(f"/gruppe kohorte 1 {sign}musterstadt nord").text
    assert ask.groups() == [("Kohorte 1", 1)]
    assert "gehört schon zur Gruppe" in ask(f"/gruppe Kohorte 1 {sign}Musterstadt Nord").text
    assert "Musterstadt Nord: Teilnahme" in ask("/gruppe Kohorte 1").text


@pytest.mark.parametrize("sign", ["- ", "– ", "−"])
def test_members_go(ask: Ask, sign: str) -> None:
    ask.desk.member("Musterstadt", group="Kohorte-1")
    assert "gehört nicht mehr" in ask(f"/gruppe Kohorte-1 {sign}Musterstadt").text
    assert ask.groups() == [("Kohorte-1", 0)]
    assert "gehört nicht zur Gruppe" in ask(f"/gruppe Kohorte-1 {sign}Musterstadt").text
    assert "noch niemand" in ask("/gruppe Kohorte-1").text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/gruppe Kohorte 9 + Musterstadt", "Eine Gruppe „Kohorte 9“ gibt es nicht."),
        ("/gruppe Kohorte 1 + Neustadt", "Ein Mitglied „Neustadt“ gibt es nicht."),
        ("/gruppe Kohorte 1 + Doppelt", "Mehrere Mitglieder heißen „Doppelt“."),
        ("/mitglieder Kohorte 9", "Eine Gruppe „Kohorte 9“ gibt es nicht."),
    ],
)
def test_who_and_what_is_not_there(ask: Ask, text: str, why: str) -> None:
    ask.desk.read(lambda db: people.add_group(db, "Kohorte 1"))
    for _ in range(2):
        ask.desk.read(lambda db: people.add_member(db, "Doppelt", Role.PARTNER, "de", ask.desk.now))
    assert why in ask(text).text


def test_the_groups(ask: Ask) -> None:
    assert "Es gibt noch keine Gruppe." in ask("gruppen").text
    ask.desk.member("Musterstadt", group="Kohorte 1")
    ask.desk.read(lambda db: people.add_group(db, "<b>Kohorte 2"))
    listed = ask("gruppen")
    assert listed.text.splitlines() == [
        "2 Gruppen",
        "<b>Kohorte 2: noch niemand",
        "Kohorte 1: ein Mitglied",
    ]
    shown = ask.desk.press(WHO, "Kohorte 1 ansehen")
    assert "Musterstadt: Teilnahme" in shown.text
    assert not shown.messages[0].replaces


def test_many_groups_have_pages(ask: Ask) -> None:
    for number in range(10):
        ask(f"/gruppe Kohorte {number}")
        ask("ja")
    assert "10 Gruppen, Seite 1 von 2" in ask("/gruppen").text
    assert "Kohorte 9: noch niemand" in ask("weitere").text


def test_members_have_pages(ask: Ask) -> None:
    for number in range(25):
        ask.desk.member(f"Stadt {number:02}", group="Kohorte 1")
    assert "Alle Mitglieder: 26 Personen, Seite 1 von 2" in ask("/mitglieder").text
    assert "Kohorte 1: 25 Personen, Seite 1 von 2" in ask("/mitglieder kohorte 1").text
    turned = ask.desk.press(WHO, "Weitere")
    assert "Stadt 24" in turned.text
    assert turned.messages[0].replaces
    back = ask.desk.press(WHO, "Zurück")
    assert "Stadt 00" in back.text
    assert back.messages[0].replaces


@pytest.mark.parametrize("text", ["/gruppen", "/gruppe Kohorte 1", "/mitglieder"])
def test_participants_manage_no_groups(desk: Desk, text: str) -> None:
    desk.member("Musterstadt")
    assert "Das kann nur die Koordination." in desk.say("Musterstadt", text).text


def test_all_of_it_is_on_record(ask: Ask) -> None:
    member = ask.desk.member("Musterstadt")
    for text in ("/gruppe Kohorte 1", "ja", "/gruppe Kohorte 1 + Musterstadt", "/gruppe Kohorte 1 - Musterstadt"):
        ask(text)
    acts = [(entry.act, entry.objects) for entry in ask.desk.read(lambda db: audit.list_entries(db, 0, 5))]
    assert acts == [
        ("people.leave_group", (1, member.id)),
        ("people.join_group", (1, member.id)),
        ("people.create_group", (1,)),
    ]
