"""Topics: their states, what makes two alike, and how a question is nudged towards "Wie …?"."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from math import sqrt
from posixpath import commonprefix

from rapidfuzz import fuzz
from snowballstemmer import stemmer

QUESTION_LIMIT = 300
BACKGROUND_LIMIT = 1500
COMMENT_LIMIT = 1000
SIMILAR_FROM = 50.0
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
    State.WITHDRAWN: frozenset({State.PROPOSED, State.WAITING}),
    State.DECLINED: frozenset({State.PROPOSED}),
    State.MERGED: frozenset(),
}


class Way(StrEnum):
    """How somebody can contribute to a workshop on a topic."""

    INPUT = "input"
    EXAMPLE = "example"
    CONTACT = "contact"


def subject(topic: int) -> str:
    """The name under which all cards of a topic are kept up to date."""
    return f"topic:{topic}"


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


_WORD = re.compile(r"[^\W_]+")
_HOW = re.compile(r"\W*(wie|how)\b", re.IGNORECASE)
_SPELLINGS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_DIGRAPHS = re.compile(r"([aou])e(?=[bcdfghjklmnpqrstvwxz])")
_FILLERS = frozenset(
    """
    wie was wir man ich kann konnen sollen soll und oder der die das den dem des ein eine einen einer eines in im an am
    auf aus bei mit von vom zu zum zur fur uber unser unsere unserer unseren es ist sind wird werden sich nicht auch
    how what we i can could do does should and or the a an in on at of to for with our is are be it not also who
    """.split()
)


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, with umlauts and their spellings made equal.

    Every word goes through the German and then the English stemmer: both languages stand side by side in one list of
    topics, and a single word searched for does not say which one it is.
    """
    words = [_DIGRAPHS.sub(r"\1", word.translate(_SPELLINGS)) for word in _WORD.findall(text.casefold())]
    return tuple(_stem(word) for word in words if word not in _FILLERS)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    # A search stems every word of every topic, and few of them are new.
    # A stemmer keeps the word it is at in itself, and several people may propose at once: each word has its own.
    stem: str = stemmer("english").stemWord(stemmer("german").stemWord(word))
    return stem


_FRAME = frozenset(
    stems(
        "gelingen gelingt finden gewinnen gewinnt erreichen organisieren unterstützen schaffen gehen umgehen machen "
        "verbessern stärken fördern lassen gestalten zusammenarbeit reach find support improve recruit work get make"
    )
)
_FRAME_WEIGHT = 0.4
_ALMOST = 0.8


def similarity(one: str, other: str) -> float:
    """How alike two questions are, 0 to 100, whatever the order of their words.

    The share of each question's letters that the other has words for, as the geometric mean of both directions; verbs
    that frame every other question ("gelingen", "finden") weigh less than what is asked about.
    """
    first, second = frozenset(stems(one)), frozenset(stems(other))
    if not first or not second:
        return 0.0
    return 100 * sqrt(_share(first, second) * _share(second, first))


def _share(words: frozenset[str], among: frozenset[str]) -> float:
    weights = {word: len(word) * (_FRAME_WEIGHT if word in _FRAME else 1.0) for word in words}
    found = sum(weight * max(_kinship(word, other) for other in among) for word, weight in weights.items())
    return found / sum(weights.values())


def _kinship(word: str, other: str) -> float:
    """1 for the same stem, less for parts of compounds ("Wohnung", "Wohnraum") and slips of the pen, else 0."""
    if word == other:
        return 1.0
    begins_alike, shorter = len(commonprefix((word, other))), min(len(word), len(other))
    if begins_alike >= 4 and begins_alike >= 0.55 * shorter:
        return _ALMOST
    if shorter >= 5 and (word in other or other in word):
        return _ALMOST
    alike = fuzz.ratio(word, other) / 100
    return alike if alike >= 0.75 else 0.0


def touches(text: str, question: str) -> bool:
    """Whether a word of the text is, or nearly is, one of those that tell the question from others."""
    said, asked = (frozenset(stems(words)) - _FRAME for words in (text, question))
    return any(_kinship(word, other) > 0 for word in said for other in asked)


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
    within = other.startswith(word) or (len(word) >= 4 and word in other)
    return within or fuzz.ratio(word, other) >= 80


def asks_how(question: str) -> bool:
    """Whether it is the kind of question the programme lives on."""
    return _HOW.match(question) is not None
