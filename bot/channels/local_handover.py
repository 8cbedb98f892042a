"""Hands what people did to the assistant: in order within a chat, all chats at once, until it is taken."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.channel import Receive, Unstored
from bot.channels import local_updates as updates
from bot.channels.local_fanout import Fanout
from bot.channels.local_frames import Shown
from bot.channels.local_store import Store, StoreError
from domain.delivery import pause

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 15.0
"""Seconds between two attempts; somebody may be looking at the page."""


class Handover:
    """One worker for each chat. ``delayed`` are the chats whose oldest deed could not be taken yet."""

    def __init__(
        self,
        store: Store,
        fanout: Fanout,
        chats: Iterable[str],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.delayed: set[str] = set()
        self._store = store
        self._fanout = fanout
        self._sleep = sleep
        self._wakes = {chat: asyncio.Event() for chat in chats}

    def wake(self, chat: str) -> None:
        """There is something new in the chat."""
        self._wakes[chat].set()

    async def listen(self, receive: Receive) -> None:
        """Hand over everything that waits, and what comes, until cancelled."""
        async with asyncio.TaskGroup() as workers:
            for chat in self._wakes:
                workers.create_task(self._serve(chat, receive))

    async def _serve(self, chat: str, receive: Receive) -> None:
        failures = 0
        while True:
            self._wakes[chat].clear()
            try:
                found = await self._hand_over(chat, receive)
            except (Unstored, StoreError):
                failures += 1
                await self._wait(chat, failures)
            except Exception:
                logger.exception("an arrival on the local page was not taken")
                failures += 1
                await self._wait(chat, failures)
            else:
                failures = 0
                self._note(chat, delayed=False)
                if not found:
                    await self._wakes[chat].wait()

    async def _hand_over(self, chat: str, receive: Receive) -> bool:
        update = await self._store.run(updates.first_waiting, chat)
        if update is None:
            return False
        receipt = await receive(updates.arrival(update))

        def tell(changes: Sequence[Shown]) -> None:
            self._fanout.tell(*changes, updates.receipt(update, receipt.notice, receipt.link))

        await self._store.run_told(tell, updates.take, update)
        return True

    async def _wait(self, chat: str, failures: int) -> None:
        self._note(chat, delayed=True)
        await self._sleep(min(pause(failures).total_seconds(), LONGEST_PAUSE))

    def _note(self, chat: str, *, delayed: bool) -> None:
        if delayed == (chat in self.delayed):
            return
        (self.delayed.add if delayed else self.delayed.discard)(chat)
        self._fanout.tell({"type": "delayed", "chat": chat, "delayed": delayed})
