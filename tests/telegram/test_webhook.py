"""Taking updates by webhook: the secret, the order, trying again, and what getWebhookInfo tells."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.telegram.conftest import Stage
from tests.telegram.refusals import Json

PUBLIC = "https://bot.example.org"


class Receiver:
    """The bot's side: ``statuses`` are the next answers, 200 afterwards."""

    def __init__(self) -> None:
        self.updates: list[Json] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.hold.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def receiver(stage: Stage) -> AsyncIterator[Receiver]:
    """Behind the public address there is a server on loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    async with TestServer(app) as server:
        stage.emulator.fetching.routes[PUBLIC] = str(server.make_url("")).rstrip("/")
        stage.emulator.fetching.first_pause = 0.01
        yield receiver
        await stage.emulator.fetching.stop()


async def hook(stage: Stage, **values: Any) -> None:
    await stage.result("setWebhook", url=f"{PUBLIC}/hook", **values)


async def taken(stage: Stage, receiver: Receiver, count: int) -> None:
    await stage.emulator.until(lambda: len(receiver.updates) >= count and not stage.bot.updates.pending)


async def test_updates_are_delivered_with_the_secret(stage: Stage, receiver: Receiver) -> None:
    stage.town.say("before", stage.bot)
    await hook(stage, secret_token="s3cret_-")
    stage.town.say("after", stage.bot)
    await taken(stage, receiver, 2)
    assert receiver.texts == ["before", "after"]
    assert receiver.secrets == ["s3cret_-", "s3cret_-"]


async def test_without_a_secret_there_is_no_header(stage: Stage, receiver: Receiver) -> None:
    await hook(stage)
    stage.town.say("a", stage.bot)
    await taken(stage, receiver, 1)
    assert receiver.secrets == [None]


async def test_what_was_not_taken_comes_again_in_order_with_growing_pauses(stage: Stage, receiver: Receiver) -> None:
    receiver.statuses = [500, 404, 302]
    await hook(stage)
    stage.town.say("a", stage.bot)
    stage.town.say("b", stage.bot)
    started = asyncio.get_running_loop().time()
    await taken(stage, receiver, 5)
    assert receiver.texts == ["a", "a", "a", "a", "b"]
    assert asyncio.get_running_loop().time() - started >= 0.01 + 0.02 + 0.04


async def test_one_chat_does_not_wait_for_another(stage: Stage, receiver: Receiver) -> None:
    stage.emulator.fetching.first_pause = 60.0
    receiver.statuses = [500]
    await hook(stage)
    stage.town.say("stuck", stage.bot)
    await stage.emulator.until(lambda: not receiver.statuses)
    stage.office.say("flows", stage.bot)
    await stage.emulator.until(lambda: "flows" in receiver.texts)
    assert receiver.texts == ["stuck", "flows"]


async def test_no_more_connections_than_wanted(stage: Stage, receiver: Receiver) -> None:
    receiver.hold.clear()
    await hook(stage, max_connections=1)
    stage.town.say("a", stage.bot)
    stage.office.say("b", stage.bot)
    await asyncio.sleep(0.05)
    assert receiver.texts == ["a"]
    receiver.hold.set()
    await taken(stage, receiver, 2)


async def test_what_is_known_of_a_webhook(stage: Stage, receiver: Receiver) -> None:
    info = await stage.result("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    receiver.statuses = [500] * 100
    await hook(stage, max_connections=3, allowed_updates=["message"])
    stage.town.say("a", stage.bot)
    await stage.emulator.until(lambda: len(receiver.updates) > 1)
    info = await stage.result("getWebhookInfo")
    assert info.pop("last_error_date") > 0
    assert info == {
        "url": f"{PUBLIC}/hook",
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 3,
        "allowed_updates": ["message"],
        "last_error_message": "Wrong response from the webhook: 500 Internal Server Error",
    }


async def test_a_webhook_nobody_answers(stage: Stage) -> None:
    stage.emulator.fetching.routes[PUBLIC] = "http://127.0.0.1:9"
    await hook(stage)
    stage.town.say("a", stage.bot)
    webhook = stage.emulator.fetching.webhooks[stage.bot.id]
    await stage.emulator.until(lambda: "last_error_message" in webhook.describe())
    assert (await stage.result("getWebhookInfo"))["last_error_message"] == "Connection refused"
    assert (await stage.result("getWebhookInfo"))["pending_update_count"] == 1


async def test_polling_and_webhook_exclude_each_other(stage: Stage, receiver: Receiver) -> None:
    waiting = await stage.polling()
    await hook(stage)
    assert (await waiting)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert await stage.refused("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await stage.result("deleteWebhook")
    stage.town.say("a", stage.bot)
    assert len(await stage.updates()) == 1
    assert receiver.updates == []


@pytest.mark.parametrize(("drop", "left"), [(False, 1), (True, 0)])
async def test_what_waits_stays_unless_it_is_dropped(stage: Stage, drop: bool, left: int) -> None:
    stage.town.say("a", stage.bot)
    await stage.result("deleteWebhook", drop_pending_updates=drop)
    assert len(await stage.updates()) == left


async def test_an_empty_address_removes_the_webhook(stage: Stage, receiver: Receiver) -> None:
    await hook(stage)
    await stage.result("setWebhook", url="")
    stage.town.say("a", stage.bot)
    assert len(await stage.updates()) == 1
    assert receiver.updates == []


async def test_nothing_is_delivered_while_the_servers_are_down(stage: Stage, receiver: Receiver) -> None:
    await hook(stage)
    async with stage.emulator.down():
        stage.town.say("a", stage.bot)
        await asyncio.sleep(0.05)
        assert receiver.updates == []
    await taken(stage, receiver, 1)
