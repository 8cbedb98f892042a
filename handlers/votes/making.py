"""From a question, or from topics, to a vote that runs: in one message, step by step, or as a copy."""

import re

from domain.commands import read_number
from domain.people import Role
from domain.refusal import Refused
from domain.topics import MOVES
from domain.topics import State as TopicState
from domain.writing import folded
from handlers.context import Here
from handlers.dialogue import begin
from handlers.routing import Bare, Command, Press, Routes
from handlers.votes import coordinate
from handlers.votes.cards import reply_card
from handlers.votes.reading import data_of, is_setting, read_message, read_question, read_setting, read_topics
from handlers.votes.steps import MAKE, ask_again_for, following, reason
from storage import topics, votes
from storage.dialogs import Data

SEED_LENGTH = 12
_TOPICS = re.compile(r"(?:themen|topics|thema|topic)\b[:\s]*((?:#|nr\.?\s*)?\d.*|[^?\n]*)", re.IGNORECASE | re.DOTALL)
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
    reasons = {mistake.name: reason(here, mistake.refused) for mistake in mistakes}
    begin(here, MAKE, ask_again_for(data, list(reasons.items())), data)


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
    old = votes.get_vote(here.db, number).draft
    data = data_of(old)
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
        step = following(here, data)
    except Refused as refused:
        step, data["why"] = "change", reason(here, refused)
    begin(here, MAKE, step, data)


ROUTES = Routes(
    commands=(Command("votes.vote", ("abstimmung", "vote"), vote, bare=Bare.ALWAYS, confidential=True),),
    presses={"votes.copy": Press(copy, Role.COORDINATOR)},
    dialogues=(MAKE,),
)
