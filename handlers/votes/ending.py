"""How a vote ends: counted once, its key destroyed, its topics moved on, and everybody told."""

from domain.anonymity import figures_shown
from domain.ballots.counting import count
from domain.ballots.outcome import outcome_to_json
from domain.chat import Message
from domain.people import Role
from domain.topics import State as TopicState
from domain.topics import Topic
from domain.votes import State, Vote, ballot_subject, key_from, own_subject, rule_of, subject, withheld
from handlers.context import Unit
from handlers.progress import move
from handlers.votes import choosing, results
from handlers.votes.beginning import KEY_LETTERS
from handlers.votes.places import homes
from storage import topics, votes


def close_due(unit: Unit, number: int) -> None:
    """End a vote whose time is over."""
    vote = votes.hold_vote(unit.db, number)
    if vote.open and vote.closes <= unit.now:
        finish(unit, vote, actor=None)


def finish(unit: Unit, vote: Vote, *, actor: int | None) -> None:
    """Count, write down the outcome, destroy what joins people and choices, and tell the result. The vote is held."""
    choices = [choosing.stored(vote, choice) for choice in votes.list_choices(unit.db, vote)]
    outcome = count(rule_of(vote.draft), choices)
    shown = figures_shown(outcome, unit.policy.threshold, secret=vote.secret)
    by = "duty" if actor is None else Role.COORDINATOR.word
    written = outcome_to_json(outcome if shown else withheld(outcome)) | {"shown": shown, "by": by}
    # What counts at its time has ended at its time, however late it is counted.
    ended = vote.closes if actor is None else unit.now
    votes.close(unit.db, vote.id, written, outcome.ballots, ended)
    votes.seal(unit.db, vote, key_from(unit.token(KEY_LETTERS)), keep=shown)
    decided = outcome.quorate and outcome.ballots > outcome.abstentions
    _move_topics(unit, vote, outcome.winners, decided=decided, actor=actor)
    unit.refresh(subject(vote.id))
    _take_back(unit, vote)
    results.announce(unit, votes.get_vote(unit.db, vote.id))


def call_off(unit: Unit, vote: Vote, *, actor: int | None) -> None:
    """End it without a result: what was chosen is gone, topics are free again, the rooms are told."""
    votes.cancel(unit.db, vote.id, unit.now)
    for topic in _on_ballot(unit, vote).values():
        move(unit, topic, TopicState.PROPOSED, actor=actor)
    unit.refresh(subject(vote.id))
    _take_back(unit, vote)
    if vote.state is State.SCHEDULED:
        return
    told = {"number": str(vote.id), "question": vote.question}
    for room in homes(unit, vote.draft):
        unit.tell_room(room, lambda voice: Message(voice.say("votes-called-off", **told)))


def _take_back(unit: Unit, vote: Vote) -> None:
    """What shows in direct chats how somebody has voted says from now on that it is over."""
    unit.refresh_all(ballot_subject(vote.id))
    unit.refresh_all(own_subject(vote.id))


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
