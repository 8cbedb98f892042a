"""A channel on one side, emulated Telegram on the other, and in place of the core what records and can fail."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from bot.channel import Receipt, Unstored
from bot.channels.telegram.channel import TelegramChannel
from domain.chat import Address, Attachment, Incoming
from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat
from tests.telegram.emulator import Emulator
from tests.telegram.people import Person
from tests.telegram.waiting import PATIENCE

SECRET = "a-long-random-word"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"\x08\x02\0\0\0"


@dataclass
class Core:
    """Takes arrivals like the inbox: known ids count once.

    ``refusals`` is how often it cannot store from now on, ``seconds`` how long each attempt takes.
    """

    arrivals: list[Incoming] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    receipt: Receipt = field(default_factory=Receipt)
    refusals: int = 0
    hold: asyncio.Event | None = None
    seconds: float = 0.0

    async def receive(self, incoming: Incoming) -> Receipt:
        self.offered.append(incoming.id)
        await asyncio.sleep(self.seconds)
        if self.hold is not None:
            await self.hold.wait()
        if self.refusals:
            self.refusals -= 1
            raise Unstored
        if incoming.id not in [known.id for known in self.arrivals]:
            self.arrivals.append(incoming)
        return self.receipt


@dataclass
class SharedLocks:
    """One process's view of locks kept in ``holders``, which all processes of a test share."""

    holders: dict[str, "SharedLocks"] = field(default_factory=dict, repr=False)

    async def acquire(self, name: str) -> bool:
        return self.holders.setdefault(name, self) is self

    async def release(self, name: str) -> None:
        if self.holders.get(name) is self:
            del self.holders[name]


async def draw(attachment: Attachment) -> bytes:
    return PNG if attachment.picture else attachment.draw.encode()


@dataclass
class House:
    """One bot with its channel; ``town`` has opened the direct chat and ``office`` has not."""

    telegram: Emulator
    bot: Bot
    town: Person
    office: Person
    core: Core
    channel: TelegramChannel

    @property
    def direct(self) -> Address:
        return Address("telegram", str(self.town.id), private=True)

    @property
    def chat(self) -> Chat:
        return self.town.chat(self.bot)

    def another(
        self, mode: Literal["polling", "webhook"] = "polling", url: str = "", locks: SharedLocks | None = None
    ) -> TelegramChannel:
        """A further channel for the same bot, as another process would have it."""
        base = self.telegram.api_base
        return TelegramChannel(self.bot.token, base, mode, url, SECRET, draw, locks or SharedLocks())

    @contextlib.asynccontextmanager
    async def listening(self, channel: TelegramChannel | None = None) -> AsyncIterator[TelegramChannel]:
        """The channel, open and listening; closed afterwards."""
        running = channel or self.channel
        try:
            await running.open()
            task = asyncio.create_task(running.listen(self.core.receive))
            try:
                yield running
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        finally:
            await running.close()

    async def until(self, condition: Callable[[], Any], within: float = PATIENCE) -> None:
        """Wait for something to become true on either side."""
        for _ in range(round(within / 0.005)):
            if condition():
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"not within {within} s")

    async def polled(self) -> None:
        """Wait until the channel has asked for updates."""
        await self.until(lambda: self.telegram.calls("getUpdates"))

    async def arrived(self, count: int = 1, within: float = PATIENCE) -> list[Incoming]:
        """The first ``count`` arrivals, once they are stored and confirmed to Telegram."""
        await self.until(lambda: len(self.core.arrivals) >= count and not self.bot.updates.pending, within)
        return self.core.arrivals


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """A running emulator; a bot that breaks the rules of the Bot API fails the test."""
    async with Emulator() as running:
        yield running
        running.verify()


@pytest.fixture
async def house(telegram: Emulator) -> AsyncIterator[House]:
    bot = telegram.bot("themen_bot", name="Themenbote")
    town, office = telegram.person("Musterstadt", username="musterstadt"), telegram.person("Koordination")
    town.start(bot)
    bot.updates.remove(list(bot.updates.pending))
    channel = TelegramChannel(bot.token, telegram.api_base, "polling", "", "", draw, SharedLocks())
    built = House(telegram, bot, town, office, Core(), channel)
    yield built
    await built.channel.close()
