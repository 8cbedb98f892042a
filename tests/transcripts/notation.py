"""How texts stand in a transcript: what cannot be seen is written out, what looks like a sign is marked."""

import re
import unicodedata

_WRITTEN_OUT = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")
_REPEATED = re.compile(r"⟨(\d{1,5}) × ([^⟨⟩]+)⟩")
_SIGN = re.compile(r"\\|\[.*\]$|\((?:Bild|Datei): ")
_JOINER = "\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


def understood(written: str) -> str:
    """The text that is meant: ``⟨U+200B⟩`` is that character, ``⟨300 × Wort ⟩`` is it three hundred times."""
    return unfolded(_WRITTEN_OUT.sub(lambda match: chr(int(match[1], 16)), written))


def unfolded(written: str) -> str:
    """The text with only its repetitions written out."""
    return _REPEATED.sub(lambda match: match[2] * int(match[1]), written)


def revealed(text: str) -> tuple[str, ...]:
    """The lines of a text as a transcript shows them: nothing hidden, nothing that could be taken for a button."""
    lines = (_shown(line).rstrip() for line in text.strip("\n").split("\n"))
    return tuple(f"\\{line}" if _SIGN.match(line) else line for line in lines)


def _shown(line: str) -> str:
    return "".join(
        f"⟨U+{ord(char):04X}⟩" if _hidden(char) and not _joins(line, index) else char for index, char in enumerate(line)
    )


def _hidden(char: str) -> bool:
    return char in "⟨⟩" or (char != " " and unicodedata.category(char) in _UNSEEN)


def _joins(line: str, index: int) -> bool:
    """Whether this is the joiner inside an emoji, which is part of what one sees."""
    following = line[index + 1 : index + 2]
    return line[index] == _JOINER and bool(following) and unicodedata.category(following) == "So"
