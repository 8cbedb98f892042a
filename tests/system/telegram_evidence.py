"""What is really there: the database of the assistant, and what the servers of Telegram were asked to show."""

from bisect import bisect_left
from collections import Counter

import sqlalchemy as sa

from storage.inbox import inbox
from storage.outbox import DEAD, OVERTAKEN, SENT, outbox
from tests.system.telegram_house import House, tokens
from tests.system.telegram_load import Model

LATE = 0.05
"""Seconds by which the servers may carry out a request after its process is dead."""


class Shown:
    """All messages that ever appeared, by the rows they came from: when, in monotonic seconds."""

    def __init__(self, times: dict[int, list[float]]) -> None:
        self.times = times

    @property
    def repetitions(self) -> int:
        """How often something was shown again."""
        return sum(len(times) - 1 for times in self.times.values())

    def by_kill(self, kills: list[float]) -> Counter[int]:
        """How often each kill led to a repetition: the first one after a time that was not the last."""
        return Counter(bisect_left(kills, time - LATE) for times in self.times.values() for time in times[:-1])


async def everything_shown(telegram: House, announced: dict[str, int]) -> Shown:
    """What the servers know; rows stand in the buttons, announcements without any are known by their texts."""
    times: dict[int, list[float]] = {}
    for asked in await telegram.remote("asked", method="sendMessage"):
        if asked["status"] == 200:
            values = asked["values"]
            named = tokens(values.get("reply_markup", {}).get("inline_keyboard", []))
            (row,) = named or {announced[values["text"]]}
            times.setdefault(row, []).append(asked["at"])
    return Shown(times)


def check_updates(telegram: House, model: Model) -> None:
    """Every update was taken once, without an error, and acted on once."""
    assert telegram.rows(sa.select(inbox.c.failure)) == [(None,)] * model.updates
    telegram.check_questions(model.questions)
    supported = {(topic, int(user)) for topic, user in telegram.supporters()}
    assert {key: key in supported for key in model.support} == model.support


def check_messages(telegram: House, model: Model, announced: set[int], shown: Shown, kills: int) -> None:
    """No message is lost; there is at most one repetition for each kill, and none of an announcement.

    An announcement of which nobody knows whether it was shown is reported instead.
    """
    columns = (outbox.c.id, outbox.c.state, outbox.c.reason, outbox.c.attempts)
    rows = telegram.rows(sa.select(*columns).where(outbox.c.replaces.is_(None)))
    assert len(rows) == model.answers + len(announced)
    assert {state for row, state, _, _ in rows if row not in announced} == {SENT}
    assert {(state, why) for row, state, why, _ in rows if row in announced} <= {(SENT, None), (DEAD, "uncertain")}
    assert {row for row, state, _, _ in rows if state == SENT} <= shown.times.keys()
    assert all(len(shown.times.get(row, ())) <= attempts for row, _, _, attempts in rows)
    assert all(len(shown.times.get(row, ())) <= 1 for row in announced)
    assert shown.repetitions <= kills
    edits = telegram.rows(sa.select(outbox.c.state, outbox.c.reason).where(outbox.c.replaces.is_not(None)))
    assert {why for state, why in edits if state == DEAD} <= {OVERTAKEN}


def given_up(telegram: House) -> set[int]:
    """The announcements that are reported as uncertain."""
    dead = outbox.c.state == DEAD, outbox.c.reason == "uncertain"
    return {row for (row,) in telegram.rows(sa.select(outbox.c.id).where(*dead))}
