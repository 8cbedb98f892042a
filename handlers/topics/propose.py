"""From a question in somebody's head to a topic others can support."""

from domain.chat import Action, Address, Button, Html, Message, Outgoing
from domain.commands import read_number
from domain.people import Purpose, Role, Room
from domain.refusal import Refused
from domain.topics import BACKGROUND_LIMIT, QUESTION_LIMIT, State, Way, asks_how, most_similar, subject
from domain.writing import one_line, required, shortened, within
from handlers.context import Here
from handlers.dialogue import SKIP, Dialogue, Step, begin, option
from handlers.routing import Command, Press, Routes
from handlers.topics.cards import card, reply_card
from handlers.topics.notices import ask_moderation, first_state
from storage import people, rooms, topics
from storage.dialogs import Data

NAMED, ANONYMOUS, ANYWAY, KEEP, NOTHING = "named", "anonymous", "anyway", "keep", "nothing"
ROOMS_OFFERED = 3


def propose(here: Here, argument: str) -> None:
    """``/thema Wie …?`` proposes at once, ``/thema 12`` shows that topic, ``/thema`` alone asks step by step."""
    number = read_number(argument)
    if number is not None:
        reply_card(here, topics.get_visible_topic(here.db, number, here.me).id)
    elif argument:
        _at_once(here, argument)
    else:
        begin(here, PROPOSE, "question")


def _at_once(here: Here, argument: str) -> None:
    first, _, rest = argument.partition("\n")
    data: Data = {"question": _question(first), "background": within(rest.strip(), BACKGROUND_LIMIT), "quick": True}
    if _alike(here, data):
        begin(here, PROPOSE, "alike", data)
    else:
        _save(here, data)


def _question(text: str) -> str:
    return required(one_line(text), QUESTION_LIMIT, "topics-question-empty")


def _alike(here: Here, data: Data) -> list[int]:
    found = most_similar(data["question"], topics.list_topics(here.db, [s for s in State if s.listed]))
    return [topic.id for topic in found]


def _ask_question(here: Here, _: Data) -> Message:
    return Message(here.say("topics-ask-question"))


def _take_question(here: Here, data: Data, text: str) -> str:
    data["question"] = _question(text)
    if _alike(here, data):
        return "alike"
    return _after_alike(data)


def _after_alike(data: Data) -> str:
    return "background" if asks_how(data["question"]) else "how"


def _ask_alike(here: Here, data: Data) -> Message:
    numbers = _alike(here, data)
    found = [topics.get_topic(here.db, number) for number in numbers]
    lines = [
        here.say("topics-alike-line", number=str(topic.id), question=shortened(topic.question, 160)) for topic in found
    ]
    rows = [
        (option(here.voice, "topics-button-support-number", f"support:{topic.id}", number=str(topic.id)),)
        for topic in found
        if topic.state.open
    ]
    rows.append((option(here.voice, "topics-button-anyway", ANYWAY),))
    return Message(Html.joined("\n", [here.say("topics-ask-alike", count=len(found)), *lines]), tuple(rows))


def _take_alike(here: Here, data: Data, word: str) -> str | None:
    if word == ANYWAY:
        if not data.get("quick"):
            return _after_alike(data)
        _save(here, data)
        return None
    kind, _, number = word.partition(":")
    if kind != "support" or not number.isdigit():
        raise Refused("topics-alike-choose")
    support_instead(here, int(number))
    return None


def support_instead(here: Here, number: int) -> None:
    """Support an existing topic in place of proposing another one like it."""
    topic = topics.get_open_topic(here.db, number)
    topics.add_support(here.db, topic.id, here.me.id)
    here.refresh(subject(topic.id))
    reply_card(here, topic.id, here.say("topics-supported-instead"))


def _ask_how(here: Here, data: Data) -> Message:
    keep = option(here.voice, "topics-button-keep", KEEP)
    return Message(here.say("topics-ask-how", question=data["question"]), ((keep,),))


def _take_how(_: Here, data: Data, word: str) -> str:
    if word != KEEP:
        data["question"] = _question(word)
    return "background"


def _ask_background(here: Here, _: Data) -> Message:
    return Message(here.say("topics-ask-background"), ((option(here.voice, "common-skip", SKIP),),))


