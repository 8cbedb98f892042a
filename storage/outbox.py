"""Whatever goes out is a row here first.

A row is *waiting* until it is due, *sending* while a process holds its lease, then *sent* or *dead*. Within a chat
only the first waiting row may be claimed, and none while another is being sent, so order is kept by the database.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.chat import (
    Address,
    Attachment,
    Html,
    Keyboard,
    Message,
    Outgoing,
    Urgency,
    action_from_json,
    action_to_json,
    attachment_from_json,
    attachment_to_json,
    keyboard_from_json,
    keyboard_to_json,
)
from domain.delivery import Dead, Failure, Retry
from storage.chats import moved, within
from storage.database import LARGEST_ID, Conflict, Moment, Transaction, both, metadata
from storage.declared import IDENTITY, Declared, Keep, Personal, one_of, personal, plain
from storage.prepared import Prepared

WAITING, SENDING, SENT, DEAD = "waiting", "sending", "sent", "dead"
OVERTAKEN = "overtaken"
"""Why an edit was given up, other than for a failure: a newer one took its place."""
CONTENT = Declared(Personal.CONTENT, Keep.DELIVERY)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


outbox = sa.Table(
    "outbox",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    plain("channel", sa.Text),
    personal("chat", IDENTITY, sa.Text),
    plain("private", sa.Boolean),
    plain("urgency", sa.SmallInteger),
    plain("state", sa.Text),
    plain("due", Moment),
    plain("created", Moment),
    plain("key", sa.Text, nullable=True),
    plain("subject", sa.Text, nullable=True),
    plain("replaces", sa.Integer, sa.ForeignKey("outbox.id", ondelete="CASCADE"), nullable=True),
    plain("reply_to", sa.Text),
    personal("text", CONTENT, sa.Text),
    personal("keyboard", CONTENT, sa.JSON(none_as_null=True), nullable=True),
    personal("attachment", CONTENT, sa.JSON(none_as_null=True), nullable=True),
    personal("late", CONTENT, sa.JSON(none_as_null=True), nullable=True),
    plain("attempts", sa.SmallInteger),
    plain("holder", sa.Text, nullable=True),
    plain("lease", Moment, nullable=True),
    plain("message", sa.Text, nullable=True),
    plain("settled", Moment, nullable=True),
    plain("reason", sa.Text, nullable=True),
    plain("scrubbed", sa.Boolean),
    one_of("state", (WAITING, SENDING, SENT, DEAD)),
    sa.CheckConstraint("urgency BETWEEN 0 AND 2", name="urgency"),
    sa.CheckConstraint("attempts >= 0", name="attempts"),
    sa.CheckConstraint("(state = 'sending') = (holder IS NOT NULL)", name="holder"),
    sa.CheckConstraint("(state = 'sending') = (lease IS NOT NULL)", name="lease"),
    sa.CheckConstraint("(state IN ('sent', 'dead')) = (settled IS NOT NULL)", name="settled"),
    sa.CheckConstraint("state <> 'sent' OR message IS NOT NULL", name="message"),
    _partial("uq_outbox_key", "key", where="key IS NOT NULL", unique=True),
    _partial("uq_outbox_waiting_refresh", "replaces", where="state = 'waiting'", unique=True),
    _partial("uq_outbox_sending", "channel", "chat", where="state = 'sending'", unique=True),
    _partial("ix_outbox_waiting", "channel", "urgency", "id", "due", where="state = 'waiting'"),
    _partial("ix_outbox_waiting_chat", "channel", "chat", "urgency", "id", where="state = 'waiting'"),
    _partial("ix_outbox_subject", "subject", "channel", "chat", "id", where="replaces IS NULL"),
    _partial("ix_outbox_replaces", "replaces", "id", where="replaces IS NOT NULL"),
    _partial("ix_outbox_unscrubbed", "settled", where="settled IS NOT NULL AND NOT scrubbed"),
    _partial("ix_outbox_message", "channel", "chat", "message", "id", where="message IS NOT NULL"),
    # Row ids travel to messengers inside buttons, so an id must never come back with another meaning.
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row this process may send now.

    ``attempts`` counts this one and tells it apart from earlier ones. ``created`` is when it was to go, at the earliest
    when it was queued. ``original`` is the messenger's id of the message it edits; None when it edits none, or one that
    was never shown.
    """

    id: int
    message: Outgoing
    attempts: int
    created: datetime
    original: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of ours as a chat shows it: what its buttons mean and what it is about.

    ``row`` is the row it was first sent by, whichever edit is on show.
    """

    row: int
    keyboard: Keyboard
    subject: str
    message: str


def _is(state: str, table: sa.FromClause = outbox) -> sa.ColumnElement[bool]:
    # Written out, so that both databases see that the partial indexes apply.
    return table.c.state == sa.literal_column(f"'{state}'")


_ADD = Prepared(
    both(
        lambda insert: (
            insert(outbox)
            .on_conflict_do_nothing(index_elements=["key"], index_where=outbox.c.key.is_not(None))
            .returning(outbox.c.id)
        )
    )
)


def _refreshing(insert: Any) -> Any:
    original = outbox.alias("original")
    urgency = sa.bindparam("urgency", type_=sa.SmallInteger)
    given = ("due", "created", "subject", "reply_to", "text", "keyboard", "attachment", "late")
    values: dict[str, Any] = {name: sa.bindparam(name, type_=outbox.c[name].type) for name in given}
    values |= {name: original.c[name] for name in ("channel", "chat", "private")}
    # Never before the message it edits, also when that one has to be tried again.
    values["urgency"] = sa.case((original.c.urgency > urgency, original.c.urgency), else_=urgency)
    values |= {"state": sa.literal_column("'waiting'"), "replaces": original.c.id}
    values |= {"attempts": sa.literal_column("0"), "scrubbed": sa.false()}
    on_its_way = sa.or_(_is(SENT, original), _is(SENDING, original), sa.and_(_is(WAITING, original), _tried(original)))
    chosen = sa.select(*values.values()).where(original.c.id == sa.bindparam("replaces"), on_its_way)
    statement = insert(outbox).from_select(list(values), chosen)
    return statement.on_conflict_do_update(
        index_elements=["replaces"],
        index_where=_is(WAITING),
        set_={name: statement.excluded[name] for name in ("created", "text", "keyboard", "attachment", "late")},
        where=~_tried(),
    ).returning(outbox.c.id)


def _tried(table: sa.FromClause = outbox) -> sa.ColumnElement[bool]:
    # Perhaps shown, with buttons that name this row: what it says must not change any more.
    return table.c.attempts > sa.literal_column("0")


_REFRESH = Prepared(both(_refreshing))
_REWRITE = sa.update(outbox).where(outbox.c.id == sa.bindparam("row"), _is(WAITING), ~_tried())
_OVERTAKE = (
    sa.update(outbox)
    .where(outbox.c.replaces == sa.bindparam("row"), _is(WAITING), _tried())
    .values(state=sa.literal_column("'dead'"), settled=sa.bindparam("at"), reason=sa.literal_column(f"'{OVERTAKEN}'"))
)


def add_outgoing(db: Transaction, outgoing: Outgoing, now: datetime) -> int | None:
    """Queue a message; returns its row, or None when its key was queued before. Edits go by :func:`refresh`."""
    if outgoing.replaces:
        return refresh(db, outgoing, now)
    values = {
        "channel": outgoing.to.channel,
        "chat": outgoing.to.chat,
        "private": outgoing.to.private,
        "state": WAITING,
        "key": outgoing.key or None,
        "replaces": None,
        "attempts": 0,
        "scrubbed": False,
    }
    return _id(_ADD.first(db, **values, **_values(outgoing, now)))


def refresh(db: Transaction, outgoing: Outgoing, now: datetime) -> int | None:
    """Queue an edit of an earlier row's message, in its chat; returns the row that will show it.

    What was never tried is overwritten, be it an earlier edit or the message itself, and an edit that failed makes
    way, so edits never pile up. None when the message was given up: there is nothing to edit. An edit needs no key.
    """
    values = _values(outgoing, now) | {"replaces": outgoing.replaces}
    queued = _id(_REFRESH.first(db, **values))
    if queued is not None:
        return queued
    if rewrite(db, outgoing.replaces, outgoing.content):
        return outgoing.replaces
    # An edit that failed is in the way; or the message was given up; or it was claimed by another process between the
    # two statements, and then it can be edited now.
    db.execute(_OVERTAKE, {"row": outgoing.replaces, "at": now})
    return _id(_REFRESH.first(db, **values))


def rewrite(db: Transaction, row: int, content: Message) -> bool:
    """Change a message that was never tried in place; False when it is on its way or gone."""
    return bool(db.execute(_REWRITE, {"row": row, **_content(content)}).rowcount)


_HERE = (outbox.c.channel == sa.bindparam("channel"), outbox.c.chat == sa.bindparam("chat"))
_SHOWN = sa.select(outbox.c.id, outbox.c.keyboard, outbox.c.subject, outbox.c.replaces, outbox.c.message).where(*_HERE)
_BY_ROW = Prepared(_SHOWN.where(outbox.c.id == sa.bindparam("row")))
_BY_MESSAGE = Prepared(_SHOWN.where(outbox.c.message == sa.bindparam("message")).order_by(outbox.c.id.desc()).limit(1))


def find_shown(db: Transaction, address: Address, *, row: int = 0, message: str = "") -> Shown | None:
    """Our message by row or by the messenger's id; only within the chat it was sent to."""
    channel, chat = address.channel, address.chat
    if row:
        return _shown(_BY_ROW.first(db, channel=channel, chat=chat, row=row)) if 0 < row <= LARGEST_ID else None
    return _shown(_BY_MESSAGE.first(db, channel=channel, chat=chat, message=message)) if message else None


