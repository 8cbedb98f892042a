"""How an exchange with the Bot API ended, told apart by one question: may Telegram have acted on the request?"""

import json
from http import HTTPStatus
from typing import Any

from telegram.error import BadRequest, NetworkError, TimedOut

UNNAMED_PAUSE = 5.0
"""Seconds to wait after a 429 that names no time one could wait, as proxies send it."""
LONGEST_PAUSE = 86_400.0


class NotSent(NetworkError):
    """There was no connection: Telegram cannot have seen the request."""


class AnswerLost(TimedOut):
    """The request went out, but no (understandable) answer came back: Telegram may have acted on it."""


class Unavailable(NetworkError):
    """Telegram, or what stands before it, answered that it cannot serve now."""


class Throttled(NetworkError):
    """Too fast; ``retry_after`` in seconds.

    The library's own error for this, which warns of its future whenever it is made, is never made here.
    """

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


def recognise(status: int, payload: bytes) -> None:
    """Name what the library would throw together. What remains is Telegram's own word, and the library reads it.

    A refusal that is not in Telegram's form comes from a proxy or a wrong address and says nothing about the chat.
    """
    refusal = as_object(payload)
    details = refusal.get("parameters")
    named = details.get("retry_after") if isinstance(details, dict) else None
    if named is not None or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Throttled(_pause(named))
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("Request Entity Too Large")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or refusal.get("ok") is not False:
        raise Unavailable(f"HTTP {status}")


def _pause(named: Any) -> float:
    if isinstance(named, int | float) and named > 0:
        return float(min(named, LONGEST_PAUSE))
    return UNNAMED_PAUSE


def as_object(payload: bytes) -> dict[str, Any]:
    """The JSON object in a body, empty when it is none."""
    try:
        value = json.loads(payload)
    except (RecursionError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
