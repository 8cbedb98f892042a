"""Neither the token nor what people write is ever logged or printed."""

import asyncio
import logging
import warnings

import pytest

from bot.channel import Misconfigured, SendError
from bot.channels.telegram.api import Api, Call, Upload
from bot.channels.telegram.doctor import Settings, examine
from domain.chat import Action, Address, Button, Html, Message, Outgoing
from tests.channels.telegram.conftest import House
from tests.channels.telegram.test_webhook import serving

SECRET_HALF = "AAF-very-secret-half"
PRIVATE = "was niemand lesen soll"


@pytest.fixture
async def private_house(house: House) -> House:
    """The house with a token that is easy to find."""
    house.telegram.world.bots[f"7000000077:{SECRET_HALF}"] = house.telegram.world.bots.pop(house.bot.token)
    house.bot.token = f"7000000077:{SECRET_HALF}"
    house.channel = house.another()
    return house


async def live(house: House) -> None:
    """Everything that goes well and most of what does not."""
    faults = house.telegram.faults
    card = Message(Html(PRIVATE), ((Button(PRIVATE, Action("x"), "x"),),))
    async with house.listening() as channel:
        shown = await channel.send(Outgoing(to=house.direct, content=card), "7", None)
        house.town.press(house.chat.last, PRIVATE)
        house.town.say(f"/thema {PRIVATE}", house.bot)
        house.bot.updates.inject({"message": {"text": PRIVATE}})
        house.bot.updates.inject({"poll": {"question": PRIVATE}})
        await house.arrived(2)
        faults.lose_requests(1, only={"sendMessage"})
        faults.garble(1, only={"sendMessage"})
        faults.fail(1, only={"sendMessage"})
        faults.fail(1, status=400, only={"sendMessage"})
        for _ in range(4):
            with pytest.raises(SendError):
                await channel.send(Outgoing(to=house.direct, content=card), "7", None)
        with house.telegram.tolerant(), pytest.raises(SendError):
            await channel.send(Outgoing(to=house.direct, content=Message(Html(" "))), "7", shown)
        async with house.telegram.down():
            await house.until(channel.health)
            with pytest.raises(SendError):
                await channel.send(Outgoing(to=house.direct, content=card), "7", None)
        faults.garble(1, only={"getUpdates"})
        house.town.say(PRIVATE, house.bot)
        await house.arrived(3)
        with pytest.raises(SendError):
            await channel.send(Outgoing(to=Address("telegram", "1", private=True), content=card), "7", None)
        house.telegram.world.revoke(house.bot)
        await house.until(lambda: "@BotFather" in channel.health())
    with pytest.raises(Misconfigured):
        await channel.open()
    await channel.close()


async def test_logs_hold_no_secret(private_house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("telegram", "telegram.Bot", "telegram.BaseRequest", "aiohttp", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    asyncio.get_running_loop().set_debug(True)
    with warnings.catch_warnings(record=True) as warned:
        await live(private_house)
    assert len(caplog.records) > 5
    for record in caplog.records:
        logged = logging.Formatter("%(message)s").format(record) + repr(record.args)
        assert SECRET_HALF not in logged
        assert PRIVATE not in logged
    assert SECRET_HALF not in "".join(str(warning.message) for warning in warned)


async def test_the_webhook_logs_no_secret(private_house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(private_house) as gate, private_house.listening(gate.channel):
        private_house.town.say(PRIVATE, private_house.bot)
        await private_house.arrived()
        await gate.post(PRIVATE.encode())
        await gate.post(PRIVATE.encode(), "forged")
        private_house.telegram.faults.fail(1, only={"deleteWebhook"})
    assert "webhook not removed" in caplog.text
    for secret in (SECRET_HALF, PRIVATE, "a-long-random-word"):
        assert secret not in caplog.text


async def test_nothing_that_is_printed_holds_a_secret(private_house: House) -> None:
    api = Api(private_house.bot.token, private_house.telegram.api_base)
    settings = Settings(private_house.bot.token, "http://127.0.0.1:1", "polling", "", {})
    upload = Upload("photo", "bild.png", PRIVATE.encode())
    printed = [api, private_house.channel, settings, upload, Call("sendMessage", {"text": PRIVATE}, upload)]
    assert not any(SECRET_HALF in repr(each) + str(each) or PRIVATE in repr(each) for each in printed)
    assert SECRET_HALF not in repr(await examine(settings))
