"""Moments and spans as people write them, in German and in English.

Nothing is guessed. Words that can mean several moments mean the one of them that is still to come; where several are,
they are refused, and the sentence names two of them. So:

- *Freitag* is the next one; on a Friday it is today or in a week, hence refused unless today's time has passed.
- *kommenden Freitag* is never today. *nächsten Freitag* is that one or the Friday of next week, which are the same from
  Friday to Sunday; on other days it is refused.
- *Mittwoch in einer Woche* counts from the coming Wednesday or means next week's; where these differ, it is refused.
- *halb acht*, *viertel nach 9* and *at 6* are in the morning or in the evening; *8 Uhr*, *um 8* and *8:30* are on a
  clock of 24 hours. A time alone is today's.
- *24.11.* without a year is the next one, but a day of the last three months counts as passed.
- *18.12* without a second dot is a day or a time, and refused unless only one of them is possible or the other is said.
- Parts of a month, feasts, *Wochenende* and the like are not understood.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

from domain.date_spans import both_ends
from domain.date_words import (
    DAY,
    DAYS,
    HOUR,
    NOON,
    NOONTIME,
    Ahead,
    Clock,
    Dated,
    Dotted,
    Later,
    Months,
    Part,
    Piece,
    Week,
    Weekday,
    Weeks,
    pieces,
    unclear,
)
from domain.refusal import Refused

RECENT = timedelta(days=92)
"""A day without its year that is no longer ago than this has passed; an earlier one is meant for the next year."""
FURTHEST_YEARS = 10
_MONTHS = 12
"""In a year."""


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
    """One moment that is still to come; a day without a time begins at ``usual``, or has none.

    Raises :class:`Refused` for what is past, ambiguous or not understood, with a sentence that says what to write.
    """
    found = pieces(text)
    if len(found) == 1 and isinstance(found[0], Later):
        return _later(found[0], now, zone)
    return _reader(text, now, zone).moment(found, partial(_to_come, now, zone), "dates-past", usual)


def read_time(text: str, now: datetime, zone: ZoneInfo, *, usual: time | None = None) -> Moment:
    """As :func:`read_moment`; a missing time is refused too, so that ``at`` is always set."""
    moment = read_moment(text, now, zone, usual=usual)
    if moment.at is None:
        raise Refused("dates-time-missing")
    return moment


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """A beginning that is still to come, and the end where one was said.

    ``3.12. 9-16 Uhr`` is one day, ``7.–8.11.`` and ``Freitag 18 Uhr bis Sonntag 14 Uhr`` are several; with
    ``7.–8.11. 9–16 Uhr`` it begins on the first day at 9 and ends on the last at 16. Raises :class:`Refused`.
    """
    ends = both_ends(pieces(text), text)
    if ends is None:
        return Span(read_moment(text, now, zone))
    reader = _reader(text, now, zone)
    start = reader.moment(ends[0], partial(_to_come, now, zone), "dates-past")
    if start.at is None and any(isinstance(piece, Clock) for piece in ends[1]):
        raise unclear(text)
    said = ends[1] if any(isinstance(piece, DAYS) for piece in ends[1]) else [_as_dated(start.day), *ends[1]]
    from_now = any(isinstance(piece, Ahead | Months | Weeks | Week) for piece in said)
    following = reader if from_now else replace(reader, today=start.day)
    return Span(start, following.moment(said, partial(_after, start), "dates-order"))


def _as_dated(day: date) -> Dated:
    return Dated(day.day, day.month, day.year)


def _later(said: Later, now: datetime, zone: ZoneInfo) -> Moment:
    """``in 3 Stunden``, to the minute."""
    at = (now.astimezone(UTC) + timedelta(minutes=said.minutes)).replace(second=0, microsecond=0)
    if at <= now:
        raise Refused("dates-past", at=at)
    return Moment(at.astimezone(zone).date(), at)


def _to_come(now: datetime, zone: ZoneInfo, moment: Moment) -> bool:
    return moment.at > now if moment.at else moment.day >= now.astimezone(zone).date()


def _after(start: Moment, moment: Moment) -> bool:
    return moment.at > start.at if moment.at and start.at else moment.day > start.day


def _order(moment: Moment) -> tuple[date, datetime]:
    return moment.day, moment.at or datetime.min.replace(tzinfo=UTC)


def _reader(text: str, now: datetime, zone: ZoneInfo) -> "_Reader":
    return _Reader(text, now.astimezone(zone).date(), zone)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one text; ``today`` is the day relative words count from."""

    text: str
    today: date
    zone: ZoneInfo

    def moment(
        self, found: Sequence[Piece], possible: Callable[[Moment], bool], none: str, usual: time | None = None
    ) -> Moment:
        """The one reading that is ``possible``; ``none`` names the sentence for there being no such reading."""
        days, minutes = self.sorted(found)
        if usual and not minutes:
            minutes = (usual.hour * HOUR + usual.minute,)
        readings = [self.at(day, minute) for day, minute in product(self.days(days), minutes or (None,))]
        left = sorted({reading for reading in readings if possible(reading)}, key=_order)
        if not left:
            raise Refused(none, at=max(readings, key=_order).shown)
        if len(left) > 1:
            raise Refused("dates-ambiguous", one=left[0].shown, other=left[1].shown)
        self.near(left[0].day)
        return left[0]

    def sorted(self, found: Sequence[Piece]) -> tuple[list[Piece], tuple[int, ...]]:
        """The pieces that say the day, and the times that are meant; none where none was said."""
        plain = self.undotted(found)
        days: list[Piece] = [piece for piece in plain if isinstance(piece, DAYS)]
        clocks = [piece for piece in plain if isinstance(piece, Clock)]
        parts = [piece for piece in plain if isinstance(piece, Part)]
        understood = len(days) + len(clocks) + len(parts)
        if not plain or understood < len(plain) or len(clocks) > 1 or len(parts) > 1:
            raise unclear(self.text)
        minutes = clocks[0].minutes if clocks else ()
        return days, self.within(parts[0], minutes) if parts else minutes

    def undotted(self, found: Sequence[Piece]) -> list[Piece]:
        """``18.12`` as the day or the time that the other pieces leave it to be."""
        plain = [_certain(piece) for piece in found]
        timed = any(isinstance(piece, Clock) for piece in plain)
        dated = any(isinstance(piece, Dated) for piece in plain)
        return [self.settled(piece, timed, dated) if isinstance(piece, Dotted) else piece for piece in plain]

    def settled(self, piece: Dotted, timed: bool, dated: bool) -> Piece:
        """The day where the time was said, the time where the day was."""
        if timed == dated:
            raise Refused("dates-dotted", day=f"{piece.left}.{piece.right}.", time=f"{piece.left}:{piece.right:02}")
        return piece.as_day() if timed else piece.as_time()

    def within(self, part: Part, minutes: tuple[int, ...]) -> tuple[int, ...]:
        """The times in that part of the day: *8 Uhr abends* is 20:00."""
        if not minutes and part == NOONTIME:
            return (NOON,)
        if not minutes:
            raise Refused("dates-time-missing")
        shown = {minute for said in minutes for minute in (said, said + NOON)}
        fitting = tuple(sorted(minute for minute in shown if part.first <= minute <= part.last))
        if not fitting:
            raise unclear(self.text)
        return fitting

    def days(self, found: Sequence[Piece]) -> list[date]:
        """The days that are meant; today where none was said."""
        match found:
            case []:
                days = [self.today]
            case [Weekday() as weekday]:
                days = self.weekday(weekday)
            case [Dated() as dated]:
                days = [self.dated(dated)]
            case [Ahead(numbers)]:
                days = [self.today + timedelta(number) for number in numbers]
            case [Weeks(number)]:
                days = [self.today + timedelta(weeks=number)]
            case [Months(number)]:
                days = [self.in_months(number)]
            case _:
                days = self.two(found)
        return days

    def two(self, found: Sequence[Piece]) -> list[date]:
        """As :meth:`days`, of two pieces in any order."""
        match sorted(found, key=lambda piece: DAYS.index(type(piece))):
            case [Weekday(number, ""), Week(week)]:
                return [self.in_week(number, week)]
            case [Weekday(number, ""), Weeks(weeks)]:
                coming = self.today + timedelta((number - self.today.weekday()) % 7, weeks=weeks)
                return [coming, self.in_week(number, weeks)]
            case [Weekday(number, ""), (Dated() | Ahead()) as exact]:
                days = self.days([exact])
                if not any(day.weekday() == number for day in days):
                    raise Refused("dates-other-weekday", day=days[0])
                return [day for day in days if day.weekday() == number]
            case [Ahead((number,)), Weeks(weeks)]:
                return [self.today + timedelta(number, weeks=weeks)]
        raise unclear(self.text)

    def weekday(self, said: Weekday) -> list[date]:
        """The days a weekday can mean."""
        coming = self.today + timedelta((said.number - self.today.weekday() - 1) % 7 + 1)
        week = timedelta(weeks=1)
        match said.which:
            case "coming":
                return [coming]
            case "next":
                return [coming, self.in_week(said.number, 1)]
            case "after":
                return [coming + week, self.in_week(said.number, 2)]
        return [self.today, coming] if coming - week == self.today else [coming]

    def in_week(self, number: int, week: int) -> date:
        """The weekday of a week of the calendar."""
        return self.today + timedelta(number - self.today.weekday(), weeks=week)

    def dated(self, said: Dated) -> date:
        """The day of the calendar, the next where its year, or its month, was left out."""
        if said.month is None:
            return self.day_of_month(said.day)
        if said.year is not None:
            return self.near(_calendar(said.year, said.month, said.day, f"{said.day}.{said.month}.{said.year}"))
        earliest = self.today - RECENT
        passed = (said.month, said.day) < (earliest.month, earliest.day)
        return _calendar(earliest.year + passed, said.month, said.day, f"{said.day}.{said.month}.")

    def near(self, day: date) -> date:
        """The day. Raises :class:`Refused` when it is so far off that its year must be a slip."""
        if day.year < self.today.year - FURTHEST_YEARS:
            raise Refused("dates-past", at=day)
        if day.year > self.today.year + FURTHEST_YEARS:
            raise Refused("dates-too-far", at=day)
        return day

    def day_of_month(self, day: int) -> date:
        """``am 31.``: of this month or of the first that has it."""
        number = self.today.month - 1 + (day < self.today.day)
        for following in (number, number + 1):
            years, month = divmod(following, _MONTHS)
            if 1 <= day <= monthrange(self.today.year + years, month + 1)[1]:
                return date(self.today.year + years, month + 1, day)
        raise Refused("dates-no-such-day", day=f"{day}.")

    def in_months(self, number: int) -> date:
        """The same day of a later month."""
        years, month = divmod(self.today.month - 1 + number, _MONTHS)
        day, year = self.today.day, self.today.year + years
        return _calendar(year, month + 1, day, f"{day}.{month + 1}.{year}")

    def at(self, day: date, minute: int | None) -> Moment:
        """The moment; raises :class:`Refused` for a time that the change to summer time leaves out."""
        if minute is None:
            return Moment(day)
        day += timedelta(minute // DAY)
        shown = datetime.combine(day, time(minute % DAY // HOUR, minute % HOUR))
        first, second = (shown.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first.astimezone(self.zone).replace(tzinfo=None) != shown:
            raise Refused("dates-skipped", day=day, after=first)
        return Moment(day, first, doubled=first != second)


def _certain(piece: Piece) -> Piece:
    """``27.11`` can only be a day, ``18.30`` only a time."""
    match piece:
        case Dotted(day=True, time=False):
            return piece.as_day()
        case Dotted(day=False):
            return piece.as_time()
    return piece


def _calendar(year: int, month: int, day: int, said: str) -> date:
    """Raises :class:`Refused` for a day that is in no calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("dates-no-such-day", day=said) from None
