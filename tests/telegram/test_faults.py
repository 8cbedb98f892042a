"""Bad networks and bad servers: what arrived, and what the bot learned of it."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import pytest

from tests.telegram.conftest import Stage
from tests.telegram.faults import EDITS, SENDS
from tests.telegram.faults import Faults as Spoil

BREAKS: dict[str, tuple[Callable[[Spoil], None], type[Exception] | int, bool]] = {
    "error of the server": (lambda faults: faults.fail(status=500), 500, False),
    "bad gateway": (lambda faults: faults.fail(), 502, False),
    "request lost": (lambda faults: faults.lose_requests(), aiohttp.ClientError, False),
    "answer lost": (lambda faults: faults.lose_answers(), aiohttp.ClientError, True),
    "answer garbled": (lambda faults: faults.garble(), ValueError, True),
}


async def attempt(stage: Stage, text: str = "x") -> int:
    """Send a text."""
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendMessage"
    values = {"chat_id": stage.town.id, "text": text}
    async with stage.session.post(url, json=values) as answer:
        if answer.content_type == "application/json":
            await answer.json()
        return answer.status


@pytest.mark.parametrize(("spoil", "outcome", "arrived"), BREAKS.values(), ids=BREAKS)
async def test_one_request_goes_wrong_and_the_next_does_not(
    stage: Stage, spoil: Callable[[Spoil], None], outcome: type[Exception] | int, arrived: bool
) -> None:
    spoil(stage.emulator.faults)
    if isinstance(outcome, int):
        assert await attempt(stage) == outcome
    else:
        with pytest.raises(outcome):
            await attempt(stage)
    assert len(stage.town.chat(stage.bot).from_bots()) == int(arrived)
    assert await attempt(stage, "again") == 200
    assert stage.town.chat(stage.bot).last.text == "again"


async def test_faults_strike_the_methods_and_the_number_they_are_meant_for(stage: Stage) -> None:
    stage.emulator.faults.fail(2, only=SENDS)
    stage.emulator.faults.fail(only=EDITS)
    assert (await stage.ask("getMe"))[0] == 200
    assert [await attempt(stage) for _ in range(3)] == [502, 502, 200]
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/editmessagetext"
    async with stage.session.post(url, json={}) as answer:
        assert answer.status == 502
    stage.emulator.faults.fail(-1)
    assert [await attempt(stage) for _ in range(3)] == [502] * 3
    stage.emulator.faults.clear()
    assert await attempt(stage) == 200


async def test_who_does_not_wait_for_a_slow_answer_was_heard_all_the_same(stage: Stage) -> None:
    stage.emulator.faults.slow(120.0)
    impatient = asyncio.create_task(attempt(stage))
    await stage.emulator.until(stage.town.chat(stage.bot).from_bots)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await attempt(stage, "again") == 200
    assert [message.text for message in stage.town.chat(stage.bot).from_bots()] == ["x", "again"]


async def test_a_slow_answer_comes_in_the_end(stage: Stage) -> None:
    stage.emulator.faults.slow(0.1)
    started = time.monotonic()
    assert await attempt(stage) == 200
    assert time.monotonic() - started >= 0.1


async def test_servers_that_are_down_refuse_and_come_back_as_they_were(stage: Stage) -> None:
    await attempt(stage, "before")
    base = stage.emulator.api_base
    async with stage.emulator.down():
        with pytest.raises(aiohttp.ClientConnectorError):
            await attempt(stage)
        stage.town.say("meanwhile", stage.bot)
    assert stage.emulator.api_base == base
    assert await attempt(stage, "after") == 200
    assert [message.text for message in stage.town.chat(stage.bot).messages[1:]] == ["before", "meanwhile", "after"]
    assert len(await stage.updates()) == 1


async def test_a_poll_that_waits_breaks_when_the_servers_go_down(stage: Stage) -> None:
    poll = await stage.polling()
    async with stage.emulator.down():
        with pytest.raises(aiohttp.ClientError):
            await poll


async def test_everything_asked_is_remembered(stage: Stage) -> None:
    before = time.monotonic()
    await attempt(stage, "a")
    await stage.refused("sendMessage", chat_id=stage.office.id, text="b")
    first, second = (asked for asked in stage.emulator.asked if asked.method == "sendMessage")
    assert (first.bot, first.values, first.status) == ("themen_bot", {"chat_id": stage.town.id, "text": "a"}, 200)
    assert (second.status, second.description[:9]) == (403, "Forbidden")
    assert before <= first.at <= second.at


async def test_settled_means_taken_answered_and_quiet(stage: Stage) -> None:
    await stage.updates()
    stage.town.say("a", stage.bot)
    with pytest.raises(TimeoutError):
        await stage.emulator.settled(within=0.1)
    await stage.forget()
    started = time.monotonic()
    await stage.emulator.settled(quiet=0.1)
    assert time.monotonic() - started >= 0.05
