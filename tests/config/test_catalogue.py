"""Reading Fluent files fast is reading them as Fluent's own parser does."""

from importlib import resources
from importlib.resources.abc import Traversable

import pytest
from fluent.syntax import FluentParser, ast
from hypothesis import example, given
from hypothesis import strategies as st

from config.catalogue import LINE, BrokenText, read

FILES = [
    file
    for folder in sorted((resources.files("config") / "texts").iterdir(), key=lambda folder: folder.name)
    for file in sorted(folder.iterdir(), key=lambda file: file.name)
]


def parsed(source: str) -> dict[str, ast.Pattern] | None:
    """What the parser alone makes of it; None when it does not like it."""
    found: dict[str, ast.Pattern] = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            return None
        if isinstance(entry, ast.Message | ast.Term):
            key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
            patterns = {f"{key}.{attribute.id.name}": attribute.value for attribute in entry.attributes}
            patterns |= {key: entry.value} if entry.value else {}
            if found.keys() & patterns.keys():
                return None
            found |= patterns
    return found


def read_or_none(source: str) -> dict[str, ast.Pattern] | None:
    try:
        return read(source, "a.ftl")
    except BrokenText:
        return None


def same(source: str) -> bool:
    ours, theirs = read_or_none(source), parsed(source)
    if ours is None or theirs is None:
        return ours is theirs
    return ours.keys() == theirs.keys() and all(ours[key].equals(theirs[key]) for key in theirs)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_read_as_the_parser_reads_it(file: Traversable) -> None:
    assert same(file.read_text("utf-8"))


def test_most_texts_go_the_fast_way() -> None:
    sources = [file.read_text("utf-8") for file in FILES]
    fast = sum(len(LINE.findall(source)) for source in sources)
    assert fast > 0.7 * sum(len(read(source, "a.ftl")) for source in sources)


PIECES = ("wort", " ", "  ", "{ $n }", "{$n-1}", "{ -t }", "{", "}", '"', "<b>", "ä\u00a0", ".", "*", "[x]", "#", "=")
BEGINNINGS = ("a = ", "b=", "c_d-1  = ", "-t = ", " ", "    ", "    .at = ", "# ", "", "e =", "{ ", "*[x] ", "1 = ")


@example("a = wort\n{ $n }")
@given(
    st.lists(
        st.tuples(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES), max_size=4).map("".join)).map("".join),
        max_size=6,
    ).map("\n".join)
)
def test_any_file_is_read_as_the_parser_reads_it(source: str) -> None:
    assert same(source)


def test_a_mistake_is_found_on_its_line() -> None:
    with pytest.raises(BrokenText, match=r"a\.ftl:3: "):
        read("a = eins\nb = zwei { $n }\nc = { drei\nd = vier\n", "a.ftl")
