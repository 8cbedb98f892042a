"""Random votes, ties included, and their rules."""

from random import Random

from domain.ballots.choices import Choice
from domain.ballots.rules import Method, Rule

NAMES = ("Wohnen", "Schule", "Sprache und Beruf", "Ehrenamt", "Gesundheit", "Sport", "Kita", "Jugend")


def lots(chance: Random, options: int) -> tuple[int, ...]:
    return tuple(chance.sample(range(1, options + 1), options))


def rule(method: Method, options: int = 3, **values: object) -> Rule:
    """A rule with lots in the order of the places, unless others are given."""
    given = {"lots": tuple(range(1, options + 1)), "points": 5 if method is Method.POINTS else 0} | values
    return Rule(method=method, options=options, **given)  # type: ignore[arg-type]


def random_choice(chance: Random, rule: Rule) -> Choice:
    places = chance.sample(rule.places, chance.randint(1, rule.options))
    match rule.method:
        case Method.SINGLE:
            return Choice((places[0],))
        case Method.APPROVAL:
            return Choice(tuple(sorted(places)))
        case Method.RANKING:
            return Choice(tuple(places))
        case Method.POINTS:
            given = sorted(places[: rule.points])
            spare = chance.choices(given, k=chance.randint(0, rule.points - len(given)))
            return Choice(tuple(given), tuple(1 + spare.count(place) for place in given))


def random_choices(chance: Random, rule: Rule, most: int = 12) -> list[Choice]:
    """Few ballots, so that ties are common."""
    return [random_choice(chance, rule) for _ in range(chance.randint(1, most))]
