"""How a vote ends: counted once, its key destroyed, its topics moved on, and everybody told."""

from domain.topics import State as TopicState
from domain.topics import Topic
from domain.votes import State, Vote, key_from, subject
from handlers.context import Unit
from handlers.progress import move
from handlers.votes import choosing, results
from handlers.votes.beginning import KEY_LETTERS
from handlers.votes.places import homes
from domain.chat import Message
from storage import people, topics, votes


def close_due(unit: Unit, number: int) -> None:
    """End a vote whose time is over."""
    vote = votes.hold_vote(unit.db, number)
    if vote.open and vote.closes <= unit.now:
        finish(unit, vote, actor=None)


def finish(unit: Unit, vote: Vote, *, actor: int | None) -> None:
    """Count, write down the outcome, destroy what joins people and choices, and tell the result. The vote is held."""
    choices = votes.list_choices(unit.db, vote)
    turnout = votes.count_turnout(unit.db, vote.id)
    outcome, keep = choosing.count(vote, choices, turnout, unit.policy.threshold)
    votes.close(unit.db, vote.id, outcome, len(choices), unit.now)
    votes.seal(unit.db, vote, key_from(unit.token(KEY_LETTERS)), keep=keep)
    _move_topics(unit, vote, choosing.winners(outcome), decided=choosing.decided(outcome), actor=actor)
    unit.refresh(subject(vote.id))
    results.announce(unit, votes.get_vote(unit.db, vote.id))


def call_off(unit: Unit, vote: Vote, *, actor: int | None) -> None:
    """End it without a result: what was chosen is gone, topics are free again, the rooms are told."""
    votes.cancel(unit.db, vote.id, unit.now)
    for topic in _on_ballot(unit, vote).values():
        move(unit, topic, TopicState.PROPOSED, actor=actor)
    unit.refresh(subject(vote.id))
    if vote.state is State.SCHEDULED:
        return
    told = {"number": str(vote.id), "question": vote.question}
    for room in homes(unit, vote.draft):
        unit.tell_room(room, lambda voice: Message(voice.say("votes-called-off", **told)))


def _move_topics(unit: Unit, vote: Vote, chosen: tuple[int, ...], *, decided: bool, actor: int | None) -> None:
    """Chosen ones go on, the others stay in the pool; where nothing was decided, all are as before."""
    for place, topic in _on_ballot(unit, vote).items():
        if not decided:
            state = TopicState.PROPOSED
        else:
            state = TopicState.SELECTED if place in chosen else TopicState.NOT_SELECTED
        move(unit, topic, state, actor=actor)


def _on_ballot(unit: Unit, vote: Vote) -> dict[int, Topic]:
    """The topics of the options by place, as far as nobody moved them by hand."""
    found = {}
    for option in vote.draft.options:
        topic = topics.find_topic(unit.db, option.topic) if option.topic is not None else None
        if topic is not None and topic.state is TopicState.ON_BALLOT:
            found[option.place] = topic
    return found
