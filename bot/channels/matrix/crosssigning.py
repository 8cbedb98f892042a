"""The account vouches for its own device, so that clients trust it and share keys with it.

Three Ed25519 keys: the master key stands for the account, and signs the two that sign devices and other people.
Their seeds lie beside the crypto database; whoever loses them has to start over, which takes the password.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from enum import Enum

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.channels.matrix.account import Password, asked
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path
from bot.channels.matrix.intake import part
from bot.channels.matrix.olm import Machine

SEEDS = "cross-signing"
USAGES = ("master", "self_signing", "user_signing")


class Trust(Enum):
    """How our device looks to other people."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    """The account has another master key, and we have no password to replace it."""


class Signer:
    """One Ed25519 key, made from its 32-byte ``seed``."""

    def __init__(self, seed: bytes) -> None:
        self._key = eddsa.new(ECC.construct(curve="Ed25519", seed=seed), "rfc8032")
        self.public = unpadded(ECC.construct(curve="Ed25519", seed=seed).public_key().export_key(format="raw"))

    def sign(self, value: Json) -> str:
        """The signature of a value in its canonical form, without its signatures and unsigned part."""
        plain = {name: part for name, part in value.items() if name not in {"signatures", "unsigned"}}
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return unpadded(self._key.sign(text.encode()))


def unpadded(raw: bytes) -> str:
    """Base64 as Matrix writes it."""
    return base64.b64encode(raw).decode().rstrip("=")


def signers(folder: Folder) -> dict[str, Signer]:
    """The three keys; made and kept on first use."""
    seeds = folder.read(SEEDS)
    if set(seeds) != set(USAGES):
        seeds = {usage: base64.b64encode(secrets.token_bytes(32)).decode() for usage in USAGES}
        folder.write(SEEDS, seeds)
    return {usage: Signer(base64.b64decode(seed)) for usage, seed in seeds.items()}


def public_keys(user: str, keys: Mapping[str, Signer], machine: Machine) -> Json:
    """What ``/keys/device_signing/upload`` takes: the three public keys, signed by the master, that by the device."""
    master = keys["master"]
    body: Json = {}
    for usage in USAGES:
        signer = keys[usage]
        value: Json = {"user_id": user, "usage": [usage], "keys": {f"ed25519:{signer.public}": signer.public}}
        by = {f"ed25519:{master.public}": master.sign(value)}
        if usage == "master":
            by = {f"ed25519:{machine.device_id}": machine.sign(value)}
        body[f"{usage}_key"] = value | {"signatures": {user: by}}
    return body


async def is_vouched(server: Homeserver, user: str, device: str) -> bool:
    """Whether the account's self-signing key, as others get it, has signed the device."""
    known = await server.call("POST", path("keys", "query"), {"device_keys": {user: []}})
    by = part(known, "self_signing_keys", user, "keys")
    signatures = part(known, "device_keys", user, device, "signatures", user)
    return bool(set(by) & set(signatures))


async def vouch(server: Homeserver, folder: Folder, machine: Machine, password: Password | None) -> Trust:
    """Sees to it that the account's keys are ours and our device is signed by them."""
    user, device, keys = machine.user_id, machine.device_id, signers(folder)
    known = await server.call("POST", path("keys", "query"), {"device_keys": {user: []}})
    if f"ed25519:{keys['master'].public}" not in part(known, "master_keys", user, "keys"):
        address = path("keys", "device_signing", "upload")
        try:
            await asked(server, "POST", address, public_keys(user, keys, machine), password)
        except MatrixError as error:
            if error.status != 401:
                raise
            return Trust.UNSIGNED
    ours, by = part(known, "device_keys", user, device), keys["self_signing"]
    if f"ed25519:{by.public}" not in part(ours, "signatures", user):
        signed = ours | {"signatures": {user: {f"ed25519:{by.public}": by.sign(ours)}}}
        await server.call("POST", path("keys", "signatures", "upload"), {user: {device: signed}})
    return Trust.SIGNED
