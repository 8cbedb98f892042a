"""Who is told when something becomes of a topic."""

from domain.chat import Action, Address, Message
from domain.people import Member, Purpose, Role
from domain.topics import State, Topic, subject
from handlers.context import Here, Voice
from handlers.topics.cards import state_word
from storage import people, rooms, topics

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


def first_state(here: Here) -> State:
    """Where a topic begins: published, or waiting for the coordinators, whose own topics nobody has to publish."""
    return State.WAITING if here.policy.moderation and here.role < Role.COORDINATOR else State.PROPOSED


def move(here: Here, topic: Topic, state: State, merged_into: int | None = None, reason: str = "") -> Topic:
    """Take the topic to a state, bring what shows it up to date and tell the author, if it was not their doing."""
    topics.move_topic(here.db, topic, state, here.now, merged_into)
    here.refresh(subject(topic.id))
    if topic.state is State.WAITING:
        here.refresh(request(topic.id))
    if state not in UNTOLD and topic.author != here.me.id:
        _tell_of_step(here, topic, state, reason)
    return topics.get_topic(here.db, topic.id)


def _tell_of_step(here: Here, topic: Topic, state: State, reason: str) -> None:
    if reason:
        tell_author(here, topic, "topics-notice-declined-because", reason=reason)
        return
    step = _SAID_OTHERWISE.get((topic.state, state), state.replace("_", "-"))
    tell_author(here, topic, f"topics-notice-{step}")


def tell_author(here: Here, topic: Topic, key: str, /, **values: object) -> None:
    """Write to whoever proposed the topic, if they are still there; the way to its chain is one press away."""
    author = people.find_member(here.db, topic.author) if topic.author is not None else None
    if author is None:
        return

    def notice(voice: Voice) -> Message:
        text = voice.say(key, number=str(topic.id), question=topic.question, **values)
        follow = voice.button("topics-button-history", Action("topics.history", (topic.id,)))
        return Message(text, ((follow,),))

    here.tell(author, notice)


def ask_moderation(here: Here, topic: Topic) -> None:
    """Put a new topic before the coordinators: in their rooms, or to each of them where there is none."""
    desks = rooms.list_rooms(here.db, Purpose.COORDINATION)
    for room in desks:
        here.tell_room(room, lambda voice: _request(topic, voice), subject=request(topic.id))
    if not desks:
        for coordinator in people.list_members(here.db, role=Role.COORDINATOR):
            here.tell(coordinator, lambda voice: _request(topic, voice), subject=request(topic.id))


def draw_request(here: Here, number: int, _reader: Member | None, voice: Voice, _address: Address) -> Message:
    """The message that asked for publication as it has to look now: once decided, it says so."""
    return _request(topics.get_topic(here.db, number), voice)


def _request(topic: Topic, voice: Voice) -> Message:
    about = {"number": str(topic.id), "question": topic.question}
    if topic.state is not State.WAITING:
        return Message(voice.say("topics-moderated", state=state_word(topic.state, voice), **about))
    approve = voice.button("topics-button-approve", Action("topics.approve", (topic.id,)))
    decline = voice.button("topics-button-decline", Action("topics.decline", (topic.id,)))
    text = voice.say("topics-moderate", background=topic.background, **about)
    return Message(text, ((approve, decline),))