_UNSETTLED = sa.select(
    sa.exists().where(
        *_HERE,
        outbox.c.replaces.is_(None),
        sa.or_(_is(SENDING), sa.and_(_is(WAITING), outbox.c.reason == Failure.UNCERTAIN.value)),
    )
)


def is_unsettled(db: Transaction, address: Address) -> bool:
    """Whether a message is perhaps on show in this chat though the messenger's id of it is not known yet."""
    return bool(db.execute(_UNSETTLED, {"channel": address.channel, "chat": address.chat}).scalar())


def _last_shown() -> sa.Select[Any]:
    """By the place of the message in the chat, not by when it was edited; an edit may also take the buttons away."""
    later = outbox.alias("later")
    place = sa.func.coalesce(outbox.c.replaces, outbox.c.id)
    edited = sa.exists().where(
        later.c.replaces == place, later.c.id > outbox.c.id, sa.or_(_is(SENT, later), _is(SENDING, later))
    )
    on_show = sa.or_(_is(SENT), _is(SENDING))
    return _SHOWN.where(on_show, outbox.c.keyboard.is_not(None), ~edited).order_by(place.desc()).limit(1)


_LAST = Prepared(_last_shown())


def find_last_shown(db: Transaction, address: Address) -> Shown | None:
    """The newest message with buttons in this chat: what a typed number or word refers to."""
    return _shown(_LAST.first(db, channel=address.channel, chat=address.chat))


