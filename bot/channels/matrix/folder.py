"""The store of one account on disk: readable by its owner alone, used by one process at a time."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

from bot.channel import Misconfigured

OWNER_ONLY = 0o600
CRYPTO = "crypto.db"


class Folder:
    """The folder ``path``, made when missing. What is written replaces the old file whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    def open(self) -> None:
        """Takes the folder for this process. Raises Misconfigured when it cannot, or another process has it."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(self.path / "lock", os.O_CREAT | os.O_RDWR, OWNER_ONLY)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise Misconfigured("matrix-store-in-use", store=str(self.path)) from error
        except OSError as error:
            self.close()
            reason = error.strerror or type(error).__name__
            raise Misconfigured("matrix-store-unwritable", store=str(self.path), reason=reason) from error

    def close(self) -> None:
        """Lets go of the folder; safe to call twice."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def read(self, name: str) -> dict[str, Any]:
        """What was written under ``name``; empty when there is nothing, or nothing that can be read."""
        try:
            found = json.loads((self.path / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, value: dict[str, Any]) -> None:
        """Keeps ``value`` under ``name``, on disk when this returns."""
        part = self.path / f"{name}.part"
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ONLY), "w") as file:
            json.dump(value, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path / f"{name}.json")

    def crypto(self) -> Path:
        """The crypto database, made empty and private when it is not there yet."""
        path = self.path / CRYPTO
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
        return path

    def forget_crypto(self) -> None:
        """Removes what belongs to one device: its token and keys. The place in the stream of events stays."""
        for name in (CRYPTO, f"{CRYPTO}-wal", f"{CRYPTO}-shm", f"{CRYPTO}-journal", "account.json"):
            (self.path / name).unlink(missing_ok=True)
