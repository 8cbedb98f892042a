"""Which words of a span belong to its beginning and which to its end."""

from collections.abc import Sequence
from dataclasses import replace

from domain.date_words import (
    DAYS,
    HOUR,
    NOON,
    Ahead,
    Clock,
    Dated,
    Dotted,
    Number,
    Piece,
    To,
    Week,
    Weekday,
    Weeks,
    unclear,
)

Ends = tuple[list[Piece], list[Piece]]


def both_ends(found: Sequence[Piece], text: str) -> Ends | None:
    """What is said of the beginning and of the end; None where there is only one moment.

    An end without a day is on the day of the beginning. Raises :class:`Refused` where it is not clear what belongs to
    which.
    """
    parts = _split(_explained(found, text))
    if len(parts) == 1:
        return None
    if len(parts) > 3 or not all(parts):
        raise unclear(text)
    start, end = _crossed(*parts) if len(parts) == 3 else _shared(parts[0], parts[1], text)
    if _has(end, Week, Weeks) and _has(start, Weekday) and not _has(start, Week, Weeks, Dated, Ahead):
        # "Donnerstag bis Freitag nächster Woche" begins this week or next.
        raise unclear(text)
    return _completed(start, end)


def _split(found: Sequence[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in found:
        if isinstance(piece, To):
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _shared(start: list[Piece], end: list[Piece], text: str) -> Ends:
    """Of ``3.12. 9 - 16 Uhr`` and ``9 - 12 Uhr am Freitag`` the day belongs to both."""
    if not _days(end):
        return start, [*end, *(piece for piece in start if not isinstance(piece, (*DAYS, Clock)))]
    if isinstance(end[0], Clock):
        if _days(start):
            raise unclear(text)
        return [*_days(end), *start], [piece for piece in end if not isinstance(piece, DAYS)]
    return start, end


def _crossed(first: list[Piece], middle: list[Piece], last: list[Piece]) -> Ends:
    """``7. - 8.11. 9 - 16 Uhr``: days and times each have a beginning and an end, in either order."""
    days, others = _days(middle), [piece for piece in middle if not isinstance(piece, DAYS)]
    return ([*first, *others], [*days, *last]) if _days(first) else ([*first, *days], [*others, *last])


def _has(found: Sequence[Piece], *kinds: type[Piece]) -> bool:
    return any(isinstance(piece, kinds) for piece in found)


def _days(found: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in found if isinstance(piece, DAYS)]


def _completed(start: list[Piece], end: list[Piece]) -> Ends:
    """The month and the year that are said at the end only, for the beginning too."""
    last = next((piece for piece in end if isinstance(piece, Dated) and piece.month), None)
    if last is None:
        return start, end
    return [_as_far_as(piece, last) if isinstance(piece, Dated) else piece for piece in start], end


def _as_far_as(first: Dated, last: Dated) -> Dated:
    month = first.month or last.month
    if first.year or last.year is None or month is None:
        return replace(first, month=month)
    return replace(first, month=month, year=last.year - (month > (last.month or month)))


def _explained(found: Sequence[Piece], text: str) -> list[Piece]:
    """Numbers beside a dash as the days or times that their neighbours make of them."""
    plain = list(found)
    for index in range(1, len(plain) - 1):
        left, right = plain[index - 1], plain[index + 1]
        if isinstance(plain[index], To) and (_loose(left) or _loose(right)):
            others = [*plain[: index - 1], *plain[index + 2 :]]
            plain[index - 1], plain[index + 1] = _pair(left, right, others, text)
    return plain


def _loose(piece: Piece) -> bool:
    return isinstance(piece, Number | Dotted)


def _pair(left: Piece, right: Piece, others: Sequence[Piece], text: str) -> tuple[Piece, Piece]:
    """Two days or two times. Raises :class:`Refused` where both or neither are possible."""
    times, days = (as_time(left, right), as_time(right)), (_as_day(left), _as_day(right))
    definite = next((piece for piece in (left, right) if not _loose(piece)), None)
    settled = isinstance(definite, Clock) or any(isinstance(piece, Dated) for piece in others)
    timely = settled or (isinstance(left, Number) and isinstance(right, Number) and bool(_days(others)))
    can_be_times = times[0] is not None and times[1] is not None and not isinstance(definite, DAYS)
    can_be_days = days[0] is not None and days[1] is not None and not timely
    if isinstance(left, Number) and isinstance(right, Number) and not timely:
        raise unclear(text)
    if can_be_times == can_be_days:
        raise unclear(text)
    first, last = times if can_be_times else days
    if first is None or last is None:
        raise unclear(text)
    return first, last


def as_time(piece: Piece, end: Piece | None = None) -> Clock | None:
    """The piece as a time, where it can be one; of *2-4 pm* the first is in the afternoon as well."""
    match piece:
        case Clock():
            return piece
        case Dotted(time=True):
            return piece.as_time()
        case Number(hour) if hour <= 24:
            noon = isinstance(end, Clock) and end.afternoon and hour * HOUR + NOON < min(end.minutes[0], 2 * NOON)
            return Clock((hour * HOUR + (NOON if noon else 0),))
    return None


def _as_day(piece: Piece) -> Piece | None:
    match piece:
        case Number(day):
            return Dated(day)
        case Dotted(day=True):
            return piece.as_day()
        case Dated() | Weekday() | Ahead():
            return piece
    return None
