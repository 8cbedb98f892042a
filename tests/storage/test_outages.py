"""A database that is full, read-only, in the way or away: said in our words, and over when it is over."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import inbox, people
from storage.database import Conflict, Database, Unavailable
from storage.schema import migrate
from tests.postgres import LocalServer, address
from tests.storage.samples import NOW, member


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """A server that may be stopped without disturbing other tests."""
    made = LocalServer()
    yield made
    made.remove()


def test_postgresql_goes_away_and_comes_back(server: LocalServer) -> None:
    database = Database(address(server.url))
    migrate(database)
    with database.begin() as db, database.begin() as other:
        member(db)
        member(other)
    server.stop()
    for _ in range(3):
        with pytest.raises(Unavailable), database.begin() as db:
            member(db)
    server.start()
    taken = [attempt(database) for _ in range(4)]
    assert taken[-1]
    assert taken.count(False) <= 1
    with database.read() as db:
        assert len(people.list_members(db)) == 2 + taken.count(True)
    database.close()


def attempt(database: Database) -> bool:
    try:
        with database.begin() as db:
            member(db)
    except Unavailable:
        return False
    return True


def test_postgresql_stops_within_a_transaction(server: LocalServer) -> None:
    database = Database(address(server.url))
    migrate(database)

    def interrupted(go_on: Callable[[sa.Connection], object]) -> None:
        with database.begin() as db:
            member(db)
            inbox.add_arrival(db, "local", "1", NOW)
            server.stop()
            go_on(db)

    for go_on in (member, lambda db: inbox.add_arrival(db, "local", "2", NOW)):
        with pytest.raises(Unavailable):
            interrupted(go_on)
        server.start()
        attempt(database)
        assert attempt(database)
    database.close()


def test_nobody_listens(tmp_path: Path) -> None:
    database = Database(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(Unavailable), database.begin():
        raise AssertionError
    database.close()


def test_postgresql_is_read_only(postgres: Database) -> None:
    standby = Database(address(postgres.url.update_query_dict({"options": "-c default_transaction_read_only=on"})))
    with pytest.raises(Unavailable, match="read-only"), standby.begin() as db:
        member(db)
    standby.close()
    assert attempt(postgres)


def test_all_connections_are_in_use(postgres: Database) -> None:
    postgres.engine.dispose()
    postgres.engine = sa.create_engine(postgres.url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    with postgres.begin(), pytest.raises(Unavailable, match="in use"), postgres.begin():
        raise AssertionError
    assert attempt(postgres)


def test_a_read_only_sqlite_file(sqlite: Database, tmp_path: Path) -> None:
    file = tmp_path / "themenbote.db"
    member_count = attempt(sqlite)
    sqlite.close()
    reading = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(Unavailable, match="readonly"), reading.begin() as db:
        member(db)
    reading.close()
    assert member_count


def test_a_full_disk_under_sqlite(sqlite: Database) -> None:
    with sqlite.begin() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(Unavailable, match="full"), sqlite.begin() as db:
        inbox.add_arrival(db, "local", "x" * 100_000, NOW)
    with sqlite.begin() as db:
        assert db.execute(sa.select(sa.func.count()).select_from(inbox.inbox)).scalar_one() == 0
        db.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4000}")
    assert attempt(sqlite)


def test_a_folder_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "themenbote.db").mkdir()
    database = Database(f"sqlite:///{tmp_path}/themenbote.db")
    with pytest.raises(Unavailable, match="unable to open"), database.begin():
        raise AssertionError
    database.close()


def collide(database: Database, turns: list[Callable[[sa.Connection], object]]) -> list[str]:
    """Run two transactions that wait for each other after their first statement; returns what each came to."""
    meeting = threading.Barrier(2, timeout=10)
    ends = ["", ""]

    def run(number: int) -> None:
        try:
            with database.begin() as db:
                turns[number](db)
                meeting.wait()
                turns[1 - number](db)
            ends[number] = "kept"
        except Conflict:
            ends[number] = "conflict"

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def rename(row: int) -> Callable[[sa.Connection], object]:
    return lambda db: people.change_member(db, row, name="Neu")


def test_a_deadlock_is_a_conflict(postgres: Database) -> None:
    with postgres.begin() as db:
        first, second = member(db).id, member(db).id
    assert collide(postgres, [rename(first), rename(second)]) == ["conflict", "kept"]


def test_a_failed_serialisation_is_a_conflict(postgres: Database) -> None:
    with postgres.begin() as db:
        row = member(db).id

    def overtaken() -> None:
        with postgres.begin() as db:
            db.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            people.find_member(db, row)
            with postgres.begin() as other:
                people.change_member(other, row, name="Zuerst")
            people.change_member(db, row, name="Zuletzt")

    with pytest.raises(Conflict):
        overtaken()
    with postgres.read() as db:
        assert [found.name for found in people.list_members(db)] == ["Zuerst"]
