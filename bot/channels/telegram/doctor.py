"""What is wrong, or about to be, between us and Telegram. Each finding has a text that says what to do."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.failures import detail, failure_of
from bot.channels.telegram.fields import Json, present
from bot.finding import Finding
from domain.delivery import Failure

MOST_PENDING = 100
"""More updates waiting than this mean that nobody has taken them for a while."""
MOST_SKEW = timedelta(seconds=30)
"""How far our clock may be off before people notice."""
RECENT = 3600
"""How old an error of the webhook may be to count, in seconds."""
FILES = ("can_send_photos", "can_send_documents")
"""The rights that pictures and files need."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is examined. ``rooms`` are the names of the connected chats by their ids."""

    token: str = field(repr=False)
    api_base: str
    mode: Literal["polling", "webhook"]
    webhook_url: str
    rooms: Mapping[str, str]


async def examine(settings: Settings) -> list[Finding]:
    """All findings, from the token to the clock, or to what ends the examination. Nothing changes at Telegram."""
    found: list[Finding] = []
    api = Api(settings.token, settings.api_base)
    await api.connect()
    try:
        await _examine(api, settings, found.append)
    except InvalidToken:
        found.append(Finding("wrong", "telegram-wrong-token"))
    except TelegramError as error:
        found.append(Finding("wrong", "telegram-doctor-unreachable", {"detail": detail(error)}))
    except (AttributeError, KeyError, TypeError):
        found.append(Finding("wrong", "telegram-doctor-foreign"))
    finally:
        await api.disconnect()
    return found


async def _examine(api: Api, settings: Settings, note: Callable[[Finding], None]) -> None:
    me = await api.call("getMe")
    for finding in account(me):
        note(finding)
    for finding in webhook(await api.call("getWebhookInfo"), settings, time.time()):
        note(finding)
    for chat, name in settings.rooms.items():
        note(await _room(api, int(chat.partition("/")[0]), name, me))
    note(clock(api.skew))


def account(me: Json) -> Iterator[Finding]:
    """Token, name, privacy mode and whether the bot may be added to groups, out of getMe."""
    yield Finding("good", "telegram-doctor-token", {"name": me["first_name"], "username": me["username"]})
    if me.get("can_read_all_group_messages"):
        yield Finding("hint", "telegram-doctor-privacy-off")
    else:
        yield Finding("good", "telegram-doctor-privacy-on")
    if not me.get("can_join_groups", True):
        yield Finding("wrong", "telegram-doctor-groups-off")


def webhook(info: Json, settings: Settings, now: float) -> Iterator[Finding]:
    """The address Telegram calls, its last error and what waits there, out of getWebhookInfo; ``now`` in Unix time."""
    wanted = settings.webhook_url if settings.mode == "webhook" else ""
    if info["url"] == wanted:
        yield Finding("good", "telegram-doctor-webhook" if wanted else "telegram-doctor-polling")
    else:
        yield Finding("hint", "telegram-doctor-webhook-missing" if wanted else "telegram-doctor-webhook-left")
    if now - info.get("last_error_date", 0) < RECENT:
        yield Finding("wrong", "telegram-doctor-webhook-error", {"error": info.get("last_error_message", "?")})
    count = info["pending_update_count"]
    if count > MOST_PENDING:
        yield Finding("hint", "telegram-doctor-pending", {"count": count})
    else:
        yield Finding("good", "telegram-doctor-waiting", {"count": count})


def clock(skew: timedelta | None) -> Finding:
    """Our clock beside Telegram's."""
    if skew is None or abs(skew) <= MOST_SKEW:
        return Finding("good", "telegram-doctor-clock")
    return Finding("wrong", "telegram-doctor-clock-off", {"seconds": round(abs(skew).total_seconds())})


def room(name: str, member: Json, chat: Json, *, privacy: bool) -> Finding:
    """What we may do in a room, out of getChatMember and getChat; ``privacy``: the bot's privacy mode is on."""
    if not _may(member, chat, "can_send_messages"):
        return Finding("wrong", "telegram-doctor-room-mute", {"room": name})
    if not all(_may(member, chat, right) for right in FILES):
        return Finding("hint", "telegram-doctor-room-no-files", {"room": name})
    if privacy and member["status"] == "administrator":
        return Finding("hint", "telegram-doctor-room-reads-all", {"room": name})
    return Finding("good", "telegram-doctor-room", {"room": name})


async def _room(api: Api, chat: int, name: str, me: Json) -> Finding:
    try:
        member = await api.call("getChatMember", chat_id=chat, user_id=me["id"])
        if present(member):
            privacy = not me.get("can_read_all_group_messages")
            return room(name, member, await api.call("getChat", chat_id=chat), privacy=privacy)
    except ChatMigrated as error:
        return await _room(api, error.new_chat_id, name, me)
    except TelegramError as error:
        if failure_of(error) is not Failure.GONE:
            raise
    return Finding("wrong", "telegram-doctor-room-gone", {"room": name})


def _may(member: Json, chat: Json, right: str) -> bool:
    """Administrators always may, others as the group and they themselves are restricted."""
    restricting = {"member": [chat.get("permissions")], "restricted": [chat.get("permissions"), member]}
    return all((rights or {}).get(right, True) for rights in restricting.get(member["status"], []))
