"""The whole programme in one portable file, written from either kind of database and read into either.

The file is an SQLite database of the same revision, made in one consistent read. What the file leaves out, and why, is
said in docs/decisions/0013-backups.md.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import outbox, schema
from storage.database import Database, Faulty, Transaction, Unavailable, metadata, written
from storage.schema import State, Unfit

PRIVATE = 0o600
"""Nobody but the account that makes a backup may read it."""
ROWS = 500
"""How many rows are in hand at a time."""
NUMBERED = "sqlite_sequence"
"""Where SQLite keeps the highest number ever given, so that none comes back with another meaning."""

_OPEN_SECRETS = "(SELECT id FROM votes WHERE state = 'open' AND secret)"
LEFT_OUT: Mapping[str, str] = {
    # Restored, it is another database; so messengers do not take its messages for those they have.
    "identity": "TRUE",
    "vote_keys": f"vote IN {_OPEN_SECRETS}",
    "ballots": f"vote IN {_OPEN_SECRETS}",
    "receipts": f"vote IN {_OPEN_SECRETS}",
}
"""Rows that no backup has, by table."""
_OWN = frozenset({"identity"})
"""Tables of the database itself, which do not come from a backup."""
UNSAID: Mapping[tuple[str, str], str] = {("voters", "voted"): f"voted AND vote NOT IN {_OPEN_SECRETS}"}
"""Values that a backup has in another way than the database, by table and column."""


class Unusable(Exception):
    """The file is no backup of ours, or that of a newer version."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


class NotEmpty(Exception):
    """There is something in the database already: a backup is not mixed with it."""


def write(database: Database, file: Path) -> None:
    """Write everything into a new file, which appears only once it is complete.

    Raises ``OSError`` (``FileExistsError`` when there is such a file), and :class:`Unfit` when the database has no
    tables of ours, or newer ones.
    """
    if file.exists():
        raise FileExistsError(str(file))
    with _in_private(file) as begun:
        copy = Database(_address(begun))
        try:
            with database.read() as old:
                copy_out(old, copy)
            copy.close_whole()
        finally:
            copy.close()
        os.link(begun, file)


def restore(file: Path, database: Database) -> None:
    """Read a backup, also one of an earlier version, into an empty database.

    All or nothing. Raises ``OSError``, :class:`Unusable`, :class:`NotEmpty`, and :class:`Unfit` when the database has
    somebody else's tables, or newer ones.
    """
    with tempfile.TemporaryDirectory(prefix="themenbote-restore-") as folder:
        private = Path(folder) / "backup.db"
        shutil.copyfile(file, private)
        private.chmod(PRIVATE)
        copy = Database(_address(private))
        try:
            found = _state(copy)
            if found not in (State.CURRENT, State.OLD):
                raise Unusable(found)
            schema.migrate(copy)
            schema.migrate(database)
            with copy.read() as old, database.rebuild() as new:
                _copy_in(old, new)
        finally:
            copy.close()


def _state(copy: Database) -> State:
    try:
        return schema.state(copy)
    except (Faulty, Unavailable):
        # SQLite says so of a file that is not one of its own.
        return State.FOREIGN


def _address(file: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(file.absolute()))


