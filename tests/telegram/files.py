"""Pictures and documents, as they lie on Telegram's servers."""

import struct
from dataclasses import dataclass

from tests.telegram.refusals import Json, bad_request
from tests.telegram.schema import Upload

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOCUMENT = 50 * 1024 * 1024
LARGEST_FETCHED = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its identifier; ``width`` and ``height`` in pixels, 0 where it is not shown as a picture."""

    id: str
    name: str
    content: bytes
    media_type: str
    width: int = 0
    height: int = 0

    @property
    def is_photo(self) -> bool:
        """Whether it is shown in place."""
        return self.width > 0

    def to_json(self) -> Json:
        """The fields of a message that carry it."""
        known: Json = {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}
        if self.is_photo:
            return {"photo": [known | {"width": self.width, "height": self.height}]}
        return {"document": known | {"file_name": self.name, "mime_type": self.media_type}}


def _pixels(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; zeros for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_pixels(content) if content.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_pixels(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def store_photo(file_id: str, upload: Upload) -> StoredFile:
    """Take a picture. Raises :class:`ApiError` for what Telegram does not show as one."""
    width, height = _pixels(upload.content)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if len(upload.content) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    return StoredFile(file_id, upload.name, upload.content, upload.media_type, width, height)


def store_document(file_id: str, upload: Upload) -> StoredFile:
    """Take a file. Raises :class:`ApiError` when it is empty or too big."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > LARGEST_DOCUMENT:
        raise bad_request("file is too big")
    return StoredFile(file_id, upload.name, upload.content, upload.media_type)
