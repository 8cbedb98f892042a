"""How every story on the local page begins and ends."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.bot.house import eventually
from tests.system.client import Page
from tests.system.evidence import Evidence, check, evidence
from tests.system.load import Load
from tests.system.process import Process

SETTLING = 120.0
"""Seconds after which what has not been taken or delivered never will be."""


@asynccontextmanager
async def visited(page: Page, process: Process) -> AsyncIterator[None]:
    """The page stays open while the process lives."""
    visit = asyncio.create_task(page.visit(process.url))
    yield
    await visit


class Story:
    """People on the page of a process that may come and go."""

    def __init__(self, process: Process, found: Evidence, seed: int) -> None:
        self.process = process
        self.found = found
        self.page = Page()
        self.load = Load(self.page, seed)
        self._opening: Counter[str] = Counter()
        self._stop = asyncio.Event()
        self._living: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """The first start, with the cards people will press; the process has ended when this returns."""
        await self.process.start()
        async with visited(self.page, self.process):
            await eventually(lambda: self.page.messages and self.found.at_rest(), SETTLING)
            written = self.found.page("SELECT chat, count(*) FROM messages WHERE author IS NULL GROUP BY chat")
            self._opening = Counter(dict(written))
            await self.load.settle_in()
            assert await self.process.end() == 0

    def live(self) -> None:
        """From now on everybody presses and writes."""
        self._living = asyncio.create_task(self.load.go_on(self._stop))

    async def come_to_rest(self) -> None:
        """Nobody does anything more; wait until everything is stored, taken and delivered, and the page shows it."""
        self._stop.set()
        if self._living:
            await self._living
        page = self.page
        await eventually(lambda: not page.open and not page.waiting and self.found.at_rest(), SETTLING)

    async def end(self) -> None:
        """Let everything come to rest, stop, and look whether anything is lost or doubled."""
        async with visited(self.page, self.process):
            await self.come_to_rest()
            assert await self.process.end() == 0
        self.check()

    def check(self) -> None:
        """Look whether anything is lost or doubled."""
        check(self.found, self.load.model, self.page, self.load.clients, self._opening)
        assert "Traceback" not in self.process.log


@asynccontextmanager
async def story(process: Process, database: str, seed: int) -> AsyncIterator[Story]:
    """One whose beginning has been told already."""
    with evidence(database, process.data / "local-page.db") as found:
        told = Story(process, found, seed)
        await told.begin()
        yield told
