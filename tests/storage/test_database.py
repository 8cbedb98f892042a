"""Transactions, times and what becomes of the driver's errors."""

import sqlite3
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage import inbox, people
from storage.database import Database, Faulty, Moment, Unavailable
from tests.storage.samples import NOW, member


def count(database: Database, table: sa.Table) -> int:
    with database.read() as db:
        return db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_a_transaction_is_kept(database: Database) -> None:
    with database.begin() as db:
        member(db)
    assert count(database, people.members) == 1


def test_any_exception_takes_everything_back(database: Database) -> None:
    def fail() -> None:
        with database.begin() as db:
            member(db)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert count(database, people.members) == 0


def test_a_part_of_a_transaction_is_taken_back_alone(database: Database) -> None:
    with database.begin() as db:
        member(db, "vorher")
        for name in ("mit Fehler", "verbotenes", "danach"):
            with suppress(KeyError, IntegrityError), database.part(db):
                member(db, name)
                if name == "mit Fehler":
                    raise KeyError
                if name == "verbotenes":
                    db.execute(sa.insert(people.members), {"name": "ohne alles"})
    with database.read() as db:
        assert sorted(found.name for found in people.list_members(db)) == ["danach", "vorher"]


def test_a_part_goes_with_the_whole(database: Database) -> None:
    def fail() -> None:
        with database.begin() as db:
            with database.part(db):
                member(db)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert count(database, people.members) == 0


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises((Unavailable, Faulty)), database.read() as db:
        member(db)
    with database.begin() as db:
        member(db)
    assert count(database, people.members) == 1


def test_reading_sees_one_state_and_holds_up_nobody(database: Database) -> None:
    with database.read() as reading:
        before = reading.execute(sa.select(people.members)).all()
        with database.begin() as db:
            member(db)
        assert reading.execute(sa.select(people.members)).all() == before == []
    assert count(database, people.members) == 1


def test_reading_may_fail_without_harm(database: Database) -> None:
    def fail() -> None:
        with database.read() as db:
            db.execute(sa.select(people.members))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.begin() as db:
        member(db)
    assert count(database, people.members) == 1


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 0, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=2))),
        datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_moments_come_back_as_they_went_in(database: Database, moment: datetime) -> None:
    with database.begin() as db:
        inbox.add_arrival(db, "local", "1", moment)
        stored: datetime = db.execute(sa.select(inbox.inbox.c.at)).scalar_one()
    assert stored == moment
    assert stored.tzinfo is UTC


def test_moments_without_a_zone_are_refused(database: Database) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="zone"), database.begin() as db:
        inbox.add_arrival(db, "local", "1", NOW.replace(tzinfo=None))
    assert count(database, inbox.inbox) == 0


def test_no_moment_stays_none(database: Database) -> None:
    with database.begin() as db:
        assert db.execute(sa.select(sa.literal(None, Moment))).scalar() is None


def test_moments_sort_as_time_does(database: Database) -> None:
    moments = [NOW + timedelta(microseconds=step) for step in (0, 1, 999_999, 1_000_000, 86_400_000_000)]
    with database.begin() as db:
        for number, moment in enumerate(reversed(moments)):
            inbox.add_arrival(db, "local", str(number), moment)
        assert db.execute(sa.select(inbox.inbox.c.at).order_by(inbox.inbox.c.at)).scalars().all() == moments


def test_a_broken_constraint_is_told_without_what_people_wrote(database: Database) -> None:
    with database.begin() as db:
        row = {
            "member": member(db).id,
            "kind": "telegram",
            "user": "geheim",
            "channel": "t",
            "chat": "",
            "reachable": False,
        }
        db.execute(sa.insert(people.accounts), row)
    with pytest.raises(Faulty) as caught, database.begin() as db:
        db.execute(sa.insert(people.accounts), row)
    assert "accounts" in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_mistake_in_a_statement_is_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(Faulty, match="nowhere"), database.begin() as db:
        db.execute(sa.text("SELECT * FROM nowhere"))


def test_a_busy_sqlite_database_is_unavailable(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 50)
    other = Database(sqlite.url.render_as_string())
    with sqlite.begin() as db:
        member(db)
        with pytest.raises(Unavailable, match="locked"), other.begin():
            raise AssertionError
    other.close()


def test_several_threads_write_one_after_the_other(database: Database) -> None:
    def write() -> None:
        for _ in range(10):
            with database.begin() as db:
                member(db)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database, people.members) == 40


def test_sqlite_is_set_up_to_keep_what_is_acknowledged(sqlite: Database) -> None:
    with sqlite.begin() as db:
        settings = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_sqlite_is_set_up_while_another_process_does_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself gives up at once here, however long it would wait elsewhere."""
    other = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        other.rollback()

    monkeypatch.setattr("storage.database.sleep", wait)
    opened = Database(f"sqlite:///{tmp_path}/new.db")
    with opened.read() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert len(waited) == 1
    opened.close()
    other.close()


def test_sqlite_makes_the_folder_of_its_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("new") / "deeper" / "still" / "themenbote.db"
    database = Database(f"sqlite:///{file}")
    with database.begin() as db:
        db.exec_driver_sql("CREATE TABLE t (x)")
    database.close()
    assert sqlite3.connect(file).execute("SELECT name FROM sqlite_master").fetchone() == ("t",)


def test_threads_that_make_sense(sqlite: Database, postgres: Database) -> None:
    assert sqlite.workers == 1
    assert postgres.workers > 1