def _take_background(_: Here, data: Data, word: str) -> str:
    data["background"] = "" if word == SKIP else within(word, BACKGROUND_LIMIT)
    return "contribution"


def _ask_contribution(here: Here, _: Data) -> Message:
    ways = tuple(option(here.voice, f"topics-way-{way}", way) for way in Way)
    return Message(here.say("topics-ask-contribution"), (ways, (option(here.voice, "topics-way-nothing", NOTHING),)))


def _take_contribution(here: Here, data: Data, word: str) -> str | None:
    if word not in {*Way, NOTHING}:
        raise Refused("topics-contribution-choose")
    data["way"] = "" if word == NOTHING else word
    if here.address.private:
        return "name"
    _save(here, data)
    return None


def _ask_name(here: Here, _: Data) -> Message:
    choices = (
        option(here.voice, "topics-button-named", NAMED, name=here.me.name),
        option(here.voice, "topics-button-anonymous", ANONYMOUS),
    )
    return Message(here.say("topics-ask-name"), tuple((choice,) for choice in choices))


def _take_name(here: Here, data: Data, word: str) -> None:
    if word not in (NAMED, ANONYMOUS):
        raise Refused("topics-name-choose")
    _save(here, data, anonymous=word == ANONYMOUS)


def _save(here: Here, data: Data, *, anonymous: bool = False) -> None:
    state, background = first_state(here), data.get("background", "")
    moderated = state is State.WAITING
    topic = topics.add_topic(here.db, data["question"], background, here.me.id, state, here.now, anonymous=anonymous)
    topics.add_support(here.db, topic.id, here.me.id)
    if data.get("way"):
        topics.set_contribution(here.db, topic.id, here.me.id, Way(data["way"]))
    if moderated:
        ask_moderation(here, topic)
    reply_card(here, topic.id, here.say("topics-saved-waiting" if moderated else "topics-saved"))
    if here.address.private and not moderated:
        _offer_rooms(here, topic.id)


def _offer_rooms(here: Here, number: int) -> None:
    offered = _own_rooms(here)[:ROOMS_OFFERED]
    if offered:
        buttons: list[tuple[Button, ...]] = [
            (
                here.voice.button(
                    "topics-button-show-room", Action("topics.show_room", (number, room.id)), room=room.name
                ),
            )
            for room in offered
        ]
        here.reply(here.say("topics-offer-rooms"), tuple(buttons))


def _own_rooms(here: Here) -> list[Room]:
    """Programme rooms that are open to all or belong to one of the member's groups."""
    groups = {group.id for group in people.list_groups_of(here.db, here.me.id)}
    found = rooms.list_rooms(here.db, Purpose.PROGRAMME)
    return [room for room in found if room.group is None or room.group in groups]


PROPOSE = Dialogue(
    "topics.propose",
    Role.PARTNER,
    {
        "question": Step(_ask_question, _take_question),
        "alike": Step(_ask_alike, _take_alike),
        "how": Step(_ask_how, _take_how),
        "background": Step(_ask_background, _take_background),
        "contribution": Step(_ask_contribution, _take_contribution),
        "name": Step(_ask_name, _take_name),
    },
)


def show_in_room(here: Here, number: int, room_id: int) -> None:
    """Post the topic's card in a room the member belongs to."""
    topic = topics.get_open_topic(here.db, number)
    room = next((room for room in _own_rooms(here) if room.id == room_id), None)
    if room is None:
        raise Refused("rooms-gone")
    address = Address(room.channel, room.chat, private=False)
    content = card(here, topic.id, None, here.voice_in(room), address)
    # Once per topic and room and hour: a second press must not post it again.
    key = f"topics:{topic.id}:room:{room.id}@{here.now:%Y-%m-%dT%H}"
    here.send(Outgoing(to=address, content=content, key=key, subject=subject(topic.id)))
    here.toast("topics-shown-in-room", room=room.name)


ROUTES = Routes(
    commands=(Command("topics.propose", ("thema", "topic"), propose),),
    presses={"topics.show_room": Press(show_in_room)},
    dialogues=(PROPOSE,),
)
