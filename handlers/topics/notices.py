"""Who is told when something becomes of a topic."""

from domain.chat import Action, Message
from domain.people import Purpose, Role
from domain.topics import State, Topic
from handlers.context import Here, Voice
from storage import people, rooms, topics

TOLD = frozenset(State) - {State.WAITING, State.WITHDRAWN, State.MERGED}
"""States an author hears about; a merge has a message of its own, and a withdrawal was their own doing."""


def move(here: Here, topic: Topic, state: State, merged_into: int | None = None) -> Topic:
    """Take the topic to a state, bring its cards up to date and tell the author, if it was not their doing."""
    topics.move_topic(here.db, topic, state, here.now, merged_into)
    here.refresh(f"topic:{topic.id}")
    if state in TOLD and topic.author != here.me.id:
        tell_author(here, topic, f"topics-notice-{state.replace('_', '-')}")
    return topics.get_topic(here.db, topic.id)


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

    def request(voice: Voice) -> Message:
        approve = voice.button("topics-button-approve", Action("topics.approve", (topic.id,)))
        decline = voice.button("topics-button-decline", Action("topics.decline", (topic.id,)))
        text = voice.say("topics-moderate", number=str(topic.id), question=topic.question, background=topic.background)
        return Message(text, ((approve, decline),))

    desks = rooms.list_rooms(here.db, Purpose.COORDINATION)
    for room in desks:
        here.tell_room(room, request)
    if not desks:
        for coordinator in people.list_members(here.db, role=Role.COORDINATOR):
            here.tell(coordinator, request)
