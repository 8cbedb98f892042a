"""Votes with their options, who may vote and has, and, apart from that, what was chosen.

While a vote is open, a secret choice is kept under a pseudonym made with the vote's key; :func:`seal` destroys the key
and writes the choices anew. Whoever casts and whoever closes holds the vote first (:func:`hold_vote`), so they go one
after the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.people import Role
from domain.refusal import Refused
from domain.votes import Draft, Electorate, Option, State, Turnout, Vote, fresh_pseudonyms, pseudonym, receipt, shuffled
from storage.database import LARGEST_ID, Database, Moment, Transaction, both, metadata, unless_there
from storage.declared import LINK, TRACE, WRITTEN, member_link, one_of, personal, plain
from storage.people import ROLES, members

METHODS = ("single", "approval", "points", "ranking")

votes = sa.Table(
    "votes",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    personal("question", WRITTEN, sa.Text),
    plain("method", sa.Text),
    plain("seats", sa.SmallInteger),
    plain("proportional", sa.Boolean),
    plain("points", sa.SmallInteger),
    plain("none_option", sa.Boolean),
    plain("secret", sa.Boolean),
    plain("live", sa.Boolean),
    plain("electorate", sa.Text),
    plain("group", sa.Integer, sa.ForeignKey("groups.id", ondelete="SET NULL"), nullable=True, index=True),
    plain("room", sa.Integer, sa.ForeignKey("rooms.id", ondelete="SET NULL"), nullable=True, index=True),
    plain("role", sa.Text, nullable=True),
    plain("partners", sa.Boolean),
    plain("quorum", sa.SmallInteger),
    plain("state", sa.Text, index=True),
    plain("seed", sa.Text),
    plain("lots", sa.JSON),
    plain("opens", Moment, nullable=True),
    plain("closes", Moment),
    plain("started", Moment, nullable=True),
    plain("closed", Moment, nullable=True),
    plain("remind", Moment, nullable=True),
    member_link("creator", ondelete="SET NULL", nullable=True, index=True),
    plain("outcome", sa.JSON(none_as_null=True), nullable=True),
    plain("counted", sa.Integer, nullable=True),
    plain("purged", sa.Boolean),
    one_of("method", METHODS),
    one_of("electorate", Electorate),
    one_of("role", ROLES),
    one_of("state", State),
    sa.CheckConstraint("question <> ''", name="question"),
    sa.CheckConstraint("seats >= 1", name="seats"),
    sa.CheckConstraint("points >= 0", name="points"),
    sa.CheckConstraint("quorum >= 0", name="quorum"),
    sa.CheckConstraint("NOT (secret AND live)", name="secret"),
    sa.CheckConstraint("state IN ('scheduled', 'cancelled') OR started IS NOT NULL", name="started"),
    sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="outcome"),
    sa.CheckConstraint("(state = 'closed') = (counted IS NOT NULL)", name="counted"),
    sa.CheckConstraint("(state IN ('closed', 'cancelled')) = (closed IS NOT NULL)", name="closed"),
    sqlite_autoincrement=True,
)


def _vote_link(**kwargs: Any) -> sa.Column[Any]:
    return plain("vote", sa.Integer, sa.ForeignKey("votes.id", ondelete="CASCADE"), **kwargs)


options = sa.Table(
    "vote_options",
    metadata,
    _vote_link(primary_key=True),
    plain("place", sa.SmallInteger, primary_key=True),
    personal("text", WRITTEN, sa.Text),
    plain("topic", sa.Integer, sa.ForeignKey("topics.id", ondelete="SET NULL"), nullable=True, index=True),
    sa.CheckConstraint("text <> ''", name="text"),
    sa.CheckConstraint("place >= 1", name="place"),
)

keys = sa.Table("vote_keys", metadata, _vote_link(primary_key=True), plain("key", sa.LargeBinary))
"""The keys of open votes, in a table of their own: a backup takes along none of a secret vote."""

# Without row numbers, so that nothing tells in which order people voted.
voters = sa.Table(
    "voters",
    metadata,
    _vote_link(primary_key=True),
    member_link(primary_key=True, index=True),
    personal("voted", TRACE, sa.Boolean),
    sqlite_with_rowid=False,
)

ballots = sa.Table(
    "ballots",
    metadata,
    _vote_link(primary_key=True),
    plain("pseudonym", sa.LargeBinary, primary_key=True),
    personal("choice", WRITTEN, sa.Text),
    sqlite_with_rowid=False,
)

receipts = sa.Table(
    "receipts",
    metadata,
    _vote_link(primary_key=True),
    plain("code", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

open_ballots = sa.Table(
    "open_ballots",
    metadata,
    _vote_link(primary_key=True),
    member_link(primary_key=True, index=True),
    personal("choice", WRITTEN, sa.Text),
    sqlite_with_rowid=False,
)

reminders = sa.Table(
    "vote_reminders",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    _vote_link(index=True),
    member_link("member", LINK, index=True),
    plain("at", Moment),
    sa.UniqueConstraint("vote", "member"),
    sqlite_autoincrement=True,
)
"""Who is to be reminded when; gone as soon as that was looked at, whatever came of it."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder whose moment has come, unless the person has voted meanwhile."""

    vote: int
    member: int


