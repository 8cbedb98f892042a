"""How fast a messenger may be written to, and who goes first. Pure bookkeeping: the clock is handed in."""

from collections import deque
from dataclasses import dataclass
from itertools import takewhile

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


class _Window:
    """At most ``most`` events in any ``span`` seconds; a ``most`` of 0 means no limit, and then nothing is kept."""

    def __init__(self, most: int, span: float) -> None:
        self._most = most
        self._span = span
        self._times: deque[float] = deque(maxlen=most)

    def room(self, at: float, kept_back: int = 0) -> int:
        """How many more fit; below zero when others have taken what is kept back. Only told where there is a limit."""
        return self._open_to(kept_back) - len(self._times) + self._past(at)

    def ready(self, now: float, kept_back: int = 0) -> float:
        """When one more fits, if ``kept_back`` places are left for others."""
        if not self._most or self.room(now, kept_back) > 0:
            return now
        return self._times[len(self._times) - self._open_to(kept_back)] + self._span

    def take(self, now: float) -> None:
        """Count one."""
        self._times.append(now)

    def _open_to(self, kept_back: int) -> int:
        return max(self._most - kept_back, 1)

    def _past(self, at: float) -> int:
        """How many will count no more by then; asked about the future too, so they are not dropped here."""
        return sum(1 for _ in takewhile(lambda time: time <= at - self._span, self._times))


@dataclass(slots=True)
class _Chat:
    """A bucket of ``burst`` messages that refills at ``rate`` per second, and for rooms the minute's window."""

    tokens: float
    filled: float
    minute: _Window
    paused: float = 0.0
    taken: float = 0.0


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
        moments = [now, self.opens(urgency, now), state.paused]
        if self._limits.chat_per_second:
            self._refill(state, now)
            moments.append(now + max(0.0, 1.0 - state.tokens) / self._limits.chat_per_second)
        if not private:
            moments.append(state.minute.ready(now))
        return max(moments)

    def room(self, urgency: Urgency, now: float, most: int) -> int:
        """How many messages, of ``most``, may go at ``now`` as far as the whole channel is concerned."""
        if now < self._paused:
            return 0
        if not self._limits.per_second:
            return most
        return max(0, min(most, self._all.room(now, _kept_back(urgency))))

    def opens(self, urgency: Urgency, now: float) -> float:
        """The earliest moment, ``now`` or later, at which the channel as a whole takes one more."""
        return max(now, self._paused, self._all.ready(now, _kept_back(urgency)))

    def take(self, chat: str, now: float) -> None:
        """Count a message that goes now."""
        state = self._state(chat, now)
        self._all.take(now)
        state.minute.take(now)
        self._refill(state, now)
        state.tokens -= 1.0
        state.taken = now

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
        before = now - MINUTE - MARGIN
        quiet = [
            chat
            for chat, state in self._chats.items()
            if state.paused < now and state.filled < before and state.taken <= before
        ]
        for chat in quiet:
            del self._chats[chat]


def _kept_back(urgency: Urgency) -> int:
    return 0 if urgency is Urgency.REPLY else RESERVED
