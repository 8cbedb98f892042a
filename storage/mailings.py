"""The same to many at once: rows of the outbox by the thousand, in a few statements, whose keys let nobody get two."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.chat import Address, Message, Urgency, attachment_to_json, keyboard_to_json
from domain.delivery import Failure
from storage.audiences import Recipients
from storage.database import Moment, Transaction, both
from storage.outbox import DEAD, OVERTAKEN, SENDING, SENT, WAITING, outbox
from storage.people import accounts, members
from storage.rooms import rooms

CANCELLED, LEFT = "cancelled", "left"
"""Why a message was given up, other than for a failure: its sender or its reader did not want it any more."""
SIE = "sie"
"""The form that stands for those without words of their own."""

MANY = 1_000
"""From so many new rows on, PostgreSQL has to be told: until its statistics are renewed by themselves, a minute later,
it looks through all that waits for each row it hands out."""

Quiet = tuple[int, int]
"""Quiet hours, in minutes from midnight."""
Contents = Mapping[tuple[str, str], Message]
"""What is said, by language and form of address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What many get, ``due`` at the earliest: ``key`` and the number of each reader make their message unique.

    ``quiet``: when it is due for those with quiet hours of their own, by these.
    """

    subject: str
    key: str
    contents: Contents
    due: datetime
    now: datetime
    urgency: Urgency = Urgency.ANNOUNCEMENT
    quiet: Mapping[Quiet, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages about one subject are in which state, and why some were given up."""

    waiting: int = 0
    sent: int = 0
    dead: Mapping[str, int] | None = None

    @property
    def failed(self) -> int:
        """How many were given up."""
        return sum((self.dead or {}).values())

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.sent + self.failed


_COLUMNS = (
    "channel chat private urgency state due created key subject reply_to text keyboard attachment attempts scrubbed"
).split()


def _adding(insert: Any) -> Any:
    return insert(outbox)


_INSERT = both(_adding)


def add_for_people(db: Transaction, mailing: Mailing, recipients: Recipients) -> int:
    """Queue the message for everybody of :func:`storage.audiences.recipients` who can be written to; returns how many.

    Nobody gets it who has a row of this key already.
    """
    found = recipients.subquery()
    added = _add(db, mailing, found, found.c.member, "m", found.c.form, _due(mailing, found), private=True)
    _expect(db, mailing.subject)
    return added


def _expect(db: Transaction, subject: str) -> None:
    """Where we begin the chat, the person's id is the chat until there is one, so that all can be found by it."""
    addressed = sa.exists().where(
        outbox.c.subject == subject,
        outbox.c.replaces.is_(None),
        outbox.c.channel == accounts.c.channel,
        outbox.c.chat == accounts.c.user,
        outbox.c.private,
        outbox.c.state == sa.literal_column("'waiting'"),
    )
    begun = sa.update(accounts).where(accounts.c.chat == "", addressed)
    db.execute(begun.values(chat=accounts.c.user, reachable=True))


def list_quiet(db: Transaction, recipients: Recipients) -> list[Quiet]:
    """All quiet hours that people among the recipients have."""
    found = recipients.subquery()
    hours = sa.select(found.c.quiet_from, found.c.quiet_until).where(found.c.quiet_from.is_not(None)).distinct()
    return [(start, end) for start, end in db.execute(hours)]


def _due(mailing: Mailing, found: sa.Subquery) -> sa.ColumnElement[Any]:
    usual = sa.literal(mailing.due, Moment)
    if not mailing.quiet:
        return usual
    whens = [
        (sa.and_(found.c.quiet_from == start, found.c.quiet_until == end), sa.literal(due, Moment))
        for (start, end), due in mailing.quiet.items()
    ]
    return sa.case(*whens, else_=usual)


def add_for_rooms(db: Transaction, mailing: Mailing, places: sa.Select[Any]) -> int:
    """As :func:`add_for_people` for the rooms of :func:`storage.audiences.rooms_of`."""
    found = places.subquery()
    due = sa.literal(mailing.due, Moment)
    return _add(db, mailing, found, found.c.room, "r", sa.literal(SIE, sa.Text), due, private=False)


