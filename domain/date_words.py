"""The words of dates: what a text such as ``Fr, 27.11., 18h`` is made of, in German and English.

Nothing here knows what day it is; :mod:`domain.dates` makes moments of the pieces.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from domain.refusal import Refused
from domain.writing import one_line, shortened

HOUR, NOON, DAY = 60, 12 * 60, 24 * 60
"""Minutes. Times of day are minutes from midnight; 24 Uhr is the beginning of the next day."""
WORDS_SHOWN = 60
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday from 0 on Monday; ``which`` is "", "coming", "next" or "after" (the one after the next)."""

    number: int
    which: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of the calendar, as far as it was said."""

    day: int
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many days from today; several where the words mean several."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """So many months from today."""

    number: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """``in zwei Wochen``."""

    number: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the calendar from Monday: 0 is this one, 1 the next."""

    number: int


@dataclass(frozen=True, slots=True)
class Later:
    """So many minutes from now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; several where the words mean several, such as ``halb acht``."""

    minutes: tuple[int, ...]
    afternoon: bool = False
    """Whether it was said with ``pm``, which counts for a number before it too."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: from ``first`` to ``last`` minute."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dotted:
    """``18.12``: the 18th of December or twelve past six."""

    left: int
    right: int
    day: bool
    time: bool

    def as_day(self) -> Dated:
        """The day of the calendar."""
        return Dated(self.left, self.right)

    def as_time(self) -> Clock:
        """The time. Raises :class:`Refused` where no clock shows it."""
        return Clock((_time(str(self.left), str(self.right)),))


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number, which means something beside another piece only."""

    number: int


@dataclass(frozen=True, slots=True)
class To:
    """``bis``, or the dash of a span."""


Piece = Weekday | Dated | Ahead | Months | Weeks | Week | Later | Clock | Part | Dotted | Number | To
DAYS = (Weekday, Dated, Ahead, Months, Weeks, Week)
"""The pieces that say the day."""
Make = Callable[[re.Match[str]], Sequence[Piece]]

MORNING, NOONTIME = Part(0, NOON - 1), Part(11 * HOUR, 15 * HOUR - 1)
AFTERNOON, EVENING = Part(NOON, 18 * HOUR - 1), Part(17 * HOUR, DAY)

_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "montag mo monday mon", "dienstag di tuesday tues tue", "mittwoch mi wednesday wed",
            "donnerstag do thursday thurs thur thu", "freitag fr friday fri", "samstag sonnabend sa saturday sat",
            "sonntag so sunday sun",
        )
    )
    for word in words.split()
}  # fmt: skip
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januar jaenner january jan", "februar february feb", "maerz march mrz mar", "april apr", "mai may",
            "juni june jun", "juli july jul", "august aug", "september sept sep", "oktober october okt oct",
            "november nov", "dezember december dez dec",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ein eine einem einen einer eins one a an", "zwei two", "drei three", "vier four", "fuenf five",
            "sechs six", "sieben seven", "acht eight", "neun nine", "zehn ten", "elf eleven", "zwoelf twelve",
            "dreizehn", "vierzehn",
            "fuenfzehn fifteen", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig twenty",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_PARTS = {
    word: part
    for words, part in (
        ("frueh morgens vormittags vormittag morning", MORNING),
        ("mittags mittag noon", NOONTIME),
        ("nachmittags nachmittag afternoon", AFTERNOON),
        ("abends abend evening", EVENING),
    )
    for word in words.split()
}
_DAYS = {"heute": 0, "today": 0, "tonight": 0, "morgen": 1, "tomorrow": 1, "uebermorgen": 2, "gestern": -1}
_DAYS |= {"yesterday": -1, "vorgestern": -2}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_W, _M, _P = _any(_WEEKDAYS), _any(_MONTHS), _any(_PARTS)
_N = rf"(\d{{1,3}}|{_any(_NUMBERS)})"
_END = rf"(?=\b|{_P}|morgen\b)"
_UHR = r"\s*(?:uhr|h)\b\.?"
_HALF = r"\s*(?:a|p)\.?m\b\.?"


