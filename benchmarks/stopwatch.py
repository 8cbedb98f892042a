"""Wall and CPU time of a piece of work."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Updates per second, and CPU microseconds of this process (user and system) per update."""

    rate: float
    cpu: float


class Stopwatch:
    """Runs from its making."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self, updates: int) -> Measured:
        """What ``updates`` updates have cost since then."""
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return Measured(updates / wall, cpu / updates * 1e6)
