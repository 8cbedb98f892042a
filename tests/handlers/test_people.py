"""Joining, and what members say about themselves."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa

from domain.chat import Address, Left, Sender
from domain.hours import QuietHours
from domain.people import Form, Role
from storage import dialogs, people
from storage.database import Transaction
from storage.people import accounts, consents, members
from tests.handlers.desk import MATRIX, NOON, ROOM, TELEGRAM, Desk, messengers

GUEST = "Musterstadt"
LATER = NOON + timedelta(days=30)


def invitation(
    desk: Desk, *, role: Role = Role.PARTICIPANT, group: str = "", uses: int = 5, expires: datetime = LATER
) -> str:
    with desk.database.begin() as db:
        code = f"K7M2Q9X{len(people.list_invitations(db, NOON))}"
        tied = people.add_group(db, group).id if group else None
        people.add_invitation(db, code, role, tied, uses, expires, None)
    return code


def left(desk: Desk, code: str) -> int:
    found = desk.read(lambda db: people.find_invitation(db, code))
    assert found
    return found.left


def count_known(db: Transaction) -> list[int]:
    """How many rows say something about somebody."""
    tables = (members, accounts, consents, dialogs.dialogs)
    return [db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]


def groups_of(desk: Desk, name: str) -> list[str]:
    member = desk.find(name)
    assert member
    return [group.name for group in desk.read(lambda db: people.list_groups_of(db, member.id))]


class TestJoining:
    def test_by_link(self, desk: Desk) -> None:
        code = invitation(desk, role=Role.PARTNER, group="Kohorte 1")
        notice = desk.open(GUEST, code)
        assert "Einwilligung ist freiwillig" in notice.text
        assert "Die lokale Seite nutzt keinen Messenger" in notice.text
        assert notice.labels == ["Einverstanden", "Nicht einverstanden"]
        welcome = desk.press(GUEST, "Einverstanden")
        assert "Willkommen bei Musterprogramm, Musterstadt!" in welcome.text
        assert "Ihre Rolle: Praxispartnerschaft. Ihre Gruppen: Kohorte 1." in welcome.text
        assert welcome.labels == ["Thema vorschlagen", "Themen ansehen"]
        member = desk.find(GUEST)
        assert member
        assert member.role is Role.PARTNER
        assert groups_of(desk, GUEST) == ["Kohorte 1"]
        assert left(desk, code) == 4

    def test_nothing_is_stored_before_consent(self, desk: Desk) -> None:
        code = invitation(desk)
        desk.open(GUEST, code)
        assert desk.read(count_known) == [0, 0, 0, 0]
        assert left(desk, code) == 5

    def test_the_consent_is_kept_with_version_messenger_and_time(self, desk: Desk) -> None:
        desk.policy = replace(desk.policy, privacy_version="3", join="open")
        desk.open(GUEST)
        desk.press(GUEST, "Einverstanden")
        row = desk.read(lambda db: db.execute(consents.select()).one())
        assert (row.version, row.kind, row.at) == ("3", "local", desk.now)

    def test_no_consent(self, desk: Desk) -> None:
        code = invitation(desk)
        desk.open(GUEST, code)
        assert "ich nehme Sie nicht auf" in desk.press(GUEST, "Nicht einverstanden").text
        assert desk.read(count_known) == [0, 0, 0, 0]
        assert left(desk, code) == 5

    def test_consent_may_be_typed(self, desk: Desk) -> None:
        desk.open(GUEST, invitation(desk))
        assert "Willkommen" in desk.say(GUEST, "einverstanden").text

    def test_a_notice_that_has_changed_is_shown_again(self, desk: Desk) -> None:
        desk.open(GUEST, invitation(desk))
        desk.policy = replace(desk.policy, privacy_version="2")
        assert "Sind Sie damit einverstanden?" in desk.press(GUEST, "Einverstanden").text
        assert desk.find(GUEST) is None
        assert "Willkommen" in desk.press(GUEST, "Einverstanden").text

    def test_pressing_twice_joins_once(self, desk: Desk) -> None:
        code = invitation(desk)
        desk.open(GUEST, code)
        desk.press(GUEST, "Einverstanden")
        assert "Sie sind schon dabei" in desk.press(GUEST, "Einverstanden").text
        assert "Sie sind schon Mitglied" in desk.press(GUEST, "Nicht einverstanden").text
        assert desk.read(count_known) == [1, 1, 1, 0]
        assert left(desk, code) == 4

    @pytest.mark.parametrize(
        "typed",
        ["K7M2Q9X0", "k7m2q9x0", " K7M2 Q9X0 ", "/start K7M2Q9X0", "https://local.example/?start=K7M2Q9X0"],
    )
    def test_by_typing_the_code(self, desk: Desk, typed: str) -> None:
        invitation(desk)
        assert "Zum Mitmachen brauchen Sie eine Einladung" in desk.open(GUEST).text
        notice = desk.say(GUEST, typed)
        assert "Sind Sie damit einverstanden?" in notice.text
        assert len(notice.messages) == 1
        assert desk.read(count_known) == [0, 0, 0, 0]
        assert "Willkommen" in desk.press(GUEST, "Einverstanden").text

    def test_commands_are_no_codes(self, desk: Desk) -> None:
        desk.open(GUEST)
        assert "Hinweise zum Datenschutz lesen" in desk.say(GUEST, "Hilfe").text
        answer = desk.say(GUEST, "datenschutz").text
        assert "Einwilligung ist freiwillig" in answer
        assert "schreiben Sie hier den Code" in answer

    def test_leaving_it(self, desk: Desk) -> None:
        desk.open(GUEST)
        assert "Abgebrochen" in desk.say(GUEST, "abbrechen").text
        assert "Schreiben Sie mir dazu im direkten Chat /start" in desk.say(GUEST, "K7M2Q9X0").text

    @pytest.mark.parametrize("typed", ["Guten Tag, ich möchte mitmachen", "ABC", "<b>K7M2</b>", "🦊🦊🦊🦊"])
    def test_what_is_no_code(self, desk: Desk, typed: str) -> None:
        desk.open(GUEST)
        assert "Das ist kein Einladungscode." in desk.say(GUEST, typed).text
        assert "Das ist kein Einladungscode." in desk.say(GUEST, f"/start {typed}").text

    def test_a_code_nobody_made(self, desk: Desk) -> None:
        unknown = "Diesen Einladungscode gibt es nicht."
        opened = desk.open(GUEST, "ABCDEFGH").text
        assert unknown in opened
        assert "schreiben Sie hier den Code" in opened
        assert unknown in desk.say(GUEST, "ABCDEFGH").text
        assert "Sind Sie damit einverstanden?" in desk.say(GUEST, invitation(desk)).text

    def test_expired(self, desk: Desk) -> None:
        assert "abgelaufen" in desk.open(GUEST, invitation(desk, expires=NOON)).text

    def test_used_up(self, desk: Desk) -> None:
        code = invitation(desk, uses=1)
        desk.open(GUEST, code)
        desk.open("Neustadt", code)
        desk.press("Neustadt", "Einverstanden")
        assert "verbraucht" in desk.press(GUEST, "Einverstanden").text
        assert desk.find(GUEST) is None

    def test_revoked_between_notice_and_consent(self, desk: Desk) -> None:
        code = invitation(desk)
        desk.open(GUEST, code)
        found = desk.read(lambda db: people.find_invitation(db, code))
        assert found
        desk.read(lambda db: people.revoke_invitation(db, found.id))
        assert "widerrufen" in desk.press(GUEST, "Einverstanden").text
        assert desk.read(count_known) == [0, 0, 0, 0]

    def test_everybody_where_the_policy_is_open(self, desk: Desk) -> None:
        desk.policy = replace(desk.policy, join="open")
        desk.open(GUEST)
        assert "Ihre Rolle: Teilnahme." in desk.press(GUEST, "Einverstanden").text

    def test_a_wrong_code_where_the_policy_is_open(self, desk: Desk) -> None:
        desk.policy = replace(desk.policy, join="open")
        answer = desk.open(GUEST, "ABCDEFGH").text
        assert "Diesen Einladungscode gibt es nicht." in answer
        assert "auch ohne Einladung mitmachen" in answer
        assert "Sind Sie damit einverstanden?" in desk.say(GUEST, "/start").text

    def test_the_policy_may_close_between_notice_and_consent(self, desk: Desk) -> None:
        desk.policy = replace(desk.policy, join="open")
        desk.open(GUEST)
        desk.policy = replace(desk.policy, join="invite")
        assert "Dafür müssen Sie dem Programm beitreten" in desk.press(GUEST, "Einverstanden").text
        assert desk.find(GUEST) is None

    def test_where_the_rooms_hold_the_link(self, desk: Desk) -> None:
        desk.policy = replace(desk.policy, join="room")
        assert "Link, den ich in Ihren Gruppenraum geschrieben habe" in desk.open(GUEST).text

    def test_start_belongs_into_the_direct_chat(self, desk: Desk) -> None:
        assert "geht nur im direkten Chat" in desk.say(GUEST, "/start", room=ROOM).text

    def test_everything_else_needs_joining(self, desk: Desk) -> None:
        for text in ("/ich", "/themen", "/einladen", "was nun?"):
            assert "Dafür müssen Sie dem Programm beitreten" in desk.say(GUEST, text).text

    def test_in_english(self, desk: Desk) -> None:
        answer = desk.open(GUEST, invitation(desk), language="en")
        assert "Do you agree?" in answer.text
        assert "Willkommen" in desk.press(GUEST, "I agree").text

    @pytest.mark.parametrize(
        ("channel", "warning"),
        [(TELEGRAM, "nicht Ende-zu-Ende-verschlüsselt"), (MATRIX, "Reaktionen bleiben immer unverschlüsselt")],
    )
    def test_each_messenger_has_its_warning(self, desk: Desk, channel: str, warning: str) -> None:
        desk.messengers, desk.channel = messengers(channel), channel
        assert warning in desk.open(GUEST, invitation(desk)).text
        assert warning in desk.say(GUEST, "/datenschutz").text


class TestNamesOfNewcomers:
    def join(self, desk: Desk, name: str, account: str) -> str:
        desk.policy = replace(desk.policy, join="open")
        desk.open(account)
        pressed = desk.pressing(account, "Einverstanden")
        return desk.arrive(replace(pressed, sender=Sender(account, name))).text

    def test_a_name_that_is_taken_gets_a_number(self, desk: Desk) -> None:
        desk.member(GUEST)
        answer = self.join(desk, "musterstadt", "other")
        assert "Ich nenne Sie hier „musterstadt 2“." in answer
        assert "„musterstadt 3“" in self.join(desk, "musterstadt", "third")

    @pytest.mark.parametrize("name", ["?", "", "🦊🦊", "\u200b\u202e", "X"])
    def test_a_name_one_cannot_use(self, desk: Desk, name: str) -> None:
        assert "Ich nenne Sie hier „Neues Mitglied“." in self.join(desk, name, "other")

    def test_markup_in_a_name_is_shown_as_it_is(self, desk: Desk) -> None:
        assert "Willkommen bei Musterprogramm, <b>{ $name }</b>!" in self.join(desk, "<b>{ $name }</b>", "other")

    def test_a_very_long_name_is_cut(self, desk: Desk) -> None:
        self.join(desk, "Muster" * 40, "other")
        names = [member.name for member in desk.read(people.list_members)]
        assert [len(name) <= 60 for name in names] == [True]


class TestFurtherInvitations:
    def test_a_greeting_without_one(self, desk: Desk) -> None:
        desk.member(GUEST)
        answer = desk.open(GUEST)
        assert "Guten Tag, Musterstadt! Sie sind schon dabei." in answer.text
        assert answer.labels == ["Thema vorschlagen", "Themen ansehen", "Hilfe"]
        assert "Räume" not in desk.press(GUEST, "Hilfe").text

    def test_a_group_more(self, desk: Desk) -> None:
        desk.member(GUEST, group="Kohorte 1")
        code = invitation(desk, group="Kohorte 2")
        assert "Ihre Gruppen: Kohorte 1 und Kohorte 2." in desk.open(GUEST, code).text
        assert left(desk, code) == 4

    def test_a_higher_role(self, desk: Desk) -> None:
        desk.member(GUEST)
        code = invitation(desk, role=Role.COORDINATOR)
        assert "Ihre Rolle: Koordination." in desk.say(GUEST, f"/start {code}").text

    def test_a_lower_role_changes_nothing_and_keeps_its_use(self, desk: Desk) -> None:
        desk.member(GUEST, Role.COORDINATOR)
        code = invitation(desk, role=Role.PARTNER)
        assert "bringt nichts Neues" in desk.open(GUEST, code).text
        assert left(desk, code) == 5
        member = desk.find(GUEST)
        assert member
        assert member.role is Role.COORDINATOR

    def test_a_lower_role_with_a_group_gives_the_group_alone(self, desk: Desk) -> None:
        desk.member(GUEST, Role.COORDINATOR)
        answer = desk.open(GUEST, invitation(desk, role=Role.PARTNER, group="Kohorte 1"))
        assert "Ihre Rolle: Koordination. Ihre Gruppen: Kohorte 1." in answer.text

    def test_spent_and_unknown_ones_are_refused(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "verbraucht, abgelaufen oder widerrufen" in desk.open(GUEST, invitation(desk, uses=0)).text
        assert "Diesen Einladungscode gibt es nicht." in desk.open(GUEST, "ABCDEFGH").text


class TestOneself:
    def test_the_card(self, desk: Desk) -> None:
        desk.member(GUEST, group="Kohorte 1")
        card = desk.say(GUEST, "ich")
        assert card.text.splitlines() == [
            "Musterstadt", "Rolle: Teilnahme", "Gruppen: Kohorte 1", "Sprache: Deutsch", "Anrede: „Sie“",
            "Ruhezeit: keine",
        ]  # fmt: skip
        assert card.labels == ["Namen ändern", "Sprache ändern", "Anrede ändern", "Ruhezeit ändern"]

    def test_in_english_there_is_no_form_of_address(self, desk: Desk) -> None:
        desk.member(GUEST, language="en")
        card = desk.say(GUEST, "/me")
        assert card.labels == ["Change name", "Change language", "Change quiet hours"]
        assert "Groups: none" in card.text

    def test_a_sentence_that_begins_with_ich_is_none_of_it(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Das habe ich nicht verstanden." in desk.say(GUEST, "ich habe eine Frage").text

    def test_the_card_is_for_the_direct_chat(self, desk: Desk) -> None:
        desk.member("Koordination", Role.COORDINATOR)
        assert "geht nur im direkten Chat" in desk.say("Koordination", "/ich", room=ROOM).text

    def test_a_new_name(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Sie heißen hier jetzt „Neu & <b>stadt</b>“." in desk.say(GUEST, "/name  Neu &  <b>stadt</b>").text
        assert desk.find("Neu & <b>stadt</b>")

    def test_a_new_name_step_by_step(self, desk: Desk) -> None:
        desk.member(GUEST)
        desk.say(GUEST, "/ich")
        assert "Wie möchten Sie heißen?" in desk.press(GUEST, "Namen ändern").text
        assert "mindestens zwei Zeichen" in desk.say(GUEST, "X").text
        assert "Sie heißen hier jetzt „42“." in desk.say(GUEST, "42").text

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("🦊", "braucht Buchstaben oder Ziffern"),
            ("\u200b\u202e", "braucht Buchstaben oder Ziffern"),
            ("...", "braucht Buchstaben oder Ziffern"),
            ("X", "mindestens zwei Zeichen"),
            ("Muster" * 11, "66 Zeichen, möglich sind 60"),
            (
                "NEUSTADT",
                "So heißt schon ein anderes Mitglied. Ergänzen Sie zum Beispiel Ihren Ort: „NEUSTADT, Musterstadt“.",
            ),
        ],
    )
    def test_a_name_that_does_not_do(self, desk: Desk, name: str, why: str) -> None:
        desk.member(GUEST)
        desk.member("Neustadt")
        desk.say(GUEST, "/name")
        assert why in desk.say(GUEST, name).text
        assert desk.find(GUEST)

    def test_ones_own_name_in_other_letters(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Sie heißen hier jetzt „MUSTERSTADT“." in desk.say(GUEST, "/name MUSTERSTADT").text

    def test_the_form_of_address(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Wie soll ich Sie ansprechen?" in desk.say(GUEST, "/anrede").text
        assert "die Anrede ist jetzt: „Du“" in desk.press(GUEST, "„Du“").text
        assert "Wie soll ich dich ansprechen?" in desk.say(GUEST, "/anrede").text
        member = desk.find(GUEST)
        assert member
        assert member.form is Form.DU

    def test_a_form_nobody_knows(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Diese Anrede kenne ich nicht." in desk.say(GUEST, "/anrede Ihr").text

    def test_quiet_hours(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Wann soll ich Ihnen keine Erinnerungen schicken?" in desk.say(GUEST, "/ruhezeit").text
        assert "Diese Ruhezeit verstehe ich nicht." in desk.say(GUEST, "nachts").text
        assert "Von 20:00 bis 07:00 Uhr" in desk.say(GUEST, "20-7").text
        member = desk.find(GUEST)
        assert member
        assert member.quiet == QuietHours(time(20), time(7))
        assert "keine eigene Ruhezeit" in desk.say(GUEST, "/ruhezeit aus").text

    def test_one_messenger_is_no_choice(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "nur einen Messenger" in desk.say(GUEST, "/messenger").text
        assert "nur einen Messenger" in desk.say(GUEST, "/messenger matrix").text

    def test_several_messengers(self, desk: Desk) -> None:
        desk.messengers = messengers("local", "matrix")
        member = desk.member(GUEST)
        desk.read(lambda db: people.add_account(db, member.id, "matrix", "@m", MATRIX, "!m"))
        assert "Bevorzugter Messenger: Lokale Seite" in desk.say(GUEST, "/ich").text
        assert desk.press(GUEST, "Messenger ändern").labels == ["Lokale Seite", "Matrix"]
        assert "ab jetzt hier: Matrix" in desk.press(GUEST, "Matrix").text
        assert "Bevorzugter Messenger: Matrix" in desk.say(GUEST, "/ich").text
        assert "Möglich sind Lokale Seite und Matrix." in desk.say(GUEST, "/messenger Brieftaube").text


class TestLanguage:
    def test_ones_own(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert desk.say(GUEST, "/sprache").labels == ["Deutsch", "English"]
        assert "From now on I write to you in English." in desk.press(GUEST, "English").text
        assert "auf Deutsch" in desk.say(GUEST, "/language german").text

    def test_one_nobody_speaks(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Diese Sprache spreche ich noch nicht." in desk.say(GUEST, "/sprache Klingonisch").text


class TestPrivacy:
    def test_for_members_and_in_rooms(self, desk: Desk) -> None:
        desk.member(GUEST)
        assert "Einwilligung ist freiwillig" in desk.say(GUEST, "/datenschutz").text
        assert "Einwilligung ist freiwillig" in desk.say("Fremd", "/privacy", room=ROOM).text

    def test_whoever_left_is_not_written_to(self, desk: Desk) -> None:
        member = desk.member(GUEST)
        away = Address(desk.channel, f"@{GUEST}", private=True)
        desk.arrive(Left(id="l1", at=NOON, sender=Sender(GUEST, GUEST), address=away))
        assert [a.reachable for a in desk.read(lambda db: people.list_accounts(db, member.id))] == [False]

    def test_leaving_a_room_closes_no_direct_chat(self, desk: Desk) -> None:
        member = desk.member(GUEST)
        room = Address(desk.channel, f"@{GUEST}", private=False)
        desk.arrive(Left(id="l1", at=NOON, sender=Sender(GUEST, GUEST), address=room))
        assert [a.reachable for a in desk.read(lambda db: people.list_accounts(db, member.id))] == [True]
