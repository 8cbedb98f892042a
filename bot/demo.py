"""Fills an empty database with the demonstration programme, as if it had been going on for weeks."""

from datetime import datetime, timedelta

from config.programme import DemoProgramme, DemoTopic
from domain.people import Purpose, Role
from domain.topics import State, Way
from storage import people, rooms, topics
from storage.database import Transaction

CHANNEL = "local"


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
