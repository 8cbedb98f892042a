"""How a vote begins: who may vote is fixed, the key is made, topics move on, and the card goes to the rooms."""

from domain.chat import Message, Urgency
from domain.hours import permitted
from domain.people import Member
from domain.refusal import Refused
from domain.topics import MOVES
from domain.topics import State as TopicState
from domain.votes import Draft, Electorate, State, Vote, key_from, reminder_time, subject
from handlers.context import Here, Unit
from handlers.progress import move
from handlers.votes.cards import give_ballot, in_room
from handlers.votes.places import entitled, homes
from handlers.votes.reading import get_votable_topic
from storage import people, topics, votes

KEY_LETTERS = 52
"""Letters of chance for a key: 260 bits."""


def check(here: Here, draft: Draft) -> None:
    """Raise :class:`Refused` when it could not begin now: nobody may vote, or a topic has gone elsewhere."""
    if draft.electorate is not Electorate.ROOM and not entitled(here, draft):
        raise Refused("votes-nobody-entitled")
    for option in draft.options:
        if option.topic is not None:
            get_votable_topic(here, option.topic)


def start(unit: Unit, vote: Vote, *, actor: int | None) -> None:
    """Open the vote and show it where it belongs."""
    voters = entitled(unit, vote.draft)
    remind = reminder_time(unit.now, vote.closes)
    key = key_from(unit.token(KEY_LETTERS))
    votes.start(unit.db, vote.id, [member.id for member in voters], key, unit.now, remind)
    _put_topics_on_ballot(unit, vote, actor)
    _show(unit, votes.get_vote(unit.db, vote.id), voters)


def _put_topics_on_ballot(unit: Unit, vote: Vote, actor: int | None) -> None:
    """Topics that went elsewhere while the vote waited stay out of it; what they ask can still be chosen."""
    for option in vote.draft.options:
        topic = topics.find_topic(unit.db, option.topic) if option.topic is not None else None
        if topic is None:
            continue
        if TopicState.ON_BALLOT in MOVES[topic.state]:
            move(unit, topic, TopicState.ON_BALLOT, actor=actor)
        else:
            votes.unlink_topic(unit.db, vote.id, topic.id)


def _show(unit: Unit, vote: Vote, voters: list[Member]) -> None:
    """One card for each room; where there is no room, each voter gets the ballot, at an hour that is fit for it."""
    places = homes(unit, vote.draft)
    for room in places:
        unit.tell_room(room, lambda voice: in_room(unit, vote, voice), subject=subject(vote.id))
    if places:
        return
    for member in voters:
        at = permitted(unit.now, vote.closes, unit.now, unit.policy.hours, member.quiet)
        give_ballot(unit, vote, member, urgency=Urgency.ANNOUNCEMENT, not_before=at)


def open_scheduled(unit: Unit, number: int) -> None:
    """Open a vote at its time; where nobody may vote any more it is called off, and its maker told."""
    vote = votes.hold_vote(unit.db, number)
    if vote.state is not State.SCHEDULED or vote.draft.opens is None or vote.draft.opens > unit.now:
        return
    if vote.draft.electorate is Electorate.ROOM or entitled(unit, vote.draft):
        start(unit, vote, actor=None)
        return
    votes.cancel(unit.db, vote.id, unit.now)
    creator = people.find_member(unit.db, vote.creator) if vote.creator is not None else None
    if creator:
        told = {"number": str(vote.id), "question": vote.question}
        unit.tell(creator, lambda voice: Message(voice.say("votes-nobody-left", **told)))
