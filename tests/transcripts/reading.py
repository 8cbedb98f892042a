"""The lines of a transcript file, and what is said when one of them cannot be understood."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

STEP = 4
"""Blanks by which a line stands further to the right when it belongs to the one above."""


class Mistake(Exception):
    """The file says something that is not understood; the message names file and line, in German like the file."""

    def __init__(self, name: str, line: int, what: str) -> None:
        super().__init__(f"{name}, Zeile {line}: {what}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``number`` from 1, ``depth`` in steps (0: act, 1: heading, 2: text), the rest as ``text``."""

    number: int
    depth: int
    text: str

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return not self.text

    @property
    def comment(self) -> bool:
        """Whether it is there for readers alone; in texts, nothing is."""
        return self.depth < 2 and self.text.startswith("#")


class Reader:
    """Goes through the lines of a file; ``name`` is for messages."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = tuple(source.split("\n"))
        self.at = 0
        self._lines = [self._line(number, text) for number, text in enumerate(self.source, 1)]

    def _line(self, number: int, text: str) -> Line:
        bare = text.lstrip(" ")
        indent = len(text) - len(bare)
        if "\t" in text[: indent + 1]:
            raise self.mistake(number, "Bitte mit Leerzeichen einrücken, nicht mit dem Tabulator.")
        if not bare.strip():
            return Line(number, 0, "")
        if indent % STEP and indent < 2 * STEP:
            raise self.mistake(number, f"Die Zeile ist {indent} Stellen eingerückt; üblich sind 0, 4 oder 8.")
        depth = min(indent // STEP, 2)
        return Line(number, depth, text[depth * STEP :].rstrip())

    def mistake(self, line: int, what: str) -> Mistake:
        """What to raise about a line."""
        return Mistake(self.name, line, what)

    def peek(self) -> Line | None:
        """The next line that says something; empty lines and comments before it are passed over."""
        for line in self._lines[self.at :]:
            if not line.empty and not line.comment:
                return line
        return None

    def take(self) -> Line:
        """As :meth:`peek`, and go on behind it; there must be one."""
        line = self.peek()
        assert line is not None
        self.at = line.number
        return line

    def text(self) -> tuple[str, ...]:
        """The lines of a text from here on; empty lines inside it belong to it, those behind it do not."""
        found: list[str] = []
        end = self.at
        for line in self._lines[self.at :]:
            if line.depth < 2 and not line.empty:
                break
            found.append(line.text)
            if not line.empty:
                end = line.number
        lines = tuple(found[: end - self.at])
        self.at = end
        return lines

    def known(self, line: int, name: str, names: Iterable[str], where: str) -> str:
        """The name, if it was introduced under ``where``. Raises :class:`Mistake`."""
        names = list(names)
        if name in names:
            return name
        near = get_close_matches(name, names, 1)
        hint = f" Ist „{near[0]}“ gemeint?" if near else ""
        raise self.mistake(line, f"„{name}“ steht nicht unter „{where}“.{hint}")


OPENING, CLOSING = '„“"', '“”"'


def quoted(group: str) -> str:
    """A pattern for something in quotation marks, German ones or those of the keyboard."""
    return rf"[{OPENING}](?P<{group}>[^{CLOSING}]+)[{CLOSING}]"


_PARTS = re.compile(rf"(?:[{OPENING}][^{CLOSING}]*[{CLOSING}]|[^,])+")


def listed(text: str) -> list[str]:
    """``A, B und C`` as its parts; commas in quotation marks divide nothing."""
    parts = [part.strip() for part in _PARTS.findall(text)]
    return [name.strip() for part in parts[:-1] for name in [part]] + [
        name.strip() for part in parts[-1:] for name in re.split(r" und ", part)
    ]
