"""The one place that touches nio: its Olm machine, with types, and with what it lets through kept out.

nio carries no types, so everything that comes from it is ``Any`` and ends here.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import vodozemac
from nio.crypto import Olm
from nio.events import EncryptedToDeviceEvent, RoomKeyEvent, ToDeviceEvent
from nio.responses import KeysClaimResponse, KeysQueryResponse
from nio.store import SqliteStore

from bot.channels.matrix.folder import CRYPTO, Folder
from bot.channels.matrix.guards import contained
from bot.channels.matrix.homeserver import Json

MEGOLM = "m.megolm.v1.aes-sha2"
DAMAGED = {"DatabaseError", "LibolmPickleException", "PickleException"}
"""Errors that say that the database can never be read again; a full disk or a lock is none of them."""


class Undecryptable(Exception):
    """There is no key for this event (yet), or it was made to be unreadable."""


class KeysLost(Exception):
    """The crypto database is damaged."""


class RoomKey(NamedTuple):
    """Which messages a key that just came opens."""

    room: str
    session: str


@dataclass(frozen=True, slots=True)
class Encrypted:
    """What nio's replay check wants to know of an event."""

    sender_key: str
    session_id: str
    event_id: str
    server_timestamp: int


class Machine:
    """The keys of one device, kept in the crypto database of ``folder``. Raises :class:`KeysLost`."""

    def __init__(self, folder: Folder, user_id: str, device_id: str) -> None:
        folder.crypto()
        self.user_id = user_id
        self.device_id = device_id
        try:
            self._store: Any = SqliteStore(user_id, device_id, str(folder.path), database_name=CRYPTO)
            self._store.database.execute_sql("PRAGMA journal_mode = WAL")
            self.olm: Any = Olm(user_id, device_id, self._store)
        except Exception as error:
            if type(error).__name__ in DAMAGED:
                raise KeysLost(type(error).__name__) from error
            raise

    def unpublished(self) -> None:
        """The homeserver has no keys of this device; they are to be uploaded (again)."""
        self.olm.account.shared = False

    def close(self) -> None:
        """Closes the database; safe to call twice."""
        self._store.database.close()

    @property
    def fingerprint(self) -> str:
        """The public Ed25519 key of the device."""
        return str(self.olm.account.identity_keys["ed25519"])

    def sign(self, value: Json) -> str:
        """The device's signature of ``value``."""
        return str(self.olm.sign_json(value))

    def encrypted_rooms(self) -> set[str]:
        """Rooms that were seen encrypted; they stay so, whatever a server says later."""
        return set(self._store.load_encrypted_rooms())

    def remember_encrypted(self, room: str) -> None:
        """Adds to :meth:`encrypted_rooms`."""
        self._store.save_encrypted_rooms({room})

    def take(self, event: Json) -> RoomKey | None:
        """Takes in one to-device event; whatever is wrong with it stays with it."""
        with contained("to-device event"):
            parsed = ToDeviceEvent.parse_event(event)
            opened = self.olm.decrypt_event(parsed) if isinstance(parsed, EncryptedToDeviceEvent) else None
            if isinstance(opened, RoomKeyEvent):
                return RoomKey(str(opened.room_id), str(opened.session_id))
        return None

    def decrypt(self, room: str, event: Json) -> Json:
        """The payload of an encrypted room event. Raises :class:`Undecryptable`."""
        content = event["content"]
        session = self._session(room, content.get("session_id"), content.get("sender_key"))
        if session is None:
            raise Undecryptable("no key")
        with contained("room event"):
            plain, index = session.decrypt(content["ciphertext"])
            at = event["origin_server_ts"]
            seen = Encrypted(session.sender_key, session.id, event["event_id"], at)
            payload = json.loads(plain)
            if self.olm.message_index_ok(index, seen) and payload.get("room_id") == room:
                return dict(payload)
        raise Undecryptable("the key does not open it")

    def encrypt(self, room: str, kind: str, content: Json) -> Json:
        """The content of the ``m.room.encrypted`` event that carries this one; the room's key must be shared."""
        payload = {"room_id": room, "type": kind, "content": content}
        session = self.olm.outbound_group_sessions[room]
        sealed = {
            "algorithm": MEGOLM,
            "sender_key": self.olm.account.identity_keys["curve25519"],
            "ciphertext": session.encrypt(json.dumps(payload, ensure_ascii=False)),
            "session_id": session.id,
            "device_id": self.device_id,
        }
        relation = {"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {}
        return sealed | relation

    def learn_devices(self, user: str, devices: Json) -> None:
        """Takes in all devices of ``user``."""
        with contained("device keys"):
            usable = {name: keys for name, keys in devices.items() if usable_device(keys, name)}
            self.olm.handle_response(KeysQueryResponse({user: usable}, {}))

    def learn_one_time_key(self, user: str, device: str, key: Json) -> None:
        """Opens an Olm session to a device with a claimed key; a key that is none is passed over."""
        with contained("one-time key"):
            self.olm.handle_response(KeysClaimResponse({user: {device: key}}, {}))

    def devices(self, users: set[str]) -> Iterator[tuple[str, str]]:
        """All known devices of these people but our own."""
        for user in users:
            for device in self.olm.device_store.active_user_devices(user):
                if (user, device.id) != (self.user_id, self.device_id):
                    yield user, str(device.id)

    def without_session(self, users: set[str]) -> Iterator[tuple[str, str]]:
        """Those :meth:`devices` to which nothing can be sent before a one-time key of theirs is claimed."""
        for user, device in self.devices(users):
            if not self.olm.session_store.get(self.olm.device_store[user][device].curve25519):
                yield user, device

    def room_keys(self, room: str, users: set[str]) -> Iterator[tuple[set[tuple[str, str]], Json]]:
        """The room's key for each device that lacks it, some devices at a time, ready to be sent to them."""
        batches = self.olm.share_group_session_parallel(room, sorted(users), ignore_unverified_devices=True)
        while True:
            with self.together():
                batch = next(batches, None)
            if batch is None:
                return
            yield batch[0], batch[1]["messages"]

    def together(self) -> AbstractContextManager[Any]:
        """What happens inside is written to disk at once."""
        return cast("AbstractContextManager[Any]", self._store.database.atomic())

    def _session(self, room: str, session: Any, sender_key: Any) -> Any:
        """The inbound session of an event; ``sender_key`` is deprecated, so it may be missing."""
        by_sender = self.olm.inbound_group_store[room]
        keys = [sender_key] if isinstance(sender_key, str) else list(by_sender)
        found = (by_sender[key] for key in keys if key in by_sender)
        return next((sessions[session] for sessions in found if isinstance(session, str) and session in sessions), None)


def usable_device(keys: Any, name: str) -> bool:
    """Whether a device's public keys can be read at all: one that cannot must not spoil the others."""
    try:
        vodozemac.Ed25519PublicKey.from_base64(keys["keys"][f"ed25519:{name}"])
        vodozemac.Curve25519PublicKey.from_base64(keys["keys"][f"curve25519:{name}"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return True
