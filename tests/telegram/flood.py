"""Flood control: the published limits, and 429s on demand."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.refusals import too_many

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages and edits a bot may send: over all chats, to one chat (on average, with bursts), to one group."""

    per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """One attempt to send or edit: when (of the flood control's clock), where; ``retry_after`` where it was refused."""

    at: float
    chat: int
    method: str
    retry_after: int = 0


@dataclass(slots=True)
class _Window:
    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.most else 0.0

    def take(self, now: float) -> None:
        """Count one."""
        self.times.append(now)


@dataclass(slots=True)
class _Average:
    """``rate`` a second on average: up to ``most`` at once, when there were none for a while."""

    most: int
    rate: float
    left: float
    since: float

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        self.left = min(self.most, self.left + (now - self.since) * self.rate)
        self.since = now
        return max(0.0, 1.0 - self.left - ROUNDING) / self.rate

    def take(self, _: float) -> None:
        """Count one."""
        self.left -= 1.0


@dataclass(slots=True)
class _Throttle:
    times: int
    retry_after: int
    chat: int | None


class FloodControl:
    """Off until :meth:`enforce`. ``sent`` and ``rejected`` record every attempt."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._limits: Limits | None = None
        self._windows: dict[tuple[int, int, str], _Window | _Average] = {}
        self._throttles: list[_Throttle] = []
        self.sent: list[Sent] = []
        self.rejected: list[Sent] = []

    def enforce(self, limits: Limits | None = None) -> None:
        """Hold every bot to the limits (the published ones) from now on, what was sent before forgotten."""
        self._limits = limits or Limits()
        self._windows.clear()

    def relax(self) -> None:
        """No limits any more."""
        self._limits = None
        self._throttles.clear()

    def throttle(self, times: int = 1, *, retry_after: int = 1, chat: int | None = None) -> None:
        """Refuse the next sends, to one chat or to all."""
        self._throttles.append(_Throttle(times, retry_after, chat))

    def admit(self, bot: int, chat: int, method: str) -> None:
        """Count one send or edit. Raises :class:`ApiError` 429 when it is one too many."""
        now = self._clock()
        windows = self._applying(bot, chat)
        pause = self._demanded(chat) or math.ceil(max((window.wait(now) for window in windows), default=0.0))
        if pause:
            self.rejected.append(Sent(now, chat, method, pause))
            raise too_many(pause)
        for window in windows:
            window.take(now)
        self.sent.append(Sent(now, chat, method))

    def _demanded(self, chat: int) -> int:
        for throttle in self._throttles:
            if throttle.chat in (None, chat):
                throttle.times -= 1
                if not throttle.times:
                    self._throttles.remove(throttle)
                return throttle.retry_after
        return 0

    def _applying(self, bot: int, chat: int) -> list[_Window | _Average]:
        if not self._limits:
            return []
        burst, rate = self._limits.chat_burst, self._limits.chat_per_second
        windows = [
            self._windows.setdefault((bot, 0, "all"), _Window(self._limits.per_second, 1.0)),
            self._windows.setdefault((bot, chat, "chat"), _Average(burst, rate, burst, self._clock())),
        ]
        if chat < 0:
            minute = _Window(self._limits.group_per_minute, 60.0)
            windows.append(self._windows.setdefault((bot, chat, "group"), minute))
        return windows
