"""The application as a whole: in what order it starts and stops, and what keeps it going."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channel import Misconfigured, Receive
from bot.clock import Job, housekeeping
from domain.chat import Html, Outgoing
from handlers.context import Here, Policy
from handlers.routing import Router, Routes
from storage import audit
from storage.database import Database, Transaction, Unavailable
from storage.locks import locks_for
from storage.outbox import SENT
from tests.bot.house import NOW, House, Written, add_member, echo, eventually, message, routes
from tests.memory import MemoryChannel, Server
from tests.world import texts

CONTENTS = "streng vertraulich"


@pytest.fixture
def written() -> Iterator[Written]:
    """All that is logged, by whomever, at every level."""
    handler, root = Written(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def fail_badly(here: Here, text: str) -> None:
    """As a mistake of ours would: something is written already, and the error quotes what was said."""
    audit.add_entry(here.db, here.now, None, "test.failed", ())
    here.reply(Html(text))
    try:
        int(text)
    except ValueError as error:
        raise KeyError({text: error}) from error


async def test_an_unexpected_error_is_ours_to_regret_and_to_look_up(
    database: Database, tmp_path: Path, written: Written
) -> None:
    async with House(database, tmp_path, routes=routes(fail=fail_badly, echo=echo)).running() as house:
        await asyncio.gather(
            house.server.offer(house.said(f"/fail {CONTENTS}")), house.server.offer(house.said("/echo weiter"))
        )
        await house.delivered()
        apology, after = house.shown()
        reference = next(failure for failure in house.failures() if failure)
    assert reference in apology
    assert apology.startswith("Hier ist leider etwas schiefgegangen.")
    assert after == "weiter"
    with database.read() as db:
        assert audit.count_entries(db) == 0
    about = [line for line in written.lines if reference in line]
    assert len(about) == 1
    assert "KeyError" in about[0]
    assert "fail_badly" in about[0]
    assert "after ValueError" in about[0]
    assert CONTENTS not in written.text
    assert house.app.metrics.registry.get_sample_value("themenbote_arrivals_failed_total") == 1


async def test_ordinary_talk_leaves_no_trace_in_the_log(
    database: Database, tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(database, tmp_path, routes=routes(echo=echo))
    send, faults = house.channel.send, [ValueError(CONTENTS)]

    async def fails_once(message: Outgoing, token: str, replaces: str | None) -> str:
        if faults:
            raise faults.pop()
        return await send(message, token, replaces)

    monkeypatch.setattr(house.channel, "send", fails_once)
    async with house.running():
        await house.say(f"/echo {CONTENTS}")
        await eventually(lambda: not faults and house.states() == ["waiting"])
        house.pass_by(minutes=1)
        await house.delivered()
        assert house.shown() == [CONTENTS]
    assert "unexpected error" in written.text
    assert CONTENTS not in written.text


async def test_an_error_on_a_press_is_told_by_a_notice(database: Database, tmp_path: Path) -> None:
    def fail(_: Here) -> None:
        raise ValueError

    async with House(database, tmp_path, routes=routes(fail)).running() as house:
        (row,) = house.queue(message("Karte", label="Ja"))
        await house.delivered()
        receipt = await house.app.inbox.receive(house.pressed(row))
        reference = next(failure for failure in house.failures() if failure)
        assert reference in receipt.notice
        assert house.states() == [SENT]


class Scripted(MemoryChannel):
    """Notes what is asked of it, and fails where told."""

    def __init__(self, name: str, notes: list[str], fails: str = "") -> None:
        super().__init__(Server(), name)
        self._notes, self._fails = notes, fails

    async def open(self) -> None:
        self._notes.append(f"{self.name} opens")
        if self._fails == "open":
            message = "Set a token."
            raise Misconfigured(message)
        await super().open()

    async def listen(self, receive: Receive) -> None:
        self._notes.append(f"{self.name} listens")
        if self._fails == "listen":
            self._fails = ""
            raise ValueError
        try:
            await super().listen(receive)
        finally:
            self._notes.append(f"{self.name} listens no more")

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        shown_as = await super().send(message, token, replaces)
        self._notes.append(f"{self.name} sends")
        return shown_as

    async def close(self) -> None:
        self._notes.append(f"{self.name} closes")
        await super().close()


def application(database: Database, folder: Path, *channels: MemoryChannel) -> App:
    return App(database, locks_for(database, folder), texts(), Policy(), Router(Routes()), channels)


async def test_it_stops_in_the_reverse_order(sqlite: Database, tmp_path: Path) -> None:
    notes: list[str] = []
    async with application(sqlite, tmp_path, Scripted("one", notes), Scripted("other", notes)).running():
        await eventually(lambda: len(notes) == 4)
    assert notes[:2] == ["one opens", "other opens"]
    assert set(notes[2:4]) == {"one listens", "other listens"}
    assert set(notes[4:6]) == {"one listens no more", "other listens no more"}
    assert notes[6:] == ["other closes", "one closes"]


async def test_what_cannot_work_is_said_and_the_rest_is_closed(sqlite: Database, tmp_path: Path) -> None:
    notes: list[str] = []
    app = application(sqlite, tmp_path, Scripted("one", notes), Scripted("other", notes, fails="open"))
    with pytest.raises(Misconfigured, match="Set a token"):
        async with app.running():
            raise AssertionError
    assert notes == ["one opens", "other opens", "other closes", "one closes"]


async def test_a_channel_that_falls_over_is_picked_up(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.RESTART_PAUSE", 0.01)
    notes: list[str] = []
    async with application(sqlite, tmp_path, Scripted("one", notes, fails="listen")).running():
        await eventually(lambda: notes.count("one listens") == 2)


async def test_a_delivery_that_falls_over_is_picked_up(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.RESTART_PAUSE", 0.01)
    house = House(database, tmp_path)
    alive, faults = house.locks.alive, [OSError(28, "No space left on device")]

    def fails_once(name: str) -> bool:
        if faults:
            raise faults.pop()
        return alive(name)

    monkeypatch.setattr(house.locks, "held", fails_once)
    async with house.running():
        house.queue(message("trotzdem"))
        await house.delivered()
        assert house.shown() == ["trotzdem"]
    assert not faults


async def test_health_names_every_trouble(sqlite: Database, tmp_path: Path) -> None:
    app = application(sqlite, tmp_path, *(Scripted(name, []) for name in ("one", "other")))
    assert len(await app.troubles()) == 2
    async with app.running():
        assert await app.troubles() == []


async def test_a_database_that_hangs_is_a_trouble_too(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.DATABASE_PATIENCE", 0.05)
    house = House(database, tmp_path)
    stuck = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hang() -> None:
        asyncio.run_coroutine_threadsafe(stuck.wait(), loop).result(20)

    async with house.running():
        monkeypatch.setattr(house.app, "_reach", hang)
        assert await house.app.troubles() == ["The database cannot be reached."]
        stuck.set()


async def test_jobs_are_called_with_the_present_and_outlive_their_errors(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.FIRST_AFTER", timedelta())
    calls: list[datetime] = []

    def work(_: Transaction, now: datetime) -> None:
        calls.append(now)
        raise (ValueError, Unavailable)[len(calls) % 2]

    job = Job("test", timedelta(seconds=1), work)
    async with House(database, tmp_path, jobs=[job], ticking=True).running():
        await eventually(lambda: len(calls) == 2)
    assert calls == [NOW, NOW]


async def test_the_stop_waits_for_the_job_in_hand_and_cuts_nothing_off(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.clock.FIRST_AFTER", timedelta())
    begun, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def work(_: Transaction, __: datetime) -> None:
        begun.set()
        assert may_end.wait(30)
        done.set()

    async with House(database, tmp_path, jobs=[Job("test", timedelta(seconds=1), work)], ticking=True).running():
        await eventually(begun.is_set)
        await asyncio.sleep(1.2)  # the next call comes meanwhile, and is not worth a word either
        asyncio.get_running_loop().call_later(0.05, may_end.set)
    assert done.is_set()
    assert not [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_housekeeping_forgets_what_it_should(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    add_member(database)
    (row,) = house.queue(message("alt"))
    with database.begin() as db:
        jobs: dict[str, Callable[[Transaction, datetime], object]] = {job.name: job.work for job in housekeeping(7)}
        for name in ("scrub", "dialogues", "arrivals"):
            assert not jobs[name](db, NOW + timedelta(days=400))
    assert house.row(row).text == "alt", "it was never sent, so it stays"
    house.locks.close()


async def test_figures_count_the_outbox(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    async with house.running():
        house.queue(message("eins"), message("zwei"))
        await house.delivered()
    async with House(database, tmp_path / "next").running() as following:
        registry = following.app.metrics.registry
        rows = {"channel": "memory", "state": SENT}
        await eventually(lambda: registry.get_sample_value("themenbote_outbox_rows", rows) == 2)
    counted = {"channel": "memory", "urgency": "reply"}
    assert house.app.metrics.registry.get_sample_value("themenbote_messages_sent_total", counted) == 2