def pieces(text: str) -> list[Piece]:
    """What the text is made of, in order. Raises :class:`Refused` when a word of it is not understood."""
    line = _plain(text)
    found: list[Piece] = []
    at = _LEADING.match(line).end()  # type: ignore[union-attr] # matches nothing too
    while at < len(line):
        match, make = _first(line, at, found) or (_FILLER.match(line, at), _fixed())
        if match is None or len(line) > LONGEST:
            raise unclear(text)
        found.extend(make(match))
        at = match.end()
    return found


def unclear(text: str) -> Refused:
    """What is said of a text that is no date."""
    return Refused("dates-unclear", words=shortened(one_line(text), WORDS_SHOWN))


def _plain(text: str) -> str:
    """Small letters, umlauts as two, every dash the same."""
    line = unicodedata.normalize("NFKC", one_line(text)).casefold()
    for letters, other in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("–", "-"), ("—", "-"), ("−", "-"), ("’", "'")):
        line = line.replace(letters, other)
    return line.strip()


def _first(line: str, at: int, found: list[Piece]) -> tuple[re.Match[str], Make] | None:
    """The first rule that fits here."""
    if found and isinstance(found[-1], Weekday | Ahead) and (match := _MORNING.match(line, at)):
        return match, lambda _: [MORNING]
    for pattern, make in _rules():
        if match := pattern.match(line, at):
            return match, make
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _time(hour: str, minute: str | None = None) -> int:
    """Raises :class:`Refused` for a time no clock shows."""
    hours, minutes = _number(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise Refused("dates-no-such-time", time=f"{hours}:{minutes:02}")
    return hours * HOUR + minutes


def _exact(match: re.Match[str]) -> list[Piece]:
    return [Clock((_time(*match.groups()[:2]),))]


def _either(minutes: int) -> Clock:
    """What a clock with twelve hours shows twice a day, unless it says which."""
    return Clock((minutes % NOON, minutes % NOON + NOON)) if minutes <= NOON else Clock((minutes,))


def _twelve(match: re.Match[str]) -> list[Piece]:
    hour, minute, half = match.groups()
    if not 1 <= int(hour) <= 12:
        raise Refused("dates-no-such-time", time=match[0].strip())
    return [Clock((_time(str(int(hour) % 12), minute) + (NOON if half == "p" else 0),), half == "p")]


def _beside(match: re.Match[str], minutes: int) -> list[Piece]:
    """So many minutes after or before an hour of the dial."""
    hour = _number(match["hour"])
    if not 1 <= hour <= 12:
        raise Refused("dates-no-such-time", time=match[0].strip())
    return [_either((hour * HOUR + minutes) % NOON)]


def _before_or_after(match: re.Match[str], minutes: int) -> list[Piece]:
    return _beside(match, -minutes if match["side"] in ("vor", "to") else minutes)


def _dated(match: re.Match[str]) -> list[Piece]:
    day, month, year = (*match.groups(), None, None)[:3]
    return [Dated(int(day or 0), _month(month), _year(year))]


def _month(word: str | None) -> int | None:
    return None if word is None else int(word) if word.isdigit() else _MONTHS[word]


def _year(word: str | None) -> int | None:
    return None if word is None else 2000 + int(word) if len(word) == 2 else int(word)


def _month_first(match: re.Match[str]) -> list[Piece]:
    month, day, last, year = match.groups()
    first = Dated(int(day), _month(month), _year(year))
    return [first, To(), Dated(int(last), _month(month), _year(year))] if last else [first]


def _iso(match: re.Match[str]) -> list[Piece]:
    return [Dated(int(match[3]), int(match[2]), int(match[1]))]


def _neighbours(match: re.Match[str]) -> list[Piece]:
    """``7./8.12.``: two days that follow each other."""
    if int(match[2]) != int(match[1]) + 1:
        raise unclear(match[0] + match[2])
    return [Dated(int(match[1])), To()]


def _ahead(match: re.Match[str]) -> list[Piece]:
    """``in acht Tagen`` often means a week."""
    return [Ahead((7, 8))] if match[1] in ("acht", "eight") else [Ahead((_number(match[1]),))]


def _dotted(match: re.Match[str]) -> list[Piece]:
    left, right = int(match[1]), int(match[2])
    return [Dotted(left, right, day=right <= 12, time=left < 24 and right < 60 and len(match[2]) == 2)]


def _midnight(_: re.Match[str]) -> list[Piece]:
    raise Refused("dates-midnight")


def _weekday(which: str) -> Make:
    return lambda match: [Weekday(_WEEKDAYS[match[1]], which)]


def _counted(kind: Callable[[int], Piece], factor: int = 1) -> Make:
    return lambda match: [kind(_number(match[1]) * factor)]


def _fixed(*found: Piece) -> Make:
    return lambda _: found


_LEADING = re.compile(r"(?:(?:bis|by|until|till|ab)\b(?:\s+(?:spaetestens|zum)\b)?\s*)?")
_FILLER = re.compile(r"[\s,;()]+|(?:am|an|dem|den|der|vom|von|zum|um|on|the|of|at|from|im|in the)\b(?!\.)")
_MORNING = re.compile(r"\s*morgen\b")
_GRAMMAR: Sequence[tuple[str, Make]] = (
    # Days of the calendar; a year of two digits stands close, lest it be an hour.
    (r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?:t(?=\d))?", _iso),
    (
        rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.(?:\s?(\d{{4}})|(\d{{2}}))(?!\d|[:.]\d|{_UHR})",
        lambda match: [Dated(int(match[1]), int(match[2]), _year(match[3] or match[4]))],
    ),
    (rf"(\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?({_M})\b\.?,?(?:\s+(\d{{4}})(?!\d|{_UHR}))?", _dated),
    (
        (
            rf"({_M})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.]\d|{_UHR}|{_HALF})"
            r"(?:\s?(?:-|to)\s?(\d{1,2})(?:st|nd|rd|th)?(?!\d|:))?(?:,?\s+(\d{4})(?!\d))?"
        ),
        _month_first,
    ),
    (r"(\d{1,2})\.?\s?/\s?(?=(\d{1,2})\.)", _neighbours),
    (r"(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d{3})", _dated),
    # Times of day.
    (r"(\d{1,2})\s*(?:uhr|h)\s*(\d{2})\b(?![.:])", _exact),
    (rf"(\d{{1,2}})(?:[:.](\d{{2}}))?{_UHR}", _exact),
    (rf"({_any(_NUMBERS)})\s+uhr\b\.?", _exact),
    (rf"{_N}\s+o'?clock\b", lambda match: [_either(_time(match[1]))]),
    (r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b\.?", _twelve),
    (r"(\d{1,2}):(\d{2})(?::00)?(?![\d:])", _exact),
    (rf"halb\s+(?P<hour>{_N})\b(?:{_UHR})?", lambda match: _beside(match, -30)),
    (rf"dreiviertel\s+(?P<hour>{_N})\b(?:{_UHR})?", lambda match: _beside(match, -15)),
    (rf"half\s+past\s+(?P<hour>{_N})\b", lambda match: _beside(match, 30)),
    (
        rf"(?:viertel|(?:a\s+)?quarter)\s+(?P<side>vor|nach|to|past|after)\s+(?P<hour>{_N})\b(?:{_UHR})?",
        lambda match: _before_or_after(match, 15),
    ),
    (
        (
            r"(?P<minutes>5|10|20|fuenf|zehn|zwanzig|five|ten|twenty)\s+(?:minuten\s+)?"
            rf"(?P<side>vor|nach|to|past)\s+(?P<hour>{_N})\b(?:{_UHR})?"
        ),
        lambda match: _before_or_after(match, _number(match["minutes"])),
    ),
    (r"um\s+(\d{1,2})\.(\d{2})(?![\d.])", _exact),
    (
        rf"um\s+{_N}(?![\d.:\w])(?!{_UHR}|\s*p\.?m\b|\s+(?:minuten\s+)?(?:vor|nach)\b)",
        lambda match: [Clock((_time(match[1]),))],
    ),
    (
        rf"at\s+{_N}(?![\d.:\w])(?!{_HALF}|{_UHR}|\s+o'?clock|\s+(?:past|to)\b)",
        lambda match: [_either(_time(match[1]))],
    ),
    (r"(?:um\s+)?(?:mitternacht|midnight)\b", _midnight),
    # Days that depend on today.
    (rf"(?:diese[nrms]?\s+|this\s+)?({_W}){_END}\.?", _weekday("")),
    (rf"(?:kommende[nrms]?|(?:this\s+)?coming)\s+({_W}){_END}\.?", _weekday("coming")),
    (rf"(?:naechste[nrms]?|next)\s+({_W}){_END}\.?", _weekday("next")),
    (rf"uebernaechste[nrms]?\s+({_W}){_END}\.?", _weekday("after")),
    (r"(?:diese[rn]?\s+woche|this\s+week)\b", _fixed(Week(0))),
    (r"(?:(?:naechste|kommende)[rn]?\s+woche|next\s+week)\b", _fixed(Week(1))),
    (r"(?:uebernaechste[rn]?\s+woche|(?:the\s+)?week\s+after\s+next)\b", _fixed(Week(2))),
    (r"heute\s+morgen\b", _fixed(Ahead((0,)), MORNING)),
    (r"this\s+(morning|afternoon|evening)\b", lambda match: [Ahead((0,)), _PARTS[match[1]]]),
    (r"(?:the\s+)?day\s+after\s+tomorrow\b", _fixed(Ahead((2,)))),
    (r"tonight\b", _fixed(Ahead((0,)), EVENING)),
    (rf"({_any(_DAYS)})\b", lambda match: [Ahead((_DAYS[match[1]],))]),
    (rf"in\s+{_N}\s+(?:tag|tagen|day|days)\b", _ahead),
    (rf"in\s+{_N}\s+(?:wochen?|weeks?)\b", _counted(Weeks)),
    (rf"in\s+{_N}\s+(?:monat|monaten|months?)\b", _counted(Months)),
    (rf"in\s+{_N}\s+(?:stunden?|hours?)\b", _counted(Later, HOUR)),
    (rf"in\s+{_N}\s+(?:minuten?|minutes?)\b", _counted(Later)),
    (r"in\s+(?:einer\s+halben\s+stunde|half\s+an\s+hour)\b", _fixed(Later(30))),
    (r"am\s+morgen\b", _fixed(MORNING)),
    (rf"({_P})\b", lambda match: [_PARTS[match[1]]]),
    # What only its neighbours explain.
    (rf"(?:am|den|dem|der|vom|zum|on)\s+(\d{{1,2}})\.(\d{{1,2}})(?![\d.]|{_UHR})", _dated),
    (r"(\d{1,2})\.(\d{1,2})(?![\d.])", _dotted),
    (r"(\d{1,2})(?:\.(?!\d)|st\b|nd\b|rd\b|th\b)", _dated),
    (r"(\d{1,2})(?!\d)", lambda match: [Number(int(match[1]))]),
    (r"(?:-|(?:bis|to|until|till)\b(?:\s+zum\b)?)", _fixed(To())),
)


@cache
def _rules() -> list[tuple[re.Pattern[str], Make]]:
    """The grammar, compiled when the first date is read: nobody waits for it at the start."""
    return [(re.compile(pattern), make) for pattern, make in _GRAMMAR]