@dataclass(frozen=True, slots=True)
class Cast:
    """What somebody chose in an open vote, where everybody may see it."""

    name: str
    choice: str


_BY_ID = sa.select(votes).where(votes.c.id == sa.bindparam("vote"))
_HELD = _BY_ID.with_for_update(key_share=True)
_OPTIONS = sa.select(options).where(options.c.vote == sa.bindparam("vote")).order_by(options.c.place)
_KEY = sa.select(keys.c.key).where(keys.c.vote == sa.bindparam("vote"))
_VOTER = voters.c.vote == sa.bindparam("of"), voters.c.member == sa.bindparam("who")
_VOTED = sa.select(voters.c.voted).where(*_VOTER)
_NOTE_VOTED = sa.update(voters).where(*_VOTER).values(voted=sa.bindparam("has"))
_TURNOUT = sa.select(
    sa.func.count().label("entitled"),
    sa.func.coalesce(sa.func.sum(sa.cast(voters.c.voted, sa.Integer)), 0).label("voted"),
).where(voters.c.vote == sa.bindparam("vote"))


def _choosing(table: sa.Table, key: str) -> Any:
    def build(insert: Any) -> Any:
        statement = insert(table)
        return statement.on_conflict_do_update(index_elements=["vote", key], set_={"choice": statement.excluded.choice})

    return both(build)


_CAST_SECRET, _CAST_OPEN = _choosing(ballots, "pseudonym"), _choosing(open_ballots, "member")
_ADD_RECEIPT = unless_there(receipts)
_ADD_VOTER = unless_there(voters)
_ADD_REMINDER = unless_there(reminders, "vote", "member")


def add_vote(db: Transaction, draft: Draft, creator: int | None) -> Vote:
    """A new vote that has not begun; ``options`` of the draft are numbered from 1 in their order."""
    values = {
        "question": draft.question,
        "method": draft.method,
        "seats": draft.seats,
        "proportional": draft.proportional,
        "points": draft.points,
        "none_option": draft.none_option,
        "secret": draft.secret,
        "live": draft.live,
        "electorate": draft.electorate,
        "group": draft.group,
        "room": draft.room,
        "role": draft.role.word if draft.role is not None else None,
        "partners": draft.partners,
        "quorum": draft.quorum,
        "seed": draft.seed,
        "lots": list(draft.lots),
        "opens": draft.opens,
        "closes": draft.closes,
    }
    fresh = {"state": State.SCHEDULED, "creator": creator, "purged": False}
    number = db.execute(sa.insert(votes).returning(votes.c.id), values | fresh).scalar_one()
    rows = [
        {"vote": number, "place": place, "text": option.text, "topic": option.topic}
        for place, option in enumerate(draft.options, 1)
    ]
    db.execute(sa.insert(options), rows)
    return get_vote(db, number)


def find_vote(db: Transaction, vote: int) -> Vote | None:
    """The vote with this number."""
    return _found(db, _BY_ID, vote)


def get_vote(db: Transaction, vote: int) -> Vote:
    """As :func:`find_vote`. Raises :class:`Refused` when there is none."""
    return _existing(_found(db, _BY_ID, vote), vote)


