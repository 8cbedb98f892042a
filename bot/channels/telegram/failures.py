"""What Telegram's refusals mean, in the closed set the core decides by. Pure."""

import re

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channel import SendError
from bot.channels.telegram.answers import AnswerLost, NotSent, Throttled, Unavailable
from domain.delivery import Failure

CLOSED = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "message thread not found",
    "topic_deleted",
    "group chat was deactivated",
)
"""A chat or topic that is not there (any more), or never was open to us."""
MUTED = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
)
"""A chat we are in without being allowed to write there now; somebody has to allow it."""

_KINDS: tuple[tuple[type[TelegramError], Failure], ...] = (
    (Forbidden, Failure.GONE),
    (InvalidToken, Failure.MISCONFIGURED),
    (BadRequest, Failure.REJECTED),
    (NotSent, Failure.UNREACHABLE),
    (Unavailable, Failure.UNREACHABLE),
    (ChatMigrated, Failure.UNREACHABLE),
    (Conflict, Failure.UNREACHABLE),
    (AnswerLost, Failure.UNCERTAIN),
)


def failure_of(error: TelegramError) -> Failure:
    """The failure an error of a call means. What is not known counts as possibly delivered."""
    if isinstance(error, Throttled):
        return Failure.THROTTLED
    if isinstance(error, BadRequest) and _says(error, *CLOSED):
        return Failure.GONE
    if isinstance(error, BadRequest) and _says(error, *MUTED):
        return Failure.MISCONFIGURED
    return next((failure for kind, failure in _KINDS if isinstance(error, kind)), Failure.UNCERTAIN)


def send_error(error: TelegramError, *, everywhere: bool = False) -> SendError:
    """The error as the port has it; ``everywhere`` as :meth:`Flood.everywhere` judged."""
    retry_after = error.retry_after if isinstance(error, Throttled) else 0.0
    return SendError(failure_of(error), detail(error), retry_after, everywhere=everywhere)


def detail(error: TelegramError) -> str:
    """What Telegram said, without what it quotes of our message."""
    said = re.split(r"[\"“:]", str(error), maxsplit=1)[0].strip()
    return f"{type(error).__name__}: {said[:80]}"


def unchanged(error: TelegramError) -> bool:
    """An edit found the message as it should be."""
    return isinstance(error, BadRequest) and _says(error, "message is not modified")


def wordless(error: TelegramError) -> bool:
    """An edit of text found a picture or file, whose words are its caption, or the other way round."""
    return isinstance(error, BadRequest) and _says(error, "no text in the message", "no caption in the message")


class Flood:
    """Tells a chat that is written to too fast from a bot that writes too fast, which Telegram does not say."""

    WINDOW = 1.0
    """Seconds within which refusals in two chats mean that all are meant."""

    def __init__(self) -> None:
        self._last: tuple[str, float] = ("", -self.WINDOW)

    def everywhere(self, chat: str, now: float) -> bool:
        """Note a refusal in ``chat`` at ``now`` (seconds of a steady clock); whether it holds for the whole bot."""
        (other, before), self._last = self._last, (chat, now)
        return other not in ("", chat) and now - before <= self.WINDOW


def _says(error: TelegramError, *phrases: str) -> bool:
    said = error.message.lower()
    return any(phrase in said for phrase in phrases)
