"""The pace under random traffic, checked by arithmetic that shares nothing with the pacer but the limits."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel import Limits
from bot.pacing import AT_ONCE, DOUBT, EVENLY, FORGET_AFTER, MARGIN, MINUTE, RESERVED, SECOND, Pacer
from domain.chat import Urgency

TELEGRAM = Limits(text=4096, caption=1024, per_second=30, chat_burst=3, chat_per_second=1, group_per_minute=20)
ROUNDING = 1e-6
PEOPLE = 3_000


@dataclass(frozen=True)
class Waiting:
    """A message that could go from ``since`` on."""

    since: float
    chat: str
    urgency: Urgency
    private: bool = True


@dataclass(frozen=True)
class Went:
    message: Waiting
    at: float


def deliver(limits: Limits, messages: Iterable[Waiting], began: float = 1_000.0, ahead: int = 250) -> list[Went]:
    """What a delivery does that takes no time itself: the most urgent first, each as soon as it may."""
    pacer = Pacer(limits)
    coming = sorted((replace(m, since=began + m.since) for m in messages), key=lambda message: message.since)
    coming.reverse()
    backlog: list[Waiting] = []
    went: list[Went] = []
    now = began
    while coming or backlog:
        while coming and coming[-1].since <= now:
            backlog.append(coming.pop())
        backlog.sort(key=lambda message: message.urgency)
        moments = start_ready(pacer, backlog, ahead, now, went)
        now = max(now, min([*moments, *(message.since for message in coming[-1:])], default=now))
    return went


def start_ready(pacer: Pacer, backlog: list[Waiting], ahead: int, now: float, went: list[Went]) -> list[float]:
    """Let go what may go now, of the first ``ahead``; returns when the others of these may."""
    moments: list[float] = []
    held: list[Waiting] = []
    for message in backlog[:ahead]:
        at = pacer.ready(message.chat, message.urgency, now, private=message.private)
        if at <= now:
            pacer.take(message.chat, message.urgency, now)
            pacer.answered(message.chat, message.urgency, now, now)
            went.append(Went(message, now))
        else:
            held.append(message)
            moments.append(at)
    backlog[:ahead] = held
    return moments


def most_within(times: Sequence[float], span: float) -> int:
    """The largest number of moments in any window of this length."""
    return max((bisect_left(times, time + span - ROUNDING) - number for number, time in enumerate(times)), default=0)


def by_chat(went: Iterable[Went]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for one in went:
        times[one.message.chat].append(one.at)
    return times


traffic = st.lists(
    st.builds(
        lambda since, chat, urgency: Waiting(since, chat, urgency, private=chat.startswith("p")),
        st.floats(0, 90).map(lambda time: round(time, 2)),
        st.sampled_from([f"p{number}" for number in range(40)] + ["g0", "g1"]),
        st.sampled_from(Urgency),
    ),
    max_size=250,
)
limitations = st.builds(
    Limits,
    text=st.just(4096),
    caption=st.just(1024),
    per_second=st.sampled_from((1, 2, 5, 30)),
    chat_burst=st.integers(1, 4),
    chat_per_second=st.sampled_from((0.2, 1.0, 3.0)),
    group_per_minute=st.sampled_from((1, 5, 20)),
)


@settings(deadline=None, max_examples=60)
@given(limitations, traffic)
def test_no_limit_is_ever_exceeded_and_everything_goes(limits: Limits, messages: list[Waiting]) -> None:
    went = deliver(limits, messages)
    assert len(went) == len(messages)
    assert most_within([one.at for one in went], SECOND) <= limits.per_second
    for chat, times in by_chat(went).items():
        for first, begin in enumerate(times):
            for number, end in enumerate(times[first:], 1):
                assert number <= limits.chat_burst + limits.chat_per_second * (end - begin) + ROUNDING, chat
        if chat.startswith("g"):
            assert most_within(times, MINUTE) <= limits.group_per_minute


@settings(deadline=None, max_examples=60)
@given(limitations, traffic)
def test_nobody_waits_without_a_limit_that_says_so(limits: Limits, messages: list[Waiting]) -> None:
    """Whatever waited could not have gone a moment before it went, when all that was sent by then is counted."""
    sent: list[Went] = []
    for one in deliver(limits, messages):
        if one.at > one.message.since + ROUNDING:
            assert any(reasons(limits, sent, one)), one
        sent.append(one)


def reasons(limits: Limits, sent: Sequence[Went], one: Went) -> Iterator[bool]:
    """Which limits forbade it just before it went."""
    everything = [earlier.at for earlier in sent]
    here = [earlier.at for earlier in sent if earlier.message.chat == one.message.chat]
    yield lately(everything, one.at, SECOND) >= limits.per_second
    yield left(limits.chat_burst, limits.chat_per_second / (SECOND + MARGIN), here, one.at) < 1.0
    yield not one.message.private and lately(here, one.at, MINUTE) >= limits.group_per_minute
    if one.message.urgency is not Urgency.REPLY:
        others = max(limits.per_second - RESERVED, 1)
        slower = [earlier.at for earlier in sent if earlier.message.urgency is not Urgency.REPLY]
        yield lately(slower, one.at, SECOND) >= others
        yield left(min(AT_ONCE, others), EVENLY * limits.per_second / (SECOND + MARGIN), everything, one.at) < 1.0


def lately(times: Sequence[float], now: float, span: float) -> int:
    return sum(time > now - span - MARGIN - ROUNDING for time in times)


def left(most: int, rate: float, times: Sequence[float], now: float) -> float:
    """What a bucket holds just before ``now`` after messages at these times."""
    tokens, filled = float(most), 0.0
    for time in times:
        tokens = min(float(most), tokens + (time - filled) * rate) - 1.0
        filled = time
    return min(float(most), tokens + (now - ROUNDING - filled) * rate)


def announcements() -> list[Waiting]:
    return [Waiting(0.0, f"p{number}", Urgency.ANNOUNCEMENT) for number in range(PEOPLE)]


@settings(deadline=None, max_examples=3)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=400))
def test_replies_wait_no_longer_than_three_a_second_would(moments: list[float]) -> None:
    replies = [Waiting(moment, f"r{number}", Urgency.REPLY) for number, moment in enumerate(sorted(moments))]
    went = deliver(TELEGRAM, [*announcements(), *replies], began=0.0, ahead=40)
    starts: list[float] = []
    for one in sorted((one for one in went if one.message.urgency is Urgency.REPLY), key=lambda one: one.message.since):
        earlier = starts[-RESERVED] + SECOND + MARGIN if len(starts) >= RESERVED else 0.0
        starts.append(max(one.message.since, earlier, starts[-1] if starts else 0.0))
        assert one.at <= starts[-1] + ROUNDING


def test_announcements_alone_use_what_is_not_kept_for_replies() -> None:
    went = deliver(TELEGRAM, announcements(), ahead=40)
    took = went[-1].at - went[0].at
    assert len(went) / took >= 0.98 * (TELEGRAM.per_second - RESERVED)


def test_with_many_replies_everything_is_used_and_they_hardly_wait() -> None:
    replies = [Waiting(number / 10, f"r{number}", Urgency.REPLY) for number in range(1_000)]
    went = deliver(TELEGRAM, [*announcements(), *replies], ahead=40)
    assert sum(one.at <= went[0].at + 100 for one in went) >= 0.98 * TELEGRAM.per_second * 100
    assert max(one.at - one.message.since for one in went if one.message.urgency is Urgency.REPLY) < 0.2


@dataclass(frozen=True)
class Way:
    """What a message and its answer take beyond the fastest."""

    there: float
    back: float


ways = st.builds(Way, st.floats(0, DOUBT / 2), st.floats(0, DOUBT / 2))


@settings(deadline=None, max_examples=100)
@given(st.lists(ways, min_size=40, max_size=120), st.floats(0, 0.2), st.floats(0, 0.2), st.integers(1, 30))
def test_however_uneven_the_ways_what_arrives_keeps_the_limits(
    uneven: list[Way], there: float, back: float, chats: int
) -> None:
    even = [Way(0.0, 0.0)] * 31  # so that the fastest is known
    arrivals = travelled([*even, *uneven], there, back, chats)
    assert most_within(sorted(at for at, _ in arrivals), SECOND) <= TELEGRAM.per_second
    for chat in range(chats):
        times = sorted(at for at, where in arrivals if where == chat)
        for first, begin in enumerate(times):
            for number, end in enumerate(times[first:], 1):
                assert number <= TELEGRAM.chat_burst + TELEGRAM.chat_per_second * (end - begin) + ROUNDING


def test_slow_but_even_ways_cost_nothing() -> None:
    arrivals = [at for at, _ in travelled([Way(0.0, 0.0)] * PEOPLE, 0.1, 0.15, PEOPLE)]
    assert len(arrivals) / (arrivals[-1] - arrivals[0]) >= 0.98 * (TELEGRAM.per_second - RESERVED)


def travelled(ways: Sequence[Way], there: float, back: float, chats: int) -> list[tuple[float, int]]:
    """When announcements to so many chats arrive, and where; a chat gets one only when the one before is answered."""
    pacer = Pacer(TELEGRAM)
    now = 1_000.0
    arrivals: list[tuple[float, int]] = []
    answers: list[tuple[float, float, int]] = []
    for number, way in enumerate(ways):
        chat = number % chats
        while True:
            for answered, began, where in sorted(one for one in answers if one[0] <= now):
                pacer.answered(f"p{where}", Urgency.ANNOUNCEMENT, began, answered)
                answers.remove((answered, began, where))
            under_way = [answered for answered, _, where in answers if where == chat]
            at = max([pacer.ready(f"p{chat}", Urgency.ANNOUNCEMENT, now, private=True), *under_way])
            if at <= now:
                break
            now = min([at, *(answered for answered, _, _ in answers)])
        pacer.take(f"p{chat}", Urgency.ANNOUNCEMENT, now)
        arrived = now + there + way.there
        arrivals.append((arrived, chat))
        answers.append((arrived + way.back + back, now, chat))
    return arrivals


def test_a_reminder_leaves_room_for_replies_too() -> None:
    pacer = Pacer(TELEGRAM)
    for number in range(AT_ONCE):
        pacer.take(f"p{number}", Urgency.REMINDER, 50.0)
    assert pacer.ready("new", Urgency.REMINDER, 50.0, private=True) > 50.0
    assert pacer.ready("new", Urgency.REPLY, 50.0, private=True) == 50.0


def test_without_limits_everything_goes_at_once_and_nothing_is_kept() -> None:
    went = deliver(Limits(text=4096, caption=1024), announcements(), ahead=PEOPLE)
    assert {one.at for one in went} == {went[0].at}


def test_a_pause_of_one_chat_holds_nobody_else() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.pause(60.0, "p1")
    pacer.pause(55.0, "p1")
    assert pacer.ready("p1", Urgency.REPLY, 50.0, private=True) == 60.0
    assert pacer.ready("p2", Urgency.REPLY, 50.0, private=True) == 50.0
    assert pacer.room(Urgency.REPLY, 50.0, 7) == 7


def test_a_pause_of_all_holds_everybody() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.pause(60.0)
    assert pacer.ready("p1", Urgency.REPLY, 50.0, private=True) == 60.0
    assert pacer.room(Urgency.REPLY, 50.0, 7) == 0
    assert pacer.opens(Urgency.REPLY, 50.0) == 60.0
    assert pacer.room(Urgency.REPLY, 60.0, 7) == 7


@pytest.mark.parametrize(("urgency", "room", "later"), [(Urgency.REPLY, 10, 30), (Urgency.ANNOUNCEMENT, 0, AT_ONCE)])
def test_room_is_what_is_left_of_the_second(urgency: Urgency, room: int, later: int) -> None:
    pacer = Pacer(TELEGRAM)
    for number in range(20):
        pacer.take(f"p{number}", urgency, 50.0)
    assert pacer.room(urgency, 50.0, 100) == room
    assert pacer.room(urgency, 51.5, 2) == 2
    assert pacer.room(urgency, 51.5, 100) == later
    # Asking about the future has not made anything forgotten.
    assert pacer.room(urgency, 50.0, 100) == room


def test_quiet_chats_are_forgotten_and_busy_ones_are_not() -> None:
    pacer = Pacer(replace(TELEGRAM, per_second=0))
    for number in range(20):
        pacer.take("busy", Urgency.REPLY, 100.0 + number)
        pacer.answered("busy", Urgency.REPLY, 100.0 + number, 100.0 + number)
    pacer.pause(10_000.0, "paused")
    for number in range(2 * FORGET_AFTER):
        pacer.take(f"quiet {number}", Urgency.REPLY, 10.0 if number < FORGET_AFTER else 130.0)
    assert len(pacer._chats) <= 2 * FORGET_AFTER
    assert pacer.ready("busy", Urgency.REPLY, 130.0, private=False) == 100.0 + MINUTE + MARGIN
    assert pacer.ready("paused", Urgency.REPLY, 130.0, private=True) == 10_000.0