@contextmanager
def _in_private(file: Path) -> Iterator[Path]:
    """A file beside the one that is meant, for its owner only; gone afterwards."""
    begun = file.with_name(f".{file.name}.part")
    os.close(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    try:
        yield begun
    finally:
        for part in (begun, *(Path(f"{begun}{end}") for end in ("-wal", "-shm", "-journal"))):
            with suppress(FileNotFoundError):
                part.unlink()


def copy_out(old: Transaction, copy: Database) -> None:
    """Copy what one consistent read shows into an empty SQLite database. Raises :class:`Unfit`."""
    found = schema.state_of(old)
    revision = schema.revision_of(old)
    if found not in (State.CURRENT, State.OLD) or revision is None:
        raise Unfit(found)
    from storage.migrations.steps import upgrade  # noqa: PLC0415 - slow to load, as in storage.schema

    with copy.rebuild() as new:
        upgrade(new, revision)
        tables = _tables(new)
        for table in tables:
            # Without types: the values are written already.
            into = sa.table(table.name, *(sa.column(column.name) for column in table.c))
            _insert(new, table, _rows_out(old, table), into)
        _keep_numbers(new, tables, _numbers(old, tables))


def _tables(db: Transaction) -> list[sa.Table]:
    """The tables as they are, those first that others refer to."""
    found = sa.MetaData()
    found.reflect(db)
    return [table for table in found.sorted_tables if table.name != schema.VERSION_TABLE]


def _rows_out(old: Transaction, table: sa.Table) -> Iterator[dict[str, Any]]:
    """The rows as SQLite writes them, in an order that tells nothing: that of their keys."""
    asked = [_asked(old, table, column) for column in table.c]
    rows = sa.select(*asked).select_from(sa.table(table.name)).order_by(*(sa.column(key.name) for key in _key(table)))
    if left_out := LEFT_OUT.get(table.name):
        rows = rows.where(sa.text(f"NOT ({left_out})"))
    change = _CHANGES.get(table.name)
    for found in old.execute(rows, execution_options={"yield_per": ROWS}).mappings():
        row = {name: _written(value) for name, value in found.items()}
        yield change(row) if change else row


def _key(table: sa.Table) -> list[sa.Column[Any]]:
    return list(table.primary_key.columns) or list(table.c)


def _asked(old: Transaction, table: sa.Table, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if unsaid := UNSAID.get((table.name, column.name)):
        return sa.literal_column(f"({unsaid})").label(column.name)
    plain: sa.ColumnElement[Any] = sa.column(column.name)
    if isinstance(column.type, sa.JSON) and old.dialect.name != "sqlite":
        return sa.cast(plain, sa.Text).label(column.name)
    return plain


def _written(value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case datetime():
            return written(value)
        case memoryview():
            return bytes(value)
    return value


def _delivered(row: dict[str, Any]) -> dict[str, Any]:
    """A message without its words once it is settled; what buttons mean stays, as when the outbox is scrubbed."""
    if row["state"] not in (outbox.SENT, outbox.DEAD) or row["scrubbed"]:
        return row
    keyboard = row["keyboard"] and json.dumps(outbox.bare(json.loads(row["keyboard"])))
    emptied = {name: None for name in ("attachment", "late") if name in row}
    return row | emptied | {"text": "", "keyboard": keyboard, "scrubbed": 1}


_CHANGES: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"outbox": _delivered}


def _copy_in(old: Transaction, new: Transaction) -> None:
    tables = [table for table in metadata.sorted_tables if table.name not in _OWN]
    if any(new.execute(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(table)))).scalar() for table in tables):
        raise NotEmpty
    for table in tables:
        rows = old.execute(sa.select(table).order_by(*_key(table)), execution_options={"yield_per": ROWS})
        _insert(new, table, (dict(row) for row in rows.mappings()), table)
    _keep_numbers(new, tables, _numbers(old, tables))


def _insert(db: Transaction, table: sa.Table, rows: Iterable[dict[str, Any]], into: sa.TableClause) -> None:
    """Insert in batches; a row that refers to another one of its own table comes after that."""
    insert = sa.insert(into)
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    there: set[Any] = {None}
    waiting: list[dict[str, Any]] = []
    for batch in _batches(rows):
        waiting = _insert_ready(db, insert, [*waiting, *batch], own, there)
    while waiting:
        left = _insert_ready(db, insert, waiting, own, there)
        if len(left) == len(waiting):
            # They refer to each other in a circle, or to nothing: the database says what it thinks of that.
            db.execute(insert, waiting)
            return
        waiting = left


def _insert_ready(
    db: Transaction, insert: sa.Insert, rows: list[dict[str, Any]], own: list[str], there: set[Any]
) -> list[dict[str, Any]]:
    ready, waiting = [], []
    for row in rows:
        if all(row[name] in there for name in own):
            ready.append(row)
            there.update([row["id"]] if own else [])
        else:
            waiting.append(row)
    if ready:
        db.execute(insert, ready)
    return waiting


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS)):
        yield batch


def _numbers(db: Transaction, tables: Iterable[sa.Table]) -> dict[str, int]:
    """The highest number ever given in each table that counts its rows."""
    if db.dialect.name == "sqlite":
        return {row.name: row.seq for row in db.exec_driver_sql(f"SELECT name, seq FROM {NUMBERED}")}  # noqa: S608
    found = {
        table.name: db.execute(sa.select(sa.func.pg_sequence_last_value(_sequence(table)))).scalar()
        for table in tables
        if "id" in table.c
    }
    return {name: number for name, number in found.items() if number is not None}


def _keep_numbers(db: Transaction, tables: Iterable[sa.Table], numbers: Mapping[str, int]) -> None:
    """Go on counting where the other database was."""
    if db.dialect.name == "sqlite":
        counted = set(db.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").scalars())
        for name in sorted(counted & numbers.keys()):
            db.exec_driver_sql(f"DELETE FROM {NUMBERED} WHERE name = ?", (name,))  # noqa: S608
            db.exec_driver_sql(f"INSERT INTO {NUMBERED} (name, seq) VALUES (?, ?)", (name, numbers[name]))  # noqa: S608
        return
    for table in tables:
        if "id" in table.c:
            there: int = db.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()
            if highest := max(there, numbers.get(table.name, 0)):
                db.execute(sa.select(sa.func.setval(_sequence(table), highest)))


def _sequence(table: sa.Table) -> sa.ColumnElement[Any]:
    return sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
