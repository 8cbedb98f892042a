"""A picture of nothing, for places where Telegram permits no message without one."""

import struct
import zlib
from functools import cache

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDTH, HEIGHT = 320, 40
"""Pixels; Telegram refuses pictures that are very small or very narrow."""
GREY = 0xDD


@cache
def blank() -> bytes:
    """A plain grey strip, as PNG."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    row = b"\0" + bytes([GREY]) * WIDTH
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(row * HEIGHT, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
