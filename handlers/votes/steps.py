"""The dialogue in which a vote is made: one question after another, a preview, and the start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.ballots.rules import MOST_OPTIONS
from domain.chat import Html, Message
from domain.people import Role
from domain.refusal import Refused
from domain.topics import MOVES, Topic
from domain.topics import State as TopicState
from domain.votes import Draft, State, Vote
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, option
from handlers.votes import beginning
from handlers.votes.cards import card_text, facts, reply_card
from handlers.votes.places import entitled, homes
from handlers.votes.reading import (
    SETTINGS,
    USUAL_END,
    check,
    draft_of,
    read_options,
    read_question,
    read_setting,
    read_topics,
    set_topics,
)
from storage import audit, topics, votes
from storage.dialogs import Data

FROM_TOPICS, OWN, ALL, DONE, USUAL = "topics", "own", "all", "done", "usual"
START, LATER, CHANGE = "start", "later", "change"
OFFERED = 8
"""Topics that have a button; all others can be named by their numbers."""
USUAL_NUMBER = 5
"""Topics that are taken with one tap, those with the most support."""
DAYS = (1, 3, 7)
"""Days from now that are offered for the close."""


def following(here: Here, data: Data) -> str:
    """What is to be asked next. Raises :class:`Refused` for what does not fit together."""
    check(data)
    if "options" not in data:
        return _source(here)
    if "closes" not in data:
        return "closes"
    draft_of(here, data)
    return "preview"


def reason(here: Here, refused: Refused) -> str:
    """Why something was refused, in words that can be kept with the question."""
    return str(here.say(refused.key, **refused.values))


def ask_again_for(data: Data, wrong: Sequence[Sequence[str]]) -> str:
    """Ask again for the first of what was wrong, saying why."""
    (data["field"], data["why"]), *data["later"] = wrong
    return "field"


def _explained(data: Data, question: Message) -> Message:
    """The question under what was wrong before."""
    if not data.get("why"):
        return question
    return replace(question, text=Html.joined("\n", [Html(data["why"]), question.text]))


def _candidates(here: Here) -> list[Topic]:
    states = [state for state in TopicState if state.listed and TopicState.ON_BALLOT in MOVES[state]]
    return topics.list_topics(here.db, states)


def _source(here: Here) -> str:
    """Where the options come from is asked where there are topics to choose from."""
    return "source" if len(_candidates(here)) > 1 else "options"


def _ask_question(here: Here, _: Data) -> Message:
    usual = option(here.voice, "votes-usual-question", USUAL)
    return Message(here.say("votes-ask-question"), ((usual,),) if len(_candidates(here)) > 1 else ())


def _take_question(here: Here, data: Data, text: str) -> str:
    read_question(here, data, here.voice.plain("votes-usual-question") if text == USUAL else text)
    if text == USUAL:
        return "topics"
    return _source(here)


def _ask_source(here: Here, _: Data) -> Message:
    choices = option(here.voice, "votes-button-topics", FROM_TOPICS), option(here.voice, "votes-button-own", OWN)
    return Message(here.say("votes-ask-source"), (choices,))


def _take_source(here: Here, data: Data, text: str) -> str:
    if text == FROM_TOPICS:
        return "topics"
    if text == OWN:
        return "options"
    return _take_options(here, data, text)


def _ask_topics(here: Here, data: Data) -> Message:
    """The list to pick from; what is picked is said in words."""
    found, picked = _candidates(here), data.get("picked", [])
    if len(found) < 2:
        raise Refused("votes-topics-few")
    lines = [
        here.say(
            "votes-topic-picked" if topic.id in picked else "votes-topic-line",
            number=str(topic.id),
            question=topic.question,
        )
        for topic in found[:MOST_OPTIONS]
    ]
    buttons = [
        option(
            here.voice,
            "votes-button-topic-picked" if topic.id in picked else "votes-button-topic",
            f"topic {topic.id}",
            number=str(topic.id),
        )
        for topic in found[:OFFERED]
    ]
    rows = [tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4)]
    last = [option(here.voice, "votes-button-first-topics", ALL, number=min(USUAL_NUMBER, len(found)))]
    if len(picked) > 1:
        last.append(option(here.voice, "votes-button-done", DONE, number=len(picked)))
    return Message(Html.joined("\n", [here.say("votes-ask-topics"), *lines]), (*rows, tuple(last)))


def _take_topics(here: Here, data: Data, text: str) -> str:
    picked: list[int] = list(data.get("picked", []))
    word, _, number = text.partition(" ")
    if word == "topic" and number.isdigit():
        place = int(number)
        data["picked"] = [other for other in picked if other != place] if place in picked else [*picked, place]
        return "topics"
    if text == ALL:
        picked = [topic.id for topic in _candidates(here)[:USUAL_NUMBER]]
    if text in (ALL, DONE):
        set_topics(here, data, picked)
    else:
        read_topics(here, data, text)
    data.pop("picked", None)
    return following(here, data)


def _ask_options(here: Here, _: Data) -> Message:
    return Message(here.say("votes-ask-options"))


def _take_options(here: Here, data: Data, text: str) -> str:
    lines = [line for line in text.split("\n") if not read_setting(here, data, line)]
    if lines or "options" not in data:
        read_options(here, data, "\n".join(lines))
    return following(here, data)


def _ask_closes(here: Here, _: Data) -> Message:
    choices = tuple(option(here.voice, "votes-button-days", f"in {days}", at=_in_days(here, days)) for days in DAYS)
    return Message(here.say("votes-ask-closes"), tuple((choice,) for choice in choices))


def _in_days(here: Here, days: int) -> datetime:
    local = here.now.astimezone(here.policy.timezone) + timedelta(days=days)
    return local.replace(hour=USUAL_END.hour, minute=0, second=0, microsecond=0, fold=0)


def _take_closes(here: Here, data: Data, text: str) -> str:
    _read(here, data, "closes", text)
    return following(here, data)


def _read(here: Here, data: Data, name: str, text: str) -> None:
    """Take a decision that was typed, or pressed where days are offered."""
    word, _, days = text.partition(" ")
    if name == "closes" and word == "in" and days.isdigit() and int(days) in DAYS:
        data["closes"] = _in_days(here, int(days)).isoformat()
    else:
        SETTINGS[name].read(here, data, text)


def _ask_preview(here: Here, data: Data) -> Message:
    draft = draft_of(here, data)
    made = Vote(0, draft, State.SCHEDULED, here.me.id)
    counted = len(entitled(here, draft))
    head = here.say("votes-preview")
    shown = card_text(here, made, here.voice, entitled=counted)
    text = Html.joined(
        "\n\n", [head, shown, Html.joined("\n", [*facts(draft, counted, here.voice), here.say("votes-preview-type")])]
    )
    start = option(here.voice, "votes-button-schedule" if draft.opens else "votes-button-start", START)
    others = option(here.voice, "votes-button-later", LATER), option(here.voice, "votes-button-change", CHANGE)
    return Message(text, ((start,), others))


def _take_preview(here: Here, data: Data, text: str) -> str | None:
    if text == START:
        _start(here, draft_of(here, data))
        return None
    if text in (LATER, CHANGE):
        data["field"] = "opens"
        return "field" if text == LATER else "change"
    return _take_settings(here, data, text, "votes-preview-choose")


def _take_settings(here: Here, data: Data, text: str, otherwise: str) -> str:
    if not all(read_setting(here, data, line) for line in text.split("\n")):
        raise Refused(otherwise)
    return following(here, data)


def _ask_change(here: Here, data: Data) -> Message:
    buttons = [option(here.voice, f"votes-field-{name}", name) for name in SETTINGS]
    rows = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
    return _explained(data, Message(here.say("votes-ask-change"), rows))


def _take_change(here: Here, data: Data, text: str) -> str:
    data.pop("why", None)
    if text in SETTINGS:
        data["field"] = text
        return "field"
    return _take_settings(here, data, text, "votes-change-choose")


_CHOICES = {
    "method": ("single", "approval", "points", "ranking"),
    "secret": ("secret", "open"),
    "live": ("live", "end"),
    "none": ("yes", "no"),
    "proportional": ("yes", "no"),
    "partners": ("yes", "no"),
    "who": ("all", "participant"),
}


def _ask_field(here: Here, data: Data) -> Message:
    name = data["field"]
    if name == "closes":
        return _explained(data, _ask_closes(here, data))
    choices = tuple(option(here.voice, f"votes-choice-{word}", word) for word in _CHOICES.get(name, ()))
    return _explained(data, Message(here.say(f"votes-ask-{name}"), (choices,) if choices else ()))


def _take_field(here: Here, data: Data, text: str) -> str:
    later = data.pop("later", [])
    data.pop("why", None)
    _read(here, data, data.pop("field"), text)
    return ask_again_for(data, later) if later else following(here, data)


def _start(here: Here, draft: Draft) -> None:
    """Write the vote down and open it, or leave it to its time."""
    beginning.check(here, draft)
    made = votes.add_vote(here.db, draft, here.me.id)
    audit.add_entry(here.db, here.now, here.me.id, "votes.create", (made.id,))
    if draft.opens is None:
        beginning.start(here, made, actor=here.me.id)
        if here.room is None or here.room not in homes(here, draft):
            here.reply(here.say("votes-started", number=str(made.id), closes=draft.closes))
    else:
        here.reply(here.say("votes-scheduled", number=str(made.id), opens=draft.opens, closes=draft.closes))
    if here.address.private:
        reply_card(here, votes.get_vote(here.db, made.id))


MAKE = Dialogue(
    "votes.make",
    Role.COORDINATOR,
    {
        "question": Step(_ask_question, _take_question),
        "source": Step(_ask_source, _take_source),
        "topics": Step(_ask_topics, _take_topics, numeric=True),
        "options": Step(_ask_options, _take_options),
        "closes": Step(_ask_closes, _take_closes),
        "preview": Step(_ask_preview, _take_preview),
        "change": Step(_ask_change, _take_change),
        "field": Step(_ask_field, _take_field, numeric=True),
    },
)
