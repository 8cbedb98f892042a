"""The twenty votes of ten people on the real messengers: nothing the process leaves behind tells who chose what.

Everybody votes by their own messenger, many twice, some the second time by another. Taken are the whole data folder
with whatever channels keep there, the log at its most talkative, and a backup. The local page's own file is looked at
for itself: it plays the part of a messenger's server, which has to know what people wrote.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.channel import Receipt
from bot.channels import local_store
from bot.channels.matrix.arrivals import Arrivals
from bot.channels.matrix.unread import Unread
from bot.inbox import Inbox
from domain.chat import Incoming
from handlers.pictures import DRAWINGS
from handlers.votes import ending
from storage import backup, votes
from storage.database import Database
from tests.postgres import sqlite_database
from tests.synapse import Synapse
from tests.transcripts.runner import PIXEL
from tests.votes.attack import Guesses, Known, Loot, Row, best, bound
from tests.votes.everywhere import LOCAL, MATRIX, OFFICE, ROUNDS, SEATS, TELEGRAM, Everywhere
from tests.votes.test_attack import FEW, PEOPLE, VOTES, assert_complete, tables, while_casting

PAGE = "local-page.db"
READING = ("by_neighbourhood", "by_deeds", "by_marks")
"""Attacks that guess nothing where nothing is written."""
COMMAND, BALLOT, NUMBER, WORD, ROOM, MISTAKEN = range(6)
AGAIN = 0.4
"""The share of those who vote twice."""
LATE = 8
"""How many speak of a vote after it is over, before the results come and again afterwards."""
WAYS = (COMMAND, BALLOT, COMMAND, NUMBER, COMMAND, ROOM, WORD, BALLOT, COMMAND, MISTAKEN)


@dataclass(frozen=True)
class Played:
    """What happened, and what is left of it: ``loot`` of the process, ``page`` of the local page's own file.

    ``pressed`` is the part of the truth that was never typed on the local page.
    """

    known: Known
    truth: Guesses
    loot: Loot
    page: Loot
    pressed: Guesses


@dataclass(frozen=True)
class Casting:
    """Somebody is about to choose the option at ``place``, with these words, by this messenger, in one of the ways."""

    vote: int
    person: str
    place: int
    option: str
    where: str
    way: int


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; pictures of results are drawn for everybody alike, and not kept by the process."""
    monkeypatch.setitem(DRAWINGS, "bars", lambda *_: PIXEL)
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    opened = Database(sqlite_database(folder))
    yield opened
    opened.close()


async def play(database: Database, folder: Path, server: Synapse, patch: pytest.MonkeyPatch, number: int) -> Played:
    """So many votes from start to close, in which everybody chooses something else in the end, and many change."""
    town = Everywhere(database, folder, server)
    options = {vote: [f"Vorschlag {vote:02}{letter}" for letter in "QRSTUVWXYZ"] for vote in range(1, number + 1)}
    first, last = castings(town.chance, options)
    given: list[tuple[int, int]] = []
    while_casting(patch, lambda _db, vote, member, _choice: given.append((vote.id, member)))
    async with town.running():
        await open_votes(town, options)
        for turn in (first, last):
            await asyncio.gather(*(cast_all(town, [c for c in turn if c.where == one]) for one in town.stages))
        await town.settle()
        await close_votes(town, [*options][::2])
        # On Saturday the last of them are over, on Monday the results are told.
        await town.pass_by(days=5)
        assert votes.purge(database)
        await chat_about(town, last[:LATE])
        await town.pass_by(days=2)
        await chat_about(town, last[LATE : 2 * LATE])
        await town.pass_by(days=30)
        backup.write(database, folder / "backup.db")
        # While the process runs, with its journals.
        taken = files(folder)
    members, rows = town.members, tables(database)
    typed = {(c.vote, c.person) for c in (*first, *last) if c.where == LOCAL and c.way not in (BALLOT, ROOM)}
    pressed = [c for c in last[2 * LATE :] if c.where == LOCAL and (c.vote, c.person) not in typed]
    known = Known({members[person]: names for person, names in town.named.items()}, options, given)
    return Played(
        known,
        {(c.vote, members[c.person]): c.place for c in last},
        Loot({name: data for name, data in taken.items() if not name.startswith(PAGE)}, rows, town.lines),
        Loot(
            {name: data for name, data in taken.items() if name.startswith(PAGE)},
            read(folder / PAGE) | {"outbox": rows["outbox"]},
        ),
        {(c.vote, members[c.person]): c.place for c in pressed},
    )


def castings(chance: Random, options: dict[int, list[str]]) -> tuple[list[Casting], list[Casting]]:
    """What some choose at first, and all in the end: by whichever of their messengers, in all ways there are."""
    places = {vote: chance.sample(range(1, PEOPLE + 1), PEOPLE) for vote in options}
    last = [(vote, person, place) for vote in options for person, place in zip(SEATS, places[vote], strict=True)]
    first = [(vote, person, chance.randint(1, PEOPLE)) for vote, person, _ in last if chance.random() < AGAIN]

    def mixed(wanted: list[tuple[int, str, int]]) -> list[Casting]:
        chance.shuffle(wanted)
        return [
            Casting(vote, person, place, options[vote][place - 1], chance.choice(SEATS[person]), way)
            for (vote, person, place), way in zip(wanted, WAYS * len(wanted), strict=False)
        ]

    return mixed(first), mixed(last)


async def open_votes(town: Everywhere, options: dict[int, list[str]]) -> None:
    """The coordinator begins all of them."""
    for vote, texts in options.items():
        lines = [f"/abstimmung Frage {vote}?", *texts, "bis: Freitag 18 Uhr", "methode: einzeln"]
        await town.say(OFFICE, LOCAL, "\n".join(lines))
        await town.answered(OFFICE, LOCAL)
        await town.press(OFFICE, LOCAL, "Jetzt starten")
    await town.settle()


