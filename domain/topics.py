"""Topics: their states, what makes two alike, and how a question is nudged towards "Wie …?"."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rapidfuzz import fuzz
from snowballstemmer import stemmer

QUESTION_LIMIT = 300
BACKGROUND_LIMIT = 1500
COMMENT_LIMIT = 1000
SIMILAR_FROM = 62.0
"""Score from 0 to 100 above which two questions are shown to the author as alike."""


class State(StrEnum):
    """Where a topic stands on its way from a question to a workshop."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    ON_BALLOT = "on_ballot"
    SELECTED = "selected"
    SCHEDULED = "scheduled"
    HELD = "held"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"

    @property
    def open(self) -> bool:
        """Whether people may support it, comment on it and change it."""
        return self in OPEN

    @property
    def listed(self) -> bool:
        """Whether it appears in the list of topics."""
        return self not in UNLISTED


OPEN = frozenset({State.PROPOSED, State.NOT_SELECTED, State.ON_BALLOT, State.SELECTED, State.SCHEDULED})
UNLISTED = frozenset({State.WAITING, State.WITHDRAWN, State.DECLINED, State.MERGED})
HIDDEN = frozenset({State.WAITING, State.WITHDRAWN, State.DECLINED})
"""Not published (any more): for its author and the coordinators only."""
EDITABLE = frozenset({State.WAITING, State.PROPOSED, State.NOT_SELECTED})
"""On a ballot people must find what they were asked about, so the author may change it only before."""

MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.PROPOSED, State.DECLINED, State.WITHDRAWN}),
    State.PROPOSED: frozenset({State.ON_BALLOT, State.SELECTED, State.DECLINED, State.WITHDRAWN, State.MERGED}),
    State.ON_BALLOT: frozenset({State.SELECTED, State.NOT_SELECTED, State.PROPOSED}),
    State.SELECTED: frozenset({State.SCHEDULED, State.NOT_SELECTED}),
    State.SCHEDULED: frozenset({State.HELD, State.SELECTED}),
    State.HELD: frozenset(),
    State.NOT_SELECTED: frozenset(
        {State.PROPOSED, State.ON_BALLOT, State.SELECTED, State.DECLINED, State.WITHDRAWN, State.MERGED}
    ),
    State.WITHDRAWN: frozenset({State.PROPOSED}),
    State.DECLINED: frozenset({State.PROPOSED}),
    State.MERGED: frozenset(),
}


class Way(StrEnum):
    """How somebody can contribute to a workshop on a topic."""

    INPUT = "input"
    EXAMPLE = "example"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Topic:
    """A question for a workshop. ``author`` is a member, None when they left; never shown when ``anonymous``."""

    id: int
    question: str
    background: str
    author: int | None
    anonymous: bool
    state: State
    merged_into: int | None
    proposed: datetime


@dataclass(frozen=True, slots=True)
class Support:
    """How much a topic is carried: numbers only."""

    supporters: int
    contributors: int
    comments: int


_STEM = {"de": stemmer("german"), "en": stemmer("english")}
_WORD = re.compile(r"[^\W_]+")
_SPELLINGS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_DIGRAPHS = re.compile(r"([aou])e(?=[bcdfghjklmnpqrstvwxz])")
_FILLERS = frozenset(
    "wie was wir man kann konnen sollen soll und oder der die das den dem des ein eine einen einer eines in im an am "
    "auf aus bei mit von vom zu zum zur fur uber unser unsere unserer unseren es ist sind wird werden sich nicht auch "
    "how what we can do does should and or the a an in on at of to for with our is are be it not also".split()
)


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, with umlauts and their spellings made equal."""
    words = [_DIGRAPHS.sub(r"\1", word.translate(_SPELLINGS)) for word in _WORD.findall(text.casefold())]
    return tuple(_STEM["de"].stemWords([word for word in words if word not in _FILLERS]))


def similarity(one: str, other: str) -> float:
    """How alike two questions are, 0 to 100: token-set ratio over stems (RapidFuzz), order and fillers ignored."""
    first, second = stems(one), stems(other)
    if not first or not second:
        return 0.0
    return (
        fuzz.token_sort_ratio(" ".join(first), " ".join(second)) * 0.5
        + fuzz.token_set_ratio(" ".join(first), " ".join(second)) * 0.5
    )


def most_similar(question: str, topics: list[Topic], most: int = 3) -> list[Topic]:
    """The topics most like the question, best first, leaving out what is not alike at all."""
    scored = [(similarity(question, topic.question), topic) for topic in topics]
    alike = [pair for pair in scored if pair[0] >= SIMILAR_FROM]
    alike.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [topic for _, topic in alike[:most]]


def matches(search: str, topic: Topic) -> bool:
    """Whether every word searched for begins or is a word of the topic, or nearly is."""
    text = stems(f"{topic.question} {topic.background}")
    return all(any(_near(word, other) for other in text) for word in stems(search))


def _near(word: str, other: str) -> bool:
    return other.startswith(word) or word in other or fuzz.ratio(word, other) >= 80


def asks_how(question: str) -> bool:
    """Whether it is the kind of question the programme lives on."""
    return question.casefold().startswith(("wie ", "wie…", "how "))
