"""One arrival, one transaction, one handler, whatever happens meanwhile."""

import asyncio
import threading
from asyncio import Future
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Limits, Receipt, Unstored
from bot.inbox import ATTEMPTS
from bot.metrics import Metrics
from bot.units import ALPHABET, parts, unguessable
from domain.chat import Attachment, Html, Incoming, Left, Sender
from domain.markup import plain
from domain.refusal import Refused
from handlers.context import Here
from storage import audit, inbox, people
from storage.database import Conflict, Database, Transaction, Unavailable
from tests.bot.house import NOW, PATIENCE, House, add_member, address, echo, eventually, message, routes
from tests.memory import Server

BESIDE = 10
"""Seconds two handlers wait for each other; where they are let in together, they need none of it."""


def arrivals(database: Database) -> int:
    with database.read() as db:
        return db.execute(sa.select(sa.func.count()).select_from(inbox.inbox)).scalar_one()


def counted(house: House, name: str) -> float:
    return house.app.metrics.registry.get_sample_value(f"themenbote_{name}") or 0.0


async def test_an_answer_is_sent_once_the_arrival_is_stored(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        await house.server.offer(house.said("/echo Hallo"))
        await house.delivered()
        assert house.shown() == ["Hallo"]
        assert house.server.untaken == 0


async def test_what_one_chat_says_is_taken_in_order(database: Database, tmp_path: Path) -> None:
    taken: list[str] = []
    gate = threading.Event()

    def first_waits(_: Here, text: str) -> None:
        if text == "0":
            gate.wait(BESIDE)
        taken.append(text)

    async with House(database, tmp_path, routes=routes(note=first_waits)).running() as house:
        receipts = [house.server.offer(house.said(f"/note {number}")) for number in range(12)]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*receipts)
    assert taken == [str(number) for number in range(12)]


async def test_what_different_chats_say_is_taken_side_by_side(postgres: Database, tmp_path: Path) -> None:
    meeting = threading.Barrier(3, timeout=BESIDE)

    def meet(here: Here, _: str) -> None:
        meeting.wait()
        here.reply(Html("da"))

    async with House(postgres, tmp_path, routes=routes(meet=meet)).running() as house:
        await asyncio.gather(*(house.say("/meet", f"p{number}") for number in range(3)))
        await house.delivered()
        assert [house.shown(f"p{number}") for number in range(3)] == [["da"]] * 3


class Commits:
    """Counts the transactions in which arrivals are taken; those with a ``failing`` number fail at their commit."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        self.number = 0
        self.failing: set[int] = set()
        self._begin = house.database.begin
        monkeypatch.setattr(house.database, "begin", self.begin)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        with self._begin() as db:
            before = self._taken(db)
            yield db
            if self._taken(db) > before:
                self.number += 1
                if self.number in self.failing:
                    message = "disk full"
                    raise Unavailable(message)

    def _taken(self, db: Transaction) -> int:
        return db.execute(sa.select(sa.func.count()).select_from(inbox.inbox)).scalar_one()


class Queue:
    """A command, "/wait", behind which others have to wait."""

    def __init__(self) -> None:
        self._entered, self._opened = threading.Event(), threading.Event()

    def wait(self, _: Here, __: str) -> None:
        self._entered.set()
        assert self._opened.wait(PATIENCE)

    async def behind(
        self, house: House, lines: list[str], offer: Callable[[Incoming], Future[Receipt]] | None = None
    ) -> list[Future[Receipt]]:
        """Offer a line from each of several chats; when all wait, they may go. ``offer`` is usually the server's."""
        offer = offer or house.server.offer
        receipts = [offer(house.said("/wait"))]
        await eventually(self._entered.is_set)
        receipts += [offer(house.said(line, f"p{number}")) for number, line in enumerate(lines, 2)]
        await eventually(lambda: len(house.app.inbox._batches._waiting) == len(lines))
        self._opened.set()
        return receipts


