"""One ballot: a choice in its canonical form, and the check that it is one under the rule."""

from dataclasses import dataclass

from domain.ballots.rules import Method, Rule
from domain.refusal import Refused


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """What one ballot says; nothing at all is an abstention.

    ``places`` are in ascending order, in a ranking in the voter's. ``points`` go with them one by one where points are
    spread, and are empty elsewhere.
    """

    places: tuple[int, ...] = ()
    points: tuple[int, ...] = ()

    @property
    def abstention(self) -> bool:
        """Whether it chooses nothing."""
        return not self.places

    def text(self) -> str:
        """The canonical form: ``2 5``, for points ``1:3 4:2``, ``-`` for an abstention."""
        if self.points:
            return " ".join(f"{place}:{points}" for place, points in zip(self.places, self.points, strict=True))
        return " ".join(map(str, self.places)) or "-"


ABSTENTION = Choice()


def parse_choice(text: str, rule: Rule) -> Choice:
    """Inverse of :meth:`Choice.text`. Raises ``ValueError`` for anything that is no canonical form under the rule."""
    if text == "-":
        return ABSTENTION
    pairs = [part.partition(":") for part in text.split(" ")]
    places = tuple(int(place) for place, _, _ in pairs)
    points = tuple(int(points) for _, colon, points in pairs if colon)
    try:
        choice = checked(Choice(places, points), rule)
    except Refused as refused:
        raise ValueError(refused.key) from None
    if choice.text() != text:
        raise ValueError("not the canonical form")
    return choice


def checked(choice: Choice, rule: Rule) -> Choice:
    """The choice in canonical form. Raises :class:`Refused` when the rule does not allow it."""
    for place in choice.places:
        if place not in rule.places:
            raise Refused("ballots-no-such-place", place=str(place), options=rule.options)
    if rule.method is Method.POINTS:
        return _points(choice, rule)
    if choice.points:
        raise Refused(f"ballots-form-{rule.method}")
    if rule.method is Method.RANKING:
        return _ranking(choice)
    places = tuple(sorted(set(choice.places)))
    if rule.method is Method.SINGLE and len(places) > 1:
        raise Refused("ballots-only-one")
    if rule.none in places and len(places) > 1:
        raise Refused("ballots-none-alone")
    return Choice(places)


def _ranking(choice: Choice) -> Choice:
    twice = [place for place in choice.places if choice.places.count(place) > 1]
    if twice:
        raise Refused("ballots-rank-twice", place=str(twice[0]))
    return choice


def _points(choice: Choice, rule: Rule) -> Choice:
    if choice.places and len(choice.points) != len(choice.places):
        raise Refused("ballots-form-points")
    if len(set(choice.places)) < len(choice.places):
        twice = next(place for place in choice.places if choice.places.count(place) > 1)
        raise Refused("ballots-points-twice", place=str(twice))
    if any(points < 0 for points in choice.points):
        raise Refused("ballots-form-points")
    spent = sum(choice.points)
    if spent > rule.points:
        raise Refused("ballots-over-budget", budget=rule.points, spent=spent)
    given = sorted((place, points) for place, points in zip(choice.places, choice.points, strict=True) if points)
    return Choice(tuple(place for place, _ in given), tuple(points for _, points in given))
