"""From typing the command to the first answer, with a warm environment, and the memory of the idle process."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import psutil

ROUNDS = 5
SETTLED = 5.0
"""Seconds after the start at which the process counts as idle."""


def start(folder: Path) -> tuple[float, float, float]:
    """Seconds until the page is served and healthy, those of CPU among them, and resident megabytes when idle."""
    began = time.perf_counter()
    environment = {**os.environ, "THEMENBOTE_DATA_DIR": str(folder), "THEMENBOTE_WEB__PORT": "0"}
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        greeting = process.stdout.readline() if process.stdout else ""
        address = next(word for word in greeting.split() if word.startswith("http://"))
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
            healthy = json.load(answer)["status"] == "ok"
        seconds = time.perf_counter() - began
        started = psutil.Process(process.pid)
        cpu = sum(started.cpu_times()[:2])
        time.sleep(SETTLED)
        memory = started.memory_info().rss / 1e6
    finally:
        process.terminate()
        process.wait(10)
    return (seconds, cpu, memory) if healthy else (float("nan"), cpu, memory)


def main() -> None:
    """Print the medians: the first start sets up the database, the later ones find it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, *later = [start(folder) for _ in range(ROUNDS)]
    seconds, cpu, memory = (median(figures) for figures in zip(*later, strict=True))
    print(f"start to first answer: {first[0]:.2f} s the first time, {seconds:.2f} s afterwards, {cpu:.2f} s of it CPU")
    print(f"resident memory, idle: {memory:.0f} MB")


if __name__ == "__main__":
    main()
