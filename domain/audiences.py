"""Who something is meant for, as a value: parts that belong to it, and parts that do not."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One part, such as a group: its ``kind`` names the rule, ``ref`` the thing the rule is about."""

    kind: str
    ref: int | str = ""


EVERYBODY = Part("all")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whoever is in one of the parts and in none of ``but``."""

    parts: tuple[Part, ...] = (EVERYBODY,)
    but: tuple[Part, ...] = ()

    def with_part(self, part: Part) -> "Audience":
        """This part too; it is excluded no longer."""
        return Audience(_with(self.parts, part), _without(self.but, part))

    def without_part(self, part: Part) -> "Audience":
        """All but this part, which belongs to it no longer."""
        return Audience(_without(self.parts, part), _with(self.but, part))


def _with(parts: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    return parts if part in parts else (*parts, part)


def _without(parts: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    return tuple(found for found in parts if found != part)


def audience_to_json(audience: Audience) -> dict[str, Any]:
    """Ready for a JSON column."""
    return {
        "parts": [[part.kind, part.ref] for part in audience.parts],
        "but": [[part.kind, part.ref] for part in audience.but],
    }


def audience_from_json(value: dict[str, Any]) -> Audience:
    """Inverse of :func:`audience_to_json`."""
    parts, but = ([Part(kind, ref) for kind, ref in value[name]] for name in ("parts", "but"))
    return Audience(tuple(parts), tuple(but))
