"""How fast a messenger may be written to, and who goes first. Pure bookkeeping: the clock is handed in."""

from collections import deque
from dataclasses import dataclass, field

from bot.channel import Limits
from domain.chat import Urgency

RESERVED = 3
"""Of the messages per second a messenger permits, so many are kept for replies while others queue."""
SECOND = 1.0
MINUTE = 60.0
MARGIN = 0.02
"""Added to each window, in seconds: the messenger measures arrival, we measure departure."""
FORGET_AFTER = 4_096
"""Chats remembered before quiet ones are dropped."""


@dataclass(slots=True)
class _Window:
    """At most ``most`` events in any ``span`` seconds."""

    most: int
    span: float
    times: deque[float] = field(default_factory=deque)

    def ready(self, now: float, kept_back: int = 0) -> float:
        """When one more fits, if ``kept_back`` places are left for others."""
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        over = len(self.times) - max(self.most - kept_back, 1)
        return now if over < 0 else self.times[over] + self.span

    def take(self, now: float) -> None:
        self.times.append(now)


@dataclass(slots=True)
class _Chat:
    """A bucket of ``burst`` messages that refills at ``rate`` per second, and for rooms the minute's window."""

    tokens: float
    filled: float
    minute: _Window
    paused: float = 0.0


class Pacer:
    """Says when a message may go. All times are seconds of one monotonic clock."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = _Window(limits.per_second, SECOND + MARGIN)
        self._chats: dict[str, _Chat] = {}
        self._paused = 0.0

    def ready(self, chat: str, urgency: Urgency, now: float, *, private: bool) -> float:
        """The earliest moment, ``now`` or later, at which a message to this chat keeps every limit."""
        state = self._state(chat, now)
        moments = [now, self._paused, state.paused]
        if self._limits.per_second:
            moments.append(self._all.ready(now, 0 if urgency is Urgency.REPLY else RESERVED))
        if self._limits.chat_per_second:
            self._refill(state, now)
            moments.append(now + max(0.0, 1.0 - state.tokens) / self._limits.chat_per_second)
        if self._limits.group_per_minute and not private:
            moments.append(state.minute.ready(now))
        return max(moments)

    def take(self, chat: str, now: float) -> None:
        """Count a message that goes now."""
        state = self._state(chat, now)
        self._all.take(now)
        state.minute.take(now)
        self._refill(state, now)
        state.tokens -= 1.0

    def pause(self, until: float, chat: str = "") -> None:
        """Send nothing to the chat, or to nobody when none is named, before ``until``."""
        if chat:
            state = self._state(chat, until)
            state.paused = max(state.paused, until)
        else:
            self._paused = max(self._paused, until)

    def _refill(self, state: _Chat, now: float) -> None:
        if now > state.filled:
            gained = (now - state.filled) * self._limits.chat_per_second
            state.tokens = min(float(self._limits.chat_burst), state.tokens + gained)
            state.filled = now

    def _state(self, chat: str, now: float) -> _Chat:
        state = self._chats.get(chat)
        if state is None:
            if len(self._chats) >= FORGET_AFTER:
                self._forget_quiet(now)
            window = _Window(self._limits.group_per_minute, MINUTE + MARGIN)
            state = self._chats[chat] = _Chat(float(self._limits.chat_burst), now, window)
        return state

    def _forget_quiet(self, now: float) -> None:
        quiet = [
            chat
            for chat, state in self._chats.items()
            if state.paused < now
            and state.filled < now - MINUTE
            and not (state.minute.times and state.minute.times[-1] > now - MINUTE)
        ]
        for chat in quiet:
            del self._chats[chat]
