"""Work that waits at the same time is done together, in one go of a thread."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from math import ceil
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batches(Generic[Item, Result]):
    """Hands what waits to ``work``, at most ``most`` items at a time; it returns what became of each, in their order.

    Up to ``abreast`` batches are worked on side by side, each in a thread, and none has more than a fair share of what
    waits. Nobody waits for others to come: what comes while all are at work makes up the next batches.
    """

    def __init__(
        self,
        threads: Executor,
        work: Callable[[Sequence[Item]], Sequence[Result | Exception]],
        *,
        most: int,
        abreast: int,
    ) -> None:
        self._threads = threads
        self._work = work
        self._most = most
        self._abreast = self._free = abreast
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._working: set[asyncio.Task[None]] = set()

    async def result(self, item: Item) -> Result:
        """What became of the item; raises what became of it when that is an exception."""
        waiting: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, waiting))
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._work_off())
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return await waiting

    async def _work_off(self) -> None:
        try:
            while batch := self._next():
                await self._work_on(batch)
        finally:
            # At once: what comes from now on finds nobody at work.
            self._free += 1

    async def _work_on(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        items = [item for item, _ in batch]
        try:
            results = await asyncio.get_running_loop().run_in_executor(self._threads, self._work, items)
        except Exception as error:  # noqa: BLE001 - it is raised where the results are awaited
            results = [error] * len(items)
        for (_, waiting), result in zip(batch, results, strict=True):
            _settle(waiting, result)

    def _next(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        """What waits, without those who were cancelled meanwhile."""
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        share = min(self._most, ceil(len(self._waiting) / self._abreast))
        while self._waiting and len(batch) < share:
            item, waiting = self._waiting.popleft()
            if not waiting.done():
                batch.append((item, waiting))
        return batch


def _settle(waiting: asyncio.Future[Result], result: Result | Exception) -> None:
    if waiting.done():
        return
    if isinstance(result, Exception):
        waiting.set_exception(result)
    else:
        waiting.set_result(result)
