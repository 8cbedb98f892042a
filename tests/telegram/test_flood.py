"""Flood control: limits over all chats, per chat and per group, and refusals on demand."""

from datetime import timedelta

import pytest
import telegram

from tests.telegram.conftest import Stage
from tests.telegram.flood import FloodControl, Limits
from tests.telegram.refusals import ApiError

Attempt = tuple[float, int, int]
"""When, to which chat, and the pause it is refused with (0: it passes)."""

WINDOWS: dict[str, tuple[Limits, list[Attempt]]] = {
    "30 a second over all": (
        Limits(),
        [*((n / 100, n + 1, 0) for n in range(30)), (0.5, 99, 1), (0.999, 99, 1), (1.0, 99, 0), (1.001, 98, 1)],
    ),
    "bursts of three to one chat": (
        Limits(),
        [*[(0.0, 7, 0)] * 3, (0.0, 7, 1), (0.0, 8, 0), (0.9, 7, 1), (1.0, 7, 0), (1.5, 7, 1), (2.0, 7, 0)],
    ),
    "three again after a pause, and not four": (
        Limits(),
        [*[(0.0, 7, 0)] * 3, *[(3.0, 7, 0)] * 3, (3.0, 7, 1), *[(60.0, 7, 0)] * 3, (60.0, 7, 1)],
    ),
    "one a second to one chat": (
        Limits(chat_burst=1),
        [(0.0, 7, 0), (0.5, 7, 1), (0.999, 7, 1), (1.0, 7, 0), (2.0, 7, 0)],
    ),
    "20 a minute to one group": (
        Limits(),
        [*((float(n), -7, 0) for n in range(20)), (20.0, -7, 40), (59.5, -7, 1), (60.0, -7, 0), (60.5, -7, 1)],
    ),
    "people have no minute": (Limits(), [(float(n), 7, 0) for n in range(40)]),
    "what is refused does not count": (
        Limits(chat_burst=1),
        [(0.0, 7, 0), (0.1, 7, 1), (0.2, 7, 1), (0.9, 7, 1), (1.0, 7, 0)],
    ),
    "other limits": (Limits(per_second=1), [(0.0, 7, 0), (0.5, 8, 1), (1.0, 8, 0)]),
}


@pytest.mark.parametrize(("limits", "attempts"), WINDOWS.values(), ids=WINDOWS)
def test_windows(limits: Limits, attempts: list[Attempt]) -> None:
    now = 0.0
    flood = FloodControl(lambda: now)
    flood.enforce(limits)
    for attempt in attempts:
        now, chat, _ = attempt
        assert (now, chat, pause(flood, chat)) == attempt
    assert len(flood.sent) == sum(not refused for _, _, refused in attempts)
    assert [sent.retry_after for sent in flood.rejected] == [refused for _, _, refused in attempts if refused]


def pause(flood: FloodControl, chat: int, bot: int = 1) -> int:
    """The pause a send is refused with, 0 where it passes."""
    try:
        flood.admit(bot, chat, "sendMessage")
    except ApiError as error:
        return int(error.parameters["retry_after"])
    return 0


def test_it_is_off_until_it_is_wanted_and_can_be_lifted() -> None:
    flood = FloodControl(lambda: 0.0)
    assert [pause(flood, 7) for _ in range(100)] == [0] * 100
    flood.enforce()
    assert [pause(flood, 7) for _ in range(4)] == [0, 0, 0, 1]
    flood.relax()
    assert pause(flood, 7) == 0


@pytest.mark.parametrize(
    ("limits", "refused"),
    [(Limits(chat_burst=1), 1), (Limits(per_second=1), 1), (Limits(group_per_minute=1), 60)],
)
def test_every_bot_has_its_own_windows(limits: Limits, refused: int) -> None:
    flood = FloodControl(lambda: 0.0)
    flood.enforce(limits)
    assert [pause(flood, -7, bot) for bot in (1, 2, 1, 2)] == [0, 0, refused, refused]


def test_a_refusal_says_how_long() -> None:
    flood = FloodControl(lambda: 0.0)
    flood.throttle(retry_after=5)
    with pytest.raises(ApiError) as refused:
        flood.admit(1, 7, "sendMessage")
    assert refused.value.to_json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 5",
        "parameters": {"retry_after": 5},
    }


def test_refusals_on_demand() -> None:
    flood = FloodControl(lambda: 0.0)
    flood.throttle(2, retry_after=5)
    flood.throttle(1, retry_after=9, chat=7)
    assert [pause(flood, chat) for chat in (8, 8, 8, 7, 7)] == [5, 5, 0, 9, 0]


async def test_sends_and_edits_count_and_nothing_else(stage: Stage) -> None:
    stage.emulator.flood.enforce()
    chat = stage.town.id
    sent = await stage.result("sendMessage", chat_id=chat, text="a")
    await stage.result("editMessageText", chat_id=chat, message_id=sent["message_id"], text="b")
    for _ in range(5):
        await stage.result("sendChatAction", chat_id=chat, action="typing")
        await stage.refused("sendMessage", chat_id=stage.office.id, text="never opened")
    await stage.result("editMessageText", chat_id=chat, message_id=sent["message_id"], text="c")
    status, answer = await stage.ask("editMessageText", chat_id=chat, message_id=sent["message_id"], text="d")
    assert (status, answer["parameters"]) == (429, {"retry_after": 1})
    assert stage.town.chat(stage.bot).last.text == "c"
    assert [attempt.method for attempt in stage.emulator.flood.sent] == [
        "sendMessage",
        "editMessageText",
        "editMessageText",
    ]
    assert [(attempt.chat, attempt.retry_after) for attempt in stage.emulator.flood.rejected] == [(chat, 1)]


async def test_the_library_understands_the_pause(stage: Stage) -> None:
    stage.emulator.flood.throttle(retry_after=7)
    async with telegram.Bot(stage.bot.token, base_url=f"{stage.emulator.api_base}/bot") as bot:
        with pytest.raises(telegram.error.RetryAfter) as refused:
            await bot.send_message(stage.town.id, "x")
        assert refused.value.retry_after == timedelta(seconds=7)
        await bot.send_message(stage.town.id, "x")
