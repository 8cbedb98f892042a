"""Fetching updates: the next offset goes out only when all updates before it are stored."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channel import Unstored
from bot.channels.telegram.answers import AnswerLost, Throttled
from bot.channels.telegram.api import Api
from bot.channels.telegram.condition import Condition, Pauses
from bot.channels.telegram.fields import Json
from bot.channels.telegram.incoming import KINDS, Ignored
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.turn import Turn
from domain.chat import Incoming

log = logging.getLogger(__name__)

POLL_SECONDS = 20
"""How long Telegram holds a request open when there is nothing new."""
GRACE_SECONDS = 10.0
"""How much later than that its answer may come."""
TURN_PAUSE = 1.0
"""How often a process without the turn asks for it, in seconds."""
LONGEST_PAUSE = 4.0
"""Between attempts when Telegram or our database is away: recovery takes no longer than this, in seconds."""
LONGEST_CONFLICT_PAUSE = 30.0

Arrived = tuple[Json, Incoming | Ignored]


class Poller:
    """Polls while it has the turn."""

    def __init__(self, api: Api, turn: Turn, condition: Condition) -> None:
        self._api = api
        self._turn = turn
        self._condition = condition
        self._pauses = Pauses(0.5, LONGEST_PAUSE)
        self._conflict_pauses = Pauses(1.0, LONGEST_CONFLICT_PAUSE)
        self._offset: int | None = None
        self._webhook_removed = False

    async def run(self, intake: Intake) -> None:
        """Hand all updates to ``intake`` until cancelled, or without end do nothing once the token is revoked."""
        while True:
            pause = await self._round(intake)
            await asyncio.sleep(pause)

    async def _round(self, intake: Intake) -> float:
        """One request and all that follows from it; how many seconds to wait until the next."""
        if not await self._turn.take():
            self._condition.recovered()
            return TURN_PAUSE
        try:
            batch = await self._fetch()
        except TelegramError as error:
            return await self._failed(error)
        self._condition.recovered()
        self._conflict_pauses.reset()
        return await self._store_all(intake, batch)

    async def _fetch(self) -> list[Any]:
        if not self._webhook_removed:
            await self._api.call("deleteWebhook")
            self._webhook_removed = True
        parameters = {"offset": self._offset, "timeout": POLL_SECONDS, "limit": 100, "allowed_updates": list(KINDS)}
        batch = await self._api.call("getUpdates", POLL_SECONDS + GRACE_SECONDS, **parameters)
        if not isinstance(batch, list):
            raise AnswerLost("updates that are no list")
        return batch

    async def _failed(self, error: TelegramError) -> float:
        self._condition.worsened(error)
        if isinstance(error, InvalidToken):
            await self._turn.give_back()
            await asyncio.Event().wait()
        if isinstance(error, Conflict):
            # Perhaps the lock was lost on the way and the other poller is one of ours: ask for it again.
            await self._turn.give_back()
            return self._conflict_pauses.next()
        return max(self._pauses.next(), error.retry_after if isinstance(error, Throttled) else 0.0)

    async def _store_all(self, intake: Intake, batch: list[Any]) -> float:
        updates = [update for update in batch if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        if len(updates) < len(batch):
            log.warning("%d updates without an id", len(batch) - len(updates))
        async with asyncio.TaskGroup() as group:
            for chat in _by_chat([(update, intake.read(update)) for update in updates]):
                group.create_task(self._store_in_order(intake, chat))
        if updates:
            self._offset = max(update["update_id"] for update in updates) + 1
        if batch and not updates:
            return self._pauses.next()
        self._pauses.reset()
        return 0.0

    async def _store_in_order(self, intake: Intake, arrived: list[Arrived]) -> None:
        for update, incoming in arrived:
            await _store(intake, update, incoming)


async def _store(intake: Intake, update: Json, incoming: Incoming | Ignored) -> None:
    """Offer one update until it is stored."""
    pauses = Pauses(0.1, LONGEST_PAUSE)
    while True:
        try:
            return await intake.take(update, incoming)
        except Unstored:
            pause = pauses.next()
            log.warning("an update cannot be stored; offered again in %g s", pause)
            await asyncio.sleep(pause)


def _by_chat(arrived: Iterable[Arrived]) -> list[list[Arrived]]:
    chats: dict[str, list[Arrived]] = {}
    for update, incoming in arrived:
        chat = "" if isinstance(incoming, Ignored) else incoming.address.chat
        chats.setdefault(chat, []).append((update, incoming))
    return list(chats.values())
