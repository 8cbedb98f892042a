"""Which texts the code asks for: guards that hold the code and the texts against each other."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fluent.syntax import ast as fluent

from config.catalogue import Catalogue, referred
from tests.config.guards import inner

Sources = Mapping[str, ast.Module]
"""Parsed files by name."""

FUNCTIONS = {"Exposed", "Misconfigured", "Refused", "Unready", "ask_text", "reply_text", "say", "toast"}
METHODS = FUNCTIONS | {"button", "plain"}
"""What is called with the key of a text as its first word; a language and a form may stand before it.

As functions, ``plain`` and ``button`` mean other things: a column, or a text without its tags.
"""

NOT_KEYS = {"de", "en", "sie", "du", "leicht"}


class Asked(NamedTuple):
    """A key, or with ``.+`` for what is filled in the keys, that is asked for at a place."""

    where: str
    key: str
    exact: bool

    def fits(self, key: str) -> bool:
        return key == self.key if self.exact else re.fullmatch(self.key, key) is not None


def keys_in(node: ast.expr, where: str) -> Iterator[Asked]:
    """The keys an expression can be."""
    match node:
        case ast.Constant(value=str(key)) if key not in NOT_KEYS:
            yield Asked(where, key, exact=True)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if re.match(r"[a-z][a-z0-9]*-", start):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
            yield Asked(where, "".join(parts), exact=False)
        case ast.IfExp(body=body, orelse=orelse):
            yield from keys_in(body, where)
            yield from keys_in(orelse, where)


def asked_in_calls(sources: Sources) -> Iterator[Asked]:
    """What the calls that say something ask for."""
    for name, tree in sources.items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=called)) if called in FUNCTIONS:
                    yield from first_key(node, name)
                case ast.Call(func=ast.Attribute(attr=called)) if called in METHODS:
                    yield from first_key(node, name)


def first_key(call: ast.Call, name: str) -> list[Asked]:
    """The keys that the first argument which can be one can be."""
    found = (list(keys_in(argument, f"{name}:{argument.lineno}")) for argument in call.args)
    return next(filter(None, found), [])


def mentioned(sources: Sources) -> Iterator[Asked]:
    """Every string in the code that could be a key."""
    for name, tree in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                yield from keys_in(node, f"{name}:{node.lineno}")


def missing(sources: Sources, catalogue: Catalogue) -> list[str]:
    """What is asked for and not there."""
    return [
        f"{asked.where}: there is no text {asked.key}"
        for asked in asked_in_calls(sources)
        if not any(map(asked.fits, catalogue))
    ]


def unused(sources: Sources, catalogue: Catalogue) -> list[str]:
    """What is there and never asked for, by the code or by another text."""
    everything = list(mentioned(sources))
    exact = {asked.key for asked in everything if asked.exact} | set(references(catalogue.values()))
    patterns = [asked for asked in everything if not asked.exact]
    left = (key for key in catalogue if key not in exact and not any(asked.fits(key) for asked in patterns))
    return [f"nobody asks for {key}" for key in left]


def references(patterns: Iterable[fluent.Pattern]) -> Iterator[str]:
    """The texts that other texts refer to."""
    for pattern in patterns:
        for node in inner(pattern):
            if isinstance(node, fluent.MessageReference | fluent.TermReference):
                yield referred(node)
