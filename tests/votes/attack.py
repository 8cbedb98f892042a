"""Everything we can think of that might lead from what is left of a vote to who chose what.

The attacker has the files of the database as they lie on the disk, its tables, the logs and backups, and the program's
source. What is known anyway they know too: who the people are, what was asked, when who voted. Each attack answers with
guesses; how good they are is for :func:`bound` to judge.
"""

import base64
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import sqrt
from typing import Any

import numpy as np

from domain.votes import pseudonym

Row = Mapping[str, Any]
Guesses = dict[tuple[int, int], int]
"""Which option a member chose in a vote, by its place."""

KEY = 32
NEAR = (40, 80, 160)
"""Within so many bytes a name and a choice count as being written side by side."""
_PRINTABLE = np.zeros(256, np.int32)
_PRINTABLE[list(string.printable.encode())] = 1
_HEX = re.compile(rb"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])")
_BASE64 = re.compile(rb"(?<![\w+/-])[\w+/-]{43}=?(?![\w+/-])")
_BEHIND = re.compile(rb".?(\d{1,3})", re.DOTALL)
"""A choice that stands behind a name, perhaps after its length."""
_COMMAND = re.compile(r"[/!](?:stimme|ballot) (\d{1,9}) (\d{1,3})\b")
_PRESS = re.compile(r"index\W{1,4}(\d{1,3})\W{1,4}row\W{1,4}(\d{1,9})")
_BALLOT = re.compile(
    rb"\x04(?:\x09|(?P<long>\x01))\x4c[\x0f\x11](?(long)(?P<vote>.))(?P<name>.{32})(?P<choice>\d\d?)", re.DOTALL
)
"""A ballot as SQLite writes one: how its three columns are written, then vote (unless it is 1), name, choice."""


@dataclass(frozen=True)
class Known:
    """What is no secret.

    ``people`` are members with all that names them, ``options`` the texts of each vote in order, ``casts`` all votes
    that were given, in their order, as (vote, member).
    """

    people: Mapping[int, Sequence[str]]
    options: Mapping[int, Sequence[str]]
    casts: Sequence[tuple[int, int]]

    def orders(self, vote: int) -> Iterator[list[int]]:
        """Orders in which ballots may lie: of all votes that were given, the first or last of each, numbers, names."""
        given = [member for number, member in self.casts if number == vote]
        yield given
        yield list(dict.fromkeys(given))
        yield list(dict.fromkeys(reversed(given)))[::-1]
        yield sorted(set(given))
        yield sorted(set(given), key=lambda member: self.people[member][0])


