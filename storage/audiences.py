"""Who belongs to an audience, as one query: the same that counts for a preview sends afterwards."""

from collections.abc import Callable, Mapping
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

Recipients = sa.CompoundSelect[Any]
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
class Ways:
    """By which channels people can be written to: those that are ``running``, and by which of these we begin a chat."""

    running: tuple[str, ...]
    opening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How many an audience is: people that can be written to, by language, those that cannot, and those who left.

    ``kinds``: the people by the kind of messenger they are written to on. ``opening``: with so many of them we begin a
    direct chat.
    """

    people: int
    rooms: int
    unreachable: int
    left: int
    languages: Mapping[str, int]
    kinds: Mapping[str, int]
    opening: int = 0


_READER = (
    members.c.id.label("member"),
    *(members.c[name] for name in ("name", "language", "form", "joined", "quiet_from", "quiet_until")),
)


def recipients(audience: Audience, category: str, ways: Ways, *where: sa.ColumnElement[bool]) -> Recipients:
    """Each person of the audience who wants the category, with the account to write to; null where there is none.

    The preferred messenger comes first, then any other one that is open, then one by which we begin a chat, which is
    addressed by the person's id (``opens``). ``where`` are further conditions on members.
    """
    # Neither database, before it knows the tables, finds a good way for one join that keeps people without an account.
    wanted = (meant(audience), ~has_left(category), *where)
    usable = accounts.c.channel.in_(ways.running), sa.or_(accounts.c.reachable, _unopened(ways))
    order = (~accounts.c.reachable, accounts.c.kind != members.c.preferred, accounts.c.id)
    rank = sa.func.row_number().over(partition_by=accounts.c.member, order_by=order)
    chat = sa.case((accounts.c.reachable, accounts.c.chat), else_=accounts.c.user).label("chat")
    opens = (~accounts.c.reachable).label("opens")
    ranked = (
        sa.select(*_READER, accounts.c.kind, accounts.c.channel, chat, opens, rank.label("place"))
        .join(members, members.c.id == accounts.c.member)
        .where(*usable, *wanted)
        .subquery("ranked")
    )
    reached = sa.select(*(column for column in ranked.c if column.name != "place")).where(ranked.c.place == 1)
    nowhere = (sa.cast(sa.null(), sa.Text).label(name) for name in ("kind", "channel", "chat"))
    closed = ~sa.exists().where(accounts.c.member == members.c.id, *usable)
    return sa.union_all(reached, sa.select(*_READER, *nowhere, sa.false().label("opens")).where(closed, *wanted))


def _unopened(ways: Ways) -> sa.ColumnElement[bool]:
    """Whether an account waits for us to begin the chat; one that was closed does not."""
    return sa.and_(accounts.c.chat == "", accounts.c.channel.in_(ways.opening)) if ways.opening else sa.false()


def rooms_of(audience: Audience, ways: Ways) -> sa.Select[Any]:
    """Each connected room of the audience."""
    return sa.select(rooms.c.id.label("room"), rooms.c.language, rooms.c.channel, rooms.c.chat).where(
        rooms.c.connected, rooms.c.channel.in_(ways.running), _among(audience, lambda kind: kind.rooms)
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


def count_reach(db: Transaction, audience: Audience, category: str, ways: Ways) -> Reach:
    """How many people and rooms would be written to now."""
    found = recipients(audience, category, ways).subquery()
    number = sa.func.count().label("number")
    how = (found.c.language, found.c.kind, found.c.opens)
    languages: dict[str, int] = {}
    kinds: dict[str, int] = {}
    unreachable = opening = 0
    for language, kind, opens, people in db.execute(sa.select(*how, number).group_by(*how)):
        if kind is None:
            unreachable += people
        else:
            languages[language] = languages.get(language, 0) + people
            kinds[kind] = kinds.get(kind, 0) + people
            opening += people if opens else 0
    left = sa.select(sa.func.count()).select_from(members).where(meant(audience), has_left(category))
    places = sa.select(sa.func.count()).select_from(rooms_of(audience, ways).subquery())
    return Reach(
        sum(kinds.values()),
        db.execute(places).scalar_one(),
        unreachable,
        db.execute(left).scalar_one(),
        languages,
        kinds,
        opening,
    )
