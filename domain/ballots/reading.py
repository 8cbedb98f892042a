"""A typed choice: numbers, words, rankings, points. What is not clear is refused, never guessed."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from domain.ballots.choices import ABSTENTION, Choice, checked
from domain.ballots.rules import Method, Rule
from domain.refusal import Refused
from domain.topics import touches
from domain.writing import folded, shortened

_ABSTAIN = frozenset({"enthaltung", "ich enthalte mich", "enthalten", "abstain", "abstention", "i abstain"})
_NONE = frozenset({"keine davon", "keine", "keins", "keines davon", "keiner", "none", "none of these", "nichts davon"})
_APART = re.compile(r"\s*[,;\n>]\s*")
_AND = re.compile(r"\s*(?:[/+&]|\bund\b|\band\b|\bdann\b|\bthen\b)\s*", re.IGNORECASE)
_LEAD = re.compile(r"^(?:erst|zuerst|erstens|danach|dann|zuletzt|am liebsten|first|finally)\s+", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:\d+|\bund\b|\band\b|\bdann\b|\bthen\b|[\s,;>/+&.()])+", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,9}")
_PLACED_POINTS = re.compile(r"(?P<place>\d{1,3})\s*[:=]\s*(?P<points>\d{1,4})")
_BETWEEN = re.compile(r"[\s,;]|\bund\b|\band\b", re.IGNORECASE)
_NAMED_POINTS = re.compile(r"(?P<name>.+?)\s*[:=]?\s*(?P<points>\d{1,4})\s*(?:punkte?|points?)?", re.IGNORECASE)
FEW_WORDS = 3
"""So few words are taken for an attempt to choose: under a ballot any, elsewhere those with the number of an option."""
PREFIX_FROM = 3
"""Letters from which the beginning of an option's words stands for it."""
NEAR_FROM = 75.0
"""Score from 0 to 100 from which a mistyped word is taken for an option and offered."""
CONVINCING = 90.0
"""Score from which one option alone is taken as meant."""
WORD_SHOWN = 40


def read_choice(text: str, rule: Rule, options: Sequence[str]) -> Choice:
    """What somebody typed, as a choice; ``options`` are the words of the options by place.

    Raises :class:`Refused` with one sentence that says what to write instead.
    """
    found = understand_choice(text, rule, options)
    if found is None:
        raise Refused(f"ballots-form-{rule.method}")
    return found


def understand_choice(text: str, rule: Rule, options: Sequence[str]) -> Choice | None:
    """As :func:`read_choice`, but None for a line in which there is nothing of a choice at all.

    Raises :class:`Refused` when it must have been meant as one and cannot be taken.
    """
    bare = folded(text)
    if bare in _ABSTAIN:
        return ABSTENTION
    if bare.startswith("+"):
        # "+1" agrees with whatever was said before, it names no option.
        return None
    whole = _named(text, rule, options)
    if whole:
        return checked(_with_budget(whole, rule), rule)
    if rule.method is Method.POINTS:
        return _read_points(text, rule, options)
    if _NUMBERS.fullmatch(text) and (numbers := _DIGITS.findall(text)):
        return checked(Choice(tuple(map(int, numbers))), rule)
    places = _read_words(text, rule, options)
    return checked(Choice(places), rule) if places else None


def may_mean(text: str, rule: Rule, options: Sequence[str]) -> bool:
    """Whether a line in which no choice is found may all the same be one, put in other words."""
    places = {int(number) for number in _DIGITS.findall(text)}
    named = len(text.split()) <= FEW_WORDS and any(place in rule.places for place in places)
    near = bool(_nearest(text, options)) or any(touches(text, option) for option in options)
    return named or near or folded(text) in _NONE


def _with_budget(place: int, rule: Rule) -> Choice:
    """One option alone: in a vote by points it gets all of them."""
    return Choice((place,), (rule.points,)) if rule.method is Method.POINTS else Choice((place,))


def _named(text: str, rule: Rule, options: Sequence[str]) -> int:
    """The place whose very words these are; 0 for none. Options may contain commas and numbers themselves."""
    bare = folded(text)
    if rule.none and bare in _NONE:
        return rule.none
    same = [place for place, option in enumerate(options, 1) if folded(option) == bare]
    return same[0] if len(same) == 1 else 0


