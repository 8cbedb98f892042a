"""What becomes of a topic, whichever capability takes it there, and how its author hears of it."""

from domain.chat import Action, Message
from domain.topics import State, Topic, subject
from handlers.context import Unit, Voice
from storage import people, topics

UNTOLD = frozenset({State.WAITING, State.WITHDRAWN, State.MERGED})
"""States an author does not hear about: a merge has a message of its own, and a withdrawal was their own doing."""
_SAID_OTHERWISE = {
    (State.WAITING, State.PROPOSED): "published",
    (State.SCHEDULED, State.SELECTED): "unscheduled",
}
"""Steps that mean something else than usual for the state they lead to."""


def request(topic: int) -> str:
    """The name under which the messages that ask for publication are kept up to date."""
    return f"topic-request:{topic}"


def state_word(state: State, voice: Voice) -> str:
    """The state in words."""
    return voice.plain(f"topics-state-{state.replace('_', '-')}")


def move(
    unit: Unit, topic: Topic, state: State, *, actor: int | None, merged_into: int | None = None, reason: str = ""
) -> Topic:
    """Take the topic to a state, bring what shows it up to date and tell the author, unless they are the ``actor``."""
    topics.move_topic(unit.db, topic, state, unit.now, merged_into)
    unit.refresh(subject(topic.id))
    if topic.state is State.WAITING:
        unit.refresh(request(topic.id))
    if state not in UNTOLD and topic.author != actor:
        _tell_of_step(unit, topic, state, reason)
    return topics.get_topic(unit.db, topic.id)


def _tell_of_step(unit: Unit, topic: Topic, state: State, reason: str) -> None:
    if reason:
        tell_author(unit, topic, "topics-notice-declined-because", reason=reason)
        return
    step = _SAID_OTHERWISE.get((topic.state, state), state.replace("_", "-"))
    tell_author(unit, topic, f"topics-notice-{step}")


def tell_author(unit: Unit, topic: Topic, key: str, /, **values: object) -> None:
    """Write to whoever proposed the topic, if they are still there; the way to its chain is one press away."""
    author = people.find_member(unit.db, topic.author) if topic.author is not None else None
    if author is None:
        return

    def notice(voice: Voice) -> Message:
        text = voice.say(key, number=str(topic.id), question=topic.question, **values)
        follow = voice.button("topics-button-history", Action("topics.history", (topic.id,)))
        return Message(text, ((follow,),))

    unit.tell(author, notice)
