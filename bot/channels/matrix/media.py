"""Pictures and files: sealed where the room is, with their sizes and words for what they show."""

import re
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from bot.channels.matrix.homeserver import Homeserver, Json
from domain.chat import Attachment, File

Draw = Callable[[Attachment], Awaitable[bytes]]

SMALL_ENOUGH = 300_000
"""Bytes up to which a picture is its own thumbnail: servers cannot make one of what they cannot read."""
SEALED = "application/octet-stream"
MXC = re.compile(r"mxc://[\w.:\[\]-]{1,255}/[\w-]{1,255}", re.ASCII)
"""A file's address; nothing in it may lead elsewhere on the homeserver."""
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


def file_of(content: Json) -> File | None:
    """The picture or file in the content of a message; None for anything else, or where something is missing."""
    if content.get("msgtype") not in ("m.image", "m.file"):
        return None
    name, info = content.get("filename", content.get("body")), content.get("info")
    known = info if isinstance(info, dict) else {}
    kind, size = known.get("mimetype", "application/octet-stream"), known.get("size", 0)
    ref = _ref(content)
    if not ref or not isinstance(name, str) or not isinstance(kind, str) or type(size) is not int or size < 0:
        return None
    return File(name, kind, size, ref)


def _ref(content: Json) -> str:
    """Where a file lies, and what opens it if it is sealed; empty where that cannot be told."""
    sealed = content.get("file")
    if not isinstance(sealed, dict):
        url = content.get("url")
        return url if isinstance(url, str) and MXC.fullmatch(url) else ""
    key, hashes = sealed.get("key"), sealed.get("hashes")
    parts = [
        sealed.get("url"),
        key.get("k") if isinstance(key, dict) else None,
        hashes.get("sha256") if isinstance(hashes, dict) else None,
        sealed.get("iv"),
    ]
    if not all(isinstance(part, str) and part and " " not in part for part in parts) or not MXC.fullmatch(
        str(parts[0])
    ):
        return ""
    return " ".join(map(str, parts))


async def opened(server: Homeserver, ref: str) -> bytes:
    """The bytes of a file. Raises ``ValueError`` when it is not what was sealed."""
    url, *keys = ref.split(" ")
    data = await server.download(url.removeprefix("mxc://"))
    if not keys:
        return data
    try:
        clear: bytes = decrypt_attachment(data, *keys)
    except (EncryptionError, ValueError):
        message = "not what was sealed"
        raise ValueError(message) from None
    return clear


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
