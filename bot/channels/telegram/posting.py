"""Carrying out what is to be shown or changed, and reading Telegram's answer."""

from collections.abc import Sequence
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.answers import AnswerLost
from bot.channels.telegram.api import Api, Call
from bot.channels.telegram.failures import unchanged, wordless
from bot.channels.telegram.outgoing import caption_edit, media_edit, sending, text_edit
from domain.chat import Outgoing


async def show(api: Api, message: Outgoing, token: str, drawn: bytes) -> str:
    """Send ``message`` and return the id of what carries its buttons. Raises the library's errors."""
    return await _in_turn(api, sending(message, token, drawn))


async def edit(api: Api, message: Outgoing, token: str, replaces: str, drawn: bytes) -> str:
    """Make ``replaces`` show ``message`` and return its id. Raises the library's errors.

    A picture that gets words only keeps the picture: nothing turns it into a text.
    """
    if message.content.attachment is not None:
        await _change(api, media_edit(message, token, replaces, drawn))
        return replaces
    try:
        await _change(api, text_edit(message, token, replaces))
    except BadRequest as error:
        if not wordless(error):
            raise
        await _change(api, caption_edit(message, token, replaces))
    return replaces


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
