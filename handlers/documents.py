"""Papers for the files: the same blocks as Markdown and as a tagged PDF that a screen reader can read (PDF/UA-1).

A paper's arguments are its language, its title, and then blocks of three: kind, first text, second text.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

HEADING, PARAGRAPH, FIELD, ITEM, HEAD, ROW = "heading", "paragraph", "field", "item", "head", "row"
"""Kinds of blocks. A field is a term and what it is; a head begins a table of two columns, rows go on with it."""
Block = tuple[str, str, str]

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$]")
_LEADING = re.compile(r"^(?P<number>\d*)(?P<sign>(?<=\d)[.)]|(?<!\d)[-+=])")
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn"})
"""Categories of signs that only change others, or mean nothing."""

# The texts come as data, not as part of the program: whatever signs they hold, they are shown and never carried out.
_PAPER = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, date: none)
#set page(paper: "a4", margin: (x: 25mm, y: 25mm), numbering: "1 / 1")
#set text(lang: paper.language, size: 10.5pt, font: ("DejaVu Sans", "Libertinus Serif"))
#set par(leading: 0.8em, spacing: 1.1em)
#set table(stroke: (x, y) => (bottom: 0.5pt), inset: (x: 4pt, y: 6pt), align: (left, right))
#show heading: set block(above: 1.8em, below: 1em)
#show std.title: set text(size: 17pt)
#show std.title: set block(below: 1.6em)
#title()
#for group in paper.groups {
  let (kind, blocks) = group
  if kind == "heading" {
    for (first, _) in blocks { heading(level: 1, first) }
  } else if kind == "paragraph" {
    for (first, _) in blocks { par(first) }
  } else if kind == "field" {
    terms(separator: [: ], spacing: 0.9em, ..blocks.map(((first, second)) => terms.item(first, second)))
  } else if kind == "item" {
    list(..blocks.map(((first, _)) => first))
  } else {
    let ((left, right), ..rows) = blocks
    table(columns: (1fr, auto), table.header(strong(left), strong(right)), ..rows.flatten())
  }
}
"""


def pdf(language: str, title: str, *texts: str) -> bytes:
    """The paper as PDF/UA-1; the same paper gives the same file."""
    import typst  # noqa: PLC0415 - seldom wanted, and slow to load at every start

    paper = {"language": language, "title": _writable(title), "groups": _grouped(_blocks(map(_writable, texts)))}
    return typst.compile(
        _PAPER.encode(),
        format="pdf",
        sys_inputs={"paper": json.dumps(paper)},
        pdf_standards=["ua-1"],
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_letters()]),
    )


def markdown(language: str, title: str, *texts: str) -> bytes:  # noqa: ARG001 - as pdf
    """The paper as Markdown, in UTF-8."""
    parts = [f"# {_escaped(title)}"]
    for kind, blocks in _grouped(_blocks(texts)):
        parts += ["\n".join(_lines(kind, blocks))] if kind not in (HEADING, PARAGRAPH) else _lines(kind, blocks)
    return ("\n\n".join(parts) + "\n").encode()


def _lines(kind: str, blocks: list[tuple[str, str]]) -> list[str]:
    begins = kind in (PARAGRAPH, ITEM)
    escaped = [(_escaped(first, begins=begins), _escaped(second)) for first, second in blocks]
    if kind == HEADING:
        return [f"## {first}" for first, _ in escaped]
    if kind == FIELD:
        return [f"- **{first}:** {second}" for first, second in escaped]
    if kind == ITEM:
        return [f"- {first}" for first, _ in escaped]
    if kind == ROW:
        head, *rows = (f"| {first} | {second} |" for first, second in escaped)
        return [head, "| :--- | ---: |", *rows]
    return [first for first, _ in escaped]


def _blocks(texts: Iterable[str]) -> list[Block]:
    return list(zip(*[iter(texts)] * 3, strict=True))


def _grouped(blocks: list[Block]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Neighbours of a kind together; a table's head belongs to its rows and begins a new table."""
    tables = 0

    def table(block: Block) -> tuple[str, int]:
        nonlocal tables
        tables += block[0] == HEAD
        return (ROW if block[0] == HEAD else block[0], tables)

    return [(kind, [block[1:] for block in group]) for (kind, _), group in groupby(blocks, table)]


def _escaped(text: str, *, begins: bool = False) -> str:
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _LEADING.sub(r"\g<number>\\\g<sign>", line) if begins else line


def _writable(text: str) -> str:
    """The text with the names of signs that our letters do not have, such as "[house building]", in their place.

    PDF/UA takes no sign without its letter, and one that stands for many would be read out wrongly.
    """
    known = _known()
    return "".join(sign if sign.isspace() or ord(sign) in known else _named(sign) for sign in text)


def _named(sign: str) -> str:
    if unicodedata.category(sign) in UNSEEN:
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@cache
def _known() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - seldom wanted, and slow to load at every start

    return frozenset(FT2Font(str(_letters() / "DejaVuSans.ttf")).get_charmap())


def _letters() -> Path:
    """The folder of letters that come with what draws the charts."""
    library = find_spec("matplotlib")
    assert library, "the charts need it"  # noqa: S101
    assert library.origin  # noqa: S101
    return Path(library.origin).parent / "mpl-data" / "fonts" / "ttf"
