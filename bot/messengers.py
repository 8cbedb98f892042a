"""The channels that the settings ask for. A library is loaded only where its messenger is used."""

import asyncio
import importlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from time import monotonic
from typing import Any

from aiohttp import web

from bot.channel import Channel
from bot.drawing import Drawer
from bot.turns import Turns
from config.settings import MatrixAccount, Settings
from config.texts import Texts
from domain.chat import Action
from domain.people import Role
from handlers.routing import Command, Place, Press, Routes
from storage import people
from storage.database import Database, Unavailable
from storage.locks import Locks

LATE_KEY_SECONDS = 20.0
"""How long the key of an encrypted message may follow it before the person is asked to send it again."""
MENUS_EVERY = 900.0
"""Seconds between looks at whether all menus are still right."""
ROLES_EVERY = 20.0
"""Seconds between looks at who coordinates, whose menus are longer."""
ORDINARY = Press(handle=lambda *_: None)
"""What is assumed of a button that answers a question or belongs to nobody any more."""
MENU_SCOPES = {"all_private_chats": Place.DIRECT, "all_group_chats": Place.ROOM}


@dataclass(frozen=True, slots=True)
class Messengers:
    """Channels, the routes they want served to anybody, and work that goes on beside them."""

    channels: list[Channel] = field(default_factory=list)
    routes: list[web.RouteDef] = field(default_factory=list)
    work: list[Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=list)


def messengers(
    settings: Settings, texts: Texts, database: Database, locks: Locks, routes: Routes, era: str, draw: Drawer
) -> Messengers:
    """Telegram if there is a token, and a channel for each Matrix account; ``era`` names the database."""
    turns = Turns(locks)
    found = Messengers()
    if settings.telegram.token is not None:
        telegram = _telegram(settings, turns, draw)
        found.channels.append(telegram)
        found.routes.extend(telegram.routes())
        found.work.append(partial(_publish, telegram, texts, database, routes.commands))
    for account in settings.matrix.accounts:
        found.channels.append(_matrix(settings, account, texts, database, turns, routes, era, draw))
    return found


async def _publish(telegram: Any, texts: Texts, database: Database, commands: Sequence[Command]) -> None:
    """Keep Telegram's menus and descriptions as they should be; roles change while the process runs."""
    module = importlib.import_module("bot.channels.telegram.menus")

    def say(language: str, key: str) -> str:
        return texts.plain(language, "sie", key)

    shown: dict[str, Role] = {}
    looked = -inf
    while True:
        chats = await asyncio.to_thread(_coordinators_chats, database)
        wanted = shown if chats is None else chats
        if monotonic() - looked >= MENUS_EVERY:
            looked = monotonic()
            await telegram.publish_profiles(module.profiles(say))
            await telegram.publish_menus([*menus(commands, say), *coordinator_menus(commands, wanted, say)])
        elif wanted != shown:
            changed = dict(wanted.items() - shown.items()) | dict.fromkeys(shown.keys() - wanted.keys(), Role.GUEST)
            await telegram.publish_menus(coordinator_menus(commands, changed, say))
        shown = wanted
        await asyncio.sleep(ROLES_EVERY)


def _coordinators_chats(database: Database) -> dict[str, Role] | None:
    """The direct Telegram chats of those who may do more than take part; None when nobody can tell."""
    try:
        with database.read() as db:
            return {
                account.chat: member.role
                for member in people.list_members(db, role=Role.COORDINATOR)
                for account in people.list_accounts(db, member.id)
                if account.kind == "telegram" and account.chat and account.reachable
            }
    except Unavailable:
        return None


def _telegram(settings: Settings, turns: Turns, draw: Drawer) -> Any:
    module = importlib.import_module("bot.channels.telegram.channel")
    telegram = settings.telegram
    return module.TelegramChannel(
        telegram.token.get_secret_value() if telegram.token else "",
        telegram.api_base,
        telegram.mode,
        telegram.webhook_url or "",
        telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else "",
        draw,
        turns,
    )


def _matrix(
    settings: Settings,
    account: MatrixAccount,
    texts: Texts,
    database: Database,
    turns: Turns,
    routes: Routes,
    era: str,
    draw: Drawer,
) -> Any:
    module = importlib.import_module("bot.channels.matrix.channel")

    def say(language: str, key: str, values: dict[str, object]) -> str:
        return texts.plain(language, "sie", key, **values)

    async def may_invite(user: str, direct: bool) -> bool:
        # Anybody may begin a direct chat, as newcomers do; only those who run the programme bring us into rooms.
        return direct or await asyncio.to_thread(_coordinates, database, user)

    return module.MatrixChannel(
        account.homeserver,
        account.user,
        account.store,
        password=account.password.get_secret_value() if account.password else "",
        token=account.token.get_secret_value() if account.token else "",
        device_name=account.device_name,
        manners=manners(routes, settings.programme.language, draw),
        say=say,
        may_invite=may_invite,
        locks=turns,
        era=era,
    )


def manners(routes: Routes, language: str, draw: Drawer) -> Any:
    """What a Matrix channel has to know of the routes; ``language`` is used towards strangers."""
    return importlib.import_module("bot.channels.matrix.showing").Manners(
        draw=draw,
        secret=lambda action: _press(routes, action).secret,
        poll=lambda action: _press(routes, action).poll,
        language=language,
        grace=LATE_KEY_SECONDS,
    )


def _press(routes: Routes, action: Action) -> Press:
    return routes.presses.get(action.name, ORDINARY)


def _coordinates(database: Database, user: str) -> bool:
    try:
        with database.read() as db:
            known = people.find_known(db, "matrix", user)
    except Unavailable:
        return False
    return known is not None and known.member.role >= Role.COORDINATOR


def menus(commands: Sequence[Command], say: Callable[[str, str], str]) -> list[Any]:
    """Telegram's command menus: what everybody may do, by kind of chat, in both languages."""
    module = importlib.import_module("bot.channels.telegram.menus")
    return [
        module.Menu(shown_to, scope, _entries(commands, Role.PARTICIPANT, place, language, say))
        for scope, place in MENU_SCOPES.items()
        for shown_to, language in (("", "de"), ("de", "de"), ("en", "en"))
    ]


def coordinator_menus(
    commands: Sequence[Command], chats: Mapping[str, Role], say: Callable[[str, str], str]
) -> list[Any]:
    """Longer menus in the direct chats of those who may do more; none of their own for those who may not any more."""
    module = importlib.import_module("bot.channels.telegram.menus")

    def entries(role: Role, language: str) -> tuple[tuple[str, str], ...]:
        return _entries(commands, role, Place.DIRECT, language, say) if role >= Role.COORDINATOR else ()

    return [
        module.Menu(shown_to, chat, entries(role, language))
        for chat, role in chats.items()
        for shown_to, language in (("", "de"), ("de", "de"), ("en", "en"))
    ]


def _entries(
    commands: Sequence[Command], role: Role, place: Place, language: str, say: Callable[[str, str], str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_word(command, language), say(language, f"command-{command.name.replace('.', '-')}"))
        for command in commands
        if command.listed and command.role <= role and command.place in (place, Place.ANYWHERE)
    )


def _word(command: Command, language: str) -> str:
    return command.words[0] if language == "de" else command.words[min(1, len(command.words) - 1)]