@dataclass(frozen=True)
class Loot:
    """What was taken: files by name, rows by table in the order the database gives them, lines of logs."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    lines: Sequence[str] = ()


def bound(votes: int) -> int:
    """How many guesses may be right where nothing is known.

    In each vote everybody chose something else. Whoever assigns the choices by lot has one right on the average, with a
    variance of one (fixed points of a random permutation). Six standard deviations above that are never reached, by
    however many guesses.
    """
    return votes + int(6 * sqrt(votes))


def by_keys(known: Known, loot: Loot) -> Iterator[Guesses]:
    """Every string that might be a key, in a table, in a file or in a log, is tried on everything like a pseudonym."""
    found = _strings(loot)
    text = "\n".join(loot.lines).encode()
    written = [bytes.fromhex(word.decode()) for data in (*loot.files.values(), text) for word in _HEX.findall(data)]
    written += [decoded for data in (*loot.files.values(), text) for decoded in map(_decoded, _BASE64.findall(data))]
    candidates = found.keys() | {word for word in written if len(word) == KEY}
    first = {vote: next(self for self in known.orders(vote))[:2] for vote in known.options}
    guesses: Guesses = {}
    for candidate, vote in product(candidates, known.options):
        if any(pseudonym(candidate, vote, member) in found for member in first[vote]):
            for member in known.people:
                choice = found.get(pseudonym(candidate, vote, member), 0)
                guesses |= {(vote, member): choice} if choice else {}
    yield guesses


def by_order(known: Known, loot: Loot) -> Iterator[Guesses]:
    """Rows with choices, in the order they lie in and sorted by each of their columns, beside those who chose."""
    for rows in loot.tables.values():
        chosen = [row for row in rows if "vote" in row and _choice(row.get("choice"))]
        columns = {name for row in chosen for name in row} - {"vote", "choice"}
        for column in [None, *sorted(columns)]:
            ordered = chosen if column is None else sorted(chosen, key=lambda row: _sortable(row[str(column)]))
            yield from _matched(known, ordered)
            yield from _matched(known, ordered[::-1])


def by_codes(known: Known, loot: Loot) -> Iterator[Guesses]:
    """Receipts are known to belong to people: the n-th of them beside the n-th choice."""
    told = [(row, line) for rows in loot.tables.values() for row in rows if (line := _line(row))]
    for names in ("receipts",):
        codes = [(row["vote"], row["code"]) for row in loot.tables.get(names, ())]
        owners = {code: who for _, code in codes for row, line in told if code in line and (who := _who(known, line))}
        guesses: Guesses = {}
        for vote in known.options:
            mine = [owners.get(code) for number, code in codes if number == vote]
            ballots = [row for row in loot.tables.get("ballots", ()) if row["vote"] == vote]
            for owner, row in zip(mine, ballots, strict=False):
                if owner:
                    guesses[vote, owner] = _choice(row["choice"])
        yield guesses


def by_neighbourhood(known: Known, loot: Loot) -> Iterator[Guesses]:
    """A single option, in words, in a row or a line of a log in which a single person is named."""
    yield _read(known, [_line(row) for rows in loot.tables.values() for row in rows])
    yield _read(known, loot.lines)


def by_corners(known: Known, loot: Loot) -> Iterator[Guesses]:
    """As :func:`by_neighbourhood`, in whatever lies side by side in a file, free pages and journal included."""
    words = re.compile("|".join(re.escape(text) for texts in known.options.values() for text in texts))
    for data, near in product(loot.files.values(), NEAR):
        yield _read(known, [place for place, _ in _around(words, data.decode("latin-1"), near)])


def by_deeds(known: Known, loot: Loot) -> Iterator[Guesses]:
    """What people did, as it came: a command with a number, or a button of their ballot, where one person is named."""
    ballots = {
        row["id"]: int(row["subject"].removeprefix("vote-ballot:"))
        for row in loot.tables.get("outbox", ())
        if str(row["subject"]).startswith("vote-ballot:")
    }
    lines = [*loot.lines, *(_line(row) for rows in loot.tables.values() for row in rows)]
    yield _done(known, ballots, ((line, hit) for line in lines for hit in _hits(line)))
    for data, near in product(loot.files.values(), NEAR):
        text = data.decode("latin-1")
        found = [place for pattern in (_COMMAND, _PRESS) for place in _around(pattern, text, near)]
        yield _done(known, ballots, found)
        # In a row, whoever did it stands before what was done.
        yield _done(known, ballots, [(place.partition(hit[0])[0], hit) for place, hit in found])


def by_marks(known: Known, loot: Loot) -> Iterator[Guesses]:
    """The option that is marked as chosen on the ballot of a single person."""
    options = {text: (vote, place) for vote, texts in known.options.items() for place, text in enumerate(texts, 1)}
    marked = re.compile(rf"({'|'.join(map(re.escape, options))}) (?:<b>)?\((?:gew|chosen)")

    def read(places: Iterable[str]) -> Guesses:
        found = ((_who(known, place), {options[text] for text in marked.findall(place)}) for place in places)
        return {(vote, who): choice for who, chosen in found if who and len(chosen) == 1 for vote, choice in chosen}

    yield read([*loot.lines, *(_line(row) for rows in loot.tables.values() for row in rows)])
    for data, near in product(loot.files.values(), NEAR):
        yield read(place for place, _ in _around(marked, data.decode("utf-8", "replace"), near))


def by_traces(known: Known, loot: Loot) -> Iterator[Guesses]:
    """Ballots in the order in which they lie in a file, whatever is known of their names, beside those who chose.

    A journal has them in the order in which they came.
    """
    for data in loot.files.values():
        choices: dict[tuple[int, bytes], int] = {}
        for hit in _BALLOT.finditer(data):
            choices[hit["vote"][0] if hit["vote"] else 1, hit["name"]] = int(hit["choice"])
        rows = [{"vote": vote, "choice": str(choice)} for (vote, _), choice in choices.items()]
        yield from _matched(known, rows)
        yield from _matched(known, rows[::-1])


def by_difference(known: Known, states: Sequence[Loot]) -> Guesses:
    """Between two states one more person has voted, and one more choice is there."""
    guesses: Guesses = {}
    for before, after in pairwise(states):
        for vote in known.options:
            voted = [
                {row["member"] for row in state.tables.get("voters", ()) if row["vote"] == vote and row["voted"]}
                for state in (before, after)
            ]
            chosen = [
                [_choice(row["choice"]) for row in state.tables.get("ballots", ()) if row["vote"] == vote]
                for state in (before, after)
            ]
            new = [choice for choice in chosen[1] if choice not in chosen[0]]
            who = voted[1] - voted[0]
            if len(new) == len(who) == 1:
                guesses[vote, who.pop()] = new[0]
    return guesses


ATTACKS: Sequence[Callable[[Known, Loot], Iterator[Guesses]]] = (
    by_keys,
    by_order,
    by_codes,
    by_neighbourhood,
    by_corners,
    by_deeds,
    by_marks,
    by_traces,
)


def best(known: Known, loot: Loot, truth: Guesses) -> dict[str, int]:
    """The most right guesses of each attack."""
    return {
        attack.__name__: max((right(guesses, truth) for guesses in attack(known, loot)), default=0)
        for attack in ATTACKS
    }


def right(guesses: Guesses, truth: Guesses) -> int:
    """How many guesses are right."""
    return sum(truth.get(which) == choice for which, choice in guesses.items())


def _strings(loot: Loot) -> dict[bytes, int]:
    """Everything of a key's length that looks like chance, with the choice that stands behind it, 0 where none does."""
    found: dict[bytes, int] = {}
    for data in loot.files.values():
        for start in _random_windows(data):
            # An index has the same string without the choice.
            name, behind = data[start : start + KEY], _BEHIND.match(data, start + KEY)
            found[name] = int(behind[1]) if behind else found.get(name, 0)
    for rows in loot.tables.values():
        for row in rows:
            for value in row.values():
                if isinstance(value, bytes) and len(value) == KEY:
                    found[value] = _choice(row.get("choice"))
    return found


