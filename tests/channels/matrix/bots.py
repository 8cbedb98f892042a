"""The channel as tests use it: with a core that only writes down what arrives."""

import asyncio
import html
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.channel import Receipt, Unstored
from bot.channels.matrix.channel import MatrixChannel
from bot.channels.matrix.connection import Connection
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.showing import Manners
from domain.chat import Action, Address, Attachment, Button, Html, Incoming, Message, Outgoing, Said
from tests.channels.matrix.people import Person
from tests.synapse import Registered, Synapse

PATIENCE = 30.0
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000308060000006c1a0cf2000000"
    "1549444154789c63fccfc0f01f0c0318a18c0100a0f9031f3f9fb3e80000000049454e44ae426082"
)

Arrived = TypeVar("Arrived", bound=Incoming)


def say(language: str, key: str, values: Mapping[str, object]) -> str:
    """Stands in for the texts: the key and its values."""
    return html.escape(" ".join([f"[{language} {key}]", *(f"{name}={value}" for name, value in values.items())]))


async def draw(attachment: Attachment) -> bytes:
    """Every picture is six pixels, every file its own name."""
    return PIXEL if attachment.picture else attachment.name.encode()


class NoLocks:
    """A lock nobody else wants."""

    async def acquire(self, name: str) -> bool:
        return bool(name)

    async def release(self, name: str) -> None:
        del name


class Bot:
    """A channel and everything it handed over. ``refuse`` makes the core fail for an arrival, as long as it wishes."""

    def __init__(self, server: Synapse, account: Registered, store: Path, **settings: Any) -> None:
        self.id = account.user_id
        self.account = account
        self.server = server
        self.store = store
        self.arrived: list[Incoming] = []
        self.receipt = Receipt()
        self.refuse: Callable[[Incoming], Exception | None] = lambda _: None
        self.welcome: Callable[[str, bool], bool] = lambda _user, _direct: True
        self._changed = asyncio.Condition()
        self._rows = count(1)
        self._settings: dict[str, Any] = {"password": account.password, "locks": NoLocks()} | settings
        self._listening: asyncio.Task[None] | None = None
        self.channel = self._channel()

    def _channel(self) -> MatrixChannel:
        settings = dict(self._settings)
        grace = settings.pop("grace", 1.0)
        manners = Manners(
            draw=draw,
            secret=lambda action: action.name == "secret",
            poll=lambda action: {"single": 1, "several": 3}.get(action.name, 0),
            language="de",
            grace=grace,
        )
        return MatrixChannel(
            self.server.url, self.id, self.store, manners=manners, say=say, may_invite=self._may_invite, **settings
        )

    async def start(self) -> None:
        """Opens the channel and listens, as after a start of the process."""
        await self.channel.open()
        self.listen()

    def listen(self) -> None:
        """Listens, for the first time or again."""
        self._listening = asyncio.create_task(self.channel.listen(self._receive))

    async def stop_listening(self) -> None:
        """Ends the loop alone."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None

    async def stop(self) -> None:
        """Ends as the process does."""
        await self.stop_listening()
        await self.channel.close()

    async def restart(self, **settings: Any) -> None:
        """Stops, and starts anew on the same store."""
        await self.stop()
        self._settings |= settings
        self.channel = self._channel()
        await self.start()

    async def _may_invite(self, user: str, is_direct: bool) -> bool:
        return self.welcome(user, is_direct)

    async def _receive(self, incoming: Incoming) -> Receipt:
        if error := self.refuse(incoming):
            raise error
        async with self._changed:
            if incoming.id not in {known.id for known in self.arrived}:
                self.arrived.append(incoming)
            self._changed.notify_all()
        return self.receipt

    def of(self, kind: type[Arrived]) -> list[Arrived]:
        """All arrivals of one kind."""
        return [arrival for arrival in self.arrived if isinstance(arrival, kind)]

    async def gets(
        self, kind: type[Arrived], test: Callable[[Arrived], bool] = lambda _: True, within: float = PATIENCE
    ) -> Arrived:
        """Waits for an arrival of this kind that passes the test, and returns the newest."""

        def found() -> list[Arrived]:
            return [arrival for arrival in self.of(kind) if test(arrival)]

        try:
            async with asyncio.timeout(within), self._changed:
                await self._changed.wait_for(found)
                return found()[-1]
        except TimeoutError:
            raise AssertionError(f"no such {kind.__name__}; arrived: {self.arrived}") from None

    async def hears(self, text: str) -> Any:
        """Waits for a message with exactly this text."""
        return await self.gets(Said, lambda said: said.text == text)

    @property
    def connection(self) -> Connection:
        """What is behind the channel, for tests that look there."""
        assert self.channel._line.connection is not None
        return self.channel._line.connection

    async def enters(self, room: str) -> Room:
        """Waits until the bot knows that it is in a room."""
        async with asyncio.timeout(PATIENCE):
            await self.until(lambda: self.channel._line.connection and room in self.connection.rooms.joined)
        return self.connection.rooms.joined[room]

    async def until(self, met: Callable[[], Any]) -> None:
        """Waits for what cannot be seen from outside."""
        async with asyncio.timeout(PATIENCE):
            while not met():  # noqa: ASYNC110  what is looked at tells nobody that it changed
                await asyncio.sleep(0.01)

    def address(self, room: str, *, private: bool = False) -> Address:
        return Address(self.channel.name, room, private)

    async def say(self, room: str, text: str, token: str = "", *, private: bool = False, **more: Any) -> str:
        """Sends as delivery does."""
        message = Message(Html(text), more.pop("keyboard", ()), more.pop("attachment", None))
        replaces = more.pop("replaces", None)
        outgoing = Outgoing(to=self.address(room, private=private), content=message, **more)
        return await self.channel.send(outgoing, token or f"row{next(self._rows)}", replaces)


def button(label: str, action: str = "open", *args: int | str) -> Button:
    """A button whose action decides whether it is secret, or an answer of a poll."""
    return Button(label, Action(action, args), label.lower())


def unstored(_: Incoming) -> Exception:
    """A database that is away."""
    return Unstored()


async def meet(bot: Bot, *people: Person, direct: bool = False, **more: Any) -> str:
    """A room of the first person's, with the bot and the others in it; everybody knows everybody."""
    host, *others = people
    room = await host.create_room(bot.id, *(other.id for other in others), direct=direct, **more)
    for other in others:
        await other.join(room)
    await bot.enters(room)
    for each in people:
        for user in (bot.id, *(person.id for person in people)):
            await each.until_there(room, user)
    return room
