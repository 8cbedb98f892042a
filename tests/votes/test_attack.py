"""Who chose what must not be found: twenty votes of ten people, and everything we can think of to link them.

Each attack is run against broken variants of the program too, and has to succeed there; otherwise it would prove
nothing. Here all this happens in memory, which is quick, and on PostgreSQL; on the real messengers it happens in
``test_everywhere.py``.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from domain.chat import Address, Html, Message, Outgoing
from domain.votes import Vote, ballot_subject
from storage import backup, outbox, votes
from storage.database import Database, Transaction
from tests.bot.house import NOW
from tests.postgres import drop_database, log_of, new_database, sqlite_database
from tests.votes.attack import Guesses, Known, Loot, Row, best, bound, by_difference, right
from tests.votes.scene import CHANNELS, Town

PEOPLE, VOTES, FEW = 10, 20, 5
"""Broken variants need fewer votes: what they give away is seen at once."""


@dataclass
class Played:
    """What happened, and what is left of it."""

    known: Known
    truth: Guesses
    loot: Loot
    nightly: Sequence[Loot]


async def play(database: Database, folder: Path, number: int, *, purge: bool = True, nightly: bool = False) -> Played:
    """So many votes from start to close, in which everybody chooses something else in the end, and many change.

    ``nightly``: a backup after each vote in the first of them.
    """
    town = Town(database, folder, PEOPLE)
    options = {vote: [f"Vorschlag {vote:02}{letter}" for letter in "QRSTUVWXYZ"] for vote in range(1, number + 1)}
    truth: Guesses = {}
    casts: list[tuple[int, int, int]] = []
    for vote in options:
        wanted = list(range(1, PEOPLE + 1))
        town.chance.shuffle(wanted)
        truth |= {(vote, member): place for member, place in zip(town.members, wanted, strict=True)}
    first = [(vote, member, town.chance.randint(1, PEOPLE)) for vote, member in truth if town.chance.random() < 0.4]
    last = [(vote, member, place) for (vote, member), place in truth.items()]
    town.chance.shuffle(first)
    town.chance.shuffle(last)
    nights = []
    async with town.running():
        for vote, texts in options.items():
            await town.open_vote(vote, texts)
        for turn, (vote, member, place) in enumerate([*first, *last]):
            await cast(town, turn, vote, member, place, options[vote][place - 1])
            casts.append((vote, member, place))
            if nightly and vote == 1 and turn >= len(first):
                nights.append(saved(database, folder / f"nightly-{turn}.db"))
        for vote in list(options)[::2]:
            await town.close_vote(vote)
        await town.pass_by(days=30)
        await town.delivered()
        if purge:
            assert votes.purge(database)
    backup.write(database, folder / "backup.db")
    known = Known(
        {member: town.names(member) for member in town.members}, options, [(vote, member) for vote, member, _ in casts]
    )
    taken = Loot(files(folder), tables(database), town.log.lines)
    return Played(known, truth, taken, nights)


async def cast(town: Town, turn: int, vote: int, member: int, place: int, option: str) -> None:
    """By a button, a number, a command or a word, perhaps after something that could not be understood."""
    way = (0, 1, 0, 2, 0, 1, 3, 1, 0, 4)[turn % 10]
    if way == 0:
        await town.say(member, f"/stimme {vote} {place}")
        return
    await town.say(member, f"/stimme {vote}")
    if way == 1:
        await town.press(member, town.row(member, ballot_subject(vote)), place - 1)
        return
    # A number typed is an answer to what one sees.
    await town.delivered()
    if way == 2:
        await town.say(member, str(place))
    elif way == 3:
        await town.say(member, option)
    else:
        await town.say(member, option.partition(" ")[0])
        await town.say(member, f"{place} {place % PEOPLE + 1}")
        await town.say(member, str(place))


def files(folder: Path) -> dict[str, bytes]:
    """The database with free pages and journal, and the backup."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and "nightly" not in path.name}


def tables(database: Database) -> dict[str, list[Row]]:
    """All rows as the database gives them when nothing is said about their order."""
    with database.read() as db:
        names = sa.inspect(db).get_table_names()
        return {name: [dict(row) for row in db.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()] for name in names}


def saved(database: Database, file: Path) -> Loot:
    """A backup, and what it holds."""
    backup.write(database, file)
    copy = Database(f"sqlite:///{file}")
    held = Loot({}, tables(copy))
    copy.close()
    return held


@pytest.fixture
def sqlite_town(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_database(tmp_path))
    yield database
    database.close()


def assert_complete(rows: Mapping[str, Sequence[Row]], truth: Guesses, number: int) -> None:
    """What was attacked is what was meant: every vote is closed and shown, every choice is there, nothing else."""
    assert [row["state"] for row in rows["votes"]] == ["closed"] * number
    assert [row["counted"] for row in rows["votes"]] == [PEOPLE] * number
    assert len(rows["ballots"]) == len(truth) == number * PEOPLE
    assert len(rows["receipts"]) == number * PEOPLE
    assert sorted((row["vote"], row["choice"]) for row in rows["ballots"]) == sorted(
        (vote, str(place)) for (vote, _), place in truth.items()
    )
    assert not rows["vote_keys"]


