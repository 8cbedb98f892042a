"""Migrations: from nothing to the tables as the modules describe them, once, whoever starts at the same time."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import schema
from storage.database import Database, Faulty, metadata
from storage.schema import State, Unfit, migrate, state
from tests.postgres import bare_database, drop_database


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any tables."""
    url = f"sqlite:///{tmp_path}/bare.db" if request.param == "sqlite" else bare_database()
    opened = Database(url)
    yield opened
    opened.close()
    if not opened.sqlite:
        drop_database(url)


def test_from_nothing_to_the_current_schema(bare: Database) -> None:
    assert (state(bare), schema.current(bare)) == (State.EMPTY, None)
    assert migrate(bare)
    assert (state(bare), schema.current(bare)) == (State.CURRENT, schema.head())
    assert not migrate(bare)


def test_migrations_lead_to_the_tables_as_described(database: Database) -> None:
    with database.read() as db:
        found = MigrationContext.configure(db, opts={"version_table": schema.VERSION_TABLE, "compare_type": True})
        assert compare_metadata(found, metadata) == []


def test_migrations_make_constraints_and_indexes_as_described(bare: Database) -> None:
    """Alembic compares neither checks nor conditions, so the databases' own accounts of both ways are compared."""
    metadata.create_all(bare.engine)
    described = account(bare)
    metadata.drop_all(bare.engine)
    migrate(bare)
    assert account(bare) == described
    assert all(any(name.startswith("ck_") for name in described[table]) for table in ("outbox", "topics", "members"))


def account(database: Database) -> dict[str, dict[str, str]]:
    """What the database says of each table's constraints and indexes, by name."""
    with database.read() as db:
        inspector = sa.inspect(db)
        kinds = (
            inspector.get_check_constraints,
            inspector.get_unique_constraints,
            inspector.get_indexes,
            inspector.get_foreign_keys,
        )
        return {
            table.name: {
                str(found["name"]): json.dumps(found, default=str) for kind in kinds for found in kind(table.name)
            }
            for table in metadata.sorted_tables
        }


def test_revisions_are_those_alembic_sees() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    assert [script.revision for script in reversed(list(scripts.walk_revisions()))] == list(schema.revisions())
    assert scripts.get_heads() == [schema.head()]


def test_an_unknown_revision_is_newer(database: Database) -> None:
    version = sa.table(schema.VERSION_TABLE, sa.column("version_num"))
    with database.begin() as db:
        db.execute(sa.update(version).values(version_num="9999"))
    try:
        assert state(database) is State.NEWER
        with pytest.raises(Unfit) as caught:
            migrate(database)
        assert caught.value.state is State.NEWER
    finally:
        with database.begin() as db:
            db.execute(sa.update(version).values(version_num=schema.head()))


def test_an_earlier_revision_is_old(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "revisions", lambda: (schema.current(database), "0999"))
    assert state(database) is State.OLD


def test_somebody_elses_tables_are_left_alone(bare: Database) -> None:
    with bare.begin() as db:
        db.exec_driver_sql("CREATE TABLE customers (id integer)")
    assert state(bare) is State.FOREIGN
    with pytest.raises(Unfit):
        migrate(bare)
    with bare.read() as db:
        assert sa.inspect(db).get_table_names() == ["customers"]


def test_of_several_processes_one_migrates(bare: Database) -> None:
    others = [Database(bare.url.render_as_string(hide_password=False)) for _ in range(3)]
    did: list[bool] = []
    threads = [threading.Thread(target=lambda other=other: did.append(migrate(other))) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert sorted(did) == [False, False, True]
    assert state(bare) is State.CURRENT


def test_a_failed_migration_leaves_nothing(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(db: sa.Connection) -> None:
        db.exec_driver_sql("CREATE TABLE half (id integer)")
        raise KeyError

    monkeypatch.setattr("storage.migrations.steps.upgrade", halfway)
    with pytest.raises(KeyError):
        migrate(bare)
    assert state(bare) is State.EMPTY


def test_rebuilding_a_table_loses_no_references(sqlite: Database) -> None:
    with sqlite.begin() as db:
        db.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        db.exec_driver_sql("CREATE TABLE child (parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)")
        db.exec_driver_sql("INSERT INTO parent VALUES (1)")
        db.exec_driver_sql("INSERT INTO child VALUES (1)")
    with sqlite.rebuild() as db:
        db.exec_driver_sql("CREATE TABLE fresh (id INTEGER PRIMARY KEY, more TEXT)")
        db.exec_driver_sql("INSERT INTO fresh (id) SELECT id FROM parent")
        db.exec_driver_sql("DROP TABLE parent")
        db.exec_driver_sql("ALTER TABLE fresh RENAME TO parent")
    with pytest.raises(Faulty, match="references"), sqlite.rebuild() as db:
        db.exec_driver_sql("DELETE FROM parent")
    with sqlite.begin() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
        db.exec_driver_sql("DELETE FROM parent")
        assert db.exec_driver_sql("SELECT count(*) FROM child").scalar() == 0


def test_a_start_with_a_current_schema_does_without_alembic(sqlite: Database) -> None:
    """Reading Alembic would make up a good part of every start."""
    program = (
        "import sys; from storage.database import Database; from storage.schema import migrate;"
        "print(migrate(Database(sys.argv[1])), 'alembic' in sys.modules)"
    )
    url = sqlite.url.render_as_string()
    said = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]
