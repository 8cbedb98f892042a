"""Looks at everything the process needs and says what to do where something is not right."""

import asyncio
import importlib
import shutil
from collections.abc import Iterator, Sequence

from bot.finding import Finding
from bot.launch import Unready, opened
from config.settings import MatrixAccount, Settings, Telegram
from domain.people import Role
from storage import people, rooms, schema
from storage.database import Database, Faulty, Unavailable
from storage.schema import State

LEAST_FREE = 500 * 1024 * 1024
"""Bytes that should be free in the data folder."""


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which they would be put right."""
    try:
        with opened(settings) as (database, _):
            return [*_folder(settings), *_database(database), *_channels(settings, database)]
    except Unready as unready:
        return [Finding("wrong", unready.key, unready.values)]
    except Unavailable as error:
        return [_away(error)]


def _folder(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data_dir).free
    values = {"folder": str(settings.data_dir), "megabytes": free // (1024 * 1024)}
    yield Finding("good" if free >= LEAST_FREE else "hint", "doctor-folder", values)


def _database(database: Database) -> Iterator[Finding]:
    try:
        found = schema.state(database)
        if found is State.CURRENT:
            yield Finding("good", "doctor-database")
            yield from _people(database)
        elif found is State.EMPTY:
            yield Finding("hint", "doctor-database-empty")
        else:
            yield Finding("wrong", f"cli-schema-{found.value}")
    except (Unavailable, Faulty) as error:
        yield _away(error)


def _away(error: Exception) -> Finding:
    return Finding("wrong", "doctor-database-away", {"reason": str(error).partition("\n")[0]})


def _people(database: Database) -> Iterator[Finding]:
    with database.read() as db:
        admins = people.list_members(db, role=Role.ADMIN)
    if not admins:
        yield Finding("hint", "doctor-no-admin")


def _channels(settings: Settings, database: Database) -> Iterator[Finding]:
    if settings.local.enabled:
        yield Finding("good", "doctor-local", {"host": settings.web.host, "port": str(settings.web.port)})
    if settings.telegram.token is not None:
        yield from _telegram(settings.telegram, _rooms(database, "telegram"))
    for account in settings.matrix.accounts:
        yield from _matrix(account)


def _rooms(database: Database, channel: str) -> dict[str, str]:
    """The names of a channel's connected rooms by their chats; none where the database cannot tell."""
    try:
        with database.read() as db:
            return {room.chat: room.name for room in rooms.list_rooms(db) if room.channel == channel}
    except (Unavailable, Faulty):
        return {}


def _telegram(telegram: Telegram, connected: dict[str, str]) -> Sequence[Finding]:
    module = importlib.import_module("bot.channels.telegram.doctor")
    token = telegram.token.get_secret_value() if telegram.token else ""
    asked = module.Settings(token, telegram.api_base, telegram.mode, telegram.webhook_url or "", connected)
    found: Sequence[Finding] = asyncio.run(module.examine(asked))
    return found


def _matrix(account: MatrixAccount) -> Sequence[Finding]:
    module = importlib.import_module("bot.channels.matrix.doctor")
    token = account.token.get_secret_value() if account.token else ""
    found: Sequence[Finding] = asyncio.run(module.examine(account.homeserver, account.user, account.store, token))
    return found
