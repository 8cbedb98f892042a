"""Members, accounts, groups, invitations and consents."""

import threading
from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from domain.hours import QuietHours
from domain.people import Form, Group, Member, Role
from domain.refusal import Refused
from domain.topics import Way
from storage import audit, people, topics
from storage.database import Conflict, Database, Transaction
from tests.storage.samples import LATER, NOW, member, topic


def account(db: Transaction, person: Member, kind: str = "telegram", user: str = "7", chat: str = "c7") -> None:
    people.add_account(db, person.id, kind, user, kind, chat)


def test_a_person_is_known_by_every_account(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        account(db, person)
        account(db, person, "matrix", "@m:local", "")
        member(db, "Anderswo")
        by_telegram = people.find_known(db, "telegram", "7")
        by_matrix = people.find_known(db, "matrix", "@m:local")
        assert by_telegram is not None
        assert by_matrix is not None
        assert by_telegram.member == by_matrix.member == person
        assert (by_telegram.account.chat, by_telegram.account.reachable) == ("c7", True)
        assert (by_matrix.account.chat, by_matrix.account.reachable) == ("", False)
        assert by_telegram.account.member == person.id
        assert people.find_known(db, "matrix", "7") is None


def test_a_person_is_known_by_their_direct_chat(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        account(db, person)
        found = people.find_in_chat(db, "telegram", "c7")
        assert found is not None
        assert found.member == person
        assert people.find_in_chat(db, "matrix", "c7") is None
        assert people.find_in_chat(db, "telegram", "c8") is None


def test_an_account_without_a_chat_is_in_no_chat(database: Database) -> None:
    with database.begin() as db:
        account(db, member(db), chat="")
        assert people.find_in_chat(db, "telegram", "") is None


def test_an_account_belongs_to_one_person(database: Database) -> None:
    with database.begin() as db:
        account(db, member(db))
    with pytest.raises(Conflict), database.begin() as db:
        account(db, member(db, "Anderswo"))
    with database.read() as db:
        assert [person.name for person in people.list_members(db)] == ["Musterstadt"]


def test_joining_twice_at_once_makes_one_person(postgres: Database) -> None:
    meeting = threading.Barrier(2, timeout=10)
    ends: list[str] = []

    def join() -> None:
        try:
            with postgres.begin() as db:
                person = member(db)
                meeting.wait()
                account(db, person)
            ends.append("joined")
        except Conflict:
            ends.append("again")

    threads = [threading.Thread(target=join) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["again", "joined"]
    with postgres.read() as db:
        assert len(people.list_members(db)) == 1


def test_members_are_found_by_number_and_by_name(database: Database) -> None:
    with database.begin() as db:
        person = member(db, "Übach-Straße")
        assert people.find_member(db, person.id) == person
        assert people.find_member(db, person.id + 1) is None
        assert people.get_member(db, "übach-strasse") == person
        with pytest.raises(Refused) as caught:
            people.get_member(db, "Nirgends")
        assert (caught.value.key, caught.value.values) == ("people-unknown", {"name": "Nirgends"})
        member(db, "ÜBACH-STRASSE")
        with pytest.raises(Refused) as caught:
            people.get_member(db, "übach-strasse")
        assert caught.value.key == "people-ambiguous"


def test_members_are_listed_by_name_role_and_group(database: Database) -> None:
    with database.begin() as db:
        for name, role in (("c", Role.ADMIN), ("B", Role.PARTNER), ("a", Role.PARTICIPANT), ("gast", Role.GUEST)):
            person = member(db, name, role)
            if name in ("c", "B"):
                people.join_group(db, people.add_group(db, "Nord").id, person.id)
        group = people.get_group(db, "Nord")
        assert [person.name for person in people.list_members(db)] == ["a", "B", "c"]
        assert [person.name for person in people.list_members(db, role=Role.COORDINATOR)] == ["c"]
        assert [person.name for person in people.list_members(db, group=group.id)] == ["B", "c"]
        assert people.list_members(db, role=Role.COORDINATOR, group=group.id + 1) == []


def test_members_change_their_settings(database: Database) -> None:
    with database.begin() as db:
        person, other = member(db), member(db, "Anderswo")
        people.change_member(
            db, person.id, name="Neustadt", role=Role.ADMIN, language="en", form=Form.DU, preferred="matrix"
        )
        assert people.find_member(db, person.id) == Member(person.id, "Neustadt", Role.ADMIN, "en", Form.DU, "matrix")
        assert people.find_member(db, other.id) == other


def test_members_have_quiet_hours_or_none(database: Database) -> None:
    quiet = QuietHours(time(20, 30), time(7))
    with database.begin() as db:
        person, other = member(db), member(db, "Anderswo")
        account(db, person)
        people.set_quiet(db, person.id, quiet)
        known = people.find_known(db, "telegram", "7")
        assert known is not None
        assert known.member == people.find_member(db, person.id) == replace(person, quiet=quiet)
        assert people.find_member(db, other.id) == replace(other, quiet=None)
        people.set_quiet(db, person.id, None)
        assert people.find_member(db, person.id) == person


def test_who_leaves_takes_along_what_is_theirs_and_leaves_the_rest(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        account(db, person)
        people.join_group(db, people.add_group(db, "Nord").id, person.id)
        people.add_consent(db, person.id, "1", "telegram", NOW)
        people.add_invitation(db, "CODE", Role.PARTICIPANT, None, 1, LATER, person.id)
        about = topic(db, person)
        topics.add_support(db, about.id, person.id)
        topics.set_contribution(db, about.id, person.id, Way.INPUT)
        topics.add_comment(db, about.id, person.id, "Gern", NOW, "local", "c", "1")
        audit.add_entry(db, NOW, person.id, "rooms.connect", [1])
        people.remove_member(db, person.id)
        assert people.find_member(db, person.id) is None
        assert people.find_known(db, "telegram", "7") is None
        for table in (people.accounts, people.memberships, people.consents, topics.supports, topics.contributions):
            assert db.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
        assert topics.get_topic(db, about.id).author is None
        assert [comment.name for comment in topics.list_comments(db, about.id, 0, 5)] == [""]
        assert [entry.actor for entry in audit.list_entries(db, 0, 5)] == [None]
        assert people.find_invitation(db, "CODE") is not None


def test_a_direct_chat_opens_closes_and_moves(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        account(db, person, chat="")
        (closed,) = people.list_accounts(db, person.id)
        people.note_direct_chat(db, closed.id, "telegram", "c9")
        (opened,) = people.list_accounts(db, person.id)
        assert (opened.chat, opened.reachable) == ("c9", True)
        people.note_unreachable(db, "telegram", "c9")
        (gone,) = people.list_accounts(db, person.id)
        assert (gone.chat, gone.reachable) == ("c9", False)


def test_reachable_accounts_come_first(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        account(db, person, "matrix", "@m:local", "")
        account(db, person)
        account(db, member(db, "Anderswo"), user="8", chat="c8")
        assert [(found.kind, found.reachable) for found in people.list_accounts(db, person.id)] == [
            ("telegram", True),
            ("matrix", False),
        ]


def test_consents_are_recorded(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        people.add_consent(db, person.id, "2", "matrix", NOW)
        (row,) = db.execute(sa.select(people.consents)).all()
        assert (row.member, row.version, row.kind, row.at) == (person.id, "2", "matrix", NOW)


def test_a_group_of_a_name_exists_once(database: Database) -> None:
    with database.begin() as db:
        group = people.add_group(db, "Jahrgang Süd")
        assert people.add_group(db, "jahrgang SÜD") == group == Group(group.id, "Jahrgang Süd")
        assert people.find_group(db, "JAHRGANG SÜD") == group
        assert people.get_group(db, "Jahrgang Süd") == group
        assert people.find_group_by_id(db, group.id) == group
        assert people.find_group(db, "Nord") is None
        assert people.find_group_by_id(db, group.id + 1) is None
        with pytest.raises(Refused, match="people-no-group"):
            people.get_group(db, "Nord")


def test_joining_and_leaving_groups(database: Database) -> None:
    with database.begin() as db:
        person, other = member(db), member(db, "Anderswo")
        south, north = people.add_group(db, "Süd"), people.add_group(db, "Nord")
        for group in (south, north, north):
            people.join_group(db, group.id, person.id)
        people.join_group(db, north.id, other.id)
        assert people.list_groups(db) == [(north, 2), (south, 1)]
        assert people.list_groups_of(db, person.id) == [north, south]
        assert people.leave_group(db, north.id, person.id)
        assert not people.leave_group(db, north.id, person.id)
        assert people.list_groups_of(db, person.id) == [south]
        assert people.list_groups(db) == [(north, 1), (south, 1)]


def invite(db: Transaction, code: str = "ABCD", uses: int = 1, expires_in: timedelta = timedelta(days=1)) -> int:
    people.add_invitation(db, code, Role.PARTICIPANT, None, uses, NOW + expires_in, None)
    return people.get_invitation(db, code, NOW).id


def test_an_invitation_lets_in_so_many(database: Database) -> None:
    with database.begin() as db:
        invitation = invite(db, uses=2)
        assert people.use_invitation(db, invitation)
        assert people.get_invitation(db, "abcd", NOW).left == 1
        assert people.use_invitation(db, invitation)
        assert not people.use_invitation(db, invitation)
        with pytest.raises(Refused, match="people-invitation-spent"):
            people.get_invitation(db, "ABCD", NOW)


def test_an_invitation_expires_or_is_revoked(database: Database) -> None:
    with database.begin() as db:
        invite(db)
        revoked = invite(db, "EFGH")
        people.revoke_invitation(db, revoked)
        with pytest.raises(Refused, match="people-invitation-spent"):
            people.get_invitation(db, "ABCD", NOW + timedelta(days=1))
        with pytest.raises(Refused, match="people-invitation-spent"):
            people.get_invitation(db, "EFGH", NOW)
        with pytest.raises(Refused, match="people-invitation-unknown"):
            people.get_invitation(db, "IJKL", NOW)
        assert people.find_invitation(db, "IJKL") is None


def test_open_invitations_by_expiry(database: Database) -> None:
    with database.begin() as db:
        invite(db, "LATER", expires_in=timedelta(days=2))
        invite(db, "SOON")
        people.use_invitation(db, invite(db, "USED"))
        group = people.add_group(db, "Nord")
        people.add_invitation(db, "OVER", Role.ADMIN, group.id, 1, NOW, None)
        assert [found.code for found in people.list_invitations(db, NOW)] == ["SOON", "LATER"]
        over = people.find_invitation(db, "OVER")
        assert over is not None
        assert (over.role, over.group, over.expires, over.revoked) == (Role.ADMIN, group.id, NOW, False)


def test_the_last_use_goes_to_one_of_two(postgres: Database) -> None:
    with postgres.begin() as db:
        invitation = invite(db)
    used: list[bool] = []

    def use() -> None:
        with postgres.begin() as db:
            used.append(people.use_invitation(db, invitation))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(used) == [False, False, False, True]