def hold_vote(db: Transaction, vote: int) -> Vote:
    """As :func:`get_vote`, held until the end of the transaction: who casts or closes meanwhile waits that long."""
    return _existing(_found(db, _HELD, vote), vote)


def hold_open_vote(db: Transaction, vote: int) -> Vote:
    """As :func:`hold_vote`. Raises :class:`Refused` when it takes no votes, saying why."""
    found = hold_vote(db, vote)
    if not found.open:
        raise Refused(f"votes-is-{found.state}", number=str(vote), opens=found.draft.opens, closed=found.closed)
    return found


def list_votes(db: Transaction, states: Iterable[State] = ()) -> list[Vote]:
    """Votes that are open or to come, the first to close first, then those that ended, the latest first."""
    query = sa.select(votes)
    if states := list(states):
        query = query.where(votes.c.state.in_(states))
    found = [_vote(db, row) for row in db.execute(query.order_by(votes.c.id)).all()]
    going = [vote for vote in found if vote.closed is None]
    ended = [vote for vote in found if vote.closed is not None]
    going.sort(key=lambda vote: (vote.closes, vote.id))
    ended.sort(key=lambda vote: (vote.closed, vote.id), reverse=True)
    return [*going, *ended]


def list_of_topic(db: Transaction, topic: int) -> list[int]:
    """The votes in which a topic is or was an option, oldest first."""
    query = sa.select(options.c.vote).where(options.c.topic == topic).order_by(options.c.vote)
    return list(db.execute(query).scalars())


def start(db: Transaction, vote: int, entitled: Iterable[int], key: bytes, now: datetime, remind: datetime) -> None:
    """Open a vote: who may vote is fixed from now on, and the key is there."""
    opened = {"state": State.OPEN, "started": now, "remind": remind}
    db.execute(sa.update(votes).where(votes.c.id == vote).values(**opened))
    db.execute(sa.insert(keys), {"vote": vote, "key": key})
    rows = [{"vote": vote, "member": member, "voted": False} for member in sorted(entitled)]
    if rows:
        db.execute(sa.insert(voters), rows)


def change_vote(db: Transaction, vote: int, **values: object) -> None:
    """Set closing time, reminder, state or whether traces are gone."""
    db.execute(sa.update(votes).where(votes.c.id == vote).values(**values))


def unlink_topic(db: Transaction, vote: int, topic: int) -> None:
    """The option stays, but no longer stands for the topic."""
    db.execute(sa.update(options).where(options.c.vote == vote, options.c.topic == topic).values(topic=None))


def add_voter(db: Transaction, vote: int, member: int) -> None:
    """Let one more person vote, where people are counted as they come."""
    db.execute(_ADD_VOTER[db.dialect.name], {"vote": vote, "member": member, "voted": False})


def find_voted(db: Transaction, vote: int, member: int) -> bool | None:
    """Whether the member has voted; None when they may not."""
    voted: bool | None = db.execute(_VOTED, {"of": vote, "who": member}).scalar()
    return None if voted is None else bool(voted)


def list_voters(db: Transaction, vote: int, *, voted: bool | None = None) -> list[int]:
    """Who may vote; only those who have, or have not, where asked."""
    query = sa.select(voters.c.member).where(voters.c.vote == vote).order_by(voters.c.member)
    return list(db.execute(query if voted is None else query.where(voters.c.voted.is_(voted))).scalars())


def count_turnout(db: Transaction, vote: int) -> Turnout:
    """How many have voted, and how many may."""
    row = db.execute(_TURNOUT, {"vote": vote}).one()
    return Turnout(int(row.voted), row.entitled)


def cast(db: Transaction, vote: Vote, member: int, choice: str) -> str:
    """Store a choice in place of an earlier one of the same member; returns the receipt. The vote has to be held."""
    key = _key(db, vote.id)
    if vote.secret:
        row: dict[str, Any] = {"pseudonym": pseudonym(key, vote.id, member)}
        db.execute(_CAST_SECRET[db.dialect.name], row | {"vote": vote.id, "choice": choice})
    else:
        db.execute(_CAST_OPEN[db.dialect.name], {"vote": vote.id, "member": member, "choice": choice})
    code = receipt(key, vote.id, member)
    db.execute(_ADD_RECEIPT[db.dialect.name], {"vote": vote.id, "code": code})
    db.execute(_NOTE_VOTED, {"of": vote.id, "who": member, "has": True})
    return code


