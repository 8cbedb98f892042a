"""Carrying out what is to be shown or changed, and reading Telegram's answer."""

from collections.abc import Sequence
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.answers import AnswerLost
from bot.channels.telegram.api import Api, Call
from bot.channels.telegram.failures import unchanged, wordless
from bot.channels.telegram.outgoing import caption_edit, emptying, media_edit, sending, text_edit
from domain.chat import Outgoing


async def show(api: Api, message: Outgoing, token: str, drawn: bytes) -> str:
    """Send ``message`` and return the id of what carries its buttons. Raises the library's errors."""
    return await _in_turn(api, sending(message, token, drawn))


async def edit(api: Api, message: Outgoing, token: str, replaces: str, drawn: bytes) -> str:
    """Make ``replaces`` show ``message`` and return its id. Raises the library's errors.

    Nothing turns a picture into a text, so where one is to go, an empty picture takes its place.
    """
    attachment = message.content.attachment
    if attachment is None:
        await _either(api, text_edit(message, token, replaces), emptying(message, token, replaces))
    elif attachment.stays:
        await _either(api, caption_edit(message, token, replaces), text_edit(message, token, replaces))
    else:
        await _change(api, media_edit(message, token, replaces, drawn))
    return replaces


async def _either(api: Api, call: Call, other: Call) -> None:
    """Only Telegram knows whether the message is a text or has a file; ``other`` is for the less likely of the two."""
    try:
        await _change(api, call)
    except BadRequest as error:
        if not wordless(error):
            raise
        await _change(api, other)


async def _in_turn(api: Api, calls: Sequence[Call]) -> str:
    shown = ""
    for call in calls:
        try:
            shown = _message_id(await api.perform(call))
        except TelegramError as error:
            if not shown:
                raise
            raise AnswerLost(f"a part was shown, the next was not: {error}") from None
    return shown


async def _change(api: Api, call: Call) -> None:
    try:
        await api.perform(call)
    except BadRequest as error:
        if not unchanged(error):
            raise


def _message_id(sent: Any) -> str:
    if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
        raise AnswerLost("a sent message without an id")
    return str(sent["message_id"])
