"""Several seats by rankings: the single transferable vote as Scotland counts it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.ballots.outcome import Counted, Stage, Tie
from domain.ballots.rules import Rule
from domain.ballots.tallies import Profile

UNIT = 100_000
"""One vote; values are cut off after five decimals, as the order says."""

Paper = tuple[tuple[int, ...], int]
"""A ranking, and how many ballots have it."""


def stv(rule: Rule, profile: Profile) -> Counted:
    """Seats go to options that reach the quota; surpluses and the votes of the weakest move on to the next preference.

    The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52: Droop quota, weighted
    inclusive Gregory transfers cut off after five decimals, one transfer at a time, the largest surplus first. Who is
    level is told apart by the most recent earlier stage, then by lot. What no ballot names does not stand. "None of
    these" is an option like the others; a seat it wins stays empty.
    """
    return _Count(rule, profile).run()


@dataclass(slots=True)
class _Pile:
    """The papers an option holds, each parcel with the value at which it was received, and the votes they make."""

    parcels: list[tuple[int, list[Paper]]] = field(default_factory=list)
    votes: int = 0

    def add(self, value: int, papers: list[Paper]) -> None:
        self.parcels.append((value, papers))
        self.votes += value * sum(times for _, times in papers)


class _Count:
    def __init__(self, rule: Rule, profile: Profile) -> None:
        self._rule = rule
        self._piles = {place: _Pile() for place in rule.places}
        self._continuing = {place for choice in profile for place in choice.places}
        self._elected: list[int] = []
        self._surpluses: list[int] = []
        self._stages: list[Stage] = []
        self._ties: list[Tie] = []
        self._firsts = [0] * rule.options
        total = 0
        for choice, times in profile.items():
            self._piles[choice.places[0]].add(UNIT, [(choice.places, times)])
            self._firsts[choice.places[0] - 1] += times
            total += times
        self._quota = (total // (rule.seats + 1) + 1) * UNIT

    def run(self) -> Counted:
        if any(self._firsts):
            excluded = 0
            while True:
                full = self._elect(excluded)
                if full:
                    break
                excluded = self._transfer()
        return Counted(tuple(self._elected), tuple(self._firsts), tuple(self._ties), tuple(self._stages))

    def _elect(self, excluded: int) -> bool:
        """End a stage: deem elected who reached the quota, or all who are left where no choice is left."""
        votes = tuple(self._piles[place].votes for place in self._rule.places)
        reached = [place for place in self._continuing if self._piles[place].votes >= self._quota]
        elected = sorted(reached, key=lambda place: (-self._piles[place].votes, self._rule.lot(place)))
        for place in elected:
            self._continuing.discard(place)
            if self._piles[place].votes > self._quota:
                self._surpluses.append(place)
        vacancies = self._rule.seats - len(self._elected) - len(elected)
        if vacancies and len(self._continuing) <= vacancies:
            rest = sorted(self._continuing, key=lambda place: (-self._piles[place].votes, self._rule.lot(place)))
            elected += rest
            self._continuing.clear()
            vacancies = 0
        self._elected += elected
        self._stages.append(Stage(votes, tuple(elected), excluded))
        return not vacancies

    def _transfer(self) -> int:
        """Move the largest surplus on, or the votes of the weakest; returns who was excluded, 0 for none."""
        if self._surpluses:
            place = self._pick(self._surpluses, max)
            self._surpluses.remove(place)
            self._move_surplus(place)
            return 0
        place = self._pick(sorted(self._continuing), min)
        self._continuing.discard(place)
        pile, self._piles[place] = self._piles[place], _Pile()
        for value, papers in pile.parcels:
            self._hand_on(value, papers)
        return place

    def _move_surplus(self, place: int) -> None:
        pile = self._piles[place]
        surplus, votes = pile.votes - self._quota, pile.votes
        parcels, pile.parcels, pile.votes = pile.parcels, [], self._quota
        for value, papers in parcels:
            self._hand_on(surplus * value // votes, papers)

    def _hand_on(self, value: int, papers: list[Paper]) -> None:
        received: dict[int, list[Paper]] = {}
        for ranking, times in papers:
            after = next((place for place in ranking if place in self._continuing), 0)
            if after:
                received.setdefault(after, []).append((ranking, times))
        for place, parcel in received.items():
            self._piles[place].add(value, parcel)

    def _pick(self, places: list[int], best: Callable[[list[int]], int]) -> int:
        """The option with the most or fewest votes; where they are level, earlier stages tell, then the lot."""
        level = self._best(places, {place: self._piles[place].votes for place in places}, best)
        for stage in reversed(self._stages[:-1]):
            if len(level) == 1:
                break
            level = self._best(level, {place: stage.votes[place - 1] for place in level}, best)
        if len(level) == 1:
            return level[0]
        # To be taken for a surplus is to win, to be excluded is to lose.
        chosen = min(level, key=self._rule.lot) if best is max else max(level, key=self._rule.lot)
        preferred = (chosen,) if best is max else tuple(place for place in level if place != chosen)
        self._ties.append(Tie(tuple(sorted(level)), preferred))
        return chosen

    @staticmethod
    def _best(places: list[int], votes: dict[int, int], best: Callable[[list[int]], int]) -> list[int]:
        value = best(list(votes.values()))
        return [place for place in places if votes[place] == value]
