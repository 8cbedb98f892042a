"""Taking updates by polling: the meaning of the offset, waiting, kinds, and who else polls."""

import asyncio
import time

import pytest
import telegram

from tests.telegram.conftest import Stage
from tests.telegram.refusals import Json


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def say(stage: Stage, *words: str) -> None:
    for word in words:
        stage.town.say(word, stage.bot)


async def first_id(stage: Stage) -> int:
    return int((await stage.updates())[0]["update_id"])


OFFSETS = [
    ("none", {}, "abcd", "abcd"),
    ("zero", {"offset": 0}, "abcd", "abcd"),
    ("the first", {"offset": 0, "ahead": 0}, "abcd", "abcd"),
    ("the second", {"ahead": 1}, "bcd", "bcd"),
    ("the last", {"ahead": 3}, "d", "d"),
    ("after the last", {"ahead": 4}, "", ""),
    ("far in the past", {"offset": 1}, "abcd", "abcd"),
    ("far in the future", {"ahead": 1000}, "abcd", "abcd"),
    ("the last one, others forgotten", {"offset": -1}, "d", "d"),
    ("the last two, others forgotten", {"offset": -2}, "cd", "cd"),
    ("more than there are", {"offset": -9}, "abcd", "abcd"),
    ("limit", {"limit": 2}, "ab", "abcd"),
    ("limit and offset", {"limit": 2, "ahead": 1}, "bc", "bcd"),
]


@pytest.mark.parametrize(("values", "found", "left"), [row[1:] for row in OFFSETS], ids=[row[0] for row in OFFSETS])
async def test_offsets(stage: Stage, values: dict[str, int], found: str, left: str) -> None:
    say(stage, *"abcd")
    sent: Json = dict(values)
    if "ahead" in sent:
        sent["offset"] = await first_id(stage) + sent.pop("ahead")
    assert "".join(texts(await stage.updates(**sent))) == found
    assert "".join(texts(await stage.updates())) == left
    assert len(stage.bot.updates.pending) == len(left)


async def test_a_hundred_at_most_come_at_once(stage: Stage) -> None:
    say(stage, *map(str, range(150)))
    assert len(await stage.updates()) == 100


async def test_ids_grow_and_nothing_comes_again_once_confirmed(stage: Stage) -> None:
    say(stage, "a", "b")
    first, second = (update["update_id"] for update in await stage.updates())
    assert second == first + 1
    await stage.updates(offset=second + 1)
    say(stage, "c")
    assert [update["update_id"] for update in await stage.updates()] == [second + 1]


async def test_a_poll_waits_for_the_first_update(stage: Stage) -> None:
    poll = await stage.polling()
    say(stage, "a")
    assert texts((await poll)[1]["result"]) == ["a"]


@pytest.mark.parametrize(("seconds", "least"), [(0, 0.0), (1, 1.0)])
async def test_a_poll_gives_up_after_its_time(stage: Stage, seconds: int, least: float) -> None:
    started = time.monotonic()
    assert await stage.updates(timeout=seconds) == []
    assert time.monotonic() - started >= least


async def test_only_the_kinds_asked_for_are_kept_and_the_choice_stays(stage: Stage) -> None:
    await stage.updates(allowed_updates=["edited_message"])
    said = stage.town.say("a", stage.bot)
    stage.town.edit(said, "b")
    assert [sorted(update.keys() - {"update_id"}) for update in await stage.updates()] == [["edited_message"]]
    await stage.updates(allowed_updates=[])
    stage.town.say("c", stage.bot)
    assert len(await stage.updates()) == 2


async def test_members_coming_and_going_are_told_only_when_asked_for(stage: Stage) -> None:
    group = stage.emulator.group("Netzwerk", stage.office, stage.bot)
    stage.office.promote(stage.bot, group)
    await stage.forget()
    stage.town.join(group)
    assert "chat_member" not in {key for update in await stage.updates() for key in update}
    await stage.updates(allowed_updates=["chat_member"])
    stage.town.leave(group)
    change = (await stage.updates())[-1]["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "left")
    stage.office.demote(stage.bot, group)
    await stage.forget()
    stage.town.join(group)
    assert await stage.updates() == []


async def test_a_second_poller_ends_the_first(stage: Stage) -> None:
    first = await stage.polling()
    second = asyncio.create_task(stage.ask("getUpdates", timeout=60))
    status, answer = await first
    assert (status, answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    say(stage, "a")
    assert texts((await second)[1]["result"]) == ["a"]


async def test_a_poller_that_hung_up_is_no_second_poller(stage: Stage) -> None:
    gone = await stage.polling()
    gone.cancel()
    await stage.emulator.until(lambda: not stage.bot.updates.awaited)
    say(stage, "a")
    assert texts(await stage.updates(timeout=1)) == ["a"]


async def test_a_rival_wins_every_time_and_takes_nothing(stage: Stage) -> None:
    waiting = await stage.polling()
    with stage.emulator.rival(stage.bot):
        assert (await waiting)[0] == 409
        assert (await stage.refused("getUpdates"))[0] == 409
        say(stage, "a")
    assert texts(await stage.updates()) == ["a"]


async def test_the_library_understands_the_conflict(stage: Stage) -> None:
    async with telegram.Bot(stage.bot.token, base_url=f"{stage.emulator.api_base}/bot") as bot:
        with stage.emulator.rival(stage.bot), pytest.raises(telegram.error.Conflict):
            await bot.get_updates()


@pytest.mark.parametrize(
    ("token", "description"),
    [("7:unknown", "Unauthorized"), ("nonsense", "Unauthorized: invalid token specified")],
)
async def test_a_token_nobody_has(stage: Stage, token: str, description: str) -> None:
    async with stage.session.get(f"{stage.emulator.api_base}/bot{token}/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, description)


async def test_a_token_that_is_revoked_while_running(stage: Stage) -> None:
    waiting = await stage.polling()
    old = stage.bot.token
    new = stage.emulator.revoke(stage.bot)
    assert (await waiting)[0] == 401
    async with stage.session.get(f"{stage.emulator.api_base}/bot{old}/getMe") as answer:
        assert answer.status == 401
    assert new != old
    assert (await stage.result("getMe"))["username"] == "themen_bot"


async def test_any_update_can_be_injected(stage: Stage) -> None:
    update_id = stage.bot.updates.inject({"telepathy": {"of": "the future"}})
    stage.bot.updates.inject({"message": {"no": "fields"}})
    updates = await stage.updates()
    assert updates[0] == {"update_id": update_id, "telepathy": {"of": "the future"}}
    assert updates[1] == {"update_id": update_id + 1, "message": {"no": "fields"}}


async def test_bots_have_updates_of_their_own(stage: Stage) -> None:
    other = stage.emulator.bot("other_bot")
    stage.town.start(other)
    assert await stage.updates() == []
    assert texts(await stage.updates(by=other)) == ["/start"]
