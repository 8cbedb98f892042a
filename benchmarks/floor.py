"""The rows of one update written by the bare drivers, in the same transactions, durable: what cannot be beaten."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.stopwatch import Measured, Stopwatch

BATCH = 24
"""Rows claimed and settled at a time, about what delivery does under this load."""
CARD = "<b>Thema 1:</b> Wie?\n\nVon Musterstadt. Stand: vorgeschlagen.\n2 unterstützen es, noch kein Kommentar."
KEYBOARD = str([[["Nicht mehr unterstützen", "topics.unsupport", [1], "Nicht mehr unterstützen"]]] * 3)
TABLES = (
    "CREATE TABLE inbox (channel TEXT, arrival TEXT, at TEXT, failure TEXT, PRIMARY KEY (channel, arrival))",
    "CREATE TABLE supports (topic INTEGER, member INTEGER, PRIMARY KEY (topic, member))",
    """CREATE TABLE outbox (id INTEGER PRIMARY KEY, channel TEXT, chat TEXT, urgency INTEGER, state TEXT, due TEXT,
       subject TEXT, replaces INTEGER, text TEXT, keyboard TEXT, message TEXT, settled TEXT)""",
    "CREATE INDEX outbox_waiting ON outbox (channel, urgency, id) WHERE state = 'waiting'",
)

Execute = Callable[[str, Sequence[object]], object]


class Floor:
    """Bare statements. ``mark`` is the driver's placeholder, ``begin`` and ``commit`` its words for a transaction."""

    def __init__(self, execute: Execute, mark: str, begin: Callable[[], object], commit: Callable[[], object]) -> None:
        self._execute = execute
        self._mark = mark
        self._begin = begin
        self._commit = commit
        for table in TABLES:
            execute(table, ())
        commit()

    def run(self, updates: int) -> Measured:
        """Write so many updates, and deliver them in batches."""
        watch = Stopwatch()
        for first in range(0, updates, BATCH):
            batch = range(first, min(first + BATCH, updates))
            for number in batch:
                self._begin()
                self._update(number)
                self._commit()
            for state in ("sending", "sent"):
                self._begin()
                self._deliver(batch, state)
                self._commit()
        return watch.read(updates)

    def _update(self, number: int) -> None:
        now = datetime.now(UTC).isoformat()
        chat, subject = f"c{number % 100}", f"topic:{number // 100}"
        self._insert("inbox", ("memory", f"a{number}", now, None))
        self._insert("supports", (number // 100, number % 100))
        row = (number + 1, "memory", chat, 0, "waiting", now, subject, number, CARD, KEYBOARD, None, None)
        self._insert("outbox", row)

    def _deliver(self, batch: range, state: str) -> None:
        statement = f"UPDATE outbox SET state = {self._mark}, message = {self._mark} WHERE id = {self._mark}"
        for number in batch:
            self._execute(statement, (state, f"m{number}", number + 1))

    def _insert(self, table: str, values: tuple[object, ...]) -> None:
        self._execute(f"INSERT INTO {table} VALUES ({', '.join([self._mark] * len(values))})", values)


def sqlite_floor(folder: Path, updates: int) -> Measured:
    """The standard ``sqlite3``: WAL, ``synchronous=FULL``."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level="IMMEDIATE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    floor = Floor(connection.execute, "?", lambda: None, connection.commit)
    measured = floor.run(updates)
    connection.close()
    return measured


def postgres_floor(url: str, updates: int) -> Measured:
    """``psycopg``."""
    with psycopg.connect(url) as connection:
        return Floor(connection.cursor().execute, "%s", lambda: None, connection.commit).run(updates)
