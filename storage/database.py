"""The database: one engine, transactions at one door, SQLite and PostgreSQL behind the same words."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Transaction = sa.Connection
"""What handlers get in hand: reads and writes that become one, or nothing."""

POSTGRES_CONNECTIONS = 8
BUSY_TIMEOUT_MS = 10_000
LARGEST_ID = 2**31 - 1
"""What an id column holds; a larger number, as people may type one, belongs to nothing."""

REPEATABLE = frozenset({"40001", "40P01"})
"""SQLSTATEs that PostgreSQL gives when a transaction only has to be run again: serialisation, deadlock."""
READ_ONLY = "25006"
PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""SQLite results that say something about the disk or another process, not about our statement."""
NOTICED_WITHIN = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 3}
"""A PostgreSQL machine that vanished without a word is noticed within about 20 seconds."""


class Unavailable(Exception):
    """The database cannot be reached, is full or read-only at the moment.

    Nothing was changed; only when the connection broke during the commit itself, all of it may have been.
    """


class Conflict(Exception):
    """Two transactions were in each other's way; running this one again is safe and enough."""


class Faulty(Exception):
    """The database refused a statement, and would again: a constraint, or a mistake of ours.

    Says which statement, never which values: PostgreSQL puts whole rows into its own message.
    """


def written(at: datetime) -> str:
    """A point in time as text of constant length, which sorts as time does."""
    return at.astimezone(UTC).isoformat(" ", "microseconds")


class Moment(sa.TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database. A naive value is refused.

    SQLite has no such type; there it is text of constant length, which sorts as time does.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """TIMESTAMP WITH TIME ZONE, or text."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a point in time needs its zone"
            raise ValueError(message)
        return written(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Back to an aware value in UTC."""
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)
        return moment


class Database:
    """One database, opened once per process.

    ``url`` is an SQLAlchemy address (``sqlite:///file`` or ``postgresql+psycopg://…``). All work is synchronous and
    belongs in a database thread; ``workers`` says how many such threads make sense. Units of work that wait at the
    same time should share a transaction where only one can write anyway (``alone``); where several can, they would hold
    rows against each other until all of them are done.
    """

    def __init__(self, url: str | sa.URL) -> None:
        self.url = sa.make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.alone = self.sqlite
        self.workers = 1 if self.alone else POSTGRES_CONNECTIONS
        self.engine = _sqlite_engine(self.url) if self.sqlite else _postgres_engine(self.url)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction: committed at the end, rolled back on any exception.

        Raises :class:`Unavailable`, :class:`Conflict` and :class:`Faulty` in place of the driver's errors.
        """
        with _translating(self.engine.dialect), self.engine.connect() as connection:
            if self.sqlite:
                # A deferred transaction that reads and then writes fails at once when another one writes.
                driver(connection).execute("BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def part(self, transaction: Transaction) -> Iterator[None]:
        """A part of a transaction: on any exception it alone is taken back."""
        connection = driver(transaction)
        connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK TO SAVEPOINT part")
            raise
        finally:
            connection.execute("RELEASE SAVEPOINT part")

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A connection of its own for long reads: one consistent view, in nobody's way. It cannot write."""
        with _translating(self.engine.dialect), self.engine.connect() as connection:
            if not self.sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield connection
                return
            driver(connection).execute("PRAGMA query_only=ON")
            try:
                driver(connection).execute("BEGIN")
                yield connection
            finally:
                connection.rollback()
                driver(connection).execute("PRAGMA query_only=OFF")

    @contextmanager
    def rebuild(self) -> Iterator[Transaction]:
        """A transaction for migrations: alone on the database, and tables may be replaced without losing references.

        Foreign keys are checked once, at the end. Raises what :meth:`begin` raises.
        """
        if not self.sqlite:
            with self.begin() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
                yield connection
            return
        with _translating(self.engine.dialect), self.engine.connect() as connection:
            driver(connection).execute("PRAGMA foreign_keys=OFF")
            try:
                driver(connection).execute("BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
                    _check_references(connection)
            finally:
                driver(connection).execute("PRAGMA foreign_keys=ON")

    def close_whole(self) -> None:
        """Let go of all connections and leave one SQLite file, with nothing beside it."""
        with _translating(self.engine.dialect), self.engine.connect() as connection:
            driver(connection).execute("PRAGMA journal_mode=DELETE")
        self.close()

    def compact(self, tables: Sequence[str]) -> bool:
        """Leave nothing of what was deleted from these tables, in free space or in the journal; False when in use.

        For SQLite that is the journal: deleted rows are overwritten in the file itself (``secure_delete``). The log of
        PostgreSQL belongs to the server: it is begun anew where our role may do that, and what becomes of the old part
        is up to the server's settings.
        """
        with _translating(self.engine.dialect), self.engine.connect() as connection:
            if self.sqlite:
                busy, *_ = driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
            try:
                for table in tables:
                    connection.exec_driver_sql(f"VACUUM FULL {table}")
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
            if connection.exec_driver_sql(_MAY_RENEW_LOG).scalar():
                connection.exec_driver_sql("SELECT pg_switch_wal()")
                connection.exec_driver_sql("CHECKPOINT")
            return True

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


MIGRATION_LOCK = int.from_bytes(b"themen")
_MAY_RENEW_LOG = (
    "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') AND EXISTS"
    " (SELECT FROM pg_roles WHERE rolname = 'pg_checkpoint' AND pg_has_role(oid, 'USAGE'))"
)


def both(build: Callable[[Any], Any]) -> Mapping[str, sa.Insert]:
    """An INSERT with ``on_conflict_…`` for each database, by dialect name; ``build`` gets the dialect's ``insert``.

    Made once, since building a statement costs as much as executing it, and when first asked for, since reading the
    dialect of the other database would slow down every start.
    """
    return _Both(build)


class _Both(dict[str, sa.Insert]):
    def __init__(self, build: Callable[[Any], Any]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, dialect: str) -> sa.Insert:
        statement: sa.Insert = self._build(import_module(f"sqlalchemy.dialects.{dialect}").insert)
        self[dialect] = statement
        return statement


def unless_there(table: sa.Table, *key: str) -> Mapping[str, sa.Insert]:
    """An INSERT that leaves alone what is there, by ``key`` or any unique key; ``rowcount`` says whether it was new."""

    def build(insert: Any) -> Any:
        added = insert(table).on_conflict_do_nothing(index_elements=key or None)
        # Otherwise PostgreSQL is asked to return the new key, and nobody can tell afterwards how many rows there were.
        return added.inline().execution_options(preserve_rowcount=True)

    return both(build)


def dedicated_engine(url: sa.URL) -> sa.Engine:
    """PostgreSQL connections outside the pool, every statement for itself: for session locks."""
    return sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=NOTICED_WITHIN)