def shows(db: Transaction, address: Address, subject: str) -> bool:
    """Whether a message about ``subject`` stands in this chat with its buttons."""
    query = _last_shown().where(outbox.c.subject == subject)
    return db.execute(query, {"channel": address.channel, "chat": address.chat}).first() is not None


_PLACE = (outbox.c.channel, outbox.c.chat, outbox.c.private)
_NEWEST_ROWS = (
    sa.select(sa.func.max(outbox.c.id).label("row"), *_PLACE)
    .where(
        outbox.c.subject == sa.bindparam("subject"),
        outbox.c.replaces.is_(None),
        outbox.c.state != sa.literal_column("'dead'"),
        outbox.c.created >= sa.bindparam("since"),
    )
    .group_by(*_PLACE)
    .order_by("row")
)
_NEWEST = Prepared(_NEWEST_ROWS)
_CARDS = Prepared(_NEWEST_ROWS.where(sa.or_(outbox.c.private.is_(False), outbox.c.chat == sa.bindparam("acting"))))


def list_cards(db: Transaction, subject: str, since: datetime, acting: str) -> list[tuple[int, Address]]:
    """The newest message about ``subject`` in every room and in the chat ``acting``, if not older than ``since``.

    Direct chats of others are left alone: a popular card would otherwise be edited in hundreds of chats for each press.
    """
    rows = _CARDS.all(db, subject=subject, since=since, acting=acting)
    return [(row, Address(channel, chat, private)) for row, channel, chat, private in rows]


def list_newest(db: Transaction, subject: str, since: datetime) -> list[tuple[int, Address]]:
    """As :func:`list_cards`, in every direct chat too."""
    rows = _NEWEST.all(db, subject=subject, since=since)
    return [(row, Address(channel, chat, private)) for row, channel, chat, private in rows]


