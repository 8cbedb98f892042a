"""What somebody chose, between what they press or type, what is stored, and what they read."""

from collections.abc import Sequence

from domain.ballots.choices import Choice, checked, parse_choice
from domain.ballots.counting import count
from domain.ballots.rules import Method, Rule
from domain.chat import Html
from domain.refusal import Refused
from domain.votes import Vote, rule_of
from handlers.context import Voice


def offered(vote: Vote, voice: Voice) -> list[str]:
    """What can be chosen, by place, with "none of these" at the end where the vote has it."""
    return [*vote.texts, voice.plain("votes-none-option")] if vote.draft.none_option else list(vote.texts)


def stored(vote: Vote, choice: str) -> Choice:
    """A choice as it was written down."""
    return parse_choice(choice, rule_of(vote.draft))


def after_press(vote: Vote, before: Choice | None, place: int) -> Choice | None:
    """The choice after one more press; None when nothing is chosen any more."""
    rule, places = rule_of(vote.draft), before.places if before else ()
    if rule.method is Method.POINTS:
        return _one_more_point(rule, before, place)
    if rule.method is Method.SINGLE:
        return checked(Choice((place,)), rule)
    if place in places:
        places = tuple(other for other in places if other != place)
    elif rule.method is Method.APPROVAL and rule.none and rule.none in (place, *places):
        places = (place,)
    else:
        places = (*places, place)
    return checked(Choice(places), rule) if places else None


def _one_more_point(rule: Rule, before: Choice | None, place: int) -> Choice:
    points = dict(zip(before.places, before.points, strict=True)) if before else {}
    if sum(points.values()) >= rule.points:
        raise Refused("votes-points-spent", points=rule.points)
    points[place] = points.get(place, 0) + 1
    return checked(Choice(tuple(points), tuple(points.values())), rule)


def marks(choice: Choice, method: str, voice: Voice) -> dict[int, Html]:
    """What stands beside each chosen option, in words."""
    if method == Method.POINTS:
        given = zip(choice.places, choice.points, strict=True)
        return {place: voice.say("votes-mark-points", points=points) for place, points in given}
    if method == Method.RANKING:
        return {place: voice.say("votes-mark-rank", rank=rank) for rank, place in enumerate(choice.places, 1)}
    return {place: voice.say("votes-mark-chosen") for place in choice.places}


def described(vote: Vote, choice: Choice, voice: Voice) -> Html:
    """The choice in words, quoted, since options may be whole questions."""
    if choice.abstention:
        return voice.say("votes-abstention")
    texts = offered(vote, voice)
    said = [voice.plain("votes-result-quoted", option=texts[place - 1]) for place in choice.places]
    if vote.draft.method == Method.POINTS:
        given = zip(said, choice.points, strict=True)
        said = [voice.plain("votes-chosen-points", option=option, points=points) for option, points in given]
    elif vote.draft.method == Method.RANKING:
        said = [voice.plain("votes-chosen-rank", option=option, rank=rank) for rank, option in enumerate(said, 1)]
    return voice.say("votes-chosen", options=said)


def tally_lines(vote: Vote, choices: Sequence[str], voice: Voice) -> list[Html]:
    """How an open vote stands: each option with its figure, in the order of the ballot."""
    outcome = count(rule_of(vote.draft), [stored(vote, choice) for choice in choices])
    texts = offered(vote, voice)
    figures = zip(texts, outcome.counted.figures, strict=True)
    key = f"votes-live-{vote.draft.method}"
    return [voice.say(key), *(voice.say("votes-live-line", option=text, number=number) for text, number in figures)]
