"""Permitted hours: when something may be said that nobody asked for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import MARGIN, QuietHours, WorkingHours, holiday, permitted, read_quiet
from domain.refusal import Refused

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = WorkingHours()
LONG_AGO, FAR = "2026-01-01 00:00", "2027-12-31 00:00"
MINUTE = timedelta(minutes=1)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BERLIN)


def shown(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(BERLIN):%a %Y-%m-%d %H:%M}" if moment else None


@pytest.mark.parametrize(
    ("wanted", "latest", "now", "expected"),
    [
        # Permitted as it is, to the edges of the day.
        ("2026-11-25 12:00", FAR, LONG_AGO, "Wed 2026-11-25 12:00"),
        ("2026-11-25 08:00", FAR, LONG_AGO, "Wed 2026-11-25 08:00"),
        ("2026-11-25 17:59", FAR, LONG_AGO, "Wed 2026-11-25 17:59"),
        # Moved later.
        ("2026-11-25 18:00", FAR, LONG_AGO, "Thu 2026-11-26 08:00"),
        ("2026-11-25 07:59", FAR, LONG_AGO, "Wed 2026-11-25 08:00"),
        ("2026-11-27 18:30", FAR, LONG_AGO, "Mon 2026-11-30 08:00"),
        ("2026-11-29 18:00", "2026-11-30 10:00", "2026-11-27 12:00", "Mon 2026-11-30 08:00"),
        # Later would be too late: earlier.
        ("2026-11-29 18:00", "2026-11-30 07:00", "2026-11-27 12:00", "Fri 2026-11-27 17:45"),
        ("2026-11-29 18:00", "2026-11-30 07:00", "2026-11-27 17:50", "Fri 2026-11-27 17:50"),
        ("2026-11-25 19:00", "2026-11-25 20:00", "2026-11-25 09:00", "Wed 2026-11-25 17:45"),
        # Neither: dropped.
        ("2026-11-29 18:00", "2026-11-30 07:00", "2026-11-27 18:00", None),
        ("2026-11-29 18:00", "2026-11-30 07:00", "2026-11-29 18:00", None),
        # Wanted in the past, as after an outage: now, or the next.
        ("2026-11-25 09:00", FAR, "2026-11-25 11:30", "Wed 2026-11-25 11:30"),
        ("2026-11-25 09:00", FAR, "2026-11-25 22:00", "Thu 2026-11-26 08:00"),
        ("2026-11-25 09:00", "2026-11-25 12:00", "2026-11-25 12:01", None),
        # Wanted when it does not help any more: as late as it does.
        ("2026-11-26 09:00", "2026-11-25 12:00", LONG_AGO, "Wed 2026-11-25 12:00"),
        # Holidays of the whole country: Easter, and Christmas before a weekend.
        ("2026-04-02 18:00", FAR, LONG_AGO, "Tue 2026-04-07 08:00"),
        ("2026-12-24 19:00", FAR, LONG_AGO, "Mon 2026-12-28 08:00"),
        # The changes of the clock are on Sundays: the days around them begin and end by the wall.
        ("2026-03-28 12:00", FAR, LONG_AGO, "Mon 2026-03-30 08:00"),
        ("2026-10-25 12:00", "2026-10-26 07:59", "2026-10-20 00:00", "Fri 2026-10-23 17:45"),
        ("2026-10-25 12:00", "2026-10-26 08:00", LONG_AGO, "Mon 2026-10-26 08:00"),
    ],
)
def test_the_nearest_permitted_moment(wanted: str, latest: str, now: str, expected: str | None) -> None:
    assert shown(permitted(at(wanted), at(latest), at(now), OFFICE)) == expected


@pytest.mark.parametrize(
    ("land", "wanted", "expected"),
    [
        ("BE", "2027-03-08 09:00", "Tue 2027-03-09 08:00"),
        ("BY", "2027-03-08 09:00", "Mon 2027-03-08 09:00"),
        ("BY", "2027-01-06 09:00", "Thu 2027-01-07 08:00"),
        ("NW", "2027-01-06 09:00", "Wed 2027-01-06 09:00"),
        ("SN", "2026-11-18 09:00", "Thu 2026-11-19 08:00"),
        (None, "2026-11-18 09:00", "Wed 2026-11-18 09:00"),
    ],
)
def test_each_land_has_its_holidays(land: str | None, wanted: str, expected: str) -> None:
    assert shown(permitted(at(wanted), at(FAR), at(LONG_AGO), WorkingHours(land=land))) == expected


@pytest.mark.parametrize(
    ("quiet", "wanted", "expected"),
    [
        (QuietHours(time(12), time(13, 30)), "2026-11-25 12:10", "Wed 2026-11-25 13:30"),
        (QuietHours(time(16), time(9)), "2026-11-25 16:00", "Thu 2026-11-26 09:00"),
        (QuietHours(time(16), time(9)), "2026-11-25 15:59", "Wed 2026-11-25 15:59"),
        (QuietHours(time(20), time(7)), "2026-11-25 07:00", "Wed 2026-11-25 08:00"),
        (QuietHours(time(7), time(19)), "2026-11-25 12:00", None),
    ],
)
def test_own_quiet_hours_are_kept_too(quiet: QuietHours, wanted: str, expected: str | None) -> None:
    assert shown(permitted(at(wanted), at("2026-12-24 00:00"), at(wanted), OFFICE, quiet)) == expected


def test_at_weekends_by_setting() -> None:
    assert shown(permitted(at("2026-11-28 09:00"), at(FAR), at(LONG_AGO), WorkingHours(weekend=True))) == (
        "Sat 2026-11-28 09:00"
    )


def test_a_time_left_out_by_the_clock_begins_after_the_change() -> None:
    night = WorkingHours(start=2, end=5, weekend=True)
    found = permitted(at("2026-03-29 00:30"), at("2026-03-29 12:00"), at(LONG_AGO), night)
    assert found == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert shown(found) == "Sun 2026-03-29 03:00"


def test_quiet_hours_that_the_clock_shows_twice_are_kept_twice() -> None:
    night = WorkingHours(start=0, end=6, weekend=True)
    quiet = QuietHours(time(2), time(2, 30))
    first, second = datetime(2026, 10, 25, 0, 10, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    for wanted in (first, second):
        assert permitted(wanted, at(FAR), wanted, night, quiet) == wanted + timedelta(minutes=20)


TIMES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
QUIET = st.none() | st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: QuietHours(*pair))
ZONES = st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
CHANGES = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 7, 1),
]


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    start = draw(st.integers(0, 23))
    return WorkingHours(
        draw(ZONES), start, draw(st.integers(start + 1, 24)), draw(st.booleans()), draw(st.sampled_from([None, "BY"]))
    )


def by_the_wall(moment: datetime, hours: WorkingHours, quiet: QuietHours | None) -> bool:
    """The rule itself, asked of one moment."""
    wall = moment.astimezone(hours.zone)
    if (wall.weekday() >= 5 and not hours.weekend) or holiday(wall.date(), hours.land):
        return False
    if not hours.start <= wall.hour < hours.end:
        return False
    if quiet is None:
        return True
    shown_at = wall.time()
    if quiet.start < quiet.end:
        return not quiet.start <= shown_at < quiet.end
    return quiet.end <= shown_at < quiet.start


@given(
    day=st.sampled_from(CHANGES),
    offset=st.integers(-2 * 24 * 60, 2 * 24 * 60),
    before=st.integers(0, 3 * 24 * 60),
    after=st.integers(0, 3 * 24 * 60),
    hours=working_hours(),
    quiet=QUIET,
)
def test_it_is_what_looking_at_every_minute_finds(
    day: date, offset: int, before: int, after: int, hours: WorkingHours, quiet: QuietHours | None
) -> None:
    wanted = datetime.combine(day, time(), UTC) + offset * MINUTE
    now, latest = wanted - before * MINUTE, wanted + after * MINUTE
    found = permitted(wanted, latest, now, hours, quiet)
    later = (wanted + minute * MINUTE for minute in range(after + 1))
    following = next((moment for moment in later if by_the_wall(moment, hours, quiet)), None)
    if following is not None:
        assert found == following
        return
    earlier = (wanted - minute * MINUTE for minute in range(before + 1))
    last = next((moment for moment in earlier if by_the_wall(moment, hours, quiet)), None)
    if last is None:
        assert found is None
        return
    assert found is not None
    assert now <= found <= last
    assert last + MINUTE - found <= MARGIN
    assert by_the_wall(found, hours, quiet)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("20-7", time(20), time(7)),
        ("20 bis 7 Uhr", time(20), time(7)),
        ("von 20 Uhr bis 7 Uhr", time(20), time(7)),
        ("20:30–7:15", time(20, 30), time(7, 15)),
        ("20.30-7.15 Uhr", time(20, 30), time(7, 15)),
        ("22-24 Uhr", time(22), time(0)),
        ("12 - 13:30", time(12), time(13, 30)),
        ("8pm to 7am", time(20), time(7)),
        ("from 20:00 to 7:00", time(20), time(7)),
    ],
)
def test_quiet_hours_are_read(text: str, start: time, end: time) -> None:
    assert read_quiet(text) == QuietHours(start, end)


@pytest.mark.parametrize("text", ["aus", "Aus.", "keine", "off", "none", "Keine Ruhezeit"])
def test_quiet_hours_can_be_none(text: str) -> None:
    assert read_quiet(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "immer",
        "20",
        "20 Uhr",
        "20-20",
        "0-24",
        "25-7",
        "20-7-8",
        "7.-8.12.",
        "halb acht bis neun",
        "nachts",
        "Freitag",
        "20 7",
    ],
)
def test_other_quiet_hours_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="people-quiet-unclear"):
        read_quiet(text)