_EVERYWHERE = Prepared(
    sa.select(outbox.c.id.label("row"), *_PLACE)
    .where(
        outbox.c.subject == sa.bindparam("subject"),
        outbox.c.replaces.is_(None),
        sa.or_(_is(SENT), _is(SENDING)),
    )
    .order_by("row")
)


def list_everywhere(db: Transaction, subject: str) -> list[tuple[int, Address]]:
    """Every message about ``subject`` that was shown in whichever chat, the older ones too."""
    rows = _EVERYWHERE.all(db, subject=subject)
    return [(row, Address(channel, chat, private)) for row, channel, chat, private in rows]


def _claiming(*conditions: sa.ColumnElement[bool]) -> Any:
    # As a common table expression, which PostgreSQL runs once; a plain subquery it may run again for every row.
    heads = _heads().where(*conditions).limit(sa.bindparam("most")).with_for_update(skip_locked=True).cte("heads")
    # Written out: for SQLite, SQLAlchemy leaves away the table names in RETURNING, and these are needed.
    original = sa.literal_column(
        "(SELECT original.message FROM outbox AS original WHERE original.id = outbox.replaces)", sa.Text
    )
    return (
        sa.update(outbox)
        .where(outbox.c.id.in_(sa.select(heads.c.id)), _is(WAITING))
        .values(
            state=sa.literal_column("'sending'"),
            holder=sa.bindparam("by"),
            lease=sa.bindparam("until"),
            attempts=outbox.c.attempts + sa.literal_column("1"),
        )
        .returning(*_CLAIMED, original.label("original"))
    )


def _heads() -> sa.Select[tuple[int]]:
    """First waiting row of every chat in which nothing is being sent; a row waiting for its retry keeps its place."""
    earlier, busy = outbox.alias("earlier"), outbox.alias("busy")
    now = sa.bindparam("now", type_=Moment)
    same_chat = [table.c.channel == outbox.c.channel for table in (earlier, busy)]
    return (
        sa.select(outbox.c.id)
        .where(
            outbox.c.channel == sa.bindparam("on"),
            _is(WAITING),
            outbox.c.urgency <= sa.bindparam("most_urgent"),
            outbox.c.due <= now,
            ~sa.exists().where(same_chat[1], busy.c.chat == outbox.c.chat, _is(SENDING, busy)),
            ~sa.exists().where(
                same_chat[0],
                earlier.c.chat == outbox.c.chat,
                _is(WAITING, earlier),
                sa.or_(earlier.c.due <= now, earlier.c.attempts > sa.literal_column("0")),
                sa.tuple_(earlier.c.urgency, earlier.c.id) < sa.tuple_(outbox.c.urgency, outbox.c.id),
            ),
        )
        .order_by(outbox.c.urgency, outbox.c.id)
    )


_CLAIMED = [
    outbox.c[name]
    for name in (
        "id channel chat private urgency due key subject replaces reply_to "
        "text keyboard attachment late attempts created"
    ).split()
]
_CLAIM = Prepared(_claiming())
_CLAIM_ELSEWHERE = _claiming(outbox.c.chat.not_in(sa.bindparam("but", expanding=True)))


def claim(
    db: Transaction,
    channel: str,
    holder: str,
    now: datetime,
    lease: timedelta,
    most: int,
    urgency: Urgency,
    but: Collection[str] = (),
) -> list[Claimed]:
    """Take up to ``most`` due rows of at most this urgency number, the first of each chat, for ``lease``.

    Chats in ``but`` are passed over.

    Raises :class:`Conflict` when another process has just claimed in one of these chats: it saw a more urgent row that
    came in while this statement was already looking. The database permits one row in hand per chat.
    """
    values = {"on": channel, "by": holder, "now": now, "until": now + lease, "most": most, "most_urgent": int(urgency)}
    try:
        taken = db.execute(_CLAIM_ELSEWHERE, values | {"but": [*but]}).all() if but else _CLAIM.all(db, **values)
    except IntegrityError:
        message = "another process claims in the same chat"
        raise Conflict(message) from None
    return sorted((_claimed(row, row.original) for row in taken), key=lambda c: (c.message.urgency, c.id))


