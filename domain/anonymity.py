"""How much of an anonymous result may be shown, so that nobody learns what one person said."""

from domain.ballots.outcome import Outcome


def figures_shown(outcome: Outcome, threshold: int, *, secret: bool) -> bool:
    """Whether the figures of a vote are shown and kept, or only what was chosen.

    Of a secret vote they are not with fewer than ``threshold`` ballots, nor where a figure tells how everybody voted.
    Which of the two it was must not be told either: it would say as much as the figures.
    """
    return not secret or (outcome.ballots >= threshold and not outcome.unanimous)
