"""Who belongs to an audience, and where each of them is written to."""

from typing import Any

import pytest
import sqlalchemy as sa

from domain.audiences import Audience, Part, audience_from_json, audience_to_json
from domain.people import Member, Purpose, Role
from domain.topics import Way
from handlers.audiences import NAMINGS
from storage import audiences, people, rooms, subscriptions, topics, votes
from storage.audiences import KINDS, Ways
from storage.database import Database, Transaction
from tests.storage.samples import NOW, member, topic
from tests.storage.test_votes import started

CHANNELS = Ways(("local", "telegram"))


def reached(db: Transaction, audience: Audience, category: str = "news") -> dict[str, str | None]:
    """Name and chat of everybody in the audience."""
    found = audiences.recipients(audience, category, CHANNELS).subquery()
    return {row.name: row.chat for row in db.execute(sa.select(found.c.name, found.c.chat))}


def seated(db: Transaction, name: str, role: Role = Role.PARTICIPANT, *, channel: str = "local") -> Member:
    added = member(db, name, role)
    people.add_account(db, added.id, channel, name, channel, f"@{name}")
    return added


def only(*parts: Part, but: tuple[Part, ...] = ()) -> Audience:
    return Audience(parts, but)


def test_every_rule_has_words() -> None:
    assert KINDS.keys() == NAMINGS.keys()


def test_an_audience_survives_being_stored() -> None:
    audience = Audience((Part("group", 3), Part("role", "partner"))).without_part(Part("topic", 7))
    assert audience_from_json(audience_to_json(audience)) == audience


def test_a_part_is_either_in_or_out() -> None:
    group = Part("group", 3)
    assert Audience().without_part(group).with_part(group) == Audience((Part("all"), group))
    assert Audience().with_part(group).with_part(group).parts.count(group) == 1


def test_parts_add_up_and_exceptions_go(database: Database) -> None:
    with database.begin() as db:
        one, two, three = (seated(db, name) for name in ("Musterstadt", "Musterdorf", "Neustadt"))
        seated(db, "Verein", Role.PARTNER)
        cohort = people.add_group(db, "Kohorte 1").id
        for inside in (one, two):
            people.join_group(db, cohort, inside.id)
        asked = topic(db, one).id
        topics.add_support(db, asked, two.id)
        topics.set_contribution(db, asked, three.id, Way.INPUT)
        assert len(reached(db, Audience())) == 4
        assert reached(db, only(Part("group", cohort))).keys() == {"Musterstadt", "Musterdorf"}
        assert reached(db, only(Part("topic", asked))).keys() == {"Musterdorf", "Neustadt"}
        assert reached(db, only(Part("role", "partner"), Part("group", cohort))).keys() == {
            "Verein",
            "Musterstadt",
            "Musterdorf",
        }
        assert reached(db, only(Part("all"), but=(Part("group", cohort),))).keys() == {"Neustadt", "Verein"}
        assert reached(db, only(Part("rooms"))) == {}
        assert reached(db, only()) == {}


def test_whoever_has_not_voted_can_be_reached(database: Database) -> None:
    with database.begin() as db:
        one, two, _ = (seated(db, name) for name in ("Musterstadt", "Musterdorf", "Neustadt"))
        vote = started(db, [one.id, two.id])
        missing = only(Part("not-voted", vote.id))
        assert reached(db, missing).keys() == {"Musterstadt", "Musterdorf"}
        db.execute(sa.update(votes.voters).where(votes.voters.c.member == one.id).values(voted=True))
        assert reached(db, missing).keys() == {"Musterdorf"}


def test_the_preferred_messenger_comes_first_then_any_open_one(database: Database) -> None:
    with database.begin() as db:
        one = seated(db, "Musterstadt")
        people.add_account(db, one.id, "telegram", "t1", "telegram", "t-chat")
        people.add_account(db, one.id, "matrix", "m1", "matrix", "m-chat")
        assert reached(db, Audience()) == {"Musterstadt": "@Musterstadt"}
        people.change_member(db, one.id, preferred="telegram")
        assert reached(db, Audience()) == {"Musterstadt": "t-chat"}
        people.note_unreachable(db, "telegram", "t-chat")
        assert reached(db, Audience()) == {"Musterstadt": "@Musterstadt"}
        people.note_unreachable(db, "local", "@Musterstadt")
        # The third one is open, but its channel is not running.
        assert reached(db, Audience()) == {"Musterstadt": None}


