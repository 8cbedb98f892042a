"""The local page for tests: the real channel and server on a free port, and pages that speak its protocol."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse
from prometheus_client import CollectorRegistry

from bot.channel import Receipt, Receive
from bot.channels.local import LocalChannel
from bot.channels.local_store import Person, Room
from bot.web import Web
from domain.chat import Action, Address, Attachment, Button, Html, Incoming, Message, Outgoing

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PEOPLE = (
    Person("musterstadt", "Musterstadt"),
    Person("musterdorf", "Musterdorf", "en"),
    Person("neustadt", "Neustadt", role="newcomer", opened=False),
)
ROOMS = (Room("runde", "Runde Musterregion", ("musterstadt", "musterdorf")),)
ROOM = Address("local", "runde", private=False)
DIRECT = Address("local", "musterstadt", private=True)


def message(text: str = "Guten Tag", *labels: str, to: Address = DIRECT, file: Attachment | None = None) -> Outgoing:
    keyboard = tuple((Button(label, Action("a"), label),) for label in labels)
    return Outgoing(to=to, content=Message(Html(text), keyboard, file))


def words(language: str) -> dict[str, str]:
    return {"page-title": f"Seite <{language}>", "page-noscript": "JavaScript & mehr"}


async def draw(attachment: Attachment) -> bytes:
    return f"{attachment.draw}{attachment.args}".encode()


async def healthy() -> Sequence[str]:
    return ()


class Seat:
    """An assistant that keeps what it was given and answers each arrival alike."""

    def __init__(self, receipt: Receipt | None = None) -> None:
        self.arrivals: list[Incoming] = []
        self._receipt = receipt or Receipt()

    async def receive(self, arrival: Incoming) -> Receipt:
        self.arrivals.append(arrival)
        return self._receipt


class Tab:
    """An open page: says frames, keeps what it hears."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.heard: list[dict[str, Any]] = []
        self._count = 0

    async def ask(self, type_: str, **values: Any) -> None:
        await self.socket.send_json({"type": type_, **values})

    async def act(self, type_: str, person: str, chat: str, **values: Any) -> str:
        """Do something and wait until it is on disk; returns the client id used."""
        self._count += 1
        client = values.pop("client", f"{type_}-{id(self)}-{self._count}")
        await self.ask(type_, person=person, chat=chat, client=client, **values)
        await self.until("stored", client=client)
        return str(client)

    async def until(self, type_: str, **values: Any) -> dict[str, Any]:
        """The next frame of this type with these values; everything before it is kept in ``heard``."""
        async with asyncio.timeout(5):
            while True:
                frame: dict[str, Any] = await self.socket.receive_json()
                self.heard.append(frame)
                if frame["type"] == type_ and values.items() <= frame.items():
                    return frame


class Running:
    """A started channel with its server."""

    def __init__(self, channel: LocalChannel, web: Web, session: ClientSession) -> None:
        self.channel = channel
        self.web = web
        self.session = session
        self._tabs: list[Tab] = []
        self._listening: asyncio.Task[None] | None = None

    def listen(self, receive: Receive) -> None:
        self._listening = asyncio.create_task(self.channel.listen(receive))

    async def tab(self) -> Tab:
        tab = Tab(await self.session.ws_connect(f"{self.web.url}/local/socket"))
        self._tabs.append(tab)
        return tab

    async def stop(self) -> None:
        """Stop listening and close the pages, as when the process ends while people look at them."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        for tab in self._tabs:
            await tab.socket.close()


@asynccontextmanager
async def running(folder: Path, **settings: Any) -> AsyncIterator[Running]:
    """Start the page on the file in ``folder``; ``settings`` go to the channel."""
    web = Web("127.0.0.1", 0, health=healthy, metrics=CollectorRegistry())
    defaults: dict[str, Any] = {"draw": draw, "words": words, "address": lambda: web.url, "clock": lambda: NOW}
    channel = LocalChannel(folder / "local-page.db", PEOPLE, ROOMS, **(defaults | settings))
    web.add_routes(channel.routes())
    await channel.open()
    await web.start()
    async with ClientSession() as session:
        started = Running(channel, web, session)
        try:
            yield started
        finally:
            await started.stop()
            await channel.close()
            await web.stop()


async def eventually(condition: Any) -> None:
    """Wait until the condition holds; fails after five seconds."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the condition belongs to the code under test
            await asyncio.sleep(0.005)
