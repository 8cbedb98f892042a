"""The stage on which the emulator itself is tested: one bot, two people, a group, and requests by hand."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from tests.telegram.accounts import Bot
from tests.telegram.emulator import Emulator
from tests.telegram.people import Person
from tests.telegram.refusals import Json


@dataclass
class Stage:
    """``town`` has opened the direct chat with ``bot``; ``office`` has not."""

    emulator: Emulator
    session: ClientSession
    bot: Bot
    town: Person
    office: Person

    async def ask(self, method: str, *, by: Bot | None = None, **values: Any) -> tuple[int, Json]:
        """One request as JSON: the HTTP code and the answer."""
        url = f"{self.emulator.api_base}/bot{(by or self.bot).token}/{method}"
        async with self.session.post(url, json=values) as answer:
            return answer.status, await answer.json()

    async def result(self, method: str, *, by: Bot | None = None, **values: Any) -> Any:
        """The result of a request that has to succeed."""
        status, answer = await self.ask(method, by=by, **values)
        assert status == 200, answer
        return answer["result"]

    async def refused(self, method: str, *, by: Bot | None = None, **values: Any) -> tuple[int, str]:
        """Code and description of a request that has to fail."""
        status, answer = await self.ask(method, by=by, **values)
        assert (answer["ok"], answer["error_code"]) == (False, status)
        return status, answer["description"]

    async def polling(self) -> "asyncio.Task[tuple[int, Json]]":
        """A poll that has begun to wait."""
        poll = asyncio.create_task(self.ask("getUpdates", timeout=60))
        await self.emulator.until(lambda: self.bot.updates.awaited)
        return poll

    async def updates(self, *, by: Bot | None = None, **values: Any) -> list[Json]:
        """What waits for the bot."""
        found: list[Json] = await self.result("getUpdates", by=by, **values)
        return found

    @staticmethod
    def form(values: Mapping[str, str | bytes], name: str = "") -> FormData:
        """A multipart form; bytes become a file of this name."""
        form = FormData(default_to_multipart=True)
        for field, value in values.items():
            if isinstance(value, bytes):
                form.add_field(field, BytesIO(value), filename=name)
            else:
                form.add_field(field, value)
        return form

    async def forget(self, *, by: Bot | None = None) -> None:
        """Confirm everything that waits."""
        for update in await self.updates(by=by):
            await self.updates(by=by, offset=update["update_id"] + 1)


@pytest.fixture(autouse=True)
def _durations_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns of its own future unless it may hand out durations as durations."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """A running emulator; a bot that breaks the rules of the Bot API fails the test."""
    async with Emulator() as running:
        yield running
        running.verify()


@pytest.fixture
async def stage(emulator: Emulator) -> AsyncIterator[Stage]:
    bot = emulator.bot("themen_bot", name="Themenbote")
    town, office = emulator.person("Musterstadt", username="musterstadt"), emulator.person("Koordination")
    town.start(bot)
    async with ClientSession() as session:
        ready = Stage(emulator, session, bot, town, office)
        await ready.forget()
        yield ready
