"""Votes that come at the same moment: from one person on two messengers, and while the vote is being closed."""

import asyncio
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from domain.votes import Vote, ballot_subject
from storage import outbox, votes
from storage.database import Database, Transaction
from tests.votes.scene import CHANNELS, Town

PEOPLE = 10
PAIRS = {True: 1000, False: 100}
"""How often somebody votes on two messengers at once, on SQLite and elsewhere."""
CLOSES = 6
WITHIN = 0.01
"""Seconds between the two votes at most."""
OPTIONS = [f"Vorschlag {letter}" for letter in "QRSTUVWXYZ"]


def noting(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """What each member cast last. Whoever casts holds the vote, so the order here is that of the commits."""
    last: dict[int, str] = {}
    cast = votes.cast

    def noted(db: Transaction, vote: Vote, member: int, choice: str) -> str:
        last[member] = choice
        return cast(db, vote, member, choice)

    monkeypatch.setattr(votes, "cast", noted)
    return last


async def test_two_messengers_at_once_make_one_ballot_the_later_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, last = Random(5), noting(monkeypatch)
    town = Town(database, tmp_path, PEOPLE, linked=True)
    both_heard = 0
    async with town.running():
        await town.open_vote(1, OPTIONS)
        rows = {}
        for member in town.members:
            for channel in CHANNELS:
                await town.say(member, "/stimme 1", channel)
                rows[member, channel] = town.row(member, ballot_subject(1), channel)

        async def at_once(member: int) -> int:
            places = chance.sample(range(PEOPLE), 2)
            waits = (0.0, chance.uniform(0, WITHIN))

            async def press(channel: str, place: int, wait: float) -> None:
                await asyncio.sleep(wait)
                await town.press(member, rows[member, channel], place, channel)

            pressed = [press(*one) for one in zip(chance.sample(CHANNELS, 2), places, waits, strict=True)]
            await asyncio.gather(*pressed)
            return int(last[member]) == places[1] + 1

        for _ in range(PAIRS[database.sqlite] // PEOPLE):
            both_heard += sum(await asyncio.gather(*map(at_once, town.members)))
            assert kept(database, town) == last
    # What was pressed later is as a rule taken later; which of two came first is for the database to say.
    assert both_heard > PAIRS[database.sqlite] / 2


def kept(database: Database, town: Town) -> dict[int, str]:
    """The one choice of everybody; fails when there are more ballots than people."""
    with database.read() as db:
        vote = votes.get_vote(db, 1)
        count = db.execute(sa.select(sa.func.count()).select_from(votes.ballots)).scalar()
        assert count == PEOPLE == votes.count_turnout(db, 1).voted
        assert len(votes.list_receipts(db, 1)) == PEOPLE
        own = {member: votes.find_own(db, vote, member) for member in town.members}
    return {member: found[0] for member, found in own.items() if found}


async def test_votes_at_the_moment_of_the_close_are_counted_or_refused(database: Database, tmp_path: Path) -> None:
    chance = Random(6)
    town = Town(database, tmp_path, PEOPLE)
    seen = set()
    async with town.running():
        for number in range(1, CLOSES + 1):
            await town.open_vote(number, OPTIONS)
            rows = {}
            for member in town.members:
                await town.say(member, f"/stimme {number}")
                rows[member] = town.row(member, ballot_subject(number))
            await town.say(town.coordinator, f"/schließen {number}")
            question = town.row(town.coordinator, "")
            said_before = newest(database)

            async def close(row: int = question) -> None:
                await asyncio.sleep(chance.uniform(0, WITHIN))
                await town.press(town.coordinator, row, 0)

            async def cast(member: int, row: int) -> str:
                await asyncio.sleep(chance.uniform(0, WITHIN))
                return (await town.press(member, row, member % PEOPLE)).notice

            _, *notices = await asyncio.gather(close(), *(cast(*one) for one in rows.items()))
            told = [*filter(None, notices), *replies(database, said_before)]
            confirmed = [line for line in told if "ist gespeichert" in line]
            refused = [line for line in told if "Stimmen zählen nicht mehr" in line]
            assert len(confirmed) + len(refused) == PEOPLE, told
            with database.read() as db:
                vote = votes.get_vote(db, number)
                assert vote.counted == len(confirmed) == votes.count_turnout(db, number).voted
                codes = votes.list_receipts(db, number)
            assert sorted(codes) == sorted(line.rpartition(" ")[2] for line in confirmed)
            seen |= {"confirmed"} if confirmed else set()
            seen |= {"refused"} if refused else set()
    assert seen == {"confirmed", "refused"}, "the close was never in between"


def newest(database: Database) -> int:
    with database.read() as db:
        return int(db.execute(sa.select(sa.func.max(outbox.outbox.c.id))).scalar_one())


def replies(database: Database, after: int) -> list[str]:
    """What was said since in direct chats on the messenger without notices."""
    table = outbox.outbox
    query = sa.select(table.c.text).where(table.c.id > after, table.c.channel == "bare", table.c.replaces.is_(None))
    with database.read() as db:
        return list(db.execute(query).scalars())
