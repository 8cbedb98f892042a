"""Finding topics, and seeing what became of them."""

from domain.chat import Action, Button, Html
from domain.commands import read_number
from domain.refusal import Refused
from domain.topics import State, Topic, matches
from domain.writing import folded, one_line
from handlers.context import Here
from handlers.paging import page_buttons, page_count
from handlers.routing import Command, Press, Routes
from handlers.topics.cards import line, reply_card, state_word
from storage import topics

PER_PAGE = 6
SEARCH_SHOWN = 8
CHAINS_SHOWN = 5
BUTTONS_PER_ROW = 3
MINE = frozenset({"meine", "mine", "eigene"})


def list_all(here: Here, argument: str) -> None:
    """``/themen`` lists by support, ``/themen meine`` one's own, ``/themen Wohnen`` searches."""
    words = one_line(argument)
    if not words:
        page(here, "all", 0)
    elif folded(words) in MINE:
        page(here, "mine", 0)
    else:
        _search(here, words)


def page(here: Here, which: str, offset: int) -> None:
    """One page of all topics, or of one's own."""
    found = _own(here) if which == "mine" else topics.list_topics(here.db, [s for s in State if s.listed])
    if not found:
        raise Refused("topics-none-own" if which == "mine" else "topics-none")
    offset = min(offset, (len(found) - 1) // PER_PAGE * PER_PAGE)
    head = here.say(
        f"topics-list-{which}", total=len(found), page=offset // PER_PAGE + 1, pages=page_count(PER_PAGE, len(found))
    )
    turns = page_buttons(here.voice, Action("topics.page", (which,)), offset, PER_PAGE, len(found))
    text, buttons = _entries(here, head, found[offset : offset + PER_PAGE], offset)
    here.replace_pressed(text, (*buttons, *turns))


def _own(here: Here) -> list[Topic]:
    return topics.list_topics(here.db, author=here.me.id)


def _search(here: Here, words: str) -> None:
    found = [topic for topic in topics.list_topics(here.db, [s for s in State if s.listed]) if matches(words, topic)]
    if not found:
        raise Refused("topics-none-found", words=words)
    head = here.say("topics-list-found", words=words, total=len(found), shown=min(len(found), SEARCH_SHOWN))
    text, buttons = _entries(here, head, found[:SEARCH_SHOWN], 0)
    here.reply(text, buttons)


def _entries(here: Here, head: Html, found: list[Topic], offset: int) -> tuple[Html, tuple[tuple[Button, ...], ...]]:
    """The list in words, and a button for each topic in it."""
    supporters = topics.count_supporters(here.db, [topic.id for topic in found])
    lines = [
        line(topic, place, supporters.get(topic.id, 0), here.voice) for place, topic in enumerate(found, offset + 1)
    ]
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
        here.say("topics-step", at=step.at, state=here.voice.plain(f"topics-state-{step.state.replace('_', '-')}"))
        for step in topics.list_steps(here.db, topic.id)
    ]
    head = here.say("topics-history-head", number=str(topic.id), question=topic.question)
    ending = here.say("topics-card-merged", into=str(topic.merged_into)) if topic.merged_into else _outlook(here, topic)
    return Html.joined("\n", [head, *steps, ending])


def _outlook(here: Here, topic: Topic) -> Html:
    return here.say("topics-history-now", state=state_word(topic, here.voice))


ROUTES = Routes(
    commands=(
        Command("topics.list", ("themen", "topics"), list_all),
        Command("topics.show", ("zeigen", "show"), show, needs="topics-ask-number", listed=False),
        Command("topics.history", ("werdegang", "history"), history),
    ),
    presses={"topics.page": Press(page), "topics.history": Press(tell_history)},
    phrases={
        "was wurde aus meinem thema": "topics.history",
        "was wurde aus meinen themen": "topics.history",
        "what became of my topic": "topics.history",
        "meine themen": "topics.history",
    },
)
