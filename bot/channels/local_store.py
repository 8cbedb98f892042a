"""The file behind the local page: who is there, what was said, and what the assistant has not yet taken."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Connection = sqlite3.Connection
Row = sqlite3.Row
StoreError = sqlite3.Error

LAYOUT = "1"
"""Changes with the tables: a file of another layout is set aside."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (
    id TEXT PRIMARY KEY, seat INTEGER, name TEXT NOT NULL, language TEXT NOT NULL, role TEXT NOT NULL
);
CREATE TABLE chats (id TEXT PRIMARY KEY, seat INTEGER, kind TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE members (
    chat TEXT NOT NULL REFERENCES chats, person TEXT NOT NULL REFERENCES people,
    state TEXT NOT NULL CHECK (state IN ('new', 'in', 'left')), read INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat, person)
);
CREATE TABLE files (id TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, alt TEXT NOT NULL, body BLOB);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER UNIQUE,
    chat TEXT NOT NULL REFERENCES chats, author TEXT REFERENCES people,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'opened', 'left', 'joined')), text TEXT NOT NULL,
    origin TEXT UNIQUE, token TEXT NOT NULL DEFAULT '', keyboard TEXT NOT NULL DEFAULT '[]',
    reply_to INTEGER REFERENCES messages, file TEXT REFERENCES files,
    at TEXT NOT NULL, edited INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX messages_of_chat ON messages (chat, id);
CREATE TABLE updates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL REFERENCES chats, person TEXT NOT NULL REFERENCES people,
    client TEXT NOT NULL, kind TEXT NOT NULL, message INTEGER NOT NULL REFERENCES messages, body TEXT NOT NULL,
    at TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0, UNIQUE (person, client)
);
CREATE INDEX updates_waiting ON updates (chat, id) WHERE taken = 0;
CREATE INDEX updates_of_message ON updates (message) WHERE taken = 0;
"""

# Ids begin at the microsecond of creation, so that a file made anew never repeats an id the assistant remembers.
BEGINNING = """
INSERT INTO sqlite_sequence (name, seq)
SELECT column1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) FROM (VALUES ('messages'), ('updates'));
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the visitor can be. The direct chat has the same ``id``.

    ``role`` is a hint beside the name, no right. ``opened``: has already spoken with the assistant.
    """

    id: str
    name: str
    language: str = "de"
    role: Literal["officer", "partner", "coordination", "newcomer"] = "officer"
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Room:
    """A group chat with the assistant in it; ``members`` are ids of people."""

    id: str
    title: str
    members: tuple[str, ...]


class Store:
    """One SQLite file, reached through one thread; every :meth:`run` is one durable transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "local-page")
        self._connection: Connection | None = None

    async def open(self, era: str, people: Sequence[Person], rooms: Sequence[Room]) -> None:
        """Make or open the file and seat the people. A file of another ``era`` is set aside under its own name.

        Raises :data:`StoreError` or :class:`OSError` when the file cannot be used.
        """
        await self._off_loop(self._connect, f"{LAYOUT}:{era}")
        await self.run(seat, people, rooms)

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``work`` in a transaction of its own: all of it is on disk when this returns, or none of it."""
        return await self._off_loop(self._transact, lambda connection: work(connection, *args, **kwargs))

    async def run_told(
        self,
        tell: Callable[[T], None],
        work: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As :meth:`run`; what came of it is handed to ``tell`` in the order of the transactions.

        Also when nobody waits for this any more: pages that have seen a later revision never ask for an earlier one.
        """
        loop = asyncio.get_running_loop()

        def transact() -> T:
            result = self._transact(lambda connection: work(connection, *args, **kwargs))
            loop.call_soon_threadsafe(tell, result)
            return result

        return await self._off_loop(transact)

    async def close(self) -> None:
        """Close the file; safe to call twice."""
        await self._off_loop(self._disconnect)

    async def _off_loop(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args, **kwargs))

    def _connect(self, era: str) -> None:
        self._path.touch(mode=0o600)
        self._connection = connect(self._path)
        if era_of(self._connection) not in (era, None):
            self._disconnect()
            set_aside(self._path)
            self._connect(era)
        elif era_of(self._connection) is None:
            self._transact(partial(create, era=era))

    def _transact(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            raise sqlite3.OperationalError("the file is closed")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return result

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def connect(path: Path) -> Connection:
    """Open the file as we use it: what is committed survives a loss of power, what is deleted lies nowhere any more.

    So the journal is cut off at every commit: a lasting one would keep for a while which buttons people pressed.
    """
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.row_factory = Row
    for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def era_of(connection: Connection) -> str | None:
    """To what the file belongs; None when it is empty."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        return None
    return str(connection.execute("SELECT value FROM meta WHERE name = 'era'").fetchone()[0])


def create(connection: Connection, era: str) -> None:
    """Make all tables."""
    for statement in (TABLES + BEGINNING).split(";"):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('era', ?), ('name', lower(hex(randomblob(16))))", (era,))


def set_aside(path: Path) -> None:
    """Rename the closed file to the first free ``….old-N``."""
    number = 1
    while (old := path.with_name(f"{path.name}.old-{number}")).exists():
        number += 1
    path.rename(old)


def seat(connection: Connection, people: Sequence[Person], rooms: Sequence[Room]) -> None:
    """Let exactly these people and rooms be shown; what earlier ones said stays, and who left stays away."""
    connection.execute("UPDATE people SET seat = NULL")
    connection.execute("UPDATE chats SET seat = NULL")
    for number, person in enumerate(people):
        connection.execute(
            "INSERT INTO people VALUES (:id, :seat, :name, :language, :role) ON CONFLICT (id) DO UPDATE SET"
            " seat = :seat, name = :name, language = :language, role = :role",
            {"id": person.id, "seat": number, "name": person.name, "language": person.language, "role": person.role},
        )
        _seat_chat(connection, person.id, number, "direct", "")
        _seat_member(connection, person.id, person.id, "in" if person.opened else "new")
    for number, room in enumerate(rooms, len(people)):
        _seat_chat(connection, room.id, number, "room", room.title)
        for member in room.members:
            _seat_member(connection, room.id, member, "in")


def _seat_chat(connection: Connection, chat: str, number: int, kind: str, title: str) -> None:
    connection.execute(
        "INSERT INTO chats VALUES (:id, :seat, :kind, :title) ON CONFLICT (id) DO UPDATE SET"
        " seat = :seat, kind = :kind, title = :title",
        {"id": chat, "seat": number, "kind": kind, "title": title},
    )


def _seat_member(connection: Connection, chat: str, person: str, state: str) -> None:
    connection.execute("INSERT OR IGNORE INTO members (chat, person, state) VALUES (?, ?, ?)", (chat, person, state))
