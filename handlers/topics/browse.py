"""Finding topics, and seeing what became of them."""

from domain.chat import Action, Html, Keyboard
from domain.commands import read_number
from domain.refusal import Refused
from domain.topics import State, Topic, matches
from domain.writing import folded, one_line, within
from handlers.context import Here
from handlers.paging import page_buttons, page_count, page_start
from handlers.progress import state_word
from handlers.routing import Bare, Command, Press, Routes
from handlers.topics.cards import line, reply_card
from storage import topics

PER_PAGE = 6
SEARCH_LIMIT = 100
SEARCH_SHOWN = 8
CHAINS_SHOWN = 5
BUTTONS_PER_ROW = 3
MINE = frozenset({"meine", "mine", "eigene"})


def list_all(here: Here, argument: str) -> None:
    """``/themen`` lists by support, ``/themen meine`` one's own, ``/themen Wohnen`` searches."""
    words = within(one_line(argument), SEARCH_LIMIT)
    if not words:
        here.reply(*_page(here, "all", 0))
    elif folded(words) in MINE:
        here.reply(*_page(here, "mine", 0))
    else:
        _search(here, words)


def turn(here: Here, which: str, offset: int) -> None:
    """Another page of all topics, or of one's own."""
    here.replace_pressed(*_page(here, which, offset))


def _page(here: Here, which: str, offset: int) -> tuple[Html, Keyboard]:
    found = _own(here) if which == "mine" else topics.list_topics(here.db, [s for s in State if s.listed])
    if not found:
        raise Refused("topics-none-own" if which == "mine" else "topics-none")
    start = page_start(offset, PER_PAGE, len(found))
    page, pages = start // PER_PAGE + 1, page_count(PER_PAGE, len(found))
    head = here.say(f"topics-list-{which}", total=len(found), page=page, pages=pages)
    turns = page_buttons(here.voice, Action("topics.turn", (which,)), start, PER_PAGE, len(found))
    text, buttons = _entries(here, head, found[start : start + PER_PAGE])
    return text, (*buttons, *turns)


def _own(here: Here) -> list[Topic]:
    return topics.list_topics(here.db, author=here.me.id)


def _search(here: Here, words: str) -> None:
    found = [topic for topic in topics.list_topics(here.db, [s for s in State if s.listed]) if matches(words, topic)]
    if not found:
        raise Refused("topics-none-found", words=words)
    shown = found[:SEARCH_SHOWN]
    head = here.say("topics-list-found", words=words, total=len(found), shown=len(shown), more=len(found) - len(shown))
    here.reply(*_entries(here, head, shown))


def _entries(here: Here, head: Html, found: list[Topic]) -> tuple[Html, Keyboard]:
    """The list in words, and a button for each topic in it, in the same order: a typed place is that button."""
    supporters = topics.count_supporters(here.db, [topic.id for topic in found])
    lines = [line(topic, place, supporters.get(topic.id, 0), here.voice) for place, topic in enumerate(found, 1)]
    buttons = [
        here.voice.button("topics-button-card", Action("topics.card", (topic.id,)), number=str(topic.id))
        for topic in found
    ]
    rows = tuple(tuple(buttons[start : start + BUTTONS_PER_ROW]) for start in range(0, len(buttons), BUTTONS_PER_ROW))
    return Html.joined("\n\n", [head, *lines]), rows


def show(here: Here, argument: str) -> None:
    """``/zeigen 12`` shows the card of topic 12."""
    reply_card(here, topics.get_visible_topic(here.db, wanted_number(argument), here.me).id)


def wanted_number(argument: str) -> int:
    """The topic number somebody typed. Raises :class:`Refused` for anything else."""
    number = read_number(argument.casefold().removeprefix("thema").removeprefix("topic"))
    if number is None:
        raise Refused("topics-number-needed")
    return number


def history(here: Here, argument: str) -> None:
    """``/werdegang 12`` tells what became of a topic; without a number, of all of one's own."""
    if argument:
        tell_history(here, wanted_number(argument))
        return
    own = _own(here)
    if not own:
        raise Refused("topics-none-own")
    chains = [_chain(here, topic) for topic in sorted(own, key=lambda topic: -topic.id)[:CHAINS_SHOWN]]
    here.reply(Html.joined("\n\n", chains))


def tell_history(here: Here, number: int) -> None:
    """The chain of one topic."""
    here.reply(_chain(here, topics.get_visible_topic(here.db, number, here.me)))


def _chain(here: Here, topic: Topic) -> Html:
    steps = [
        here.say("topics-step", at=step.at, state=state_word(step.state, here.voice))
        for step in topics.list_steps(here.db, topic.id)
    ]
    head = here.say("topics-history-head", number=str(topic.id), question=topic.question)
    return Html.joined("\n", [head, *steps, *_outlook(here, topic)])


def _outlook(here: Here, topic: Topic) -> list[Html]:
    """Where a merged topic went; for the author of one that goes on, that they will hear of it."""
    if topic.merged_into:
        return [here.say("topics-card-merged", into=str(topic.merged_into))]
    awaited = topic.state.open or topic.state is State.WAITING
    return [here.say("topics-history-on")] if awaited and topic.author == here.me.id else []


ROUTES = Routes(
    commands=(
        Command("topics.list", ("themen", "topics"), list_all, bare=Bare.ALWAYS),
        Command("topics.show", ("zeigen", "show"), show, needs="topics-ask-number", listed=False),
        Command("topics.history", ("werdegang", "history"), history),
    ),
    presses={"topics.turn": Press(turn), "topics.history": Press(tell_history)},
    phrases={
        "was wurde aus meinem thema": "topics.history",
        "was wurde aus meinen themen": "topics.history",
        "what became of my topic": "topics.history",
        "meine themen": "topics.history",
    },
)
