"""Bar charts as pictures: large enough for a phone, and to be understood without colours."""

import io
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WIDTH, MARGIN = 1000, 40
TITLE, LABEL, BAR = 44, 36, 46
"""Sizes of letters and the height of a bar, in pixels; a phone shows the picture at about a third of its width."""
LEADING, GAP, BETWEEN = 1.3, 28, 16
"""Height of a line beside its letters; room between rows, and between a bar and what is written at it."""
DESCENT = 5
"""Room for what hangs below a line, such as the tail of a g, before the bar begins."""
TITLE_LINES, LABEL_LINES = 4, 3
MOST_SIGNS = 120
"""More than any line holds: what comes after that many for each line need not be measured."""
FEW = 12
"""Rows up to which there is room. Messengers shrink tall pictures, so more of them stand closer, in a line each."""
SHORTEST_TRACK = 240
"""However much is written at the bars, the longest of them keeps this length."""
DARK, LIGHT, INK = "#0072b2", "#dcdcdc", "#1a1a1a"
"""Apart for every kind of eye, also in shades of grey; a pattern and words say the same."""
FAMILY, DPI = "DejaVu Sans", 72
"""Letters that come with the drawing library, and the resolution at which a point is a pixel."""


def bars(title: str, note: str, *rows: int | str) -> bytes:
    """A bar for each row, as PNG. ``rows`` has four values for each: label, length, figure in words, mark in words.

    A row with a mark, such as "elected", is dark with a pattern, and its mark is written beside the figure. Signs that
    the letters at hand do not have are left out; the text in the same message has them.
    """
    listed = [_Row(str(a), int(b), str(c), str(d)) for a, b, c, d in zip(*[iter(rows)] * 4, strict=True)]
    page = _Page(close=len(listed) > FEW)
    page.paragraph(title, TITLE, TITLE_LINES, bold=True)
    page.paragraph(note, LABEL, TITLE_LINES)
    room = max((_measured(row.caption, LABEL, bold=bool(row.mark)) for row in listed), default=0.0)
    track = max(WIDTH - 2 * MARGIN - BETWEEN - room, SHORTEST_TRACK)
    longest = max((row.length for row in listed), default=0) or 1
    for row in listed:
        page.row(row, track * row.length / longest)
    return page.png(title)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    length: int
    figure: str
    mark: str

    @property
    def caption(self) -> str:
        return f"{self.figure}, {self.mark}" if self.mark else self.figure


@dataclass(slots=True)
class _Page:
    """What stands on the picture, from the top down, kept until its height is known."""

    close: bool
    height: float = MARGIN
    steps: list[Callable[[Any], object]] = field(default_factory=list)

    def paragraph(self, text: str, size: int, lines: int, *, bold: bool = False) -> None:
        for line in _wrapped(text, size, WIDTH - 2 * MARGIN, lines, bold=bold):
            self._line(line, MARGIN, size, bold=bold)
            self.height += size * LEADING
        self.height += GAP / 2

    def row(self, row: _Row, length: float) -> None:
        bold, full = bool(row.mark), WIDTH - 2 * MARGIN
        self.height += GAP / 3 if self.close else GAP
        for line in _wrapped(row.label, LABEL, full, 1 if self.close else LABEL_LINES, bold=bold):
            self._line(line, MARGIN, LABEL, bold=bold)
            self.height += LABEL * LEADING
        self.height += DESCENT
        self._bar(self.height, length, marked=bold)
        beside = MARGIN + length + BETWEEN
        for line in _wrapped(row.caption, LABEL, WIDTH - MARGIN - beside, 1, bold=bold):
            self._line(line, beside, LABEL, bold=bold)
        self.height += BAR

    def _bar(self, top: float, length: float, *, marked: bool) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in png

        look: dict[str, Any] = (
            {"facecolor": DARK, "hatch": "/", "edgecolor": "white"} if marked else {"facecolor": LIGHT}
        )

        def draw(axes: Any) -> None:
            axes.add_patch(Rectangle((MARGIN, top), length, BAR, linewidth=0, **look))
            axes.add_patch(Rectangle((MARGIN, top), length, BAR, linewidth=2, edgecolor=INK, fill=False))
            axes.plot((MARGIN, MARGIN), (top - 4, top + BAR + 4), color=INK, linewidth=4)

        self.steps.append(draw)

    def _line(self, text: str, x: float, size: int, *, bold: bool) -> None:
        # A dollar sign is a dollar sign, not the beginning of a formula.
        look = {"fontsize": size, "fontfamily": FAMILY, "fontweight": "bold" if bold else "normal", "color": INK}
        middle = self.height + BAR / 2
        self.steps.append(lambda axes: axes.text(x, middle, text, va="center_baseline", parse_math=False, **look))

    def png(self, title: str) -> bytes:
        # No state shared with other drawings, as they happen side by side; and slow to load, seldom wanted.
        from matplotlib.figure import Figure  # noqa: PLC0415

        height = self.height + MARGIN
        figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        axes.set_axis_off()
        for step in self.steps:
            step(axes)
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=DPI, metadata={"Software": None, "Title": title})
        return picture.getvalue()


def _wrapped(text: str, size: int, width: float, lines: int, *, bold: bool) -> list[str]:
    """The text in so many lines at most; a word that is too long is cut, and what does not fit becomes three dots."""

    def fits(line: str) -> bool:
        return _measured(line, size, bold=bold) <= width

    found = [""]
    for word in _drawable(text[: lines * MOST_SIGNS], bold=bold).split():
        longer = f"{found[-1]} {word}".strip()
        if fits(longer):
            found[-1] = longer
        elif fits(word):
            found.append(word)
        else:
            found[-1:] = _cut(longer, fits)
    found = [line for line in found if line]
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    last = last[: _room(last, lambda begun: fits(f"{begun} …"))]
    return [*found[: lines - 1], f"{last.rstrip()} …"]


def _cut(text: str, fits: Callable[[str], bool]) -> list[str]:
    pieces: list[str] = []
    while text:
        room = _room(text, fits)
        pieces.append(text[:room])
        text = text[room:]
    return pieces


def _room(text: str, fits: Callable[[str], bool]) -> int:
    """How many signs of the text fit, at least one."""
    return max(1, bisect_left(range(1, len(text) + 1), True, key=lambda end: not fits(text[:end])))


def _measured(text: str, size: int, *, bold: bool) -> float:
    font = _font(bold=bold)
    font.set_size(size, DPI)
    font.set_text(_drawable(text, bold=bold), 0)
    return float(font.get_width_height()[0]) / 64


def _drawable(text: str, *, bold: bool) -> str:
    letters = _font(bold=bold).get_charmap()
    return "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or ord(sign) in letters)


def _font(*, bold: bool) -> Any:
    from matplotlib import font_manager  # noqa: PLC0415 - as in png

    wanted = font_manager.FontProperties(family=FAMILY, weight="bold" if bold else "normal")
    return font_manager.get_font(font_manager.findfont(wanted))
