"""Counting 10, 1,000 and 100,000 random ballots by each method; eight options, three seats where there are several."""

import time
from random import Random

from domain.ballots.choices import Choice
from domain.ballots.counting import count
from domain.ballots.lots import draw_lots
from domain.ballots.rules import Method, Rule

OPTIONS, SEATS, POINTS = 8, 3, 5
SIZES = (10, 1_000, 100_000)
LOTS = draw_lots("MUSTER", OPTIONS)
RULES = {
    "single": Rule(Method.SINGLE, OPTIONS, LOTS),
    "approval": Rule(Method.APPROVAL, OPTIONS, LOTS, SEATS),
    "equal shares": Rule(Method.APPROVAL, OPTIONS, LOTS, SEATS, proportional=True),
    "points": Rule(Method.POINTS, OPTIONS, LOTS, SEATS, points=POINTS),
    "Schulze": Rule(Method.RANKING, OPTIONS, LOTS),
    "Scottish STV": Rule(Method.RANKING, OPTIONS, LOTS, SEATS),
}


def main() -> None:
    """Print milliseconds for each method and size."""
    print("  milliseconds" + "".join(f"{size:>10,}" for size in SIZES))
    for name, rule in RULES.items():
        times = [_milliseconds(rule, [_choice(Random(number), rule) for number in range(size)]) for size in SIZES]
        print(f"  {name:<12}" + "".join(f"{spent:>10.2f}" for spent in times))


def _milliseconds(rule: Rule, ballots: list[Choice]) -> float:
    began = time.perf_counter()
    count(rule, ballots)
    return (time.perf_counter() - began) * 1e3


def _choice(chance: Random, rule: Rule) -> Choice:
    places = chance.sample(rule.places, chance.randint(1, rule.options))
    match rule.method:
        case Method.SINGLE:
            return Choice(tuple(places[:1]))
        case Method.APPROVAL:
            return Choice(tuple(sorted(places)))
        case Method.RANKING:
            return Choice(tuple(places))
        case Method.POINTS:
            return Choice((places[0],), (rule.points,))


if __name__ == "__main__":
    main()
