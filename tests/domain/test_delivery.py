"""What to do after an attempt to send: the whole table, and what holds whatever the values are."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chat import Urgency
from domain.delivery import (
    DOUBTFUL_ATTEMPTS,
    LONGEST_PAUSE,
    OUTAGE_PAUSE,
    PATIENCE,
    SHORTEST_PAUSE,
    Dead,
    Failure,
    Retry,
    decide,
    pause,
)
from tests.storage.samples import NOW

REPLY, REMINDER, ANNOUNCEMENT = Urgency
SECOND = timedelta(seconds=1)
OLD = PATIENCE + SECOND

TABLE = [
    # failure, urgency, attempts, age, resend_safe, retry_after, wait until the next attempt (None: given up)
    (Failure.GONE, REPLY, 1, 0 * SECOND, True, 0, None),
    (Failure.GONE, ANNOUNCEMENT, 5, OLD, False, 60, None),
    (Failure.DECLINED, ANNOUNCEMENT, 1, 0 * SECOND, True, 0, None),
    (Failure.REJECTED, REPLY, 1, 0 * SECOND, True, 0, None),
    (Failure.REJECTED, REMINDER, 1, 0 * SECOND, False, 30, None),
    (Failure.THROTTLED, REPLY, 1, 0 * SECOND, False, 0, SECOND),
    (Failure.THROTTLED, REPLY, 1, 0 * SECOND, False, 17.5, timedelta(seconds=17.5)),
    (Failure.THROTTLED, ANNOUNCEMENT, 50, OLD, False, 30, timedelta(seconds=30)),
    (Failure.UNREACHABLE, REPLY, 1, 0 * SECOND, True, 0, SECOND),
    (Failure.UNREACHABLE, REPLY, 2, 0 * SECOND, True, 0, 2 * SECOND),
    (Failure.UNREACHABLE, ANNOUNCEMENT, 5, 0 * SECOND, False, 0, OUTAGE_PAUSE),
    (Failure.UNREACHABLE, ANNOUNCEMENT, 5, 0 * SECOND, False, 60, 60 * SECOND),
    (Failure.UNREACHABLE, REPLY, 40, PATIENCE, True, 0, OUTAGE_PAUSE),
    (Failure.UNREACHABLE, REPLY, 40, OLD, True, 0, None),
    (Failure.UNCERTAIN, REPLY, 1, 0 * SECOND, False, 0, SECOND),
    (Failure.UNCERTAIN, REMINDER, 2, 0 * SECOND, False, 0, 2 * SECOND),
    (Failure.UNCERTAIN, REPLY, 3, 0 * SECOND, False, 0, None),
    (Failure.UNCERTAIN, ANNOUNCEMENT, 1, 0 * SECOND, False, 0, None),
    (Failure.UNCERTAIN, ANNOUNCEMENT, 1, 0 * SECOND, True, 0, SECOND),
    (Failure.UNCERTAIN, REPLY, 30, 0 * SECOND, True, 0, LONGEST_PAUSE),
    (Failure.UNCERTAIN, REPLY, 1, OLD, True, 0, None),
    (Failure.MISCONFIGURED, REPLY, 1, 0 * SECOND, True, 0, SECOND),
    (Failure.MISCONFIGURED, ANNOUNCEMENT, 20, 0 * SECOND, False, 0, LONGEST_PAUSE),
    (Failure.MISCONFIGURED, ANNOUNCEMENT, 20, OLD, False, 0, None),
]


@pytest.mark.parametrize(("failure", "urgency", "attempts", "age", "resend_safe", "retry_after", "wait"), TABLE)
def test_the_table(
    failure: Failure,
    urgency: Urgency,
    attempts: int,
    age: timedelta,
    resend_safe: bool,
    retry_after: float,
    wait: timedelta | None,
) -> None:
    decision = decide(failure, urgency, attempts, NOW - age, NOW, resend_safe=resend_safe, retry_after=retry_after)
    assert decision == (Dead(failure) if wait is None else Retry(NOW + wait))


def test_the_table_has_every_failure() -> None:
    assert {row[0] for row in TABLE} == set(Failure)


@given(
    failure=st.sampled_from(Failure),
    urgency=st.sampled_from(Urgency),
    attempts=st.integers(1, 1000),
    age=st.timedeltas(min_value=timedelta(0), max_value=2 * PATIENCE),
    resend_safe=st.booleans(),
    retry_after=st.floats(0, 86_400),
)
def test_whatever_the_values(
    failure: Failure, urgency: Urgency, attempts: int, age: timedelta, *, resend_safe: bool, retry_after: float
) -> None:
    created = NOW - age
    decision = decide(failure, urgency, attempts, created, NOW, resend_safe=resend_safe, retry_after=retry_after)
    match decision:
        case Retry(at):
            assert failure not in (Failure.GONE, Failure.REJECTED)
            assert at >= NOW + SHORTEST_PAUSE
            assert at >= NOW + timedelta(seconds=retry_after) - timedelta(microseconds=1)
            assert at <= NOW + max(LONGEST_PAUSE, timedelta(seconds=retry_after))
            assert age <= PATIENCE or failure is Failure.THROTTLED
            doubtful = failure is Failure.UNCERTAIN and not resend_safe
            assert not doubtful or (urgency is not Urgency.ANNOUNCEMENT and attempts < DOUBTFUL_ATTEMPTS)
        case Dead(reason):
            assert reason is failure
            assert failure is not Failure.THROTTLED


def test_a_message_that_is_safe_to_repeat_is_not_given_up_before_its_time() -> None:
    for failure in (Failure.UNREACHABLE, Failure.UNCERTAIN, Failure.MISCONFIGURED):
        for attempts in (1, 10, 1000):
            assert isinstance(decide(failure, Urgency.REPLY, attempts, NOW, NOW, resend_safe=True), Retry)


@pytest.mark.parametrize("attempts", [1, DOUBTFUL_ATTEMPTS, 1000])
def test_that_our_process_ended_says_nothing_about_a_message(attempts: int) -> None:
    def after(urgency: Urgency, age: timedelta = 0 * SECOND) -> Retry | Dead:
        return decide(
            Failure.UNCERTAIN, urgency, attempts, NOW - age, NOW, resend_safe=False, retry_after=0, interrupted=True
        )

    assert after(REPLY) == after(REMINDER) == Retry(NOW + pause(attempts))
    assert after(ANNOUNCEMENT) == after(REPLY, OLD) == Dead(Failure.UNCERTAIN)


def test_pauses_grow_and_end() -> None:
    pauses = [pause(attempts) for attempts in range(200)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[1], pauses[2], pauses[-1]) == (SECOND, SECOND, 2 * SECOND, LONGEST_PAUSE)
    assert pause(10**6) == LONGEST_PAUSE
