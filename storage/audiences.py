"""Who belongs to an audience, as one query: the same that counts for a preview sends afterwards."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from domain.audiences import Audience, Part
from domain.people import Purpose
from storage import topics, votes
from storage.database import Transaction
from storage.people import accounts, members, memberships
from storage.rooms import rooms
from storage.subscriptions import has_left

Recipients = sa.Select[Any]
"""What :func:`recipients` chooses."""
Rule = Callable[[Any], sa.ColumnElement[bool]]
"""From what a part is about to a condition over ``members`` or ``rooms``."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which people and which rooms a part of this kind means."""

    people: Rule | None = None
    rooms: Rule | None = None


def _involved(topic: int) -> sa.ColumnElement[bool]:
    tables = (topics.supports, topics.contributions)
    return sa.or_(*(members.c.id.in_(sa.select(table.c.member).where(table.c.topic == topic)) for table in tables))


def _missing(vote: int) -> sa.ColumnElement[bool]:
    still = sa.select(votes.voters.c.member).where(votes.voters.c.vote == vote, ~votes.voters.c.voted)
    return members.c.id.in_(still)


KINDS: Mapping[str, Kind] = {
    "all": Kind(people=lambda _: sa.true()),
    "group": Kind(people=lambda group: members.c.id.in_(_members_of(group))),
    "role": Kind(people=lambda role: members.c.role == role),
    "topic": Kind(people=_involved),
    "not-voted": Kind(people=_missing),
    "rooms": Kind(rooms=lambda _: rooms.c.purpose == Purpose.PROGRAMME.value),
    "room": Kind(rooms=lambda room: rooms.c.id == room),
}
"""All kinds of parts. Whatever can be addressed otherwise, such as who comes to an event, adds its line here."""


def _members_of(group: int) -> sa.Select[tuple[int]]:
    return sa.select(memberships.c.member).where(memberships.c.group == group)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many an audience is: people that can be written to, by language, those that cannot, and those who left.

    ``kinds``: the people by the kind of messenger they are written to on.
    """

    people: int
    rooms: int
    unreachable: int
    left: int
    languages: Mapping[str, int]
    kinds: Mapping[str, int]


def recipients(audience: Audience, category: str, channels: Collection[str]) -> Recipients:
    """Each person of the audience who wants the category, with the account to write to; null where there is none.

    The preferred messenger comes first, then any other one of ``channels`` that is open.
    """
    usable = accounts.alias("usable")
    any_first = (
        sa.select(sa.func.min(usable.c.id))
        .where(usable.c.member == members.c.id, usable.c.reachable, usable.c.channel.in_(channels))
        .correlate(members)
    )
    preferred_first = any_first.where(usable.c.kind == members.c.preferred)
    first = sa.func.coalesce(preferred_first.scalar_subquery(), any_first.scalar_subquery())
    return (
        sa.select(
            members.c.id.label("member"),
            members.c.name,
            members.c.language,
            members.c.form,
            members.c.joined,
            members.c.quiet_from,
            members.c.quiet_until,
            accounts.c.kind,
            accounts.c.channel,
            accounts.c.chat,
        )
        .select_from(members)
        .outerjoin(accounts, accounts.c.id == first)
        .where(meant(audience), ~has_left(category))
    )


def rooms_of(audience: Audience, channels: Collection[str]) -> sa.Select[Any]:
    """Each connected room of the audience."""
    return sa.select(rooms.c.id.label("room"), rooms.c.language, rooms.c.channel, rooms.c.chat).where(
        rooms.c.connected, rooms.c.channel.in_(channels), _among(audience, lambda kind: kind.rooms)
    )


def meant(audience: Audience) -> sa.ColumnElement[bool]:
    """Whether a member, of a query over members, belongs to the audience."""
    return _among(audience, lambda kind: kind.people)


def _among(audience: Audience, of: Callable[[Kind], Rule | None]) -> sa.ColumnElement[bool]:
    inside = [rule(part.ref) for part, rule in _rules(audience.parts, of)]
    outside = [rule(part.ref) for part, rule in _rules(audience.but, of)]
    return sa.and_(sa.or_(sa.false(), *inside), *(sa.not_(condition) for condition in outside))


def _rules(parts: tuple[Part, ...], of: Callable[[Kind], Rule | None]) -> list[tuple[Part, Rule]]:
    return [(part, rule) for part in parts if (rule := of(KINDS[part.kind]))]


def count_reach(db: Transaction, audience: Audience, category: str, channels: Collection[str]) -> Reach:
    """How many people and rooms would be written to now."""
    found = recipients(audience, category, channels).subquery()
    number = sa.func.count().label("number")
    by_way = db.execute(sa.select(found.c.language, found.c.kind, number).group_by(found.c.language, found.c.kind))
    languages: dict[str, int] = {}
    kinds: dict[str, int] = {}
    unreachable = 0
    for language, kind, people in by_way:
        if kind is None:
            unreachable += people
        else:
            languages[language] = languages.get(language, 0) + people
            kinds[kind] = kinds.get(kind, 0) + people
    left = sa.select(sa.func.count()).select_from(members).where(meant(audience), has_left(category))
    places = sa.select(sa.func.count()).select_from(rooms_of(audience, channels).subquery())
    return Reach(
        sum(kinds.values()),
        db.execute(places).scalar_one(),
        unreachable,
        db.execute(left).scalar_one(),
        languages,
        kinds,
    )
