"""One seat by rankings: the Schulze method."""

from domain.ballots.outcome import Counted, Tie
from domain.ballots.rules import Rule
from domain.ballots.tallies import Profile


def schulze(rule: Rule, profile: Profile) -> Counted:
    """The option that no other one beats by a stronger chain of duels.

    Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method", Social Choice and Welfare 36 (2011), with the winning votes as the strength of a duel. Options a
    ballot does not rank are level behind those it ranks. Among several such options the lots decide.
    """
    pairs = duels(rule, profile)
    firsts = _firsts(rule, profile)
    if not profile:
        return Counted((), firsts, pairs=pairs)
    paths = _strongest_paths(pairs)
    unbeaten = tuple(
        place
        for place in rule.places
        if all(paths[place - 1][other - 1] >= paths[other - 1][place - 1] for other in rule.places)
    )
    winner = min(unbeaten, key=rule.lot)
    ties = (Tie(unbeaten, (winner,)),) if len(unbeaten) > 1 else ()
    return Counted((winner,), firsts, ties, pairs=pairs)


def duels(rule: Rule, profile: Profile) -> tuple[tuple[int, ...], ...]:
    """How many ballots put the row's option before the column's."""
    table = [[0] * rule.options for _ in rule.places]
    for choice, times in profile.items():
        behind = set(rule.places)
        for place in choice.places:
            behind.discard(place)
            row = table[place - 1]
            for other in behind:
                row[other - 1] += times
    return tuple(map(tuple, table))


def _firsts(rule: Rule, profile: Profile) -> tuple[int, ...]:
    firsts = [0] * rule.options
    for choice, times in profile.items():
        firsts[choice.places[0] - 1] += times
    return tuple(firsts)


def _strongest_paths(pairs: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    """For each two options the strength of the strongest chain of won duels; its weakest link counts."""
    size = range(len(pairs))
    paths = [[pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for b in size] for a in size]
    for through in size:
        onward = paths[through]
        for start in size:
            if start == through:
                continue
            row, link = paths[start], paths[start][through]
            for end in size:
                if end not in (start, through):
                    row[end] = max(row[end], min(link, onward[end]))
    return paths
