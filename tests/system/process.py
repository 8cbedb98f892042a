"""The real command as a process of its own, in a folder of its own, with nothing but its signals to govern it."""

import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from aiohttp import ClientSession

from tests.synapse import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a process that should have started or ended has failed; far more than it ever takes."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@cache
def bytecode() -> str:
    """Where compiled modules are kept for this run, so that only the first process compiles them."""
    return tempfile.mkdtemp(prefix="themenbote-bytecode-")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """What a process gets: nothing of this program's settings but ours; ``variables`` are settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("THEMENBOTE_", "PYTHON", "LC_")) and name != "LANG"
    }
    ours = {
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": bytecode(),
        "PYTHONWARNINGS": "error::ResourceWarning",
        "THEMENBOTE_DATA_DIR": str(folder / "data"),
        "THEMENBOTE_WEB__PORT": "0",
    }
    return kept | ours | variables


class Process:
    """``themenbote run`` on a folder; may be killed and started again any number of times."""

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.url = ""
        self._environment = environment(folder, **(variables or {}))
        self._process: asyncio.subprocess.Process | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def data(self) -> Path:
        """Where it keeps everything."""
        return self.folder / "data"

    @property
    def log(self) -> str:
        """All that the processes in this folder ever wrote to standard error."""
        return (self.folder / "log").read_text("utf-8")

    @property
    def spawned(self) -> bool:
        """Whether there ever was one."""
        return self._process is not None

    @property
    def running(self) -> asyncio.subprocess.Process:
        """The process under way."""
        assert self._process is not None
        return self._process

    async def spawn(self, prepare: Callable[[], None] | None = None) -> None:
        """Begin; returns before it can do anything. ``prepare`` runs in the new process before the program."""
        with (self.folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self.folder,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                preexec_fn=prepare,
            )

    async def ready(self) -> str:
        """Wait until it says where its page is; returns that. Fails when it ends instead."""
        assert self.running.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.running.stdout.readline()).decode()
        found = ADDRESS.search(line)
        assert found, f"ended with {self.running.returncode} instead of a greeting: {line!r}\n{self.log[-4000:]}"
        self.url = found[0]
        return self.url

    async def start(self, prepare: Callable[[], None] | None = None) -> str:
        """Begin, and wait until the page is there; returns its address."""
        await self.spawn(prepare)
        return await self.ready()

    async def kill(self) -> None:
        """End it without a word."""
        await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal; returns the exit code."""
        if self.running.returncode is None:
            self.running.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended by itself; returns the exit code."""
        async with asyncio.timeout(PATIENCE):
            await self.running.communicate()
        assert self.running.returncode is not None
        return self.running.returncode


class MessengerProcess(Process):
    """``themenbote run`` before a messenger, without a page; its web server has a port of its own."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        port = free_port()
        super().__init__(folder, {"THEMENBOTE_WEB__PORT": str(port)} | dict(variables))
        self.url = f"http://127.0.0.1:{port}"

    async def ready(self) -> str:
        """Wait until it says that it runs; returns the address of its server."""
        assert self.running.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.running.stdout.readline()).decode()
        assert line.startswith("Themenbote"), f"ended with {self.running.returncode}: {line!r}\n{self.log[-4000:]}"
        return self.url

    async def health(self) -> tuple[int, list[str]]:
        """What the process says of itself."""
        async with ClientSession() as session, session.get(f"{self.url}/healthz") as answer:
            return answer.status, (await answer.json()).get("reasons", [])
