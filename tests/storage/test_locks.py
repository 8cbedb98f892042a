"""Names held by at most one process, and free again when it dies."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import Database, Unavailable
from storage.locks import AdvisoryLocks, FileLocks, Locks, locks_for
from tests.postgres import LocalServer, address

TOKEN = "telegram:123456:geheim/../*"


@pytest.fixture
def two(database: Database, tmp_path: Path) -> Iterator[tuple[Locks, Locks]]:
    """The locks of two processes that share a database."""
    both = locks_for(database, tmp_path), locks_for(database, tmp_path)
    yield both
    for locks in both:
        locks.close()


def test_a_name_is_held_by_one(two: tuple[Locks, Locks]) -> None:
    ours, theirs = two
    assert ours.acquire(TOKEN)
    assert not theirs.acquire(TOKEN)
    assert theirs.acquire("something else")
    assert (ours.held(TOKEN), theirs.held(TOKEN)) == (True, False)


def test_acquiring_again_keeps_it(two: tuple[Locks, Locks]) -> None:
    ours, theirs = two
    assert ours.acquire(TOKEN)
    assert ours.acquire(TOKEN)
    ours.release(TOKEN)
    assert theirs.acquire(TOKEN)


def test_alive_while_anybody_holds_it(two: tuple[Locks, Locks]) -> None:
    ours, theirs = two
    assert not theirs.alive(TOKEN)
    ours.acquire(TOKEN)
    assert ours.alive(TOKEN)
    assert theirs.alive(TOKEN)
    assert ours.held(TOKEN)
    ours.release(TOKEN)
    assert not theirs.alive(TOKEN)
    assert not ours.held(TOKEN)


def test_releasing_what_is_not_held_is_fine(two: tuple[Locks, Locks]) -> None:
    ours, theirs = two
    ours.acquire(TOKEN)
    theirs.release(TOKEN)
    assert not theirs.acquire(TOKEN)


def test_closing_lets_go_of_everything(two: tuple[Locks, Locks]) -> None:
    ours, theirs = two
    ours.acquire(TOKEN)
    ours.acquire("process:1")
    ours.close()
    assert theirs.acquire(TOKEN)
    assert not theirs.alive("process:1")


def test_nobody_gets_a_name_twice_in_a_rush(two: tuple[Locks, Locks]) -> None:
    inside: list[str] = []
    clashes: list[str] = []

    def rush(locks: Locks, name: str) -> None:
        for _ in range(100):
            locks.alive("process:x")
            if locks.acquire(TOKEN):
                inside.append(name)
                clashes.extend(other for other in inside if other != name)
                inside.remove(name)
                locks.release(TOKEN)

    threads = [threading.Thread(target=rush, args=(locks, str(number))) for number, locks in enumerate(two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not clashes


HOLDING = """
import sys
from pathlib import Path
from storage.database import Database
from storage.locks import locks_for
locks = locks_for(Database(sys.argv[1]), Path(sys.argv[2]))
print(locks.acquire(sys.argv[3]), flush=True)
sys.stdin.read()
"""


@contextmanager
def holder(database: Database, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDING, address(database.url), str(folder), TOKEN]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process


def test_a_killed_process_lets_go(database: Database, tmp_path: Path) -> None:
    ours = locks_for(database, tmp_path)
    with holder(database, tmp_path) as process:
        assert not ours.acquire(TOKEN)
        assert ours.alive(TOKEN)
        process.kill()
        process.wait()
        deadline = threading.Event()
        while ours.alive(TOKEN):
            assert not deadline.wait(0.01)
    assert ours.acquire(TOKEN)
    ours.close()


def test_files_neither_pile_up_nor_tell_names(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    locks.acquire(TOKEN)
    assert not any("geheim" in file.name for file in tmp_path.iterdir())
    locks.alive("process:9")
    locks.release(TOKEN)
    assert list(tmp_path.iterdir()) == []


def test_a_lost_connection_loses_the_names(postgres: Database) -> None:
    ours, theirs = AdvisoryLocks(postgres), AdvisoryLocks(postgres)
    assert ours.acquire(TOKEN)
    assert ours.held(TOKEN)
    with postgres.begin() as db:
        db.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )
    assert not ours.held(TOKEN)
    assert theirs.acquire(TOKEN)
    assert not ours.acquire(TOKEN)
    ours.close()
    theirs.close()


def test_names_differ_as_numbers_do(postgres: Database) -> None:
    locks = AdvisoryLocks(postgres)
    names = [f"process:{number}" for number in range(200)]
    assert all(locks.acquire(name) for name in names)
    assert all(locks.held(name) for name in names)
    assert not any(locks.alive(f"token:{number}") for number in range(200))
    locks.close()


def test_without_a_server_nothing_is_known() -> None:
    server = LocalServer()
    locks = AdvisoryLocks(Database(address(server.url)))
    assert locks.acquire(TOKEN)
    server.stop()
    assert not locks.held(TOKEN)
    with pytest.raises(Unavailable):
        locks.acquire(TOKEN)
    with pytest.raises(Unavailable):
        locks.alive(TOKEN)
    server.start()
    assert locks.acquire(TOKEN)
    locks.close()
    server.remove()
