"""Reads the account's stream, one sync after the other: gaps closed, nothing skipped, nothing stored too early."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from bot.channel import Misconfigured
from bot.channels.matrix.arrivals import Arrivals, now
from bot.channels.matrix.failures import REVOKED
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, Unreachable, path
from bot.channels.matrix.intake import Intake, entered, items
from bot.channels.matrix.lanes import Lanes
from bot.channels.matrix.rooms import Room

log = logging.getLogger(__name__)

STATE = ["m.room.member", "m.room.encryption", "m.room.create", "m.room.tombstone"]
FILTER = {
    "presence": {"not_types": ["*"]},
    "account_data": {"types": ["m.direct"]},
    "room": {
        "timeline": {"limit": 200, "lazy_load_members": False},
        "state": {"lazy_load_members": False, "types": STATE},
        "ephemeral": {"not_types": ["*"]},
        "account_data": {"not_types": ["*"]},
    },
}
HELD = 30.0
"""Seconds the homeserver holds a sync open while nothing happens."""
PAGE = "100"
PAGES = 200
"""Most pages of a gap, 20,000 events; what lies further back is given up."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts while the homeserver is away; the last one repeats."""


class Sync:
    """The loop. ``trouble`` is empty while the homeserver answers, ``ready`` is set once all rooms are known."""

    def __init__(self, server: Homeserver, user: str, since: str, lanes: Lanes) -> None:
        self._server = server
        self._user = user
        self._lanes = lanes
        self._since = since
        self.trouble = ""
        self.ready = asyncio.Event()

    async def run(self, intake: Intake, upkeep: Callable[[Json], Awaitable[None]]) -> None:
        """Reads until cancelled; ``upkeep`` sees each sync after its events were handed out.

        Raises Misconfigured when the homeserver takes our token no more.
        """
        failures = 0
        while True:
            try:
                response = await self._read()
            except (MatrixError, Unreachable) as error:
                await self._away(error, failures)
                failures += 1
                continue
            failures, self.trouble = 0, ""
            token = str(response.get("next_batch", ""))
            jobs = intake.take(response, self._since, now())
            self._since = token
            self.ready.set()
            await self._lanes.add(token, jobs)
            await upkeep(response)

    async def _read(self) -> Json:
        """The first one of a process asks for all state: what rooms are like is not stored."""
        query = {"filter": json.dumps(FILTER)} | ({"since": self._since} if self._since else {})
        query |= {"timeout": str(int(HELD * 1000))} if self.ready.is_set() else {"timeout": "0", "full_state": "true"}
        within = HELD + 15 if self.ready.is_set() else 10 * HELD
        return await self._server.call("GET", path("sync"), query=query, within=within)

    async def _away(self, error: MatrixError | Unreachable, failures: int) -> None:
        pause = PAUSES[min(failures, len(PAUSES) - 1)]
        if isinstance(error, MatrixError):
            if error.code in REVOKED:
                raise Misconfigured("matrix-revoked", user=self._user)
            if error.status == 400 and self._since:
                log.warning("The homeserver does not know our place in the stream any more; starting over.")
                self._since = ""
            pause = max(pause, error.retry_after)
        self.trouble = sentence(error)
        if not failures:
            log.warning("%s", self.trouble)
        await asyncio.sleep(pause)


def sentence(error: MatrixError | Unreachable) -> str:
    """What an error says about the connection."""
    return f"The Matrix homeserver cannot be reached or does not serve ({error}); Themenbote keeps trying."


async def close_gap(server: Homeserver, arrivals: Arrivals, me: str, room: Room, later: str, earlier: str) -> None:
    """Takes what lies between two tokens of a room, oldest first; a homeserver hands it out in pages, newest first."""
    events: list[Json] = []
    query = {"dir": "b", "limit": PAGE, "to": earlier}
    for _ in range(PAGES):
        told = await server.call("GET", path("rooms", room.id, "messages"), query=query | {"from": later})
        events += items(told, "chunk")
        if not items(told, "chunk") or told.get("end") in {None, later}:
            break
        later = str(told["end"])
    events.reverse()
    for event in events[entered(events, me) or 0 :]:
        await arrivals.take(room, event)
