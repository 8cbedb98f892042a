"""Our public keys on the homeserver: identity, one-time keys, fallback key. Without them nobody new can write to us."""

from datetime import datetime, timedelta
from typing import Any

from bot.channels.matrix.homeserver import Homeserver, Json, path
from bot.channels.matrix.olm import MEGOLM, Machine

ONE_TIME = "signed_curve25519"
ALGORITHMS = ["m.olm.v1.curve25519-aes-sha2", MEGOLM]
ROTATION = timedelta(hours=1)
"""The device keeps one used fallback key, so a new one must not follow sooner than senders need for the old one."""


class Keys:
    """Uploads what the homeserver hands out in our name."""

    def __init__(self, server: Homeserver, machine: Machine) -> None:
        self._server = server
        self._machine = machine
        self._account: Any = machine.olm.account
        self._rotated: datetime | None = None
        self.left = 0

    def identity(self) -> Json:
        """The device's public keys, signed by itself."""
        device, keys = self._machine.device_id, self._account.identity_keys
        public = {f"{name}:{device}": keys[name] for name in ("curve25519", "ed25519")}
        value = {"algorithms": ALGORITHMS, "device_id": device, "user_id": self._machine.user_id, "keys": public}
        return value | self._signatures(value)

    async def publish(self, now: datetime) -> None:
        """The first upload of a device; does nothing later on."""
        if not self._account.shared:
            self._rotated = now
            await self._upload(0, {"device_keys": self.identity()}, fallback=True)

    async def refill(self, counts: Any, unused: Any, now: datetime) -> None:
        """Uploads what is missing, after what the homeserver said: keys left by algorithm, kinds of fallback unused.

        A count that is missing or zero means that there are none.
        """
        left = counts.get(ONE_TIME, 0) if isinstance(counts, dict) else 0
        self.left = left if isinstance(left, int) else 0
        used = isinstance(unused, list) and ONE_TIME not in unused
        fallback = used and (self._rotated is None or now - self._rotated >= ROTATION)
        if self.left < self._account.max_one_time_keys // 2 or fallback:
            self._rotated = now if fallback else self._rotated
            await self._upload(self.left, {}, fallback=fallback)

    async def _upload(self, left: int, body: Json, *, fallback: bool) -> None:
        """Private halves are on disk before the public ones leave: a key lost in between would never be opened."""
        account = self._account
        account.generate_one_time_keys(max(0, account.max_one_time_keys - left - len(one_time_keys(account))))
        if fallback:
            account._account.generate_fallback_key()
        self._machine.olm.save_account()
        body["one_time_keys"] = self._signed(one_time_keys(account), {})
        body["fallback_keys"] = self._signed(fallback_keys(account), {"fallback": True})
        told = await self._server.call("POST", path("keys", "upload"), body)
        account.shared = True
        account.mark_keys_as_published()
        self._machine.olm.save_account()
        self.left = told.get("one_time_key_counts", {}).get(ONE_TIME, 0)

    def _signed(self, keys: dict[str, str], more: Json) -> Json:
        found = {f"{ONE_TIME}:{name}": {"key": key, **more} for name, key in keys.items()}
        return {name: value | self._signatures(value) for name, value in found.items()}

    def _signatures(self, value: Json) -> Json:
        machine = self._machine
        return {"signatures": {machine.user_id: {f"ed25519:{machine.device_id}": machine.sign(value)}}}


def one_time_keys(account: Any) -> dict[str, str]:
    """Keys that were made but not yet marked as published."""
    return dict(account.one_time_keys["curve25519"])


def fallback_keys(account: Any) -> dict[str, str]:
    """The fallback key that was made but not yet marked as published, if there is one."""
    return {name: key.to_base64() for name, key in account._account.fallback_key.items()}