async def close_votes(town: Everywhere, numbers: Sequence[int]) -> None:
    """The coordinator ends these; the others end at their time."""
    for vote in numbers:
        await town.say(OFFICE, LOCAL, f"/schließen {vote}")
        await town.answered(OFFICE, LOCAL)
        await town.press(OFFICE, LOCAL, "Ja")
    await town.settle()


async def cast_all(town: Everywhere, castings: Sequence[Casting]) -> None:
    """What happens on one messenger, one after the other."""
    for casting in castings:
        await cast(town, casting)


async def cast(town: Everywhere, casting: Casting) -> None:
    """By a command, or by the ballot: with a button, a number, a word, or after what could not be understood."""
    who, way, place, option = (casting.person, casting.where), casting.way, str(casting.place), casting.option
    head = f"Abstimmung {casting.vote}:"
    if way == COMMAND:
        await town.say(*who, f"/stimme {casting.vote} {place}")
        return
    if way == MISTAKEN:
        await town.say(*who, f"Ich bin für {option}")
    if way == ROOM and casting.person in ROUNDS.get(casting.where, ()):
        await town.say(*who, option, room=True, to=head)
        await town.press(*who, "Abstimmen", room=True, on=head)
    else:
        await town.say(*who, f"/stimme {casting.vote}")
    await town.answered(*who)
    if way in (BALLOT, ROOM):
        await town.press(*who, option, on=head)
    elif way == WORD:
        await town.say(*who, option)
    elif way == MISTAKEN:
        for text in (option.partition(" ")[0], f"{place} {casting.place % PEOPLE + 1}", place):
            await town.say(*who, text)
    else:
        await town.say(*who, place)
    if way == NUMBER:
        await town.say(*who, f"/meinestimme {casting.vote}")


async def chat_about(town: Everywhere, some: Sequence[Casting]) -> None:
    """After the close some write once more what they have chosen, as if they could still vote, or say so."""
    for number, casting in enumerate(some):
        vote, option = casting.vote, casting.option
        texts = (
            option,
            f"Ich war für {option}",
            f"/stimme {vote} {option}",
            f"Bei {vote} war meine Wahl die {casting.place}",
        )
        await town.say(casting.person, SEATS[casting.person][0], texts[number % len(texts)])
    await town.settle()


def files(folder: Path) -> dict[str, bytes]:
    """Every file in the data folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read(file: Path) -> dict[str, list[Row]]:
    """All rows of an SQLite file."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in db.execute(f'SELECT * FROM "{name}"')] for name in names}


async def test_nothing_better_than_chance_on_all_messengers(
    database: Database, folder: Path, synapse: Synapse, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = await play(database, folder, synapse, monkeypatch, VOTES)
    assert_complete(played.loot.tables, played.truth, VOTES)
    assert {row["channel"].partition(":")[0] for row in played.loot.tables["outbox"]} == {TELEGRAM, MATRIX, LOCAL}
    assert {"themenbote.db-wal", "matrix/crypto.db", "matrix/sync.json", "backup.db"} <= played.loot.files.keys()
    for loot in (played.loot, Loot(tables=read(folder / "backup.db"))):
        found = best(played.known, loot, played.truth)
        assert max(found.values()) <= bound(VOTES), found
        assert not any(found[name] for name in READING), found
    # On the page people read what they wrote, but nobody reads there what was only pressed.
    assert len(played.pressed) > VOTES // 2
    assert not any(best(played.known, played.page, played.pressed).values())
    assert best(played.known, played.page, played.truth)["by_deeds"] > VOTES // 2


def tell_the_log(patch: pytest.MonkeyPatch) -> None:
    receive = Inbox.receive

    async def receiving(self: Inbox, incoming: Incoming) -> Receipt:
        logging.getLogger("bot.inbox").debug("%r", incoming)
        return await receive(self, incoming)

    patch.setattr(Inbox, "receive", receiving)


def keep_what_was_read(patch: pytest.MonkeyPatch) -> None:
    """In the folder of Matrix, beside what is still encrypted there."""
    judge = Arrivals._judge

    async def judging(self: Arrivals, room: Any, event: Any) -> None:
        self._unread._state.unread[event["event_id"]] = {"room": room.id, "event": event, "at": 0}
        self._unread._keeper.changed()
        await judge(self, room, event)

    patch.setattr(Arrivals, "_judge", judging)
    patch.setattr(Unread, "done", lambda *_: None)
    patch.setattr(Unread, "overdue", lambda *_: [])


def leave_pages(patch: pytest.MonkeyPatch) -> None:
    """In the local page's file: free space and a journal."""
    connect = local_store.connect

    def careless(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    patch.setattr(local_store, "connect", careless)


def leave_ballots(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ending, "_take_back", lambda *_: None)


async def test_the_attacks_succeed_where_channels_are_careless(
    database: Database, folder: Path, synapse: Synapse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for spoil in (tell_the_log, keep_what_was_read, leave_pages, leave_ballots):
        spoil(monkeypatch)
    played = await play(database, folder, synapse, monkeypatch, FEW)
    rows = {"outbox": played.loot.tables["outbox"]}
    log = best(played.known, Loot({}, rows, played.loot.lines), played.truth)
    assert log["by_deeds"] + log["by_neighbourhood"] > bound(FEW), log
    kept = {name: data for name, data in played.loot.files.items() if name.startswith("matrix/")}
    read_there = best(played.known, Loot(kept, rows), played.truth)
    assert read_there["by_deeds"], read_there
    page = best(played.known, played.page, played.pressed)
    assert page["by_deeds"] == page["by_marks"] == len(played.pressed) > 0, page
