"""From a question, or from topics, to a vote that runs: in one message, step by step, or as a copy."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.ballots.rules import MOST_OPTIONS
from domain.chat import Html, Message
from domain.commands import read_number
from domain.people import Role
from domain.refusal import Refused
from domain.topics import MOVES, Topic
from domain.topics import State as TopicState
from domain.votes import Draft, State, Vote
from domain.writing import folded
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin, option
from handlers.routing import Bare, Command, Press, Routes
from handlers.votes import beginning, coordinate
from handlers.votes.cards import card_text, facts, reply_card
from handlers.votes.places import entitled, homes
from handlers.votes.reading import (
    SETTINGS,
    USUAL_END,
    check,
    data_of,
    draft_of,
    is_setting,
    read_message,
    read_options,
    read_question,
    read_setting,
    read_topics,
    set_topics,
)
from storage import audit, topics, votes
from storage.dialogs import Data

THEMES, OWN, ALL, DONE, START, LATER, CHANGE, USUAL = (
    "topics",
    "own",
    "all",
    "done",
    "start",
    "later",
    "change",
    "usual",
)
OFFERED = 8
"""Topics that have a button; all others can be named by their numbers."""
USUAL_NUMBER = 5
"""Topics that are taken with one tap, those with the most support."""
DAYS = (1, 3, 7)
"""Days from now that are offered for the close."""
SEED_LENGTH = 12
_TOPICS = re.compile(r"(?:themen|topics|thema|topic)\b[:\s]*(.*)", re.IGNORECASE | re.DOTALL)
_ABOUT_ONE = re.compile(r"(?P<number>\d{1,9})\s+(?P<wish>.+)|(?P<first>\w+)\s+(?P<last>\d{1,9})", re.DOTALL)
_COPY = frozenset("kopie kopieren copy wiederholen repeat vorlage template nochmal again".split())
_CANCEL = frozenset("absagen cancel".split())


def vote(here: Here, argument: str) -> None:
    """``/abstimmung Frage …`` makes one, ``/abstimmung themen 3 7`` one about topics, ``/abstimmung 3`` shows one."""
    number = read_number(argument)
    if number is not None:
        reply_card(here, votes.get_vote(here.db, number))
    elif here.role < Role.COORDINATOR:
        raise Refused("votes-only-coordinator")
    elif _about_one(here, argument):
        return
    elif match := _TOPICS.fullmatch(argument):
        _from_topics(here, match[1])
    elif argument:
        _from_message(here, argument)
    else:
        begin(here, MAKE, "question", _seeded(here, {}))


def _about_one(here: Here, argument: str) -> bool:
    """What is to be done with one vote, as in ``3 kopie`` or ``kopie 3``; False where that is how a question begins."""
    match = _ABOUT_ONE.fullmatch(argument)
    if match is None:
        return False
    number, wish = int(match["number"] or match["last"]), match["wish"] or match["first"]
    if votes.find_vote(here.db, number) is None:
        return False
    if folded(wish) in _COPY:
        copy(here, number)
    elif folded(wish) in _CANCEL:
        coordinate.cancel(here, number)
    elif is_setting(wish):
        raise Refused("votes-fixed", number=str(number))
    else:
        return False
    return True


def _from_message(here: Here, text: str) -> None:
    """What cannot be taken is said and asked again, so that nothing has to be written twice."""
    read, mistakes = read_message(here, text)
    data = _seeded(here, read)
    if not mistakes:
        _next(here, data)
        return
    reasons = {mistake.name: _reason(here, mistake.refused) for mistake in mistakes}
    begin(here, MAKE, _ask_next(data, list(reasons.items())), data)


def _reason(here: Here, refused: Refused) -> str:
    return str(here.say(refused.key, **refused.values))


def _ask_next(data: Data, wrong: Sequence[Sequence[str]]) -> str:
    """Ask again for the first of what was wrong, saying why."""
    (data["field"], data["why"]), *data["later"] = wrong
    return "field"


def _explained(data: Data, question: Message) -> Message:
    """The question under what was wrong before."""
    if not data.get("why"):
        return question
    return replace(question, text=Html.joined("\n", [Html(data["why"]), question.text]))


def _from_topics(here: Here, numbers: str) -> None:
    data = _seeded(here, {"question": here.voice.plain("votes-usual-question")})
    first, *rest = numbers.split("\n") if numbers else [""]
    for line in rest:
        if line and not read_setting(here, data, line):
            read_question(here, data, line)
    if first:
        read_topics(here, data, first)
        _next(here, data)
    else:
        begin(here, MAKE, "topics", data)


def copy(here: Here, number: int) -> None:
    """Make another vote like an earlier one; topics that can be voted on are linked again."""
    data = data_of(votes.get_vote(here.db, number).draft)
    old = votes.get_vote(here.db, number).draft
    for place, was in enumerate(old.options):
        topic = topics.find_topic(here.db, was.topic) if was.topic is not None else None
        if topic is not None and TopicState.ON_BALLOT in MOVES[topic.state]:
            data["options"][place] = [topic.question, topic.id]
    _next(here, _seeded(here, data))


def _seeded(here: Here, data: Data) -> Data:
    # Drawn before anybody can know what the lots are good for, and shown before the first vote.
    return data | {"seed": here.token(SEED_LENGTH)}


def _next(here: Here, data: Data) -> None:
    """Go on where something is missing or does not fit; with everything there, show the preview."""
    try:
        step = _following(here, data)
    except Refused as refused:
        step, data["why"] = "change", _reason(here, refused)
    begin(here, MAKE, step, data)


def _following(here: Here, data: Data) -> str:
    """What is to be asked next. Raises :class:`Refused` for what does not fit together."""
    check(data)
    if "options" not in data:
        return "source"
    if "closes" not in data:
        return "closes"
    draft_of(here, data)
    return "preview"


def _candidates(here: Here) -> list[Topic]:
    states = [state for state in TopicState if state.listed and TopicState.ON_BALLOT in MOVES[state]]
    return topics.list_topics(here.db, states)


def _ask_question(here: Here, _: Data) -> Message:
    usual = option(here.voice, "votes-usual-question", USUAL)
    return Message(here.say("votes-ask-question"), ((usual,),) if len(_candidates(here)) > 1 else ())


def _take_question(here: Here, data: Data, text: str) -> str:
    read_question(here, data, here.voice.plain("votes-usual-question") if text == USUAL else text)
    if text == USUAL:
        return "topics"
    return "source" if len(_candidates(here)) > 1 else "options"


def _ask_source(here: Here, _: Data) -> Message:
    choices = option(here.voice, "votes-button-topics", THEMES), option(here.voice, "votes-button-own", OWN)
    return Message(here.say("votes-ask-source"), (choices,))


def _take_source(here: Here, data: Data, text: str) -> str:
    if text == THEMES:
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
    return _following(here, data)


def _ask_options(here: Here, _: Data) -> Message:
    return Message(here.say("votes-ask-options"))


def _take_options(here: Here, data: Data, text: str) -> str:
    lines = [line for line in text.split("\n") if not read_setting(here, data, line)]
    if lines or "options" not in data:
        read_options(here, data, "\n".join(lines))
    return _following(here, data)


def _ask_closes(here: Here, _: Data) -> Message:
    choices = tuple(option(here.voice, "votes-button-days", f"in {days}", at=_in_days(here, days)) for days in DAYS)
    return Message(here.say("votes-ask-closes"), tuple((choice,) for choice in choices))


def _in_days(here: Here, days: int) -> datetime:
    local = here.now.astimezone(here.policy.timezone) + timedelta(days=days)
    return local.replace(hour=USUAL_END.hour, minute=0, second=0, microsecond=0, fold=0)


def _take_closes(here: Here, data: Data, text: str) -> str:
    _read(here, data, "closes", text)
    return _following(here, data)


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
    return _following(here, data)


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
    return _ask_next(data, later) if later else _following(here, data)


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

ROUTES = Routes(
    commands=(Command("votes.vote", ("abstimmung", "vote"), vote, bare=Bare.ALWAYS, confidential=True),),
    presses={"votes.copy": Press(copy, Role.COORDINATOR)},
    dialogues=(MAKE,),
)
