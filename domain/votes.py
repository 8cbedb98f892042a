"""Votes: what they are made of, which states they go through, and what follows from their times and places."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from domain.ballots.outcome import Counted, Outcome
from domain.ballots.rules import Method, Rule
from domain.people import Role

QUESTION_LIMIT = 300
OPTION_LIMIT = 300
LARGEST_QUORUM = 10_000
REMINDED_BEFORE = timedelta(hours=24)
REMINDED_SHARE = 4
"""A reminder comes so long before the close, or after all but this share of the running time where that is less."""
LEFT_TO_ACT = timedelta(hours=2)
LEFT_SHARE = 8
"""What must be left before the close for a reminder to help: so long, or this share of a shorter running time."""
RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
RECEIPT_LENGTH = 10


class State(StrEnum):
    """Where a vote stands; before it is scheduled or opened it is a draft in a dialogue only."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Electorate(StrEnum):
    """Who may vote. The members of a room are counted where the room belongs to no group, as they come."""

    ALL = "all"
    GROUP = "group"
    ROOM = "room"
    ROLE = "role"


def subject(vote: int) -> str:
    """The name under which the cards of a vote are kept up to date."""
    return f"vote:{vote}"


def notice_subject(vote: int) -> str:
    """The name of what is told about a vote in a room, which can be answered like its card and stays as it is."""
    return f"vote-notice:{vote}"


def ballot_subject(vote: int) -> str:
    """The name under which the ballots in direct chats are kept up to date."""
    return f"vote-ballot:{vote}"


def own_subject(vote: int) -> str:
    """The name under which answers to "How did I vote?" are taken back at the close."""
    return f"vote-own:{vote}"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen; ``place`` counts from 1, ``topic`` is where it came from."""

    place: int
    text: str
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is decided about a vote before it begins.

    ``points`` is the budget of each voter, 0 where there are none to spread. ``opens`` is None for at once.
    """

    question: str
    options: tuple[Option, ...]
    method: str
    closes: datetime
    opens: datetime | None = None
    seats: int = 1
    proportional: bool = False
    points: int = 0
    none_option: bool = False
    secret: bool = True
    live: bool = False
    electorate: Electorate = Electorate.ALL
    group: int | None = None
    room: int | None = None
    role: Role | None = None
    partners: bool = False
    quorum: int = 0
    seed: str = ""
    lots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as it stands. ``outcome`` and ``counted`` are there once it is closed."""

    id: int
    draft: Draft
    state: State
    creator: int | None
    started: datetime | None = None
    closed: datetime | None = None
    remind: datetime | None = None
    outcome: dict[str, Any] | None = None
    counted: int | None = None
    purged: bool = False

    @property
    def question(self) -> str:
        """What is asked."""
        return self.draft.question

    @property
    def closes(self) -> datetime:
        """When it ends, unless somebody ends it earlier."""
        return self.draft.closes

    @property
    def secret(self) -> bool:
        """Whether nobody may learn who chose what."""
        return self.draft.secret

    @property
    def open(self) -> bool:
        """Whether votes are taken."""
        return self.state is State.OPEN

    @property
    def texts(self) -> tuple[str, ...]:
        """What can be chosen, in order."""
        return tuple(option.text for option in self.draft.options)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted, of how many who may; where people are counted as they come, these are the same people."""

    voted: int
    entitled: int


def rule_of(draft: Draft) -> Rule:
    """The rule by which the vote is read and counted; "none of these" comes after all options."""
    number = len(draft.options) + draft.none_option
    return Rule(
        method=Method(draft.method),
        options=number,
        lots=draft.lots,
        seats=draft.seats,
        proportional=draft.proportional,
        points=draft.points,
        none=number if draft.none_option else 0,
        quorum=draft.quorum,
    )


def withheld(outcome: Outcome) -> Outcome:
    """The outcome without all that could tell what single people chose: only what was chosen, in no order."""
    chosen = tuple(sorted(outcome.winners))
    return replace(outcome, winners=chosen, abstentions=0, unanimous=False, counted=Counted(chosen, ()))


def reminder_time(started: datetime, closes: datetime) -> datetime:
    """When those who have not voted are reminded."""
    return closes - min(REMINDED_BEFORE, (closes - started) / REMINDED_SHARE)


def may_ever_vote(draft: Draft, role: Role) -> bool:
    """Whether people of this role can belong to the electorate: partners only where the vote says so."""
    if draft.role is not None and role is not draft.role:
        return False
    return role >= (Role.PARTNER if draft.partners else Role.PARTICIPANT)


def pseudonym(key: bytes, vote: int, member: int) -> bytes:
    """Under which a secret ballot is kept while the vote is open; without the key it leads to nobody."""
    return _keyed(key, f"ballot|{vote}|{member}")


def receipt(key: bytes, vote: int, member: int) -> str:
    """The code by which a voter finds the own vote among the counted ones; it tells nothing about the choice."""
    digest = _keyed(key, f"receipt|{vote}|{member}")
    return "".join(RECEIPT_LETTERS[byte % len(RECEIPT_LETTERS)] for byte in digest[:RECEIPT_LENGTH])


def fresh_pseudonyms(secret: bytes, number: int) -> list[bytes]:
    """Names for ballots that lead back to nothing, in the order in which they are to be written down."""
    return sorted(_keyed(secret, f"fresh|{place}") for place in range(number))


def key_from(word: str) -> bytes:
    """A key from an unguessable word."""
    return sha256(word.encode()).digest()


def _keyed(key: bytes, what: str) -> bytes:
    return hmac.new(key, what.encode(), sha256).digest()


def shuffled(choices: Sequence[str], secret: bytes) -> list[str]:
    """The choices in an order that tells nothing about who gave them or when."""
    keyed = [(_keyed(secret, f"order|{place}"), choice) for place, choice in enumerate(sorted(choices))]
    return [choice for _, choice in sorted(keyed)]