def _random_windows(data: bytes) -> Sequence[int]:
    """Where a string of a key's length begins that is neither text nor numbers."""
    if len(data) < KEY:
        return ()
    values = np.frombuffer(data, np.uint8)

    def among(flags: Any) -> Any:
        sums = np.concatenate(([0], np.cumsum(flags)))
        return sums[KEY:] - sums[:-KEY]

    likely = (among(_PRINTABLE[values]) < 26) & (among(values == 0) < 3) & (among(values > 127) > 3)
    return [int(start) for start in np.flatnonzero(likely)]


def _choice(value: object) -> int:
    """The place that a stored choice of a single option names; 0 when it is none."""
    numbers = re.findall(r"\d+", value) if isinstance(value, str) else []
    return int(numbers[0]) if numbers and len(numbers[0]) < 4 else 0


def _matched(known: Known, rows: Sequence[Row]) -> Iterator[Guesses]:
    by_vote: dict[int, list[int]] = {vote: [] for vote in known.options}
    for row in rows:
        by_vote.setdefault(row["vote"], []).append(_choice(row["choice"]))
    for orders in zip(*(known.orders(vote) for vote in known.options), strict=True):
        yield {
            (vote, member): choice
            for vote, order in zip(known.options, orders, strict=True)
            for member, choice in zip(order, by_vote[vote], strict=False)
        }


def _read(known: Known, places: Sequence[str]) -> Guesses:
    guesses: Guesses = {}
    options = [(text, vote, number) for vote, texts in known.options.items() for number, text in enumerate(texts, 1)]
    for place in places:
        if who := _who(known, place):
            named = [(vote, number) for text, vote, number in options if text in place]
            if len(named) == 1:
                guesses[named[0][0], who] = named[0][1]
    return guesses


def _who(known: Known, place: str) -> int:
    """The one person that is named there; 0 when nobody or several are."""
    named = [member for member, names in known.people.items() if any(name in place for name in names)]
    return named[0] if len(named) == 1 else 0


def _hits(line: str) -> Iterator[re.Match[str]]:
    yield from _COMMAND.finditer(line)
    yield from _PRESS.finditer(line)


def _done(known: Known, ballots: Mapping[int, int], places: Iterable[tuple[str, re.Match[str]]]) -> Guesses:
    guesses: Guesses = {}
    for place, hit in places:
        if who := _who(known, place):
            first, second = map(int, hit.groups())
            vote, choice = (first, second) if hit.re is _COMMAND else (ballots.get(second, 0), first + 1)
            guesses[vote, who] = choice
    return guesses


def _around(pattern: re.Pattern[str], data: str, near: int) -> Iterator[tuple[str, re.Match[str]]]:
    """What lies around each place where the pattern is found."""
    for hit in pattern.finditer(data):
        yield data[max(0, hit.start() - near) : hit.end() + near], hit


def _line(row: Row) -> str:
    return " ".join(str(value) for value in row.values() if value is not None)


def _sortable(value: object) -> tuple[str, Any]:
    return (type(value).__name__, value if isinstance(value, int | float | str | bytes) else str(value))


def _decoded(word: bytes) -> bytes:
    return base64.urlsafe_b64decode(word[:43].replace(b"+", b"-").replace(b"/", b"_") + b"=")
