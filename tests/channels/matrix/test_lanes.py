"""The order of jobs and of what is acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channel import Unstored
from bot.channels.matrix import lanes
from bot.channels.matrix.homeserver import MatrixError, Unreachable
from bot.channels.matrix.lanes import Lanes

Job = Callable[[], Awaitable[None]]


class Work:
    """Jobs that note that they were done, each when it is allowed to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def job(self, name: str) -> Job:
        self.gates[name] = asyncio.Event()

        async def work() -> None:
            await self.gates[name].wait()
            self.done.append(name)

        return work

    async def finish(self, name: str) -> None:
        self.gates[name].set()
        for _ in range(5):
            await asyncio.sleep(0)


async def test_a_token_is_reached_when_all_before_it_is_done() -> None:
    reached: list[str] = []
    work, under_test = Work(), Lanes(reached.append)
    await under_test.add("one", [("a", work.job("a1")), ("b", work.job("b1"))])
    await under_test.add("two", [("b", work.job("b2"))])
    await under_test.add("three", [])
    await work.finish("b1")
    await work.finish("b2")
    assert work.done == ["b1", "b2"]
    assert not reached, "b is through, but the first sync is not done with"
    await work.finish("a1")
    assert reached == ["three"]
    await under_test.stop()


async def test_a_room_is_taken_in_order() -> None:
    work, under_test = Work(), Lanes()
    await under_test.add("one", [("a", work.job("a1")), ("a", work.job("a2"))])
    under_test.put("a", work.job("a3"))
    await work.finish("a3")
    await work.finish("a2")
    assert work.done == []
    await work.finish("a1")
    assert work.done == ["a1", "a2", "a3"]
    await under_test.stop()


async def test_reading_ahead_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "AHEAD", 2)
    work, under_test = Work(), Lanes()
    await under_test.add("one", [("a", work.job("a1"))])
    await under_test.add("two", [("b", work.job("b1"))])
    third = asyncio.create_task(under_test.add("three", [("c", work.job("c1"))]))
    await work.finish("c1")
    assert not work.done
    await work.finish("b1")
    await third
    await work.finish("c1")
    assert work.done == ["b1", "c1"], "one that is stuck stops no others"
    await under_test.stop()


async def test_what_brings_nothing_to_do_takes_no_space() -> None:
    reached: list[str] = []
    work, under_test = Work(), Lanes(reached.append)
    await under_test.add("one", [("a", work.job("a1"))])
    for number in range(100):
        await under_test.add(f"idle {number}", [])
    assert len(under_test._batches) == 1
    await work.finish("a1")
    assert reached == ["idle 99"]
    await under_test.add("later", [])
    assert reached == ["idle 99", "later"]
    await under_test.stop()


@pytest.mark.parametrize(
    ("failure", "attempts"),
    [
        (Unstored(), 7),
        (Unreachable("x", sent=False), 7),
        (MatrixError(502, {}), 7),
        (MatrixError(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1}), 7),
        (MatrixError(401, {"errcode": "M_UNKNOWN_TOKEN"}), 7),
        (MatrixError(403, {"errcode": "M_FORBIDDEN"}), 1),
        (ValueError("a bug"), 3),
    ],
)
async def test_what_may_succeed_later_is_tried_until_it_does(
    failure: Exception, attempts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))
    made = 0

    async def job() -> None:
        nonlocal made
        made += 1
        if made < 7:
            raise failure

    await lanes.persistently(job)
    assert made == attempts


async def test_what_an_error_says_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def job() -> None:
        raise ValueError("what somebody wrote")

    await lanes.persistently(job)
    assert "ValueError" in caplog.text
    assert "somebody" not in caplog.text


async def test_stopping_reaches_nothing_more() -> None:
    reached: list[str] = []
    work, under_test = Work(), Lanes(reached.append)
    await under_test.add("one", [("a", work.job("a1"))])
    await asyncio.sleep(0)
    await under_test.stop()
    work.gates["a1"].set()
    await asyncio.sleep(0)
    assert not work.done
    assert not reached
