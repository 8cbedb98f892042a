"""What a transcript says, as values: who takes part, what they do, and what then appears to whom."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from domain.people import Form, Purpose, Role
from domain.topics import State


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part; ``shown`` is the name on the messenger. A guest has not joined yet.

    ``met``: they have opened the direct chat; a guest never has.
    """

    name: str
    role: Role
    language: str = "de"
    form: Form = Form.SIE
    group: str = ""
    shown: str = ""
    met: bool = True

    @property
    def guest(self) -> bool:
        """Whether they still have to join."""
        return self.role is Role.GUEST


@dataclass(frozen=True, slots=True)
class Room:
    """A group chat with the assistant in it; ``purpose`` is None when it is not connected."""

    name: str
    members: tuple[str, ...]
    purpose: Purpose | None
    language: str = "de"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that is there before the dialogue begins; the author supports it too."""

    question: str
    author: str
    supporters: tuple[str, ...] = ()
    background: str = ""
    state: State = State.PROPOSED
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Everything that is there before the dialogue begins."""

    people: tuple[Person, ...]
    rooms: tuple[Room, ...] = ()
    topics: tuple[Topic, ...] = ()
    moderation: bool = False
    join: str = "invite"
    second_approval: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """A room, or the direct chat of the person of this name."""

    name: str
    room: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Write a message."""

    person: str
    chat: Chat
    text: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send a picture, if the name says so, or a file."""

    person: str
    chat: Chat
    file: str

    @property
    def picture(self) -> bool:
        """Whether it is a picture."""
        return self.file.endswith(".png")


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the newest message of the assistant that contains ``to``."""

    person: str
    chat: Chat
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Edit one's own newest message that contains ``old``."""

    person: str
    chat: Chat
    old: str
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button on the newest message that shows it (and contains ``on``).

    ``late``: the button was there before the message was changed, and the person still sees it.
    """

    person: str
    chat: Chat
    label: str
    on: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Forge:
    """Send a press from one's own direct chat that no client offers: a button of somebody else's chat."""

    person: str
    label: str
    victim: str


@dataclass(frozen=True, slots=True)
class ForgeNumber:
    """Send a press of a button that the newest message with buttons does not have; ``number`` counts from 1."""

    person: str
    number: int


@dataclass(frozen=True, slots=True)
class Open:
    """Open the direct chat, perhaps by a link with a code."""

    person: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave a room, or block the assistant in the direct chat."""

    person: str
    chat: Chat


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass."""

    duration: timedelta


@dataclass(frozen=True, slots=True)
class Restart:
    """The process ends and starts again."""


Act = Say | Send | Reply | Change | Press | Forge | ForgeNumber | Open | Leave | Wait | Restart


class Kind(Enum):
    """How something appears."""

    MESSAGE = "message"
    EDIT = "edit"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that appears in a chat, in the lines of a transcript; a notice is one line for one person."""

    chat: Chat
    kind: Kind
    lines: tuple[str, ...]

    def written(self) -> list[str]:
        """As it stands in a transcript, without the indentation of the whole."""
        if self.kind is Kind.NOTICE:
            return [f"Hinweis an {self.chat.name}: {self.lines[0]}"]
        place = f"In „{self.chat.name}“" if self.chat.room else f"An {self.chat.name}"
        head = f"{place}, geändert:" if self.kind is Kind.EDIT else f"{place}:"
        return [head, *(f"    {line}" if line else "" for line in self.lines)]


@dataclass(frozen=True, slots=True)
class Scene:
    """One act and what has to appear after it.

    ``line`` is where the act stands, counted from 1; the entries stand in the lines ``first`` to before ``end``,
    counted from 0.
    """

    act: Act
    line: int
    entries: tuple[Entry, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole file; ``needs`` are abilities of a channel without which it means nothing."""

    name: str
    title: str
    purpose: str
    cast: Cast
    scenes: tuple[Scene, ...]
    lines: tuple[str, ...] = field(repr=False)
    needs: frozenset[str] = frozenset()
