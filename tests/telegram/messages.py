"""A message as it stands in a chat now."""

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from tests.telegram.accounts import User
from tests.telegram.files import StoredFile
from tests.telegram.markup import to_html
from tests.telegram.refusals import Json


class Place(Protocol):
    """Where a message stands."""

    @property
    def id(self) -> int:
        """The identifier by which bots know the place."""
        ...

    def to_json(self) -> Json:
        """A ``Chat``."""
        ...


@dataclass(slots=True)
class Content:
    """What a message shows. ``body`` is the text, or the caption where there is a file."""

    body: str = ""
    entities: list[Json] = field(default_factory=list)
    file: StoredFile | None = None
    keyboard: list[list[Json]] = field(default_factory=list)
    extra: Json = field(default_factory=dict)
    """Further fields of the ``Message``: how it is shown, or what has no text."""
    service: Json = field(default_factory=dict)
    """The fields of a service message; empty for what somebody wrote."""

    def to_json(self) -> Json:
        """The fields of a ``Message`` that show it."""
        fields = self.extra | self.service
        if self.file:
            fields |= self.file.to_json()
        if self.body:
            fields["caption" if self.file else "text"] = self.body
        if self.entities:
            fields["caption_entities" if self.file else "entities"] = self.entities
        if self.keyboard:
            fields["reply_markup"] = {"inline_keyboard": self.keyboard}
        return fields


@dataclass(eq=False, slots=True)
class Message:
    """One message; times are Unix seconds. ``earlier`` holds the HTML of each wording before an edit.

    ``root`` is the service message a forum topic began with, for a message in a topic.
    """

    id: int
    place: Place
    sender: User
    date: int
    content: Content
    reply_to: "Message | None" = None
    root: "Message | None" = None
    silent: bool = False
    edit_date: int = 0
    deleted: bool = False
    pinned: bool = False
    earlier: list[str] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text without formatting; empty for a file."""
        return "" if self.content.file else self.content.body

    @property
    def caption(self) -> str:
        """The caption of a file, without formatting."""
        return self.content.body if self.content.file else ""

    @property
    def html(self) -> str:
        """Text or caption with its formatting, each kind in one spelling."""
        return to_html(self.content.body, self.content.entities)

    @property
    def photo(self) -> bytes | None:
        """The picture shown, if any."""
        return self.content.file.content if self.content.file and self.content.file.is_photo else None

    @property
    def document(self) -> StoredFile | None:
        """The file offered, if any."""
        return self.content.file if self.content.file and not self.content.file.is_photo else None

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.content.keyboard]

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons in reading order."""
        return [label for row in self.rows for label in row]

    @property
    def edits(self) -> int:
        """How often it was changed."""
        return len(self.earlier)

    @property
    def thread(self) -> int:
        """The forum topic it stands in, or 0."""
        return self.root.id if self.root else 0

    def button(self, *, label: str = "", data: str = "") -> Json:
        """The button with this label or callback data. Raises LookupError when it is not shown now."""
        for row in self.content.keyboard:
            for button in row:
                if (label and button["text"] == label) or (data and button.get("callback_data") == data):
                    return button
        raise LookupError(f"message {self.id} shows no button {label or data!r}, but {self.rows}")

    def shows(self, content: Content) -> bool:
        """Whether it looks like ``content`` already."""
        now = self.content
        return (now.body, now.entities, now.keyboard, now.file) == (
            content.body,
            content.entities,
            content.keyboard,
            content.file,
        )

    def change(self, content: Content, at: int) -> None:
        """It shows something else from now on."""
        self.earlier.append(self.html)
        self.content = replace(content, extra=self.content.extra | content.extra)
        self.edit_date = at

    def to_json(self, *, nested: bool = False) -> Json:
        """A ``Message``; ``nested`` leaves out what it answers."""
        message: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.to_json(),
            "chat": self.place.to_json(),
            "date": self.date,
        }
        if self.edit_date:
            message["edit_date"] = self.edit_date
        if self.root:
            message |= {"message_thread_id": self.root.id, "is_topic_message": True}
        answered = self.reply_to or (self.root if self.root is not self else None)
        if answered and not nested:
            message["reply_to_message"] = answered.to_json(nested=True)
        return message | self.content.to_json()


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of a bot as it looked from some moment on; ``edited``: it had looked otherwise before."""

    message: Message
    content: Content
    edited: bool = False
