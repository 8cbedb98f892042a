"""What only a real process can show: ports, folders and processes in each other's way, and what it loads."""

import asyncio
import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.process import Process, environment

UNUSED = ("alembic", "httpx", "matplotlib", "nio", "numpy", "psycopg", "segno", "telegram", "typst", "vodozemac")
"""What a start of the local page on its own database must not load: it would take longer than all the rest."""


async def command(folder: Path, *arguments: str, **variables: str) -> tuple[int | None, str, str]:
    """Run one command to its end; returns its exit code and what it said."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(folder, LC_ALL="de_DE.UTF-8", **variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await started.communicate()
    return started.returncode, out.decode(), err.decode()


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


async def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path, taken: int) -> None:
    code, out, err = await command(tmp_path, "run", THEMENBOTE_WEB__PORT=str(taken))
    assert (code, out) == (2, "")
    assert f"127.0.0.1:{taken}" in err
    assert err.count("\n") == 1


async def test_a_second_process_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    process = Process(tmp_path)
    await process.start()
    code, out, err = await command(tmp_path, "run")
    assert (code, out) == (2, "")
    assert err.startswith(f"Mit dem Ordner {process.data} läuft Themenbote schon.")
    assert err.count("\n") == 1
    code, out, err = await command(tmp_path, "invite", "--role", "partner")
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert await process.end() == 0


async def test_five_mistakes_are_five_lines(tmp_path: Path) -> None:
    (tmp_path / "themenbote.toml").write_text(
        '[web]\nport = "achtzig"\n[privacy]\nthreshold = 1\n[programme]\nland = "XX"\nnamen = "x"\n[log]\nlevel = 3\n',
        "utf-8",
    )
    variables = {"THEMENBOTE_WEB__PORT": ""}
    code, out, err = await command(tmp_path, "run", **variables)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == 5
    for key in ("web.port", "privacy.threshold", "programme.land", "programme.namen", "log.level"):
        assert len([line for line in lines if key in line]) == 1, key


async def test_the_log_as_json_is_one_object_a_line(tmp_path: Path) -> None:
    process = Process(tmp_path, {"THEMENBOTE_LOG__FORMAT": "json", "THEMENBOTE_LOG__LEVEL": "debug"})
    await process.start()
    assert await process.end() == 0
    told = [json.loads(line) for line in process.log.splitlines()]
    assert told[-1]["text"] == "stopping"
    assert {"at", "level", "logger", "text"} <= set(told[0])


async def test_an_interruption_ends_it_well(tmp_path: Path) -> None:
    process = Process(tmp_path)
    await process.start()
    process.running.send_signal(2)
    assert await process.ended() == 0
    assert "Traceback" not in process.log


async def test_a_start_loads_no_messenger_it_does_not_speak_and_nothing_that_draws(tmp_path: Path) -> None:
    script = f"import sys, bot.cli, bot.launch; print([name for name in {UNUSED!r} if name in sys.modules])"
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script), cwd=tmp_path, env=environment(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await started.communicate()
    assert out == b"[]\n"