_SETTLE_SENT = Prepared(
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("row"))
    .values(
        state=sa.literal_column("'sent'"),
        message=sa.bindparam("shown_as"),
        settled=sa.bindparam("at"),
        holder=None,
        lease=None,
    )
)


def settle_sent(db: Transaction, sent: Sequence[tuple[int, str]], now: datetime) -> None:
    """Record delivered rows with the messenger's ids of their messages."""
    _SETTLE_SENT.run_each(db, [{"row": row, "shown_as": message, "at": now} for row, message in sent])


def settle_failed(
    db: Transaction, row: int, failure: Failure, decision: Retry | Dead, now: datetime, *, attempts: int = 0
) -> None:
    """Record what was decided about a failed attempt; nothing when ``attempts`` says that a later one is under way.

    An edit is not tried again when a newer one waits. Raises :class:`Conflict` when another process is just adding one.
    """
    values: dict[str, Any] = {"holder": None, "lease": None, "reason": failure.value}
    match decision:
        case Retry(at):
            _put_back(db, row, attempts, values | {"due": at}, sa.literal(now, Moment))
        case Dead():
            db.execute(_held(row, attempts).values(**values, state=DEAD, settled=now))


def release(db: Transaction, row: int, *, attempts: int = 0) -> None:
    """Give back a claimed row that was not attempted, for instance because the process stops.

    An edit is given up when a newer one waits. Raises :class:`Conflict` when another process is just adding one.
    """
    _put_back(db, row, attempts, {"holder": None, "lease": None, "attempts": outbox.c.attempts - 1}, outbox.c.created)


def _put_back(db: Transaction, row: int, attempts: int, values: dict[str, Any], settled: sa.ColumnElement[Any]) -> None:
    newer = outbox.alias("newer")
    overtaken = sa.exists().where(newer.c.replaces == outbox.c.replaces, _is(WAITING, newer))
    values |= {
        "state": sa.case((overtaken, DEAD), else_=WAITING),
        "settled": sa.case((overtaken, settled), else_=sa.null()),
        "reason": sa.case((overtaken, OVERTAKEN), else_=values.get("reason", outbox.c.reason)),
    }
    try:
        db.execute(_held(row, attempts).values(**values))
    except IntegrityError:
        message = "another process edits the same message"
        raise Conflict(message) from None


def extend_leases(db: Transaction, rows: Sequence[Claimed], until: datetime) -> set[int]:
    """Keep rows that wait for their turn; returns those that are still ours, the others must not be sent."""
    kept = sa.update(outbox).where(_is(SENDING), outbox.c.id == sa.bindparam("row"))
    kept = kept.where(outbox.c.attempts == sa.bindparam("attempt")).values(lease=sa.bindparam("until"))
    ours = set()
    for row in rows:
        if db.execute(kept, {"row": row.id, "attempt": row.attempts, "until": until}).rowcount:
            ours.add(row.id)
    return ours


def list_abandoned(db: Transaction, channel: str, now: datetime, dead_holders: Sequence[str]) -> list[Claimed]:
    """Rows whose lease ran out or whose holder is known to be dead: attempted, with an uncertain end."""
    lost = sa.or_(outbox.c.lease < now, outbox.c.holder.in_(dead_holders))
    rows = db.execute(
        sa.select(*_CLAIMED)
        .where(outbox.c.channel == channel, _is(SENDING), lost)
        .order_by(outbox.c.id)
        .with_for_update(skip_locked=True)
    )
    return [_claimed(row, None) for row in rows]


def give_up_unseen(db: Transaction, address: Address, now: datetime) -> set[str]:
    """Nobody ever came into this chat: nothing of it counts as delivered. Returns what the messages were about."""
    here = outbox.c.channel == address.channel, outbox.c.chat == address.chat
    ended = sa.update(outbox).where(*here, outbox.c.state.in_([SENT, WAITING]))
    values = {"state": DEAD, "settled": now, "reason": Failure.DECLINED.value}
    return {about or "" for about in db.execute(ended.values(values).returning(outbox.c.subject)).scalars()}


def list_holders(db: Transaction, channel: str) -> list[str]:
    """Who holds leases at present."""
    held = sa.select(outbox.c.holder).where(outbox.c.channel == channel, _is(SENDING)).distinct()
    return list(db.execute(held).scalars())