@contextmanager
def _translating(dialect: sa.Dialect) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        # The driver's own error may quote what people wrote, so it is not handed on as the cause.
        raise _translated(error) from None
    except dialect.loaded_dbapi.Error as error:
        raise _translated(wrapped(error, dialect)) from None
    except PoolExhausted:
        message = "all connections are in use"
        raise Unavailable(message) from None


def wrapped(error: Exception, dialect: sa.Dialect, statement: str = "") -> DBAPIError:
    """The error of a driver that was spoken to directly, as SQLAlchemy would have raised it."""
    drivers = dialect.loaded_dbapi.Error
    return cast(DBAPIError, DBAPIError.instance(statement, None, error, drivers, hide_parameters=True, dialect=dialect))


def _translated(error: DBAPIError) -> Exception:
    original = error.orig
    state = getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorname", "")
    said = str(original).partition("\n")[0]
    if state in REPEATABLE:
        return Conflict(said)
    if isinstance(original, sqlite3.Error):
        # The low byte is the kind of error, the rest its details.
        passing = getattr(original, "sqlite_errorcode", 0) & 0xFF in PASSING
    else:
        passing = state == READ_ONLY or isinstance(error, OperationalError | InterfaceError)
    if passing or error.connection_invalidated:
        return Unavailable(said)
    return Faulty(f"{type(original).__name__} {state}: {_constraint(original) or said} in {error.statement}")


def _constraint(error: BaseException | None) -> str:
    return getattr(getattr(error, "diag", None), "constraint_name", None) or ""


def _postgres_engine(url: sa.URL) -> sa.Engine:
    return sa.create_engine(
        url,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=4,
        pool_timeout=10,
        hide_parameters=True,
        connect_args=NOTICED_WITHIN,
    )


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if url.database and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url, hide_parameters=True, connect_args={"isolation_level": None, "check_same_thread": False}
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _write_ahead(cursor)
    # Arrivals are acknowledged upstream on the strength of a commit, so a commit must be on the disk.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Set the file's journal mode, which lasts.

    Where another process sets it at the same moment, SQLite does not wait but fails, so that no two wait for each
    other; so we wait, as long as everywhere else.
    """
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.005)
        else:
            return


def _check_references(connection: sa.Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        message = "references to rows that are gone"
        raise Faulty(message)


def driver(connection: sa.Connection) -> Any:
    """The driver's own connection.

    What begins a transaction and what must not be in one goes past SQLAlchemy, which would begin one itself.
    """
    return connection.connection.dbapi_connection


def shown(url: str) -> str:
    """The address as it may be shown and logged: without the password."""
    return sa.make_url(url).render_as_string(hide_password=True)