async def test_what_was_said_is_nowhere_kept(sqlite_town: Database, tmp_path: Path) -> None:
    """Neither the outbox nor a dialogue, the arrivals, the audit or the log hold a word of what was typed."""
    played = await play(sqlite_town, tmp_path, 1, nightly=True)
    assert not by_difference(played.known, played.nightly)
    typed = re.compile(r"Vorschlag 0?1?[Q-Z]\b(?!.*Vorschlag)")
    for table in ("outbox", "dialogs", "inbox", "audit"):
        for row in played.loot.tables[table]:
            words = [str(value) for name, value in row.items() if name not in ("keyboard", "attachment")]
            named = [text for text in played.known.options[1] if any(text in word for word in words)]
            assert len(named) in (0, 1, PEOPLE), row
            if len(named) == 1:
                assert "Gewählt" in str(row["text"]), row
    assert not [line for line in played.loot.lines if typed.search(line)]


Break = Callable[[pytest.MonkeyPatch, Database], None]


def keep_the_key(patch: pytest.MonkeyPatch, _: Database) -> None:
    patch.setattr(votes, "seal", lambda *_, **__: None)


def number_the_ballots(patch: pytest.MonkeyPatch, database: Database) -> None:
    with database.begin() as db:
        db.exec_driver_sql("CREATE TABLE counted (id INTEGER PRIMARY KEY, vote INTEGER, choice TEXT)")

    def count(db: Transaction, vote: Vote, _: int, choice: str) -> None:
        db.exec_driver_sql("INSERT INTO counted (vote, choice) VALUES (?, ?)", (vote.id, choice))

    while_casting(patch, count)


def repeat_the_choice(patch: pytest.MonkeyPatch, _: Database) -> None:
    def confirm(db: Transaction, vote: Vote, member: int, choice: str) -> None:
        text = Html(f"Gespeichert: {vote.texts[int(choice) - 1]}")
        to = Address("memory", f"chat-{member}-", private=True)
        outbox.add_outgoing(db, Outgoing(to=to, content=Message(text)), NOW)

    while_casting(patch, confirm)


def log_the_choice(patch: pytest.MonkeyPatch, _: Database) -> None:
    def note(_: Transaction, vote: Vote, member: int, choice: str) -> None:
        logging.getLogger("bot").debug("chat-%d- chose %s", member, vote.texts[int(choice) - 1])

    while_casting(patch, note)


def while_casting(patch: pytest.MonkeyPatch, also: Callable[[Transaction, Vote, int, str], None]) -> None:
    cast_it = votes.cast

    def both(db: Transaction, vote: Vote, member: int, choice: str) -> str:
        also(db, vote, member, choice)
        return cast_it(db, vote, member, choice)

    patch.setattr(votes, "cast", both)


def leave_traces(_: pytest.MonkeyPatch, database: Database) -> None:
    """In free pages, and in a journal that nobody empties."""

    def careless(connection: Any, _: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("PRAGMA wal_autocheckpoint=0")

    database.engine.dispose()
    sa.event.listen(database.engine, "connect", careless)


@pytest.mark.parametrize(
    ("spoil", "attacks"),
    [
        (keep_the_key, {"by_keys"}),
        (leave_traces, {"by_keys", "by_traces"}),
        (number_the_ballots, {"by_order"}),
        (repeat_the_choice, {"by_neighbourhood", "by_corners"}),
        (log_the_choice, {"by_neighbourhood"}),
    ],
)
async def test_the_attacks_succeed_where_something_is_wrong(
    spoil: Break, attacks: Set[str], sqlite_town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, sqlite_town)
    played = await play(sqlite_town, tmp_path, FEW, purge=spoil is not leave_traces)
    found = best(played.known, played.loot, played.truth)
    # By the same measure by which nothing is found in the program as it is.
    assert {name for name in attacks if found[name] > bound(FEW)} == attacks, found


async def test_a_difference_of_backups_would_tell(
    sqlite_town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "LEFT_OUT", {})
    monkeypatch.setattr(backup, "UNSAID", {})
    played = await play(sqlite_town, tmp_path, 1, nightly=True)
    assert right(by_difference(played.known, played.nightly), played.truth) >= 3


@pytest.fixture
def postgres_town() -> Iterator[Database]:
    url = new_database()
    database = Database(url)
    yield database
    database.close()
    drop_database(url)


async def test_nothing_better_than_chance_on_postgresql(postgres_town: Database, tmp_path: Path) -> None:
    played = await play(postgres_town, tmp_path, VOTES)
    assert_complete(played.loot.tables, played.truth, VOTES)
    assert {row["channel"] for row in played.loot.tables["outbox"]} == set(CHANNELS)
    loot = replace(played.loot, files={**played.loot.files, **server_files(postgres_town)})
    found = best(played.known, loot, played.truth)
    assert max(found.values()) <= bound(VOTES), found
    assert found["by_neighbourhood"] == 0


def server_files(database: Database) -> dict[str, bytes]:
    """The files in which PostgreSQL keeps the tables of this database, as far as they can be read, and its log."""
    log = log_of(database)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        folder = Path(db.exec_driver_sql("SHOW data_directory").scalar_one())
        number = db.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar_one()
        db.exec_driver_sql("CHECKPOINT")
    heap = {path.name: path.read_bytes() for path in (folder / "base" / str(number)).glob("[0-9]*")}
    return heap | log
