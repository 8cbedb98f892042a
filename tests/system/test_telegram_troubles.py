"""The real process and what Telegram and the network do to it: outages, webhooks, wrong and revoked tokens, rivals."""

import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels.telegram.condition import REVOKED
from domain.chat import Address, Html, Message, Outgoing
from storage import outbox
from storage.inbox import inbox
from tests.postgres import drop_database, new_database
from tests.system.telegram_house import BOT, House, TelegramProcess, house

AWAY = 15.0
"""Seconds for which Telegram is away."""
PATIENCE = 60.0
"""Seconds after which what should have happened will not."""
ADDRESS = "https://bot.example.org"
HOOK = {
    "THEMENBOTE_TELEGRAM__MODE": "webhook",
    "THEMENBOTE_TELEGRAM__WEBHOOK_URL": f"{ADDRESS}/telegram",
    "THEMENBOTE_TELEGRAM__WEBHOOK_SECRET": "a-long-random-word",
}


async def become(condition: Callable[[], Awaitable[object]]) -> float:
    """Wait until it is so; returns how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.02)
    return time.monotonic() - began


@asynccontextmanager
async def alive(process: TelegramProcess) -> AsyncIterator[TelegramProcess]:
    """The process from its start to its end, which it does not survive whatever happens."""
    await process.start()
    try:
        yield process
    finally:
        if process.running.returncode is None:
            await process.kill()


async def well(process: TelegramProcess) -> bool:
    """Whether the process finds nothing wrong with itself."""
    return await process.health() == (200, [])


async def answers(telegram: House, person: int) -> list[Any]:
    """What the bot wrote to somebody."""
    return [message for message in await telegram.remote("messages", person=person, bot=BOT) if message["by_bot"]]


def arrivals(telegram: House) -> int:
    """How many updates were taken."""
    return len(telegram.rows(sa.select(inbox.c.arrival)))


async def test_telegram_is_away_for_a_while(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with house(tmp_path) as telegram, alive(telegram.process()) as process:
        first, second = await telegram.join("Musterstadt", "Musterdorf")
        for person in (first, second):
            await telegram.remote("start", person=person, bot=BOT)
            await telegram.said(person, 1)
        # What is not settled when the connection breaks may be said again.
        await become(telegram.at_rest)
        await telegram.remote("stop")
        await telegram.remote("say", person=first, bot=BOT, text="/themen")
        queue(telegram, second, "Nachricht")
        await asyncio.sleep(AWAY)
        status, reasons = await process.health()
        assert (status, len(reasons)) == (503, 1)
        assert reasons[0].startswith("telegram: Telegram cannot be reached")
        await telegram.remote("resume")
        began = time.monotonic()
        await telegram.said(first, 2)
        heard = time.monotonic() - began
        await telegram.said(second, 2)
        spoken = time.monotonic() - began
        await become(partial(well, process))
        assert [len(await answers(telegram, person)) for person in (first, second)] == [2, 2]
        assert await process.end() == 0
    with capsys.disabled():
        sys.stdout.write(f"\naway for {AWAY:.0f} s, answered {heard:.1f} s and wrote {spoken:.1f} s after its return ")


def queue(telegram: House, person: int, text: str) -> None:
    """Something to be sent."""
    to = Address("telegram", str(person), private=True)
    with telegram.database.begin() as db:
        outbox.add_outgoing(db, Outgoing(to=to, content=Message(Html(text))), datetime.now(UTC))


async def test_killed_during_a_webhook_call(tmp_path: Path) -> None:
    async with house(tmp_path) as telegram:
        (person,) = await telegram.join("Musterstadt")
        process = telegram.process(**HOOK)
        await telegram.remote("route", public=ADDRESS, real=process.url)
        async with alive(process):
            await telegram.remote("start", person=person, bot=BOT)
            await telegram.said(person, 1)
            # What is not settled when the process ends may be said again.
            await become(telegram.at_rest)
            with closing(sqlite3.connect(tmp_path / "themenbote.db", isolation_level=None)) as other:
                # While somebody else writes, the call waits.
                other.execute("BEGIN IMMEDIATE")
                await telegram.remote("say", person=person, bot=BOT, text="/themen")
                await become(partial(called, telegram, 2))
                await asyncio.sleep(0.2)
                assert (await telegram.remote("hook", bot=BOT))["problems"] == []
                await process.kill()
                await become(partial(failed, telegram))
                assert (await telegram.remote("hook", bot=BOT))["problems"][0] == "Connection closed"
        assert arrivals(telegram) == 1
        async with alive(process):
            await telegram.said(person, 2)
            await become(telegram.at_rest)
            assert len(await answers(telegram, person)) == 2
            assert arrivals(telegram) == 2
            assert await process.end() == 0
        assert await telegram.remote("hook", bot=BOT) == {"url": ""}


async def called(telegram: House, times: int) -> bool:
    """Whether Telegram has sent so many calls of the webhook."""
    return bool((await telegram.remote("hook", bot=BOT))["sent"] == times)


async def failed(telegram: House) -> bool:
    """Whether any call of the webhook has failed."""
    return bool((await telegram.remote("hook", bot=BOT))["problems"])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de_DE.UTF-8", "Telegram kennt dieses Token nicht. In telegram.token muss das Token stehen, das @BotFather"),
        ("en_GB.UTF-8", "Telegram does not know this token. Set telegram.token to the token that @BotFather"),
    ],
)
async def test_a_wrong_token(tmp_path: Path, language: str, sentence: str) -> None:
    async with house(tmp_path) as telegram:
        telegram.token = "7:wrong"
        process = telegram.process(LANG=language)
        await process.spawn()
        async with asyncio.timeout(PATIENCE):
            told, _ = await process.running.communicate()
        assert process.running.returncode == 2
        assert told == b""
        assert process.log.startswith(sentence)
        assert process.log.count("\n") == 1


async def test_a_token_revoked_while_it_runs(tmp_path: Path) -> None:
    async with house(tmp_path) as telegram, alive(telegram.process()) as process:
        assert await process.health() == (200, [])
        await telegram.remote("revoke", bot=BOT)

        async def complains() -> bool:
            return (await process.health())[0] == 503

        await become(complains)
        assert (await process.health())[1] == [f"telegram: {REVOKED}"]
        asked = len(await telegram.remote("asked"))
        await asyncio.sleep(2.0)
        assert len(await telegram.remote("asked")) - asked < 20
        assert process.running.returncode is None
        assert await process.end() == 0
        assert process.log.count(REVOKED) == 1
        assert telegram.token.partition(":")[2] not in process.log


async def test_two_processes_with_one_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = new_database()
    async with house(tmp_path, database) as telegram:
        (person,) = await telegram.join("Musterstadt")
        async with alive(telegram.process("one")) as one:
            await become(partial(telegram.remote, "asked", method="getUpdates"))
            async with alive(telegram.process("two")) as two:
                await take_over(telegram, person, one, two, capsys)
    drop_database(database)


async def take_over(
    telegram: House, person: int, one: TelegramProcess, two: TelegramProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only one listens; the other does when that one dies."""
    await telegram.remote("start", person=person, bot=BOT)
    await telegram.said(person, 1)
    await asyncio.sleep(3.0)
    assert await one.health() == await two.health() == (200, [])
    assert not [asked for asked in await telegram.remote("asked") if asked["status"] == 409]
    await become(telegram.at_rest)
    await one.kill()
    await telegram.remote("say", person=person, bot=BOT, text="/themen")
    began = time.monotonic()
    await telegram.said(person, 2)
    seconds = time.monotonic() - began
    await become(telegram.at_rest)
    assert len(await answers(telegram, person)) == 2
    assert arrivals(telegram) == 2
    assert await two.end() == 0
    with capsys.disabled():
        sys.stdout.write(f"\nafter the death of the one that listened the other answered within {seconds:.1f} s ")
