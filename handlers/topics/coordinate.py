"""What coordinators do with topics: publish or decline, merge, move on."""

import re

from domain.chat import Html, Message
from domain.people import Role
from domain.refusal import Refused
from domain.topics import MOVES, State, Topic, subject
from domain.writing import folded, one_line, within
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import SKIP, Dialogue, Step, begin, option
from handlers.progress import move, state_word, tell_author
from handlers.routing import Command, Press, Routes
from handlers.topics.browse import wanted_number
from handlers.topics.cards import reply_card
from storage import audit, topics
from storage.dialogs import Data

REASON_LIMIT = 500
BY_HAND = (State.ON_BALLOT, State.SELECTED, State.SCHEDULED, State.HELD, State.NOT_SELECTED, State.PROPOSED)
"""States a coordinator may set; the others have an act of their own."""
_TWO_NUMBERS = re.compile(r"\D*(\d{1,9})\D+(\d{1,9})\D*")
_NUMBER_AND_WORD = re.compile(r"(?:thema|topic)?\s*(\d{1,9})\s+(.+)", re.IGNORECASE | re.DOTALL)


def _record(here: Here, act: str, *objects: int | str) -> None:
    audit.add_entry(here.db, here.now, here.me.id, act, objects)


def pending(here: Here, _: str) -> None:
    """``/freigaben``: topics that wait for publication, each with its buttons."""
    waiting = topics.list_topics(here.db, [State.WAITING])
    if not waiting:
        raise Refused("topics-none-waiting")
    for topic in waiting[:5]:
        reply_card(here, topic.id)
    if len(waiting) > 5:
        here.reply(here.say("topics-more-waiting", more=len(waiting) - 5))


def approve(here: Here, number: int) -> None:
    """Publish a topic that waited."""
    topic = move(here, _get_waiting(here, number), State.PROPOSED, actor=here.me.id)
    _record(here, "topics.approve", topic.id)
    here.toast("topics-approved", number=str(topic.id))


def _get_waiting(here: Here, number: int) -> Topic:
    topic = topics.get_topic(here.db, number)
    if topic.state is not State.WAITING:
        raise Refused("topics-decided-already", number=str(number))
    return topic


def decline(here: Here, number: int) -> None:
    """Ask for a reason the author will read, then decline."""
    begin(here, DECLINE, "reason", {"topic": _get_waiting(here, number).id})


def _ask_reason(here: Here, data: Data) -> Message:
    return Message(
        here.say("topics-ask-reason", number=str(data["topic"])), ((option(here.voice, "common-skip", SKIP),),)
    )


def _take_reason(here: Here, data: Data, word: str) -> None:
    topic = _get_waiting(here, data["topic"])
    reason = "" if word == SKIP else within(one_line(word), REASON_LIMIT)
    move(here, topic, State.DECLINED, actor=here.me.id, reason=reason)
    _record(here, "topics.decline", topic.id)
    here.reply(here.say("topics-declined", number=str(topic.id)))


DECLINE = Dialogue("topics.decline", Role.COORDINATOR, {"reason": Step(_ask_reason, _take_reason)})


def merge(here: Here, argument: str) -> None:
    """``/zusammenfuehren 12 in 7``: the first goes into the second; what is missing is asked."""
    both = _TWO_NUMBERS.fullmatch(argument)
    if both:
        begin(here, MERGE, STEP, _merging(here, int(both[1]), int(both[2])))
    elif argument:
        merge_from(here, wanted_number(argument))
    else:
        begin(here, MERGE, "source")


def merge_from(here: Here, number: int) -> None:
    """Ask into which topic this one goes."""
    begin(here, MERGE, "target", {"source": _get_mergeable(here, number).id})


def _get_mergeable(here: Here, number: int) -> Topic:
    topic = topics.get_open_topic(here.db, number)
    if State.MERGED not in MOVES[topic.state]:
        raise Refused("topics-not-mergeable", number=str(number))
    return topic


def _merging(here: Here, source: int, target: int) -> Data:
    if source == target:
        raise Refused("topics-merge-same")
    _get_mergeable(here, source)
    topics.get_open_topic(here.db, target)
    return {"source": source, "target": target}


def _ask_source(here: Here, _: Data) -> Message:
    return Message(here.say("topics-ask-source"))


def _take_source(here: Here, data: Data, text: str) -> str:
    data["source"] = _get_mergeable(here, wanted_number(text)).id
    return "target"


def _ask_target(here: Here, data: Data) -> Message:
    topic = topics.get_topic(here.db, data["source"])
    return Message(here.say("topics-ask-target", number=str(topic.id), question=topic.question))


def _take_target(here: Here, data: Data, text: str) -> str:
    data.update(_merging(here, data["source"], wanted_number(text)))
    return STEP


