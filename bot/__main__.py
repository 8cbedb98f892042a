"""The command ``themenbote``; ``python -m bot`` is the same."""

import gc
import sys


def main() -> int:
    """Load everything, then run. What is loaded stays: looking for garbage in it took a third of the start."""
    gc.disable()
    from bot import cli  # noqa: PLC0415 - what is imported above is loaded too early

    gc.freeze()
    gc.enable()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
