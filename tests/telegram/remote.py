"""The test's end of an emulator that runs as a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.telegram.listening import HOST

ROOT = Path(__file__).resolve().parents[2]


class Remote:
    """Calls the verbs of ``control.py``: ``await remote("say", person=7, bot="name", text="…")``."""

    def __init__(self, session: ClientSession, port: int, control: int) -> None:
        self.api_base = f"http://{HOST}:{port}"
        self._control = f"http://{HOST}:{control}/control/"
        self._session = session

    async def __call__(self, verb: str, **arguments: Any) -> Any:
        """Carry out one verb. Raises ValueError, saying why, when that is not possible."""
        return await self._post(verb, arguments)

    async def batch(self, *calls: tuple[str, dict[str, Any]]) -> Any:
        """Carry out several verbs in one go; returns what each returned."""
        return await self._post("batch", calls)

    async def _post(self, verb: str, arguments: Any) -> Any:
        async with self._session.post(self._control + verb, json=arguments) as answer:
            result = await answer.json()
            if answer.status != 200:
                raise ValueError(result["error"])
            return result


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[Remote]:
    """Start the process, with command line ``options``, and end it afterwards."""
    command = [sys.executable, "-m", "tests.telegram.server", *options]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout
        ready = json.loads(await process.stdout.readline())
        async with ClientSession() as session:
            yield Remote(session, ready["port"], ready["control"])
    finally:
        process.terminate()
        await process.wait()
