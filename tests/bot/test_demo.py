"""The demonstration programme in the database: complete, once, and never among real people."""

from datetime import timedelta

import sqlalchemy as sa

from bot.demo import CHANNEL, seed
from config.programme import load_demo
from domain.people import Purpose, Role
from domain.topics import State
from storage import people, rooms, topics, votes
from storage.database import Database
from tests.bot.house import NOW

PROGRAMME = load_demo()


def planted(database: Database) -> bool:
    with database.begin() as db:
        return seed(db, PROGRAMME, NOW, "de", "2026-11")


def test_it_is_planted_once(database: Database) -> None:
    assert planted(database)
    assert not planted(database)
    with database.read() as db:
        counted = db.execute(sa.select(sa.func.count()).select_from(topics.topics)).scalar_one()
    assert counted == len(PROGRAMME.topics)


def test_it_never_comes_among_real_people(database: Database) -> None:
    with database.begin() as db:
        people.add_member(db, "Musterstadt", Role.ADMIN, "de", NOW)
    assert not planted(database)
    with database.read() as db:
        assert len(people.list_members(db)) == 1


def test_everybody_but_the_newcomer_belongs_and_can_be_written_to(database: Database) -> None:
    planted(database)
    with database.read() as db:
        for person in PROGRAMME.people:
            known = people.find_known(db, "local", person.id)
            if person.role == "guest":
                assert known is None
                continue
            assert known is not None
            assert known.member.role is Role[person.role.upper()]
            assert (known.account.channel, known.account.chat, known.account.reachable) == (CHANNEL, person.id, True)
            assert [group.name for group in people.list_groups_of(db, known.member.id)] == [PROGRAMME.room.group]
        room = rooms.find_room(db, CHANNEL, PROGRAMME.room.id)
        assert room is not None
        assert room.purpose is Purpose.PROGRAMME


def test_topics_are_as_told(database: Database) -> None:
    planted(database)
    with database.read() as db:
        found = {topic.question: topic for topic in topics.list_topics(db)}
        for number, told in enumerate(PROGRAMME.topics, 1):
            topic = found[told.question]
            support = topics.count_support(db, topic.id)
            steps = topics.list_steps(db, topic.id)
            assert topic.id == number, "the opening conversation names them by number"
            assert topic.anonymous == told.anonymous
            assert topic.proposed == NOW - timedelta(days=told.age)
            assert topic.merged_into == (told.merged_into or None)
            assert [step.at for step in steps] == sorted(step.at for step in steps)
            expected = State.MERGED if told.merged_into else State(told.states[-1].state if told.states else "proposed")
            assert topic.state is expected
            if not told.merged_into and not any(number == other.merged_into for other in PROGRAMME.topics):
                assert support.supporters == len({told.author, *told.supporters})
                assert support.comments == len(told.comments)
                assert support.contributors == len(told.contributors)


def test_who_supported_what_was_merged_supports_what_it_became(database: Database) -> None:
    planted(database)
    with database.read() as db:
        for told in PROGRAMME.topics:
            if told.merged_into:
                target = PROGRAMME.topics[told.merged_into - 1]
                together = {told.author, *told.supporters, target.author, *target.supporters}
                assert topics.count_support(db, told.merged_into).supporters == len(together)


def test_a_vote_is_open_and_some_have_voted(database: Database) -> None:
    planted(database)
    with database.read() as db:
        (vote,) = votes.list_votes(db)
        (told,) = PROGRAMME.votes
        assert vote.open
        assert NOW < vote.closes < NOW + timedelta(days=told.days + 1)
        turnout = votes.count_turnout(db, vote.id)
        assert (turnout.voted, turnout.entitled) == (len(told.cast), 5)
        for option in vote.draft.options:
            assert option.topic is not None
            assert topics.get_topic(db, option.topic).state is State.ON_BALLOT
