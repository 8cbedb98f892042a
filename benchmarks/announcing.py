"""Ours telling many, as processes of their own: ``prepare``, ``send``, ``approve`` and ``claim`` are what they do."""

import asyncio
import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from benchmarks.memory import Sink
from bot.app import App
from bot.channel import Limits
from bot.channels.telegram.channel import TelegramChannel
from bot.drawing import Drawer
from bot.turns import Turns
from bot.units import unguessable
from config.texts import Texts
from domain.people import Form, Role
from handlers.announcements.dispatching import dispatch
from handlers.catalogue import catalogue
from handlers.context import Messenger, Policy, Unit
from handlers.routing import Router
from storage import announcements, outbox, people, schema
from storage.database import Database
from storage.locks import locks_for

FIRST_READER = 5_000_000_000
TEXT = "Der Workshop beginnt am Montag eine Stunde später."
CHUNK = 10_000
_MOVING = sa.select(sa.exists().where(outbox.outbox.c.state.in_((outbox.WAITING, outbox.SENDING))))


class Unlimited(TelegramChannel):
    """Without the pace of the real one."""

    limits = Limits(text=4096, caption=1024)


def prepare(database: Database, readers: int, channel: str) -> None:
    """A programme with so many members, each with a direct chat."""
    schema.migrate(database)
    now = datetime.now(UTC)
    for first in range(1, readers + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, readers + 1))
        with database.begin() as db:
            shared = {"role": Role.PARTICIPANT.word, "form": Form.SIE, "preferred": "", "joined": now}
            members = [
                {"id": n, "name": f"Ort {n}", "language": "en" if n % 10 == 0 else "de"} | shared for n in numbers
            ]
            db.execute(sa.insert(people.members), members)
            reached = {"kind": channel, "channel": channel, "reachable": True}
            places = [(n, str(FIRST_READER + n - 1)) for n in numbers]
            db.execute(
                sa.insert(people.accounts), [{"member": n, "user": at, "chat": at} | reached for n, at in places]
            )


def announce(database: Database, texts: Texts, channel: str) -> int:
    """Say something to everybody; returns how many rows that were."""
    messenger = Messenger(channel, channel, notices=True, link=str)
    with database.begin() as db:
        number = announcements.add_announcement(db, "de", TEXT, None).id
        announcements.change_announcement(db, number, urgent=True, confirm=True)
        now, policy = datetime.now(UTC), Policy()
        held = announcements.hold_announcement(db, number)
        unit = Unit(db=db, now=now, speak=texts, policy=policy, messengers={channel: messenger}, token=unguessable)
        return dispatch(unit, held).people


def busy(database: Database) -> bool:
    """Whether anything is still on its way."""
    with database.read() as db:
        return bool(db.execute(_MOVING).scalar())


async def send(api: str, file: Path, readers: int, *, limited: bool) -> None:
    """The running process, and an announcement to everybody; prints wall and CPU seconds."""
    database, texts = Database(f"sqlite:///{file}"), Texts.load()
    prepare(database, readers, TelegramChannel.name)
    locks = locks_for(database, file.parent)
    kind = TelegramChannel if limited else Unlimited
    channel = kind("7100000001:x", api, "polling", "", "", Drawer(), Turns(locks))
    app = App(database, locks, texts, Policy(), Router(catalogue()), [channel])
    async with app.running():
        await asyncio.sleep(1)
        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.to_thread(announce, database, texts, TelegramChannel.name)
        app.wake_all()
        while await asyncio.to_thread(busy, database):  # noqa: ASYNC110 - the outbox is a table, it tells nobody
            await asyncio.sleep(0.1)
        told({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})
    database.close()


def approve(url: str, readers: int) -> None:
    """One transaction that queues it for everybody; prints seconds and the memory that took."""
    database, texts = Database(url), Texts.load()
    prepare(database, readers, "memory")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    rows = announce(database, texts, "memory")
    spent = time.perf_counter() - began
    again = time.perf_counter()
    with database.begin() as db:
        held = announcements.hold_announcement(db, 1)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told({"rows": rows, "seconds": spent, "megabytes": (after - before) / 1024, "held": time.perf_counter() - again})
    assert held.people == rows
    database.close()


async def claim(url: str, folder: Path) -> None:
    """Deliver what waits, beside other processes that do the same, into nothing; prints how much that was."""
    database = Database(url)
    sink = Sink(-1)
    app = App(database, locks_for(database, folder), Texts.load(), Policy(), Router(catalogue()), [sink])
    async with app.running():
        while await asyncio.to_thread(busy, database):  # noqa: ASYNC110 - the outbox is a table, it tells nobody
            await asyncio.sleep(0.1)
    told({"sent": sink.taken})
    database.close()


def told(what: object) -> None:
    """The last line of the output is the result."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["send", api, file, readers, limited]:
            asyncio.run(send(api, Path(file), int(readers), limited=limited == "limited"))
        case ["approve", url, readers]:
            approve(url, int(readers))
        case ["claim", url, folder]:
            asyncio.run(claim(url, Path(folder)))
