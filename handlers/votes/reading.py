"""What somebody decides about a vote, read line by line, and the draft that follows from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from domain.ballots.lots import draw_lots
from domain.ballots.rules import FEWEST_OPTIONS, LARGEST_BUDGET, MOST_OPTIONS
from domain.commands import nearest, read_number
from domain.dates import read_time
from domain.people import Purpose, Role
from domain.refusal import Refused
from domain.roles import read_role
from domain.topics import MOVES, Topic
from domain.topics import State as TopicState
from domain.votes import LARGEST_QUORUM, OPTION_LIMIT, QUESTION_LIMIT, Draft, Electorate, Option
from domain.writing import clean, folded, one_line, required, within
from handlers.context import Here
from storage import people, topics
from storage.dialogs import Data

USUAL_END, USUAL_START = time(18), time(9)
"""When a vote ends or begins on a day for which no time was said."""
USUAL_BUDGET = 10
SHOWN = 40
_LINE = re.compile(r"(?P<word>[^\W\d][\w ]{0,30}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_TIME = re.compile(r"(?P<word>bis|until|ab|from)\s+(?P<value>.+)", re.IGNORECASE)
_MARK = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_NUMBERS = re.compile(r"(?:(?:thema|topic|nr|und|and)\.?\s*|#)?(\d{1,9})[\s,;.&]*", re.IGNORECASE)
_YES = frozenset("ja yes an on j y".split())
_NO = frozenset("nein no aus off n".split())
_SECRET, _OPEN = frozenset("geheim secret".split()), frozenset("offen open öffentlich public".split())
_LIVE = frozenset("laufend live sofort währenddessen".split())
_AT_ONCE = frozenset({"jetzt", "sofort", "gleich", "now", "at once", "immediately"})
_AT_END = frozenset({"ende", "am ende", "zum schluss", "schluss", "end", "at the end"})
_ALL = frozenset("alle all everybody everyone".split())
_HERE = frozenset({"raum", "room", "dieser raum", "this room", "hier", "here"})
_GROUP = re.compile(r"(?:gruppe|group)\s+(.+)", re.IGNORECASE)
_ROLE = re.compile(r"(?:(?:rolle|role)\s+)?(.+)", re.IGNORECASE)
_METHODS = {
    "single": "single einzeln einzelwahl einfach eine",
    "approval": "approval zustimmung zustimmen mehrere ankreuzen",
    "points": "points punkte",
    "ranking": "ranking rang rangfolge reihenfolge rangliste stv schulze",
}
METHODS = {word: method for method, words in _METHODS.items() for word in words.split()}
_PROPORTIONAL = frozenset("proportional verhältnis verhältniswahl proportionally".split())


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that can be decided; ``words`` can stand before the colon, the German one and the English one first."""

    words: tuple[str, ...]
    read: Callable[[Here, Data, str], None]

    def word(self, language: str) -> str:
        """Its name in a language."""
        return self.words[1] if language == "en" else self.words[0]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that cannot be taken: the name of what it decides, and why not."""

    name: str
    refused: Refused


def read_message(here: Here, text: str) -> tuple[Data, list[Mistake]]:
    """Question, options and settings from the lines of one message, and what of it cannot be taken."""
    first, *rest = [line for line in clean(text).split("\n") if line]
    data: Data = {}
    mistakes: list[Mistake] = []
    options: list[str] = []
    try:
        read_question(here, data, first)
    except Refused as refused:
        mistakes.append(Mistake("question", refused))
    for line in rest:
        try:
            if not read_setting(here, data, line):
                options.append(line)
        except Refused as refused:
            mistakes.append(Mistake(_name_of(line), refused))
    try:
        if options:
            read_options(here, data, "\n".join(options))
    except Refused as refused:
        mistakes.append(Mistake("options", refused))
    return data, mistakes


def _name_of(line: str) -> str:
    """What a line with a colon decides, or nearly does."""
    word = folded(line.partition(":")[0])
    return NAMES[word if word in NAMES else nearest(word, NAMES) or "question"]


def read_setting(here: Here, data: Data, line: str) -> bool:
    """Take a line ``Wort: Wert`` for a decision; False when it is none. Raises :class:`Refused` for a near miss."""
    match = _LINE.fullmatch(line)
    if match is None:
        return _read_time(here, data, line)
    word = folded(match["word"])
    found = _BY_WORD.get(word)
    if found is None:
        near = nearest(word, _BY_WORD) if len(word) > 4 else None
        if near:
            raise Refused("votes-setting-unknown", word=word, near=_BY_WORD[near].word(here.voice.language))
        return False
    found.read(here, data, match["value"])
    return True


def _read_time(here: Here, data: Data, line: str) -> bool:
    """Take ``bis Freitag`` for its close also without a colon, where a time follows; False where none does."""
    match = _TIME.fullmatch(line)
    if match is None:
        return False
    try:
        _BY_WORD[folded(match["word"])].read(here, data, match["value"])
    except Refused:
        return False
    return True


def is_setting(line: str) -> bool:
    """Whether it decides something, as ``geheim: nein`` does."""
    match = _LINE.fullmatch(line)
    return match is not None and folded(match["word"]) in _BY_WORD


def read_question(_: Here, data: Data, text: str) -> None:
    """What is asked."""
    data["question"] = required(one_line(text), QUESTION_LIMIT, "votes-question-empty")


def read_options(_: Here, data: Data, text: str) -> None:
    """One option a line, with or without numbers or dashes before them."""
    lines = [within(one_line(_MARK.sub("", line, count=1)), OPTION_LIMIT) for line in clean(text).split("\n") if line]
    if any(not any(char.isalnum() for char in line) for line in lines):
        raise Refused("votes-option-empty")
    data["options"] = _checked([[line, None] for line in lines])


def read_topics(here: Here, data: Data, text: str) -> None:
    """Topics by their numbers, in the order named."""
    rest, numbers = text.strip(), []
    while rest:
        match = _NUMBERS.match(rest)
        if match is None:
            raise Refused("votes-topics-needed")
        numbers.append(int(match[1]))
        rest = rest[match.end() :]
    if len(set(numbers)) < len(numbers):
        raise Refused("votes-topic-twice")
    set_topics(here, data, numbers)


def set_topics(here: Here, data: Data, numbers: list[int]) -> None:
    """Let these topics be the options."""
    found = [get_votable_topic(here, number) for number in numbers]
    data["options"] = _checked([[topic.question, topic.id] for topic in found])


def get_votable_topic(here: Here, number: int) -> Topic:
    """A topic that can be put to the vote. Raises :class:`Refused`, saying why not."""
    topic = topics.get_visible_topic(here.db, number, here.me)
    if topic.state is TopicState.ON_BALLOT:
        raise Refused("votes-topic-on-ballot", number=str(number))
    if TopicState.ON_BALLOT not in MOVES[topic.state]:
        raise Refused("votes-topic-not-votable", number=str(number))
    return topic


def _checked(options: list[list[object]]) -> list[list[object]]:
    if len(options) < FEWEST_OPTIONS:
        raise Refused("votes-options-few")
    if len(options) > MOST_OPTIONS:
        raise Refused("votes-options-many", number=len(options), most=MOST_OPTIONS)
    seen: set[str] = set()
    for text, _ in options:
        if folded(str(text)) in seen:
            raise Refused("votes-option-twice", option=str(text))
        seen.add(folded(str(text)))
    return options


def _read_closes(here: Here, data: Data, text: str) -> None:
    data["closes"] = _moment(here, text, USUAL_END).isoformat()


def _read_opens(here: Here, data: Data, text: str) -> None:
    if folded(text) in _AT_ONCE:
        data.pop("opens", None)
        return
    data["opens"] = _moment(here, text, USUAL_START).isoformat()


def _moment(here: Here, text: str, usual: time) -> datetime:
    at = read_time(text, here.now, here.policy.timezone, usual=usual).at
    if at is None:
        raise Refused("dates-time-missing")
    return at


def _read_method(_: Here, data: Data, text: str) -> None:
    words = folded(text).replace(",", " ").split()
    if any(word in _PROPORTIONAL for word in words):
        data["proportional"] = True
        words = [word for word in words if word not in _PROPORTIONAL]
        data.setdefault("method", "approval")
    if not words:
        return
    method = METHODS.get(words[0])
    if method is None:
        near = nearest(words[0], METHODS)
        raise Refused("votes-method-nearest" if near else "votes-method-unknown", word=words[0], near=near or "")
    data["method"] = method


def _read_secret(_: Here, data: Data, text: str) -> None:
    word = folded(text)
    data["secret"] = True if word in _SECRET else (False if word in _OPEN else _yes(text))


def _read_open(_: Here, data: Data, text: str) -> None:
    data["secret"] = not _yes(text)


def _read_live(_: Here, data: Data, text: str) -> None:
    word = folded(text)
    data["live"] = True if word in _LIVE else (False if word in _AT_END else _yes(text))


def _yes(text: str) -> bool:
    word = folded(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused("common-yes-or-no")


def _flag(name: str) -> Callable[[Here, Data, str], None]:
    def read(_: Here, data: Data, text: str) -> None:
        data[name] = _yes(text)

    return read


def _number(name: str, most: int) -> Callable[[Here, Data, str], None]:
    def read(_: Here, data: Data, text: str) -> None:
        number = read_number(text.partition(" ")[0])
        if number is None or not 1 <= number <= most:
            raise Refused("votes-number-needed", most=most)
        data[name] = number

    return read


def _read_who(here: Here, data: Data, text: str) -> None:
    said = one_line(text)
    if folded(said) in _ALL:
        data["who"] = [Electorate.ALL.value, None]
    elif folded(said) in _HERE:
        if here.room is None:
            raise Refused("votes-who-no-room")
        data["who"] = who_here(here)
    elif match := _GROUP.fullmatch(said):
        data["who"] = [Electorate.GROUP.value, people.get_group(here.db, match[1].strip(' „“"')).id]
    elif (match := _ROLE.fullmatch(said)) and (role := read_role(match[1])) is not None:
        data["who"] = [Electorate.ROLE.value, role.word]
    elif group := people.find_group(here.db, said):
        data["who"] = [Electorate.GROUP.value, group.id]
    else:
        raise Refused("votes-who-unknown", word=said[:SHOWN])


def who_here(here: Here) -> list[Any]:
    """Whose vote it is where nothing was said: of the room it is made in, which may be that of a group; else of all."""
    if here.room is None or here.room.purpose is Purpose.COORDINATION:
        return [Electorate.ALL.value, None]
    if here.room.group is not None:
        return [Electorate.GROUP.value, here.room.group]
    return [Electorate.ROOM.value, here.room.id]


SETTINGS: Mapping[str, Setting] = {
    "question": Setting(("frage", "question"), read_question),
    "options": Setting(("antworten", "options"), read_options),
    "closes": Setting(("bis", "until", "frist", "ende", "deadline", "end"), _read_closes),
    "opens": Setting(("ab", "from", "beginn", "start"), _read_opens),
    "method": Setting(("methode", "method", "verfahren"), _read_method),
    "seats": Setting(("plätze", "seats", "sitze", "plaetze"), _number("seats", MOST_OPTIONS)),
    "points": Setting(("punkte", "points"), _number("points", LARGEST_BUDGET)),
    "secret": Setting(("geheim", "secret"), _read_secret),
    "live": Setting(("ergebnis", "result", "ergebnisse", "results"), _read_live),
    "who": Setting(("wer", "who", "stimmberechtigt", "electorate"), _read_who),
    "quorum": Setting(("mindestens", "quorum", "at least"), _number("quorum", LARGEST_QUORUM)),
    "none": Setting(("keine davon", "none"), _flag("none")),
    "proportional": Setting(("verhältnis", "proportional", "proportional"), _flag("proportional")),
    "partners": Setting(("partner", "partners", "praxispartner"), _flag("partners")),
}
_BY_WORD = {word: setting for setting in SETTINGS.values() for word in setting.words}
NAMES = {word: name for name, setting in SETTINGS.items() for word in setting.words} | {
    "offen": "secret",
    "open": "secret",
}
_BY_WORD |= {"offen": Setting(("offen", "open"), _read_open), "open": Setting(("offen", "open"), _read_open)}


def check(data: Data) -> None:
    """Raise :class:`Refused` for decisions that do not fit together, whatever is still to be decided."""
    if data.get("secret", True) and data.get("live"):
        raise Refused("votes-secret-live")
    seats, options = data.get("seats", 1), data.get("options")
    if options and seats >= len(options):
        raise Refused("votes-seats-many", seats=seats, options=len(options))


def draft_of(here: Here, data: Data) -> Draft:
    """The draft with all that was not said filled in. Raises :class:`Refused` for what does not fit together."""
    check(data)
    secret, seats = data.get("secret", True), data.get("seats", 1)
    method = data.get("method") or ("points" if "points" in data else "approval")
    electorate, ref = data.get("who") or who_here(here)
    role = Role[str(ref).upper()] if electorate == Electorate.ROLE else None
    several = seats > 1 and method == "approval"
    draft = Draft(
        question=data["question"],
        options=tuple(Option(place, text, topic) for place, (text, topic) in enumerate(data["options"], 1)),
        method=method,
        closes=datetime.fromisoformat(data["closes"]),
        opens=datetime.fromisoformat(data["opens"]) if data.get("opens") else None,
        seats=seats,
        proportional=data.get("proportional", True) if several else False,
        points=data.get("points", USUAL_BUDGET) if method == "points" else 0,
        none_option=data.get("none", False),
        secret=secret,
        live=data.get("live", not secret),
        electorate=Electorate(electorate),
        group=ref if electorate == Electorate.GROUP else None,
        room=ref if electorate == Electorate.ROOM else None,
        role=role,
        partners=data.get("partners", False) or role is Role.PARTNER,
        quorum=data.get("quorum", 0),
        seed=data["seed"],
        lots=draw_lots(data["seed"], len(data["options"]) + data.get("none", False)),
    )
    _check_times(here, draft)
    return draft


def _check_times(here: Here, draft: Draft) -> None:
    if draft.closes <= here.now:
        raise Refused("votes-closes-past", at=draft.closes)
    if draft.opens is not None and draft.opens <= here.now:
        raise Refused("votes-opens-past", at=draft.opens)
    if draft.opens is not None and draft.closes <= draft.opens:
        raise Refused("votes-closes-before", opens=draft.opens, closes=draft.closes)


def data_of(draft: Draft) -> Data:
    """What was decided about an earlier vote, for making another one like it; without its times and its lots."""
    data: Data = {
        "question": draft.question,
        "options": [[option.text, None] for option in draft.options],
        "method": draft.method,
        "seats": draft.seats,
        "proportional": draft.proportional,
        "secret": draft.secret,
        "live": draft.live,
        "none": draft.none_option,
        "partners": draft.partners,
        "quorum": draft.quorum,
    }
    if draft.points:
        data["points"] = draft.points
    ref = {Electorate.GROUP: draft.group, Electorate.ROOM: draft.room}.get(draft.electorate)
    word = draft.role.word if draft.role is not None else None
    if draft.electorate is not Electorate.ALL and (ref or word):
        data["who"] = [draft.electorate.value, ref or word]
    return data
