"""Invitations and moved rooms: where we go, and where we politely do not."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.channel import Receive
from bot.channels.matrix.arrivals import now
from bot.channels.matrix.courtesy import Courtesy
from bot.channels.matrix.guards import moment
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, Unreachable, path
from bot.channels.matrix.incoming import Reader
from bot.channels.matrix.lanes import Lanes
from bot.channels.matrix.outgoing import readable
from bot.channels.matrix.rooms import Room, Rooms
from bot.channels.matrix.state import Keeper
from domain.chat import Address, Moved, Sender

MayInvite = Callable[[str, bool], Awaitable[bool]]
"""Whether (user id, for a direct chat) may invite us."""

AT_ONCE = 4
"""Rooms entered at the same time; joining is the most expensive thing a homeserver does."""


class Invitations:
    """Answers invitations and follows tombstones; both are remembered until they are done."""

    def __init__(
        self,
        server: Homeserver,
        reader: Reader,
        rooms: Rooms,
        keeper: Keeper,
        courtesy: Courtesy,
        may_invite: MayInvite,
        receive: Receive,
    ) -> None:
        self._server = server
        self._channel = reader.channel
        self._me = reader.me
        self._rooms = rooms
        self._state = keeper.state
        self._keeper = keeper
        self._courtesy = courtesy
        self._may_invite = may_invite
        self._receive = receive
        self._slots = asyncio.Semaphore(AT_ONCE)
        self.errands = Lanes()

    def resume(self) -> None:
        """Goes on with what was left undone."""
        for room in self._state.invitations:
            self.errands.put(room, partial(self._answer, room))
        for room in self._state.moves:
            self.errands.put(room, partial(self._follow, room))

    def invited(self, room: str, events: list[Json]) -> None:
        """Takes the stripped state of a room we may be invited to; invitations of others are none of ours."""
        for event in events:
            if event.get("type") == "m.room.member" and event.get("state_key") == self._me:
                content = event.get("content", {})
                if content.get("membership") == "invite" and room not in self._state.invitations:
                    direct = content.get("is_direct") is True
                    self._state.invitations[room] = {"sender": str(event.get("sender", "")), "direct": direct}
                    self.errands.put(room, partial(self._answer, room))
                    return

    def moved(self, room: Room, event: Json) -> None:
        """Takes a tombstone: the room goes on elsewhere."""
        to = event["content"].get("replacement_room")
        if isinstance(to, str) and to and to not in self._state.moves:
            person = next(iter(room.others(self._me)), "") if room.private else ""
            self._state.moves[to] = {"from": room.id, "person": person, "event": event}
            self.errands.put(to, partial(self._follow, to))

    async def mark_direct(self, user: str, room: str) -> None:
        """Marks a room as the direct chat with a person, also for a later start on another machine."""
        content = self._rooms.mark_direct(user, room)
        await self._server.call("PUT", path("user", self._me, "account_data", "m.direct"), content)

    async def _answer(self, room: str) -> None:
        invitation = self._state.invitations.get(room)
        if invitation is None:
            return
        sender, direct = invitation["sender"], invitation["direct"]
        async with self._slots:
            if room in self._state.moves or await self._may_invite(sender, direct):
                if direct:
                    await self.mark_direct(sender, room)
                await self._enter(room, sender)
            else:
                await self._leave(room, readable(self._courtesy.text("matrix-declined")))
        del self._state.invitations[room]
        self._keeper.changed()
        await self._follow(room)

    async def _enter(self, room: str, sender: str) -> bool:
        """Joins by way of the sender's homeserver; False when the room is closed to us."""
        home = sender.partition(":")[2]
        try:
            await self._server.call("POST", path("join", room), {}, query={"via": home}, within=120.0)
        except MatrixError as error:
            if error.status not in {400, 403, 404}:
                raise
            return False
        return True

    async def _leave(self, room: str, reason: str) -> None:
        await self._server.call("POST", path("rooms", room, "leave"), {"reason": reason} if reason else {})

    async def _follow(self, room: str) -> None:
        """Enters the room in which another goes on. Closed to us, it waits for an invitation."""
        move = self._state.moves.get(room)
        if move is None or not await self._enter(room, move["event"]["sender"]):
            return
        if room not in self._rooms.joined:
            raise Unreachable("the new room is not in the stream yet", sent=True)
        if await self._succeeds(room, move["from"]):
            if move["person"]:
                await self.mark_direct(move["person"], room)
            await self._receive(self._moved(move, room))
            await self._leave(move["from"], "")
        else:
            await self._leave(room, "")
        del self._state.moves[room]
        self._keeper.changed()

    async def _succeeds(self, room: str, old: str) -> bool:
        """Whether the new room says itself that it continues the old one; anybody may claim the contrary of a room."""
        made = await self._server.call("GET", path("rooms", room, "state", "m.room.create"))
        before = made.get("predecessor")
        return isinstance(before, dict) and before.get("room_id") == old

    def _moved(self, move: Json, room: str) -> Moved:
        event = move["event"]
        return Moved(
            id=event["event_id"],
            at=moment(event["origin_server_ts"], now()),
            sender=Sender(event["sender"], event["sender"]),
            address=Address(self._channel, move["from"], private=bool(move["person"])),
            chat=room,
        )
