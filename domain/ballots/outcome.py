"""What a count found."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Tie:
    """Options that were level where only some could go on; ``chosen`` is whom the lots preferred."""

    options: tuple[int, ...]
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a transferable count: each option's votes in hundred-thousandths, then who was elected or left."""

    votes: tuple[int, ...]
    elected: tuple[int, ...] = ()
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What one method found: winners in the order they were chosen, "none of these" among them where it won a seat.

    ``figures`` are one number for each option, in their order: votes, approvals or points; in a ranking, how often it
    was put first. ``pairs`` are the duels of a ranking for one seat: how many ballots put the row before the column.
    """

    winners: tuple[int, ...]
    figures: tuple[int, ...]
    ties: tuple[Tie, ...] = ()
    stages: tuple[Stage, ...] = ()
    pairs: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a vote. ``winners`` leaves "none of these" out; the seats it won are among the ``empty`` ones.

    ``ballots`` include ``abstentions``. ``unanimous``: some figure tells how every single person voted.
    """

    winners: tuple[int, ...]
    empty: int
    ballots: int
    abstentions: int
    quorate: bool
    unanimous: bool
    counted: Counted


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """As plain values, ready for a JSON column or file."""
    counted = outcome.counted
    return {
        "winners": list(outcome.winners),
        "empty": outcome.empty,
        "ballots": outcome.ballots,
        "abstentions": outcome.abstentions,
        "quorate": outcome.quorate,
        "unanimous": outcome.unanimous,
        "chosen": list(counted.winners),
        "figures": list(counted.figures),
        "ties": [[list(tie.options), list(tie.chosen)] for tie in counted.ties],
        "stages": [[list(stage.votes), list(stage.elected), stage.excluded] for stage in counted.stages],
        "pairs": [list(row) for row in counted.pairs],
    }


def outcome_from_json(value: dict[str, Any]) -> Outcome:
    """Inverse of :func:`outcome_to_json`."""
    counted = Counted(
        tuple(value["chosen"]),
        tuple(value["figures"]),
        tuple(Tie(tuple(options), tuple(chosen)) for options, chosen in value["ties"]),
        tuple(Stage(tuple(votes), tuple(elected), excluded) for votes, elected, excluded in value["stages"]),
        tuple(tuple(row) for row in value["pairs"]),
    )
    return Outcome(
        tuple(value["winners"]),
        value["empty"],
        value["ballots"],
        value["abstentions"],
        value["quorate"],
        value["unanimous"],
        counted,
    )
