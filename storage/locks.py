"""Names that at most one process holds at a time, and that are free again when it dies.

One process per polled token, one per name ``process:…``: by that the others know whether the holder of a lease lives.
"""

import fcntl
import hashlib
import os
from pathlib import Path
from threading import RLock
from time import sleep
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storage.database import Database, Unavailable, dedicated_engine

PROBES = 3
"""How often a lock file is tried: another process may look at it, for microseconds, at the same moment."""


class Locks(Protocol):
    """May be used from any thread. Where the database holds the locks, all raise :class:`Unavailable`."""

    def acquire(self, name: str) -> bool:
        """Take the name, or keep it; False while another process holds it."""
        ...

    def held(self, name: str) -> bool:
        """Whether it is still ours: a lost connection to the database loses it."""
        ...

    def alive(self, name: str) -> bool:
        """Whether any process holds it, this one included."""
        ...

    def release(self, name: str) -> None:
        """Let go of the name; not holding it is fine."""
        ...

    def close(self) -> None:
        """Let go of all names."""
        ...


def locks_for(database: Database, data_dir: Path) -> Locks:
    """The locks that all processes sharing this database share."""
    return FileLocks(data_dir / "locks") if database.sqlite else AdvisoryLocks(database)


class FileLocks:
    """A locked file per name in ``folder``; the kernel lets go of it when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, int] = {}
        self._guard = RLock()
        folder.mkdir(parents=True, exist_ok=True)

    def acquire(self, name: str) -> bool:
        """Take the name, or keep it; False while another process holds it."""
        with self._guard:
            if name in self._files:
                return True
            for probe in range(PROBES):
                file = self._lock(name)
                if file is not None:
                    self._files[name] = file
                    return True
                sleep(0.005 * probe)
            return False

    def held(self, name: str) -> bool:
        """Whether it is ours."""
        return name in self._files

    def alive(self, name: str) -> bool:
        """Whether any process holds it, this one included."""
        with self._guard:
            if name in self._files:
                return True
            file = self._lock(name)
            if file is None:
                return True
            self._unlock(name, file)
            return False

    def release(self, name: str) -> None:
        """Let go of the name; not holding it is fine."""
        with self._guard:
            file = self._files.pop(name, None)
            if file is not None:
                self._unlock(name, file)

    def close(self) -> None:
        """Let go of all names."""
        with self._guard:
            for name in list(self._files):
                self.release(name)

    def _lock(self, name: str) -> int | None:
        while True:
            file = os.open(self._path(name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return None
            if self._is_current(name, file):
                return file
            os.close(file)

    def _is_current(self, name: str, file: int) -> bool:
        # Whoever held it may have removed it between our opening and our locking.
        try:
            return os.path.samestat(self._path(name).stat(), os.fstat(file))
        except FileNotFoundError:
            return False

    def _unlock(self, name: str, file: int) -> None:
        self._path(name).unlink(missing_ok=True)
        os.close(file)

    def _path(self, name: str) -> Path:
        # Names may contain anything, and what they contain need not be read from a directory listing.
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.lock"


_TRY = sa.text("SELECT pg_try_advisory_lock(:key)")
_FREE = sa.text("SELECT pg_advisory_unlock(:key)")
_HOLDERS = """
    SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid = CAST(:high AS oid) AND objid = CAST(:low AS oid)
"""
_ANYBODY = sa.text(_HOLDERS)
_OURSELVES = sa.text(_HOLDERS + " AND pid = pg_backend_pid()")


class AdvisoryLocks:
    """PostgreSQL's advisory locks on one connection kept for them; losing the connection loses the locks."""

    def __init__(self, database: Database) -> None:
        self._engine = dedicated_engine(database.url)
        self._connection: sa.Connection | None = None
        self._names: set[str] = set()
        self._guard = RLock()

    def acquire(self, name: str) -> bool:
        """Take the name, or keep it; False while another process holds it."""
        with self._guard:
            if name in self._names and self.held(name):
                return True
            taken = bool(self._ask(_TRY, key=_key(name)))
            if taken:
                self._names.add(name)
            return taken

    def held(self, name: str) -> bool:
        """Whether it is still ours; False also when the connection is gone."""
        with self._guard:
            if name not in self._names:
                return False
            try:
                return bool(self._ask(_OURSELVES, **_halves(name)))
            except Unavailable:
                return False

    def alive(self, name: str) -> bool:
        """Whether any process holds it, this one included."""
        with self._guard:
            return bool(self._ask(_ANYBODY, **_halves(name)))

    def release(self, name: str) -> None:
        """Let go of the name; not holding it is fine."""
        with self._guard:
            if name in self._names:
                self._names.discard(name)
                self._ask(_FREE, key=_key(name))

    def close(self) -> None:
        """Let go of all names."""
        with self._guard:
            self._forget()
            self._engine.dispose()

    def _ask(self, question: sa.TextClause, **values: int) -> object:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection.execute(question, values).scalar()
        except DBAPIError as error:
            self._forget()
            raise Unavailable(str(error.orig).partition("\n")[0]) from None

    def _forget(self) -> None:
        self._names.clear()
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _key(name: str) -> int:
    """The name as the 64-bit number PostgreSQL wants, the same in every process."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _halves(name: str) -> dict[str, int]:
    """The key as pg_locks shows it."""
    high, low = divmod(_key(name) % 2**64, 2**32)
    return {"high": high, "low": low}
