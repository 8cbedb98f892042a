"""The rule of a vote: all that its count depends on besides the choices."""

from dataclasses import dataclass
from enum import StrEnum

FEWEST_OPTIONS, MOST_OPTIONS = 2, 30
"""How many options a vote has, "none of these" not counted."""
LARGEST_BUDGET = 100


class Method(StrEnum):
    """What a voter says about the options."""

    SINGLE = "single"
    """Which one."""
    APPROVAL = "approval"
    """Which ones, as many as they like."""
    POINTS = "points"
    """How many of a number of points go to each."""
    RANKING = "ranking"
    """In which order, as far as they like."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a vote is counted.

    Options are places from 1 to ``options``; ``none`` is the place of "none of these", 0 where there is none (it is
    always the last). ``lots`` are all places in the order in which ties are decided, drawn before the first vote.
    ``proportional`` is for approval with several ``seats``. ``points`` is the budget of each voter, 0 elsewhere. With
    fewer than ``quorum`` ballots, abstentions included, nothing is chosen.
    """

    method: Method
    options: int
    lots: tuple[int, ...]
    seats: int = 1
    proportional: bool = False
    points: int = 0
    none: int = 0
    quorum: int = 0

    def __post_init__(self) -> None:
        if sorted(self.lots) != list(self.places):
            raise ValueError("lots name each place once")
        if not 1 <= self.seats <= self.options:
            raise ValueError("seats are between one and the number of options")
        if (self.method is Method.POINTS) != (self.points > 0) or self.none not in (0, self.options):
            raise ValueError("points belong to the points method, and none of these comes last")
        if self.proportional and self.method is not Method.APPROVAL:
            raise ValueError("only approval can be counted proportionally")

    @property
    def places(self) -> range:
        """All places."""
        return range(1, self.options + 1)

    @property
    def counting(self) -> str:
        """The name of the count this rule leads to: a key of :data:`domain.ballots.counting.COUNTS`."""
        if self.method is Method.RANKING:
            return "schulze" if self.seats == 1 else "stv"
        if self.proportional and self.seats > 1:
            return "shares"
        return self.method.value

    def lot(self, place: int) -> int:
        """Where the lots put this place; the smaller number wins a tie."""
        return self.lots.index(place)