def _add(
    db: Transaction,
    mailing: Mailing,
    found: sa.Subquery,
    number: sa.ColumnElement[int],
    sign: str,
    form: sa.ColumnElement[str],
    due: sa.ColumnElement[Any],
    *,
    private: bool,
) -> int:
    values: dict[str, sa.ColumnElement[Any]] = {
        "channel": found.c.channel,
        "chat": found.c.chat,
        "private": sa.literal(private, sa.Boolean),
        "urgency": sa.literal(int(mailing.urgency), sa.SmallInteger),
        "state": sa.literal_column("'waiting'"),
        "due": due,
        # How long it is worth trying counts from when it was to go.
        "created": due,
        "key": sa.literal(f"{mailing.key}:{sign}", sa.Text).concat(sa.cast(number, sa.Text)),
        "subject": sa.literal(mailing.subject, sa.Text),
        "reply_to": sa.literal("", sa.Text),
        **_written(mailing.contents, found.c.language, form),
        "attempts": sa.literal_column("0"),
        "scrubbed": sa.false(),
    }
    chosen = sa.select(*(values[name] for name in _COLUMNS)).where(found.c.chat.is_not(None))
    # In the order of the audience, so that within it all who are asked to wait wait equally long.
    statement: Any = _INSERT[db.dialect.name].from_select(_COLUMNS, chosen.order_by(number))
    statement = statement.on_conflict_do_nothing(index_elements=["key"], index_where=outbox.c.key.is_not(None))
    added: int = db.execute(statement.inline().execution_options(preserve_rowcount=True)).rowcount
    if added >= MANY and db.dialect.name == "postgresql":
        db.exec_driver_sql("ANALYZE outbox")
    return added


def _written(
    contents: Contents, language: sa.ColumnElement[str], form: sa.ColumnElement[str]
) -> dict[str, sa.ColumnElement[Any]]:
    """Text, buttons and attachment for a reader, chosen by the database."""
    return {
        "text": _chosen({manner: str(content.text) for manner, content in contents.items()}, language, form, sa.Text),
        "keyboard": _chosen(
            {manner: keyboard_to_json(content.keyboard) or None for manner, content in contents.items()},
            language,
            form,
            sa.JSON(none_as_null=True),
        ),
        "attachment": _chosen(
            {
                manner: attachment_to_json(content.attachment) if content.attachment else None
                for manner, content in contents.items()
            },
            language,
            form,
            sa.JSON(none_as_null=True),
        ),
    }


def _chosen(
    values: Mapping[tuple[str, str], Any], language: sa.ColumnElement[str], form: sa.ColumnElement[str], kind: Any
) -> sa.ColumnElement[Any]:
    literals = {manner: sa.literal(value, kind) for manner, value in values.items()}
    if len({repr(value) for value in values.values()}) == 1:
        return next(iter(literals.values()))
    whens = [
        (sa.and_(language == manner[0], form == manner[1]), literal)
        for manner, literal in literals.items()
        if manner[1] != SIE
    ]
    whens += [(language == manner[0], literal) for manner, literal in literals.items() if manner[1] == SIE]
    return sa.case(*whens, else_=literals["de", SIE])


_OF_SUBJECT = (outbox.c.subject == sa.bindparam("about"), outbox.c.replaces.is_(None))
_TALLY = sa.select(outbox.c.state, outbox.c.reason, sa.func.count().label("number")).group_by(
    outbox.c.state, outbox.c.reason
)


def tally(db: Transaction, subject: str, *, private: bool | None = None) -> Tally:
    """How far the messages about ``subject`` are; only those to people, or to rooms, where said."""
    query = _TALLY.where(*_OF_SUBJECT)
    if private is not None:
        query = query.where(outbox.c.private.is_(private))
    return _tallied(db.execute(query, {"about": subject}))


def tally_edits(db: Transaction, subject: str, since: datetime) -> Tally:
    """How far the edits of these messages are that were asked for at ``since``."""
    edits = _TALLY.where(outbox.c.subject == subject, outbox.c.replaces.is_not(None), outbox.c.created >= since)
    return _tallied(db.execute(edits))


