"""Several seats by approvals, proportionally: the method of equal shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.ballots.outcome import Counted, Tie
from domain.ballots.rules import Rule
from domain.ballots.tallies import Profile, approvals

PRICE = Fraction(1)


@dataclass(slots=True)
class _Purse:
    """Voters with the same approvals, who always have the same money left."""

    places: frozenset[int]
    voters: int
    left: Fraction


def equal_shares(rule: Rule, profile: Profile) -> Counted:
    """Each voter gets an equal share of the seats to spend on options they approve, so that no majority takes all.

    Peters and Skowron, "Proportionality and the Limits of Welfarism" (EC 2020), also called rule X: a seat costs one;
    again and again the option is chosen whose supporters can pay for it with the smallest share per person. Completion:
    seats that no group can pay for any more go to the options most approved (utilitarian). Ties are decided by the
    number of approvals, then by lot. "None of these" is an option like the others; a seat it wins stays empty.
    """
    totals = approvals(rule, profile)
    voters = sum(profile.values())
    purses = [
        _Purse(frozenset(choice.places), times, Fraction(rule.seats, voters)) for choice, times in profile.items()
    ]
    winners: list[int] = []
    ties: list[Tie] = []
    left = [place for place in rule.places if totals[place - 1]]
    while left and len(winners) < rule.seats:
        winner = _affordable(rule, purses, left, totals, ties) or _most_approved(rule, left, totals, ties, winners)
        winners.append(winner)
        left.remove(winner)
    return Counted(tuple(winners), totals, tuple(ties))


def _affordable(rule: Rule, purses: Sequence[_Purse], left: list[int], totals: tuple[int, ...], ties: list[Tie]) -> int:
    """The next option that its supporters can pay for, paid; 0 when there is none."""
    shares = {place: share for place in left if (share := _share([p for p in purses if place in p.places])) is not None}
    if not shares:
        return 0
    smallest = min(shares.values())
    level = [place for place, share in shares.items() if share == smallest]
    most = max(totals[place - 1] for place in level)
    level = [place for place in level if totals[place - 1] == most]
    winner = min(level, key=rule.lot)
    if len(level) > 1:
        ties.append(Tie(tuple(sorted(level)), (winner,)))
    for purse in purses:
        if winner in purse.places:
            purse.left -= min(purse.left, smallest)
    return winner


def _share(purses: Sequence[_Purse]) -> Fraction | None:
    """What each supporter pays at most, if all of them together can pay: the poorer ones give all they have."""
    if sum(purse.voters * purse.left for purse in purses) < PRICE:
        return None
    missing, payers = PRICE, sum(purse.voters for purse in purses)
    for purse in sorted(purses, key=lambda purse: purse.left):
        if purse.left * payers >= missing:
            return missing / payers
        missing -= purse.left * purse.voters
        payers -= purse.voters
    return None


def _most_approved(rule: Rule, left: list[int], totals: tuple[int, ...], ties: list[Tie], winners: list[int]) -> int:
    winner = min(left, key=lambda place: (-totals[place - 1], rule.lot(place)))
    level = tuple(sorted(place for place in left if totals[place - 1] == totals[winner - 1]))
    if len(level) > rule.seats - len(winners):
        ties.append(Tie(level, (winner,)))
    return winner
