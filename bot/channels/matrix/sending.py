"""Puts events into rooms: sealed where the room is encrypted, once per transaction id, in order."""

import asyncio
import json
import uuid
from collections import defaultdict

from bot.channel import SendError
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path
from bot.channels.matrix.olm import Machine
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.sharing import Sharing
from domain.delivery import Failure

LARGEST = 45_000
"""Bytes of an event's content before it is sealed; sealed, it has to stay below 64 kB."""


class Sending:
    """Sends for one account."""

    def __init__(self, server: Homeserver, machine: Machine, sharing: Sharing) -> None:
        self._server = server
        self._machine = machine
        self._sharing = sharing
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def put(self, room: Room, kind: str, content: Json, transaction: str) -> str:
        """Sends one event and returns its id; the same ``transaction`` sent again shows nothing new.

        Raises MatrixError, Unreachable, or SendError for what no server would take.
        """
        if len(json.dumps(content, ensure_ascii=False).encode()) > LARGEST:
            raise SendError(Failure.REJECTED, "too large")
        async with self._turns[room.id]:
            if room.encrypted:
                await self._sharing.prepare(room.id, set(room.members))
                kind, content = "m.room.encrypted", self._machine.encrypt(room.id, kind, content)
            told = await self._server.call("PUT", path("rooms", room.id, "send", kind, transaction), content)
        return str(told["event_id"])

    async def redact(self, room: Room, event_id: str, transaction: str = "") -> bool:
        """Removes what somebody sent; False when we may not."""
        transaction = transaction or uuid.uuid4().hex
        try:
            await self._server.call("PUT", path("rooms", room.id, "redact", event_id, transaction), {})
        except MatrixError as error:
            if error.status not in {403, 404}:
                raise
            return False
        return True
