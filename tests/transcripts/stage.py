"""What a channel's test bench must be able to do so that the transcripts can be played on it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.app import App
from bot.channel import Channel
from tests.transcripts.dialogue import Cast, Chat


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person sits on the messenger: the account's id, and the direct chat's, which may not be open yet."""

    user: str
    chat: str


@dataclass(frozen=True, slots=True)
class Seats:
    """The messenger's ids of everybody and of every room, by the names in the transcript."""

    people: Mapping[str, Seat]
    rooms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the assistant as people saw it from some moment on.

    ``message`` is the messenger's id. ``text`` is what is read, without the numbered choices a channel may write in
    place of buttons: those are in ``buttons``. ``mark`` is for the stage alone: what it needs to press them.
    """

    chat: Chat
    message: str
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    picture: str = ""
    file: str = ""
    edited: bool = False
    mark: object = None

    @property
    def labels(self) -> list[str]:
        """All buttons in reading order."""
        return [label for row in self.buttons for label in row]


@dataclass(frozen=True, slots=True)
class Noticed:
    """A short line that only one person saw, after a press."""

    person: str
    text: str


Event = Seen | Noticed


class Stage(Protocol):
    """People and chats on one messenger, and the process's way to it.

    Chats and people are named as in the transcript. What people do returns as soon as it is done on their side; what
    follows from it is awaited by :meth:`taken` and :meth:`arrived`. ``abilities`` are words for ``Braucht:``.
    ``notices`` says whether the messenger has notices: where not, they appear as messages in the chat of the press.
    """

    abilities: frozenset[str]
    notices: bool

    async def set_up(self, cast: Cast) -> Seats:
        """Make the accounts and chats, once, before the first start. Direct chats of all but guests are open."""
        ...

    def channel(self) -> Channel:
        """The channel for a start of the process; a new one for every start."""
        ...

    def running(self, app: App) -> AbstractAsyncContextManager[None]:
        """``app.running()``, with whatever has to be there around it."""
        ...

    async def close(self) -> None:
        """Tear everything down, after the process has ended."""
        ...

    async def say(self, person: str, chat: Chat, text: str, reply_to: Seen | None = None) -> str:
        """Write a message; returns its id."""
        ...

    async def send(self, person: str, chat: Chat, name: str, content: bytes, *, picture: bool) -> None:
        """Send a picture or file; only where there is the ability "Dateien"."""
        ...

    async def edit(self, person: str, chat: Chat, message: str, text: str) -> None:
        """Change an own message."""
        ...

    async def press(self, person: str, seen: Seen, index: int) -> None:
        """Press a button as it was seen; ``seen`` may have been changed since.

        Where there are no buttons, this is a reaction or a typed number that means the same.
        """
        ...

    async def forge(self, person: str, own: Seen, seen: Seen, index: int) -> None:
        """Press, on a message of one's ``own`` chat, a button of another message, which may not even have it."""
        ...

    async def open(self, person: str, code: str) -> None:
        """Open the direct chat, by a link if there is a code."""
        ...

    async def leave(self, person: str, chat: Chat) -> None:
        """Leave a room; block the assistant in a direct chat."""
        ...

    async def taken(self, stored: Callable[[str], bool]) -> None:
        """Wait until the process has taken all that people did; ``stored`` says so of an arrival's id."""
        ...

    async def arrived(self) -> None:
        """Wait until people see all that the channel has sent so far."""
        ...

    @property
    def events(self) -> Sequence[Event]:
        """All that appeared since the beginning, in order within each chat."""
        ...
