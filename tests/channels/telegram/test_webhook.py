"""Webhook: only Telegram is believed, and 200 means stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.channel import Misconfigured, SendError
from bot.channels.telegram import webhook
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.condition import REVOKED
from bot.channels.telegram.webhook import HEADER
from domain.chat import Html, Message, Outgoing, Said
from tests.channels.telegram.conftest import SECRET, House, SharedLocks, draw
from tests.channels.telegram.payloads import said

PUBLIC = "https://bot.example.org"
ADDRESS = f"{PUBLIC}/telegram/hook"


@dataclass
class Gate:
    """A channel whose webhook is served at ``url``."""

    channel: TelegramChannel
    url: str
    session: ClientSession

    async def post(self, body: bytes | AsyncIterator[bytes], secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {HEADER: secret}
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def serving(house: House, locks: SharedLocks | None = None) -> AsyncIterator[Gate]:
    channel = house.another("webhook", ADDRESS, locks)
    app = web.Application()
    app.add_routes(channel.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    house.telegram.fetching.routes[PUBLIC] = base
    house.telegram.fetching.first_pause = 0.05
    try:
        async with ClientSession() as session:
            yield Gate(channel, base + "/telegram/hook", session)
    finally:
        await channel.close()
        await runner.cleanup()


async def test_updates_come_and_the_address_is_removed_at_the_end(house: House) -> None:
    async with serving(house) as gate:
        async with house.listening(gate.channel):
            house.town.say("Hallo", house.bot)
            arrivals = await house.arrived()
            assert [arrival.text for arrival in arrivals if isinstance(arrival, Said)] == ["Hallo"]
            assert gate.channel.health() == ""
        house.town.say("danach", house.bot)
        assert house.telegram.fetching.webhooks == {}
        assert len(house.bot.updates.pending) == 1
    assert house.telegram.calls("setWebhook") == [
        {
            "url": ADDRESS,
            "secret_token": SECRET,
            "max_connections": 40,
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"],
        }
    ]


async def test_what_cannot_be_stored_comes_again(house: House) -> None:
    house.core.refusals = 2
    async with serving(house) as gate, house.listening(gate.channel):
        house.town.say("Hallo", house.bot)
        await house.arrived()
    assert len(house.core.offered) == 3


async def test_before_anybody_listens_nothing_is_taken(house: House) -> None:
    async with serving(house) as gate:
        await gate.channel.open()
        assert await gate.post(json.dumps(said("Hallo")).encode()) == 503


BODIES: dict[str, tuple[Any, int]] = {
    "update": (json.dumps(said("Hallo")).encode(), 200),
    "unknown kind": (b'{"update_id": 1, "story": {}}', 200),
    "malformed update": (b'{"update_id": "x", "message": 7}', 200),
    "no JSON": (b"{", 400),
    "not UTF-8": (b'{"a": "\xff"}', 400),
    "no object": (b"[1]", 400),
    "nothing": (b"", 400),
    "deep": (b"[" * 100_000, 400),
    "as much as may be": (json.dumps(said("x" * 99_000)).encode(), 200),
    "too much": (b" " * 100_001, 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
async def test_bodies(house: House, body: bytes, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "LONGEST_BODY", 100_000)
    async with serving(house) as gate, house.listening(gate.channel):
        assert await gate.post(body) == status


async def test_too_much_of_unknown_length(house: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (webhook.LONGEST_BODY // 32)

    async with serving(house) as gate, house.listening(gate.channel):
        assert await gate.post(endless()) == 413


FORGED = {"missing": None, "empty": "", "wrong": "x" * 18, "longer": SECRET + "x", "shorter": SECRET[:-1], "ä": "ä"}


@pytest.mark.parametrize("secret", FORGED.values(), ids=FORGED)
async def test_forged_calls(house: House, secret: str | None) -> None:
    async with serving(house) as gate, house.listening(gate.channel):
        assert await gate.post(json.dumps(said("Hallo")).encode(), secret) == 403
        assert await gate.post(b"{", secret) == 403
    assert house.core.offered == []


WRONG = {
    "no address": ("", SECRET, "telegram-webhook-missing"),
    "http": ("http://bot.example.org/x", SECRET, "telegram-webhook-not-https"),
    "no host": ("https:///x", SECRET, "telegram-webhook-not-https"),
    "no secret": (ADDRESS, "", "telegram-webhook-secret"),
    "secret with a space": (ADDRESS, "a b", "telegram-webhook-secret"),
    "secret too long": (ADDRESS, "a" * 257, "telegram-webhook-secret"),
}


@pytest.mark.parametrize(("url", "secret", "key"), WRONG.values(), ids=WRONG)
async def test_wrong_settings(house: House, url: str, secret: str, key: str) -> None:
    channel = TelegramChannel(house.bot.token, house.telegram.api_base, "webhook", url, secret, draw, SharedLocks())
    with pytest.raises(Misconfigured, match=f"^{key}$"):
        await channel.open()
    await channel.close()
    assert house.telegram.calls("setWebhook") == []


async def test_an_address_telegram_refuses(house: House) -> None:
    channel = house.another("webhook", "https://bot.example.org:9999/")
    with house.telegram.tolerant(), pytest.raises(Misconfigured, match=r"^telegram-webhook-refused$"):
        await channel.open()
    await channel.close()


async def test_telegram_away_at_the_start(house: House) -> None:
    async with serving(house) as gate:
        async with house.telegram.down():
            await gate.channel.open()
            assert "Telegram cannot be reached" in gate.channel.health()
        async with house.listening(gate.channel):
            house.town.say("Hallo", house.bot)
            await house.arrived()
            assert gate.channel.health() == ""


async def test_refused_while_setting_the_address_it_is_set_later(house: House) -> None:
    house.telegram.faults.fail(2, only={"setWebhook"})
    async with serving(house) as gate, house.listening(gate.channel):
        house.town.say("Hallo", house.bot)
        await house.arrived()
        await house.until(lambda: not gate.channel.health())


async def test_of_two_processes_one_sets_the_address_and_the_other_keeps_it(house: House) -> None:
    holders: dict[str, SharedLocks] = {}
    async with serving(house, SharedLocks(holders)) as gate, AsyncExitStack() as stack:
        first = house.another("webhook", ADDRESS, SharedLocks(holders))
        await stack.enter_async_context(house.listening(first))
        async with house.listening(gate.channel):
            assert len(house.telegram.calls("setWebhook")) == 1
            await stack.aclose()
            await house.until(lambda: len(house.telegram.calls("setWebhook")) == 2)
            house.town.say("Hallo", house.bot)
            await house.arrived()
    assert house.telegram.calls("deleteWebhook") == [{"drop_pending_updates": False}] * 2
    assert holders == {}


async def test_a_process_without_the_turn_removes_nothing(house: House) -> None:
    holders: dict[str, SharedLocks] = {}
    async with serving(house, SharedLocks(holders)) as gate, house.listening(gate.channel):
        async with house.listening(house.another("webhook", ADDRESS, SharedLocks(holders))):
            pass
        assert house.telegram.calls("deleteWebhook") == []


async def test_a_revoked_token_stays_what_is_wrong(house: House) -> None:
    async with serving(house) as gate, house.listening(gate.channel):
        house.telegram.world.revoke(house.bot)
        with pytest.raises(SendError):
            await gate.channel.send(Outgoing(to=house.direct, content=Message(Html("Hallo"))), "7", None)
        await asyncio.sleep(1.2)
        assert gate.channel.health() == REVOKED


async def test_polling_serves_nothing(house: House) -> None:
    assert house.channel.routes() == []
