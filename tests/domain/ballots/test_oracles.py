"""A thousand random votes for each method, counted by independent implementations too, ties included."""

import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from domain.ballots.choices import Choice
from domain.ballots.counting import count
from domain.ballots.rules import Method, Rule
from tests.domain.ballots.profiles import lots, random_choices, rule

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Instance, Project
    from pabutools.rules import method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule
    from votelib.evaluate.condorcet import Schulze

VOTES = 1000


def some(
    method: Method, seats: Callable[[Random], int] = lambda _: 1, *, proportional: bool = False
) -> list[tuple[Rule, list[Choice]]]:
    """Rules, a third of them with "none of these", and votes, a tenth of them abstentions."""
    chance = Random(f"{method} {proportional}")
    made = []
    for _ in range(VOTES):
        options = chance.randint(3, 6)
        none = chance.choice((0, 0, options))
        drawn = lots(chance, options)
        by = rule(method, options, lots=drawn, seats=seats(chance), proportional=proportional, none=none)
        made.append((by, [Choice() if chance.random() < 0.1 else choice for choice in random_choices(chance, by)]))
    return made


def told(ballots: list[Choice]) -> list[Choice]:
    """Without abstentions, which count for no option."""
    return [choice for choice in ballots if choice.places]


def three(chance: Random) -> int:
    return chance.randint(1, 3)


def several(chance: Random) -> int:
    return chance.randint(2, 3)


def most(by: Rule, scores: dict[int, int]) -> set[int]:
    """Written anew from the rule: who has fewer than ``seats`` others before them, by score and then by lot.

    Nor "none of these": seats behind it stay empty as its own does.
    """
    wanted = {place: score for place, score in scores.items() if score}
    before = {
        place: {
            rival
            for rival, other in wanted.items()
            if other > score or (other == score and by.lots.index(rival) < by.lots.index(place))
        }
        for place, score in wanted.items()
    }
    return {place for place in wanted if len(before[place]) < by.seats and by.none not in before[place] | {place}}


@pytest.mark.parametrize("method", [Method.SINGLE, Method.APPROVAL, Method.POINTS])
def test_counts_that_add_up(method: Method) -> None:
    for by, ballots in some(method, three):
        scores = Counter[int]()
        for choice in ballots:
            scores.update(dict(zip(choice.places, choice.points or [1] * len(choice.places), strict=True)))
        assert set(count(by, ballots).winners) == most(by, scores)


def test_schulze() -> None:
    """The strongest chains of duels as votelib finds them."""
    level = 0
    for by, ballots in some(Method.RANKING):
        duels = {(a, b): 0 for a in by.places for b in by.places if a != b}
        for choice in ballots:
            for index, place in enumerate(choice.places):
                for behind in set(by.places) - set(choice.places[: index + 1]):
                    duels[place, behind] += 1
        paths = Counter(Schulze.widest_paths(duels))
        unbeaten = {a for a in by.places if all(paths[a, b] >= paths[b, a] for b in by.places)}
        outcome = count(by, ballots)
        if not told(ballots):
            assert outcome.winners == ()
            continue
        best = min(unbeaten, key=by.lot)
        assert outcome.winners == (() if best == by.none else (best,))
        assert {*(place for tie in outcome.counted.ties for place in tie.options)} == (
            unbeaten if len(unbeaten) > 1 else set()
        )
        level += len(unbeaten) > 1
    assert level > 50


class ByApprovalsThenLot(TieBreakingRule):  # type: ignore[misc]
    """As our rule breaks ties."""

    def __init__(self, by: Rule, approvals: Counter[int]) -> None:
        super().__init__(
            lambda _instance, _profile, project: (-approvals[int(project.name)], by.lot(int(project.name)))
        )


def test_equal_shares() -> None:
    """The phase in which groups pay, beside pabutools; then the completion, written anew from the rule."""
    completed = 0
    for by, ballots in some(Method.APPROVAL, several, proportional=True):
        projects = {place: Project(str(place), 1) for place in by.places}
        instance = Instance(projects.values(), budget_limit=by.seats)
        profile = ApprovalProfile([ApprovalBallot(projects[p] for p in choice.places) for choice in told(ballots)])
        approvals = Counter(place for choice in ballots for place in choice.places)
        paid = method_of_equal_shares(
            instance, profile, Cardinality_Sat, tie_breaking=ByApprovalsThenLot(by, approvals)
        )
        chosen = {int(project.name) for project in paid}
        order = sorted(approvals, key=lambda place: (-approvals[place], by.lot(place)))
        rest = [place for place in order if place not in chosen][: by.seats - len(chosen)]
        completed += bool(rest)
        assert set(count(by, ballots).winners) == (chosen | set(rest)) - {by.none}
    assert completed > 50


@dataclass
class Paper:
    """One ballot paper and what it is worth by now."""

    ranking: tuple[int, ...]
    value: Decimal = Decimal(1)


class PaperByPaper:
    """The Scottish count as the order tells it, each ballot paper by itself, in decimals cut off after five places."""

    def __init__(self, by: Rule, ballots: list[Choice]) -> None:
        self.by = by
        self.holding: dict[int, list[Paper]] = {place: [] for place in by.places}
        for choice in ballots:
            self.holding[choice.places[0]].append(Paper(choice.places))
        self.quota = Decimal(len(ballots) // (by.seats + 1) + 1)
        self.votes = {place: Decimal(len(papers)) for place, papers in self.holding.items()}
        self.hopeful = {place for choice in ballots for place in choice.places}
        self.elected: list[int] = []
        self.pending: list[int] = []
        self.past: list[dict[int, Decimal]] = []

    def winners(self) -> set[int]:
        while True:
            self.past.append(dict(self.votes))
            for place in sorted(self.hopeful):
                if self.votes[place] >= self.quota:
                    self.elected.append(place)
                    self.hopeful.remove(place)
                    if self.votes[place] > self.quota:
                        self.pending.append(place)
            if len(self.elected) >= self.by.seats:
                return set(self.elected)
            if len(self.elected) + len(self.hopeful) <= self.by.seats:
                return {*self.elected, *self.hopeful}
            self.step()

    def step(self) -> None:
        if self.pending:
            place = self.choose(self.pending, 1)
            self.pending.remove(place)
            surplus = Fraction(self.votes[place] - self.quota) / Fraction(self.votes[place])
            for paper in self.holding[place]:
                exact = Fraction(paper.value) * surplus * 100_000
                paper.value = Decimal(exact.numerator // exact.denominator) / 100_000
            self.votes[place] = self.quota
        else:
            place = self.choose(sorted(self.hopeful), -1)
            self.hopeful.remove(place)
            self.votes[place] = Decimal(0)
        for paper in self.holding.pop(place):
            after = next((other for other in paper.ranking if other in self.hopeful), 0)
            if after:
                self.holding[after].append(paper)
                self.votes[after] += paper.value

    def choose(self, places: list[int], sign: int) -> int:
        """The strongest (1) or weakest (-1), by now and then by each stage before, then by lot."""
        history = [tuple(-sign * stage[place] for stage in reversed(self.past)) for place in places]
        best = min(history)
        level = [place for place, votes in zip(places, history, strict=True) if votes == best]
        return min(level, key=lambda place: sign * self.by.lot(place))


def test_scottish_stv() -> None:
    for by, ballots in some(Method.RANKING, several):
        assert set(count(by, ballots).winners) == PaperByPaper(by, told(ballots)).winners() - {by.none}