def _read_words(text: str, rule: Rule, options: Sequence[str]) -> tuple[int, ...]:
    """The places named one after the other; empty when not one of the words names any."""
    parts = list(_parts(text, rule, options))
    found = [_place(part, rule, options) for part in parts]
    if any(isinstance(place, tuple) for place in found):
        several = next(place for place in found if isinstance(place, tuple))
        raise Refused("ballots-ambiguous", word=shortened(parts[found.index(several)], WORD_SHOWN), names=several)
    if not any(found):
        return ()
    for part, place in zip(parts, found, strict=True):
        if not place:
            raise _unknown(part, options)
    return tuple(place for place in found if isinstance(place, int))


def _parts(text: str, rule: Rule, options: Sequence[str]) -> Iterator[str]:
    """Between commas; what is joined by an "and" is taken apart only where the whole names nothing."""
    for part in _APART.split(text.strip(" .!")):
        if part and not _place(part, rule, options):
            yield from (_LEAD.sub("", piece) for piece in _AND.split(part) if piece)
        elif part:
            yield part


def _read_points(text: str, rule: Rule, options: Sequence[str]) -> Choice | None:
    pairs = list(_pairs(text, rule, options))
    if not pairs:
        return None
    return checked(Choice(tuple(place for place, _ in pairs), tuple(points for _, points in pairs)), rule)


def _pairs(text: str, rule: Rule, options: Sequence[str]) -> Iterator[tuple[int, int]]:
    bare = text.strip(" .!")
    placed = list(_PLACED_POINTS.finditer(bare))
    if placed and not _BETWEEN.sub("", _PLACED_POINTS.sub("", bare)):
        for match in placed:
            yield int(match["place"]), int(match["points"])
        return
    for part in (part for part in re.split(r"\s*[,;\n]\s*", bare) if part):
        named = _NAMED_POINTS.fullmatch(part)
        if named is None:
            if _place(part, rule, options):
                raise Refused("ballots-form-points")
            return
        place = _place(named["name"], rule, options)
        if isinstance(place, tuple):
            raise Refused("ballots-ambiguous", word=shortened(named["name"], WORD_SHOWN), names=place)
        if not place:
            if _nearest(named["name"], options):
                raise _unknown(named["name"], options)
            return
        yield place, int(named["points"])


def _place(part: str, rule: Rule, options: Sequence[str]) -> int | tuple[str, ...]:
    """The place a word or number stands for, 0 for none; several options' words where it may be any of them."""
    bare = folded(part)
    if bare.isascii() and bare.isdigit():
        return int(bare) if len(bare) < 9 else 0
    if exact := _named(part, rule, options):
        return exact
    if len(bare) < PREFIX_FROM:
        return 0
    beginning = [place for place, option in enumerate(options, 1) if _begins(option, bare)]
    if len(beginning) > 1:
        return tuple(options[place - 1] for place in beginning)
    if beginning:
        return beginning[0]
    scores = [fuzz.ratio(bare, word) for word in map(folded, options)]
    convincing = [place for place, score in enumerate(scores, 1) if score >= CONVINCING]
    return convincing[0] if len(convincing) == 1 else 0


def _begins(option: str, bare: str) -> bool:
    """Whether the option, or one of its words, begins like this."""
    return folded(option).startswith(bare) or any(word.startswith(bare) for word in _words(option))


def _unknown(part: str, options: Sequence[str]) -> Refused:
    word = shortened(part.strip(), WORD_SHOWN)
    near = _nearest(part, options)
    return Refused("ballots-unknown-near", word=word, near=near) if near else Refused("ballots-unknown", word=word)


def _nearest(part: str, options: Sequence[str]) -> str:
    """The option that has, as a whole or in one of its words, the most of what was typed; empty when none is near."""
    bare = folded(part)
    scores = [max(fuzz.ratio(bare, words) for words in (folded(option), *_words(option))) for option in options]
    best = max(scores)
    return options[scores.index(best)] if best >= NEAR_FROM else ""


def _words(option: str) -> list[str]:
    return [word.strip("„“\"'?!.,:;()") for word in folded(option).split()]
