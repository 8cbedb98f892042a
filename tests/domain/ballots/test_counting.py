"""Counts by table, and what holds for every profile."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.anonymity import figures_shown
from domain.ballots.choices import Choice, parse_choice
from domain.ballots.counting import count
from domain.ballots.lots import draw_lots
from domain.ballots.outcome import Outcome, Tie, outcome_from_json, outcome_to_json
from domain.ballots.rules import Method, Rule
from tests.domain.ballots.profiles import lots, random_choice, random_choices, rule

SINGLE, APPROVAL, POINTS, RANKING = Method.SINGLE, Method.APPROVAL, Method.POINTS, Method.RANKING


def choices(rule: Rule, *texts: str) -> list[Choice]:
    return [parse_choice(text, rule) for text in texts]


BACKWARDS = (3, 2, 1)
COUNTS: dict[str, tuple[Rule, Sequence[str], tuple[int, ...], tuple[Tie, ...]]] = {
    "the most votes": (rule(SINGLE), ["1", "2", "2", "3"], (2,), ()),
    "a tie goes to the first lot": (rule(SINGLE), ["1", "2", "1", "2"], (1,), (Tie((1, 2), (1,)),)),
    "or to the last place, if it is the first lot": (
        rule(SINGLE, lots=BACKWARDS),
        ["1", "2"],
        (2,),
        (Tie((1, 2), (2,)),),
    ),
    "nobody votes": (rule(SINGLE), [], (), ()),
    "all abstain": (rule(SINGLE), ["-", "-"], (), ()),
    "approval": (rule(APPROVAL), ["1 2", "2 3", "2"], (2,), ()),
    "two seats": (rule(APPROVAL, seats=2), ["1 2", "2 3", "2", "3"], (2, 3), ()),
    "a tie among winners is none": (rule(APPROVAL, seats=2), ["1 2", "1 2", "3"], (1, 2), ()),
    "a tie at the edge": (rule(APPROVAL, seats=2, lots=BACKWARDS), ["1 2", "1 3"], (1, 3), (Tie((2, 3), (3,)),)),
    "what nobody wants is not chosen": (rule(APPROVAL, seats=3), ["1 2", "2"], (2, 1), ()),
    "points": (rule(POINTS), ["1:3 2:2", "2:3 3:2", "1:1"], (2,), ()),
    "none of these": (rule(SINGLE, none=3), ["3", "3", "1"], (), ()),
    "behind none of these": (rule(APPROVAL, seats=2, none=3), ["1", "1", "1", "3", "3", "2"], (1,), ()),
    "a quorum that is missed": (rule(SINGLE, quorum=3), ["1", "1"], (), ()),
    "a quorum with an abstention": (rule(SINGLE, quorum=3), ["1", "1", "-"], (1,), ()),
    "the winner of all duels": (rule(RANKING), ["1 2 3", "2 1 3", "2 3 1", "1 2 3", "3 2 1"], (2,), ()),
    "a circle": (rule(RANKING), ["1 2 3", "2 3 1", "3 1 2"], (1,), (Tie((1, 2, 3), (1,)),)),
    "no ranking at all": (rule(RANKING), ["-"], (), ()),
    "two seats by ranking": (rule(RANKING, seats=2), ["1 2", "1 2", "1 3", "2", "3"], (1, 2), ()),
    "a seat that no ranking wants stays empty": (rule(RANKING, seats=2), ["2", "2", "-"], (2,), ()),
    "a minority has its seat": (
        rule(APPROVAL, 4, seats=3, proportional=True),
        ["1 2 3"] * 6 + ["4"] * 3,
        (1, 2, 4),
        (Tie((1, 2, 3), (1,)), Tie((2, 3), (2,))),
    ),
    "without proportion it has none": (rule(APPROVAL, 4, seats=3), ["1 2 3"] * 6 + ["4"] * 3, (1, 2, 3), ()),
    "what is left goes to the most approved": (
        rule(APPROVAL, 3, seats=2, proportional=True),
        ["1", "1", "2", "3"],
        (1, 2),
        (Tie((2, 3), (2,)),),
    ),
}


@pytest.mark.parametrize("name", COUNTS)
def test_count(name: str) -> None:
    by, texts, winners, ties = COUNTS[name]
    outcome = count(by, choices(by, *texts))
    assert (outcome.winners, outcome.counted.ties) == (winners, ties)
    assert outcome.empty == by.seats - len(winners)
    assert outcome.ballots == len(texts)


def test_the_wikipedia_example_of_schulze() -> None:
    """Schulze (2011), section 3.1: 45 ballots on five options; E wins."""
    ballots = {"1 3 2 5 4": 5, "1 4 5 3 2": 5, "2 5 4 1 3": 8, "3 1 2 5 4": 3, "3 1 5 2 4": 7, "3 2 1 4 5": 2}
    ballots |= {"4 3 5 2 1": 7, "5 2 1 4 3": 8}
    by = rule(RANKING, 5)
    outcome = count(by, [choice for text, times in ballots.items() for choice in choices(by, text) * times])
    assert outcome.winners == (5,)
    assert outcome.counted.pairs[0] == (0, 20, 26, 30, 22)


def test_a_surplus_moves_on_with_its_fraction() -> None:
    """Quota 4 (11 // 3 + 1); the first has 6, so each paper hands on 2/6, cut off: 0.33333."""
    by = rule(RANKING, 3, seats=2)
    outcome = count(by, choices(by, *["1 2"] * 4, *["1 3"] * 2, *["2"] * 2, *["3"] * 3))
    second = outcome.counted.stages[1]
    assert second.votes == (400_000, 333_332, 366_666)
    assert outcome.winners == (1, 3)


METHODS: dict[str, Callable[[Random], Rule]] = {
    "single": lambda chance: rule(SINGLE, 4, lots=lots(chance, 4), seats=chance.randint(1, 3)),
    "approval": lambda chance: rule(APPROVAL, 4, lots=lots(chance, 4), seats=chance.randint(1, 3)),
    "shares": lambda chance: rule(APPROVAL, 4, lots=lots(chance, 4), seats=chance.randint(2, 3), proportional=True),
    "points": lambda chance: rule(POINTS, 4, lots=lots(chance, 4), seats=chance.randint(1, 3)),
    "schulze": lambda chance: rule(RANKING, 4, lots=lots(chance, 4)),
    "stv": lambda chance: rule(RANKING, 4, lots=lots(chance, 4), seats=chance.randint(2, 3)),
}
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_who_said_it_and_in_which_order_does_not_matter(method: str, seed: int) -> None:
    chance = Random(seed)
    by = METHODS[method](chance)
    ballots = random_choices(chance, by)
    outcome = count(by, ballots)
    assert count(by, chance.sample(ballots, len(ballots))) == outcome
    assert outcome_from_json(outcome_to_json(outcome)) == outcome


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_options_are_treated_alike_but_for_their_lots(method: str, seed: int) -> None:
    chance = Random(seed)
    by = METHODS[method](chance)
    ballots = random_choices(chance, by)
    new = dict(zip(by.places, chance.sample(by.places, by.options), strict=True))
    renamed = rule(
        by.method, by.options, lots=tuple(new[p] for p in by.lots), seats=by.seats, proportional=by.proportional
    )
    outcome = count(renamed, [_renamed(choice, new, by) for choice in ballots])
    assert outcome.winners == tuple(new[place] for place in count(by, ballots).winners)


def _renamed(choice: Choice, new: dict[int, int], by: Rule) -> Choice:
    places = [new[place] for place in choice.places]
    if by.method is RANKING:
        return Choice(tuple(places))
    if by.method is POINTS:
        pairs = sorted(zip(places, choice.points, strict=True))
        return Choice(tuple(place for place, _ in pairs), tuple(points for _, points in pairs))
    return Choice(tuple(sorted(places)))


@pytest.mark.parametrize("method", ["single", "approval", "points", "schulze"])
@settings(max_examples=80, deadline=None)
@given(seed=SEEDS)
def test_more_support_never_harms(method: str, seed: int) -> None:
    chance = Random(seed)
    by = METHODS[method](chance)
    ballots = random_choices(chance, by)
    winners = count(by, ballots).winners
    for place in winners:
        raised = [_raised(choice, place, by) if chance.random() < 0.5 else choice for choice in ballots]
        assert place in count(by, raised).winners


def _raised(choice: Choice, place: int, by: Rule) -> Choice:
    match by.method:
        case Method.SINGLE:
            return Choice((place,))
        case Method.APPROVAL:
            return Choice(tuple(sorted({*choice.places, place})))
        case Method.POINTS:
            return Choice((place,), (by.points,)) if place in choice.places else choice
        case Method.RANKING:
            return Choice((place, *(other for other in choice.places if other != place)))


def test_lots_follow_from_the_seed() -> None:
    assert sorted(draw_lots("ABC", 30)) == list(range(1, 31))
    assert draw_lots("ABC", 5) == draw_lots("ABC", 5)
    assert len({draw_lots(f"seed {number}", 5) for number in range(200)}) > 80


def outcome(*texts: str, method: Method = SINGLE) -> Outcome:
    by = rule(method)
    return count(by, choices(by, *texts))


UNANIMOUS: dict[str, tuple[Outcome, bool]] = {
    "all the same": (outcome("1", "1"), True),
    "different": (outcome("1", "2"), False),
    "one abstains": (outcome("1", "1", "-"), False),
    "all abstain": (outcome("-", "-"), True),
    "nobody came": (outcome(), False),
    "an option everybody approves": (outcome("1 2", "1 3", method=APPROVAL), True),
    "no such option": (outcome("1 2", "2 3", "1 3", method=APPROVAL), False),
    "the same first": (outcome("1 2", "1 3", method=RANKING), True),
    "another first": (outcome("1 2", "2 1", method=RANKING), False),
    "points spread differently": (outcome("1:5", "1:4 2:1", method=POINTS), False),
}


@pytest.mark.parametrize("name", UNANIMOUS)
def test_a_figure_that_tells_of_everybody(name: str) -> None:
    found, unanimous = UNANIMOUS[name]
    assert found.unanimous is unanimous


def test_what_may_be_shown() -> None:
    five, four, same = outcome(*"12121"), outcome(*"1212"), outcome(*"11111")
    assert figures_shown(five, 5, secret=True)
    assert not figures_shown(four, 5, secret=True)
    assert not figures_shown(same, 5, secret=True)
    assert all(figures_shown(found, 5, secret=False) for found in (five, four, same))


def test_random_ballots_are_what_the_rule_allows() -> None:
    chance = Random(1)
    for method in METHODS.values():
        by = method(chance)
        assert all(choices(by, random_choice(chance, by).text()) for _ in range(50))
