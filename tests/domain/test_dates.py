"""Dates as people write them: understood exactly, or refused with a sentence that says what to write instead."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.texts import Texts
from domain.dates import FURTHEST_YEARS, Moment, Span, read_moment, read_span, read_time
from domain.refusal import Refused
from handlers.context import Voice
from handlers.moments import echo, echo_span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=BERLIN)
"""A Wednesday."""
TEXTS = Texts.load(BERLIN)

UNDERSTOOD = """
Freitag 18 Uhr | 2026-11-27 18:00
freitag 18 uhr | 2026-11-27 18:00
FREITAG, 18 UHR | 2026-11-27 18:00
Freitag, 18:30 | 2026-11-27 18:30
Freitag 18.30 | 2026-11-27 18:30
Freitag 18.30 Uhr | 2026-11-27 18:30
Freitag 18 Uhr 30 | 2026-11-27 18:30
Freitag 18h30 | 2026-11-27 18:30
Fr 18h | 2026-11-27 18:00
Fr. 18 Uhr | 2026-11-27 18:00
Fr, 27.11., 18h | 2026-11-27 18:00
Freitag | 2026-11-27
am Freitag um 18 Uhr | 2026-11-27 18:00
am Freitag um 18 | 2026-11-27 18:00
um 18 Uhr am Freitag | 2026-11-27 18:00
diesen Freitag 9 Uhr | 2026-11-27 09:00
kommenden Freitag 9 Uhr | 2026-11-27 09:00
kommenden Mittwoch 9 Uhr | 2026-12-02 09:00
nächsten Dienstag 9:30 | 2026-12-01 09:30
naechsten Dienstag 9:30 | 2026-12-01 09:30
nächster Mittwoch | 2026-12-02
übernächsten Dienstag | 2026-12-08
Mittwoch 9 Uhr | 2026-12-02 09:00
Sonnabend 10 Uhr | 2026-11-28 10:00
Freitagabend 19 Uhr | 2026-11-27 19:00
Freitag Abend um 7 | 2026-11-27 19:00
Samstagvormittag 10 Uhr | 2026-11-28 10:00
Freitag Nachmittag 3 Uhr | 2026-11-27 15:00
Freitagmittag | 2026-11-27 12:00
Freitag 24 Uhr | 2026-11-28 00:00
Freitag 0 Uhr | 2026-11-27 00:00
heute | 2026-11-25
heute 18 Uhr | 2026-11-25 18:00
heute um 18:15 | 2026-11-25 18:15
heute Abend 20 Uhr | 2026-11-25 20:00
heute Abend 8 Uhr | 2026-11-25 20:00
heute Abend halb acht | 2026-11-25 19:30
morgen | 2026-11-26
morgen 8 Uhr | 2026-11-26 08:00
morgen früh 8 Uhr | 2026-11-26 08:00
morgen um acht | 2026-11-26 08:00
morgen Mittag | 2026-11-26 12:00
morgen, Donnerstag, 9 Uhr | 2026-11-26 09:00
übermorgen 10 Uhr | 2026-11-27 10:00
uebermorgen um 10 | 2026-11-27 10:00
in einem Tag | 2026-11-26
in 3 Tagen um 10 | 2026-11-28 10:00
in zehn Tagen 9 Uhr | 2026-12-05 09:00
in 8 Tagen | 2026-12-03
in vierzehn Tagen | 2026-12-09
in einer Woche | 2026-12-02
in zwei Wochen | 2026-12-09
in 2 Wochen um 14 Uhr | 2026-12-09 14:00
heute in einer Woche 9 Uhr | 2026-12-02 09:00
morgen in zwei Wochen | 2026-12-10
Mittwoch in einer Woche | 2026-12-02
Freitag in zwei Wochen um 10 Uhr | 2026-12-11 10:00
in 2 Monaten | 2027-01-25
in 3 Stunden | 2026-11-25 15:00
in einer Stunde | 2026-11-25 13:00
in 90 Minuten | 2026-11-25 13:30
in einer halben Stunde | 2026-11-25 12:30
diese Woche Freitag 9 Uhr | 2026-11-27 09:00
nächste Woche Mittwoch | 2026-12-02
nächste Woche am Mittwoch um 9 | 2026-12-02 09:00
Mittwoch nächster Woche 9 Uhr | 2026-12-02 09:00
kommende Woche Montag | 2026-11-30
übernächste Woche Montag | 2026-12-07
18 Uhr | 2026-11-25 18:00
um 18:30 | 2026-11-25 18:30
24 Uhr | 2026-11-26 00:00
halb acht | 2026-11-25 19:30
viertel nach 9 | 2026-11-25 21:15
viertel vor acht abends | 2026-11-25 19:45
morgen dreiviertel acht früh | 2026-11-26 07:45
morgen zehn nach acht abends | 2026-11-26 20:10
8 Uhr abends | 2026-11-25 20:00
3 Uhr nachmittags | 2026-11-25 15:00
morgen 12 Uhr mittags | 2026-11-26 12:00
3.12. | 2026-12-03
3.12. 18:30 | 2026-12-03 18:30
3.12. 18.30 | 2026-12-03 18:30
3.12. 18.10 | 2026-12-03 18:10
3.12 18.30 | 2026-12-03 18:30
3.12.18 Uhr | 2026-12-03 18:00
03.12. um 9 | 2026-12-03 09:00
3. 12. 18 Uhr | 2026-12-03 18:00
am 3.12 | 2026-12-03
am 3.12 um 18 Uhr | 2026-12-03 18:00
27.11 | 2026-11-27
um 18.12 | 2026-11-25 18:12
27.11.26 | 2026-11-27
27.11.26, 18 Uhr | 2026-11-27 18:00
27.11.2026 | 2026-11-27
27. 11. 2026 9:00 Uhr | 2026-11-27 09:00
3. Dezember | 2026-12-03
3 Dez 18 Uhr | 2026-12-03 18:00
3. Dez. 2026 | 2026-12-03
am 3. Dezember um 18:30 Uhr | 2026-12-03 18:30
3. Dezember 2026 18.30 Uhr | 2026-12-03 18:30
1. März 2027 | 2027-03-01
1. Maerz 2027 | 2027-03-01
Donnerstag, den 3. Dezember 2026, um 18:30 Uhr | 2026-12-03 18:30
Freitag, 27. November 2026, 18:00 Uhr | 2026-11-27 18:00
am 5. | 2026-12-05
am 30. um 9 Uhr | 2026-11-30 09:00
am 31. | 2026-12-31
25.11. | 2026-11-25
3.1. | 2027-01-03
29.2.2028 | 2028-02-29
2026-11-27 | 2026-11-27
2026-11-27 18:00 | 2026-11-27 18:00
2026-11-27T18:00 | 2026-11-27 18:00
2026-11-27T18:00:00 | 2026-11-27 18:00
bis Freitag 18 Uhr | 2026-11-27 18:00
bis zum 3.12. 12 Uhr | 2026-12-03 12:00
bis spätestens Freitag 12 Uhr | 2026-11-27 12:00
tomorrow | 2026-11-26
tomorrow 6pm | 2026-11-26 18:00
tomorrow at 6:30 p.m. | 2026-11-26 18:30
tomorrow morning 9am | 2026-11-26 09:00
tonight 8pm | 2026-11-25 20:00
this evening at 8 | 2026-11-25 20:00
day after tomorrow 10 am | 2026-11-27 10:00
Friday 18:00 | 2026-11-27 18:00
on Friday at 6 pm | 2026-11-27 18:00
Friday at noon | 2026-11-27 12:00
by Friday 12:00 | 2026-11-27 12:00
next Tuesday 9:30 | 2026-12-01 09:30
Wednesday next week 9:30 | 2026-12-02 09:30
Dec 3 at 6:30 pm | 2026-12-03 18:30
Dec 3, 2026 | 2026-12-03
December 3rd, 2026 | 2026-12-03
3 December 18:00 | 2026-12-03 18:00
the 3rd of December at 6 pm | 2026-12-03 18:00
Friday, 27 November 2026, 18:00 | 2026-11-27 18:00
in two weeks | 2026-12-09
in 3 days at 10:00 | 2026-11-28 10:00
in half an hour | 2026-11-25 12:30
half past six | 2026-11-25 18:30
at 6 | 2026-11-25 18:00
tomorrow 12 am | 2026-11-26 00:00
٣.١٢. | 2026-12-03
"""

REFUSED = """
 | unclear
