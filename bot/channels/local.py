"""The local page behind the port: a small messenger of its own, to try everything without an account."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from aiohttp import web

from bot.channel import Limits, Misconfigured, Receive, SendError
from bot.channels import local_messages as messages
from bot.channels.local_desk import Desk
from bot.channels.local_fanout import Fanout
from bot.channels.local_frames import Say, Shown
from bot.channels.local_handover import Handover
from bot.channels.local_markup import check
from bot.channels.local_messages import File, Sheet
from bot.channels.local_page import Page
from bot.channels.local_store import Connection, Person, Room, Store, StoreError
from bot.channels.local_words import Words
from domain.chat import Attachment, Message, Outgoing
from domain.delivery import Failure
from domain.markup import length

Draw = Callable[[Attachment], Awaitable[bytes]]
"""Makes what an attachment shows; its errors are its own and pass through :meth:`LocalChannel.send`."""


def _now() -> datetime:
    return datetime.now(UTC)


class LocalChannel:
    """The messenger of the local page; its direct chats have the ids of the people.

    ``era`` names the database whose rows the tokens are: with another one the page begins anew, since the buttons of
    the old one would mean something else. ``words`` are the page's own, ``address`` says where the page is served
    ("http://127.0.0.1:8080").
    """

    name = "local"
    kind = "local"
    limits = Limits(text=4096, caption=1024, label=64)
    resend_safe = True
    secret_presses = True
    opens_chats = False
    notices = True

    def __init__(
        self,
        store_path: Path,
        people: Sequence[Person],
        rooms: Sequence[Room],
        *,
        draw: Draw,
        words: Words,
        address: Callable[[], str],
        era: str = "",
        clock: Callable[[], datetime] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._path = store_path
        self._people = tuple(people)
        self._rooms = tuple(rooms)
        self._draw = draw
        self._address = address
        self._era = era
        self._clock = clock
        self._trouble = "The local page is not open."
        chats = [*(person.id for person in people), *(room.id for room in rooms)]
        self._store = Store(store_path)
        self._fanout = Fanout()
        self._handover = Handover(self._store, self._fanout, chats, sleep)
        self._desk = Desk(self._store, self._fanout, self._handover, clock)
        self._page = Page(self._store, self._desk, self._fanout, words)

    def routes(self) -> list[web.RouteDef]:
        """The routes of the page, for :class:`bot.web.Web`."""
        return self._page.routes()

    async def open(self) -> None:
        """Open the file. Raises :class:`Misconfigured` when it cannot be written."""
        try:
            await self._store.open(self._era, self._people, self._rooms)
        except (OSError, StoreError) as error:
            await self._store.close()
            reason = getattr(error, "strerror", None) or str(error)
            raise Misconfigured("local-unwritable", file=str(self._path), reason=reason) from error
        self._trouble = ""

    async def listen(self, receive: Receive) -> None:
        """Hand over what people did on the page, until cancelled."""
        await self._handover.listen(receive)

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Show or change a message on all open pages. Raises :class:`SendError`."""
        _check(message.content)
        try:
            frame = await self._show(message, token, replaces)
        except StoreError as error:
            self._trouble = "The local page cannot write its file."
            raise SendError(Failure.UNREACHABLE, type(error).__name__) from error
        self._trouble = ""
        return str(frame["message"]["id"])

    async def fetch(self, ref: str) -> bytes:
        """A file that somebody sent from the page. Raises :class:`SendError`."""
        try:
            file = await self._store.run(messages.file_of, ref)
        except StoreError as error:
            raise SendError(Failure.UNREACHABLE, type(error).__name__) from error
        if file is None:
            raise SendError(Failure.GONE, "no such file")
        return file.body

    async def close(self) -> None:
        """Say goodbye to the pages and close the file."""
        self._trouble = "The local page is closed."
        self._fanout.close()
        await self._store.close()

    async def say(self, person: str, chat: str, text: str) -> None:
        """Let somebody write, as if on the page: the demonstration begins with a few such words."""
        client = token_urlsafe()
        await self._desk.answer(Say(type="say", person=person, chat=chat, client=client, text=text).model_dump_json())

    def link(self, payload: str) -> str:
        """Opens the page, which asks whose direct chat is meant."""
        return f"{self._address()}/?start={quote(payload, safe='')}"

    def health(self) -> str:
        """Whether the file could be written when it was last needed."""
        return self._trouble

    async def _show(self, message: Outgoing, token: str, replaces: str | None) -> Shown:
        attachment = message.content.attachment
        file = None
        stays = attachment is not None and attachment.stays
        if attachment is not None and not stays:
            body = await self._draw(attachment)
            file = File(attachment.name, attachment.media_type, attachment.alt, body)
        labels = tuple(tuple(button.label for button in row) for row in message.content.keyboard)
        sheet = Sheet(token, message.content.text, labels, file, stays)
        return await self._store.run_told(self._fanout.tell, _place, message, sheet, replaces, self._clock())


def _check(content: Message) -> None:
    """Refuse what a messenger would refuse."""
    limits = LocalChannel.limits
    try:
        check(content.text)
    except ValueError as error:
        raise SendError(Failure.REJECTED, f"text: {error}") from error
    characters = length(content.text)
    if characters > (limits.caption if content.attachment else limits.text):
        raise SendError(Failure.REJECTED, f"text: {characters} characters")
    if not characters and content.attachment is None:
        raise SendError(Failure.REJECTED, "text: empty")
    if any(not 0 < len(button.label) <= limits.label for button in content.buttons):
        raise SendError(Failure.REJECTED, "label: empty or too long")


def _place(connection: Connection, message: Outgoing, sheet: Sheet, replaces: str | None, now: datetime) -> Shown:
    chat = message.to.chat
    if not messages.is_open(connection, chat):
        raise SendError(Failure.GONE, "the chat is not open")
    if replaces is None:
        place = messages.show(connection, sheet, chat, now, _number(message.reply_to))
    elif not messages.change(connection, sheet, chat, place := _number(replaces)):
        raise SendError(Failure.REJECTED, "there is no such message to change")
    return messages.told(connection, place)


def _number(message: str) -> int:
    return int(message) if message.isdecimal() else 0
