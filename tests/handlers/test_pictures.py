import struct

import segno

from handlers.pictures import DRAWINGS, PIXELS_PER_MODULE, QUIET_ZONE, qr

LINK = "https://local.example/?start=K7M2Q9XA"


def test_a_code_with_room_around_it() -> None:
    picture = qr(LINK)
    width, height = struct.unpack(">II", picture[16:24])
    modules = segno.make_qr(LINK, error="m").symbol_size(border=QUIET_ZONE)[0]
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert width == height == modules * PIXELS_PER_MODULE


def test_the_same_link_gives_the_same_picture_and_another_one_another() -> None:
    assert qr(LINK) == DRAWINGS["qr"](LINK) != qr(LINK + "B")
