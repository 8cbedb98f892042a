"""Who may do what in a room. Asked from the server each time, never remembered and never taken from nio."""

from dataclasses import dataclass, field
from typing import Any

from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path
from bot.channels.matrix.rooms import Room


@dataclass(frozen=True, slots=True)
class Powers:
    """The content of ``m.room.power_levels``, empty where there is none, and those who made the room.

    ``above_all``: they stand above every level and are not listed.
    """

    levels: Json
    creators: frozenset[str] = field(default_factory=frozenset)
    above_all: bool = False

    def of(self, user: str) -> float:
        """The level of a person."""
        if user in self.creators and (self.above_all or not self.levels):
            return float("inf") if self.above_all else 100.0
        return number(part(self.levels, "users").get(user), number(self.levels.get("users_default"), 0))

    def may(self, user: str, right: str) -> bool:
        """Whether a person may ``redact``, ``kick``, ``invite``, or send a message event of the type ``right``."""
        return self.of(user) >= self._needed(right)

    def _needed(self, right: str) -> float:
        if right in {"redact", "kick", "ban"}:
            return number(self.levels.get(right), 50)
        if right == "invite":
            return number(self.levels.get(right), 0)
        return number(part(self.levels, "events").get(right), number(self.levels.get("events_default"), 0))


async def powers(server: Homeserver, room: Room) -> Powers:
    """The powers in ``room`` as they are now. Who made it, and under which version, never changes."""
    try:
        levels = await server.call("GET", path("rooms", room.id, "state", "m.room.power_levels"))
    except MatrixError as error:
        if error.status != 404:
            raise
        levels = {}
    return Powers(levels, room.creators, room.hydra)


def number(value: Any, otherwise: float) -> float:
    """A power level; old rooms may hold it as text."""
    try:
        return otherwise if value is None or isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return otherwise


def part(levels: Json, name: str) -> Json:
    """The object of that name; empty where there is none."""
    found = levels.get(name)
    return found if isinstance(found, dict) else {}