def _tallied(rows: Any) -> Tally:
    waiting = sent = 0
    dead: dict[str, int] = {}
    for state, reason, number in rows:
        if state == SENT:
            sent += number
        elif state == DEAD:
            dead[reason] = dead.get(reason, 0) + number
        else:
            waiting += number
    return Tally(waiting, sent, dead)


def cancel(db: Transaction, subject: str, now: datetime) -> int:
    """Send none of the messages about ``subject`` that still wait, nor edits of them; returns how many.

    One that is perhaps on show already goes on to its end, so that it can be changed afterwards.
    """
    unseen = sa.or_(outbox.c.attempts == 0, outbox.c.reason.is_distinct_from(Failure.UNCERTAIN.value))
    return _give_up(db, CANCELLED, now, outbox.c.subject == subject, unseen)


def withdraw(db: Transaction, member: int, kind: str, now: datetime) -> int:
    """Send this member nothing that still waits about any subject of ``kind``; returns how many."""
    own = sa.select(accounts.c.channel, accounts.c.chat).where(accounts.c.member == member)
    about = outbox.c.subject.like(f"{kind}:%")
    return _give_up(db, LEFT, now, about, outbox.c.private, sa.tuple_(outbox.c.channel, outbox.c.chat).in_(own))


def _give_up(db: Transaction, reason: str, now: datetime, *where: sa.ColumnElement[bool]) -> int:
    waiting = outbox.c.state == sa.literal_column("'waiting'")
    ended = sa.update(outbox).where(waiting, *where).values(state=DEAD, settled=now, reason=reason)
    return db.execute(ended).rowcount


def rewrite_all(db: Transaction, subject: str, people: Contents, places: Contents, now: datetime) -> None:
    """Bring every message about ``subject`` to new words: in place where it waits untried, else by an edit.

    Where a message had a picture or file, the new one has the same or none.
    """
    reader = _readers(subject)
    for contents, private in ((people, True), (places, False)):
        values = _written(contents, reader.c.language, reader.c.form)
        untried = sa.and_(outbox.c.state == WAITING, outbox.c.attempts == 0)
        fresh = sa.update(outbox).where(
            outbox.c.id == reader.c.row, untried, outbox.c.replaces.is_(None), outbox.c.private.is_(private)
        )
        db.execute(fresh.values(**values))
        edits = _written(_keeping(contents), reader.c.language, reader.c.form)
        _edit(db, subject, edits, reader, now, private=private)


def _keeping(contents: Contents) -> Contents:
    """The same for messages that are there already: nothing is sent again but words."""
    return {
        manner: replace(content, attachment=content.attachment and content.attachment.kept())
        for manner, content in contents.items()
    }


def _readers(subject: str) -> sa.Subquery:
    """Who reads each message: its row, and their language and form."""
    mine = sa.and_(accounts.c.channel == outbox.c.channel, accounts.c.chat == outbox.c.chat, outbox.c.private)
    there = sa.and_(rooms.c.channel == outbox.c.channel, rooms.c.chat == outbox.c.chat, ~outbox.c.private)
    return (
        sa.select(
            outbox.c.id.label("row"),
            sa.func.coalesce(members.c.language, rooms.c.language, "de").label("language"),
            sa.func.coalesce(members.c.form, SIE).label("form"),
        )
        .select_from(outbox)
        .outerjoin(accounts, mine)
        .outerjoin(members, members.c.id == accounts.c.member)
        .outerjoin(rooms, there)
        .where(outbox.c.subject == subject, outbox.c.replaces.is_(None))
        .subquery()
    )


