"""Where settings are written: one TOML file, the environment, and files with secrets."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.keys import INDEXES, Keys, Name

PREFIX = "THEMENBOTE_"
FILE_VARIABLE = "THEMENBOTE_SETTINGS"


@dataclass(frozen=True)
class Entry:
    """A value and where it was written: the file's name or the variable's."""

    value: Any
    source: str


Entries = Mapping[Name, Entry]


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a setting; ``problem`` and ``values`` make the sentence. A ``name`` of () means the file."""

    name: Name
    source: str
    problem: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Written:
    """What one source says."""

    entries: dict[Name, Entry]
    mistakes: list[Mistake]


def from_file(path: Path, keys: Keys) -> Written:
    """What the settings file says; a file that cannot be read says nothing, and that is its one mistake."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Written({}, [Mistake((), str(path), "unreadable")])
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        return Written({}, [Mistake((), str(path), "not-toml", position(str(error), text))])
    return collected(entries(table, str(path), keys), keys)


def position(reason: str, text: str) -> dict[str, str]:
    """Where a file stops being TOML; the rest of the reader's words might repeat a secret."""
    lines = text.split("\n")
    at = re.search(r"line (\d+), column (\d+)", reason)
    line, column = at.groups() if at else (str(len(lines)), str(len(lines[-1]) + 1))
    return {"line": line, "column": column}


def from_environment(environ: Mapping[str, str], keys: Keys) -> Written:
    """What the variables ``THEMENBOTE_…`` say; an empty one says nothing."""
    ours = {name: value for name, value in sorted(environ.items()) if name.startswith(PREFIX) and value}
    ours.pop(FILE_VARIABLE, None)
    return collected((found for name, value in ours.items() for found in variable(name, value, keys)), keys)


def variable(variable: str, value: str, keys: Keys) -> Iterator[tuple[Name, Entry] | Mistake]:
    """What one variable says; a list of tables is written in it as JSON."""
    name = tuple(variable.removeprefix(PREFIX).lower().split("__"))
    if variable != variable.upper():
        yield Mistake(name, variable, "unknown")
        return
    told: Any = value
    if keys.general(name) in keys.lists:
        try:
            told = json.loads(value)
        except ValueError:
            yield Mistake(name, variable, "json")
            return
    for part in reversed(name):
        told = {part: told}
    yield from entries(told, variable, keys)


def entries(table: Mapping[str, Any], source: str, keys: Keys, at: Name = ()) -> Iterator[tuple[Name, Entry] | Mistake]:
    """Each value in a table under its full name; a mistake for what is not known or not of its shape."""
    for part, value in table.items():
        name = (*at, part)
        general = keys.general(name)
        if keys.get(name):
            yield name, Entry(value, source)
        elif general in keys.sections and isinstance(value, dict) and (value or general[-1] != "*"):
            yield from entries(value, source, keys, name)
        elif general in keys.lists and (items := numbered(value)) is not None:
            yield from entries(items, source, keys, name)
        else:
            yield Mistake(name, source, shape(general, keys), {"list": ".".join(name[:-1])})


def numbered(value: object) -> Mapping[str, Any] | None:
    """The items of a list by their index; None when it is none."""
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    return value if isinstance(value, dict) and value.keys() <= INDEXES else None


def shape(general: Name, keys: Keys) -> str:
    """What is wrong with something that is no value."""
    if general in keys.lists:
        return "list"
    if general[:-1] in keys.lists and general in keys.sections:
        return "item"
    return "section" if general in keys.sections else "unknown"


def collected(found: Iterable[tuple[Name, Entry] | Mistake], keys: Keys) -> Written:
    """All that one source says, with secrets read from the files it names."""
    written = Written({}, [])
    for item in found:
        if isinstance(item, Mistake):
            written.mistakes.append(item)
        else:
            written.entries[item[0]] = item[1]
    for name in [name for name in written.entries if keys.secret_of(name)]:
        read_secret(name, written)
    return written


def read_secret(name: Name, written: Written) -> None:
    """Puts what stands in the file in place of the file's name."""
    entry = written.entries.pop(name)
    secret = (*name[:-1], name[-1].removesuffix("_file"))
    if secret in written.entries:
        written.mistakes.append(Mistake(name, entry.source, "twice", {"other": secret[-1]}))
        return
    try:
        text = Path(entry.value).read_text("utf-8").strip()
    except (OSError, TypeError, ValueError):
        written.mistakes.append(Mistake(name, entry.source, "secret-file"))
        return
    if text:
        written.entries[secret] = Entry(text, entry.source)
    else:
        written.mistakes.append(Mistake(name, entry.source, "secret-file-empty"))
