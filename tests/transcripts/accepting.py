"""Writes into a transcript what really appeared; acts and comments stay as they are."""

from collections.abc import Sequence
from pathlib import Path

from tests.transcripts.dialogue import Transcript
from tests.transcripts.reading import STEP
from tests.transcripts.report import ordered
from tests.transcripts.runner import Played, same


def accept(path: Path, transcript: Transcript, played: Sequence[Played]) -> None:
    """Write the file anew."""
    path.write_text(accepted(transcript, played), "utf-8")


def accepted(transcript: Transcript, played: Sequence[Played]) -> str:
    """The file's new text. Scenes that went as expected, or were not played, keep every line."""
    lines = list(transcript.lines)
    for one in reversed(played):
        scene = one.scene
        if not one.impossible and not same(scene.entries, one.entries, scene.act, notices=True):
            end = _end_of_text(lines, scene.first, scene.end)
            lines[scene.first : end] = _written(one, lines[scene.first : end])
    return "\n".join(lines)


def _end_of_text(lines: Sequence[str], first: int, end: int) -> int:
    """Empty lines behind the last entry belong to nobody."""
    while end > first and not lines[end - 1].strip():
        end -= 1
    return end


def _written(played: Played, old: Sequence[str]) -> list[str]:
    comments = [line for line in old if line.strip().startswith("#") and not line.startswith(" " * 2 * STEP)]
    new = [" " * STEP + line if line else "" for entry in ordered(played) for line in entry.written()]
    return [*comments, *new]
