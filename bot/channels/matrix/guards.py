"""Against what must not be believed, and against what must not be able to stop us."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from bot.channels.matrix.homeserver import Json

log = logging.getLogger(__name__)

FIRST_YEAR = datetime(2015, 1, 1, tzinfo=UTC)


@contextmanager
def contained(what: str) -> Iterator[None]:
    """Whatever goes wrong inside is logged by its kind, never with contents, and goes no further."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  a stranger's bytes run through foreign code here
        log.warning("A malformed %s was passed over: %s", what, kind_of(error))


def kind_of(error: BaseException) -> str:
    """An error's kind and where it arose. Not its message, which may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def is_event(value: Any) -> bool:
    """Whether something from the network has the shape of a room event at all."""
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(name), str) for name in ("type", "sender", "event_id"))
        and isinstance(value.get("content"), dict)
        and isinstance(value.get("origin_server_ts"), int)
    )


def is_state(event: Json) -> bool:
    """Whether an event from the server's stream is state. Only such an event may change what we know of a room."""
    return isinstance(event.get("state_key"), str)


def opened(event: Json, payload: Json) -> Json | None:
    """The event as its sender wrote it; None when the payload pretends to be what cannot come encrypted.

    State is never encrypted: a payload with a state key, or of a state's type, is a forgery by a member of the room.
    """
    kind, content = payload.get("type"), payload.get("content")
    if not isinstance(kind, str) or not isinstance(content, dict) or "state_key" in payload or kind in NEVER_ENCRYPTED:
        log.warning("A forged encrypted event was dropped.")
        return None
    relation = {"m.relates_to": event["content"]["m.relates_to"]} if "m.relates_to" in event["content"] else {}
    return {**event, "type": kind, "content": {**relation, **content}}


NEVER_ENCRYPTED = {
    "m.room.encrypted", "m.room.member", "m.room.power_levels", "m.room.create", "m.room.tombstone",
    "m.room.join_rules", "m.room.name", "m.room.topic", "m.room.encryption", "m.room.redaction",
}  # fmt: skip


def moment(milliseconds: int, now: datetime) -> datetime:
    """When an event says it was sent, but never before Matrix was and never in the future."""
    try:
        at = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return now
    return min(at, now) if at > FIRST_YEAR else now
