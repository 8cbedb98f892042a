"""What an invitation shall be like, read from one line."""

import re
from dataclasses import dataclass

from domain.commands import read_number
from domain.people import Role
from domain.refusal import Refused
from domain.roles import read_role
from domain.writing import shortened

MOST_USES = 1000
MOST_DAYS = 365

_ENTRY = re.compile(r"\b(rolle|role|gruppe|group|anzahl|uses|tage|days)\s*[=:]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[\"„“”»«]([^\"„“”»«]+)[\"“”«»]")
_MEANING = {
    "rolle": "role", "role": "role", "gruppe": "group", "group": "group",
    "anzahl": "uses", "uses": "uses", "tage": "days", "days": "days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said about an invitation; None and empty for what was not."""

    role: Role | None = None
    group: str = ""
    uses: int | None = None
    days: int | None = None


def read_wish(line: str) -> Wish:
    """A line such as ``teilnehmende gruppe=Kohorte 1 anzahl=10 tage=30``, its parts in any order.

    Raises :class:`Refused` for words that say nothing about an invitation, and for numbers out of range.
    """
    loose, *pairs = _ENTRY.split(line)
    said: dict[str, str] = {}
    rest = [loose]
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        meaning = _MEANING[name.casefold()]
        said[meaning], left = _split_value(meaning, value.strip(" ,;"))
        rest.append(left)
    words = [word for piece in (said.get("role", ""), *rest) for word in piece.replace(",", " ").split()]
    return Wish(
        role=_role(words),
        group=said.get("group", ""),
        uses=read_uses(said["uses"]) if "uses" in said else None,
        days=read_days(said["days"]) if "days" in said else None,
    )


def read_uses(text: str) -> int:
    """How many people may come. Raises :class:`Refused` when it is no number from 1 to :data:`MOST_USES`."""
    return _number(text, MOST_USES, "people-invite-uses-wrong")


def read_days(text: str) -> int:
    """How many days it holds. Raises :class:`Refused` when it is no number from 1 to :data:`MOST_DAYS`."""
    return _number(text, MOST_DAYS, "people-invite-days-wrong")


def _split_value(meaning: str, value: str) -> tuple[str, str]:
    """The value, and the loose words after it."""
    if meaning != "group":
        first, _, rest = value.partition(" ")
        return first, rest
    if quoted := _QUOTED.match(value):
        return quoted[1].strip(), value[quoted.end() :]
    name, _, last = value.rpartition(" ")
    # A group's name may have several words; a role at its end is not part of it.
    return (name, last) if name and read_role(last) else (value, "")


def _role(words: list[str]) -> Role | None:
    roles = [read_role(word) for word in words]
    if None in roles or len(set(roles)) > 1:
        raise Refused("people-invite-unclear", words=shortened(" ".join(words), 60))
    return roles[0] if roles else None


def _number(text: str, most: int, wrong: str) -> int:
    number = read_number(text)
    if number is None or not 1 <= number <= most:
        raise Refused(wrong, most=most)
    return number
