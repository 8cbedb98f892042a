"""How fast a messenger may be written to, and who goes first. Pure bookkeeping: the clock is handed in.

The messenger counts when a message arrives; we know when it left and when its answer came. The fastest of the last
answers tells how long both ways take at least, so what an answer took beyond that is the most by which its message can
have arrived later than others do. By so much it is counted later, and no limit can be exceeded by uneven ways, while
even ones cost nothing.
"""

from bisect import bisect_left, bisect_right, insort
from collections import deque
from dataclasses import dataclass

from bot.channel import Limits
from domain.chat import Urgency

RESERVED = 3
"""Of the messages per second a messenger permits, so many are kept for replies while others queue."""
AT_ONCE = 3
"""So many of those others may go in one moment; beyond that they go evenly between the replies, which never wait long
then, even where there are many."""
EVENLY = 0.99
"""The part of the permitted rate at which the others go: with all of it, every reply would find the second full."""
SECOND = 1.0
MINUTE = 60.0
MARGIN = 0.002
"""Added to each window and to each second of an average, in seconds: two clocks do not go alike."""
DOUBT = 0.25
"""A message counts as arrived no later than so many seconds after it left, however long its answer takes."""
ANSWERS = 100
"""So many answers are remembered to know the fastest."""
FORGET_AFTER = 4_096
"""Chats remembered before quiet ones are dropped."""


class _Window:
    """At most ``most`` events in any ``span`` seconds; a ``most`` of 0 means no limit, and then nothing is kept."""

    def __init__(self, most: int, span: float) -> None:
        self._most = most
        self._span = span
        self._times: list[float] = []

    def room(self, at: float) -> int:
        """How many more fit by then. Only to be asked where there is a limit."""
        return self._most - len(self._times) + bisect_right(self._times, at - self._span)

    def ready(self, now: float) -> float:
        """When one more fits."""
        if not self._most or self.room(now) > 0:
            return now
        return self._times[0] + self._span

    def take(self, at: float) -> None:
        """Count one."""
        if self._most:
            insort(self._times, at)
            del self._times[: -self._most]

    def move(self, old: float, new: float) -> None:
        """Count one at another time, if it still counts."""
        place = bisect_left(self._times, old)
        if place < len(self._times) and self._times[place] == old:
            del self._times[place]
            insort(self._times, new)


class _Bucket:
    """Holds up to ``most`` messages and fills at ``rate`` per second; a ``rate`` of 0 means no limit."""

    def __init__(self, most: int, rate: float, now: float) -> None:
        self._most = most
        self._rate = rate
        self._left = float(most)
        self._filled = now

    def holds(self, at: float) -> float:
        """How many there will be by then."""
        return min(self._most, self._left + max(0.0, at - self._filled) * self._rate)

    def ready(self, now: float) -> float:
        """When there is one."""
        return now + max(0.0, 1.0 - self.holds(now)) / self._rate if self._rate else now

    def take(self, now: float) -> None:
        """One less."""
        self._left = self.holds(now) - 1.0
        self._filled = max(self._filled, now)

    def delay(self, at: float) -> None:
        """The last one was taken then; it fills from there."""
        self._filled = max(self._filled, at)


@dataclass(slots=True)
class _Chat:
    """One chat's bucket, and for rooms the minute's window."""

    bucket: _Bucket
    minute: _Window
    paused: float = 0.0
    taken: float = 0.0


class Pacer:
    """Says when a message may go. All times are seconds of one monotonic clock."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        others = max(limits.per_second - RESERVED, 1) if limits.per_second else 0
        self._all = _Window(limits.per_second, SECOND + MARGIN)
        self._others = _Window(others, SECOND + MARGIN)
        self._evenly = _Bucket(min(AT_ONCE, others), EVENLY * limits.per_second / (SECOND + MARGIN), 0.0)
        self._answers: deque[float] = deque(maxlen=ANSWERS)
        self._chats: dict[str, _Chat] = {}
        self._paused = 0.0

    def ready(self, chat: str, urgency: Urgency, now: float, *, private: bool) -> float:
        """The earliest moment, ``now`` or later, at which a message to this chat keeps every limit."""
        return max(self.opens(urgency, now), self.chat_opens(chat, now, private=private))

    def chat_opens(self, chat: str, now: float, *, private: bool) -> float:
        """The earliest moment, ``now`` or later, at which the chat takes one more, whatever holds for the others."""
        state = self._state(chat, now)
        minute = now if private else state.minute.ready(now)
        return max(now, state.paused, state.bucket.ready(now), minute)

    def opens(self, urgency: Urgency, now: float) -> float:
        """The earliest moment, ``now`` or later, at which the channel as a whole takes one more."""
        opens = max(now, self._paused, self._all.ready(now))
        return opens if urgency is Urgency.REPLY else max(opens, self._others.ready(now), self._evenly.ready(now))

    def room(self, urgency: Urgency, at: float, most: int) -> int:
        """How many messages, of ``most``, may go until then as far as the whole channel is concerned."""
        if at < self._paused:
            return 0
        if not self._limits.per_second:
            return most
        rooms = [most, self._all.room(at)]
        if urgency is not Urgency.REPLY:
            rooms += [self._others.room(at), int(self._evenly.holds(at))]
        return max(0, min(rooms))

    def take(self, chat: str, urgency: Urgency, now: float) -> None:
        """Count a message that goes now; it is to be told when it is answered, whatever the answer."""
        state = self._state(chat, now)
        state.bucket.take(now)
        state.taken = now
        self._evenly.take(now)
        for window in self._windows(state, urgency):
            window.take(now + DOUBT)

    def answered(self, chat: str, urgency: Urgency, began: float, now: float) -> None:
        """The message that went at ``began`` was answered just now."""
        self._answers.append(now - began)
        arrived = min(began + DOUBT, now - min(self._answers))
        state = self._state(chat, now)
        state.bucket.delay(arrived)
        for window in self._windows(state, urgency):
            window.move(began + DOUBT, arrived)

    def _windows(self, state: _Chat, urgency: Urgency) -> tuple[_Window, ...]:
        shared = (state.minute, self._all)
        return shared if urgency is Urgency.REPLY else (*shared, self._others)

    def pause(self, until: float, chat: str = "") -> None:
        """Send nothing to the chat, or to nobody when none is named, before ``until``."""
        if chat:
            state = self._state(chat, until)
            state.paused = max(state.paused, until)
        else:
            self._paused = max(self._paused, until)

    def _state(self, chat: str, now: float) -> _Chat:
        state = self._chats.get(chat)
        if state is None:
            if len(self._chats) >= FORGET_AFTER:
                self._forget_quiet(now)
            bucket = _Bucket(self._limits.chat_burst, self._limits.chat_per_second / (SECOND + MARGIN), now)
            minute = _Window(self._limits.group_per_minute, MINUTE + MARGIN)
            state = self._chats[chat] = _Chat(bucket, minute, taken=now)
        return state

    def _forget_quiet(self, now: float) -> None:
        before = now - MINUTE - MARGIN - DOUBT
        quiet = [chat for chat, state in self._chats.items() if state.paused < now and state.taken <= before]
        for chat in quiet:
            del self._chats[chat]
