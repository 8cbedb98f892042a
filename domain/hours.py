"""When something may be said that nobody asked for: reminders and the like."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from domain.date_spans import as_time
from domain.date_words import DAY, HOUR, Clock, To, pieces
from domain.refusal import Refused
from domain.writing import folded

MARGIN = timedelta(minutes=15)
"""What is sent earlier than wanted goes this long before the permitted hours end, so that all of it is out by then."""
NONE = frozenset({"aus", "keine", "nein", "keine ruhezeit", "off", "none", "no"})
"""What people write to have no quiet hours."""
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of the programme: whole hours of every working day, which in a ``land`` has its holidays."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    start: int = 8
    end: int = 18
    weekend: bool = False
    land: str | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a person wants to be left alone, every day, by the clock on the wall; it may be past midnight."""

    start: time
    end: time

    def cover(self, at: time) -> bool:
        """Whether it is quiet at that time; the end is not."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


Window = tuple[datetime, datetime]


def permitted(
    wanted: datetime, latest: datetime, now: datetime, hours: WorkingHours, quiet: QuietHours | None = None
) -> datetime | None:
    """The permitted moment nearest to ``wanted`` that still helps, in UTC; None: drop it, and say so in the log.

    ``latest`` is the last moment at which it helps: whoever asks leaves enough time to act. In this order:

    1. ``wanted`` itself, or ``now`` when that has passed;
    2. the next permitted moment, up to ``latest``;
    3. the last permitted moment from ``now`` on, :data:`MARGIN` before the permitted hours end.

    So a reminder wanted on Sunday for a vote that closes on Monday at 12 goes on Monday at 8; closes it on Monday at 9,
    with two hours to act, it goes on Friday at 17:45; and on Sunday itself it is dropped.
    """
    wanted, latest, now = (moment.astimezone(UTC) for moment in (wanted, latest, now))
    if latest < now:
        return None
    wanted = min(max(wanted, now), latest)
    for start, end in _windows(wanted, latest, hours, quiet):
        if end > wanted and start <= latest:
            return max(start, wanted)
    earlier = [(start, end) for start, end in _windows(now, wanted, hours, quiet) if now < end <= wanted]
    return max(earlier[-1][0], earlier[-1][1] - MARGIN, now) if earlier else None


def read_quiet(text: str) -> QuietHours | None:
    """Quiet hours such as ``20-7`` or ``von 20 bis 7:30 Uhr``, or None for ``aus``. Raises :class:`Refused`."""
    if folded(text) in NONE:
        return None
    try:
        match [piece if isinstance(piece, To) else as_time(piece) for piece in pieces(text)]:
            case [Clock((start,)), To(), Clock((end,))] if start % DAY != end % DAY:
                return QuietHours(_time(start), _time(end))
    except Refused:
        pass
    raise Refused("people-quiet-unclear")


def _time(minute: int) -> time:
    return time(minute % DAY // HOUR, minute % HOUR)


def holiday(day: date, land: str | None) -> bool:
    """Whether it is a public holiday in the Land, or in all of them where none is named."""
    return day in _holidays(land, day.year)


@cache
def _holidays(land: str | None, year: int) -> frozenset[date]:
    # Read only when a date is asked for: it knows every country, and would make up a good part of every start.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("DE", subdiv=land, years=year))


def _windows(first: datetime, last: datetime, hours: WorkingHours, quiet: QuietHours | None) -> Iterator[Window]:
    """The permitted times of the days from ``first`` to ``last``, in order."""
    day = first.astimezone(hours.zone).date()
    while day <= last.astimezone(hours.zone).date():
        if (hours.weekend or day.weekday() < _SATURDAY) and not holiday(day, hours.land):
            yield from _windows_of(day, hours, quiet)
        day += _DAY


def _windows_of(day: date, hours: WorkingHours, quiet: QuietHours | None) -> Iterator[Window]:
    """The permitted times of one working day, neighbouring ones as one."""
    cuts = _cuts(day, hours, quiet)
    start: datetime | None = None
    for cut in cuts[:-1]:
        free = _free(cut.astimezone(hours.zone).time(), hours, quiet)
        if free and start is None:
            start = cut
        elif not free and start is not None:
            yield start, cut
            start = None
    if start is not None:
        yield start, cuts[-1]


def _free(at: time, hours: WorkingHours, quiet: QuietHours | None) -> bool:
    return hours.start <= at.hour < hours.end and not (quiet and quiet.cover(at))


def _cuts(day: date, hours: WorkingHours, quiet: QuietHours | None) -> list[datetime]:
    """The moments of a day at which it can begin or end to be permitted, its beginning and end among them.

    A time that the clock shows twice counts twice, and the change of the clock itself is one of them.
    """
    zone = hours.zone
    first, last = (datetime.combine(at, time(), zone).astimezone(UTC) for at in (day, day + _DAY))
    edges = [time(hours.start % 24), time(hours.end % 24), *((quiet.start, quiet.end) if quiet else ())]
    shown = [datetime.combine(day, edge, zone).replace(fold=fold).astimezone(UTC) for edge in edges for fold in (0, 1)]
    inside = {cut for cut in (*shown, _change(first, last, zone)) if first < cut < last}
    return [first, *sorted(inside), last]


def _change(first: datetime, last: datetime, zone: ZoneInfo) -> datetime:
    """When the clock is changed between the two; ``last`` when it is not."""
    offset = first.astimezone(zone).utcoffset()
    if offset == last.astimezone(zone).utcoffset():
        return last
    before, after = 0, (last - first) // _MINUTE
    while after - before > 1:
        middle = (before + after) // 2
        same = (first + middle * _MINUTE).astimezone(zone).utcoffset() == offset
        before, after = (middle, after) if same else (before, middle)
    return first + after * _MINUTE
