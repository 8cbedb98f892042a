"""A process killed at random moments while people go on as if nothing happened."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.system.process import Process


@dataclass(frozen=True, slots=True)
class Torment:
    """What a process has to survive: half of the ``kills`` fall ``early`` after its start, half ``under_load``.

    Both in seconds, as is ``between``, the longest pause between two acts.
    """

    kills: int
    early: float
    under_load: float
    between: float = 0.0

    async def happens(
        self, process: Process, acts: int, act: Callable[[], Awaitable[None]], chance: random.Random
    ) -> "Killed":
        """Kill and start, while everything is done, as evenly as the kills. The process is dead in the end."""
        killed = Killed()
        allowed = asyncio.Semaphore(0)
        living = asyncio.create_task(self._live(acts, act, allowed, chance))
        for number in range(self.kills):
            if number % 2:
                await process.spawn()
                killed.moments["while starting"] += 1
                await asyncio.sleep(chance.uniform(0.0, self.early))
            else:
                if number:
                    await process.start()
                killed.moments["under load"] += 1
                await asyncio.sleep(chance.uniform(0.0, self.under_load))
            killed.times.append(time.monotonic())
            await process.kill()
            for _ in range(acts * (number + 1) // self.kills - acts * number // self.kills):
                allowed.release()
        await living
        return killed

    async def _live(
        self, acts: int, act: Callable[[], Awaitable[None]], allowed: asyncio.Semaphore, chance: random.Random
    ) -> None:
        for _ in range(acts):
            await allowed.acquire()
            await asyncio.sleep(chance.uniform(0.0, self.between))
            await act()


@dataclass(frozen=True, slots=True)
class Killed:
    """Where the kills fell, and when, in monotonic seconds."""

    moments: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
