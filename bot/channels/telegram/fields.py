"""Single fields of what Telegram sends.

Read strictly: what is missing or of another type raises AttributeError, KeyError, OverflowError, TypeError or
ValueError.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.chat import File, Sender

Json = Mapping[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ABSENT = ("left", "kicked")
"""Statuses of somebody who is not in the chat."""


def kind_of(update: Json) -> str:
    """The one field of an update beside its id, or "nothing"."""
    return next((name for name in update if name != "update_id"), "nothing")


def number(owner: Json, name: str) -> str:
    """An id, as text."""
    value = owner[name]
    if type(value) is not int:
        raise TypeError(name)
    return str(value)


def words(message: Json) -> str | None:
    """The text or caption of a message, None when it has neither."""
    text = message.get("text", message.get("caption"))
    if text is not None and not isinstance(text, str):
        raise TypeError("text")
    return text


def file(message: Json) -> File | None:
    """The picture or document of a message; of a picture, its largest size."""
    if photo := message.get("photo"):
        largest = photo[-1]
        return File("photo.jpg", "image/jpeg", _size(largest), _text(largest, "file_id"))
    if document := message.get("document"):
        kind = document.get("mime_type", "application/octet-stream")
        name = document.get("file_name", "file")
        if not isinstance(kind, str) or not isinstance(name, str):
            raise TypeError("document")
        return File(name, kind, _size(document), _text(document, "file_id"))
    return None


def _text(owner: Json, name: str) -> str:
    value = owner[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _size(owner: Json) -> int:
    """Bytes; Telegram may leave it out."""
    size = owner.get("file_size", 0)
    if type(size) is not int:
        raise TypeError("file_size")
    return size


def time(owner: Json, name: str = "date") -> datetime:
    """A Unix time, aware."""
    return EPOCH + timedelta(seconds=owner[name])


def sender(user: Json) -> Sender:
    """Who a user is; a language that has no two-letter code counts as unknown."""
    name = f"{user['first_name']} {user.get('last_name', '')}".strip()
    language = user.get("language_code", "").partition("-")[0].lower()
    return Sender(number(user, "id"), name, language if len(language) == 2 else "")


def present(member: Json) -> bool:
    """Whether this member is in the chat; of a restricted one a field of its own says so."""
    return bool(member.get("is_member")) if member["status"] == "restricted" else member["status"] not in ABSENT


def reply_to(message: Json) -> str:
    """The id of what is answered, or nothing.

    In a topic every message that answers nothing is said to answer the message that opened the topic.
    """
    answered = message.get("reply_to_message")
    if answered is None or "forum_topic_created" in answered:
        return ""
    return number(answered, "message_id")


def query_of(update: Json) -> str:
    """The id under which a press is answered; empty when the update is no press."""
    query = update.get("callback_query")
    id_ = query.get("id") if isinstance(query, dict) else None
    return id_ if isinstance(id_, str) else ""
