"""A secret vote that was open when a backup was made begins anew after the restore, and everybody hears of it."""

from datetime import datetime, timedelta

from domain.chat import Action, Message, Urgency
from domain.hours import permitted
from domain.votes import Vote, key_from, notice_subject, subject
from handlers.context import Unit, Voice
from handlers.routing import Duty, Routes
from handlers.votes import ending
from handlers.votes.beginning import KEY_LETTERS
from handlers.votes.places import homes
from storage import people, votes
from storage.database import Transaction

EVERY = timedelta(seconds=5)


def begin_anew(unit: Unit, number: int) -> None:
    """Give it a key again, without which nobody can vote; where its time is over meanwhile, call it off."""
    vote = votes.hold_vote(unit.db, number)
    if vote.id not in votes.list_keyless(unit.db):
        return
    if vote.closes <= unit.now:
        ending.call_off(unit, vote, actor=None)
        return
    votes.begin_anew(unit.db, vote.id, key_from(unit.token(KEY_LETTERS)))
    unit.refresh(subject(vote.id))
    for room in homes(unit, vote.draft):
        unit.tell_room(room, lambda voice: _once_more(vote, voice), subject=notice_subject(vote.id))
    for member_number in votes.list_voters(unit.db, vote.id):
        member = people.find_member(unit.db, member_number)
        at = member and permitted(unit.now, vote.closes, unit.now, unit.policy.hours, member.quiet)
        if member and at:
            unit.tell(member, lambda voice: _once_more(vote, voice), urgency=Urgency.REMINDER, not_before=at)


def _once_more(vote: Vote, voice: Voice) -> Message:
    text = voice.say("votes-anew", number=str(vote.id), question=vote.question, closes=vote.closes)
    return Message(text, ((voice.button("votes-button-vote", Action("votes.vote", (vote.id,))),),))


def _due(db: Transaction, _: datetime) -> list[int]:
    return votes.list_keyless(db)


ROUTES = Routes(duties=(Duty("votes.anew", EVERY, _due, begin_anew),))
