"""How a topic looks in a chat: its card and its line in a list."""

from domain.chat import Action, Address, Button, Html, Message
from domain.people import Member, Role
from domain.topics import EDITABLE, MOVES, State, Topic
from domain.writing import shortened
from handlers.context import Here, Voice
from storage import people, topics

CONTRIBUTORS_SHOWN = 8
QUESTION_IN_LIST = 160


def subject(topic: int) -> str:
    """The name under which all cards of a topic are kept up to date."""
    return f"topic:{topic}"


def note(topic: int) -> str:
    """The name of short lines about a topic: to answer one means to answer its card, but they stay as they are."""
    return f"topic-note:{topic}"


def card(here: Here, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The topic with its support; buttons depend on its state and on who reads it."""
    topic = topics.get_topic(here.db, number)
    return Message(_text(here, topic, voice, private=address.private), _keyboard(here, topic, reader, voice))


def reply_card(here: Here, number: int, above: Html | None = None) -> None:
    """Answer with the topic's card, under a sentence of its own if given."""
    content = card(here, number, here.member if here.address.private else None, here.voice, here.address)
    text = Html.joined("\n\n", [above, content.text]) if above else content.text
    here.reply(text, content.keyboard, subject=subject(number))


def tell(here: Here, number: int, key: str) -> None:
    """A short line about a topic for the person who acted: a notice where there are any, a message elsewhere."""
    if here.pressed and here.messenger.notices:
        here.toast(key, number=str(number))
    else:
        here.reply(here.say(key, number=str(number)), subject=note(number))


def state_word(state: State, voice: Voice) -> str:
    """The state in words."""
    return voice.plain(f"topics-state-{state.replace('_', '-')}")


def line(topic: Topic, place: int, supporters: int, voice: Voice) -> Html:
    """The topic as one entry of a list."""
    question = shortened(topic.question, QUESTION_IN_LIST)
    entry = voice.say("topics-line", place=place, number=str(topic.id), question=question, supporters=supporters)
    if topic.state is State.PROPOSED:
        return entry
    return Html.joined("", [entry, voice.say("topics-line-state", state=state_word(topic.state, voice))])


def _text(here: Here, topic: Topic, voice: Voice, *, private: bool) -> Html:
    parts = [voice.say("topics-card-head", number=str(topic.id), question=topic.question)]
    if topic.background:
        parts.append(voice.say("topics-card-background", background=topic.background))
    parts.append(Html.joined("\n", [_author(here, topic, voice), *_standing(here, topic, voice)]))
    if topic.state.open and not private:
        parts.append(voice.say("topics-card-reply-hint"))
    return Html.joined("\n\n", parts)


def _author(here: Here, topic: Topic, voice: Voice) -> Html:
    author = None if topic.anonymous or topic.author is None else people.find_member(here.db, topic.author)
    if author is None:
        return voice.say("topics-card-unnamed", state=state_word(topic.state, voice))
    return voice.say("topics-card-author", name=author.name, state=state_word(topic.state, voice))


def _standing(here: Here, topic: Topic, voice: Voice) -> list[Html]:
    """Who carries it; of a merged topic, where all that went."""
    if topic.merged_into:
        return [voice.say("topics-card-merged", into=str(topic.merged_into))]
    support = topics.count_support(here.db, topic.id)
    facts = [voice.say("topics-card-support", supporters=support.supporters, comments=support.comments)]
    if support.contributors:
        facts.append(voice.say("topics-card-contributors", names=_contributors(here, topic, voice)))
    return facts


def _contributors(here: Here, topic: Topic, voice: Voice) -> tuple[str, ...]:
    """Who can contribute and how; an unnamed author stays unnamed here too, and comes last whoever it is."""

    def unnamed(person: topics.Contributor) -> bool:
        return topic.anonymous and person.member == topic.author

    found = sorted(topics.list_contributors(here.db, topic.id), key=unnamed)
    names = [
        voice.plain(
            f"topics-contributor-{person.way}",
            name=voice.plain("topics-unnamed") if unnamed(person) else person.name,
        )
        for person in found[:CONTRIBUTORS_SHOWN]
    ]
    more = len(found) - len(names)
    return (*names, voice.plain("topics-contributors-more", more=more)) if more else tuple(names)


def _keyboard(here: Here, topic: Topic, reader: Member | None, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if topic.state.open:
        rows += _common_buttons(here, topic, reader, voice)
    elif topic.state is State.HELD:
        rows.append((_act(voice, "comments", topic),))
    if reader is not None:
        rows.append(_own_buttons(topic, reader, voice))
        rows.append(_coordinator_buttons(topic, reader, voice))
    return tuple(row for row in rows if row)


def _common_buttons(here: Here, topic: Topic, reader: Member | None, voice: Voice) -> list[tuple[Button, ...]]:
    buttons = [_act(voice, verb, topic) for verb in ("contribute", "comment", "comments")]
    # Taking support back is not where giving it was, so that pressing or typing twice undoes nothing. In a room one
    # card serves all, so it can only offer what most have not done yet.
    if reader is not None and topics.supports_topic(here.db, topic.id, reader.id):
        buttons.append(_act(voice, "unsupport", topic))
    else:
        buttons.insert(0, _act(voice, "support", topic))
    return [tuple(buttons[:2]), tuple(buttons[2:])]


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
    verbs = ("merge", "move") if State.MERGED in MOVES[topic.state] else ("move",)
    return tuple(_act(voice, verb, topic) for verb in verbs) if topic.state.open else ()


def _act(voice: Voice, verb: str, topic: Topic) -> Button:
    return voice.button(f"topics-button-{verb}", Action(f"topics.{verb}", (topic.id,)))
