"""The whole of ours behind Telegram, as a process of its own: "support" pressed on cards in direct chats."""

import asyncio
import json
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from benchmarks.updates import prepared
from bot.app import App
from bot.channel import Limits, Receipt
from bot.channels.telegram.channel import TelegramChannel
from bot.drawing import Drawer
from bot.turns import Turns
from config.texts import Texts
from domain.chat import Incoming
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import outbox, schema
from storage.database import Database
from storage.locks import locks_for

FIRST_PERSON = 5_000_000_000


class Unlimited(TelegramChannel):
    """Without the pace of the real one, which is not what is measured here."""

    limits = Limits(text=4096, caption=1024)


def seat(person: int) -> str:
    """The id of a person, and of their direct chat."""
    return str(FIRST_PERSON + person)


def prepare(file: Path) -> list[tuple[int, int]]:
    """A database with everybody in it; (person, row) of every card that is on show."""
    database = Database(f"sqlite:///{file}")
    schema.migrate(database)
    cards = prepared(database, TelegramChannel.kind, TelegramChannel.name, seat)
    database.close()
    return cards


async def serve(api: str, file: Path, presses: int) -> None:
    """Run until all presses are taken and all cards are up to date; print wall and CPU seconds."""
    database = Database(f"sqlite:///{file}")
    locks = locks_for(database, file.parent)
    channel = Unlimited("7100000001:x", api, "polling", "", "", Drawer(), Turns(locks))
    app = App(database, locks, Texts.load(), Policy(), Router(catalogue()), [channel])
    taken = _Count(presses)
    receive = app.inbox.receive

    async def counted(incoming: Incoming) -> Receipt:
        taken.begin()
        receipt = await receive(incoming)
        taken.one()
        return receipt

    app.inbox.receive = counted  # type: ignore[method-assign]
    async with app.running():
        await taken.all.wait()
        while _busy(database):  # noqa: ASYNC110 - the outbox is a table, it tells nobody
            await asyncio.sleep(0.02)
        taken.tell()
    database.close()


class _Count:
    def __init__(self, presses: int) -> None:
        self.all = asyncio.Event()
        self._left = presses
        self._wall = self._cpu = 0.0

    def begin(self) -> None:
        if not self._wall:
            self._wall, self._cpu = time.perf_counter(), time.process_time()

    def one(self) -> None:
        self._left -= 1
        if not self._left:
            self.all.set()

    def tell(self) -> None:
        spent = {"wall": time.perf_counter() - self._wall, "cpu": time.process_time() - self._cpu}
        sys.stdout.write(json.dumps(spent) + "\n")


_MOVING = sa.select(sa.exists().where(outbox.outbox.c.state.in_((outbox.WAITING, outbox.SENDING))))


def _busy(database: Database) -> bool:
    with database.read() as db:
        return bool(db.execute(_MOVING).scalar())


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
