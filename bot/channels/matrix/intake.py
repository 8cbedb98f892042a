"""What one sync brought: keys and state are taken in at once, events become jobs in the lanes of their rooms."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.channels.matrix.arrivals import Arrivals
from bot.channels.matrix.guards import contained, is_event, is_state
from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.incoming import before
from bot.channels.matrix.invitations import Invitations
from bot.channels.matrix.lanes import Job
from bot.channels.matrix.olm import Machine, RoomKey
from bot.channels.matrix.rooms import Room, Rooms
from bot.channels.matrix.sharing import Sharing
from bot.channels.matrix.unread import Unread

OLD = timedelta(days=1)
"""Without a stored place in the stream, what is older than this is history, and not meant for us any more."""

Gap = Callable[[Room, str, str], Job]
"""The job that takes what lies between two tokens (later, earlier) of a room."""


class Intake:
    """Takes in syncs for the account ``me``. ``gap`` makes the job for what a sync left out."""

    def __init__(
        self,
        me: str,
        machine: Machine,
        sharing: Sharing,
        rooms: Rooms,
        arrivals: Arrivals,
        invitations: Invitations,
        unread: Unread,
        gap: Gap,
    ) -> None:
        self._me = me
        self._machine = machine
        self._sharing = sharing
        self._rooms = rooms
        self._arrivals = arrivals
        self._invitations = invitations
        self._unread = unread
        self._gap = gap
        self._encrypted = machine.encrypted_rooms()

    def take(self, response: Json, since: str, now: datetime) -> list[tuple[str, Job]]:
        """Takes in one sync and returns what is left to do, as (room, job). ``since`` is empty for a first one."""
        keys = self._to_device(items(response, "to_device", "events"))
        lists = part(response, "device_lists")
        self._sharing.outdated([*items(lists, "changed"), *items(lists, "left")])
        for data in items(response, "account_data", "events"):
            if part(data).get("type") == "m.direct":
                self._rooms.take_direct(part(data, "content"))
        jobs = [job for key in keys for job in self.retry(self._unread.opened_by(key))]
        for room, info in part(response, "rooms", "invite").items():
            with contained("invitation"):
                self._invitations.invited(room, items(info, "invite_state", "events"))
        for room, info in part(response, "rooms", "join").items():
            with contained("room"):
                jobs += [(room, job) for job in self._joined(room, info, since, now)]
        for room, info in part(response, "rooms", "leave").items():
            with contained("room"):
                jobs += [(room, job) for job in self._left(room, info)]
        return jobs

    def retry(self, unread: list[tuple[str, Json]]) -> list[tuple[str, Job]]:
        """Jobs that try to open messages once more."""
        known = [(self._rooms.joined.get(room), event) for room, event in unread]
        return [(room.id, partial(self._arrivals.take, room, event)) for room, event in known if room]

    def _to_device(self, events: list[Json]) -> list[RoomKey]:
        with self._machine.together():
            return [key for event in events if (key := self._machine.take(event))]

    def _joined(self, room_id: str, info: Json, since: str, now: datetime) -> Iterator[Job]:
        room = self._rooms.enter(room_id, encrypted=room_id in self._encrypted)
        state, timeline = items(info, "state", "events"), items(info, "timeline", "events")
        first = entered(timeline, self._me)
        ours = [event["origin_server_ts"] for event in (*state, *timeline) if membership_of(event, self._me)]
        oldest = 0 if since else max((now - OLD).timestamp() * 1000, *ours, 0)
        for event in state:
            self._apply(room, event)
        if since and first is None and part(info, "timeline").get("limited") is True:
            yield self._gap(room, str(part(info, "timeline").get("prev_batch", "")), since)
        for number, event in enumerate(timeline):
            self._apply(room, event)
            if is_event(event) and number >= (first or 0) and event["origin_server_ts"] >= oldest:
                yield partial(self._arrivals.take, room, event)

    def _apply(self, room: Room, event: Json) -> None:
        if not (is_event(event) and is_state(event)):
            return
        room.apply(event)
        if event["type"] == "m.room.tombstone" and not event["state_key"]:
            self._invitations.moved(room, event)
        if room.encrypted and room.id not in self._encrypted:
            self._encrypted.add(room.id)
            self._machine.remember_encrypted(room.id)

    def _left(self, room_id: str, info: Json) -> Iterator[Job]:
        room = self._rooms.leave(room_id)
        ours = [event for event in items(info, "timeline", "events") if membership_of(event, self._me)]
        for event in ours[-1:]:
            yield partial(self._arrivals.removed, room, event)


def membership_of(event: Any, user: str) -> bool:
    """Whether an event is about this person's being in the room."""
    return is_event(event) and event["type"] == "m.room.member" and event.get("state_key") == user


def entered(timeline: list[Json], me: str) -> int | None:
    """Where in a timeline we came in, if we did: what is before that was not said to us."""
    ours = [number for number, event in enumerate(timeline) if membership_of(event, me)]
    entries = [number for number in ours if joined(timeline[number])]
    return entries[-1] if entries else None


def joined(event: Json) -> bool:
    """Whether a membership event is somebody's coming in, not a change of name."""
    return event["content"].get("membership") == "join" and before(event) != "join"


def part(value: Any, *names: str) -> Json:
    """The object found by these names, one inside the other; empty where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Any, *names: str) -> list[Any]:
    """The list found by these names; empty where there is none."""
    found = part(value, *names[:-1]).get(names[-1])
    return found if isinstance(found, list) else []