def withdraw(db: Transaction, vote: Vote, member: int) -> bool:
    """Take the choice back with its receipt, as if there had been none; False when there was none."""
    key = _key(db, vote.id)
    if vote.secret:
        where = ballots.c.vote == vote.id, ballots.c.pseudonym == pseudonym(key, vote.id, member)
        gone = db.execute(sa.delete(ballots).where(*where)).rowcount
    else:
        own = open_ballots.c.vote == vote.id, open_ballots.c.member == member
        gone = db.execute(sa.delete(open_ballots).where(*own)).rowcount
    code = receipt(key, vote.id, member)
    db.execute(sa.delete(receipts).where(receipts.c.vote == vote.id, receipts.c.code == code))
    db.execute(_NOTE_VOTED, {"of": vote.id, "who": member, "has": False})
    return bool(gone)


def find_own(db: Transaction, vote: Vote, member: int) -> tuple[str, str] | None:
    """What the member chose, and the receipt, while the vote is open; None when they have not voted."""
    key: bytes | None = db.execute(_KEY, {"vote": vote.id}).scalar()
    if key is None:
        return None
    query = sa.select(open_ballots.c.choice).where(open_ballots.c.vote == vote.id, open_ballots.c.member == member)
    if vote.secret:
        own = ballots.c.pseudonym == pseudonym(key, vote.id, member)
        query = sa.select(ballots.c.choice).where(ballots.c.vote == vote.id, own)
    choice: str | None = db.execute(query).scalar()
    return None if choice is None else (choice, receipt(key, vote.id, member))


def list_choices(db: Transaction, vote: Vote) -> list[str]:
    """All choices, sorted by what they say, so that their order tells nothing."""
    table = ballots if vote.secret else open_ballots
    return sorted(db.execute(sa.select(table.c.choice).where(table.c.vote == vote.id)).scalars())


def list_casts(db: Transaction, vote: int) -> list[Cast]:
    """Who chose what in an open vote, by name."""
    query = sa.select(members.c.name, open_ballots.c.choice).join(members, members.c.id == open_ballots.c.member)
    rows = db.execute(query.where(open_ballots.c.vote == vote))
    return sorted((Cast(row.name, row.choice) for row in rows), key=lambda cast: (cast.name.casefold(), cast.choice))


def list_receipts(db: Transaction, vote: int) -> list[str]:
    """The codes of all who voted, sorted."""
    return sorted(db.execute(sa.select(receipts.c.code).where(receipts.c.vote == vote)).scalars())


def close(db: Transaction, vote: int, outcome: dict[str, Any], counted: int, now: datetime) -> None:
    """Write down the outcome; :func:`seal` has to follow in the same transaction."""
    ended = {"state": State.CLOSED, "closed": now, "outcome": outcome, "counted": counted, "remind": None}
    db.execute(sa.update(votes).where(votes.c.id == vote).values(**ended))


def cancel(db: Transaction, vote: int, now: datetime) -> None:
    """Call it off: what was chosen is deleted, with the key."""
    ended = {"state": State.CANCELLED, "closed": now, "remind": None}
    db.execute(sa.update(votes).where(votes.c.id == vote).values(**ended))
    for table in (keys, ballots, open_ballots, receipts, reminders):
        db.execute(sa.delete(table).where(table.c.vote == vote))


def seal(db: Transaction, vote: Vote, secret: bytes, *, keep: bool) -> None:
    """Destroy the key and write secret choices anew, under names that lead nowhere and in an order that tells nothing.

    ``keep``: whether the choices may be kept at all; otherwise they are destroyed. ``secret`` is a chance of its own.
    """
    db.execute(sa.delete(keys).where(keys.c.vote == vote.id))
    db.execute(sa.delete(reminders).where(reminders.c.vote == vote.id))
    if not vote.secret:
        return
    choices = shuffled(list_choices(db, vote), secret) if keep else []
    db.execute(sa.delete(ballots).where(ballots.c.vote == vote.id))
    names = fresh_pseudonyms(secret, len(choices))
    rows = [{"vote": vote.id, "pseudonym": name, "choice": c} for name, c in zip(names, choices, strict=True)]
    if rows:
        db.execute(sa.insert(ballots), rows)