irgendwann | unclear
bald | unclear
jetzt | unclear
so bald wie möglich | unclear
Mitte Dezember | unclear
Ende November | unclear
Dezember | unclear
Dezember 2026 | unclear
1. Advent | unclear
Weihnachten | unclear
Wochenende | unclear
nächste Woche | unclear
gegen 18 Uhr | unclear
freitags 18 Uhr | unclear
jeden Freitag | unclear
Freitag 18 | unclear
18 | unclear
12/3/2026 | unclear
Freitag 18 Uhr Samstag | unclear
Freitag oder Samstag | unclear
18 Uhr 19 Uhr | unclear
heute Abend 3 Uhr | unclear
27.11.126 | unclear
7.–8.12. | unclear
5 | unclear
Freitag 18 Uhr 🎉 | unclear
heute Abend | time-missing
morgen früh | time-missing
Freitagabend | time-missing
Mitternacht | midnight
morgen um Mitternacht | midnight
25 Uhr | no-such-time
18:75 | no-such-time
24:30 | no-such-time
13 pm | no-such-time
halb 14 | no-such-time
31.4. | no-such-day
29.2. | no-such-day
29.2.2027 | no-such-day
30. Februar | no-such-day
am 32. | no-such-day
0.12. | no-such-day
3.13. | no-such-day
2026-13-01 | no-such-day
gestern | past
heute 9 Uhr | past
heute Mittag | past
9 Uhr | past
um acht | past
12 am | past
24.11. | past
24. November | past
25.11. 9 Uhr | past
1.9. | past
3.12.2025 | past
3.12.25 18 Uhr | past
diese Woche Montag | past
yesterday | past
1.1.0001 0 Uhr | past
1.1.0000 | no-such-day
in 0 Stunden | past
Mittwoch | ambiguous
Mittwoch 18 Uhr | ambiguous
nächsten Freitag | ambiguous
next Friday 18:00 | ambiguous
übernächsten Freitag | ambiguous
Dienstag in einer Woche | ambiguous
in acht Tagen | ambiguous
morgen halb acht | ambiguous
Freitag viertel nach 9 | ambiguous
Friday at 6 | ambiguous
Friday 6 o'clock | ambiguous
3.12 | dotted
18.12 | dotted
Freitag 18.12 | dotted
Donnerstag, 27.11. | other-weekday
morgen, Freitag | other-weekday
28.3.2027 2:30 | skipped
28.3.2027 um 2 Uhr | skipped
3.12.2099 | too-far
31.12.9999 24 Uhr | too-far
in 999 Monaten | too-far
"""

SPANS = """
7.–8.12. | 2026-12-07 – 2026-12-08
7.-8.12. | 2026-12-07 – 2026-12-08
7. - 8. Dezember | 2026-12-07 – 2026-12-08
7. bis 8. Dezember 2026 | 2026-12-07 – 2026-12-08
vom 7. bis 8.12. | 2026-12-07 – 2026-12-08
vom 7. bis zum 8.12. | 2026-12-07 – 2026-12-08
7.12.-8.12.2026 | 2026-12-07 – 2026-12-08
7./8.12. | 2026-12-07 – 2026-12-08
7./8. Dezember | 2026-12-07 – 2026-12-08
Sa 5.12. bis So 6.12. | 2026-12-05 – 2026-12-06
30.12.-2.1. | 2026-12-30 – 2027-01-02
30.12.-2.1.2027 | 2026-12-30 – 2027-01-02
Freitag bis Sonntag | 2026-11-27 – 2026-11-29
Fr-So | 2026-11-27 – 2026-11-29
nächste Woche Montag bis Mittwoch | 2026-11-30 – 2026-12-02
heute bis Freitag nächster Woche | 2026-11-25 – 2026-12-04
Freitag 22 Uhr bis Samstag 2 Uhr | 2026-11-27 22:00 – 2026-11-28 02:00
morgen bis übermorgen | 2026-11-26 – 2026-11-27
2026-12-07 - 2026-12-08 | 2026-12-07 – 2026-12-08
Dec 7-8 | 2026-12-07 – 2026-12-08
Dec 7-8, 2026 | 2026-12-07 – 2026-12-08
7-8 December | 2026-12-07 – 2026-12-08
3.12. 9-16 Uhr | 2026-12-03 09:00 – 2026-12-03 16:00
3.12., 9–16 Uhr | 2026-12-03 09:00 – 2026-12-03 16:00
3.12. 9:00-16:30 | 2026-12-03 09:00 – 2026-12-03 16:30
3.12. von 9 Uhr bis 16 Uhr | 2026-12-03 09:00 – 2026-12-03 16:00
Freitag von 9 bis 12 | 2026-11-27 09:00 – 2026-11-27 12:00
Freitag 9-12 | 2026-11-27 09:00 – 2026-11-27 12:00
Freitag 9.30-12.30 Uhr | 2026-11-27 09:30 – 2026-11-27 12:30
9-12 Uhr am Freitag | 2026-11-27 09:00 – 2026-11-27 12:00
Freitag Abend 7 bis 9 | 2026-11-27 19:00 – 2026-11-27 21:00
morgen 10 bis 12 Uhr | 2026-11-26 10:00 – 2026-11-26 12:00
Freitag 20-24 Uhr | 2026-11-27 20:00 – 2026-11-28 00:00
Friday 2-4pm | 2026-11-27 14:00 – 2026-11-27 16:00
Friday 9-4pm | 2026-11-27 09:00 – 2026-11-27 16:00
Friday 9am to 4pm | 2026-11-27 09:00 – 2026-11-27 16:00
Freitag 18 Uhr bis Sonntag 14 Uhr | 2026-11-27 18:00 – 2026-11-29 14:00
3.12. 9 Uhr bis 4.12. 16 Uhr | 2026-12-03 09:00 – 2026-12-04 16:00
von morgen 9 Uhr bis übermorgen 16 Uhr | 2026-11-26 09:00 – 2026-11-27 16:00
Freitag 18 Uhr bis Sonntag | 2026-11-27 18:00 – 2026-11-29
7.–8.12. 9–16 Uhr | 2026-12-07 09:00 – 2026-12-08 16:00
Freitag 18 Uhr | 2026-11-27 18:00
7.12. | 2026-12-07
"""

NO_SPANS = """
7.–8.11. | past
8.-7.12. | order
7.-7.12. | order
3.12. 16-9 Uhr | order
Freitag 18 Uhr bis 18 Uhr | order
7-8 | unclear
7-8.12 | unclear
Freitag bis 12 Uhr | unclear
7.-8.12. 9 Uhr | unclear
7./9.12. | unclear
Freitag - | unclear
7.-8.-9.12. | unclear
Donnerstag bis Freitag nächster Woche | unclear
Mittwoch 14-16 Uhr | ambiguous
30.-31.2. | no-such-day
"""


def lines(table: str) -> list[tuple[str, str]]:
    found = [line.rpartition(" | ") for line in table.strip("\n").splitlines()]
    return [(phrase.strip(), expected.strip()) for phrase, _, expected in found]


def written(moment: Moment) -> str:
    return f"{moment.at.astimezone(BERLIN):%Y-%m-%d %H:%M}" if moment.at else f"{moment.day}"


def refused(text: str, reader: Callable[[str, datetime, ZoneInfo], object] = read_moment) -> Refused:
    with pytest.raises(Refused) as caught:
        reader(text, NOW, BERLIN)
    for language, form in (("de", "sie"), ("de", "du"), ("en", "sie")):
        assert TEXTS.plain(language, form, caught.value.key, **caught.value.values)
    return caught.value


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(dict(lines(UNDERSTOOD))) >= 100
    assert len(dict(lines(REFUSED))) >= 30


@pytest.mark.parametrize(("phrase", "expected"), lines(UNDERSTOOD))
def test_a_phrase_is_understood(phrase: str, expected: str) -> None:
    assert written(read_moment(phrase, NOW, BERLIN)) == expected
    assert read_span(phrase, NOW, BERLIN) == Span(read_moment(phrase, NOW, BERLIN))


@pytest.mark.parametrize(("phrase", "key"), lines(REFUSED))
def test_a_phrase_is_refused_with_its_sentence(phrase: str, key: str) -> None:
    assert refused(phrase).key == f"dates-{key}"


@pytest.mark.parametrize(("phrase", "expected"), lines(SPANS))
def test_a_span_is_understood(phrase: str, expected: str) -> None:
    span = read_span(phrase, NOW, BERLIN)
    assert " – ".join(written(moment) for moment in (span.start, span.end) if moment) == expected


@pytest.mark.parametrize(("phrase", "key"), lines(NO_SPANS))
def test_a_span_is_refused_with_its_sentence(phrase: str, key: str) -> None:
    assert refused(phrase, read_span).key == f"dates-{key}"


def test_an_ambiguous_phrase_names_both_days() -> None:
    values = refused("nächsten Freitag").values
    assert (values["one"], values["other"]) == (date(2026, 11, 27), date(2026, 12, 4))


def test_on_the_fifth_the_fifth_is_today_until_its_time_has_passed() -> None:
    on_the_fifth = datetime(2026, 12, 5, 12, tzinfo=BERLIN)
    assert read_moment("am 5.", on_the_fifth, BERLIN) == Moment(date(2026, 12, 5))
    with pytest.raises(Refused, match="dates-past"):
        read_moment("am 5. um 9 Uhr", on_the_fifth, BERLIN)


def test_the_29th_of_february_is_the_next_one() -> None:
    assert read_moment("29.2.", datetime(2027, 11, 25, tzinfo=BERLIN), BERLIN).day == date(2028, 2, 29)


def test_a_deadline_needs_a_time() -> None:
    with pytest.raises(Refused, match="dates-time-missing"):
        read_time("Freitag", NOW, BERLIN)
    assert written(read_time("Freitag", NOW, BERLIN, usual=time(18))) == "2026-11-27 18:00"
    assert written(read_time("Freitag 9 Uhr", NOW, BERLIN, usual=time(18))) == "2026-11-27 09:00"


def test_a_time_that_comes_twice_is_the_first_and_said_so() -> None:
    moment = read_moment("31.10.2027 2:30", NOW, BERLIN)
    assert moment == Moment(date(2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC), doubled=True)
    said = "Sonntag, 31. Oktober 2027, 02:30 Uhr (das erste Mal an diesem Tag, denn die Uhr wird zurückgestellt)"
    assert echo(Voice(TEXTS, "de"), moment) == said


@pytest.mark.parametrize(
    ("phrase", "german", "english"),
    [
        ("Freitag 18 Uhr", "Freitag, 27. November 2026, 18:00 Uhr", "Friday, 27 November 2026, 18:00"),
        ("Freitag", "Freitag, 27. November 2026", "Friday, 27 November 2026"),
        (
            "Fr-Sa",
            "Freitag, 27. November 2026 bis Samstag, 28. November 2026",
            "Friday, 27 November 2026 to Saturday, 28 November 2026",
        ),
    ],
)
def test_what_was_understood_is_said_in_full(phrase: str, german: str, english: str) -> None:
    span = read_span(phrase, NOW, BERLIN)
    assert echo_span(Voice(TEXTS, "de"), span) == german
    assert echo_span(Voice(TEXTS, "en"), span) == english


PLACES = {
    zone: Texts.load(zone)
    for zone in map(ZoneInfo, ("Europe/Berlin", "UTC", "America/New_York", "Australia/Lord_Howe"))
}
ZONES = st.sampled_from(list(PLACES))
NOWS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(0, minutes * 60)
)
AHEAD = st.timedeltas(timedelta(minutes=2), timedelta(days=3000))


@given(now=NOWS, ahead=AHEAD, zone=ZONES, language=st.sampled_from(["de", "en"]))
def test_what_we_write_in_full_is_read_as_the_same_moment(
    now: datetime, ahead: timedelta, zone: ZoneInfo, language: str
) -> None:
    at = (now + ahead).replace(second=0, microsecond=0)
    moment = read_moment(PLACES[zone].plain(language, "sie", "dates-shown", at=at), now, zone)
    assert moment.at is not None
    assert moment.at == at or (moment.doubled and abs(moment.at - at) <= timedelta(hours=1))


@given(now=NOWS, day=st.integers(0, 3000), language=st.sampled_from(["de", "en"]), zone=ZONES)
def test_a_day_we_write_in_full_is_read_as_the_same_day(now: datetime, day: int, language: str, zone: ZoneInfo) -> None:
    meant = now.astimezone(zone).date() + timedelta(days=day)
    text = TEXTS.plain(language, "sie", "dates-shown", at=meant)
    assert read_moment(text, now, zone) == Moment(meant)


PHRASES = [phrase for table in (UNDERSTOOD, REFUSED, SPANS, NO_SPANS) for phrase, _ in lines(table)]
PIECES = sorted({word for phrase in PHRASES for word in phrase.split()})


def read(text: str, now: datetime, zone: ZoneInfo) -> Span | Refused:
    try:
        return read_span(text, now, zone)
    except Refused as refusal:
        return refusal


@given(
    text=st.sampled_from(PHRASES) | st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=40),
    now=NOWS,
    zone=ZONES,
)
def test_nothing_that_is_read_is_past_or_backwards_and_nothing_else_happens(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    span = read(text, now, zone)
    if isinstance(span, Refused):
        assert TEXTS.plain("de", "sie", span.key, **span.values)
        return
    today = now.astimezone(zone).date()
    assert today <= span.start.day <= today.replace(month=12, day=31, year=today.year + FURTHEST_YEARS)
    assert span.start.at is None or span.start.at > now
    if span.end:
        assert span.end.day >= span.start.day
        assert not (span.end.at and span.start.at) or span.end.at > span.start.at
    for moment in (span.start, span.end):
        assert moment is None or moment.at is None or moment.at.astimezone(zone).date() == moment.day
