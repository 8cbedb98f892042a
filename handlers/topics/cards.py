"""How a topic looks in a chat: its card and its line in a list."""

from domain.chat import Action, Address, Button, Html, Message
from domain.people import Member, Role
from domain.topics import EDITABLE, State, Topic
from domain.writing import shortened
from handlers.context import Here, Voice
from storage import people, topics

CONTRIBUTORS_SHOWN = 8
QUESTION_IN_LIST = 160


def subject(topic: int) -> str:
    """The name under which all cards of a topic are kept up to date."""
    return f"topic:{topic}"


def card(here: Here, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The topic with its support; buttons depend on its state and on who reads it."""
    topic = topics.get_topic(here.db, number)
    return Message(_text(here, topic, voice, private=address.private), _keyboard(here, topic, reader, voice))


def reply_card(here: Here, number: int, above: Html | None = None) -> None:
    """Answer with the topic's card, under a sentence of its own if given."""
    content = card(here, number, here.member if here.address.private else None, here.voice, here.address)
    text = Html.joined("\n\n", [above, content.text]) if above else content.text
    here.reply(text, content.keyboard, subject=subject(number))


def author_name(here: Here, topic: Topic, voice: Voice) -> str:
    """Who proposed it, or the word for somebody unnamed."""
    author = None if topic.anonymous or topic.author is None else people.find_member(here.db, topic.author)
    return author.name if author else voice.plain("topics-anonymous")


def state_word(topic: Topic, voice: Voice) -> str:
    """The state in words."""
    return voice.plain(f"topics-state-{topic.state.replace('_', '-')}")


def line(topic: Topic, place: int, supporters: int, voice: Voice) -> Html:
    """The topic as one entry of a list."""
    question = shortened(topic.question, QUESTION_IN_LIST)
    entry = voice.say("topics-line", place=place, number=str(topic.id), question=question, supporters=supporters)
    if topic.state is State.PROPOSED:
        return entry
    return Html.joined("", [entry, voice.say("topics-line-state", state=state_word(topic, voice))])


def _text(here: Here, topic: Topic, voice: Voice, *, private: bool) -> Html:
    support = topics.count_support(here.db, topic.id)
    parts = [voice.say("topics-card-head", number=str(topic.id), question=topic.question)]
    if topic.background:
        parts.append(voice.say("topics-card-background", background=topic.background))
    facts = [
        voice.say("topics-card-author", name=author_name(here, topic, voice), state=state_word(topic, voice)),
        voice.say("topics-card-support", supporters=support.supporters, comments=support.comments),
    ]
    if support.contributors:
        facts.append(voice.say("topics-card-contributors", names=_contributors(here, topic, voice)))
    if topic.merged_into:
        facts.append(voice.say("topics-card-merged", into=str(topic.merged_into)))
    parts.append(Html.joined("\n", facts))
    if topic.state.open and not private:
        parts.append(voice.say("topics-card-reply-hint"))
    return Html.joined("\n\n", parts)


def _contributors(here: Here, topic: Topic, voice: Voice) -> tuple[str, ...]:
    """Who can contribute and how; an unnamed author stays unnamed here too."""
    found = topics.list_contributors(here.db, topic.id)
    names = [
        voice.plain(
            f"topics-contributor-{person.way}",
            name=voice.plain("topics-anonymous") if topic.anonymous and person.member == topic.author else person.name,
        )
        for person in found[:CONTRIBUTORS_SHOWN]
    ]
    more = len(found) - len(names)
    return (*names, voice.plain("topics-contributors-more", more=more)) if more else tuple(names)


def _keyboard(here: Here, topic: Topic, reader: Member | None, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if topic.state.open:
        rows.append((_support_button(here, topic, reader, voice), _act(voice, "contribute", topic)))
        rows.append((_act(voice, "comment", topic), _act(voice, "comments", topic, 0)))
    if reader is not None:
        rows.append(_own_buttons(topic, reader, voice))
        rows.append(_coordinator_buttons(topic, reader, voice))
    return tuple(row for row in rows if row)


def _support_button(here: Here, topic: Topic, reader: Member | None, voice: Voice) -> Button:
    # In a room one card serves all, so it can only offer what most have not done yet.
    if reader is not None and topics.supports_topic(here.db, topic.id, reader.id):
        return _act(voice, "unsupport", topic)
    return _act(voice, "support", topic)


def _own_buttons(topic: Topic, reader: Member, voice: Voice) -> tuple[Button, ...]:
    if topic.author != reader.id:
        return ()
    buttons = []
    if topic.state in EDITABLE:
        buttons = [_act(voice, "edit", topic), _act(voice, "withdraw", topic)]
    elif topic.state is State.WITHDRAWN:
        buttons = [_act(voice, "restore", topic)]
    return (*buttons, _act(voice, "history", topic))


def _coordinator_buttons(topic: Topic, reader: Member, voice: Voice) -> tuple[Button, ...]:
    if reader.role < Role.COORDINATOR:
        return ()
    if topic.state is State.WAITING:
        return (_act(voice, "approve", topic), _act(voice, "decline", topic))
    if topic.state.open:
        return (_act(voice, "merge", topic), _act(voice, "move", topic))
    return ()


def _act(voice: Voice, verb: str, topic: Topic, *more: int | str) -> Button:
    return voice.button(f"topics-button-{verb}", Action(f"topics.{verb}", (topic.id, *more)))
