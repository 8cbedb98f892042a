"""A press through the whole durable path behind Telegram, beside other bots that write one row and answer.

All talk to the same stand-in of the Bot API, one after the other, each as a process of its own, several times in turn;
the median counts. Ours does three times the work: arrival, row, card, commit; answer, and the card changed as well.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import ours
from benchmarks.rivals.stand_in import PEOPLE, press
from benchmarks.stopwatch import Measured

ROOT = Path(__file__).resolve().parents[1]
RIVALS = ROOT / ".venv-rivals" / "bin" / "python"
FOLDER = ROOT / "benchmarks" / "rivals"
PRESSES = 2000
ROUNDS = 3
OTHERS = {
    "python-telegram-bot": "with_ptb.py",
    "aiogram": "with_aiogram.py",
    "bare aiohttp": "with_nothing.py",
}
PATIENCE = 120.0


def main() -> None:
    """Print all of them, and what ours is beside them."""
    if not RIVALS.exists():
        sys.exit("The other bots have an environment of their own: make bench installs it.")
    print(f"{PRESSES} presses in {PEOPLE} direct chats, medians of {ROUNDS} rounds, SQLite, every commit durable")
    rounds: dict[str, list[Measured]] = {}
    for number in range(ROUNDS):
        for name, measured in _round(number):
            rounds.setdefault(name, []).append(measured)
    rates = {name: median(one.rate for one in found) for name, found in rounds.items()}
    for name, found in rounds.items():
        cpu = median(one.cpu for one in found)
        ratio = rates["Themenbote"] / rates[name]
        print(f"  {name:<20} {rates[name]:6.0f} updates/s {cpu:6.0f} µs CPU each; ours is {ratio:.2f} times as fast")


def _round(number: int) -> Iterator[tuple[str, Measured]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards = ours.prepare(folder / "ours.db")[:PRESSES]
        presses = [press(place, row, f"{row}:0", person) for place, (person, row) in enumerate(cards, 1)]
        (folder / "presses").write_text("\n".join(presses), "utf-8")
        own = [sys.executable, "-m", "benchmarks.ours"]
        bots = [("Themenbote", own, ROOT), *((name, [str(RIVALS), script], FOLDER) for name, script in OTHERS.items())]
        for title, command, place in bots if number % 2 else reversed(bots):
            file = folder / ("ours.db" if title == "Themenbote" else f"{title}.db")
            with _stand_in(folder / "presses") as api:
                yield title, _measured([*command, api, str(file), str(len(presses))], place, len(presses))


@contextmanager
def _stand_in(presses: Path) -> Iterator[str]:
    command = [sys.executable, str(FOLDER / "stand_in.py"), str(presses)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def _measured(command: list[str], folder: Path, presses: int) -> Measured:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if ran.returncode or not ran.stdout.strip():
        sys.exit(f"{' '.join(command[:2])} failed:\n{ran.stderr[-2000:]}")
    spent = json.loads(ran.stdout.strip().splitlines()[-1])
    return Measured(presses / spent["wall"], spent["cpu"] / presses * 1e6)


if __name__ == "__main__":
    main()
