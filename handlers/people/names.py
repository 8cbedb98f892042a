"""What people and groups may be called."""

from domain.people import Member
from domain.refusal import Refused
from domain.writing import one_line, required
from handlers.context import Here
from storage import people

NAME_SHORTEST, NAME_LIMIT = 2, 60
GROUP_LIMIT = 60


def new_name(here: Here, text: str) -> str:
    """The name the member wants. Raises :class:`Refused` when it is too short, too long or another member's."""
    name = required(one_line(text), NAME_LIMIT, "people-name-empty")
    if len(name) < NAME_SHORTEST:
        raise Refused("people-name-short")
    if _taken(name, [member for member in people.list_members(here.db) if member.id != here.me.id]):
        raise Refused("people-name-taken", name=name)
    return name


def first_name(here: Here) -> str:
    """What a new member is called until they say otherwise: as on the messenger, numbered if that is taken."""
    shown = one_line(here.incoming.sender.name)[: NAME_LIMIT - 4].strip()
    usable = len(shown) >= NAME_SHORTEST and any(char.isalnum() for char in shown)
    base = shown if usable else here.voice.plain("people-nameless")
    members = people.list_members(here.db)
    name, number = base, 1
    while _taken(name, members):
        number += 1
        name = f"{base} {number}"
    return name


def group_name(text: str) -> str:
    """The name a group shall have. Raises :class:`Refused` when it is empty or too long."""
    return required(one_line(text), GROUP_LIMIT, "people-group-nameless")


def _taken(name: str, members: list[Member]) -> bool:
    return any(member.name.casefold() == name.casefold() for member in members)
