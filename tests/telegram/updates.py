"""The queue of updates of one bot, with the rules of getUpdates."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from tests.telegram.refusals import ApiError, Json, conflict
from tests.telegram.table import UNASKED, UPDATES
from tests.telegram.waiting import Changes

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
USUAL = frozenset(UPDATES) - UNASKED
"""The kinds a bot is told of unless it says otherwise."""
_FAR_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it was when it happened; webhooks keep the order within a ``lane``."""

    id: int
    lane: int
    payload: Json


class UpdateQueue:
    """What waits to be taken. ``changes`` is told of everything that comes in or goes out.

    ``rival`` pretends that somebody else polls with the same token; ``polled``: somebody did so, ever.
    ``listener`` is told of every update (webhooks).
    """

    def __init__(self, changes: Changes, first: int) -> None:
        self.changes = changes
        self._next = first
        self._poller: asyncio.Future[None] | None = None
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] = USUAL
        self.rival = False
        self.polled = False
        self.listener: Callable[[Update], None] | None = None

    @property
    def next_id(self) -> int:
        """The id the next update will have."""
        return self._next

    @property
    def awaited(self) -> bool:
        """Whether a poll waits now."""
        return self._poller is not None and not self._poller.done()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set the kinds wanted from now on; None leaves them, none at all means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or USUAL

    def put(self, kind: str, value: object, lane: int) -> None:
        """An update of ``kind`` happens; it is dropped when it is not wanted."""
        if kind in self.allowed:
            self.inject({kind: value}, lane)

    def inject(self, payload: Json, lane: int = 0) -> int:
        """Queue ``payload`` as it is, under the next id, which is returned."""
        update_id = payload.get("update_id", self._next)
        self._next = update_id + 1
        update = self.pending[update_id] = Update(update_id, lane, {"update_id": update_id, **payload})
        if self._poller and self.awaited:
            self._poller.set_result(None)
        if self.listener:
            self.listener(update)
        self.changes.notify()
        return update.id

    def remove(self, update_ids: Iterable[int]) -> None:
        """These are taken for good."""
        for update_id in list(update_ids):
            self.pending.pop(update_id, None)
        self.changes.notify()

    def interrupt(self, error: ApiError) -> None:
        """End the poll that waits now, if any, with an error."""
        if self._poller and self.awaited:
            self._poller.set_exception(error)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Answer getUpdates. Raises :class:`ApiError` when another poller comes while this one waits."""
        self.polled = True
        if self.rival:
            raise conflict(OTHER_POLLER)
        found = self._take(offset, limit)
        if found or not seconds:
            return found
        self.interrupt(conflict(OTHER_POLLER))
        self._poller = asyncio.get_running_loop().create_future()
        self.changes.notify()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._poller
        return self._take(offset, limit)

    def _take(self, offset: int, limit: int) -> list[Json]:
        if offset < 0:
            self.remove(list(self.pending)[:offset])
        elif offset <= self._next + _FAR_AHEAD:
            self._confirm(offset)
        return [update.payload for update in islice(self.pending.values(), limit)]

    def _confirm(self, offset: int) -> None:
        taken = []
        for update_id in self.pending:
            if update_id >= offset:
                break
            taken.append(update_id)
        if taken:
            self.remove(taken)