async def test_where_one_can_write_those_that_wait_share_a_commit(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = Queue()
    async with House(sqlite, tmp_path, routes=routes(wait=queue.wait, echo=echo)).running() as house:
        commits = Commits(house, monkeypatch)
        await asyncio.gather(*await queue.behind(house, [f"/echo {number}" for number in range(5)]))
        assert commits.number == 2
        await house.delivered()
        assert [house.shown(f"p{number}") for number in range(2, 7)] == [[str(number)] for number in range(5)]


async def test_one_of_them_that_is_refused_is_taken_back_alone(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(here: Here, _: str) -> None:
        audit.add_entry(here.db, here.now, None, "test.refused", "")
        raise Refused("common-empty")

    queue = Queue()
    table = routes(wait=queue.wait, echo=echo, refuse=refuse)
    async with House(sqlite, tmp_path, routes=table).running() as house:
        commits = Commits(house, monkeypatch)
        await asyncio.gather(*await queue.behind(house, ["/echo eins", "/refuse", "/echo zwei"]))
        assert commits.number == 2
        await house.delivered()
        assert [len(house.shown(f"p{number}")) for number in (2, 3, 4)] == [1, 1, 1]
    with sqlite.read() as db:
        assert audit.count_entries(db) == 0
    assert arrivals(sqlite) == 4


@pytest.mark.parametrize("error", [ValueError, Conflict, Unavailable])
async def test_one_of_them_that_fails_keeps_none_of_the_others_from_being_taken(
    sqlite: Database, tmp_path: Path, error: type[Exception]
) -> None:
    tries: list[str] = []

    def fail(here: Here, text: str) -> None:
        audit.add_entry(here.db, here.now, None, "test.failed", text)
        tries.append(text)
        if len(tries) <= 2:
            raise error

    queue = Queue()
    table = routes(wait=queue.wait, echo=echo, fail=fail)
    async with House(sqlite, tmp_path, routes=table).running() as house:
        await asyncio.gather(*await queue.behind(house, ["/echo eins", "/fail", "/echo zwei"]))
        await house.delivered()
        assert [house.shown(f"p{number}") for number in (2, 4)] == [["eins"], ["zwei"]]
    with sqlite.read() as db:
        # Its own transaction failed once more: by our fault it is not tried again, in the other cases it is.
        assert audit.count_entries(db) == (0 if error is ValueError else 1)
    assert len(tries) == (2 if error is ValueError else 3)
    assert arrivals(sqlite) == 4


async def test_none_of_them_is_acknowledged_when_their_commit_fails(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = Queue()
    async with House(sqlite, tmp_path, routes=routes(wait=queue.wait, echo=echo)).running() as house:
        commits = Commits(house, monkeypatch)
        # The shared one, and the first of those that each tries then.
        commits.failing = {2, 3}
        lines = ["/echo eins", "/echo zwei", "/echo drei"]
        receipts = await queue.behind(house, lines, lambda said: asyncio.ensure_future(house.app.inbox.receive(said)))
        first, *ends = await asyncio.gather(*receipts, return_exceptions=True)
        assert (first, [type(end) for end in ends]) == (Receipt(), [Unstored] * 3)
        assert (commits.number, arrivals(sqlite), house.states()) == (3, 1, [])


async def test_a_known_arrival_is_ignored(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        first = house.said("/echo eins", arrival="same")
        await house.app.inbox.receive(first)
        assert await house.app.inbox.receive(replace(first, text="/echo zwei")) == Receipt()
        await house.delivered()
        assert house.shown() == ["eins"]


async def test_the_same_arrival_twice_at_once_is_handled_once(database: Database, tmp_path: Path) -> None:
    """Also when two processes get it, as after a webhook's repetition."""
    houses = [House(database, tmp_path / name, routes=routes(echo=echo)) for name in ("one", "other")]
    said = houses[0].said("/echo einmal")
    await asyncio.gather(*(house.app.inbox.receive(said) for house in houses for _ in range(3)))
    async with houses[0].running() as house:
        await house.delivered()
        assert house.shown() == ["einmal"]
    assert arrivals(database) == 1
    houses[1].locks.close()


async def test_a_refusal_changes_nothing_and_says_why(database: Database, tmp_path: Path) -> None:
    def refuse(here: Here, _: str) -> None:
        audit.add_entry(here.db, here.now, None, "test.refused", "")
        here.reply(Html("nie"))
        raise Refused("common-empty")

    async with House(database, tmp_path, routes=routes(refuse=refuse)).running() as house:
        await house.say("/refuse")
        await house.delivered()
        assert house.shown() == ["Da stand kein Text. Bitte schreiben Sie ein paar Worte."]
        assert house.failures() == [None]
    with database.read() as db:
        assert audit.count_entries(db) == 0


async def test_a_refused_press_is_told_by_a_notice(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path).running() as house:
        receipt = await house.app.inbox.receive(house.pressed(row=99))
        assert receipt.notice.startswith("Diese Schaltfläche gilt nicht mehr.")
        assert house.states() == []


class Hidden:
    """Texts that cannot even be read for an apology."""

    def say(self, _language: str, _form: str, key: str, /, **_values: object) -> str:
        raise LookupError(key)

    plain = say


async def test_an_error_in_the_apology_does_not_stop_the_chat(database: Database, tmp_path: Path) -> None:
    def fail(_: Here, text: str) -> None:
        raise ValueError(text)

    async with House(database, tmp_path, routes=routes(fail=fail, echo=echo), speak=Hidden()).running() as house:
        await house.say("/fail")
        await house.say("/echo weiter")
        await house.delivered()
        assert house.shown() == ["weiter"]
        assert len([failure for failure in house.failures() if failure]) == 1


async def test_nobody_hears_an_apology_for_having_left(database: Database, tmp_path: Path) -> None:
    def fail(_: Here, __: Left) -> None:
        raise ValueError

    table = replace(routes(), arrivals={Left: fail})
    async with House(database, tmp_path, routes=table).running() as house:
        await house.app.inbox.receive(Left(id="l1", at=NOW, sender=Sender("p1", "x"), address=address("r1")))
        assert house.states() == []
        assert len([failure for failure in house.failures() if failure]) == 1


@contextmanager
def away(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database cannot be reached."""

    def refuse() -> AbstractContextManager[Transaction]:
        message = "no route to host"
        raise Unavailable(message)

    with monkeypatch.context() as patch:
        patch.setattr(database, "begin", refuse)
        patch.setattr(database, "read", refuse)
        yield


async def test_what_the_database_does_not_take_is_not_acknowledged_and_comes_again(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        with away(database, monkeypatch):
            receipt = house.server.offer(house.said("/echo spät"))
            await eventually(lambda: counted(house, "arrivals_unstored_total") >= 3)
            assert not receipt.done()
            assert await house.app.troubles() == ["The database cannot be reached."]
        await receipt
        await house.delivered()
        assert house.shown() == ["spät"]
        assert await house.app.troubles() == []
    told = [record.getMessage() for record in caplog.records if record.name == "bot.inbox"]
    assert told.count("arrivals wait, the database takes nothing: no route to host") == 1


async def test_a_database_that_only_reads_is_a_trouble(database: Database, tmp_path: Path) -> None:
    def full(_: Here, __: str) -> None:
        message = "database or disk is full"
        raise Unavailable(message)

    async with House(database, tmp_path, routes=routes(full=full, echo=echo)).running() as house:
        with pytest.raises(Unstored):
            await house.say("/full")
        assert await house.app.troubles() == ["The database takes nothing at the moment."]
        await house.say("/echo wieder")
        assert await house.app.troubles() == []


async def test_a_full_disk_loses_nothing(sqlite: Database, tmp_path: Path) -> None:
    def pages(most: int) -> int:
        with sqlite.begin() as db:
            db.exec_driver_sql(f"PRAGMA max_page_count = {most}")
            return int(db.exec_driver_sql("PRAGMA page_count").scalar_one())

    async with House(sqlite, tmp_path, routes=routes(echo=echo)).running() as house:
        long = "wort " * 700
        pages(pages(10_000) + 2)
        receipts = [house.server.offer(house.said(f"/echo {long}{number}", f"p{number}")) for number in range(20)]
        await eventually(lambda: house.app.inbox.refused)
        assert not all(receipt.done() for receipt in receipts)
        assert await house.app.troubles() == ["The database takes nothing at the moment."]
        pages(10_000)
        await asyncio.gather(*receipts)
        await house.delivered()
        assert [house.shown(f"p{number}") for number in range(20)] == [[f"{long}{number}"] for number in range(20)]
        assert await house.app.troubles() == []


def colliding(times: int) -> tuple[Callable[[Here, str], None], list[str]]:
    """A handler that others get in the way of, so many times."""
    tries: list[str] = []

    def collide(here: Here, text: str) -> None:
        tries.append(text)
        here.reply(Html(text))
        if len(tries) <= times:
            raise Conflict

    return collide, tries


async def test_a_transaction_others_got_in_the_way_of_is_run_again(database: Database, tmp_path: Path) -> None:
    collide, tries = colliding(ATTEMPTS - 1)
    async with House(database, tmp_path, routes=routes(collide=collide)).running() as house:
        await house.say("/collide da")
        await house.delivered()
        assert house.shown() == ["da"]
        assert len(tries) == ATTEMPTS


async def test_but_not_for_ever(database: Database, tmp_path: Path) -> None:
    collide, tries = colliding(ATTEMPTS)
    async with House(database, tmp_path, routes=routes(collide=collide)).running() as house:
        with pytest.raises(Unstored):
            await house.say("/collide da")
        assert len(tries) == ATTEMPTS
        assert arrivals(database) == 0


async def test_names_come_in_clean_and_short(database: Database, tmp_path: Path) -> None:
    names: list[str] = []

    def note(here: Here, _: str) -> None:
        names.append(here.incoming.sender.name)

    house = House(database, tmp_path, routes=routes(note=note))
    for name in ("Muster\u202estadt\n", "", "x" * 500):
        said = replace(house.said("/note"), sender=Sender("p1", name))
        await house.app.inbox.receive(said)
    assert names == ["Musterstadt", "?", "x" * 60]
    house.locks.close()


async def test_writing_directly_tells_where_somebody_can_be_reached(database: Database, tmp_path: Path) -> None:
    member = add_member(database, "old")
    house = House(database, tmp_path, routes=routes(echo=echo))
    said = house.said("/echo hier", chat="new")
    await house.app.inbox.receive(replace(said, sender=Sender("old", "Musterstadt")))
    with database.read() as db:
        assert [(found.chat, found.reachable) for found in people.list_accounts(db, member)] == [("new", True)]
    in_room = house.said("/echo im Raum", chat="r1")
    await house.app.inbox.receive(replace(in_room, sender=Sender("old", "Musterstadt")))
    with database.read() as db:
        assert [found.chat for found in people.list_accounts(db, member)] == ["new"]
    house.locks.close()


@given(st.text(alphabet="ab <>&\n", min_size=1, max_size=400), st.integers(20, 80))
def test_no_part_is_longer_than_the_channel_takes(text: str, limit: int) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    whole = replace(message(escaped, label="Ja"), key="k", subject="topic:3", reply_to="m1")
    found = parts(whole, Limits(text=limit, caption=limit))
    assert all(len(plain(part.content.text)) <= limit for part in found)
    assert "".join("".join(plain(part.content.text) for part in found).split()) == "".join(text.split())
    assert [bool(part.content.keyboard) for part in found] == [False] * (len(found) - 1) + [True]
    assert [part.subject for part in found] == [""] * (len(found) - 1) + ["topic:3"]
    assert len({part.key for part in found}) == len(found)
    assert found[0].reply_to == "m1"


async def test_a_long_answer_arrives_whole_and_in_order(database: Database, tmp_path: Path) -> None:
    long = "\n\n".join(f"Absatz {number} {'wort ' * 150}".strip() for number in range(12))
    async with House(database, tmp_path, routes=routes(echo=lambda here, _: here.reply(Html(long)))).running() as house:
        await house.say("/echo")
        await house.delivered()
        assert len(house.shown()) > 1
        assert "\n\n".join(house.shown()).split() == long.split()


def test_words_are_unguessable_and_readable_aloud() -> None:
    words = {unguessable(8) for _ in range(200)}
    assert len(words) == 200
    assert set("".join(words)) <= set(ALPHABET)
    assert not set("0O1I") & set(ALPHABET)


def test_metrics_name_no_chat_and_no_text() -> None:
    metrics = Metrics()
    metrics.handled("memory", 0.01)
    labels = {label for family in metrics.registry.collect() for one in family.samples for label in one.labels}
    assert labels <= {"channel", "urgency", "failure", "state", "le"}


def test_an_edit_stays_one_message_and_a_text_beside_a_picture_fits_as_its_caption() -> None:
    limits, long = Limits(text=40, caption=20), "wort " * 30
    edit = replace(message(long, label="Ja"), replaces=7)
    (part,) = parts(edit, limits)
    assert len(plain(part.content.text)) <= 40
    assert part.content.keyboard
    picture = Attachment("einladung", "image/png", "qr", ("x",), "QR-Code")
    captioned = replace(edit, replaces=0, content=replace(edit.content, attachment=picture))
    found = parts(captioned, limits)
    assert all(len(plain(part.content.text)) <= 20 for part in found)
    assert [part.content.attachment for part in found] == [None] * (len(found) - 1) + [picture]


@pytest.mark.parametrize("safe", [True, False])
async def test_what_answers_a_message_that_is_perhaps_on_show_waits_for_its_row(
    database: Database, tmp_path: Path, *, safe: bool
) -> None:
    """Where the messenger does not hand back the row, only its settled message id leads to it."""
    rows: list[int] = []
    house = House(
        database,
        tmp_path,
        server=Server(resend_safe=safe),
        routes=routes(press=lambda here: rows.append(here.shown_row)),
    )
    async with house.running():
        house.server.lose_answers()
        (row,) = house.queue(message("Karte", label="Ja"))
        await eventually(lambda: house.row(row).reason == "uncertain")
        (shown,) = house.server.shown("p1")
        press = replace(house.pressed(0), message=shown.message)
        if safe:
            with pytest.raises(Unstored):
                await house.app.inbox.receive(press)
            assert not house.app.inbox.refused, "the database is well"
        receipt = house.server.offer(press)
        if safe:
            house.pass_by(minutes=1)
        await receipt
        assert rows == ([row] if safe else [])


async def test_what_answers_somebody_else_waits_for_nothing(database: Database, tmp_path: Path) -> None:
    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        await house.app.inbox.receive(replace(house.said("/echo Hallo"), reply_to="m7"))
        await house.delivered()
        assert house.shown() == ["Hallo"]


async def test_an_answer_does_not_wait_for_ever(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with House(database, tmp_path, routes=routes(echo=echo)).running() as house:
        house.server.lose_answers(times=2)
        (row,) = house.queue(message("Karte"))
        await eventually(lambda: house.row(row).reason == "uncertain")
        said = replace(house.said("/echo Hallo"), reply_to="m7")
        with pytest.raises(Unstored):
            await house.app.inbox.receive(said)
        monkeypatch.setattr("bot.inbox.EARLY", -1.0)
        await house.app.inbox.receive(said)
        assert arrivals(database) == 1
