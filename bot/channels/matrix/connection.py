"""One signed-in device at work: everything that needs its keys, put together once."""

import asyncio
import logging
import time
from functools import partial

from bot.channel import Receive
from bot.channels.matrix.account import Device
from bot.channels.matrix.arrivals import Arrivals, now
from bot.channels.matrix.courtesy import Courtesy, Say
from bot.channels.matrix.direct import Direct
from bot.channels.matrix.facts import Facts
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, Unreachable
from bot.channels.matrix.incoming import Reader
from bot.channels.matrix.intake import Intake
from bot.channels.matrix.invitations import Invitations, MayInvite
from bot.channels.matrix.keys import Keys
from bot.channels.matrix.lanes import Job, Lanes
from bot.channels.matrix.olm import Machine
from bot.channels.matrix.reactions import Offers
from bot.channels.matrix.rooms import Room, Rooms
from bot.channels.matrix.sending import Sending
from bot.channels.matrix.sharing import Sharing
from bot.channels.matrix.showing import Manners, Showing
from bot.channels.matrix.state import Keeper
from bot.channels.matrix.sync import Sync, close_gap
from bot.channels.matrix.unread import Unread

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between looks for messages whose key did not come."""


class Connection:
    """Works with ``machine``, the keys of ``device``, for the channel ``name``."""

    def __init__(
        self,
        server: Homeserver,
        folder: Folder,
        device: Device,
        machine: Machine,
        name: str,
        manners: Manners,
        say: Say,
        may_invite: MayInvite,
        receive: Receive,
    ) -> None:
        self.server = server
        self.device = device
        self.machine = machine
        self.has_run = False
        self.rooms = Rooms()
        self.keys = Keys(server, machine)
        self._keeper = Keeper(folder)
        self._lanes = Lanes(self._reached)
        self._sharing = Sharing(server, machine)
        self._offers = Offers(server, device.user_id)
        self._unread = Unread(device.user_id, device.since, self._keeper, manners.grace)
        self.sync = Sync(server, device.user_id, self._keeper.state.token, self._lanes)
        reader, facts = Reader(name, device.user_id), Facts(server, machine)
        sending = Sending(server, machine, self._sharing)
        courtesy = Courtesy(sending, self._keeper, say, manners.language)
        self.showing = Showing(server, device.user_id, sending, facts, self._offers, self._keeper, manners)
        self.invitations = Invitations(server, reader, self.rooms, self._keeper, courtesy, may_invite, receive)
        self.direct = Direct(server, reader, self.rooms, self.invitations, receive)
        self._arrivals = Arrivals(machine, reader, facts, sending, courtesy, self._keeper, self._unread, receive)
        self._intake = Intake(
            device.user_id,
            machine,
            self._sharing,
            self.rooms,
            self._arrivals,
            self.invitations,
            self._unread,
            self._gap,
        )

    async def run(self) -> None:
        """Works until cancelled. Raises Misconfigured when the homeserver takes our token no more."""
        self.has_run = True
        loops = (self.sync.run(self._intake, self._upkeep), self._offers.run(), self._keeper.run(), self._look())
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            for ended in (await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED))[0]:
                ended.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._lanes.stop()
            await self.invitations.errands.stop()
            await self._keeper.save()

    async def _look(self) -> None:
        """Once all rooms are known, goes on with what was left undone; then asks for what could not be read."""
        await self.sync.ready.wait()
        self.invitations.resume()
        for room_id, job in self._intake.retry(self._unread.all()):
            self._lanes.put(room_id, job)
        while True:
            await asyncio.sleep(LOOK)
            for room_id, event in self._unread.overdue(time.time()):
                room = self.rooms.joined.get(room_id)
                if room is None:
                    self._unread.done(event["event_id"])
                else:
                    self._lanes.put(room_id, partial(self._arrivals.gave_up, room, event))

    async def _upkeep(self, response: Json) -> None:
        """What the homeserver needs from us after a sync; it says so again with the next one."""
        counts, unused = response.get("device_one_time_keys_count"), response.get("device_unused_fallback_key_types")
        try:
            await self.keys.refill(counts, unused, now())
            await self._sharing.unwedge()
        except (MatrixError, Unreachable) as error:
            log.warning("The homeserver did not take our keys (%s).", error)

    def _reached(self, token: str) -> None:
        self._keeper.state.token = token
        self._keeper.changed()

    def _gap(self, room: Room, later: str, earlier: str) -> Job:
        return partial(close_gap, self.server, self._arrivals, self.device.user_id, room, later, earlier)
