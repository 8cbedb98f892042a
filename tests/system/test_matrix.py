"""Killed at random moments while messages flow through a homeserver, and the homeserver away for a while."""

import asyncio
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.chat import Address, Html, Message, Outgoing
from storage import outbox
from storage.inbox import inbox
from storage.outbox import DEAD, OVERTAKEN, SENT
from storage.outbox import outbox as rows
from tests.channels.matrix.people import Json
from tests.synapse import Synapse
from tests.system.killing import Torment
from tests.system.matrix_house import House, Keyless, house
from tests.system.matrix_load import Load

TORMENT = Torment(kills=50, early=0.8, under_load=0.3)
ACTS = 150
ANNOUNCEMENTS = 30
PEOPLE = 4
TOPICS = 8
SPREAD = 40.0
"""Seconds over which announcements become due."""
AWAY = 15.0
"""Seconds for which the homeserver is away."""
RECOVERED = 60.0
"""Seconds within which all is well again at the latest; the aim is 5, and what it took is printed."""


@pytest.mark.timeout(900)
async def test_killed_fifty_times(synapse: Synapse, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261125)
    async with house(synapse, tmp_path, PEOPLE) as matrix:
        process = matrix.process
        await process.start()
        matrix.add_topics(TOPICS)
        await matrix.open_chats()
        room = await matrix.open_room()
        load = Load(matrix, room, chance)
        await load.look_at_everything()
        await matrix.until(lambda: matrix.taken(load.model.events) and matrix.delivered())
        matrix.queue_announcements(matrix.chats, ANNOUNCEMENTS, 0, SPREAD, chance)
        load.model.answers.update(matrix.chats[number % PEOPLE] for number in range(ANNOUNCEMENTS))
        load.model.answers.update(matrix.chats)  # the greetings
        killed = await TORMENT.happens(process, ACTS, load.act, chance)
        await process.start()
        await matrix.until(lambda: matrix.taken(load.model.events) and matrix.delivered())
        assert await process.end() == 0
        check_arrivals(matrix, load)
        again = check_messages(matrix, load, room)
        for person in matrix.people:
            assert not person.unreadable, f"{len(person.unreadable)} messages could not be read"
    assert "Traceback" not in process.log
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {dict(killed.moments)}, acts {dict(load.model.acts)}, "
            f"messages {sum(load.model.answers.values())}, edits shown though overtaken {again}, "
            f"{time.monotonic() - began:.0f} s "
        )


def check_arrivals(matrix: House, load: Load) -> None:
    """Everything people did was taken once, without an error, and acted on once."""
    stored = matrix.rows(sa.select(inbox.c.arrival, inbox.c.failure))
    assert {failure for _, failure in stored} == {None}
    assert Counter(arrival for arrival, _ in stored if arrival in load.model.events) == Counter(load.model.events)
    matrix.check_questions(load.model.questions)
    assert load.model.support <= matrix.supporters()


def check_messages(matrix: House, load: Load, room: str) -> int:
    """Each message is shown once, none is missing; returns how many edits were shown that a newer one overtook."""
    again = 0
    everywhere = zip([*matrix.chats, room], [*matrix.people, matrix.people[0]], strict=True)
    for chat, person in everywhere:
        texts = [event for event in matrix.shown(person, chat) if event["type"] == "m.room.encrypted"]
        new = [event["event_id"] for event in texts if not is_edit(event)]
        ours = rows.c.chat == chat
        sent = matrix.rows(sa.select(rows.c.message, rows.c.state).where(ours, rows.c.replaces.is_(None)))
        assert Counter(new) == Counter(message for message, _ in sent)
        assert {state for _, state in sent} == {SENT}
        assert len(new) == load.model.answers[chat]
        edits = matrix.rows(sa.select(rows.c.state, rows.c.reason).where(ours, rows.c.replaces.is_not(None)))
        assert {why for state, why in edits if state == DEAD} <= {OVERTAKEN}
        done = sum(state == SENT for state, _ in edits)
        shown = sum(map(is_edit, texts))
        assert done <= shown <= len(edits)
        again += shown - done
    return again


def is_edit(event: Json) -> bool:
    """How an event refers to another stands outside of its encryption."""
    return bool(event["content"].get("m.relates_to", {}).get("rel_type") == "m.replace")


async def test_the_homeserver_is_away_for_a_while(
    synapse: Synapse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house(synapse, tmp_path, 0) as matrix:
        officer = Keyless(synapse, synapse.register())
        await matrix.process.start()
        chat = await asyncio.to_thread(officer.invite, matrix.account.user_id)
        await matrix.until(lambda: spoken(matrix, officer, chat))
        await matrix.until(matrix.delivered)
        before = spoken(matrix, officer, chat)
        await asyncio.to_thread(synapse.stop)
        try:
            with matrix.database.begin() as db:
                to = Address(matrix.channel, chat, private=True)
                outbox.add_outgoing(db, Outgoing(to=to, content=Message(Html("Nachricht"))), datetime.now(UTC))
            await asyncio.sleep(AWAY)
            status, reasons = await matrix.process.health()
            assert (status, len(reasons)) == (503, 1)
            assert "cannot be reached" in reasons[0]
        finally:
            await asyncio.to_thread(synapse.start)
        back = time.monotonic()
        await matrix.until(matrix.delivered, RECOVERED)
        wrote = time.monotonic() - back
        officer.say(chat, "!hilfe")
        await matrix.until(lambda: spoken(matrix, officer, chat) >= before + 2, RECOVERED)
        heard = time.monotonic() - back
        assert await matrix.process.health() == (200, [])
        await matrix.until(matrix.delivered)
        sent = matrix.rows(sa.select(sa.func.count()).where(rows.c.state == SENT))
        assert sent == [(spoken(matrix, officer, chat),)]
        assert await matrix.process.end() == 0
        assert "Traceback" not in matrix.process.log
    with capsys.disabled():
        sys.stdout.write(f"\naway for {AWAY:.0f} s, wrote {wrote:.1f} s and answered {heard:.1f} s after its return ")


def spoken(matrix: House, officer: Keyless, chat: str) -> int:
    """How many messages the assistant wrote there."""
    return sum(event["type"] == "m.room.message" for event in matrix.shown(officer, chat))
