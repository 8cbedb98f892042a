"""Polling: nothing is confirmed that is not stored, nothing is lost whatever happens on the way."""

import asyncio
import logging
from contextlib import AsyncExitStack
from math import inf
from typing import Any

import pytest

from bot.channel import Misconfigured, Receipt
from bot.channels.telegram import polling, turn
from bot.channels.telegram.condition import FOREIGN_POLLER, FOREIGN_WEBHOOK, REVOKED, Pauses
from bot.channels.telegram.turn import Turn
from domain.chat import Edited, Incoming, Left, Moved, Opened, Removed, Said
from tests.channels.telegram.conftest import House, SharedLocks
from tests.telegram.refusals import Json
from tests.telegram.updates import Update


def offsets(house: House) -> list[int]:
    return [values["offset"] for values in house.telegram.calls("getUpdates") if "offset" in values]


async def test_what_people_do_arrives(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot, house.town)
    async with house.listening():
        said = house.town.say("Hallo", house.bot)
        house.town.edit(said, "Guten Tag")
        house.office.start(house.bot, "K7")
        house.office.say("/themen@themen_bot", group)
        house.town.leave(group)
        new = house.office.upgrade(group)
        house.town.block(house.bot)
        house.office.remove(house.bot, new)
        arrivals = await house.arrived(8)
    kinds = {type(arrival) for arrival in arrivals}
    assert kinds == {Said, Edited, Opened, Left, Moved, Removed}
    texts = {arrival.text for arrival in arrivals if isinstance(arrival, Said | Edited)}
    assert texts == {"Hallo", "Guten Tag", "/themen"}
    assert [arrival.chat for arrival in arrivals if isinstance(arrival, Moved)] == [str(new.id)]
    assert sum(isinstance(arrival, Left) for arrival in arrivals) == 2


