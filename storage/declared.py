"""What each column holds about people: every column says so, and export and erasure are driven by it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa


class Personal(Enum):
    """Classes of personal data."""

    NONE = "none"
    """Says nothing about a person."""
    IDENTITY = "identity"
    """Who somebody is: name, account on a messenger, chat."""
    SETTING = "setting"
    """What somebody chose for themselves: language, form of address."""
    LINK = "link"
    """Which person a row belongs to."""
    CONTRIBUTION = "contribution"
    """What somebody wrote for others to read."""
    CONTENT = "content"
    """Contents in transit: messages waiting or delivered, answers in an open dialogue."""
    TRACE = "trace"
    """When somebody did something, or that they did."""


class Keep(Enum):
    """How long a personal value is kept."""

    ALWAYS = "always"
    """As long as the programme; for values that say nothing about a person."""
    MEMBERSHIP = "membership"
    """Until the person leaves or asks for erasure."""
    DELIVERY = "delivery"
    """Until some days after delivery (``privacy.outbox_days``), then scrubbed."""
    DIALOGUE = "dialogue"
    """Until the dialogue is finished, cancelled or two weeks old."""
    QUESTION = "question"
    """Until some months after the question to the coordination was closed."""
    MONTH = "month"
    """Thirty days."""
    RECORD = "record"
    """As long as the record must show who decided what; the link is cut on erasure."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a column holds and for how long."""

    personal: Personal
    keep: Keep


IDENTITY = Declared(Personal.IDENTITY, Keep.MEMBERSHIP)
SETTING = Declared(Personal.SETTING, Keep.MEMBERSHIP)
LINK = Declared(Personal.LINK, Keep.MEMBERSHIP)
TRACE = Declared(Personal.TRACE, Keep.MEMBERSHIP)
WRITTEN = Declared(Personal.CONTRIBUTION, Keep.RECORD)
_NOTHING = Declared(Personal.NONE, Keep.ALWAYS)


def plain(name: str, *args: Any, **kwargs: Any) -> sa.Column[Any]:
    """A column that says nothing about a person."""
    return personal(name, _NOTHING, *args, **kwargs)


def personal(name: str, declared: Declared, *args: Any, **kwargs: Any) -> sa.Column[Any]:
    """A column that holds what ``declared`` says; never null unless ``nullable`` says so."""
    kwargs.setdefault("nullable", False)
    return sa.Column(name, *args, info={"declared": declared}, **kwargs)


def member_link(
    name: str = "member", declared: Declared = LINK, *, ondelete: str = "CASCADE", **kwargs: Any
) -> sa.Column[Any]:
    """A reference to the person a row belongs to; the row goes when they do unless ``ondelete`` says otherwise."""
    return personal(name, declared, sa.Integer, sa.ForeignKey("members.id", ondelete=ondelete), **kwargs)


def one_of(column: str, values: type[Enum] | tuple[str, ...]) -> sa.CheckConstraint:
    """A check that ``column`` holds one of these words."""
    words = values if isinstance(values, tuple) else tuple(value.value for value in values)
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f'"{column}" IN ({listed})', name=column)


def declaration(column: sa.Column[Any]) -> Declared | None:
    """What the column declares; None when its author forgot."""
    declared = column.info.get("declared")
    return declared if isinstance(declared, Declared) else None
