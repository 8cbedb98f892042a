"""Fluent files as catalogues: each pattern under the name by which it is asked for."""

import re
from collections.abc import Mapping
from decimal import Decimal

from fluent.syntax import FluentParser, ast

Catalogue = Mapping[str, ast.Pattern]
"""Patterns by name: ``key``, ``key.attribute``, ``-term``, ``-term.attribute``."""


VARIABLE = re.compile(r"\{ *\$([a-zA-Z][\w-]*) *\}", re.ASCII)
LINE = re.compile(
    r"^(?P<key>[a-zA-Z][\w-]*) *= *(?P<text>(?:[^\s{}]|(?<=\S) +(?=\S)|\{ *\$[a-zA-Z][\w-]* *\})+)$(?!\n+[ .{}])",
    re.ASCII | re.MULTILINE,
)
"""A message on one line, with nothing after it that would belong to it: nothing indented, no brace."""


class BrokenText(ValueError):
    """A text that cannot be read, or means something that is not there."""


def read(source: str, name: str) -> dict[str, ast.Pattern]:
    """The patterns of one Fluent file; raises BrokenText for junk and for a key that stands there twice.

    Most texts are one line of words and variables. These are read here, twenty times as fast, which halves the time of
    a start; the parser gets empty lines in their place. The tests compare.
    """
    found: dict[str, ast.Pattern] = {}
    for line in LINE.finditer(source):
        add(found, {line["key"]: _plain(line["text"])}, name)
    rest = LINE.sub("", source)
    for entry in FluentParser().parse(rest).body:
        if isinstance(entry, ast.Junk):
            raise BrokenText(f"{name}:{_line(entry, rest)}: {entry.annotations[0].message}")
        if isinstance(entry, ast.Message | ast.Term):
            add(found, _named(entry), name)
    return found


def _plain(text: str) -> ast.Pattern:
    """The pattern of a text with nothing in it but words and variables."""
    elements: list[ast.TextElement | ast.Placeable] = []
    for number, part in enumerate(VARIABLE.split(text)):
        if number % 2:
            elements.append(ast.Placeable(ast.VariableReference(ast.Identifier(part))))
        elif part:
            elements.append(ast.TextElement(part))
    return ast.Pattern(elements)


def add(catalogue: dict[str, ast.Pattern], more: Catalogue, name: str) -> None:
    """Puts in ``more``, which comes from the file ``name``; raises BrokenText for a key that is there already."""
    if twice := catalogue.keys() & more.keys():
        raise BrokenText(f"{name}: {', '.join(sorted(twice))} stands there twice")
    catalogue.update(more)


def _line(entry: ast.Junk, source: str) -> int:
    return source.count("\n", 0, entry.span.start) + 1 if entry.span else 1


def _named(entry: ast.Message | ast.Term) -> dict[str, ast.Pattern]:
    key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
    own = {key: entry.value} if entry.value else {}
    return own | {f"{key}.{attribute.id.name}": attribute.value for attribute in entry.attributes}


def referred(reference: ast.MessageReference | ast.TermReference) -> str:
    """The name in a catalogue that a reference means."""
    name = f"-{reference.id.name}" if isinstance(reference, ast.TermReference) else reference.id.name
    return f"{name}.{reference.attribute.name}" if reference.attribute else name


def literal(node: ast.NumberLiteral | ast.StringLiteral) -> str | int | Decimal:
    """The value that stands in the text."""
    if isinstance(node, ast.StringLiteral):
        return str(node.parse()["value"])
    return Decimal(node.value) if "." in node.value else int(node.value)
