"""Moments and spans as people write them, in German and in English."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.refusal import Refused


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time on it where one was said."""

    day: date
    at: datetime | None = None
    """Aware, in UTC."""
    doubled: bool = False
    """Whether the clock shows this time twice on that day; the first is meant, and the echo says so."""

    @property
    def shown(self) -> date:
        """What a text is given: ``DATE($at, style: "full")`` writes the time only where there is one."""
        return self.at or self.day


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to a later one, or only a beginning."""

    start: Moment
    end: Moment | None = None


def read_moment(text: str, now: datetime, zone: ZoneInfo, *, usual: time | None = None) -> Moment:
    """One moment that is still to come. Raises :class:`Refused`."""
    raise NotImplementedError


def read_time(text: str, now: datetime, zone: ZoneInfo, *, usual: time | None = None) -> Moment:
    """As :func:`read_moment`, and its ``at`` is set. Raises :class:`Refused`."""
    raise NotImplementedError


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """A beginning that is still to come, and the end where one was said. Raises :class:`Refused`."""
    raise NotImplementedError
