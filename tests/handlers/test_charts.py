"""Charts as people get them: the picture is decoded again, and measured."""

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from handlers.charts import BETWEEN, DARK, FEW, LIGHT, WIDTH, bars
from handlers.pictures import DRAWINGS

Row = tuple[str, int, str, str]
TALLEST = 4000
"""Pixels; twenty times the width is what messengers refuse, but long before that nobody can read it."""
STRANGE = "$5 & $6_x^2 <b>\\frac{1}{2}</b> 🏠 漢字 Привет مرحبا \u200b\x07 ﬀ"


Picture = npt.NDArray[np.uint8]


def drawn(*rows: Row, title: str = "Welche Themen?", note: str = "8 von 10 haben abgestimmt.") -> Picture:
    png = bars(title, note, *(value for row in rows for value in row))
    return np.asarray(Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGB"))


def has(picture: Picture, colour: str) -> npt.NDArray[np.bool_]:
    difference = picture.astype(np.int16) - np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
    alike: npt.NDArray[np.bool_] = np.equal(np.abs(difference).sum(axis=2), 0)
    return alike


def lengths(picture: Picture, colour: str) -> list[int]:
    """How long each bar of this colour is, from the top down; the pattern leaves small gaps, and letters are small."""
    spans = []
    for line in has(picture, colour):
        hits = np.flatnonzero(line)
        bar = np.split(hits, np.flatnonzero(np.diff(hits) > BETWEEN - 4) + 1)[0]
        spans.append(int(bar[-1] - bar[0]) if len(bar) > 5 else 0)
    runs = [list(run) for filled, run in groupby(spans, bool) if filled]
    return [max(run) for run in runs if len(run) > 20]


def rows(number: int, label: str = "Vorschlag") -> list[Row]:
    return [(f"{n}. {label}", number - n, f"{number - n} Stimmen", "" if n else "gewählt") for n in range(number)]


def test_bars_are_as_long_as_their_figures_say() -> None:
    picture = drawn(("1. Wohnen", 10, "10 Stimmen", "gewählt"), ("2. Schule", 5, "5 Stimmen", ""), ("3.", 0, "0", ""))
    [chosen], [other] = lengths(picture, DARK), lengths(picture, LIGHT)
    assert chosen == pytest.approx(2 * other, rel=0.03)


def test_what_is_marked_differs_by_more_than_its_colour() -> None:
    marked, unmarked = (drawn(("1. Wohnen", 10, "10", mark)) for mark in ("gewählt", ""))
    dark = has(marked, DARK)
    line = dark[int(np.flatnonzero(dark.any(axis=1)).mean())]
    inside = line[: np.flatnonzero(line)[-1]]
    stripes = [run for run, _ in groupby(inside) if run]
    assert len(stripes) >= 5
    assert not lengths(unmarked, DARK)


@pytest.mark.parametrize("number", [1, FEW, 30])
@pytest.mark.parametrize(
    "label", ["Wohnen", "Wie erreichen wir zugewanderte Frauen in ländlichen Räumen? " * 4, "W" * 300]
)
def test_any_number_of_rows_fits_a_phone(number: int, label: str) -> None:
    picture = drawn(*rows(number, label))
    height, width, _ = picture.shape
    assert width == WIDTH
    assert height <= TALLEST
    assert (picture[:, -20:] == 255).all(), "nothing runs out of the picture"


def test_strange_signs_are_drawn_or_left_out() -> None:
    picture = drawn((STRANGE, 3, STRANGE, STRANGE), ("🏠", 1, "1", ""), ("", 1, "", ""), title=STRANGE, note="")
    assert len(lengths(picture, LIGHT)) == 2


def test_no_rows_and_no_votes() -> None:
    assert drawn().shape[1] == WIDTH
    assert not lengths(drawn(("1. Wohnen", 0, "0 Stimmen", "")), LIGHT)


def test_drawings_do_not_disturb_each_other() -> None:
    wanted = [[f"Frage {n}", "", *(value for row in rows(n + 2) for value in row)] for n in range(6)]
    alone = [DRAWINGS["bars"](*args) for args in wanted]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda args: DRAWINGS["bars"](*args), wanted)) == alone
    assert "matplotlib.pyplot" not in sys.modules, "it keeps state that all threads share"
