"""The database goes away, the disk is full, the folder is read-only: said in a sentence, and over when it is over."""

import asyncio
import ctypes
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.bot.house import eventually
from tests.postgres import LocalServer, address
from tests.system.client import Page
from tests.system.process import Process, environment
from tests.system.story import story, visited

CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24
A_PAGE = 4096
LONG_ENOUGH = 90.0
"""Seconds in which a process comes back from an outage; far more than it ever needs."""


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """A PostgreSQL server that may be stopped without disturbing other tests."""
    made = LocalServer()
    yield made
    made.remove()


async def health(url: str) -> tuple[int, dict[str, Any]]:
    """What ``/healthz`` says."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/healthz") as answer:
        return answer.status, await answer.json()


async def until_health(url: str, status: int) -> dict[str, Any]:
    """Wait until it says so."""
    async with asyncio.timeout(LONG_ENOUGH):
        told = await health(url)
        while told[0] != status:
            await asyncio.sleep(0.05)
            told = await health(url)
    return told[1]


@pytest.mark.timeout(300)
async def test_the_database_goes_away_and_comes_back(tmp_path: Path, server: LocalServer) -> None:
    database = address(server.url)
    process = Process(tmp_path, {"THEMENBOTE_DATABASE__URL": database, "THEMENBOTE_LOCAL__DEMO": "true"})
    async with story(process, database, seed=5) as told:
        await process.start()
        told.live()
        async with visited(told.page, process):
            await eventually(lambda: len(told.load.clients) > 40)
            assert await health(process.url) == (200, {"status": "ok"})
            server.stop()
            said = await until_health(process.url, 503)
            assert said == {"status": "unavailable", "reasons": ["The database cannot be reached."]}
            await eventually(lambda: "runde" in told.page.delayed, LONG_ENOUGH)
            waiting = told.page.do("say", "verein", text="/themen")
            told.load.clients.add(waiting)
            told.load.model.messages["verein"] += 1
            await eventually(lambda: waiting in told.page.stored, LONG_ENOUGH)
            server.start()
            assert await until_health(process.url, 200) == {"status": "ok"}
            await told.come_to_rest()
            await eventually(lambda: not told.page.delayed, LONG_ENOUGH)
            assert await process.end() == 0
        told.check()
        assert process.log.count("arrivals wait") == 1
        assert process.log.count("arrivals are taken again") == 1


def fill_disk(process: Process, full: bool) -> None:
    """Let no file of the process grow beyond one page, as if the disk were full; or let it grow again."""
    most = A_PAGE if full else resource.RLIM_INFINITY
    resource.prlimit(process.running.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@pytest.mark.timeout(300)
async def test_the_disk_is_full_for_a_while(tmp_path: Path) -> None:
    process = Process(tmp_path)
    async with story(process, f"sqlite:///{process.data}/themenbote.db", seed=6) as told:
        await process.start()
        told.live()
        async with visited(told.page, process):
            await eventually(lambda: len(told.load.clients) > 40)
            fill_disk(process, full=True)
            again = told.page.unstored
            await eventually(lambda: told.page.unstored > again + 20, LONG_ENOUGH)
            assert process.running.returncode is None
            fill_disk(process, full=False)
            await told.come_to_rest()
            assert await health(process.url) == (200, {"status": "ok"})
            assert await process.end() == 0
        told.check()


async def failed_start(folder: Path, prepare: Callable[[], None], *, code: int) -> str:
    """What a process says that cannot start; ``prepare`` runs in it before the program."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment(folder, LC_ALL="de_DE.UTF-8"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=prepare,
    )
    out, err = await started.communicate()
    assert (out, started.returncode) == (b"", code)
    assert err.count(b"\n") == 1, err.decode()
    return err.decode()


def no_space() -> None:
    """In the process to be: no file may have anything in it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def obey_modes() -> None:
    """In the process to be: what is write-protected cannot be written, not even by root."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


async def test_a_full_disk_at_the_start(tmp_path: Path) -> None:
    said = await failed_start(tmp_path, no_space, code=1)
    assert said.startswith("Die Datenbank ")
    assert "ist nicht erreichbar" in said


async def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    said = await failed_start(tmp_path, obey_modes, code=2)
    assert said.startswith(f"In den Ordner {tmp_path / 'data'} kann nicht geschrieben werden (Permission denied).")


async def test_a_database_file_that_may_not_be_written(tmp_path: Path) -> None:
    """The page is there and keeps what people write; nobody is told that all is well."""
    process = Process(tmp_path)
    await process.start()
    assert await process.end() == 0
    for file in process.data.glob("themenbote.db*"):
        file.chmod(0o400)
    await process.start(obey_modes)
    page = Page()
    async with visited(page, process):
        page.do("say", "verein", text="/themen")
        await eventually(lambda: "verein" in page.delayed)
        reasons = (await until_health(process.url, 503))["reasons"]
        assert reasons == ["The database takes nothing at the moment."]
        assert await process.end() == 0
    assert "attempt to write a readonly database" in process.log
    assert "Traceback" not in process.log
    assert page.stored
