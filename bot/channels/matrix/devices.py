"""Other people's devices as nio keeps them: their keys, and the Olm sessions through which they get room keys."""

from collections.abc import Iterator
from typing import Any

import vodozemac
from nio.responses import KeysClaimResponse, KeysQueryResponse

from bot.channels.matrix.guards import contained
from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.olm import Machine

AT_ONCE = 50
"""People asked about, or devices served, with one request: taking in the answer holds everything else up."""


class Devices:
    """What ``machine`` knows of devices."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._olm: Any = machine.olm
        self._olm._maxToDeviceMessagesPerRequest = AT_ONCE

    def learn(self, user: str, devices: Json) -> None:
        """Takes in all devices of ``user``."""
        with contained("device keys"):
            usable = {name: keys for name, keys in devices.items() if usable_device(keys, name)}
            self._olm.handle_response(KeysQueryResponse({user: usable}, {}))

    def learn_one_time_key(self, user: str, device: str, key: Json) -> None:
        """Opens an Olm session to a device with a claimed key; a key that is none is passed over."""
        with contained("one-time key"):
            self._olm.handle_response(KeysClaimResponse({user: {device: key}}, {}))

    def known(self, users: set[str]) -> Iterator[tuple[str, str]]:
        """All known devices of these people but our own."""
        for user in users:
            for device in self._olm.device_store.active_user_devices(user):
                if (user, device.id) != (self._machine.user_id, self._machine.device_id):
                    yield user, str(device.id)

    def without_session(self, users: set[str]) -> Iterator[tuple[str, str]]:
        """Those :meth:`known` devices to which nothing can be sent before a one-time key of theirs is claimed."""
        for user, device in self.known(users):
            if not self._olm.session_store.get(self._olm.device_store[user][device].curve25519):
                yield user, device

    def room_keys(self, room: str, users: set[str]) -> Iterator[tuple[set[tuple[str, str]], Json]]:
        """The room's key for each device that lacks it, some devices at a time, ready to be sent to them."""
        batches = self._olm.share_group_session_parallel(room, sorted(users), ignore_unverified_devices=True)
        while True:
            with self._machine.together():
                batch = next(batches, None)
            if batch is None:
                return
            yield batch[0], batch[1]["messages"]


def usable_device(keys: Any, name: str) -> bool:
    """Whether a device's public keys can be read at all: one that cannot must not spoil the others."""
    try:
        vodozemac.Ed25519PublicKey.from_base64(keys["keys"][f"ed25519:{name}"])
        vodozemac.Curve25519PublicKey.from_base64(keys["keys"][f"curve25519:{name}"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return True
