"""All measurements, one after the other: ``make bench``; names as arguments choose some."""

import sys

from benchmarks import broadcast, matrix, start, tally, telegram, texts, updates

ALL = {
    "broadcast": broadcast.main,
    "matrix": matrix.main,
    "start": start.main,
    "tally": tally.main,
    "telegram": telegram.main,
    "texts": texts.main,
    "updates": updates.main,
}


def main() -> None:
    """Run the chosen ones, or all."""
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name}")
        ALL[name]()


if __name__ == "__main__":
    main()
