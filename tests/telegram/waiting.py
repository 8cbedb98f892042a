"""Waiting for something to become true in the emulated world, without polling."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE = 30.0
"""Seconds after which what a test waits for will not come any more; far more than it ever takes."""


class Changes:
    """Told of every change; wakes whoever waits for one. ``last`` is when it was told (monotonic seconds)."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []
        self.last = time.monotonic()

    def notify(self) -> None:
        """Something has changed."""
        self.last = time.monotonic()
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def next(self) -> None:
        """Wait for the next change."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        await waiter

    async def until(
        self, condition: Callable[[], Found | None], within: float, otherwise: Callable[[], str] = str
    ) -> Found:
        """The first true value of ``condition``. Raises TimeoutError with ``otherwise`` after ``within`` seconds."""
        try:
            async with asyncio.timeout(within):
                while not (found := condition()):
                    await self.next()
                return found
        except TimeoutError:
            raise TimeoutError(f"not within {within} s. {otherwise()}") from None

    async def quiet(self, busy: Callable[[], bool], seconds: float, within: float) -> None:
        """Wait until nothing is ``busy`` and nothing has changed for ``seconds``. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while (left := self.last + seconds - time.monotonic()) > 0 or busy():
                if busy():
                    await self.next()
                else:
                    await asyncio.sleep(left)
