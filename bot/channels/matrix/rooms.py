"""What we know of our rooms, from the server's own state events and nothing else."""

from dataclasses import dataclass, field

from bot.channels.matrix.homeserver import Json

PRESENT = ("join", "invite")
HYDRA = 12
"""The first room version in which those who made the room stand above every power level."""


@dataclass(slots=True)
class Room:
    """One room we are in. ``members`` are those joined or invited, by user id, with the membership's content."""

    id: str
    encrypted: bool = False
    direct: bool = False
    hydra: bool = False
    maker: str = ""
    creators: frozenset[str] = frozenset()
    predecessor: str = ""
    members: dict[str, Json] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Whether nobody but one person reads here: marked as direct chat, and nobody else was let in."""
        return self.direct and len(self.members) <= 2

    def others(self, me: str) -> list[str]:
        """Everybody joined or invited but us."""
        return [user for user in self.members if user != me]

    def name_of(self, user: str) -> str:
        """The name a person shows in this room; the user id where there is none."""
        name = self.members.get(user, {}).get("displayname")
        return name if isinstance(name, str) and name.strip() else user

    def apply(self, event: Json) -> None:
        """Takes in one state event of the server's stream."""
        content, key = event["content"], event["state_key"]
        match event["type"]:
            case "m.room.member" if content.get("membership") in PRESENT:
                self.members[key] = content
            case "m.room.member":
                self.members.pop(key, None)
            case "m.room.encryption":
                self.encrypted = True
            case "m.room.create":
                self._created(event["sender"], content)

    def _created(self, sender: str, content: Json) -> None:
        more, before = content.get("additional_creators"), content.get("predecessor")
        self.hydra = is_hydra(str(content.get("room_version", "1")))
        also = {user for user in more if isinstance(user, str)} if self.hydra and isinstance(more, list) else set()
        self.maker, self.creators = sender, frozenset({sender} | also)
        self.predecessor = str(before.get("room_id", "")) if isinstance(before, dict) else ""


class Rooms:
    """All rooms we are in, by id, and which of them are direct chats (``m.direct``, kept by the homeserver)."""

    def __init__(self) -> None:
        self.joined: dict[str, Room] = {}
        self._direct: dict[str, list[str]] = {}

    def enter(self, room: str, *, encrypted: bool) -> Room:
        """The room, made when it is new."""
        found = self.joined.setdefault(room, Room(room, direct=self.is_direct(room)))
        found.encrypted = found.encrypted or encrypted
        return found

    def leave(self, room: str) -> Room:
        """Forgets the room and returns what was known of it."""
        return self.joined.pop(room, None) or Room(room, direct=self.is_direct(room))

    def is_direct(self, room: str) -> bool:
        """Whether the room is marked as a direct chat."""
        return any(room in rooms for rooms in self._direct.values())

    def direct_with(self, user: str) -> str:
        """A direct chat this person is in or invited to; empty when there is none."""
        candidates = (self.joined.get(room) for room in self._direct.get(user, []))
        return next((room.id for room in candidates if room and room.private and user in room.members), "")

    def mark_direct(self, user: str, room: str) -> Json:
        """Marks the room and returns the content of ``m.direct`` that says so."""
        if room not in self._direct.setdefault(user, []):
            self._direct[user].append(room)
        if room in self.joined:
            self.joined[room].direct = True
        return {user: list(rooms) for user, rooms in self._direct.items()}

    def take_direct(self, content: Json) -> None:
        """Takes in ``m.direct`` as the homeserver has it."""
        for user, rooms in content.items():
            for room in rooms if isinstance(rooms, list) else []:
                if isinstance(room, str):
                    self.mark_direct(user, room)


def is_hydra(version: str) -> bool:
    """Whether a room version puts those who made the room above all levels."""
    return int(version) >= HYDRA if version.isdecimal() else version.startswith("org.matrix.hydra")
