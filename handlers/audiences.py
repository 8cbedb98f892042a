"""How audiences are called, read and offered: the words for the rules in ``storage/audiences.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.audiences import EVERYBODY, Audience, Part
from domain.commands import read_number, spelled
from domain.people import Purpose, Role
from domain.refusal import Refused
from domain.roles import read_role
from domain.votes import State
from domain.writing import folded, one_line, shortened
from handlers.context import Unit, Voice
from storage import people, rooms, topics, votes

OFFERED = 6
"""Of each kind so many are offered as buttons; the others are typed."""
WORD_SHOWN = 40
ROLES = (Role.PARTICIPANT, Role.PARTNER, Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Naming:
    """How parts of one kind are spoken of.

    ``words`` begin a typed one; ``find`` makes the part of what follows them and raises :class:`Refused`; ``say`` names
    it; ``offer`` lists those worth a button.
    """

    words: tuple[str, ...]
    find: Callable[[Unit, str], Part]
    say: Callable[[Unit, Voice, Part], str]
    offer: Callable[[Unit], list[Part]] = lambda _: []


def _find_group(unit: Unit, name: str) -> Part:
    return Part("group", people.get_group(unit.db, name).id)


def _say_group(unit: Unit, voice: Voice, part: Part) -> str:
    group = people.find_group_by_id(unit.db, int(part.ref))
    return voice.plain("audiences-group", group=group.name) if group else voice.plain("audiences-gone")


def _find_role(_: Unit, word: str) -> Part:
    role = read_role(word)
    if role is None:
        raise Refused("common-role-unknown", word=shortened(word, WORD_SHOWN))
    return Part("role", role.word)


def _find_room(unit: Unit, name: str) -> Part:
    wanted = name.casefold()
    room = next((room for room in rooms.list_rooms(unit.db) if room.name.casefold() == wanted), None)
    if room is None:
        raise Refused("audiences-no-room", room=shortened(name, WORD_SHOWN))
    return Part("room", room.id)


def _say_room(unit: Unit, voice: Voice, part: Part) -> str:
    room = next((room for room in rooms.list_rooms(unit.db) if room.id == part.ref), None)
    return voice.plain("audiences-room", room=room.name) if room else voice.plain("audiences-gone")


def _find_topic(unit: Unit, number: str) -> Part:
    found = read_number(number)
    if found is None:
        raise Refused("topics-number-needed")
    return Part("topic", topics.get_topic(unit.db, found).id)


def _find_vote(unit: Unit, number: str) -> Part:
    found = read_number(number)
    if found is None:
        raise Refused("audiences-vote-needed")
    return Part("not-voted", votes.get_vote(unit.db, found).id)


NAMINGS: Mapping[str, Naming] = {
    "all": Naming(
        ("alle", "everybody", "all"),
        lambda _, __: EVERYBODY,
        lambda _, voice, __: voice.plain("audiences-all"),
        lambda _: [EVERYBODY],
    ),
    "group": Naming(
        ("gruppe", "group"),
        _find_group,
        _say_group,
        lambda unit: [Part("group", group.id) for group, _ in people.list_groups(unit.db)],
    ),
    "role": Naming(
        ("rolle", "role"),
        _find_role,
        lambda _, voice, part: voice.plain("audiences-role", role=voice.plain(f"common-role-{part.ref}")),
        lambda _: [Part("role", role.word) for role in ROLES[:3]],
    ),
    "topic": Naming(
        ("thema", "topic"),
        _find_topic,
        lambda _, voice, part: voice.plain("audiences-topic", number=str(part.ref)),
    ),
    "not-voted": Naming(
        ("abstimmung", "vote"),
        _find_vote,
        lambda _, voice, part: voice.plain("audiences-not-voted", number=str(part.ref)),
        lambda unit: [Part("not-voted", vote.id) for vote in votes.list_votes(unit.db, [State.OPEN])],
    ),
    "rooms": Naming(
        ("räume", "rooms"),
        lambda _, __: Part("rooms"),
        lambda _, voice, __: voice.plain("audiences-rooms"),
        lambda unit: [Part("rooms")] if len(rooms.list_rooms(unit.db, Purpose.PROGRAMME)) > 1 else [],
    ),
    "room": Naming(
        ("raum", "room"),
        _find_room,
        _say_room,
        lambda unit: [Part("room", room.id) for room in rooms.list_rooms(unit.db, Purpose.PROGRAMME)],
    ),
}
"""All kinds, in the order they are offered. One that is added to the rules adds its words here."""

_BEGUN = {spelled(word): naming for naming in NAMINGS.values() for word in naming.words}


def read_part(unit: Unit, text: str) -> Part:
    """The part somebody typed or chose: "alle", "Gruppe Kohorte 1", "Thema 3", or just the name of a group or room.

    Raises :class:`Refused`.
    """
    line = one_line(text)
    if found := next((part for part in offered(unit) if chosen(part) == line), None):
        return found
    word, _, rest = line.partition(" ")
    naming = _BEGUN.get(spelled(folded(word)))
    if naming and (rest or naming in (NAMINGS["all"], NAMINGS["rooms"])):
        return naming.find(unit, rest.strip(" „“\"'"))
    return _read_bare(unit, line)


def _read_bare(unit: Unit, line: str) -> Part:
    for kind in ("group", "role", "room"):
        try:
            return NAMINGS[kind].find(unit, line)
        except Refused:
            continue
    raise Refused("audiences-unknown", words=shortened(line, WORD_SHOWN))


def chosen(part: Part) -> str:
    """The word of a choice that means this part."""
    return f"{part.kind}:{part.ref}"


def offered(unit: Unit) -> list[Part]:
    """What is worth a button."""
    return [part for naming in NAMINGS.values() for part in naming.offer(unit)[:OFFERED]]


def say_part(unit: Unit, voice: Voice, part: Part) -> str:
    """The part in words."""
    return NAMINGS[part.kind].say(unit, voice, part)


def say_audience(unit: Unit, voice: Voice, audience: Audience) -> str:
    """The audience in words."""
    parts = [say_part(unit, voice, part) for part in audience.parts] or [voice.plain("audiences-nobody")]
    but = [say_part(unit, voice, part) for part in audience.but]
    return voice.plain("audiences-but", parts=parts, but=but) if but else voice.plain("audiences-parts", parts=parts)