def find_next_due(db: Transaction, channel: str, now: datetime) -> datetime | None:
    """When, after ``now``, the next waiting row becomes due; None when none will.

    Rows due already are left out: they are being claimed, or wait for one before them in their chat.
    """
    due = sa.func.min(outbox.c.due, type_=Moment())
    found: datetime | None = db.execute(
        sa.select(due).where(outbox.c.channel == channel, _is(WAITING), outbox.c.due > now)
    ).scalar()
    return found


def move_chat(db: Transaction, old: Address, new_chat: str) -> None:
    """Messages follow a chat and its parts to its new id: waiting ones are sent there, buttons of sent ones go on.

    One that is being sent stays when another one is just being sent to the new id.
    """
    busy = outbox.alias("busy")
    new = moved(outbox.c.chat, old.chat, new_chat)
    taken = sa.exists().where(busy.c.channel == old.channel, busy.c.chat == new, _is(SENDING, busy))
    moving = sa.update(outbox).where(outbox.c.channel == old.channel, within(outbox.c.chat, old.chat))
    db.execute(moving.where(sa.or_(~_is(SENDING), ~taken)).values(chat=new))


def count_states(db: Transaction) -> dict[tuple[str, str], int]:
    """How many rows there are by channel and state, for the metrics."""
    counted = sa.select(outbox.c.channel, outbox.c.state, sa.func.count()).group_by(outbox.c.channel, outbox.c.state)
    return {(channel, state): number for channel, state, number in db.execute(counted)}


def scrub(db: Transaction, before: datetime) -> int:
    """Blank the contents of what was settled before; what buttons mean stays, so that old cards still answer."""
    due = sa.select(outbox.c.id, outbox.c.keyboard).where(
        outbox.c.settled < before, sa.text("settled IS NOT NULL AND NOT scrubbed")
    )
    old = db.execute(due).all()
    blank = sa.update(outbox).where(outbox.c.id == sa.bindparam("row"))
    blank = blank.values(text="", attachment=None, late=None, keyboard=sa.bindparam("bare"), scrubbed=True)
    if old:
        db.execute(blank, [{"row": row.id, "bare": bare(row.keyboard)} for row in old])
    return len(old)


def bare(keyboard: list[list[list[Any]]] | None) -> list[list[list[Any]]] | None:
    """What the buttons mean, without their words."""
    return keyboard and [[["", name, args, ""] for _, name, args, _ in row] for row in keyboard]


def _id(row: Any) -> int | None:
    found: int | None = row and row.id
    return found


def _held(row: int, attempts: int) -> sa.Update:
    held = sa.update(outbox).where(outbox.c.id == row, _is(SENDING))
    return held.where(outbox.c.attempts == attempts) if attempts else held


def _claimed(row: Any, original: str | None) -> Claimed:
    outgoing = Outgoing(
        to=Address(row.channel, row.chat, row.private),
        content=_message(row.text, row.keyboard, row.attachment, row.late),
        urgency=Urgency(row.urgency),
        not_before=row.due,
        key=row.key or "",
        subject=row.subject or "",
        replaces=row.replaces or 0,
        reply_to=row.reply_to,
    )
    return Claimed(row.id, outgoing, row.attempts, row.created, original)


def _message(text: str, keyboard: Any, attachment: Any, late: Any) -> Message:
    picture: Attachment | None = attachment_from_json(attachment) if attachment else None
    return Message(Html(text), keyboard_from_json(keyboard or []), picture, action_from_json(late) if late else None)


def _shown(row: Any) -> Shown | None:
    if row is None:
        return None
    return Shown(row.replaces or row.id, keyboard_from_json(row.keyboard or []), row.subject or "", row.message or "")


def _content(content: Message) -> dict[str, Any]:
    return {
        "text": content.text,
        "keyboard": keyboard_to_json(content.keyboard) or None,
        "attachment": attachment_to_json(content.attachment) if content.attachment else None,
        "late": action_to_json(content.late) if content.late else None,
    }


def _values(outgoing: Outgoing, now: datetime) -> dict[str, Any]:
    """What a new message and an edit have in common."""
    due = outgoing.not_before or now
    return {
        "urgency": int(outgoing.urgency),
        "due": due,
        # How long it is worth trying counts from when it was to go.
        "created": max(due, now),
        "subject": outgoing.subject or None,
        "reply_to": outgoing.reply_to,
        **_content(outgoing.content),
    }
