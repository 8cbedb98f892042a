"""Asking the coordinators to publish a topic."""

from domain.chat import Action, Address, Message
from domain.people import Member, Purpose, Role
from domain.topics import State, Topic
from handlers.context import Here, Unit, Voice
from handlers.progress import request, state_word
from storage import people, rooms, topics


def first_state(here: Here) -> State:
    """Where a topic begins: published, or waiting for the coordinators, whose own topics nobody has to publish."""
    return State.WAITING if here.policy.moderation and here.role < Role.COORDINATOR else State.PROPOSED


def ask_moderation(here: Here, topic: Topic) -> None:
    """Put a new topic before the coordinators: in their rooms, or to each of them where there is none."""
    desks = rooms.list_rooms(here.db, Purpose.COORDINATION)
    for room in desks:
        here.tell_room(room, lambda voice: _request(topic, voice), subject=request(topic.id))
    if not desks:
        for coordinator in people.list_members(here.db, role=Role.COORDINATOR):
            here.tell(coordinator, lambda voice: _request(topic, voice), subject=request(topic.id))


def draw_request(unit: Unit, number: int, _reader: Member | None, voice: Voice, _address: Address) -> Message:
    """The message that asked for publication as it has to look now: once decided, it says so."""
    return _request(topics.get_topic(unit.db, number), voice)


def _request(topic: Topic, voice: Voice) -> Message:
    about = {"number": str(topic.id), "question": topic.question}
    if topic.state is not State.WAITING:
        return Message(voice.say("topics-moderated", state=state_word(topic.state, voice), **about))
    approve = voice.button("topics-button-approve", Action("topics.approve", (topic.id,)))
    decline = voice.button("topics-button-decline", Action("topics.decline", (topic.id,)))
    text = voice.say("topics-moderate", background=topic.background, **about)
    return Message(text, ((approve, decline),))
