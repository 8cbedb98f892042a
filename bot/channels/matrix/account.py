"""Signing in: one device per store, healed when it is lost."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from bot.channel import Misconfigured
from bot.channels.matrix.failures import REVOKED
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path

KEPT = "account"


@dataclass(frozen=True, slots=True)
class Password:
    """What proves that we are ``user`` (a name or a full id) where a token is not enough."""

    user: str
    secret: str

    def proof(self) -> Json:
        """As ``m.login.password`` wants it."""
        who = {"type": "m.id.user", "user": self.user}
        return {"type": "m.login.password", "identifier": who, "password": self.secret}


@dataclass(frozen=True, slots=True)
class Device:
    """Where we are signed in, ``since`` when (seconds since 1970).

    ``token`` opens the account: never shown, never logged.
    """

    user_id: str
    device_id: str
    token: str
    since: float


async def asked(server: Homeserver, method: str, address: str, body: Json, password: Password | None) -> Json:
    """A request for which the homeserver may want the password again. Without one its refusal (401) is raised."""
    try:
        return await server.call(method, address, body)
    except MatrixError as error:
        if error.status != 401 or password is None or "flows" not in error.answer:
            raise
        proof = password.proof() | {"session": error.answer.get("session", "")}
        return await server.call(method, address, {**body, "auth": proof})


class SignIn:
    """Finds our device again, or makes one. ``name`` is what people see of it among the account's devices."""

    def __init__(self, server: Homeserver, folder: Folder, name: str, user: str, password: str, token: str) -> None:
        self._server = server
        self._folder = folder
        self._name = name
        self._user = user
        self._token = token
        self.password = Password(user, password) if password else None

    async def device(self) -> Device:
        """The kept device while it is valid, otherwise a new one.

        Raises :class:`Misconfigured` when neither is possible, :class:`Unreachable` when the homeserver is away.
        """
        kept = self._kept()
        if kept is not None and await self._valid(kept.token):
            return self._use(kept)
        if self.password is not None:
            return await self.new_device()
        if not self._token or not await self._valid(self._token):
            raise Misconfigured("matrix-refused-token", user=self._user)
        self._server.token = self._token
        who = await self._server.call("GET", path("account", "whoami"))
        if not who.get("device_id"):
            raise Misconfigured("matrix-token-without-device", user=self._user)
        return self._use(Device(who["user_id"], who["device_id"], self._token, time.time()))

    async def new_device(self, lost_for: float = 0.0) -> Device:
        """Signs in as a new device and removes those of the same name that were left behind.

        ``lost_for``: messages of so many seconds before may have been written to the lost one.
        """
        if self.password is None:
            raise Misconfigured("matrix-keys-lost", user=self._user)
        self._folder.forget_crypto()
        self._server.token = ""
        try:
            told = await self._server.call(
                "POST", path("login"), self.password.proof() | {"initial_device_display_name": self._name}
            )
        except MatrixError as error:
            if error.status != 403:
                raise
            raise Misconfigured("matrix-refused-password", user=self._user) from error
        device = self._use(Device(told["user_id"], told["device_id"], told["access_token"], time.time() - lost_for))
        await self._remove_others(device)
        return device

    def _kept(self) -> Device | None:
        found = self._folder.read(KEPT)
        if set(found) != {"user_id", "device_id", "token", "since"} or (self._token and found["token"] != self._token):
            return None
        device = Device(**found)
        return device if self._user in {device.user_id, localpart(device.user_id)} else None

    def _use(self, device: Device) -> Device:
        self._folder.write(KEPT, asdict(device))
        self._server.token = device.token
        return device

    async def _valid(self, token: str) -> bool:
        self._server.token = token
        try:
            await self._server.call("GET", path("account", "whoami"))
        except MatrixError as error:
            if error.code in REVOKED:
                return False
            raise
        return True

    async def _remove_others(self, ours: Device) -> None:
        listed: list[Any] = (await self._server.call("GET", path("devices"))).get("devices", [])
        old = [
            found["device_id"]
            for found in listed
            if found.get("display_name") == self._name and found["device_id"] != ours.device_id
        ]
        if old:
            await asked(self._server, "POST", path("delete_devices"), {"devices": old}, self.password)


def localpart(user_id: str) -> str:
    """``name`` of ``@name:server``."""
    return user_id.removeprefix("@").partition(":")[0]
