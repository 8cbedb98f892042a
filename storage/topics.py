"""Topics with their supporters, contributors, comments and the steps they went through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.people import Member, Role
from domain.refusal import Refused
from domain.topics import HIDDEN, MOVES, State, Support, Topic, Way
from storage.database import LARGEST_ID, Moment, Transaction, both, metadata, unless_there
from storage.declared import IDENTITY, TRACE, WRITTEN, member_link, one_of, personal, plain
from storage.people import members
from storage.prepared import Prepared


def _topic_link(**kwargs: Any) -> sa.Column[Any]:
    return plain("topic", sa.Integer, sa.ForeignKey("topics.id", ondelete="CASCADE"), **kwargs)


topics = sa.Table(
    "topics",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    personal("question", WRITTEN, sa.Text),
    personal("background", WRITTEN, sa.Text),
    member_link("author", ondelete="SET NULL", nullable=True, index=True),
    plain("anonymous", sa.Boolean),
    plain("state", sa.Text, index=True),
    plain("merged_into", sa.Integer, sa.ForeignKey("topics.id", ondelete="SET NULL"), nullable=True, index=True),
    personal("proposed", TRACE, Moment),
    one_of("state", State),
    sa.CheckConstraint("question <> ''", name="question"),
    sa.CheckConstraint("merged_into <> id", name="not_into_itself"),
    sa.CheckConstraint("merged_into IS NULL OR state = 'merged'", name="merged"),
    sqlite_autoincrement=True,
)

supports = sa.Table(
    "topic_supports", metadata, _topic_link(primary_key=True), member_link(primary_key=True, index=True)
)

contributions = sa.Table(
    "topic_contributions",
    metadata,
    _topic_link(primary_key=True),
    member_link(primary_key=True, index=True),
    personal("way", WRITTEN, sa.Text),
    one_of("way", Way),
)

comments = sa.Table(
    "topic_comments",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    _topic_link(index=True),
    member_link(ondelete="SET NULL", nullable=True, index=True),
    personal("text", WRITTEN, sa.Text),
    personal("at", TRACE, Moment),
    plain("channel", sa.Text),
    personal("chat", IDENTITY, sa.Text),
    plain("message", sa.Text),
    sa.CheckConstraint("text <> ''", name="text"),
    sa.Index("ix_topic_comments_message", "channel", "chat", "message"),
    sqlite_autoincrement=True,
)

steps = sa.Table(
    "topic_steps",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    _topic_link(index=True),
    plain("state", sa.Text),
    plain("at", Moment),
    one_of("state", State),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a topic; ``name`` is empty when they left."""

    id: int
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who can contribute, and how."""

    member: int
    name: str
    way: Way


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a card says: the topic, who proposed it (empty when they left), and how it is carried.

    ``supported``: by the reader it was asked for.
    """

    topic: Topic
    author: str
    support: Support
    supported: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A state a topic reached, and when."""

    state: State
    at: datetime


_ONE = sa.select(topics).where(topics.c.id == sa.bindparam("topic"))
_BY_ID = Prepared(_ONE)
# PostgreSQL: who changes a topic, or what hangs on it, goes one after the other, so that a merge carries everybody
# over and the numbers on a card are those of the last press. Written to be compatible with references to the topic.
_HELD = Prepared(_ONE.with_for_update(key_share=True))
_COUNTS = tuple(
    sa.select(sa.func.count()).where(table.c.topic == sa.bindparam("topic")).scalar_subquery().label(name)
    for name, table in (("supporters", supports), ("contributors", contributions), ("comments", comments))
)
_SUPPORT = sa.select(*_COUNTS)
_SUPPORTED = sa.exists().where(supports.c.topic == sa.bindparam("topic"), supports.c.member == sa.bindparam("reader"))
_STANDING = Prepared(
    sa.select(topics, members.c.name, *_COUNTS, _SUPPORTED.label("supported"))
    .outerjoin(members, members.c.id == topics.c.author)
    .where(topics.c.id == sa.bindparam("topic"))
)
_SUPPORT_BY = sa.select(_SUPPORTED)


def _changing_way(insert: Any) -> Any:
    statement = insert(contributions)
    return statement.on_conflict_do_update(index_elements=["topic", "member"], set_={"way": statement.excluded.way})


_ADD_SUPPORT = Prepared(unless_there(supports))
_SET_CONTRIBUTION = both(_changing_way)


def find_topic(db: Transaction, topic: int) -> Topic | None:
    """The topic with this number."""
    return _found(db, _BY_ID, topic)


def get_topic(db: Transaction, topic: int) -> Topic:
    """As :func:`find_topic`. Raises :class:`Refused` when there is none."""
    return _existing(_found(db, _BY_ID, topic), topic)


def get_open_topic(db: Transaction, topic: int) -> Topic:
    """A topic people may act on, held until the end of the transaction: others who act on it wait that long.

    Raises :class:`Refused` naming where a merged one went, or why it is closed.
    """
    found = _existing(_found(db, _HELD, topic), topic)
    if found.state is State.MERGED and found.merged_into:
        raise Refused("topics-merged-away", number=str(topic), into=str(found.merged_into))
    if not found.state.open:
        raise Refused("topics-closed", number=str(topic))
    return found


def add_topic(
    db: Transaction, question: str, background: str, author: int, state: State, now: datetime, *, anonymous: bool
) -> Topic:
    """A new topic, with the first step of its chain."""
    values = {"question": question, "background": background, "author": author, "anonymous": anonymous}
    row = db.execute(sa.insert(topics).returning(topics), values | {"state": state, "proposed": now}).one()
    db.execute(sa.insert(steps), {"topic": row.id, "state": state, "at": now})
    return _topic(row)


def change_topic(db: Transaction, topic: int, **values: object) -> None:
    """Set question, background or anonymity."""
    db.execute(sa.update(topics).where(topics.c.id == topic).values(**values))


def move_topic(db: Transaction, topic: Topic, state: State, now: datetime, merged_into: int | None = None) -> None:
    """Take a topic to its next state and remember the step.

    Raises :class:`Refused` when the step is not possible from here, also when somebody else took it a moment ago.
    """
    if state not in MOVES[topic.state]:
        raise Refused("topics-no-such-move", number=str(topic.id))
    moved = sa.update(topics).where(topics.c.id == topic.id, topics.c.state == topic.state)
    if not db.execute(moved.values(state=state, merged_into=merged_into)).rowcount:
        raise Refused("topics-just-changed", number=str(topic.id))
    db.execute(sa.insert(steps), {"topic": topic.id, "state": state, "at": now})


def list_topics(db: Transaction, states: Iterable[State] = (), author: int | None = None) -> list[Topic]:
    """Topics by support, then by age; only those in ``states`` or by ``author`` where given."""
    backing = sa.select(supports.c.topic, sa.func.count().label("number")).group_by(supports.c.topic).subquery()
    query = sa.select(topics).outerjoin(backing, backing.c.topic == topics.c.id)
    query = query.order_by(sa.func.coalesce(backing.c.number, 0).desc(), topics.c.id)
    if states := list(states):
        query = query.where(topics.c.state.in_(states))
    if author is not None:
        query = query.where(topics.c.author == author)
    return [_topic(row) for row in db.execute(query)]


def count_support(db: Transaction, topic: int) -> Support:
    """How many support it, can contribute to it and commented on it."""
    row = db.execute(_SUPPORT, {"topic": topic}).one()
    return Support(row.supporters, row.contributors, row.comments)


def count_supporters(db: Transaction, numbers: list[int]) -> dict[int, int]:
    """Supporters of several topics at once; topics without any are left out."""
    query = sa.select(supports.c.topic, sa.func.count().label("number")).where(supports.c.topic.in_(numbers))
    return {row.topic: row.number for row in db.execute(query.group_by(supports.c.topic))}


def add_support(db: Transaction, topic: int, member: int) -> bool:
    """Count a member among the supporters; False when they were already."""
    return bool(_ADD_SUPPORT.run(db, topic=topic, member=member))


def get_standing(db: Transaction, topic: int, reader: int) -> Standing:
    """What a card of the topic says to ``reader`` (0: to everybody). Raises :class:`Refused` when there is none."""
    row = _STANDING.first(db, topic=topic, reader=reader) if topic <= LARGEST_ID else None
    if row is None:
        raise Refused("topics-unknown", number=str(topic))
    support = Support(row.supporters, row.contributors, row.comments)
    return Standing(_topic(row), row.name or "", support, bool(row.supported))


def supports_topic(db: Transaction, topic: int, member: int) -> bool:
    """Whether the member is among the supporters."""
    return bool(db.execute(_SUPPORT_BY, {"topic": topic, "reader": member}).scalar())


def get_visible_topic(db: Transaction, topic: int, reader: Member) -> Topic:
    """A topic this member may read.

    Raises :class:`Refused` as if there were none when it is not published and the member neither wrote it nor
    coordinates.
    """
    found = get_topic(db, topic)
    hidden = found.state in HIDDEN and found.author != reader.id and reader.role < Role.COORDINATOR
    if hidden:
        raise Refused("topics-unknown", number=str(topic))
    return found


def remove_support(db: Transaction, topic: int, member: int) -> bool:
    """Take a member from the supporters; False when they were none."""
    gone = sa.delete(supports).where(supports.c.topic == topic, supports.c.member == member)
    return bool(db.execute(gone).rowcount)


def set_contribution(db: Transaction, topic: int, member: int, way: Way | None) -> None:
    """Note how a member can contribute; None takes the offer back."""
    if way is None:
        gone = sa.delete(contributions).where(contributions.c.topic == topic, contributions.c.member == member)
        db.execute(gone)
        return
    db.execute(_SET_CONTRIBUTION[db.dialect.name], {"topic": topic, "member": member, "way": way})


def list_contributors(db: Transaction, topic: int) -> list[Contributor]:
    """Who offered to contribute, in the order of membership."""
    query = sa.select(contributions.c.member, contributions.c.way, members.c.name)
    query = query.join(members, members.c.id == contributions.c.member).where(contributions.c.topic == topic)
    rows = db.execute(query.order_by(contributions.c.member))
    return [Contributor(row.member, row.name, Way(row.way)) for row in rows]


def add_comment(
    db: Transaction, topic: int, member: int, text: str, now: datetime, channel: str, chat: str, message: str
) -> None:
    """A comment; ``message`` is where it was written, so that an edit there can be followed."""
    values = {"topic": topic, "member": member, "text": text, "at": now}
    db.execute(sa.insert(comments), values | {"channel": channel, "chat": chat, "message": message})


def edit_comment(db: Transaction, channel: str, chat: str, message: str, member: int, text: str) -> int | None:
    """Follow an edit of the message a comment came from; returns the topic, or None when it was no comment."""
    where = (
        comments.c.channel == channel,
        comments.c.chat == chat,
        comments.c.message == message,
        comments.c.member == member,
    )
    changed = sa.update(comments).where(*where).values(text=text).returning(comments.c.topic)
    topic: int | None = db.execute(changed).scalar()
    return topic


def list_comments(db: Transaction, topic: int, offset: int, most: int) -> list[Comment]:
    """Oldest first."""
    query = sa.select(comments, members.c.name).outerjoin(members, members.c.id == comments.c.member)
    rows = db.execute(query.where(comments.c.topic == topic).order_by(comments.c.id).offset(offset).limit(most))
    return [Comment(row.id, row.name or "", row.text, row.at) for row in rows]


def list_steps(db: Transaction, topic: int) -> list[Step]:
    """The chain so far, oldest first."""
    rows = db.execute(sa.select(steps).where(steps.c.topic == topic).order_by(steps.c.id))
    return [Step(State(row.state), row.at) for row in rows]


def list_touched(db: Transaction, member: int) -> list[int]:
    """The topics whose cards change when this member is gone: their own, supported, or with an offer of theirs."""
    own = sa.select(topics.c.id).where(topics.c.author == member)
    others = (sa.select(table.c.topic).where(table.c.member == member) for table in (supports, contributions))
    return list(db.execute(sa.union(own, *others)).scalars())


def carry_over(db: Transaction, source: int, target: int) -> None:
    """Move supporters, contributors and comments of a merged topic; who stands on both sides counts once."""
    for table in (supports, contributions):
        already = sa.select(table.c.member).where(table.c.topic == target)
        db.execute(sa.delete(table).where(table.c.topic == source, table.c.member.in_(already)))
        db.execute(sa.update(table).where(table.c.topic == source).values(topic=target))
    db.execute(sa.update(comments).where(comments.c.topic == source).values(topic=target))


def _found(db: Transaction, query: Prepared, topic: int) -> Topic | None:
    if not 0 < topic <= LARGEST_ID:
        return None
    row = query.first(db, topic=topic)
    return _topic(row) if row else None


def _existing(found: Topic | None, topic: int) -> Topic:
    if found is None:
        raise Refused("topics-unknown", number=str(topic))
    return found


def _topic(row: Any) -> Topic:
    return Topic(
        row.id,
        row.question,
        row.background,
        row.author,
        row.anonymous,
        State(row.state),
        row.merged_into,
        row.proposed,
    )