def _edit(
    db: Transaction,
    subject: str,
    values: Mapping[str, sa.ColumnElement[Any]],
    reader: sa.Subquery,
    now: datetime,
    *,
    private: bool,
) -> None:
    original = outbox.alias("original")
    tried = sa.and_(original.c.state == WAITING, original.c.attempts > 0)
    given: dict[str, sa.ColumnElement[Any]] = {
        "channel": original.c.channel,
        "chat": original.c.chat,
        "private": original.c.private,
        "urgency": original.c.urgency,
        "state": sa.literal_column("'waiting'"),
        "due": sa.literal(now, Moment),
        "created": sa.literal(now, Moment),
        "subject": original.c.subject,
        "replaces": original.c.id,
        "reply_to": sa.literal("", sa.Text),
        **values,
        "attempts": sa.literal_column("0"),
        "scrubbed": sa.false(),
    }
    chosen = (
        sa.select(*given.values())
        .select_from(original)
        .join(reader, reader.c.row == original.c.id)
        .where(
            original.c.subject == subject,
            original.c.replaces.is_(None),
            original.c.private.is_(private),
            sa.or_(original.c.state.in_([SENT, SENDING]), tried),
        )
    )
    _overtake(db, subject, now)
    statement: Any = _INSERT[db.dialect.name].from_select(list(given), chosen)
    changed = {name: statement.excluded[name] for name in ("created", "text", "keyboard", "attachment")}
    db.execute(
        statement.on_conflict_do_update(
            index_elements=["replaces"], index_where=outbox.c.state == sa.literal_column("'waiting'"), set_=changed
        )
    )


def _overtake(db: Transaction, subject: str, now: datetime) -> None:
    """An edit that was tried is perhaps on show, so what it says must not change any more; a new one follows."""
    tried = outbox.c.state == sa.literal_column("'waiting'"), outbox.c.attempts > 0, outbox.c.replaces.is_not(None)
    ended = sa.update(outbox).where(outbox.c.subject == subject, *tried)
    db.execute(ended.values(state=DEAD, settled=now, reason=OVERTAKEN))


@dataclass(frozen=True, slots=True)
class Unserved:
    """Somebody, or a room, whose message was given up, and why."""

    name: str
    kind: str
    reason: str


def list_unserved(db: Transaction, subject: str, most: int) -> list[Unserved]:
    """Whose message was given up, people by name, then rooms."""
    failed = outbox.c.replaces.is_(None), outbox.c.reason.not_in([CANCELLED, LEFT])
    return _named(db, most, outbox.c.subject == subject, *failed)


def list_unedited(db: Transaction, subject: str, since: datetime, most: int) -> list[Unserved]:
    """Whose message could not be edited as asked for at ``since``, in the same order."""
    failed = outbox.c.replaces.is_not(None), outbox.c.created >= since
    return _named(db, most, outbox.c.subject == subject, *failed)


def _named(db: Transaction, most: int, *where: sa.ColumnElement[bool]) -> list[Unserved]:
    mine = sa.and_(accounts.c.channel == outbox.c.channel, accounts.c.chat == outbox.c.chat, outbox.c.private)
    there = sa.and_(rooms.c.channel == outbox.c.channel, rooms.c.chat == outbox.c.chat, ~outbox.c.private)
    query = (
        sa.select(sa.func.coalesce(members.c.name, rooms.c.name, "").label("name"), accounts.c.kind, outbox.c.reason)
        .select_from(outbox)
        .outerjoin(accounts, mine)
        .outerjoin(members, members.c.id == accounts.c.member)
        .outerjoin(rooms, there)
        .where(outbox.c.state == DEAD, *where)
        .order_by(outbox.c.private.desc(), "name", outbox.c.id)
        .limit(most)
    )
    return [Unserved(name, kind or "", reason or "") for name, kind, reason in db.execute(query)]


def count(db: Transaction, recipients: Recipients) -> int:
    """How many of them can be written to."""
    found = recipients.subquery()
    return db.execute(sa.select(sa.func.count()).select_from(found).where(found.c.chat.is_not(None))).scalar_one()


def find_keyed(db: Transaction, key: str) -> tuple[int, Address] | None:
    """The row with this key, and where it is shown."""
    row = db.execute(
        sa.select(outbox.c.id, outbox.c.channel, outbox.c.chat, outbox.c.private).where(outbox.c.key == key)
    ).first()
    return (row.id, Address(row.channel, row.chat, row.private)) if row else None


def has_shown(subject: str, member: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a message about ``subject`` reached the member, of a query over members."""
    return sa.exists().where(
        accounts.c.member == member,
        outbox.c.channel == accounts.c.channel,
        outbox.c.chat == accounts.c.chat,
        outbox.c.subject == subject,
        outbox.c.replaces.is_(None),
        outbox.c.state == SENT,
    )