def test_where_no_chat_is_open_we_begin_one_if_the_messenger_lets_us(database: Database) -> None:
    ways = Ways(("local", "matrix"), opening=("matrix",))
    with database.begin() as db:
        for name, chats in {
            "Musterstadt": {"matrix": ""},
            "Musterdorf": {"matrix": "", "local": "open"},
            "Neustadt": {"telegram": ""},
            "Verein": {"local": ""},
        }.items():
            added = member(db, name)
            for channel, chat in chats.items():
                people.add_account(db, added.id, channel, f"@{name}", channel, chat)
        people.change_member(db, 2, preferred="matrix")
        gone = member(db, "Altstadt")
        people.add_account(db, gone.id, "matrix", "@Altstadt", "matrix", "room")
        people.note_unreachable(db, "matrix", "room")
        found = audiences.recipients(Audience(), "news", ways).subquery()
        rows = db.execute(sa.select(found.c.name, found.c.channel, found.c.chat, found.c.opens))
        assert {(name, channel, chat) for name, channel, chat, opens in rows if not opens} == {
            ("Musterdorf", "local", "open"),
            ("Neustadt", None, None),
            ("Verein", None, None),
            ("Altstadt", None, None),
        }
        reach = audiences.count_reach(db, Audience(), "news", ways)
        assert (reach.people, reach.opening, reach.unreachable) == (2, 1, 3)
        assert reach.kinds == {"local": 1, "matrix": 1}
        assert audiences.count_reach(db, Audience(), "news", Ways(ways.running)).people == 1


@pytest.mark.parametrize(("left", "gets"), [("news", {"events"}), (subscriptions.EVERYTHING, set())])
def test_who_left_is_not_reached_and_is_counted(database: Database, left: str, gets: set[str]) -> None:
    with database.begin() as db:
        one = seated(db, "Musterstadt")
        seated(db, "Musterdorf")
        assert subscriptions.leave(db, one.id, left)
        assert not subscriptions.leave(db, one.id, left)
        for category in ("news", "events"):
            assert ("Musterstadt" in reached(db, Audience(), category)) == (category in gets)
        found = audiences.count_reach(db, Audience(), "news", CHANNELS)
        assert (found.people, found.left) == (1, 1)
        assert subscriptions.rejoin(db, one.id, left)
        assert not subscriptions.rejoin(db, one.id, left)
        assert audiences.count_reach(db, Audience(), "news", CHANNELS).people == 2


def test_the_numbers_of_the_preview(database: Database) -> None:
    with database.begin() as db:
        seated(db, "Musterstadt")
        english = seated(db, "Newtown", channel="telegram")
        people.change_member(db, english.id, language="en")
        member(db, "Neustadt")
        for chat, purpose in (("rathaus", Purpose.PROGRAMME), ("büro", Purpose.COORDINATION)):
            rooms.connect_room(db, "local", chat, chat, "de", purpose, None)
        gone = rooms.connect_room(db, "local", "alt", "alt", "de", Purpose.PROGRAMME, None)
        rooms.disconnect_room(db, "local", "alt")
        found = audiences.count_reach(db, only(Part("all"), Part("rooms")), "news", CHANNELS)
        assert (found.people, found.rooms, found.unreachable) == (2, 1, 1)
        assert found.languages == {"de": 1, "en": 1}
        assert found.kinds == {"local": 1, "telegram": 1}
        assert audiences.count_reach(db, only(Part("room", gone.id)), "news", CHANNELS).rooms == 0


def test_everybody_counted_is_sent_to(database: Database) -> None:
    with database.begin() as db:
        for number in range(20):
            seated(db, f"Ort {number}")
        chosen: Any = audiences.recipients(Audience(), "news", CHANNELS)
        assert len(db.execute(chosen).all()) == audiences.count_reach(db, Audience(), "news", CHANNELS).people
        assert all(row.joined == NOW for row in db.execute(chosen))
