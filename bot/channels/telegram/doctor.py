"""What is wrong, or about to be, between us and Telegram. Each finding has a text that says what to do."""

import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from telegram.error import InvalidToken, TelegramError

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What is examined. ``rooms`` are the names of the connected chats by their ids."""

    token: str = field(repr=False)
    api_base: str
    mode: Literal["polling", "webhook"]
    webhook_url: str
    rooms: Mapping[str, str]


async def examine(settings: Settings) -> list[Finding]:
    """All findings, from the token to the clock. Only reads: nothing changes at Telegram."""
    api = Api(settings.token, settings.api_base)
    await api.connect()
    try:
        return [finding async for finding in _findings(api, settings)]
    except InvalidToken:
        return [Finding("wrong", "telegram-wrong-token")]
    except TelegramError as error:
        return [Finding("wrong", "telegram-doctor-unreachable", {"detail": detail(error)})]
    finally:
        await api.disconnect()


async def _findings(api: Api, settings: Settings) -> AsyncIterator[Finding]:
    me = await api.call("getMe")
    for finding in account(me):
        yield finding
    for finding in webhook(await api.call("getWebhookInfo"), settings, time.time()):
        yield finding
    for chat, room in settings.rooms.items():
        yield await _room(api, int(chat.partition("/")[0]), room, me["id"])
    yield clock(api.skew)


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
    if info["pending_update_count"] > MOST_PENDING:
        yield Finding("hint", "telegram-doctor-pending", {"count": info["pending_update_count"]})


def clock(skew: timedelta | None) -> Finding:
    """Our clock beside Telegram's."""
    if skew is None or abs(skew) <= MOST_SKEW:
        return Finding("good", "telegram-doctor-clock")
    return Finding("wrong", "telegram-doctor-clock-off", {"seconds": round(abs(skew).total_seconds())})


async def _room(api: Api, chat: int, room: str, me: int) -> Finding:
    try:
        member = await api.call("getChatMember", chat_id=chat, user_id=me)
        allowed = _may_write(member, await api.call("getChat", chat_id=chat)) if present(member) else None
    except TelegramError as error:
        if failure_of(error) is not Failure.GONE:
            raise
        allowed = None
    if allowed is None:
        return Finding("wrong", "telegram-doctor-room-gone", {"room": room})
    if not allowed:
        return Finding("wrong", "telegram-doctor-room-mute", {"room": room})
    return Finding("good", "telegram-doctor-room", {"room": room})


def _may_write(member: Json, chat: Json) -> bool:
    """Administrators always may, others as they or the group are restricted."""
    rights: Any = {"member": chat.get("permissions") or {}, "restricted": member}.get(member["status"], {})
    return bool(rights.get("can_send_messages", True))
