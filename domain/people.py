"""Who takes part and what they may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.hours import QuietHours


class Role(IntEnum):
    """What somebody may do; a higher role may do all a lower one may, except that partners vote only where allowed."""

    GUEST = 0
    PARTNER = 1
    PARTICIPANT = 2
    COORDINATOR = 3
    ADMIN = 4

    @property
    def word(self) -> str:
        """The name in keys, on the command line and in the database."""
        return self.name.lower()


class Form(StrEnum):
    """How somebody wants to be addressed in German."""

    SIE = "sie"
    DU = "du"
    LEICHT = "leicht"


class Purpose(StrEnum):
    """What a room is for."""

    PROGRAMME = "programme"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who joined, whichever messenger they use."""

    id: int
    name: str
    role: Role
    language: str
    form: Form
    preferred: str
    quiet: QuietHours | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A member on one messenger. ``chat`` is the direct chat on ``channel``, empty when none was ever opened."""

    id: int
    member: int
    kind: str
    user: str
    channel: str
    chat: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of members, for example a cohort."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A group chat connected to the programme."""

    id: int
    channel: str
    chat: str
    name: str
    language: str
    purpose: Purpose
    group: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that lets people join with a role, and into a group; ``left`` uses remain until ``expires``."""

    id: int
    code: str
    role: Role
    group: int | None
    left: int
    expires: datetime
    revoked: bool

    def usable(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.left > 0 and not self.revoked and now < self.expires
