"""Rules of the Bot API that span several fields of one object."""

import re
from collections.abc import Callable

from tests.telegram.refusals import Json

MOST_BUTTONS = 100
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BUTTON_LOOKS = {"text", "icon_custom_emoji_id", "style"}
_START = re.compile(r"(?:https?://t\.me/\w+|tg://resolve)\?(?:.*&)?start=([^&]*)")


def bad_link(url: str) -> str:
    """What is wrong with a link that opens a bot, or nothing."""
    start = _START.match(url)
    if start and not PAYLOAD.fullmatch(start[1]):
        return "carries a start parameter that is not 1 to 64 of A-Z, a-z, 0-9, _ and -"
    return ""


def opens(url: str, username: str) -> bool:
    """Whether a link opens the bot ``username`` with a parameter, as the answer to a press may."""
    ours = re.match(rf"(?:https?://)?t\.me/{username}\?start=", url, re.IGNORECASE)
    return ours is not None and PAYLOAD.fullmatch(url[ours.end() :]) is not None


def _button(button: Json) -> str:
    if len(button.keys() - _BUTTON_LOOKS) != 1:
        return "has to do exactly one thing"
    return bad_link(button.get("url", ""))


def _keyboard(markup: Json) -> str:
    if sum(map(len, markup["inline_keyboard"])) > MOST_BUTTONS:
        return "reply markup is too long"
    return ""


def _entity(entity: Json) -> str:
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
    field = needed.get(entity["type"])
    return f"lacks {field}" if field and field not in entity else ""


RULES: dict[str, Callable[[Json], str]] = {
    "InlineKeyboardButton": _button,
    "InlineKeyboardMarkup": _keyboard,
    "MessageEntity": _entity,
}
"""For an object whose fields are each in order: what is wrong with it as a whole, or nothing."""
