"""Drives the local page as a visitor would: choose a person, say, press, reply, see. For any assistant behind it."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DIRECT = "Themenbote"
WIDE = (1400, 860)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The installed Chromium with an empty profile of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(browser: Browser, size: tuple[int, int] = WIDE, **settings: Any) -> AsyncIterator["Driver"]:
    """A fresh visitor with a German browser; complaints of the page fail the test at the end."""
    defaults: dict[str, Any] = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}
    viewport = {"width": size[0], "height": size[1]}
    context = await browser.new_context(viewport=viewport, **(defaults | settings))  # type: ignore[arg-type]
    driver = Driver(await context.new_page())
    try:
        yield driver
    finally:
        await context.close()
    assert driver.complaints == []


class Driver:
    """One visitor. People are named by id ("musterstadt"), chats by what the page calls them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self._hear(line.type, line.text))

    async def open(self, address: str) -> None:
        """Load the page and wait until somebody is shown."""
        await self.page.goto(address)
        await expect(self.page.locator(".column").first).to_be_visible()

    async def choose(self, *people: str) -> None:
        """Show exactly these people; where only one fits, the last of them."""
        select = self.page.get_by_label(re.compile("^(Sie sind gerade|You are now)"))
        if await select.is_visible():
            await select.select_option(people[-1])
            return
        for _ in range(2):  # twice: when there is no more room, each newcomer takes the place of somebody
            for person in people:
                if not await self.column(person).is_visible():
                    await self._chip(person).click()
            for other in await self.shown():
                if other not in people:
                    await self._chip(other).click()

    async def shown(self) -> list[str]:
        """Who is shown, from left to right."""
        columns = await self.page.locator(".column").all()
        return [str(await column.get_attribute("data-person")) for column in columns]

    async def turn_to(self, person: str, chat: str) -> None:
        """Open a chat of a person."""
        await self.column(person).get_by_role("tab").filter(has_text=chat).click()

    async def say(self, person: str, text: str) -> None:
        """Write into the open chat of a person."""
        await self.field(person).fill(text)
        await self.field(person).press("Enter")

    async def press(self, person: str, label: str) -> None:
        """Press the last button with this label."""
        await self.button(person, label).click()

    async def reply(self, person: str, to: str, text: str) -> None:
        """Answer the last message that contains ``to``."""
        await self._act(person, to, "reply")
        await self.say(person, text)

    async def edit(self, person: str, old: str, new: str) -> None:
        """Change the own message that contains ``old``."""
        await self._act(person, old, "edit")
        await self.say(person, new)

    async def sees(self, person: str, *texts: str) -> None:
        """Messages contain these texts, in this order."""
        for text in texts:
            await expect(self.message(person, text)).to_be_visible()
        await expect(self.column(person).locator("[data-item]")).to_contain_text(list(texts))

    async def misses(self, person: str, text: str) -> None:
        """No message shows this text."""
        await expect(self.message(person, text)).to_have_count(0)

    async def told(self, person: str, text: str) -> None:
        """The short line that only this person sees says so."""
        await expect(self.column(person).locator(".notice")).to_have_text(text)

    def column(self, person: str) -> Locator:
        """All of one person's messenger."""
        return self.page.locator(f"#column-{person}")

    def field(self, person: str) -> Locator:
        """Where the person writes."""
        return self.column(person).get_by_role("textbox")

    def button(self, person: str, label: str) -> Locator:
        """The last button of a message with this label."""
        exactly = re.compile(rf"^{re.escape(label)}")
        return self.column(person).locator(".keyboard button").filter(has_text=exactly).last

    def message(self, person: str, text: str) -> Locator:
        """The last message that contains the text."""
        return self.column(person).locator("[data-item]").filter(has_text=text).last

    async def _act(self, person: str, text: str, what: str) -> None:
        message = self.message(person, text)
        await message.hover()
        await message.locator(f'[data-key="{what}"]').click()

    def _chip(self, person: str) -> Locator:
        return self.page.locator(f'.chip[data-person="{person}"]')

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "WebSocket connection" not in text:
            self.complaints.append(text)
