"""Words that start something: how a typed line is read as a command, and which command a near miss meant."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from domain.writing import folded

_COMMAND = re.compile(r"[/!]([^\W\d]\w{0,31})(?:@\w+)?(?:\s+|$)(.*)", re.DOTALL)
_BARE = re.compile(r"([^\W\d]\w{0,31})(?:\s+|$)(.*)", re.DOTALL)
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
NEAR_FROM = 74.0
"""Score from 0 to 100 from which a mistyped word is taken for the nearest command and asked about."""


def spelled(word: str) -> str:
    """A command word as it is compared: no case, umlauts written out."""
    return word.casefold().translate(_SPELLINGS)


def read_command(text: str) -> tuple[str, str] | None:
    """``("thema", "Wie …?")`` for a line that begins with ``/thema`` or ``!thema``; None for anything else."""
    match = _COMMAND.fullmatch(text.strip())
    return (spelled(match[1]), match[2].strip()) if match else None


def read_bare(text: str) -> tuple[str, str] | None:
    """As :func:`read_command` for a line without a sign in front, as people may write in a direct chat."""
    match = _BARE.fullmatch(text.strip())
    return (spelled(match[1]), match[2].strip()) if match else None


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The command word most like ``word``, if any is near enough to ask about."""
    found = process.extractOne(spelled(word), list(words), scorer=fuzz.ratio, score_cutoff=NEAR_FROM)
    return found[0] if found else None


def read_number(text: str) -> int | None:
    """A typed choice: "2", "2.", "(2)"; None for anything else."""
    bare = folded(text)
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 9 else None
