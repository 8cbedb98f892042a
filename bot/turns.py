"""Which process's turn it is, for channels: the locks of the database without waiting and without errors."""

import asyncio

from storage.database import Unavailable
from storage.locks import Locks


class Turns:
    """The locks all processes share, asked off the event loop; a database that is away holds nothing."""

    def __init__(self, locks: Locks) -> None:
        self._locks = locks

    async def acquire(self, name: str) -> bool:
        """Take the lock, or keep it; False while another process has it, or nobody can tell."""
        return await asyncio.to_thread(self._acquire, name)

    async def release(self, name: str) -> None:
        """Give the lock back, if we have it."""
        await asyncio.to_thread(self._release, name)

    def _acquire(self, name: str) -> bool:
        try:
            return self._locks.acquire(name) and self._locks.held(name)
        except Unavailable:
            return False

    def _release(self, name: str) -> None:
        try:
            self._locks.release(name)
        except Unavailable:
            return
