"""Our device and its keys, which belong together: keys that are lost take the device with them."""

from bot.channels.matrix.account import Device, SignIn
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, Json, path
from bot.channels.matrix.intake import part
from bot.channels.matrix.olm import KeysLost, Machine

LOST_FOR = 3600.0
"""Whoever wrote so many seconds before a store was found lost is asked to write again."""


async def signed_in(server: Homeserver, folder: Folder, sign_in: SignIn) -> tuple[Device, Machine]:
    """The device with its keys. Where the homeserver has other keys of it, ours are lost: then it is a new device."""
    device = await sign_in.device()
    machine = await kept_machine(server, folder, device)
    if machine is None:
        device = await sign_in.new_device(LOST_FOR)
        machine = Machine(folder, device.user_id, device.device_id)
    return device, machine


async def kept_machine(server: Homeserver, folder: Folder, device: Device) -> Machine | None:
    """The keys of the device; None when they are damaged, or not those the homeserver has."""
    try:
        machine = Machine(folder, device.user_id, device.device_id)
    except KeysLost:
        return None
    published = await published_keys(server, device)
    if not published:
        machine.unpublished()
    elif machine.fingerprint not in published.values():
        machine.close()
        return None
    return machine


async def published_keys(server: Homeserver, device: Device) -> Json:
    """The public keys of our device as other people get them; empty before the first upload."""
    told = await server.call("POST", path("keys", "query"), {"device_keys": {device.user_id: [device.device_id]}})
    return part(told, "device_keys", device.user_id, device.device_id, "keys")
