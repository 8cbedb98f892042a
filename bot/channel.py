"""The one port: what a messenger must be able to do for us, and nothing more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from domain.chat import Incoming, Outgoing
from domain.delivery import Failure


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an arrival once it is stored. ``notice`` is a short line for the person who pressed, or empty.

    ``link`` is the address of a direct chat the press should open, or empty. ``hide``: what was written should be
    removed, if the channel may.
    """

    notice: str = ""
    link: str = ""
    hide: bool = False


Receive = Callable[[Incoming], Awaitable[Receipt]]
"""Stores one arrival and all that follows from it. Raises :class:`Unstored` when that is not possible now."""


class Unstored(Exception):
    """The database cannot take the arrival at the moment: do not acknowledge it upstream, offer it again later."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a messenger permits.

    Lengths are in characters after parsing, ``file`` and ``picture`` in bytes, rates in messages (edits count too). A
    rate of 0 means unlimited.
    """

    text: int
    caption: int
    label: int = 64
    file: int = 20_000_000
    picture: int = 10_000_000
    per_second: int = 0
    chat_burst: int = 0
    chat_per_second: float = 0
    group_per_minute: int = 0


class SendError(Exception):
    """A message was not (or perhaps not) delivered; ``retry_after`` in seconds where the messenger named a pause.

    ``everywhere`` says that the pause holds for the whole channel, not for the one chat. ``detail`` is for the log:
    never contents, never secrets.
    """

    def __init__(
        self, failure: Failure, detail: str = "", retry_after: float = 0.0, *, everywhere: bool = False
    ) -> None:
        super().__init__(f"{failure.name}: {detail}")
        self.failure = failure
        self.detail = detail
        self.retry_after = retry_after
        self.everywhere = everywhere


class Channel(Protocol):
    """A messenger behind the port.

    ``name`` is unique among the running channels and is stored with every address; ``kind`` is the messenger
    ("telegram", "matrix", "local"), under which a person's account is known. ``resend_safe``: sending the same token
    again shows nothing twice. ``secret_presses``: a press is seen by the assistant alone. ``opens_chats``: it may begin
    a direct chat, which is addressed by the person's id until it has one of its own. ``notices``: a press can be
    answered by a short line only that person sees.
    """

    name: str
    kind: str
    limits: Limits
    resend_safe: bool
    secret_presses: bool
    opens_chats: bool
    notices: bool

    async def open(self) -> None:
        """Connect and check credentials. Raises :class:`Misconfigured`."""
        ...

    async def listen(self, receive: Receive) -> None:
        """Hand every arrival to ``receive`` until cancelled; acknowledge upstream only what ``receive`` has stored."""
        ...

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Show the message and return the messenger's id of it.

        ``token`` is the outbox row as text: the idempotency key where there is one, and the first half of every
        button's address. ``replaces`` is the messenger's id of the message to edit, which may be done twice; a picture
        or file goes unless the attachment :attr:`~domain.chat.Attachment.stays`. Raises :class:`SendError`.
        """
        ...

    async def fetch(self, ref: str) -> bytes:
        """The file that somebody sent by this channel, see :class:`~domain.chat.File`. Raises :class:`SendError`."""
        ...

    async def close(self) -> None:
        """Let go of connections; safe to call twice and after a failed :meth:`open`."""
        ...

    def link(self, payload: str) -> str:
        """The address that opens a direct chat carrying ``payload``; empty where there is none."""
        ...

    def health(self) -> str:
        """Empty when connected, otherwise one sentence that says what is wrong."""
        ...


class Misconfigured(Exception):
    """This cannot work with these settings; ``key`` and ``values`` name the sentence that says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
