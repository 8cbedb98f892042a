"""Nio's Olm machine, with types, and with what it lets through kept out.

Nio carries no types: what comes from it is ``Any`` here, in ``devices`` and in ``media``, and ends there.
"""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from nio.crypto import Olm
from nio.events import EncryptedToDeviceEvent, RoomKeyEvent, ToDeviceEvent
from nio.store import MatrixStore

from bot.channels.matrix.folder import CRYPTO, Folder
from bot.channels.matrix.guards import contained
from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.outgoing import BESIDE

MEGOLM = "m.megolm.v1.aes-sha2"
OUTSIDE = ("m.relates_to", BESIDE)
"""What is written outside of the encryption too: how an event refers to others."""
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


class Store(MatrixStore):  # type: ignore[misc]  # nio carries no types
    """Keys without marks of trust: whoever is in a room may read what is said there, from every device.

    Nio would look a mark up in the database for each device and each message, and write one for each new device.
    """

    def is_device_verified(self, device: object) -> bool:
        """Nobody compares emoji with an assistant."""
        return device is None

    is_device_blacklisted = is_device_verified

    def is_device_ignored(self, device: object) -> bool:
        """Whether keys are shared without that comparison: always."""
        return device is not None


class Machine:
    """The keys of one device, kept in the crypto database of ``folder``. Raises :class:`KeysLost`."""

    def __init__(self, folder: Folder, user_id: str, device_id: str) -> None:
        folder.crypto()
        self.user_id = user_id
        self.device_id = device_id
        try:
            self._store: Any = Store(user_id, device_id, str(folder.path), database_name=CRYPTO)
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
        return sealed | {name: content[name] for name in OUTSIDE if name in content}

    def together(self) -> AbstractContextManager[Any]:
        """What happens inside is written to disk at once."""
        return cast("AbstractContextManager[Any]", self._store.database.atomic())

    def _session(self, room: str, session: Any, sender_key: Any) -> Any:
        """The inbound session of an event; ``sender_key`` is deprecated, so it may be missing."""
        by_sender = self.olm.inbound_group_store[room]
        keys = [sender_key] if isinstance(sender_key, str) else list(by_sender)
        found = (by_sender[key] for key in keys if key in by_sender)
        return next((sessions[session] for sessions in found if isinstance(session, str) and session in sessions), None)
