"""The one row a press changes, durable, by the bare driver; and what is told at the end."""

import json
import sqlite3
import sys
import time


class Row:
    """Counts who supports what. ``left`` presses are still to come."""

    def __init__(self, file: str, presses: int) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE supports (topic TEXT, member INTEGER, PRIMARY KEY (topic, member))")
        self.left = presses
        self._wall = self._cpu = 0.0

    def press(self, topic: str, member: int) -> None:
        """Write the row."""
        if not self._wall:
            self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._connection.execute("INSERT INTO supports VALUES (?, ?) ON CONFLICT DO NOTHING", (topic, member))

    def answered(self) -> bool:
        """Count an answer; whether it was the last."""
        self.left -= 1
        return not self.left

    def tell(self) -> None:
        """Print wall and CPU seconds since the first press."""
        spent = {"wall": time.perf_counter() - self._wall, "cpu": time.process_time() - self._cpu}
        sys.stdout.write(json.dumps(spent) + "\n")
