"""What waits at the same time goes together, and everybody hears what became of theirs."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest

from bot.batches import Batches
from tests.bot.house import PATIENCE, eventually


class Desk:
    """Doubles numbers once it is opened; refuses negative ones, and all of them when it meets a zero."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.batches: list[list[int]] = []

    def work(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.batches.append([*numbers])
        assert self.opened.wait(PATIENCE)
        if 0 in numbers:
            raise ZeroDivisionError
        return [ValueError(number) if number < 0 else 2 * number for number in numbers]


@asynccontextmanager
async def batches(desk: Desk, *, most: int = 3, abreast: int = 1) -> AsyncIterator[Batches[int, int]]:
    with ThreadPoolExecutor(abreast) as threads:
        async with asyncio.timeout(3 * PATIENCE):
            yield Batches(threads, desk.work, most=most, abreast=abreast)


async def test_what_comes_while_a_batch_is_worked_on_makes_up_the_next_ones() -> None:
    desk = Desk()
    async with batches(desk) as made:
        first = asyncio.create_task(made.result(1))
        await eventually(lambda: desk.batches)
        others = [asyncio.create_task(made.result(number)) for number in range(2, 7)]
        await asyncio.sleep(0)
        desk.opened.set()
        assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10, 12]
    assert desk.batches == [[1], [2, 3, 4], [5, 6]]


async def test_nobody_takes_more_than_a_fair_share() -> None:
    desk = Desk()
    async with batches(desk, abreast=2) as made:
        results = [asyncio.create_task(made.result(number)) for number in range(1, 5)]
        await eventually(lambda: len(desk.batches) == 2)
        desk.opened.set()
        assert await asyncio.gather(*results) == [2, 4, 6, 8]
    assert sorted(desk.batches) == [[1, 2], [3], [4]]


async def test_each_gets_what_became_of_theirs() -> None:
    desk = Desk()
    async with batches(desk) as made:
        results = [asyncio.create_task(made.result(number)) for number in (1, -2, 3)]
        desk.opened.set()
        ends = await asyncio.gather(*results, return_exceptions=True)
    assert (ends[0], type(ends[1]), ends[2]) == (2, ValueError, 6)


async def test_what_work_raises_is_raised_for_all_of_the_batch_and_the_next_one_is_worked_on() -> None:
    desk = Desk()
    desk.opened.set()
    async with batches(desk, most=2) as made:
        ends = await asyncio.gather(*map(made.result, (0, 1, 2, 3)), return_exceptions=True)
        assert [type(end) for end in ends] == [ZeroDivisionError, ZeroDivisionError, int, int]
        assert await made.result(4) == 8


async def test_who_was_cancelled_while_waiting_is_left_out() -> None:
    desk = Desk()
    async with batches(desk) as made:
        first = asyncio.create_task(made.result(1))
        await eventually(lambda: desk.batches)
        given_up, kept = (asyncio.create_task(made.result(number)) for number in (2, 3))
        await asyncio.sleep(0)
        given_up.cancel()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        desk.opened.set()
        assert await kept == 6
    assert desk.batches == [[1], [3]]


async def test_nobody_is_forgotten_who_comes_in_the_moment_a_batch_ends() -> None:
    desk = Desk()
    desk.opened.set()

    async def come_again(made: Batches[int, int], number: int) -> None:
        for step in range(200):
            assert await made.result(number + step) == 2 * (number + step)

    async with batches(desk) as made:
        await asyncio.gather(*(come_again(made, number) for number in (1, 1000)))
