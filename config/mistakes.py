"""Mistakes in settings as sentences: the key, where it was written, what is wrong and what is right."""

import difflib
import re
from collections.abc import Iterable, Iterator
from zoneinfo import available_timezones

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.keys import Keys, Name
from config.sources import PREFIX, Entries, Mistake
from config.texts import Texts

PROBLEMS = {
    "bool_parsing": "switch",
    "bool_type": "switch",
    "finite_number": "number",
    "greater_than_equal": "small",
    "int_from_float": "number",
    "int_parsing": "number",
    "int_parsing_size": "number",
    "int_type": "number",
    "less_than_equal": "large",
    "literal_error": "choice",
    "path_type": "text",
    "string_too_short": "empty",
    "string_type": "text",
    "too_short": "empty",
    "zoneinfo_str": "timezone",
}
"""What pydantic calls a mistake, and what we call it; our own kinds of values use our names already."""

LONGEST_SHOWN = 60


def dotted(name: Name) -> str:
    """The key as people write it."""
    return ".".join(name)


def from_validation(error: ValidationError, entries: Entries, keys: Keys) -> Iterator[Mistake]:
    """A mistake for each value that the model refused."""
    for detail in error.errors(include_url=False):
        name = tuple(map(str, detail["loc"]))
        problem = PROBLEMS.get(detail["type"], detail["type"])
        values = particulars(name, detail, keys)
        if problem == "timezone":
            values["nearest"] = closest(str(values["value"]), available_timezones()) or "Europe/Berlin"
        yield Mistake(name, source_of(name, entries), problem, values)


def source_of(name: Name, entries: Entries) -> str:
    """Where a key was written, or, if it was not, what stands beside it."""
    beside = (entry.source for other, entry in entries.items() if other[:-1] == name[:-1] and entry.source)
    return entries[name].source if name in entries else next(beside, "")


def particulars(name: Name, detail: ErrorDetails, keys: Keys) -> dict[str, object]:
    """What the sentence about a refused value shows; never anything of a secret."""
    context = detail.get("ctx", {})
    key = keys.get(name)
    return {
        "value": "…" if key is None or key.secret else shown(detail["input"]),
        "bound": context.get("ge", context.get("le", "")),
        "allowed": re.findall(r"'([^']*)'", str(context.get("expected", ""))),
    }


def shown(value: object) -> str:
    """A value short enough and plain enough for one line."""
    if isinstance(value, list | dict):
        return "…"
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST_SHOWN]


def sentences(mistakes: Iterable[Mistake], language: str, keys: Keys) -> tuple[str, ...]:
    """One line for each mistake, in the order of the keys."""
    texts = Texts.load()
    return tuple(sentence(mistake, language, keys, texts) for mistake in sorted(mistakes, key=lambda m: m.name))


def sentence(mistake: Mistake, language: str, keys: Keys, texts: Texts) -> str:
    """The line for one mistake."""
    if not mistake.name:
        return texts.plain(language, "sie", f"settings-file-{mistake.problem}", file=mistake.source, **mistake.values)
    key = keys.get(mistake.name)
    values = {"key": dotted(mistake.name), "source": mistake.source, "example": str(key.example) if key else ""}
    problem = mistake.problem
    if problem == "unknown" and (meant := nearest(mistake.name, keys)):
        problem, values["nearest"] = "misspelt", spelt(meant, mistake.source)
    wrong = texts.plain(language, "sie", f"settings-wrong-{problem}", **values | dict(mistake.values))
    return texts.plain(language, "sie", "settings-mistake", wrong=wrong, **values)


def spelt(name: Name, source: str) -> str:
    """The key as it is written in that source."""
    return PREFIX + "__".join(name).upper() if source.startswith(PREFIX) else dotted(name)


def nearest(name: Name, keys: Keys) -> Name | None:
    """What an unknown key was probably meant to be; None when nothing is like it."""
    wanted = keys.general(name)
    known = {dotted(other): other for other in (*keys.spellings(), *keys.sections, *keys.lists)}
    elsewhere = [spelling for spelling, other in known.items() if other[-1] == wanted[-1]]
    found = closest(dotted(wanted), elsewhere, cutoff=0.0) or closest(dotted(wanted), known)
    if found is None:
        return None
    indexes = [part for part, general in zip(name, wanted, strict=True) if general == "*"]
    return tuple((indexes or ["0"]).pop(0) if part == "*" else part for part in known[found])


def closest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The word most like the given one."""
    return next(iter(difflib.get_close_matches(word, sorted(words), 1, cutoff)), None)
