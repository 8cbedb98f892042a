"""A press is stored first, then answered, whatever becomes of the answer."""

import asyncio
import logging
from typing import Any

import pytest

from bot.channel import Receipt
from bot.channels.telegram import intake
from bot.channels.telegram.api import Api
from domain.chat import Action, Button, Html, Message, Outgoing, Pressed
from tests.channels.telegram.conftest import House
from tests.telegram.messages import Message as Shown
from tests.telegram.waiting import PATIENCE

KEYS = ((Button("Ja", Action("x"), "ja"), Button("Nein", Action("y"), "nein")),)


async def card(house: House) -> Shown:
    await house.channel.send(Outgoing(to=house.direct, content=Message(Html("Card"), KEYS)), "4711", None)
    return house.chat.last


async def test_a_press_arrives_and_is_answered(house: House) -> None:
    house.core.receipt = Receipt("Gezählt.")
    async with house.listening():
        press = house.town.press(await card(house), "Nein")
        (arrival,) = await house.arrived()
        await house.until(lambda: press.answers)
    assert isinstance(arrival, Pressed)
    assert (arrival.row, arrival.index, arrival.message) == (4711, 1, str(house.chat.last.id))
    assert (press.text, press.alert, press.answers) == ("Gezählt.", False, 1)


async def test_a_press_can_open_the_direct_chat(house: House) -> None:
    async with house.listening() as channel:
        house.core.receipt = Receipt(link=channel.link("wahl"))
        press = house.town.press(await card(house), "Ja")
        await house.until(lambda: press.answers)
    assert press.url == "https://t.me/themen_bot?start=wahl"


async def test_nothing_is_answered_before_it_is_stored(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PRESS_PATIENCE", 60.0)
    house.core.hold = asyncio.Event()
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.until(lambda: house.core.offered)
        await asyncio.sleep(0.05)
        assert press.answers == 0
        house.core.hold.set()
        await house.until(lambda: press.answers)


async def test_a_slow_press_is_answered_early_and_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PRESS_PATIENCE", 0.05)
    house.core.hold = asyncio.Event()
    house.core.receipt = Receipt("Gezählt.")
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.until(lambda: press.answers)
        assert house.core.arrivals == []
        house.core.hold.set()
        await house.arrived()
        monkeypatch.setattr(intake, "PRESS_PATIENCE", 60.0)
        second = house.town.press(house.chat.last, "Ja")
        await house.until(lambda: second.answers)
    assert (press.answers, press.text) == (1, "")
    assert (second.answers, second.text) == (1, "Gezählt.")


async def test_a_press_that_cannot_be_stored_yet_is_answered_with_what_became_of_it(house: House) -> None:
    house.core.refusals = 2
    house.core.receipt = Receipt("Gezählt.")
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.until(lambda: press.answers)
    assert (press.answers, press.text, len(house.core.offered)) == (1, "Gezählt.", 3)


async def test_a_press_that_is_slow_and_cannot_be_stored_yet_is_answered_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PRESS_PATIENCE", 0.02)
    house.core.refusals, house.core.seconds = 2, 0.1
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.arrived()
        await house.until(lambda: press.answers)
    assert (press.answers, len(house.core.offered)) == (1, 3)


async def test_a_press_in_time_is_not_answered_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PRESS_PATIENCE", 0.1)
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.until(lambda: press.answers)
        await asyncio.sleep(0.2)
    assert press.answers == 1


async def test_answers_that_fail_stop_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    house.telegram.faults.fail(1, only={"answerCallbackQuery"})
    house.telegram.faults.lose_requests(1, only={"answerCallbackQuery"})
    async with house.listening():
        shown = await card(house)
        for _ in range(3):
            house.town.press(shown, "Ja")
        house.town.say("Hallo", house.bot)
        await house.arrived(4)
        await house.until(lambda: len(house.telegram.calls("answerCallbackQuery")) == 1 and len(caplog.records) == 2)
    assert sorted(record.getMessage() for record in caplog.records) == [
        "press not answered: AnswerLost: ServerDisconnectedError",
        "press not answered: Unavailable: HTTP 502",
    ]


async def test_too_late_an_answer_is_no_mishap(house: House) -> None:
    house.telegram.world.query_lifetime = -1
    async with house.listening():
        house.town.press(await card(house), "Ja")
        await house.arrived()
        await house.until(lambda: ("answerCallbackQuery", 400) in [(a.method, a.status) for a in house.telegram.asked])
        house.town.say("Hallo", house.bot)
        await house.arrived(2)


async def test_a_slow_answer_holds_nothing_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LAST_ANSWERS", 0.0)
    house.telegram.faults.slow(2 * PATIENCE, only={"answerCallbackQuery"})
    async with house.listening():
        house.town.press(await card(house), "Ja")
        house.town.say("Hallo", house.bot)
        await house.arrived(2, within=PATIENCE)


async def test_foreign_data_is_answered_and_goes_no_further(house: House) -> None:
    async with house.listening():
        press = house.town.forge(await card(house), "votes.cast(3)")
        await house.until(lambda: press.answers)
    assert house.core.offered == []


@pytest.fixture
def open_way(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Answers leave when this is set."""
    call, way = Api.call, asyncio.Event()

    async def slow_call(self: Api, method: str, seconds: float = 5, /, **parameters: Any) -> Any:
        if method == "answerCallbackQuery":
            await way.wait()
        return await call(self, method, seconds, **parameters)

    monkeypatch.setattr(Api, "call", slow_call)
    return way


async def test_answers_under_way_go_out_at_the_end(
    house: House, open_way: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LAST_ANSWERS", PATIENCE)
    house.core.receipt = Receipt("Gezählt.")
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.arrived()
        assert press.answers == 0
        asyncio.get_running_loop().call_later(0.1, open_way.set)
    assert press.answers == 1


@pytest.mark.usefixtures("open_way")
async def test_the_end_does_not_wait_for_answers_for_ever(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LAST_ANSWERS", 0.01)
    async with house.listening():
        press = house.town.press(await card(house), "Ja")
        await house.arrived()
    assert press.answers == 0
