"""What a coordinator says to many, and the rules of when and how often."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.audiences import Audience
from domain.chat import Attachment
from domain.commands import spelled
from domain.writing import folded

TEXT_LIMIT = 3500
"""Characters of a text; with the lines around it, it fits into one message on every messenger."""
ALT_LIMIT = 300
LATE_FOR = timedelta(days=30)
"""How long an announcement is current for people who join later."""


class Category(StrEnum):
    """What an announcement is about; people can leave each."""

    NEWS = "news"
    EVENTS = "events"
    TAKING_PART = "taking-part"


class State(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"
    PENDING = "pending"
    """Waits for a second coordinator."""
    SCHEDULED = "scheduled"
    SENT = "sent"
    """Everybody's message is in the outbox."""
    CANCELLED = "cancelled"
    """Dropped before anybody got it."""
    RETRACTED = "retracted"

    @property
    def open(self) -> bool:
        """Whether nobody got it yet, and somebody still may."""
        return self in (State.DRAFT, State.PENDING, State.SCHEDULED)


class Repeat(StrEnum):
    """How often it is said again."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_CALLED = {
    Repeat.WEEKLY: (
        "wöchentlich, allwöchentlich, jede woche, einmal die woche, einmal pro woche, einmal in der woche, "
        "alle 7 tage, alle sieben tage, weekly, every week, each week, once a week, every 7 days, every seven days"
    ),
    Repeat.FORTNIGHTLY: (
        "zweiwöchentlich, zweiwöchig, vierzehntägig, vierzehntäglich, 14 tägig, 14tägig, 14 täglich, alle zwei wochen, "
        "alle 2 wochen, alle 14 tage, alle vierzehn tage, jede zweite woche, jede 2. woche, fortnightly, "
        "every fortnight, once a fortnight, every two weeks, every 2 weeks, every 14 days, every fourteen days, "
        "every other week, every second week"
    ),
    Repeat.MONTHLY: (
        "monatlich, allmonatlich, jeden monat, einmal im monat, einmal pro monat, monthly, every month, each month, "
        "once a month"
    ),
}
_REPEATS = {spelled(words): repeat for repeat, called in _CALLED.items() for words in called.split(", ")}


def read_repeat(text: str) -> Repeat | None:
    """How often somebody wants it said, in German or English: "wöchentlich", "alle 14 Tage", "every month"."""
    return _REPEATS.get(spelled(folded(text)).replace("-", " "))


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement; ``de`` or ``en`` may be empty, then the other text is for everybody.

    ``at`` is when it shall go, None: at once. ``confirm``: with a button to say that it was read. ``late``: people
    who join later get it too. ``people`` and ``rooms`` are how many it was sent to.
    """

    id: int
    de: str
    en: str
    category: Category
    audience: Audience
    state: State
    author: int | None
    approver: int | None = None
    urgent: bool = False
    confirm: bool = False
    late: bool = False
    at: datetime | None = None
    repeat: Repeat = Repeat.NEVER
    sent: datetime | None = None
    changed: datetime | None = None
    attachment: Attachment | None = None
    people: int = 0
    rooms: int = 0

    def text(self, language: str) -> str:
        """What somebody who reads ``language`` gets."""
        return (self.en or self.de) if language == "en" else (self.de or self.en)

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages there is a text."""
        return tuple(language for language in ("de", "en") if getattr(self, language))


def subject(number: int) -> str:
    """The name of all messages that say it."""
    return f"announcement:{number}"


def number_of(about: str) -> int | None:
    """The announcement that a message with this subject says; None when it is about something else."""
    kind, _, number = about.partition(":")
    return int(number) if kind == "announcement" else None


def report_key(number: int) -> str:
    """The key of the message that reports on its delivery."""
    return f"announcement:{number}:report"


def next_time(at: datetime, repeat: Repeat, zone: ZoneInfo) -> datetime | None:
    """When it is said again after ``at``: at the same time by the clock on the wall, also across its changes."""
    local = at.astimezone(zone)
    match repeat:
        case Repeat.NEVER:
            return None
        case Repeat.WEEKLY:
            following = local + timedelta(weeks=1)
        case Repeat.FORTNIGHTLY:
            following = local + timedelta(weeks=2)
        case _:
            following = _month_later(local)
    return following.astimezone(UTC)


def _month_later(local: datetime) -> datetime:
    """The same day of the next month, or its last one."""
    year, month = (local.year, local.month + 1) if local.month < 12 else (local.year + 1, 1)
    return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))
