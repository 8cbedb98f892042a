"""What passes between people and the assistant, without any messenger in it.

Everything here is a frozen value; what has to wait in the outbox can be written as JSON and read back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import Any


class Html(str):
    """Text in the small HTML subset all channels know; every value in it is already escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """Marks it as not to be escaped again."""
        return self

    @classmethod
    def joined(cls, separator: str, parts: Iterable[str]) -> "Html":
        """Several pieces of HTML as one."""
        return cls(separator.join(parts))


@dataclass(frozen=True, slots=True)
class Address:
    """A chat on one channel; ``private`` when nobody but one person reads it.

    ``<chat>/<part>`` is a part of ``<chat>``, such as a topic of a forum: a chat of its own that comes and goes with
    the whole.
    """

    channel: str
    chat: str
    private: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """Who is behind an arrival, as the messenger says; ``language`` is its two-letter hint or empty."""

    id: str
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What all arrivals share. ``id`` is unique within the channel, ``at`` is aware."""

    id: str
    at: datetime
    sender: Sender
    address: Address


@dataclass(frozen=True, slots=True)
class File:
    """A picture or file a person sent. It stays with the messenger: its channel fetches it by ``ref``.

    ``size`` is in bytes, as the messenger says.
    """

    name: str
    media_type: str
    size: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Arrival):
    """A person wrote ``text``; ``message`` is the messenger's id of it, ``reply_to`` of what it answers.

    With a ``file``, the text is what was written beside it, and may be empty.
    """

    message: str
    text: str
    reply_to: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Arrival):
    """A person changed the earlier ``message``; it is never run as a new command."""

    message: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Arrival):
    """A person pressed button ``index`` of ``message`` (the messenger's id).

    ``row`` is our outbox row when the messenger hands it back with the press, else 0: then the row last
    shown under ``message`` is meant.
    """

    message: str
    index: int
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Arrival):
    """A person opened the direct chat; ``payload`` is what the link carried, such as an invitation code."""

    payload: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Arrival):
    """The sender left: the room, or, in a direct chat, the assistant itself (blocked it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Arrival):
    """The sender does not come into the direct chat that we opened, and has read nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Arrival):
    """The assistant was taken out of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Arrival):
    """The room goes on under another id, ``chat``, on the same channel."""

    chat: str


Incoming = Said | Edited | Pressed | Opened | Left | Declined | Removed | Moved


@dataclass(frozen=True, slots=True)
class Action:
    """What a press means, such as ``Action("topics.support", (3,))``. Kept in our database, never sent out."""

    name: str
    args: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """``label`` is shown, ``say`` is what to type where there are no buttons (and means the same)."""

    label: str
    action: Action
    say: str


Keyboard = tuple[tuple[Button, ...], ...]


RECEIVED = "received"
"""In place of a drawing: a file somebody sent; the arguments are the channel it came by, its ``ref`` and its size."""

KEPT = "kept"
"""In place of a drawing, in an edit: what the message shows already."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file to be drawn when it is sent: ``draw`` names the drawing, ``args`` are its values.

    ``alt`` says in words what a picture shows; it is part of the same message on every channel.
    """

    name: str
    media_type: str
    draw: str
    args: tuple[int | str, ...] = ()
    alt: str = ""

    @property
    def picture(self) -> bool:
        """Whether channels show it in place rather than offer it as a file."""
        return self.media_type.startswith("image/")

    @property
    def stays(self) -> bool:
        """Whether an edit leaves it as it is, so that nothing is drawn."""
        return self.draw == KEPT

    def kept(self) -> "Attachment":
        """What an edit says of it, so that it stays."""
        return replace(self, draw=KEPT, args=())


@dataclass(frozen=True, slots=True)
class Message:
    """What one message shows: text, rows of buttons, at most one attachment. An edit without one takes it away.

    ``late`` names what writes the text, the labels and perhaps the attachment in the moment it is sent, with its
    arguments. So what only one person may read, or what is long, passes through the outbox without being written there;
    the buttons keep their place and meaning.
    """

    text: Html
    keyboard: Keyboard = ()
    attachment: Attachment | None = None
    late: Action | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order; a press names one by its index here."""
        return tuple(button for row in self.keyboard for button in row)


class Urgency(IntEnum):
    """Who goes first when a channel is busy: the smaller number."""

    REPLY = 0
    REMINDER = 1
    ANNOUNCEMENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way out.

    ``key`` makes it unique: queued once, whoever tries again. ``subject`` ("topic:3") names all messages that
    show one thing, so that they can be refreshed together. ``replaces`` is the outbox row whose message on the
    messenger is edited by this one. ``reply_to`` is the messenger's id of the message answered.
    ``not_before`` is aware; None means now.
    """

    to: Address
    content: Message
    urgency: Urgency = Urgency.REPLY
    not_before: datetime | None = None
    key: str = ""
    subject: str = ""
    replaces: int = 0
    reply_to: str = ""


def keyboard_to_json(keyboard: Keyboard) -> list[list[list[Any]]]:
    """Rows of ``[label, action name, arguments, say]``, ready for a JSON column."""
    return [[[b.label, b.action.name, list(b.action.args), b.say] for b in row] for row in keyboard]


def keyboard_from_json(rows: list[list[list[Any]]]) -> Keyboard:
    """Inverse of :func:`keyboard_to_json`."""
    return tuple(tuple(Button(label, Action(name, tuple(args)), say) for label, name, args, say in row) for row in rows)


def attachment_to_json(attachment: Attachment) -> list[Any]:
    """``[name, media type, drawing, arguments, alternative text]``, ready for a JSON column."""
    return [attachment.name, attachment.media_type, attachment.draw, list(attachment.args), attachment.alt]


def attachment_from_json(value: list[Any]) -> Attachment:
    """Inverse of :func:`attachment_to_json`."""
    name, media_type, draw, args, alt = value
    return Attachment(name, media_type, draw, tuple(args), alt)


def action_to_json(action: Action) -> list[Any]:
    """``[name, arguments]``, ready for a JSON column."""
    return [action.name, list(action.args)]


def action_from_json(value: list[Any]) -> Action:
    """Inverse of :func:`action_to_json`."""
    name, args = value
    return Action(name, tuple(args))
