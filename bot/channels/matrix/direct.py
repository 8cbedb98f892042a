"""Direct chats that we open: encrypted, and with one person alone."""

import asyncio
import uuid
from collections import defaultdict

from bot.channel import Receive
from bot.channels.matrix.arrivals import now
from bot.channels.matrix.homeserver import Homeserver, path
from bot.channels.matrix.incoming import Reader
from bot.channels.matrix.invitations import Invitations
from bot.channels.matrix.olm import MEGOLM
from bot.channels.matrix.rooms import Rooms
from domain.chat import Address, Moved, Sender


class Direct:
    """Finds or makes the direct chat with a person."""

    def __init__(
        self, server: Homeserver, reader: Reader, rooms: Rooms, invitations: Invitations, receive: Receive
    ) -> None:
        self._server = server
        self._channel = reader.channel
        self._me = reader.me
        self._rooms = rooms
        self._invitations = invitations
        self._receive = receive
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def open(self, user: str) -> str:
        """The room's id; the person is in it, or at least invited."""
        async with self._turns[user]:
            return self._rooms.direct_with(user) or await self._make(user)

    async def lead(self, user: str) -> None:
        """Has everything that is addressed to a person go to the direct chat with them, opened if there is none.

        To the core a person's id is a chat that moves into the room. Raises Unstored when it cannot take that now.
        """
        room = await self.open(user)
        await self._receive(
            Moved(
                id=uuid.uuid4().hex,
                at=now(),
                sender=Sender(user, user),
                address=Address(self._channel, user, private=True),
                chat=room,
            )
        )

    async def _make(self, user: str) -> str:
        encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}
        wanted = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "invite": [user],
            "initial_state": [encryption],
        }
        room = str((await self._server.call("POST", path("createRoom"), wanted))["room_id"])
        await self._invitations.mark_direct(user, room)
        # Known at once: the first message need not wait for the room to come back with the stream.
        made = self._rooms.enter(room, encrypted=True)
        made.members = {self._me: {"membership": "join"}, user: {"membership": "invite"}} | made.members
        return room
