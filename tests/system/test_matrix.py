"""Killed at random moments while messages flow through a homeserver, and the homeserver away for a while."""

import asyncio
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession

from domain.chat import Address, Html, Message, Outgoing, Urgency
from storage import outbox, topics
from storage.inbox import inbox
from storage.outbox import DEAD, OVERTAKEN, SENT
from storage.outbox import outbox as rows
from storage.people import accounts
from tests.channels.matrix.people import Json
from tests.synapse import Synapse
from tests.system.matrix_house import House, MatrixProcess, house
from tests.system.matrix_load import Load

KILLS = 50
ACTS = 150
ANNOUNCEMENTS = 30
PEOPLE = 4
TOPICS = 8
EARLY = 0.8
"""Seconds after the start within which half of the kills fall."""
UNDER_LOAD = 0.3
"""Seconds of work within which the others fall."""
SPREAD = 40.0
"""Seconds over which announcements become due."""
SETTLING = 180.0
"""Seconds after which what has not been taken or delivered never will be."""
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
        await matrix.until(lambda: matrix.taken(load.model.events) and matrix.delivered(), SETTLING)
        announced = queue_announcements(matrix, chance)
        load.model.answers.update(announced)
        load.model.answers.update(matrix.chats)  # the greetings
        moments = await torment(process, load, chance)
        await process.start()
        await matrix.until(lambda: matrix.taken(load.model.events) and matrix.delivered(), SETTLING)
        assert await process.end() == 0
        check_arrivals(matrix, load)
        again = check_messages(matrix, load, room)
        for person in matrix.people:
            assert not person.unreadable, f"{len(person.unreadable)} messages could not be read"
    assert "Traceback" not in process.log
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {dict(moments)}, acts {dict(load.model.acts)}, messages {sum(load.model.answers.values())}, "
            f"edits shown though overtaken {again}, {time.monotonic() - began:.0f} s "
        )


def queue_announcements(matrix: House, chance: random.Random) -> Counter[str]:
    """Announcements to everybody, due one after the other; how many there are for each chat."""
    now = datetime.now(UTC)
    chats = [matrix.chats[number % PEOPLE] for number in range(ANNOUNCEMENTS)]
    with matrix.database.begin() as db:
        for number, chat in enumerate(chats):
            to, due = Address(matrix.channel, chat, private=True), now + timedelta(seconds=chance.uniform(0, SPREAD))
            content = Message(Html(f"Ansage {number}"))
            outgoing = Outgoing(to=to, content=content, urgency=Urgency.ANNOUNCEMENT, not_before=due)
            outbox.add_outgoing(db, outgoing, now)
    return Counter(chats)


async def torment(process: MatrixProcess, load: Load, chance: random.Random) -> Counter[str]:
    """Kill and start while people write and press; returns where the kills fell."""
    moments: Counter[str] = Counter()
    allowed = asyncio.Semaphore(0)
    living = asyncio.create_task(live(load, allowed))
    for number in range(KILLS):
        if number % 2:
            await process.spawn()
            moments["while starting"] += 1
            await asyncio.sleep(chance.uniform(0.0, EARLY))
        else:
            if number:
                await process.start()
            moments["under load"] += 1
            await asyncio.sleep(chance.uniform(0.0, UNDER_LOAD))
        await process.kill()
        for _ in range(ACTS // KILLS):
            allowed.release()
    await living
    return moments


async def live(load: Load, allowed: asyncio.Semaphore) -> None:
    """Do everything, as evenly as the kills."""
    for _ in range(ACTS):
        await allowed.acquire()
        await load.act()


def check_arrivals(matrix: House, load: Load) -> None:
    """Everything people did was taken once, without an error, and acted on once."""
    stored = matrix.rows(sa.select(inbox.c.arrival, inbox.c.failure))
    assert {failure for _, failure in stored} == {None}
    assert Counter(arrival for arrival, _ in stored if arrival in load.model.events) == Counter(load.model.events)
    asked = Counter(question for (question,) in matrix.rows(sa.select(topics.topics.c.question)))
    assert {question: asked[question] for question in load.model.questions} == dict.fromkeys(load.model.questions, 1)
    joined = topics.supports.join(accounts, accounts.c.member == topics.supports.c.member)
    supporters = matrix.rows(sa.select(topics.supports.c.topic, accounts.c.user).select_from(joined))
    assert load.model.support <= {(topic, user) for topic, user in supporters}


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
        officer = synapse.register()
        await matrix.process.start()
        chat = await asyncio.to_thread(invite, synapse, matrix.account.user_id, officer.token)
        await matrix.until(lambda: spoken(synapse, chat, officer.token, matrix.account.user_id), SETTLING)
        await matrix.until(matrix.delivered, SETTLING)
        before = spoken(synapse, chat, officer.token, matrix.account.user_id)
        await asyncio.to_thread(synapse.stop)
        try:
            with matrix.database.begin() as db:
                to = Address(matrix.channel, chat, private=True)
                outbox.add_outgoing(db, Outgoing(to=to, content=Message(Html("Nachricht"))), datetime.now(UTC))
            await asyncio.sleep(AWAY)
            status, reasons = await health(matrix.process)
            assert (status, len(reasons)) == (503, 1)
            assert "cannot be reached" in reasons[0]
        finally:
            await asyncio.to_thread(synapse.start)
        back = time.monotonic()
        await matrix.until(matrix.delivered, RECOVERED)
        wrote = time.monotonic() - back
        text = {"msgtype": "m.text", "body": "!hilfe"}
        send = f"/_matrix/client/v3/rooms/{chat}/send/m.room.message/1"
        synapse.call("PUT", send, text, officer.token)
        await matrix.until(
            lambda: spoken(synapse, chat, officer.token, matrix.account.user_id) >= before + 2, RECOVERED
        )
        heard = time.monotonic() - back
        assert await health(matrix.process) == (200, [])
        await matrix.until(matrix.delivered, SETTLING)
        sent = matrix.rows(sa.select(sa.func.count()).where(rows.c.state == SENT))
        assert sent == [(spoken(synapse, chat, officer.token, matrix.account.user_id),)]
        assert await matrix.process.end() == 0
        assert "Traceback" not in matrix.process.log
    with capsys.disabled():
        sys.stdout.write(f"\naway for {AWAY:.0f} s, wrote {wrote:.1f} s and answered {heard:.1f} s after its return ")


def invite(synapse: Synapse, user: str, token: str) -> str:
    """An open direct chat of somebody without keys."""
    wanted = {"invite": [user], "is_direct": True, "preset": "trusted_private_chat"}
    return str(synapse.call("POST", "/_matrix/client/v3/createRoom", wanted, token)["room_id"])


def spoken(synapse: Synapse, chat: str, token: str, user: str) -> int:
    """How many messages somebody wrote in a room."""
    told = synapse.call("GET", f"/_matrix/client/v3/rooms/{chat}/messages?dir=b&limit=100", None, token)
    return sum(event["type"] == "m.room.message" and event["sender"] == user for event in told["chunk"])


async def health(process: MatrixProcess) -> tuple[int, list[Any]]:
    """What the process says of itself."""
    async with ClientSession() as session, session.get(f"{process.url}/healthz") as answer:
        return answer.status, (await answer.json()).get("reasons", [])
