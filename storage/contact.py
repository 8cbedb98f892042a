"""Questions to the coordination, and the way back to whoever asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from domain.chat import Address
from domain.refusal import Refused
from storage.database import LARGEST_ID, Moment, Transaction, metadata
from storage.declared import Declared, Keep, Personal, member_link, personal, plain
from storage.people import members

CLOSED_FOR = timedelta(days=90)
"""How long a closed question is kept; then nobody knows any more that it was asked, or by whom."""
_LINK = Declared(Personal.LINK, Keep.QUESTION)
_WHERE = Declared(Personal.IDENTITY, Keep.QUESTION)
_TEXT = Declared(Personal.CONTRIBUTION, Keep.QUESTION)
_WHEN = Declared(Personal.TRACE, Keep.QUESTION)

questions = sa.Table(
    "contact_questions",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    member_link("member", _LINK, index=True),
    personal("text", _TEXT, sa.Text),
    plain("unnamed", sa.Boolean),
    personal("channel", _WHERE, sa.Text),
    personal("chat", _WHERE, sa.Text),
    plain("private", sa.Boolean),
    personal("message", _WHERE, sa.Text),
    personal("asked", _WHEN, Moment),
    personal("answered", _WHEN, Moment, nullable=True),
    personal("closed", _WHEN, Moment, nullable=True),
    sa.CheckConstraint("text <> ''", name="text"),
    sa.Index("ix_contact_questions_closed", "closed"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked. ``name`` is empty where they want to stay unnamed; ``at`` and ``message`` are where."""

    id: int
    member: int
    name: str
    text: str
    at: Address
    message: str
    asked: datetime
    answered: datetime | None
    closed: datetime | None


_KNOWN = sa.select(questions, members.c.name).join(members, members.c.id == questions.c.member)


def add_question(
    db: Transaction, member: int, text: str, at: Address, message: str, now: datetime, *, unnamed: bool
) -> int:
    """A new question; returns its number."""
    values = {"member": member, "text": text, "unnamed": unnamed, "message": message, "asked": now}
    values |= {"channel": at.channel, "chat": at.chat, "private": at.private}
    number: int = db.execute(sa.insert(questions).returning(questions.c.id), values).scalar_one()
    return number


def get_question(db: Transaction, number: int) -> Question:
    """The question with this number. Raises :class:`Refused` when there is none (any more)."""
    query = _KNOWN.where(questions.c.id == number)
    row = db.execute(query).first() if 0 < number <= LARGEST_ID else None
    if row is None:
        raise Refused("contact-unknown", number=str(number))
    return _question(row)


def add_text(db: Transaction, question: Question, text: str, message: str) -> None:
    """The person goes on: a further text, to which the next answer replies; a closed question is open again."""
    values = {"text": f"{question.text}\n\n{text}", "message": message, "closed": None, "answered": None}
    db.execute(sa.update(questions).where(questions.c.id == question.id).values(**values))


def note_answer(db: Transaction, number: int, now: datetime) -> None:
    """Somebody answered."""
    db.execute(sa.update(questions).where(questions.c.id == number).values(answered=now))


def close_question(db: Transaction, number: int, now: datetime) -> bool:
    """Nothing is left to do; False when it was closed already."""
    closing = sa.update(questions).where(questions.c.id == number, questions.c.closed.is_(None))
    return bool(db.execute(closing.values(closed=now)).rowcount)


def list_open(db: Transaction) -> list[Question]:
    """What is not closed, the oldest first."""
    return [_question(row) for row in db.execute(_KNOWN.where(questions.c.closed.is_(None)).order_by(questions.c.id))]


def list_outdated(db: Transaction, now: datetime) -> list[int]:
    """Closed so long ago that they are to be forgotten."""
    return list(db.execute(sa.select(questions.c.id).where(questions.c.closed < now - CLOSED_FOR)).scalars())


def forget(db: Transaction, number: int) -> None:
    """Delete the question."""
    db.execute(sa.delete(questions).where(questions.c.id == number))


def _question(row: Any) -> Question:
    return Question(
        row.id,
        row.member,
        "" if row.unnamed else row.name,
        row.text,
        Address(row.channel, row.chat, row.private),
        row.message,
        row.asked,
        row.answered,
        row.closed,
    )