async def test_a_group_that_moves_is_not_one_that_threw_us_out(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    other = house.telegram.group("Amt", house.office, house.bot)
    async with house.listening():
        new = house.office.upgrade(group, farewell=True)
        house.office.remove(house.bot, other)
        moved, removed = await house.arrived(2)
    assert isinstance(moved, Moved)
    assert (moved.address.chat, moved.chat) == (str(group.id), str(new.id))
    assert isinstance(removed, Removed)
    assert removed.address.chat == str(other.id)


async def test_thrown_out_while_telegram_does_not_answer(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    house.telegram.faults.fail(1, only={"getChat"})
    async with house.listening():
        house.office.remove(house.bot, group)
        (removed,) = await house.arrived()
    assert isinstance(removed, Removed)


async def test_the_offset_goes_out_only_when_all_is_stored(house: House) -> None:
    house.core.hold = asyncio.Event()
    said = [house.town.say(text, house.bot) for text in ("eins", "zwei")]
    async with house.listening():
        await house.until(lambda: house.core.offered)
        await asyncio.sleep(0.05)
        assert offsets(house) == []
        assert len(house.bot.updates.pending) == len(said)
        house.core.hold.set()
        await house.arrived(2)
    assert offsets(house)[0] == int(house.core.arrivals[1].id) + 1


async def test_what_cannot_be_stored_is_offered_again_and_not_confirmed(house: House) -> None:
    house.core.refusals = 3
    house.town.say("eins", house.bot)
    house.town.say("zwei", house.bot)
    async with house.listening():
        arrivals = await house.arrived(2)
    assert [arrival.text for arrival in arrivals if isinstance(arrival, Said)] == ["eins", "zwei"]
    assert house.core.offered == [arrivals[0].id] * 4 + [arrivals[1].id]


async def test_one_chat_waits_while_others_go_on(house: House) -> None:
    """The first chat's update cannot be stored for a while; another chat's is, and the first one's stay in order."""
    house.office.start(house.bot)
    house.bot.updates.remove(list(house.bot.updates.pending))
    waiting = asyncio.Event()

    async def receive(incoming: Incoming) -> Receipt:
        if incoming.address.chat == str(house.town.id):
            await waiting.wait()
        house.core.arrivals.append(incoming)
        return Receipt()

    for text in ("eins", "zwei"):
        house.town.say(text, house.bot)
    house.office.say("drei", house.bot)
    house.core.receive = receive  # type: ignore[method-assign]
    async with house.listening():
        await house.until(lambda: house.core.arrivals)
        waiting.set()
        await house.arrived(3)
    assert [arrival.text for arrival in house.core.arrivals if isinstance(arrival, Said)] == ["drei", "eins", "zwei"]


async def test_stopped_in_the_middle_everything_comes_again(house: House) -> None:
    house.core.hold = asyncio.Event()
    house.town.say("eins", house.bot)
    async with house.listening():
        await house.until(lambda: house.core.offered)
    assert house.core.arrivals == []
    house.core.hold = None
    async with house.listening(house.another()):
        assert len(await house.arrived()) == 1


async def test_what_came_before_the_start_is_taken_once(house: House) -> None:
    house.town.say("früh", house.bot)
    async with house.listening():
        await house.arrived()
        house.town.say("spät", house.bot)
        await house.arrived(2)
        await house.telegram.settled()
    assert len(house.core.offered) == 2


BAD: dict[str, Json] = {
    "unknown": {"story_posted": {"id": 1}},
    "malformed": {"message": ["x"]},
    "nothing": {},
    "poll": {"poll": {"id": "1"}},
}


async def test_bad_updates_are_logged_by_kind_and_acknowledged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    for update in BAD.values():
        house.bot.updates.inject(update)
    house.town.say("Hallo", house.bot)
    async with house.listening():
        await house.arrived()
    logged = [record.getMessage() for record in caplog.records]
    assert [line for line in logged if line.startswith("update ignored")] == [
        "update ignored: unknown kind story_posted",
        "update ignored: malformed message",
        "update ignored: malformed nothing",
        "update ignored: unknown kind poll",
    ]


def nonsense(house: House, payload: Any) -> None:
    """The next update is something else altogether."""
    number = house.bot.updates.inject({})
    house.bot.updates.pending[number] = Update(number, 0, payload)


@pytest.mark.parametrize("payload", ["x", None, [], {"message": {}}, {"update_id": "7"}])
async def test_nonsense_among_updates(house: House, payload: Any, caplog: pytest.LogCaptureFixture) -> None:
    nonsense(house, payload)
    house.town.say("Hallo", house.bot)
    async with house.listening():
        await house.arrived()
    assert "1 updates without an id" in caplog.text


async def test_nothing_but_nonsense_is_not_asked_for_without_pause(house: House) -> None:
    nonsense(house, "x")
    async with house.listening():
        await house.until(lambda: len(house.telegram.calls("getUpdates")) == 3)
    first, second, third = (asked.at for asked in house.telegram.asked if asked.method == "getUpdates")
    assert (second - first >= 0.5, third - second >= 1.0) == (True, True)


async def test_down_and_back(house: House) -> None:
    async with house.listening() as channel:
        await house.polled()
        async with house.telegram.down():
            await house.until(lambda: "Telegram cannot be reached" in channel.health())
            house.town.say("Hallo", house.bot)
        await house.arrived()
        await house.until(lambda: not channel.health())


@pytest.mark.parametrize("status", [500, 502])
async def test_server_errors(house: House, status: int) -> None:
    house.telegram.faults.fail(2, status=status, only={"getUpdates"})
    house.town.say("Hallo", house.bot)
    async with house.listening():
        await house.arrived()


async def test_lost_and_garbled_answers_lose_nothing(house: House) -> None:
    house.telegram.faults.lose_answers(1, only={"getUpdates"})
    house.telegram.faults.garble(1, only={"getUpdates"})
    house.town.say("Hallo", house.bot)
    async with house.listening():
        await house.arrived()
    assert len(house.core.offered) == 1


def test_pauses_grow_to_a_bound_and_begin_anew() -> None:
    pauses = Pauses(0.5, 4.0)
    assert [pauses.next() for _ in range(6)] == [0.5, 1, 2, 4, 4, 4]
    pauses.reset()
    assert pauses.next() == 0.5


async def test_recovery_takes_no_longer_than_five_seconds() -> None:
    assert polling.LONGEST_PAUSE < 5


async def test_a_foreign_poller_is_reported_in_one_sentence(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with house.listening() as channel:
        await house.polled()
        with house.telegram.rival(house.bot):
            await house.until(channel.health)
            assert channel.health() == FOREIGN_POLLER
            house.town.say("Hallo", house.bot)
            await asyncio.sleep(1.2)
            assert channel.health() == FOREIGN_POLLER
        await house.arrived()
        assert channel.health() == ""
    assert [record.getMessage() for record in caplog.records].count(FOREIGN_POLLER) == 1


async def test_a_foreign_webhook_is_reported(house: House) -> None:
    async with house.listening() as channel:
        await house.polled()
        foreign = house.another("webhook", "https://foreign.example.org/")
        await foreign.open()
        await house.until(lambda: channel.health() == FOREIGN_WEBHOOK)
        await foreign.close()
        house.town.say("Hallo", house.bot)
        await house.arrived()


async def test_a_wrong_token_is_said_at_once(house: House) -> None:
    house.telegram.world.revoke(house.bot)
    with pytest.raises(Misconfigured, match=r"^telegram-wrong-token$"):
        await house.channel.open()
    await house.channel.close()


async def test_a_revoked_token_ends_polling(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with house.listening() as channel:
        await house.polled()
        house.telegram.world.revoke(house.bot)
        await house.until(channel.health)
        asked = len(house.telegram.asked)
        await asyncio.sleep(1)
        assert len(house.telegram.asked) == asked
        assert channel.health() == REVOKED
    assert [record.getMessage() for record in caplog.records].count(REVOKED) == 1


async def test_telegram_away_at_the_start(house: House) -> None:
    async with house.telegram.down():
        await house.channel.open()
        assert "Telegram cannot be reached" in house.channel.health()
        assert house.channel.link("x") == ""
    async with house.listening():
        house.town.say("Hallo", house.bot)
        await house.arrived()
        assert house.channel.health() == ""


async def test_a_webhook_left_behind_is_removed(house: House) -> None:
    before = house.another("webhook", "https://bot.example.org/telegram")
    await before.open()
    house.town.say("Hallo", house.bot)
    async with house.listening():
        await house.arrived()
    assert house.telegram.fetching.webhooks == {}
    await before.close()


async def test_of_two_processes_one_polls_and_the_other_takes_over(house: House) -> None:
    holders: dict[str, SharedLocks] = {}
    first, second = (house.another(locks=SharedLocks(holders)) for _ in range(2))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(house.listening(first))
        await house.polled()
        async with house.listening(second):
            await asyncio.sleep(1.2)
            assert len(house.telegram.calls("getUpdates")) == 1
            assert (first.health(), second.health()) == ("", "")
            await stack.aclose()
            house.town.say("Hallo", house.bot)
            await house.arrived()
    assert holders == {}


async def test_a_lock_that_was_lost_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    holders: dict[str, SharedLocks] = {}
    ours = Turn(SharedLocks(holders), "7100000001:secret-half")
    assert await ours.take()
    assert list(holders) == ["telegram:7100000001"]
    holders["telegram:7100000001"] = SharedLocks(holders)
    monkeypatch.setattr(turn, "RECHECK", inf)
    assert await ours.take()
    monkeypatch.setattr(turn, "RECHECK", 0.0)
    assert not await ours.take()


async def test_giving_back_what_is_not_ours_changes_nothing() -> None:
    holders: dict[str, SharedLocks] = {}
    ours, theirs = (Turn(SharedLocks(holders), "7:x") for _ in range(2))
    assert await theirs.take()
    await ours.give_back()
    assert not await ours.take()


async def test_links(house: House) -> None:
    await house.channel.open()
    assert house.channel.link("K7-x_2") == "https://t.me/themen_bot?start=K7-x_2"
    assert house.channel.link("a" * 64).endswith("a" * 64)
    assert house.channel.link("") == "https://t.me/themen_bot"
    for payload in ("a" * 65, "ä", "a b", "a.b"):
        assert house.channel.link(payload) == ""
    assert house.office.follow(house.channel.link("K7-x_2")).text == "/start K7-x_2"
