"""Papers as their readers have them: the PDF is read again, with its tags, and the Markdown as it stands."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from handlers.documents import FIELD, HEAD, HEADING, ITEM, PARAGRAPH, ROW, Block
from handlers.pictures import DRAWINGS

BLOCKS: list[Block] = [
    (PARAGRAPH, "Dieser Vermerk hält fest, wie abgestimmt wurde.", ""),
    (HEADING, "Ablauf", ""),
    (FIELD, "Stimmberechtigt", "25 Personen"),
    (FIELD, "Beteiligung", "20 Personen"),
    (HEADING, "Ergebnis", ""),
    (HEAD, "Option", "Stimmen"),
    (ROW, "1. Wohnen", "12, gewählt"),
    (ROW, "2. Schule", "8"),
    (HEAD, "Los", "Option"),
    (ROW, "1", "Schule"),
    (HEADING, "Lose", ""),
    (ITEM, "Wohnen", ""),
    (ITEM, "Schule", ""),
]
HOSTILE = [
    '#panic("x")',
    '#import "/etc/passwd": *',
    "$ x $ *fett* _schräg_ `code` <marke> @verweis \\ // /* = - + ~ ' \" ] ) }",
    '"); #read("pyproject.toml")',
    "{ } [ ] | & %",
]


def args(*blocks: Block, language: str = "de", title: str = "Aktenvermerk zur Abstimmung 3") -> list[str]:
    return [language, title, *(text for block in blocks for text in block)]


def read(*blocks: Block, **values: str) -> PdfReader:
    return PdfReader(io.BytesIO(DRAWINGS["pdf"](*args(*blocks, **values))))


def root(paper: PdfReader) -> Any:
    found = paper.trailer["/Root"]
    assert found is not None
    return found.get_object()


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def tags(node: Any) -> Iterator[str]:
    """The structure a screen reader follows, in reading order."""
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        children = node.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        for child in children if isinstance(children, list) else [children]:
            yield from tags(child)


def test_the_pdf_says_of_itself_that_everybody_can_read_it() -> None:
    catalogue = root(read(*BLOCKS))
    about = catalogue["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "Aktenvermerk zur Abstimmung 3" in about
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("de", True)
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_language_is_that_of_the_paper() -> None:
    assert root(read(*BLOCKS, language="en"))["/Lang"] == "en"


def test_headings_lists_and_tables_are_tagged_as_such() -> None:
    found = list(tags(root(read(*BLOCKS))["/StructTreeRoot"]))
    assert found.count("/H1") == 3
    assert found.count("/Table") == 2
    assert (found.count("/TH"), found.count("/TD")) == (4, 6)
    assert found.count("/L") == 2
    assert found.count("/LBody") == 4
    assert found.index("/P") < found.index("/H1") < found.index("/L") < found.index("/Table")


def test_all_texts_are_in_the_pdf() -> None:
    said = words(read(*BLOCKS))
    for _, first, second in BLOCKS:
        assert first in said
        assert second in said


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_shown_and_never_carried_out(text: str) -> None:
    blocks = [(kind, text, text) for kind in (PARAGRAPH, HEADING, FIELD, HEAD, ROW, ITEM)]
    said = words(read(*blocks, title=text))
    assert said.count(" ".join(text.split())) == 2 + 1 + 2 + 4 + 1


def test_signs_without_a_letter_are_named() -> None:
    said = words(read((PARAGRAPH, "Wohnen 🏠, 漢, Привет, \x07ğ", "")))
    assert "Wohnen [house building], [cjk unified ideograph-6f22], Привет, ğ" in said


def test_a_long_paper_has_several_pages() -> None:
    rows = [(ROW, f"{number}. " + "Wie erreichen wir alle? " * 12, "0") for number in range(30)]
    paper = read((HEAD, "Option", "Stimmen"), *rows)
    assert len(paper.pages) > 1
    assert "29. Wie" in words(paper)


def test_the_same_paper_is_the_same_file_also_side_by_side() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: DRAWINGS["pdf"](*args(*BLOCKS)), range(4)))
    assert len(set(made)) == 1


def test_markdown() -> None:
    assert DRAWINGS["markdown"](*args(*BLOCKS)).decode() == (
        """# Aktenvermerk zur Abstimmung 3

Dieser Vermerk hält fest, wie abgestimmt wurde.

## Ablauf

- **Stimmberechtigt:** 25 Personen
- **Beteiligung:** 20 Personen

## Ergebnis

| Option | Stimmen |
| :--- | ---: |
| 1. Wohnen | 12, gewählt |
| 2. Schule | 8 |

| Los | Option |
| :--- | ---: |
| 1 | Schule |

## Lose

- Wohnen
- Schule
"""
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# kein Titel", "\\# kein Titel"),
        ("- keine Liste", "\\- keine Liste"),
        ("1. keine Nummer", "1\\. keine Nummer"),
        ("*a* _b_ `c` [d](e) <f> ~g~ a|b\n\nc", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\~g\\~ a\\|b c"),
        ("3.5 und a-b", "3\\.5 und a-b"),
    ],
)
def test_markdown_shows_texts_as_they_are(text: str, written: str) -> None:
    assert DRAWINGS["markdown"](*args((PARAGRAPH, text, ""))).decode().splitlines()[2] == written
