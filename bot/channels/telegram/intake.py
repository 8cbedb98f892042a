"""From an update to the core: whatever the core has stored is taken, and a press gets its answer."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from telegram.error import ChatMigrated, TelegramError

from bot.channel import Receipt, Receive
from bot.channels.telegram.api import Api
from bot.channels.telegram.failures import detail
from bot.channels.telegram.fields import Json, query_of
from bot.channels.telegram.incoming import Ignored, Reader
from bot.channels.telegram.outgoing import answer
from domain.chat import Incoming, Moved, Removed, Said

log = logging.getLogger(__name__)

PRESS_PATIENCE = 3.0
"""Seconds after which a press is answered though it is not stored yet, so that the button stops turning."""
ANSWER_SECONDS = 10.0
LAST_ANSWERS = 1.0
"""How long calls under way are waited for at the end, in seconds."""


class Intake:
    """Hands updates to ``receive`` and answers presses beside it, so that a slow answer holds nothing up."""

    def __init__(self, api: Api, reader: Reader, receive: Receive) -> None:
        self._api = api
        self._reader = reader
        self._receive = receive
        self._answered_early: set[str] = set()
        self._calls: set[asyncio.Task[None]] = set()

    def read(self, update: Json) -> Incoming | Ignored:
        """What the update means."""
        return self._reader.read(update, datetime.now(UTC))

    async def take(self, update: Json, incoming: Incoming | Ignored) -> None:
        """Store ``incoming``, as read from ``update``. Raises Unstored when that is not possible now."""
        query = query_of(update)
        receipt = Receipt()
        if isinstance(incoming, Ignored):
            log.info("update ignored: %s", incoming.reason)
        elif query:
            receipt = await self._take_press(query, incoming)
        else:
            receipt = await self._receive(await self._fate(incoming) if isinstance(incoming, Removed) else incoming)
            if receipt.hide and isinstance(incoming, Said):
                self._begin(self._delete(incoming))
        if query in self._answered_early:
            self._answered_early.discard(query)
        elif query:
            self._answer(query, receipt)

    async def moved(self, old: str, new: str) -> None:
        """Tell the core what a failed call said: the group ``old`` is now ``new``. Raises Unstored."""
        await self._receive(self._reader.moved(old, new, datetime.now(UTC)))

    async def settle(self) -> None:
        """Let what is under way go out; give up on the rest."""
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=LAST_ANSWERS)
            for task in late:
                task.cancel()

    async def _fate(self, removed: Removed) -> Removed | Moved:
        """A group that becomes a supergroup is said to be left before it is said to move: only asking tells."""
        chat = removed.address.chat
        try:
            await self._api.call("getChat", ANSWER_SECONDS, chat_id=int(chat))
        except ChatMigrated as error:
            return self._reader.moved(chat, str(error.new_chat_id), removed.at)
        except TelegramError:
            pass
        return removed

    async def _take_press(self, query: str, pressed: Incoming) -> Receipt:
        timer = asyncio.get_running_loop().call_later(PRESS_PATIENCE, self._answer_early, query)
        try:
            return await self._receive(pressed)
        finally:
            timer.cancel()

    def _answer_early(self, query: str) -> None:
        if query not in self._answered_early:
            self._answered_early.add(query)
            self._answer(query, Receipt())

    def _answer(self, query: str, receipt: Receipt) -> None:
        self._begin(self._call_answer(query, receipt))

    def _begin(self, call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(call)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _delete(self, said: Said) -> None:
        """Remove what somebody wrote; a group lets us only if we may delete there."""
        chat, message = int(said.address.chat.partition("/")[0]), int(said.message)
        try:
            await self._api.call("deleteMessage", ANSWER_SECONDS, chat_id=chat, message_id=message)
        except TelegramError as error:
            log.info("message not removed: %s", detail(error))

    async def _call_answer(self, query: str, receipt: Receipt) -> None:
        try:
            await self._api.call("answerCallbackQuery", ANSWER_SECONDS, callback_query_id=query, **answer(receipt))
        except TelegramError as error:
            log.info("press not answered: %s", detail(error))
