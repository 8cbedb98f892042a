"""From choices to the outcome: one table of methods."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from domain.ballots.choices import Choice
from domain.ballots.outcome import Counted, Outcome, Tie
from domain.ballots.rules import Method, Rule
from domain.ballots.schulze import schulze
from domain.ballots.shares import equal_shares
from domain.ballots.stv import stv
from domain.ballots.tallies import Profile, approval, plurality, points

COUNTS: Mapping[str, Callable[[Rule, Profile], Counted]] = {
    "single": plurality,
    "approval": approval,
    "points": points,
    "schulze": schulze,
    "stv": stv,
    "shares": equal_shares,
}
"""Every way to count, by :attr:`Rule.counting`."""


def count(rule: Rule, choices: Iterable[Choice]) -> Outcome:
    """The outcome; the order of the choices does not matter."""
    profile = Counter(choices)
    ballots = profile.total()
    abstentions = profile.pop(Choice(), 0)
    counted = COUNTS[rule.counting](rule, profile)
    quorate = ballots >= rule.quorum
    winners = tuple(place for place in counted.winners if place != rule.none) if quorate else ()
    return Outcome(
        winners=winners,
        empty=rule.seats - len(winners),
        ballots=ballots,
        abstentions=abstentions,
        quorate=quorate,
        unanimous=_unanimous(rule, profile, abstentions),
        counted=replace(counted, ties=tuple(tie for tie in counted.ties if _mattered(tie, counted))),
    )


def _mattered(tie: Tie, counted: Counted) -> bool:
    return not set(tie.options) <= set(counted.winners)


def _unanimous(rule: Rule, profile: Profile, abstentions: int) -> bool:
    """Whether a figure tells how every single person voted: all abstained, or all said the same of some option."""
    if not profile:
        return abstentions > 0
    if abstentions:
        return False
    if len(profile) == 1:
        return True
    if rule.method is Method.POINTS:
        return False
    if rule.method is Method.RANKING:
        return len({choice.places[0] for choice in profile}) == 1
    return bool(frozenset.intersection(*(frozenset(choice.places) for choice in profile)))
