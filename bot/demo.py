"""Fills an empty database with the demonstration programme, as if it had been going on for weeks."""

from datetime import datetime, timedelta

from bot.units import unguessable
from config.programme import DemoProgramme, DemoTopic, DemoVote
from domain.ballots.choices import parse_choice
from domain.ballots.lots import draw_lots
from domain.people import Purpose, Role
from domain.topics import State, Way
from domain.votes import Draft, Option, key_from, may_ever_vote, reminder_time, rule_of
from storage import people, rooms, topics, votes
from storage.database import Transaction

CHANNEL = "local"
CLOSE_HOUR = 16
"""In UTC: late in the afternoon where the programme is."""
SEED_LETTERS, KEY_LETTERS = 12, 52


def seed(db: Transaction, programme: DemoProgramme, now: datetime, language: str, consent: str) -> bool:
    """Put the programme into the database; False when somebody is in there already."""
    if people.list_members(db):
        return False
    group = people.add_group(db, programme.room.group)
    members: dict[str, int] = {}
    for person in programme.people:
        role = Role[person.role.upper()]
        if role is not Role.GUEST:
            member = people.add_member(db, person.name, role, person.language, now)
            people.add_account(db, member.id, CHANNEL, person.id, CHANNEL, person.id)
            people.add_consent(db, member.id, consent, CHANNEL, now)
            people.join_group(db, group.id, member.id)
            members[person.id] = member.id
    rooms.connect_room(db, CHANNEL, programme.room.id, programme.room.name, language, Purpose.PROGRAMME, group.id)
    numbers = [_add_topic(db, topic, members, now) for topic in programme.topics]
    _merge(db, programme.topics, numbers, now)
    for vote in programme.votes:
        _add_vote(db, vote, numbers, members, now)
    return True


def _add_topic(db: Transaction, topic: DemoTopic, members: dict[str, int], now: datetime) -> int:
    author = members[topic.author]
    proposed = now - timedelta(days=topic.age)
    added = topics.add_topic(
        db, topic.question, topic.background, author, State.PROPOSED, proposed, anonymous=topic.anonymous
    )
    for name in dict.fromkeys((topic.author, *topic.supporters)):
        topics.add_support(db, added.id, members[name])
    for name, way in topic.contributors.items():
        topics.set_contribution(db, added.id, members[name], Way(way))
    for comment in topic.comments:
        at = now - timedelta(days=comment.age)
        topics.add_comment(db, added.id, members[comment.by], comment.text, at, CHANNEL, "", "")
    for step in topic.states:
        topics.move_topic(db, topics.get_topic(db, added.id), State(step.state), now - timedelta(days=step.age))
    return added.id


def _merge(db: Transaction, told: tuple[DemoTopic, ...], numbers: list[int], now: datetime) -> None:
    for topic, number in zip(told, numbers, strict=True):
        if topic.merged_into:
            target = numbers[topic.merged_into - 1]
            topics.carry_over(db, number, target)
            topics.move_topic(db, topics.get_topic(db, number), State.MERGED, now, merged_into=target)


def _add_vote(db: Transaction, told: DemoVote, numbers: list[int], members: dict[str, int], now: datetime) -> None:
    """An open vote with some votes in it; its topics are on the ballot already."""
    asked = [topics.get_topic(db, numbers[place - 1]) for place in told.topics]
    seed_word = unguessable(SEED_LETTERS)
    draft = Draft(
        question=told.question,
        options=tuple(Option(place, topic.question, topic.id) for place, topic in enumerate(asked, 1)),
        method="approval",
        closes=(now + timedelta(days=told.days)).replace(hour=CLOSE_HOUR, minute=0, second=0, microsecond=0),
        seats=told.seats,
        proportional=told.seats > 1,
        seed=seed_word,
        lots=draw_lots(seed_word, len(asked)),
    )
    started = now - timedelta(days=told.age)
    entitled = [member.id for member in people.list_members(db) if may_ever_vote(draft, member.role)]
    number = votes.add_vote(db, draft, members[told.by]).id
    remind = reminder_time(started, draft.closes)
    votes.start(db, number, entitled, key_from(unguessable(KEY_LETTERS)), started, remind)
    vote = votes.get_vote(db, number)
    for name, choice in told.cast.items():
        votes.cast(db, vote, members[name], parse_choice(choice, rule_of(draft)).text())
