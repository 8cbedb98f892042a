"""A messenger in memory: everything a channel has to do, and every way in which it can fail.

The :class:`Server` is the messenger itself and outlives the process; a :class:`MemoryChannel` is how one process
speaks with it. Arrivals are offered until they are taken, as messengers do that wait for an acknowledgement.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count

from bot.channel import Limits, Receipt, Receive, SendError, Unstored
from bot.channels import local_markup
from domain.chat import Attachment, Incoming, Message, Outgoing
from domain.delivery import Failure
from domain.markup import length, plain

ANYWHERE = ""
"""In place of a chat: whichever chat is written to next."""
PAUSE_AFTER_UNSTORED = 0.02
"""Seconds until an arrival the database could not take is offered again."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the assistant as its chat showed it from some moment on; ``file`` is what was drawn."""

    message: str
    chat: str
    token: str
    content: Message
    reply_to: str
    edited: bool
    file: bytes = b""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one send: it takes ``delay`` seconds, then ``error`` is raised, if there is one.

    ``shown``: the message appeared nevertheless, only the answer was lost.
    """

    error: SendError | None = None
    delay: float = 0.0
    shown: bool = False


@dataclass(slots=True)
class _Offered:
    incoming: Incoming
    receipt: asyncio.Future[Receipt]


class Server:
    """The messenger. ``posted`` is everything the assistant ever showed, edits included; ``calls`` counts sends.

    While it is ``down``, nothing can be sent.
    """

    def __init__(self, *, limits: Limits | None = None, resend_safe: bool = True) -> None:
        self.limits = limits or Limits(text=4096, caption=1024)
        self.resend_safe = resend_safe
        self.posted: list[Posted] = []
        self.calls = 0
        self.down = False
        self._on_show: dict[str, Posted] = {}
        self._by_token: dict[str, str] = {}
        self._shut: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.fetched = 0
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._untaken: dict[str, _Offered] = {}
        self._listener: asyncio.Queue[_Offered] | None = None
        self._numbers = count(1)

    def number(self) -> str:
        """An id that was not given out before."""
        return str(next(self._numbers))

    def offer(self, incoming: Incoming) -> asyncio.Future[Receipt]:
        """Something a person did. The future is done once it is taken, perhaps by a later process."""
        offered = _Offered(incoming, asyncio.get_running_loop().create_future())
        self._untaken[incoming.id] = offered
        if self._listener:
            self._listener.put_nowait(offered)
        return offered.receipt

    @property
    def untaken(self) -> int:
        """How many arrivals nobody has taken yet."""
        return len(self._untaken)

    def shown(self, chat: str) -> list[Posted]:
        """What the chat shows of the assistant now, oldest first."""
        return [posted for posted in self._on_show.values() if posted.chat == chat]

    def shut(self, chat: str) -> None:
        """The assistant may not write there any more."""
        self._shut.add(chat)

    def reopen(self, chat: str) -> None:
        """It may again."""
        self._shut.discard(chat)

    def go_wrong(self, fault: Fault, chat: str = ANYWHERE, times: int = 1) -> None:
        """The next sends to the chat fail, or are slow, in this way."""
        self._faults[chat].extend([fault] * times)

    def throttle(self, retry_after: float, chat: str = ANYWHERE, *, times: int = 1, everywhere: bool = False) -> None:
        """The next sends come too fast."""
        error = SendError(Failure.THROTTLED, "too fast", retry_after, everywhere=everywhere)
        self.go_wrong(Fault(error), chat, times)

    def lose_answers(self, chat: str = ANYWHERE, times: int = 1) -> None:
        """The next messages appear, but the process does not hear of it."""
        self.go_wrong(Fault(SendError(Failure.UNCERTAIN, "answer lost"), shown=True), chat, times)

    def fault_for(self, chat: str) -> Fault:
        """What goes wrong with this send."""
        for place in (chat, ANYWHERE):
            if self._faults[place]:
                return self._faults[place].popleft()
        if self.down:
            return Fault(SendError(Failure.UNREACHABLE, "down"))
        return Fault(SendError(Failure.GONE, "shut")) if chat in self._shut else Fault()

    def show(self, message: Outgoing, token: str, replaces: str | None, file: bytes) -> str:
        """Show the message, or change the one it replaces; the same token again shows nothing where that is safe."""
        if self.resend_safe and token in self._by_token:
            return self._by_token[token]
        if replaces is not None and replaces not in self._on_show:
            raise SendError(Failure.REJECTED, "there is no such message to change")
        shown_as = replaces or self.number()
        content = message.content
        if replaces is not None and content.attachment and content.attachment.stays:
            before = self._on_show[replaces]
            content, file = replace(content, attachment=before.content.attachment), before.file
        posted = Posted(
            shown_as, message.to.chat, token, content, message.reply_to, edited=replaces is not None, file=file
        )
        self.posted.append(posted)
        self._on_show[shown_as] = posted
        self._by_token[token] = shown_as
        return shown_as

    def listen(self) -> "asyncio.Queue[_Offered]":
        """All that is not taken, and all that comes; whoever listened before hears no more."""
        self._listener = asyncio.Queue()
        for offered in self._untaken.values():
            self._listener.put_nowait(offered)
        return self._listener

    def take(self, offered: _Offered, receipt: Receipt) -> None:
        """The process has stored it."""
        self._untaken.pop(offered.incoming.id, None)
        if not offered.receipt.done():
            offered.receipt.set_result(receipt)


class MemoryChannel:
    """One process's way to the server. ``draw`` makes what is attached; ``strict`` refuses what messengers refuse.

    Its kind is that of the local page, since every kind of messenger has words of its own in the texts.
    """

    kind = "local"
    secret_presses = True
    opens_chats = False

    def __init__(
        self,
        server: Server,
        name: str = "memory",
        *,
        notices: bool = True,
        strict: bool = True,
        draw: Callable[[Attachment], Awaitable[bytes]] | None = None,
    ) -> None:
        self.name = name
        self.notices = notices
        self.limits = server.limits
        self.resend_safe = server.resend_safe
        self._server = server
        self._strict = strict
        self._draw = draw
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._open = False

    async def open(self) -> None:
        """Nothing can be wrong with it."""
        self._open = True

    async def listen(self, receive: Receive) -> None:
        """Hand over all that is offered, in order within a chat, until cancelled."""
        queue = self._server.listen()
        async with asyncio.TaskGroup() as tasks:
            while True:
                tasks.create_task(self._hand_over(await queue.get(), receive))

    async def _hand_over(self, offered: _Offered, receive: Receive) -> None:
        async with self._turns[offered.incoming.address.chat]:
            while True:
                with suppress(Unstored):
                    self._server.take(offered, await receive(offered.incoming))
                    return
                await asyncio.sleep(PAUSE_AFTER_UNSTORED)

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Show or change a message, unless something goes wrong."""
        self._server.calls += 1
        fault = self._server.fault_for(message.to.chat)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.error and not fault.shown:
            raise fault.error
        if self._strict:
            self._check(message.content)
        attachment = message.content.attachment
        file = await self._draw(attachment) if attachment and self._draw and not attachment.stays else b""
        shown_as = self._server.show(message, token, replaces, file)
        if fault.error:
            raise fault.error
        return shown_as

    async def fetch(self, ref: str) -> bytes:
        """A file somebody sent."""
        self._server.fetched += 1
        if ref not in self._server.files:
            raise SendError(Failure.GONE, "no such file")
        return self._server.files[ref]

    async def close(self) -> None:
        """Nothing is held."""
        self._open = False

    def link(self, payload: str) -> str:
        """An address of the form other messengers have."""
        return f"https://memory.example/start/{payload}"

    def health(self) -> str:
        """Whether it is open."""
        return "" if self._open else "The channel in memory is not open."

    def _check(self, content: Message) -> None:
        try:
            local_markup.check(content.text)
        except ValueError as error:
            raise SendError(Failure.REJECTED, f"text: {error}") from error
        limit = self.limits.caption if content.attachment else self.limits.text
        if not (plain(content.text).strip() or content.attachment) or length(content.text) > limit:
            raise SendError(Failure.REJECTED, f"text: {length(content.text)} characters")
        if any(not 0 < len(button.label) <= self.limits.label for button in content.buttons):
            raise SendError(Failure.REJECTED, "label: empty or too long")
