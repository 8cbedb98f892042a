"""Messages we cannot open yet: their keys may still come, and if not, their senders are asked to write again."""

from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.olm import RoomKey
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.state import Keeper

MOST = 500
"""Messages kept; of a flood beyond that only as many senders are asked as courtesy allows anyway."""


class Unread:
    """Keeps what may still become readable. ``grace`` is how long a key may take, in seconds."""

    def __init__(self, me: str, since: float, keeper: Keeper, grace: float) -> None:
        self._me = me
        self._since = since
        self._state = keeper.state
        self._keeper = keeper
        self._grace = grace
        self._named: set[str] = set()

    def keep(self, room: Room, event: Json, now: float) -> None:
        """Remembers a message. Not our own, and none from before this device was there: nobody can give us its key."""
        known = event["event_id"] in self._state.unread or len(self._state.unread) >= MOST
        if known or event["sender"] == self._me or event["origin_server_ts"] / 1000 < self._since:
            return
        self._state.unread[event["event_id"]] = {"room": room.id, "event": event, "at": now}

    def done(self, event_id: str) -> None:
        """The message was read after all, or given up."""
        self._named.discard(event_id)
        if self._state.unread.pop(event_id, None) is not None:
            self._keeper.changed()

    def opened_by(self, key: RoomKey) -> list[tuple[str, Json]]:
        """The messages, with their rooms, that a key which just came may open."""
        return [(room, event) for room, event in self.all() if (room, event["content"].get("session_id")) == key]

    def all(self) -> list[tuple[str, Json]]:
        """All of them, with their rooms, in the order they came."""
        return [(each["room"], each["event"]) for each in self._state.unread.values()]

    def overdue(self, now: float) -> list[tuple[str, Json]]:
        """Those whose key did not come in time, each once."""
        late = [each for each in self._state.unread.values() if now - each["at"] > self._grace]
        fresh = [(each["room"], each["event"]) for each in late if each["event"]["event_id"] not in self._named]
        self._named.update(event["event_id"] for _, event in fresh)
        return fresh
