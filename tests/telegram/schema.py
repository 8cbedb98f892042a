"""Judges a request by the table: names, types, bounds, patterns; compiled once, cheap per request."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from tests.telegram.rules import RULES
from tests.telegram.table import DESCRIPTIONS, PATTERNS, TYPES, VARIANTS

Check = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


class Mismatch(Exception):
    """A value that breaks the table; ``path`` leads to it, ``official`` is what Telegram says of it, or empty."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path: list[str] = []
        self.official = ""

    def within(self, owner: str, field: str) -> "Mismatch":
        """The same, seen from the object around it."""
        self.path.insert(0, field)
        self.official = self.official or DESCRIPTIONS.get(f"{owner}.{field}", "")
        return self

    def __str__(self) -> str:
        return f"{'.'.join(self.path)} {self.problem}".strip()


class Field(NamedTuple):
    """One word of the table."""

    name: str
    required: bool
    type: str

    @property
    def bare(self) -> str:
        """The type without bounds and pattern."""
        return re.sub(r"\([^)]*\)|~\w+", "", self.type)


def fields(words: str) -> list[Field]:
    """The words of one entry of the table."""
    split = (word.partition(":") for word in words.split())
    return [Field(name.rstrip("!"), name.endswith("!"), kind) for name, _, kind in split]


_BOUNDS = re.compile(r"(.*)\((\d*)\.\.(\d*)(b?)\)")
_PATTERN = re.compile(r"(.*)~(\w+)")


def _bounded(low: str, high: str, measure: Callable[[Any], int], unit: str) -> Check:
    least, most = int(low or 0), int(high) if high else None

    def check(value: Any) -> None:
        size = measure(value)
        if size < least or (most is not None and size > most):
            raise Mismatch(f"is {size}{unit}, allowed are {low or 0} to {high or 'any'}")

    return check


def _measure(kind: str, in_bytes: str) -> tuple[Callable[[Any], int], str]:
    if kind == "int":
        return int, ""
    if in_bytes:
        return lambda value: len(value.encode()), " bytes"
    return len, " long"


def _matching(word: str) -> Check:
    match = re.compile(PATTERNS.get(word, word)).fullmatch

    def check(value: Any) -> None:
        if not match(value):
            raise Mismatch(f"is no {word}: {value!r}")

    return check


def _instance(kind: str, wanted: type) -> Check:
    def check(value: Any) -> None:
        if type(value) is not wanted:
            raise Mismatch(f"has to be {kind}, is {type(value).__name__}")

    return check


_PLAIN = {"int": int, "str": str, "bool": bool, "InputFile": Upload}


def _both(first: Check, second: Check) -> Check:
    def check(value: Any) -> None:
        first(value)
        second(value)

    return check


def _array(inner: Check) -> Check:
    def check(value: Any) -> None:
        if type(value) is not list:
            raise Mismatch(f"has to be an array, is {type(value).__name__}")
        for index, item in enumerate(value):
            try:
                inner(item)
            except Mismatch as mismatch:
                raise mismatch.within("", str(index)) from None

    return check


def _fits(kind: str) -> Callable[[Any], bool]:
    """Whether a value looks like ``kind`` at first sight, so that its complaint is the one to hear."""
    bare = Field("", required=True, type=kind).bare
    if bare not in TYPES:
        wanted = _PLAIN.get(bare, dict)
        return lambda value: type(value) is wanted
    words = fields(TYPES[bare])
    required = {word.name for word in words if word.required}
    tags = [word.type.partition("~")[2] for word in words if word.name == "type"]
    return lambda value: type(value) is dict and required <= value.keys() and (not tags or value["type"] in tags)


def _any_of(kinds: list[str]) -> Check:
    alternatives = [(_fits(kind), compiled(kind)) for kind in kinds]

    def check(value: Any) -> None:
        for fits, inner in alternatives:
            if fits(value):
                inner(value)
                return
        raise Mismatch(f"has to be {' or '.join(kinds)}")

    return check


def _object(owner: str, words: str) -> Check:
    known = {field.name: compiled(field.type) for field in fields(words)}
    required = {field.name for field in fields(words) if field.required}
    rule = RULES.get(owner)

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise Mismatch(f"has to be {owner}, is {type(value).__name__}")
        for name, item in value.items():
            if name not in known:
                raise Mismatch(f"is no field of {owner}").within(owner, name)
            try:
                known[name](item)
            except Mismatch as mismatch:
                raise mismatch.within(owner, name) from None
        for name in required - value.keys():
            raise Mismatch("is required").within(owner, name)
        if rule and (problem := rule(value)):
            raise Mismatch(problem)

    return check


def _named(kind: str) -> Check:
    if kind in _PLAIN:
        return _instance(kind, _PLAIN[kind])
    if kind in VARIANTS:
        return _any_of(VARIANTS[kind])
    return _object(kind, TYPES[kind]) if kind in TYPES else _instance(kind, dict)


def _alternatives(kind: str) -> list[str]:
    depth, parts = 0, [""]
    for letter in kind:
        depth += (letter in "[(") - (letter in "])")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


@cache
def compiled(kind: str) -> Check:
    """The check of a type as the table writes it."""
    alternatives = _alternatives(kind)
    if len(alternatives) > 1:
        return _any_of(alternatives)
    if kind.endswith("]"):
        return _array(compiled(kind[1:-1]))
    if pattern := _PATTERN.fullmatch(kind):
        return _both(compiled(pattern[1]), _matching(pattern[2]))
    if bounds := _BOUNDS.fullmatch(kind):
        inner, low, high, in_bytes = bounds.groups()
        return _both(compiled(inner), _bounded(low, high, *_measure(inner, in_bytes)))
    return _named(kind)
