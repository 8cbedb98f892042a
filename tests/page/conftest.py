"""A browser for all tests of the page, and for each test a page of its own with the echo behind it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.page.driver import CHROMIUM, Driver, chromium, visiting
from tests.page.echo import Serving

MISSING = "Chromium is missing: the local page was NOT tested. Install it, for example: apt-get install chromium"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def serving(tmp_path: Path) -> AsyncIterator[Serving]:
    served = Serving(tmp_path / "local-page.db")
    await served.start()
    yield served
    await served.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, serving: Serving) -> AsyncIterator[Driver]:
    async with visiting(browser) as driver:
        await driver.open(serving.url)
        yield driver


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)
