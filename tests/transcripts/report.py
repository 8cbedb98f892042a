"""Shows where a dialogue went otherwise than its transcript says: both side by side, differing lines marked."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import wrap

from tests.transcripts.dialogue import Chat, Entry, Kind, Transcript
from tests.transcripts.reading import STEP
from tests.transcripts.runner import Played, same

WIDTH = 64
"""Columns on each side."""
SAME, CHANGED, MISSING, ADDED = " ", "≠", "<", ">"
LEGEND = f"{CHANGED} anders    {MISSING} nur erwartet    {ADDED} nur erschienen"


def differences(transcript: Transcript, played: Sequence[Played], *, notices: bool) -> str:
    """All scenes that differ, each under the act and its line; empty when none does."""
    parts = []
    for one in played:
        if one.impossible:
            parts.append(_scene(transcript, one, f"Das geht hier nicht: {one.impossible}"))
        elif not same(one.scene.entries, one.entries, one.scene.act, notices=notices):
            parts.append("\n".join([_scene(transcript, one), *_beside(one)]))
    if not parts:
        return ""
    return "\n\n".join(
        [f"{transcript.name}: {transcript.title}", _columns("erwartet", " ", "erschienen"), *parts, LEGEND]
    )


def _scene(transcript: Transcript, played: Played, *more: str) -> str:
    line = played.scene.line
    return "\n".join([f"Zeile {line}: {transcript.lines[line - 1]}", *more])


def _beside(played: Played) -> list[str]:
    left, right = _lines(played.scene.entries), _lines(ordered(played))
    rows = []
    for kind, start, end, other, other_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for one, two in zip_longest(left[start:end], right[other:other_end]):
            sign = SAME if kind == "equal" else CHANGED if None not in (one, two) else MISSING if two is None else ADDED
            rows += _row(one or "", sign, two or "")
    return rows


def _row(left: str, sign: str, right: str) -> list[str]:
    pairs = zip_longest(_folded(left), _folded(right), fillvalue="")
    return [_columns(one, sign, two) for one, two in pairs]


def _columns(left: str, sign: str, right: str) -> str:
    return f"{left}{' ' * (WIDTH - _width(left))} {sign} {right}".rstrip()


def _folded(line: str) -> list[str]:
    """The line in pieces that fit a column."""
    return wrap(line, WIDTH, subsequent_indent=" " * STEP) or [""]


def _width(text: str) -> int:
    """Columns on a terminal; marks take none, wide characters two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def ordered(played: Played) -> list[Entry]:
    """What appeared: notices first, then the rest chat by chat, as the transcript has them or the act's own first."""
    act = played.scene.act
    own = [getattr(act, "chat", None), Chat(getattr(act, "person", ""))]
    chats = [*(entry.chat for entry in played.scene.entries), *own, *(entry.chat for entry in played.entries)]
    return sorted(played.entries, key=lambda entry: (entry.kind is not Kind.NOTICE, chats.index(entry.chat)))


def _lines(entries: Iterable[Entry]) -> list[str]:
    return [line for entry in entries for line in entry.written()]
