"""Pictures and files: sealed where the room is, with their sizes and words for what they show."""

import struct
from collections.abc import Awaitable, Callable
from typing import Any

from nio.crypto.attachments import encrypt_attachment

from bot.channels.matrix.homeserver import Homeserver, Json
from domain.chat import Attachment

Draw = Callable[[Attachment], Awaitable[bytes]]

SMALL_ENOUGH = 300_000
"""Bytes up to which a picture is its own thumbnail: servers cannot make one of what they cannot read."""
SEALED = "application/octet-stream"
PNG = b"\x89PNG\r\n\x1a\n"


async def media_content(server: Homeserver, attachment: Attachment, data: bytes, *, encrypted: bool) -> Json:
    """Uploads the file and returns the content of the event that shows it."""
    where = await _stored(server, attachment, data, encrypted=encrypted)
    info: Json = {"mimetype": attachment.media_type, "size": len(data)}
    size = picture_size(data) if attachment.picture else None
    if size is not None:
        info |= dict(zip(("w", "h"), size, strict=True))
        if len(data) <= SMALL_ENOUGH:
            info |= {"thumbnail_info": dict(info)} | {f"thumbnail_{name}": value for name, value in where.items()}
    return {
        "msgtype": "m.image" if attachment.picture else "m.file",
        "body": attachment.alt or attachment.name,
        "filename": attachment.name,
        "info": info,
        "m.mentions": {},
        **where,
    }


async def _stored(server: Homeserver, attachment: Attachment, data: bytes, *, encrypted: bool) -> Json:
    if not encrypted:
        return {"url": await server.upload(data, attachment.media_type, attachment.name)}
    sealing: Any = encrypt_attachment(data)
    sealed, keys = sealing
    return {"file": keys | {"url": await server.upload(sealed, SEALED)}}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG; None for anything else."""
    if data.startswith(PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """A JPEG is a row of segments; one of the kinds C0 to CF, a few excepted, holds the size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
