"""Room keys for every device in a room: who is there, which devices they have, and a session with each."""

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bot.channels.matrix.devices import AT_ONCE, Devices
from bot.channels.matrix.homeserver import Homeserver, Json, path
from bot.channels.matrix.keys import ONE_TIME
from bot.channels.matrix.olm import Machine


class Sharing:
    """Keeps outbound room keys such that exactly the devices now in a room can read."""

    def __init__(self, server: Homeserver, machine: Machine) -> None:
        self._server = server
        self._machine = machine
        self._devices = Devices(machine)
        self._sessions: dict[str, Any] = machine.olm.outbound_group_sessions
        self._current: set[str] = set()
        self._asking = asyncio.Lock()

    def outdated(self, users: Iterable[object]) -> None:
        """The devices of these people changed; they are asked for before the next message to them."""
        self._current -= {user for user in users if isinstance(user, str)}

    async def prepare(self, room: str, members: set[str]) -> None:
        """Afterwards the room's key is with every device of ``members`` that can be reached.

        A member or a device that went away costs a new key. Callers see to it that a room is prepared once at a time.
        """
        await self._learn(members)
        devices = set(self._devices.known(members))
        session = self._sessions.get(room)
        if session is None or session.expired or session.users_shared_with - devices:
            self._machine.olm.create_outbound_group_session(room)
            session = self._sessions[room]
        if devices - session.users_shared_with - session.users_ignored:
            await self._claim(members)
            await self._share(room, session, members)
            session.users_ignored |= devices - session.users_shared_with
        session.shared = True

    async def unwedge(self) -> None:
        """Starts anew with devices whose messages to us could not be opened, and tells them so."""
        olm = self._machine.olm
        if olm.wedged_devices:
            wanted = {user: dict.fromkeys(ids, ONE_TIME) for user, ids in olm.get_users_for_key_claiming().items()}
            await self._claimed(wanted)
            olm.wedged_devices.clear()
        for message in list(olm.outgoing_to_device_messages):
            olm.outgoing_to_device_messages.remove(message)
            await self._to_devices(message.as_dict()["messages"])

    async def _learn(self, users: set[str]) -> None:
        async with self._asking:
            unknown = sorted(users - self._current)
            for start in range(0, len(unknown), AT_ONCE):
                some = unknown[start : start + AT_ONCE]
                self._current.update(some)  # before the request: what changes during it must be asked for again
                try:
                    wanted: Json = {"device_keys": {user: [] for user in some}}
                    told = await self._server.call("POST", path("keys", "query"), wanted)
                except BaseException:
                    self.outdated(some)
                    raise
                self._learned(told.get("device_keys", {}))

    def _learned(self, devices: Json) -> None:
        with self._machine.together():
            for user, found in devices.items():
                self._devices.learn(user, found)
        for session in self._sessions.values():
            session.users_ignored = {ignored for ignored in session.users_ignored if ignored[0] not in devices}

    async def _claim(self, members: set[str]) -> None:
        missing = list(self._devices.without_session(members))
        for start in range(0, len(missing), AT_ONCE):
            wanted: dict[str, dict[str, str]] = defaultdict(dict)
            for user, device in missing[start : start + AT_ONCE]:
                wanted[user][device] = ONE_TIME
            await self._claimed(wanted)

    async def _claimed(self, wanted: dict[str, dict[str, str]]) -> None:
        told = await self._server.call("POST", path("keys", "claim"), {"one_time_keys": wanted})
        with self._machine.together():
            for user, devices in told.get("one_time_keys", {}).items():
                for device, key in devices.items():
                    self._devices.learn_one_time_key(user, device, key)

    async def _share(self, room: str, session: Any, members: set[str]) -> None:
        session.shared = False
        for reached, messages in self._devices.room_keys(room, members):
            await self._to_devices(messages)
            session.users_shared_with |= reached

    async def _to_devices(self, messages: Json) -> None:
        address = path("sendToDevice", "m.room.encrypted", uuid.uuid4().hex)
        await self._server.call("PUT", address, {"messages": messages})
