"""One listener per bot among several of our processes."""

import time
from typing import Protocol


class Locks(Protocol):
    """Locks that all processes of one installation share and that a dying process loses. Neither method raises."""

    async def acquire(self, name: str) -> bool:
        """Take the lock, or keep it; False while another process has it, or nobody can tell."""
        ...

    async def release(self, name: str) -> None:
        """Give the lock back, if we have it."""
        ...


RECHECK = 5.0
"""Seconds after which it is asked again whether a lock is still ours: its connection may have been lost."""


class Turn:
    """The right to listen for one bot. Its lock is named by the public half of the token."""

    def __init__(self, locks: Locks, token: str) -> None:
        self._locks = locks
        self._name = f"telegram:{token.partition(':')[0]}"
        self._held_since = 0.0

    async def take(self) -> bool:
        """Whether it is our turn, now or still."""
        now = time.monotonic()
        if self._held_since and now - self._held_since < RECHECK:
            return True
        self._held_since = now if await self._locks.acquire(self._name) else 0.0
        return bool(self._held_since)

    async def give_back(self) -> None:
        """Let another process have its turn; may be repeated."""
        self._held_since = 0.0
        await self._locks.release(self._name)
