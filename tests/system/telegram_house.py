"""The real process before Telegram's servers, which are a process of their own, and the people of the programme."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.people import Role
from storage import people
from storage.database import Database
from tests.postgres import sqlite_database
from tests.system import house as common
from tests.system.process import MessengerProcess
from tests.telegram.remote import Remote, running

BOT = "themen_bot"


class TelegramProcess(MessengerProcess):
    """``themenbote run`` with a token."""

    def __init__(self, folder: Path, token: str, api_base: str, database: str, **variables: str) -> None:
        ours = {
            "THEMENBOTE_TELEGRAM__TOKEN": token,
            "THEMENBOTE_TELEGRAM__API_BASE": api_base,
            "THEMENBOTE_DATABASE__URL": database,
        }
        super().__init__(folder, ours | variables)


@dataclass(kw_only=True)
class House(common.House):
    """One bot on emulated servers, and the database its processes share."""

    remote: Remote
    folder: Path
    token: str
    url: str

    @property
    def channel(self) -> str:
        """The name of the channel."""
        return "telegram"

    def process(self, name: str = "bot", **variables: str) -> TelegramProcess:
        """A process of the bot, not started yet."""
        return TelegramProcess(self.folder / name, self.token, self.remote.api_base, self.url, **variables)

    async def join(self, *names: str, role: Role = Role.PARTICIPANT) -> list[int]:
        """Members of the programme with a Telegram account; they have still to open their direct chats."""
        made = await self.remote.batch(*(("person", {"name": name}) for name in names))
        ids: list[int] = [person["id"] for person in made]
        with self.database.begin() as db:
            for name, account in zip(names, ids, strict=True):
                member = people.add_member(db, name, role, "de", datetime.now(UTC))
                people.add_account(db, member.id, "telegram", str(account), "telegram", str(account))
        return ids

    async def said(self, person: int, count: int, within: float = 60.0) -> list[Any]:
        """The messages of the bot in a direct chat, once there are so many."""
        found: list[Any] = await self.remote("wait", person=person, bot=BOT, count=count, within=within)
        return found

    async def pending(self) -> int:
        """How many updates nobody has taken."""
        count: int = (await self.remote("pending", bot=BOT))["count"]
        return count

    async def taken(self) -> bool:
        """Whether no update waits."""
        return not await self.pending()

    async def at_rest(self) -> bool:
        """Whether all is taken and all is delivered."""
        return await self.taken() and self.delivered()


@asynccontextmanager
async def house(folder: Path, database: str = "") -> AsyncIterator[House]:
    """Servers, bot and database. Raises AssertionError when a request broke the rules of the Bot API."""
    url = database or sqlite_database(folder)
    opened = Database(url)
    async with running() as remote:
        token = (await remote("bot", username=BOT))["token"]
        yield House(remote=remote, folder=folder, token=token, url=url, database=opened)
        assert await remote("violations") == []
    opened.close()


def tokens(keyboard: Iterable[Iterable[dict[str, str]]]) -> set[int]:
    """The rows of the outbox that buttons name."""
    return {int(button["callback_data"].partition(":")[0]) for row in keyboard for button in row}
