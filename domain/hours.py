"""When something may be said that nobody asked for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of the programme, on working days of the Land."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    start: int = 8
    end: int = 18
    weekend: bool = False
    land: str | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a person wants to be left alone, every day; may pass midnight."""

    start: time
    end: time


def permitted(
    wanted: datetime, latest: datetime, now: datetime, hours: WorkingHours, quiet: QuietHours | None = None
) -> datetime | None:
    """The permitted moment nearest to ``wanted`` at which it still helps; None: drop it, and log that."""
    local = wanted.astimezone(hours.zone)
    while not (hours.start <= local.hour < hours.end and (hours.weekend or local.weekday() < 5)):
        local = (local + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return local.astimezone(UTC)
