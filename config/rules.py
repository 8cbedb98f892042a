"""What settings follow from others, and what must hold between them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.keys import Keys, Name
from config.mistakes import nearest, source_of
from config.sources import Entries, Entry, Mistake

DATA_DIR = ("data_dir",)
ENABLED = ("local", "enabled")
ACCOUNTS = ("matrix", "accounts")
MESSENGERS = {("telegram", "token"), ACCOUNTS}
REAL = {("database", "url"), ("programme", "name")}
"""Keys that only a real programme sets: where one is set, nothing is demonstrated unasked."""

HOURS = (8, 18)
"""The permitted hours where nobody wrote them."""
OFF = {"0", "f", "false", "n", "no", "off"}


def derived(entries: Entries) -> Entries:
    """The entries, and those that follow from others where nobody wrote them."""
    folder = Path(str(entries[DATA_DIR].value if DATA_DIR in entries else "data")).expanduser()
    local = not any(name[:2] in MESSENGERS for name in entries)
    shown = local and not (ENABLED in entries and str(entries[ENABLED].value).lower() in OFF)
    values: dict[Name, object] = {
        ("database", "url"): f"sqlite:///{folder / 'themenbote.db'}",
        ENABLED: local,
        ("local", "demo"): shown and not entries.keys() & REAL,
    }
    for index in accounts(entries):
        user = entries.get((*ACCOUNTS, index, "user"), Entry("", "")).value
        values[*ACCOUNTS, index, "store"] = str(folder / "matrix" / re.sub(r"[^\w.-]", "_", str(user).lstrip("@")))
    return {**{name: Entry(value, "") for name, value in values.items()}, **entries}


def rules(entries: Entries) -> Iterator[Mistake]:
    """What no single key can show."""
    mode = entries.get(("telegram", "mode"))
    if mode and mode.value == "webhook":
        needed = [("telegram", part) for part in ("token", "webhook_url", "webhook_secret")]
        yield from (Mistake(name, mode.source, "webhook-needs") for name in needed if name not in entries)
    yield from hours(entries)
    for index in accounts(entries):
        name = (*ACCOUNTS, index, "password")
        if not entries.keys() & {name, (*ACCOUNTS, index, "token")}:
            yield Mistake(name, source_of(name, entries), "password-or-token")
    for part in ("user", "store"):
        yield from alike([(*ACCOUNTS, index, part) for index in accounts(entries)], entries)


def hours(entries: Entries) -> Iterator[Mistake]:
    """A mistake where the permitted hours end before they begin."""
    written = [entries.get(("hours", part)) for part in ("start", "end")]
    start, end = (number(entry.value if entry else usual) for entry, usual in zip(written, HOURS, strict=True))
    if start is not None and end is not None and start >= end:
        name = ("hours", "end" if written[1] else "start")
        yield Mistake(name, source_of(name, entries), "hours-order")


def number(value: object) -> int | None:
    """The whole number a value is or spells; what is none is told where its kind is checked."""
    return int(str(value)) if re.fullmatch(r"\d{1,2}", str(value)) else None


def accounts(entries: Entries) -> list[str]:
    """The indexes of the Matrix accounts, in order and without a gap."""
    last = max((int(name[2]) for name in entries if name[:2] == ACCOUNTS), default=-1)
    return [str(index) for index in range(last + 1)]


def alike(names: list[Name], entries: Entries) -> Iterator[Mistake]:
    """A mistake for each key that was written with a value another has already."""
    first: dict[str, Name] = {}
    for name in names:
        entry = entries.get(name)
        if entry and entry.source and (other := first.setdefault(str(entry.value), name)) != name:
            yield Mistake(name, entry.source, "alike", {"other": ".".join(other)})


def explained(mistake: Mistake, earlier: Iterable[Mistake], keys: Keys) -> bool:
    """Whether something is missing only because an earlier mistake kept it from being read."""
    if mistake.problem not in {"missing", "webhook-needs", "password-or-token"}:
        return False
    enough = {mistake.name, (*mistake.name[:-1], "token")} if mistake.problem == "password-or-token" else {mistake.name}
    meant = {(*name[:-1], name[-1].removesuffix("_file")) if name else name for name in meanings(earlier, keys)}
    return not meant.isdisjoint(enough | {()})


def meanings(mistakes: Iterable[Mistake], keys: Keys) -> Iterator[Name]:
    """The keys that mistakes are about, misspelt ones as they were meant; () is the whole file."""
    for mistake in mistakes:
        yield mistake.name
        yield (nearest(mistake.name, keys) if mistake.problem == "unknown" else None) or mistake.name
