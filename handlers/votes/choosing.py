"""What somebody chose, between what they press or type, what is stored, and what they read."""

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from rapidfuzz import fuzz, process

from domain.chat import Html
from domain.refusal import Refused
from domain.votes import Turnout, Vote
from domain.writing import folded, shortened
from handlers.context import Voice

ABSTAIN = "[]"
SHOWN = 40
_ABSTAINING = frozenset("enthaltung enthalten abstain abstention".split())
_NUMBERS = re.compile(r"\s*\d{1,2}(?:[\s,;.>&+]+(?:und |and |dann |then )?\d{1,2})*[\s.]*")
_POINTS = re.compile(r"\s*(?:\d{1,2}\s*[:=]\s*\d{1,3}[\s,;.]*)+")
_PAIR = re.compile(r"(.+?)\s*(?:[:=]|\s)\s*(\d{1,3})(?:\s*(?:punkte?|points?))?")
_SEPARATORS = re.compile(r"[,;\n>]+")
NEAR_FROM = 75.0


def lots(seed: str, number: int) -> tuple[int, ...]:
    """The order in which ties are broken, from the seed alone, so that anybody can draw it again."""
    return tuple(sorted(range(1, number + 1), key=lambda place: sha256(f"{seed}|{place}".encode()).digest()))


def offered(vote: Vote, voice: Voice) -> list[str]:
    """What can be chosen, in order, with "none of these" at the end where the vote has it."""
    return [*vote.texts, voice.plain("votes-none-option")] if vote.draft.none_option else list(vote.texts)


def abstains(choice: str) -> bool:
    """Whether it chooses nothing."""
    return choice == ABSTAIN


def after_press(vote: Vote, choice: str | None, place: int) -> str | None:
    """The choice after one more press; None when nothing is chosen any more."""
    chosen: Any = json.loads(choice) if choice else []
    if vote.draft.method == "single":
        return json.dumps([place])
    if vote.draft.method == "points":
        return _one_more_point(vote, {int(key): value for key, value in chosen}, place)
    last = len(vote.texts) + 1
    if place in chosen:
        chosen = [other for other in chosen if other != place]
    else:
        chosen = [place] if place == last else [*(other for other in chosen if other != last), place]
    if vote.draft.method == "approval":
        chosen = sorted(chosen)
    return json.dumps(chosen) if chosen else None


def _one_more_point(vote: Vote, points: dict[int, int], place: int) -> str:
    if sum(points.values()) >= vote.draft.points:
        raise Refused("votes-points-spent", points=vote.draft.points)
    points[place] = points.get(place, 0) + 1
    return _points(points)


def _points(points: dict[int, int]) -> str:
    return json.dumps([[place, points[place]] for place in sorted(points) if points[place]])


def sounds_like(vote: Vote, texts: Sequence[str], text: str) -> bool:
    """Whether a line is meant as a choice, perhaps a mistaken one."""
    if folded(text) in _ABSTAINING or _NUMBERS.fullmatch(text) or _POINTS.fullmatch(text):
        return True
    words = {folded(option) for option in texts}
    parts = [folded(part) for part in _SEPARATORS.split(text) if folded(part)]
    if vote.draft.method == "points":
        parts = [folded(match[1]) if (match := _PAIR.fullmatch(part)) else part for part in parts]
    return any(part in words or fuzz.ratio(part, word) >= 85 for part in parts for word in words)


def read(vote: Vote, texts: Sequence[str], text: str) -> str:
    """The choice in what was typed; it stands for the whole ballot. Raises :class:`Refused`."""
    if folded(text) in _ABSTAINING:
        return ABSTAIN
    if vote.draft.method == "points":
        return _read_points(vote, texts, text)
    found = [_place(texts, part) for part in _parts(text)]
    for place in found:
        if found.count(place) > 1:
            key = "votes-rank-twice" if vote.draft.method == "ranking" else "votes-choice-twice"
            raise Refused(key, option=shortened(texts[place - 1], SHOWN))
    if vote.draft.method == "single" and len(found) > 1:
        raise Refused("votes-only-one")
    if len(texts) > len(vote.texts) and len(texts) in found and len(found) > 1:
        raise Refused("votes-none-alone")
    return json.dumps(found if vote.draft.method == "ranking" else sorted(found))


def _parts(text: str) -> list[str]:
    if _NUMBERS.fullmatch(text):
        return re.findall(r"\d+", text)
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    found = [part for part in parts if folded(part)]
    if not found:
        raise Refused("votes-not-a-choice")
    return found


def _place(texts: Sequence[str], part: str) -> int:
    said = folded(part)
    if said.isdigit() and len(said) < 4:
        place = int(said)
        if not 1 <= place <= len(texts):
            raise Refused("votes-no-such-option", number=place, most=len(texts))
        return place
    words = [folded(option) for option in texts]
    if said in words:
        return words.index(said) + 1
    beginning = [place for place, word in enumerate(words, 1) if word.startswith(said)]
    if len(said) > 2 and len(beginning) == 1:
        return beginning[0]
    near = process.extractOne(said, words, scorer=fuzz.WRatio, score_cutoff=NEAR_FROM)
    if near is None:
        raise Refused("votes-option-unknown", word=shortened(part, SHOWN))
    raise Refused("votes-option-nearest", word=shortened(part, SHOWN), near=texts[near[2]])


def _read_points(vote: Vote, texts: Sequence[str], text: str) -> str:
    pairs = re.findall(r"(\d{1,2})\s*[:=]\s*(\d{1,3})", text) if _POINTS.fullmatch(text) else _pairs(text)
    points: dict[int, int] = {}
    for word, number in pairs:
        place = _place(texts, word)
        if place in points:
            raise Refused("votes-choice-twice", option=shortened(texts[place - 1], SHOWN))
        points[place] = int(number)
    if sum(points.values()) > vote.draft.points:
        raise Refused("votes-points-over", given=sum(points.values()), points=vote.draft.points)
    if not any(points.values()):
        raise Refused("votes-not-a-choice")
    return _points(points)


def _pairs(text: str) -> list[tuple[str, str]]:
    found = []
    for part in _SEPARATORS.split(text):
        match = _PAIR.fullmatch(part.strip())
        if match is None:
            raise Refused("votes-points-how")
        found.append((match[1], match[2]))
    return found


def marks(vote: Vote, choice: str, voice: Voice) -> dict[int, Html]:
    """What stands beside each chosen option, in words."""
    chosen = json.loads(choice)
    if vote.draft.method == "points":
        return {place: voice.say("votes-mark-points", points=points) for place, points in chosen}
    if vote.draft.method == "ranking":
        return {place: voice.say("votes-mark-rank", rank=rank) for rank, place in enumerate(chosen, 1)}
    return {place: voice.say("votes-mark-chosen") for place in chosen}


def described(vote: Vote, choice: str, voice: Voice) -> Html:
    """The choice in words."""
    if abstains(choice):
        return voice.say("votes-abstention")
    texts = offered(vote, voice)
    chosen = json.loads(choice)
    if vote.draft.method == "points":
        said = [voice.plain("votes-chosen-points", option=texts[p - 1], points=points) for p, points in chosen]
    elif vote.draft.method == "ranking":
        said = [voice.plain("votes-chosen-rank", option=texts[p - 1], rank=rank) for rank, p in enumerate(chosen, 1)]
    else:
        said = [texts[place - 1] for place in chosen]
    return voice.say("votes-chosen", options=said)
