"""Several processes on one PostgreSQL database: none does what another does, and one takes over when one dies."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import delivery
from domain.chat import Urgency
from storage.database import Database
from storage.outbox import SENDING, SENT
from tests.bot.house import House, echo, eventually, message, routes
from tests.memory import Server
from tests.postgres import drop_database, new_database
from tests.system.process import Process

CHATS = delivery.AHEAD + 12
"""More than one process takes in hand, so that there is something left for the other."""
PATIENCE = 60.0


@pytest.fixture
def databases() -> Iterator[tuple[Database, Database]]:
    """One database, as two processes have it open."""
    url = new_database()
    opened = Database(url), Database(url)
    yield opened
    for database in opened:
        database.close()
    drop_database(url)


class Watched(Server):
    """Notes who sends what, and answers nobody before both have begun, so that neither is done before."""

    def __init__(self) -> None:
        super().__init__()
        self.by: dict[str, list[str]] = {"one": [], "other": []}
        self.under_way: set[str] = set()
        self.mistakes: list[str] = []
        self.both = asyncio.Event()


def watch(house: House, server: Watched, name: str) -> House:
    """Let the server know by whom a message comes."""
    send = house.channel.send

    async def noted(outgoing: object, token: str, replaces: str | None) -> str:
        if token in server.under_way:
            server.mistakes.append(token)
        server.under_way.add(token)
        server.by[name].append(token)
        if all(server.by.values()):
            server.both.set()
        await asyncio.wait_for(server.both.wait(), PATIENCE)
        shown_as = await send(outgoing, token, replaces)  # type: ignore[arg-type]
        server.under_way.remove(token)
        return shown_as

    house.channel.send = noted  # type: ignore[method-assign, assignment]
    return house


async def test_two_processes_share_the_work(databases: tuple[Database, Database], tmp_path: Path) -> None:
    server = Watched()
    one, other = (
        watch(House(database, tmp_path, server=server), server, name)
        for database, name in zip(databases, ("one", "other"), strict=True)
    )
    async with one.running(), other.running():
        rows = one.queue(
            *(message(f"{number}", f"p{number % CHATS}", Urgency.ANNOUNCEMENT) for number in range(5 * CHATS))
        )
        other.app.wake_all()
        await one.delivered()
        assert set(one.states()) == {SENT}
        assert server.mistakes == []
        assert server.both.is_set()
        assert sorted(map(int, server.by["one"] + server.by["other"])) == rows
        for chat in range(CHATS):
            assert one.shown(f"p{chat}") == [str(number) for number in range(chat, 5 * CHATS, CHATS)]


async def test_an_arrival_both_get_is_handled_by_one(databases: tuple[Database, Database], tmp_path: Path) -> None:
    server = Server()
    houses = [House(database, tmp_path, server=server, routes=routes(echo=echo)) for database in databases]
    async with houses[0].running(), houses[1].running():
        said = [houses[0].said(f"/echo {number}", f"p{number}", f"same{number}") for number in range(30)]
        await asyncio.gather(*(house.app.inbox.receive(arrival) for arrival in said for house in houses))
        await houses[0].delivered()
        assert [houses[0].shown(f"p{number}") for number in range(30)] == [[str(number)] for number in range(30)]


async def test_the_other_takes_over_when_one_dies(
    databases: tuple[Database, Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies as under SIGKILL: nothing is settled, nothing given back; only its connections are closed."""
    monkeypatch.setattr(delivery, "INSPECTION", 0.2)
    server = Server()
    one, other = (House(database, tmp_path, server=server) for database in databases)
    doomed = one.app._deliveries["memory"]

    async def hangs(*_: object) -> str:
        await asyncio.Event().wait()
        raise AssertionError

    async def no_farewell() -> None:
        for task in doomed._sending:
            task.cancel()

    monkeypatch.setattr(one.channel, "send", hangs)
    monkeypatch.setattr(doomed, "_finish", no_farewell)
    async with one.running():
        rows = one.queue(*(message(f"{number}", f"p{number}") for number in range(20)))
        await eventually(lambda: one.states() == [SENDING] * 20)
        async with other.running():
            assert other.states() == [SENDING] * 20
            one.locks.close()
            await eventually(lambda: {other.row(row).reason for row in rows} == {"uncertain"})
            other.pass_by(minutes=1)
            await other.delivered()
            assert other.states() == [SENT] * 20
            assert [other.shown(f"p{number}") for number in range(20)] == [[str(number)] for number in range(20)]


async def test_one_page_at_a_time(tmp_path: Path) -> None:
    """A second page would show half of what is said; the next one starts as soon as the first is gone."""
    url = new_database()
    variables = {"THEMENBOTE_DATABASE__URL": url, "THEMENBOTE_LOCAL__ENABLED": "true", "LC_ALL": "en_GB.UTF-8"}
    one, other = (Process(tmp_path / name, variables) for name in ("one", "other"))
    await one.start()
    await other.spawn()
    assert await other.ended() == 2
    assert other.log.startswith("The local page runs with the database postgresql+psycopg://")
    assert other.log.count("\n") == 1
    await one.end(signal.SIGKILL)
    await other.start()
    assert await other.end() == 0
    drop_database(url)
