"""The real process before Telegram's servers, which are a process of their own, and the people of the programme."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.people import Role
from storage import people
from storage.database import Database
from storage.outbox import SENDING, WAITING, outbox
from tests.postgres import sqlite_database
from tests.system.process import PATIENCE, Process
from tests.telegram.remote import Remote, running

BOT = "themen_bot"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class TelegramProcess(Process):
    """``themenbote run`` with a token."""

    def __init__(self, folder: Path, token: str, api_base: str, database: str, **variables: str) -> None:
        port = free_port()
        ours = {
            "THEMENBOTE_TELEGRAM__TOKEN": token,
            "THEMENBOTE_TELEGRAM__API_BASE": api_base,
            "THEMENBOTE_DATABASE__URL": database,
            "THEMENBOTE_WEB__PORT": str(port),
        }
        super().__init__(folder, ours | variables)
        self.url = f"http://127.0.0.1:{port}"

    async def ready(self) -> str:
        """Wait until it says that it runs; returns the address of its server."""
        assert self.running.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.running.stdout.readline()).decode()
        assert line.startswith("Themenbote"), f"ended with {self.running.returncode}: {line!r}\n{self.log[-4000:]}"
        return self.url


@dataclass
class House:
    """One bot on emulated servers, and the database its processes share."""

    remote: Remote
    folder: Path
    token: str
    url: str
    database: Database

    def process(self, name: str = "bot", **variables: str) -> TelegramProcess:
        """A process of the bot, not started yet."""
        return TelegramProcess(self.folder / name, self.token, self.remote.api_base, self.url, **variables)

    async def join(self, *names: str) -> list[int]:
        """Members of the programme with a Telegram account; they have still to open their direct chats."""
        made = await self.remote.batch(*(("person", {"name": name}) for name in names))
        ids: list[int] = [person["id"] for person in made]
        with self.database.begin() as db:
            for name, account in zip(names, ids, strict=True):
                member = people.add_member(db, name, Role.PARTICIPANT, "de", datetime.now(UTC))
                people.add_account(db, member.id, "telegram", str(account), "telegram", str(account))
        return ids

    async def said(self, person: int, count: int, within: float = 60.0) -> list[Any]:
        """The messages of the bot in a direct chat, once there are so many."""
        found: list[Any] = await self.remote("wait", person=person, bot=BOT, count=count, within=within)
        return found

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        """What the database says."""
        with self.database.read() as db:
            return [tuple(row) for row in db.execute(query)]

    async def pending(self) -> int:
        """How many updates nobody has taken."""
        count: int = (await self.remote("pending", bot=BOT))["count"]
        return count

    async def at_rest(self) -> bool:
        """Whether all is taken and all is delivered."""
        moving = sa.select(sa.func.count()).where(outbox.c.state.in_((WAITING, SENDING)))
        return not await self.pending() and self.rows(moving) == [(0,)]


@asynccontextmanager
async def house(folder: Path, database: str = "") -> AsyncIterator[House]:
    """Servers, bot and database. Raises AssertionError when a request broke the rules of the Bot API."""
    url = database or sqlite_database(folder)
    opened = Database(url)
    async with running() as remote:
        token = (await remote("bot", username=BOT))["token"]
        yield House(remote, folder, token, url, opened)
        assert await remote("violations") == []
    opened.close()


def tokens(keyboard: Iterable[Iterable[dict[str, str]]]) -> set[int]:
    """The rows of the outbox that buttons name."""
    return {int(button["callback_data"].partition(":")[0]) for row in keyboard for button in row}