def list_due_to_open(db: Transaction, now: datetime) -> list[int]:
    """Scheduled votes whose time has come."""
    return _numbers(db, sa.select(votes.c.id).where(votes.c.state == State.SCHEDULED, votes.c.opens <= now))


def list_due_to_close(db: Transaction, now: datetime) -> list[int]:
    """Open votes whose time is over."""
    return _numbers(db, sa.select(votes.c.id).where(votes.c.state == State.OPEN, votes.c.closes <= now))


def list_due_to_remind(db: Transaction, now: datetime) -> list[int]:
    """Open votes for which it is to be decided who is reminded when."""
    return _numbers(db, sa.select(votes.c.id).where(votes.c.state == State.OPEN, votes.c.remind <= now))


def add_reminder(db: Transaction, vote: int, member: int, at: datetime) -> None:
    """Look again at this moment whether the member has voted."""
    db.execute(_ADD_REMINDER[db.dialect.name], {"vote": vote, "member": member, "at": at})


def list_due_reminders(db: Transaction, now: datetime) -> list[int]:
    """Reminders whose moment has come."""
    return _numbers(db, sa.select(reminders.c.id).where(reminders.c.at <= now))


def take_reminder(db: Transaction, reminder: int) -> Reminder | None:
    """Take it off the list; None when somebody else has."""
    gone = sa.delete(reminders).where(reminders.c.id == reminder).returning(reminders.c.vote, reminders.c.member)
    row = db.execute(gone).first()
    return Reminder(row.vote, row.member) if row else None


def purge(database: Database) -> bool:
    """Leave no trace of what votes that ended have deleted, in free pages or the journal; False when nothing was done.

    Runs outside a transaction. What has to wait, because somebody reads, is done the next time.
    """
    ended = sa.select(votes.c.id).where(votes.c.state.in_([State.CLOSED, State.CANCELLED]), votes.c.purged.is_(False))
    with database.read() as db:
        numbers = _numbers(db, ended)
    if not numbers or not database.compact([table.name for table in (ballots, receipts, keys, open_ballots)]):
        return False
    with database.begin() as db:
        db.execute(sa.update(votes).where(votes.c.id.in_(numbers)).values(purged=True))
    return True


def _numbers(db: Transaction, query: sa.Select[Any]) -> list[int]:
    return sorted(db.execute(query).scalars())


def _key(db: Transaction, vote: int) -> bytes:
    key: bytes = db.execute(_KEY, {"vote": vote}).scalar_one()
    return key


def _found(db: Transaction, query: sa.Select[Any], vote: int) -> Vote | None:
    if not 0 < vote <= LARGEST_ID:
        return None
    row = db.execute(query, {"vote": vote}).first()
    return _vote(db, row) if row else None


def _existing(found: Vote | None, vote: int) -> Vote:
    if found is None:
        raise Refused("votes-unknown", number=str(vote))
    return found


def _options(db: Transaction, vote: int) -> Sequence[Option]:
    return [Option(row.place, row.text, row.topic) for row in db.execute(_OPTIONS, {"vote": vote})]


def _vote(db: Transaction, row: Any) -> Vote:
    draft = Draft(
        question=row.question,
        options=tuple(_options(db, row.id)),
        method=row.method,
        closes=row.closes,
        opens=row.opens,
        seats=row.seats,
        proportional=row.proportional,
        points=row.points,
        none_option=row.none_option,
        secret=row.secret,
        live=row.live,
        electorate=Electorate(row.electorate),
        group=row.group,
        room=row.room,
        role=Role[row.role.upper()] if row.role else None,
        partners=row.partners,
        quorum=row.quorum,
        seed=row.seed,
        lots=tuple(row.lots),
    )
    vote = Vote(row.id, draft, State(row.state), row.creator, row.started, row.closed)
    return replace(vote, remind=row.remind, outcome=row.outcome, counted=row.counted, purged=row.purged)
