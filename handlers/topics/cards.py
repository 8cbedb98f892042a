"""How a topic looks in a chat: its card and its line in a list."""

from domain.chat import Action, Address, Button, Html, Message
from domain.people import Member, Role
from domain.topics import EDITABLE, MOVES, State, Topic, subject
from domain.writing import shortened
from handlers.context import Here, Unit, Voice
from handlers.progress import state_word
from storage import topics
from storage.topics import Standing

CONTRIBUTORS_SHOWN = 8
QUESTION_IN_LIST = 160


def card(unit: Unit, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The topic with its support; buttons depend on its state and on who reads it."""
    standing = topics.get_standing(unit.db, number, reader.id if reader else 0)
    return Message(_text(unit, standing, voice, private=address.private), _keyboard(standing, reader, voice))


def reply_card(here: Here, number: int, above: Html | None = None) -> None:
    """Answer with the topic's card, under a sentence of its own if given."""
    content = card(here, number, here.member if here.address.private else None, here.voice, here.address)
    text = Html.joined("\n\n", [above, content.text]) if above else content.text
    here.reply(text, content.keyboard, subject=subject(number))


def line(topic: Topic, place: int, supporters: int, voice: Voice) -> Html:
    """The topic as one entry of a list."""
    question = shortened(topic.question, QUESTION_IN_LIST)
    entry = voice.say("topics-line", place=place, number=str(topic.id), question=question, supporters=supporters)
    if topic.state is State.PROPOSED:
        return entry
    return Html.joined("", [entry, voice.say("topics-line-state", state=state_word(topic.state, voice))])


def _text(unit: Unit, standing: Standing, voice: Voice, *, private: bool) -> Html:
    topic = standing.topic
    parts = [voice.say("topics-card-head", number=str(topic.id), question=topic.question)]
    if topic.background:
        parts.append(voice.say("topics-card-background", background=topic.background))
    parts.append(Html.joined("\n", [_author(standing, voice), *_carried(unit, standing, voice)]))
    if topic.state.open and not private:
        parts.append(voice.say("topics-card-reply-hint"))
    return Html.joined("\n\n", parts)


def _author(standing: Standing, voice: Voice) -> Html:
    state = state_word(standing.topic.state, voice)
    if standing.topic.anonymous or not standing.author:
        return voice.say("topics-card-unnamed", state=state)
    return voice.say("topics-card-author", name=standing.author, state=state)


def _carried(unit: Unit, standing: Standing, voice: Voice) -> list[Html]:
    """Who carries it; of a merged topic, where all that went."""
    topic, support = standing.topic, standing.support
    if topic.merged_into:
        return [voice.say("topics-card-merged", into=str(topic.merged_into))]
    facts = [voice.say("topics-card-support", supporters=support.supporters, comments=support.comments)]
    if support.contributors:
        facts.append(voice.say("topics-card-contributors", names=_contributors(unit, topic, voice)))
    return facts


def _contributors(unit: Unit, topic: Topic, voice: Voice) -> tuple[str, ...]:
    """Who can contribute and how; an unnamed author stays unnamed here too, and comes last whoever it is."""

    def unnamed(person: topics.Contributor) -> bool:
        return topic.anonymous and person.member == topic.author

    found = sorted(topics.list_contributors(unit.db, topic.id), key=unnamed)
    names = [
        voice.plain(
            f"topics-contributor-{person.way}",
            name=voice.plain("topics-unnamed") if unnamed(person) else person.name,
        )
        for person in found[:CONTRIBUTORS_SHOWN]
    ]
    more = len(found) - len(names)
    return (*names, voice.plain("topics-contributors-more", more=more)) if more else tuple(names)


def _keyboard(standing: Standing, reader: Member | None, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    topic = standing.topic
    rows: list[tuple[Button, ...]] = []
    if topic.state.open:
        rows += _common_buttons(standing, voice)
    elif topic.state is State.HELD:
        rows.append((_act(voice, "comments", topic),))
    if reader is not None:
        rows.append(_own_buttons(topic, reader, voice))
        rows.append(_coordinator_buttons(topic, reader, voice))
    return tuple(row for row in rows if row)


def _common_buttons(standing: Standing, voice: Voice) -> list[tuple[Button, ...]]:
    topic = standing.topic
    buttons = [_act(voice, verb, topic) for verb in ("contribute", "comment", "comments")]
    # Taking support back is not where giving it was, so that pressing or typing twice undoes nothing. In a room one
    # card serves all, so it can only offer what most have not done yet.
    if standing.supported:
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
