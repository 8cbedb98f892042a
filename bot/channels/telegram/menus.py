"""What people see before they write: the menu of commands and the description of the bot."""

import logging
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.failures import detail

log = logging.getLogger(__name__)

MOST_COMMANDS = 100
DESCRIPTION_CHARACTERS = 256
NAME_CHARACTERS = 32
KINDS_OF_CHATS = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": "_", " ": "_"})


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands offered to people of one language in some chats.

    ``language`` has two letters, or is empty for all who have no menu of their own. ``scope`` is one of
    ``KINDS_OF_CHATS`` or the id of one chat (its topics share its menu). ``entries`` are commands, as people write
    them, with their descriptions; without entries the menu goes away.
    """

    language: str
    scope: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the bot says of itself: in the empty chat (up to 512 characters), and beside its link (up to 120)."""

    language: str
    description: str
    short_description: str


def profiles(say: Callable[[str, str], str]) -> list[Profile]:
    """The profiles in German, in English, and in German for everybody else; ``say(language, key)`` gives the texts."""
    return [
        Profile(shown_to, say(language, "telegram-description"), say(language, "telegram-short-description"))
        for shown_to, language in (("", "de"), ("de", "de"), ("en", "en"))
    ]


def command_name(command: str) -> str:
    """The command with the letters Telegram knows (``/Verknüpfen``: ``verknuepfen``); empty when none is left."""
    latin = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", command.lower()).translate(_UMLAUTS))
    return re.sub(r"[^a-z0-9_]", "", latin)[:NAME_CHARACTERS]


def commands(menu: Menu) -> list[dict[str, str]]:
    """The entries as Telegram takes them: each command once, none without name or description."""
    named = {name: text for command, text in reversed(menu.entries) if (name := command_name(command)) and text.strip()}
    listed = [{"command": name, "description": text[:DESCRIPTION_CHARACTERS]} for name, text in named.items()]
    return listed[::-1][:MOST_COMMANDS]


async def publish_menus(api: Api, menus: Sequence[Menu]) -> None:
    """Set those menus that are not yet as wanted. A menu that cannot be set is logged, the others are still set."""
    for menu in menus:
        try:
            await _publish_menu(api, menu)
        except TelegramError as error:
            log.warning("menu for %s (%s) not set: %s", menu.scope, menu.language, detail(error))


async def publish_profiles(api: Api, wanted: Sequence[Profile]) -> None:
    """Set those descriptions that are not yet as wanted. One that cannot be set is logged."""
    for profile in wanted:
        try:
            await _publish_text(api, "Description", "description", profile.language, profile.description)
            await _publish_text(
                api, "ShortDescription", "short_description", profile.language, profile.short_description
            )
        except TelegramError as error:
            log.warning("description (%s) not set: %s", profile.language, detail(error))


async def _publish_menu(api: Api, menu: Menu) -> None:
    where = {"scope": _scope(menu.scope), "language_code": menu.language}
    wanted = commands(menu)
    if await api.call("getMyCommands", **where) == wanted:
        return
    if wanted:
        await api.call("setMyCommands", commands=wanted, **where)
    else:
        await api.call("deleteMyCommands", **where)


async def _publish_text(api: Api, method: str, field: str, language: str, text: str) -> None:
    shown = await api.call(f"getMy{method}", language_code=language)
    if not isinstance(shown, dict) or shown.get(field) != text:
        await api.call(f"setMy{method}", language_code=language, **{field: text})


def _scope(scope: str) -> dict[str, Any]:
    if scope in KINDS_OF_CHATS:
        return {"type": scope}
    return {"type": "chat", "chat_id": int(scope.partition("/")[0])}
