"""Counts that add up: one vote each, approval, points; the options with the most are chosen."""

from collections.abc import Mapping

from domain.ballots.choices import Choice
from domain.ballots.outcome import Counted, Tie
from domain.ballots.rules import Rule

Profile = Mapping[Choice, int]
"""How many ballots say the same, for each choice that is no abstention."""


def plurality(rule: Rule, profile: Profile) -> Counted:
    """Each ballot is one vote for one option; the most votes win (relative majority, "first past the post")."""
    return _most(rule, approvals(rule, profile))


def approval(rule: Rule, profile: Profile) -> Counted:
    """Each ballot approves any number of options; those most approved win.

    Brams and Fishburn, "Approval Voting", American Political Science Review 72 (1978).
    """
    return _most(rule, approvals(rule, profile))


def points(rule: Rule, profile: Profile) -> Counted:
    """Each ballot spreads its points; the options with the most points win (cumulative voting)."""
    totals = [0] * rule.options
    for choice, times in profile.items():
        for place, given in zip(choice.places, choice.points, strict=True):
            totals[place - 1] += given * times
    return _most(rule, tuple(totals))


def approvals(rule: Rule, profile: Profile) -> tuple[int, ...]:
    """How many ballots name each option."""
    totals = [0] * rule.options
    for choice, times in profile.items():
        for place in choice.places:
            totals[place - 1] += times
    return tuple(totals)


def _most(rule: Rule, totals: tuple[int, ...]) -> Counted:
    """The options with the largest totals, as many as there are seats; what nobody chose is not chosen."""
    wanted = [place for place in rule.places if totals[place - 1]]
    order = sorted(wanted, key=lambda place: (-totals[place - 1], rule.lot(place)))
    winners = order[: rule.seats]
    if rule.none in winners:
        # What has less support than "none of these" has none to speak of.
        winners = winners[: winners.index(rule.none) + 1]
    return Counted(tuple(winners), totals, _ties(totals, order, winners))


def _ties(totals: tuple[int, ...], order: list[int], winners: list[int]) -> tuple[Tie, ...]:
    """Where the lots decided who wins; who comes first among winners is no question."""
    if not winners or len(winners) == len(order):
        return ()
    edge = totals[winners[-1] - 1]
    level = tuple(sorted(place for place in order if totals[place - 1] == edge))
    chosen = tuple(place for place in winners if place in level)
    return (Tie(level, chosen),) if len(chosen) < len(level) else ()
