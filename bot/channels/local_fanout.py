"""Tells every open page what happened, in the order in which it happened."""

import asyncio
import json

from bot.channels.local_frames import Shown

LONGEST_QUEUE = 2_000
"""A page that is so many frames behind is let go: it comes back and catches up."""


class Fanout:
    """The queues of all open pages; None at the end of a queue means goodbye."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()

    def join(self) -> asyncio.Queue[str | None]:
        """A queue that from now on gets every frame as JSON."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str | None]) -> None:
        """Forget the queue."""
        self._queues.discard(queue)

    def tell(self, *frames: Shown) -> None:
        """Queue the frames for everybody."""
        for text in map(json.dumps, frames):
            for queue in [*self._queues]:
                queue.put_nowait(text)
                if queue.qsize() > LONGEST_QUEUE:
                    self._dismiss(queue)

    def close(self) -> None:
        """Say goodbye to all."""
        for queue in [*self._queues]:
            self._dismiss(queue)

    def _dismiss(self, queue: asyncio.Queue[str | None]) -> None:
        self.leave(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
