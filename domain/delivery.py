"""What to do with a message after an attempt to send it: one decision, made from a closed set of failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.chat import Urgency


class Failure(Enum):
    """Why a message did not (or perhaps did not) reach its chat. A channel names it, :func:`decide` judges it."""

    GONE = "gone"
    """The chat is not open to us: blocked, left, never opened."""
    DECLINED = "declined"
    """The person does not let us begin a direct chat."""
    THROTTLED = "throttled"
    """Too fast for the messenger, which may have named a pause."""
    UNREACHABLE = "unreachable"
    """The messenger certainly did not take it: no connection, an error on its side."""
    UNCERTAIN = "uncertain"
    """The answer was lost: it may have been delivered."""
    REJECTED = "rejected"
    """The messenger refuses this very message and always will."""
    MISCONFIGURED = "misconfigured"
    """Our credentials or rights are wrong; a person has to act."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again at ``at`` (aware)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Dead:
    """Give up; the row keeps ``reason`` for the report."""

    reason: Failure


SHORTEST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
OUTAGE_PAUSE = timedelta(seconds=3)
"""Longest wait for a messenger that is down: messages flow again within seconds of its return."""
PATIENCE = timedelta(days=1)
"""How long a message is worth retrying while a messenger is down; afterwards it would only confuse."""
DOUBTFUL_ATTEMPTS = 3
"""How often an uncertain message is tried where a repetition may show it twice."""


def pause(attempts: int) -> timedelta:
    """Growing wait after the given number of attempts: 1, 2, 4 … seconds, at most five minutes."""
    doublings: int = min(max(attempts - 1, 0), 16)
    return min(SHORTEST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def decide(
    failure: Failure,
    urgency: Urgency,
    attempts: int,
    created: datetime,
    now: datetime,
    *,
    resend_safe: bool,
    retry_after: float = 0.0,
    interrupted: bool = False,
) -> Retry | Dead:
    """Judge a failed attempt, the ``attempts``-th of this message, which was to go from ``created`` on.

    ``retry_after`` is the pause the messenger named, in seconds. An uncertain announcement is reported rather than
    repeated where repeating could show it twice; replies and reminders are repeated, since silence would be worse.
    ``interrupted``: it was not the messenger that left the end open, but our process, which ended; that says nothing
    about the message, however often it happens.
    """
    if failure in (Failure.GONE, Failure.DECLINED, Failure.REJECTED):
        return Dead(failure)
    if now - created > PATIENCE and failure is not Failure.THROTTLED:
        return Dead(failure)
    if (
        failure is Failure.UNCERTAIN
        and not resend_safe
        and (urgency is Urgency.ANNOUNCEMENT or (attempts >= DOUBTFUL_ATTEMPTS and not interrupted))
    ):
        return Dead(failure)
    if failure is Failure.THROTTLED:
        return Retry(now + timedelta(seconds=max(retry_after, SHORTEST_PAUSE.total_seconds())))
    wait = min(pause(attempts), OUTAGE_PAUSE) if failure is Failure.UNREACHABLE else pause(attempts)
    return Retry(now + max(wait, timedelta(seconds=retry_after)))
