"""Pictures and files by the name of their drawing; drawn when they are sent, off the path of the answer."""

import io
from collections.abc import Callable, Mapping

from handlers import charts, documents

PIXELS_PER_MODULE = 8
QUIET_ZONE = 4
"""Modules of white around a code, as scanners expect."""


def qr(link: str) -> bytes:
    """A QR code of the link as PNG."""
    import segno  # noqa: PLC0415 - seldom wanted, and slow to load at every start

    picture = io.BytesIO()
    code = segno.make_qr(link, error="m")
    code.save(picture, kind="png", scale=PIXELS_PER_MODULE, border=QUIET_ZONE)
    return picture.getvalue()


def text(content: str) -> bytes:
    """A file that holds just this text."""
    return content.encode()


DRAWINGS: Mapping[str, Callable[..., bytes]] = {
    "qr": qr,
    "text": text,
    "bars": charts.bars,
    "markdown": documents.markdown,
    "pdf": documents.pdf,
}
"""By the name that an attachment gives in ``draw``; called with its ``args``."""
