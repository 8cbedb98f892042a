"""What becomes due by itself: a vote begins, ends, and reminds those who have not voted."""

import logging
from datetime import datetime, timedelta

from domain.announcements import Category
from domain.chat import Urgency
from domain.hours import permitted
from domain.votes import LEFT_SHARE, LEFT_TO_ACT, Vote
from handlers.context import Unit
from handlers.routing import Duty, Routes
from handlers.votes import beginning, ending
from handlers.votes.cards import give_ballot
from storage import people, subscriptions, votes

log = logging.getLogger(__name__)

SECOND = timedelta(seconds=1)
SOMETIMES = timedelta(seconds=10)


def plan_reminders(unit: Unit, number: int) -> None:
    """Decide for each who has not voted when to look again: at the permitted moment that still helps."""
    vote = votes.hold_vote(unit.db, number)
    if not vote.open or vote.remind is None or vote.remind > unit.now:
        return
    votes.change_vote(unit.db, vote.id, remind=None)
    for number_of in votes.list_voters(unit.db, vote.id, voted=False):
        member = people.find_member(unit.db, number_of)
        if member is None:
            continue
        at = permitted(unit.now, latest(vote), unit.now, unit.policy.hours, member.quiet)
        if at is None:
            log.info("vote %d: a reminder was dropped, no permitted hour would help", vote.id)
        else:
            votes.add_reminder(unit.db, vote.id, member.id, at)


def latest(vote: Vote) -> datetime:
    """The last moment at which a reminder helps."""
    running = vote.closes - (vote.started or vote.closes)
    return vote.closes - min(LEFT_TO_ACT, running / LEFT_SHARE)


def remind(unit: Unit, number: int) -> None:
    """Remind one person, unless they have voted meanwhile, want none, or the vote is over; in any case only once."""
    due = votes.take_reminder(unit.db, number)
    vote = votes.hold_vote(unit.db, due.vote) if due else None
    if due is None or vote is None or not vote.open or votes.find_voted(unit.db, vote.id, due.member) is not False:
        return
    if subscriptions.list_left(unit.db, due.member) & {subscriptions.EVERYTHING, Category.TAKING_PART}:
        log.info("vote %d: a reminder was dropped, the person does not want any", vote.id)
        return
    member = people.find_member(unit.db, due.member)
    if member and not give_ballot(unit, vote, member, late="votes.reminder", urgency=Urgency.REMINDER):
        log.info("vote %d: a reminder was dropped, no direct chat is open", vote.id)


ROUTES = Routes(
    duties=(
        Duty("votes.open", SECOND, votes.list_due_to_open, beginning.open_scheduled),
        Duty("votes.close", SECOND, votes.list_due_to_close, ending.close_due),
        Duty("votes.plan", SOMETIMES, votes.list_due_to_remind, plan_reminders),
        Duty("votes.remind", SOMETIMES, votes.list_due_reminders, remind),
    )
)
