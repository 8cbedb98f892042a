"""Dialogues in hand: which question a person is to answer in which chat, and what they answered so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.chats import within
from storage.database import Moment, Transaction, both, metadata
from storage.declared import Declared, Keep, Personal, personal, plain
from storage.prepared import Prepared

IDENTITY = Declared(Personal.IDENTITY, Keep.DIALOGUE)
CONTENT = Declared(Personal.CONTENT, Keep.DIALOGUE)

dialogs = sa.Table(
    "dialogs",
    metadata,
    plain("channel", sa.Text, primary_key=True),
    personal("chat", IDENTITY, sa.Text, primary_key=True),
    personal("user", IDENTITY, sa.Text, primary_key=True),
    plain("name", sa.Text),
    plain("step", sa.Text),
    plain("turn", sa.Integer),
    personal("data", CONTENT, sa.JSON),
    personal("past", CONTENT, sa.JSON),
    personal("touched", Declared(Personal.TRACE, Keep.DIALOGUE), Moment, index=True),
)

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialogue at ``step``.

    ``turn`` counts its questions, so that a press on an old one is told apart; ``past`` are the earlier steps with
    what was known then, for the way back.
    """

    name: str
    step: str
    turn: int
    data: Data
    past: tuple[tuple[str, Data], ...]


_THIS = (
    dialogs.c.channel == sa.bindparam("channel"),
    dialogs.c.chat == sa.bindparam("chat"),
    dialogs.c.user == sa.bindparam("user"),
)
_FIND = Prepared(sa.select(dialogs).where(*_THIS))
_END = sa.delete(dialogs).where(*_THIS)


def _overwriting(insert: Any) -> Any:
    statement = insert(dialogs)
    new = {name: statement.excluded[name] for name in ("name", "step", "turn", "data", "past", "touched")}
    return statement.on_conflict_do_update(index_elements=["channel", "chat", "user"], set_=new)


_SAVE = both(_overwriting)


def find_dialog(db: Transaction, channel: str, chat: str, user: str) -> Dialog | None:
    """What this person is in the middle of in this chat."""
    row = _FIND.first(db, channel=channel, chat=chat, user=user)
    if row is None:
        return None
    return Dialog(row.name, row.step, row.turn, row.data, tuple((step, data) for step, data in row.past))


def save_dialog(db: Transaction, channel: str, chat: str, user: str, dialog: Dialog, now: datetime) -> None:
    """Begin or go on; one dialogue per person and chat."""
    values = {
        "channel": channel,
        "chat": chat,
        "user": user,
        "name": dialog.name,
        "step": dialog.step,
        "turn": dialog.turn,
        "data": dialog.data,
        "past": [list(entry) for entry in dialog.past],
        "touched": now,
    }
    db.execute(_SAVE[db.dialect.name], values)


def end_dialog(db: Transaction, channel: str, chat: str, user: str) -> None:
    """Forget it with everything that was typed."""
    db.execute(_END, {"channel": channel, "chat": chat, "user": user})


def move_dialogs(db: Transaction, channel: str, chat: str, new_chat: str) -> None:
    """They follow a chat and its parts to its new id, in place of what the same people have begun there."""
    places = sa.select(dialogs.c.chat).where(dialogs.c.channel == channel, within(dialogs.c.chat, chat)).distinct()
    for old in db.execute(places).scalars().all():
        new = new_chat + old.removeprefix(chat)
        moving = dialogs.c.channel == channel, dialogs.c.chat == old
        there = dialogs.c.channel == channel, dialogs.c.chat == new
        db.execute(sa.delete(dialogs).where(*there, dialogs.c.user.in_(sa.select(dialogs.c.user).where(*moving))))
        db.execute(sa.update(dialogs).where(*moving).values(chat=new))


def forget_dialogs(db: Transaction, before: datetime) -> int:
    """Drop dialogues nobody went on with; returns how many."""
    return db.execute(sa.delete(dialogs).where(dialogs.c.touched < before)).rowcount
