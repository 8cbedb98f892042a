"""Events as a homeserver sends them, and the room they are in."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.matrix.incoming import Reader
from bot.channels.matrix.rooms import Room
from domain.chat import Address, Sender

Json = dict[str, Any]

ME = "@themenbote:musterstadt.example"
OFFICER = "@musterstadt:musterstadt.example"
OTHER = "@musterkreis:musterstadt.example"
ROOM = "!HDPQt3tfYBOyoDheYp6pMHAvLwKRwKnQrP3wVx2k8aE"
CHANNEL = f"matrix:{ME}"
NOW = datetime(2026, 11, 7, 9, 0, tzinfo=UTC)
SENT = 1_794_041_999_000  # a second before NOW
AT = datetime(2026, 11, 7, 8, 59, 59, tzinfo=UTC)
READER = Reader(CHANNEL, ME)
SENDER = Sender(OFFICER, "Musterstadt")
HERE = Address(CHANNEL, ROOM, private=False)


def room(*, direct: bool = False, members: int = 3) -> Room:
    """A room with us, the officer and another, or fewer."""
    names = {ME: "Themenbote", OFFICER: "Musterstadt", OTHER: "Musterkreis"}
    found = Room(ROOM, direct=direct, maker=OFFICER)
    for user, name in list(names.items())[:members]:
        found.members[user] = {"membership": "join", "displayname": name}
    return found


def event(kind: str, content: Json, **more: Any) -> Json:
    """An event of the officer's."""
    return {
        "type": kind,
        "sender": OFFICER,
        "event_id": "$event",
        "origin_server_ts": SENT,
        "content": content,
    } | more


def message(body: Any, **content: Any) -> Json:
    return event("m.room.message", {"msgtype": "m.text", "body": body, **content})


def member(user: str, membership: str, before: str = "", **more: Any) -> Json:
    """Somebody's membership, and what it was before."""
    unsigned = {"prev_content": {"membership": before}} if before else {}
    return event("m.room.member", {"membership": membership}, state_key=user, unsigned=unsigned, **more)