def _ask_sure(here: Here, data: Data) -> Html:
    source, target = (topics.get_topic(here.db, data[name]) for name in ("source", "target"))
    return here.say(
        "topics-ask-merge",
        source=str(source.id),
        source_question=source.question,
        target=str(target.id),
        target_question=target.question,
    )


def _merge(here: Here, data: Data) -> None:
    source, target = _get_mergeable(here, data["source"]), topics.get_open_topic(here.db, data["target"])
    topics.carry_over(here.db, source.id, target.id)
    move(here, source, State.MERGED, actor=here.me.id, merged_into=target.id)
    here.refresh(subject(target.id))
    if source.author != here.me.id:
        tell_author(here, source, "topics-notice-merged-away", into=str(target.id), into_question=target.question)
    if target.author not in (here.me.id, source.author):
        tell_author(here, target, "topics-notice-merged-here", source_question=source.question)
    _record(here, "topics.merge", source.id, target.id)
    reply_card(here, target.id, here.say("topics-merged", source=str(source.id), target=str(target.id)))


MERGE = Dialogue(
    "topics.merge",
    Role.COORDINATOR,
    {
        "source": Step(_ask_source, _take_source),
        "target": Step(_ask_target, _take_target),
        **confirmation("", Role.COORDINATOR, _ask_sure, "topics-button-merge-yes", _merge).steps,
    },
)


def set_state(here: Here, argument: str) -> None:
    """``/stand 12 ausgewählt`` moves a topic on; what is missing is asked."""
    both = _NUMBER_AND_WORD.fullmatch(argument.strip())
    if both:
        _move(here, topics.get_topic(here.db, int(both[1])), both[2])
    elif argument:
        move_from(here, wanted_number(argument))
    else:
        begin(here, MOVE, "number")


def move_from(here: Here, number: int) -> None:
    """Ask for the next state of this topic."""
    begin(here, MOVE, "state", {"topic": topics.get_topic(here.db, number).id})


def _possible(topic: Topic) -> list[State]:
    """Where a coordinator may take the topic from here. Raises :class:`Refused` when its way has ended."""
    found = [state for state in BY_HAND if state in MOVES[topic.state]]
    if not found:
        raise Refused("topics-no-such-move", number=str(topic.id))
    return found


def _read_state(here: Here, topic: Topic, text: str) -> State:
    typed, words = folded(text), {state: state_word(state, here.voice) for state in _possible(topic)}
    for state, word in words.items():
        if typed in (state.value, folded(word)):
            return state
    now = state_word(topic.state, here.voice)
    raise Refused("topics-state-choose", number=str(topic.id), state=now, states=tuple(words.values()))


def _ask_number(here: Here, _: Data) -> Message:
    return Message(here.say("topics-ask-number"))


def _take_number(here: Here, data: Data, text: str) -> str:
    data["topic"] = topics.get_topic(here.db, wanted_number(text)).id
    return "state"


def _ask_state(here: Here, data: Data) -> Message:
    topic = topics.get_topic(here.db, data["topic"])
    keys = {state: f"topics-state-{state.replace('_', '-')}" for state in _possible(topic)}
    buttons = tuple((option(here.voice, key, state.value),) for state, key in keys.items())
    now = state_word(topic.state, here.voice)
    return Message(here.say("topics-ask-state", number=str(topic.id), question=topic.question, state=now), buttons)


def _take_state(here: Here, data: Data, word: str) -> None:
    _move(here, topics.get_topic(here.db, data["topic"]), word)


def _move(here: Here, topic: Topic, word: str) -> None:
    moved = move(here, topic, _read_state(here, topic, word), actor=here.me.id)
    _record(here, "topics.move", moved.id, moved.state.value)
    state = state_word(moved.state, here.voice)
    here.reply(here.say("topics-moved", number=str(moved.id), state=state))


MOVE = Dialogue(
    "topics.move",
    Role.COORDINATOR,
    {"number": Step(_ask_number, _take_number), "state": Step(_ask_state, _take_state)},
)

ROUTES = Routes(
    commands=(
        Command("topics.merge", ("zusammenführen", "merge"), merge, Role.COORDINATOR),
        Command("topics.move", ("stand", "state"), set_state, Role.COORDINATOR),
        Command("topics.moderate", ("freigaben", "pending"), pending, Role.COORDINATOR),
    ),
    presses={
        "topics.approve": Press(approve, Role.COORDINATOR),
        "topics.decline": Press(decline, Role.COORDINATOR),
        "topics.merge": Press(merge_from, Role.COORDINATOR),
        "topics.move": Press(move_from, Role.COORDINATOR),
    },
    dialogues=(DECLINE, MERGE, MOVE),
)
