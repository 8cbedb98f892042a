"""The head of a transcript: title, purpose, and who and what is there before the dialogue begins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.people import Form, Purpose, Role
from domain.topics import State
from tests.transcripts.dialogue import Cast, Person, Room, Topic
from tests.transcripts.notation import understood
from tests.transcripts.reading import Line, Reader, listed, quoted

SAID = ("Titel", "Zweck", "Braucht")
SECTIONS = ("Personen", "Räume", "Themen", "Einstellungen")
ROLES: Mapping[str, Role] = {
    "Gast": Role.GUEST,
    "Praxispartner": Role.PARTNER,
    "Teilnehmende": Role.PARTICIPANT,
    "Koordination": Role.COORDINATOR,
    "Admin": Role.ADMIN,
}
LANGUAGES = {"Deutsch": "de", "Englisch": "en"}
FORMS = {"per Sie": Form.SIE, "per Du": Form.DU, "in Leichter Sprache": Form.LEICHT}
STATES: Mapping[str, State] = {
    "wartet auf Freigabe": State.WAITING,
    "vorgeschlagen": State.PROPOSED,
    "in der Abstimmung": State.ON_BALLOT,
    "ausgewählt": State.SELECTED,
    "Workshop geplant": State.SCHEDULED,
    "Workshop gehalten": State.HELD,
    "nicht ausgewählt": State.NOT_SELECTED,
    "zurückgezogen": State.WITHDRAWN,
}
JOINING = {"Einladung": "invite", "Raum": "room", "offen": "open"}
NEEDS = ("Dateien", "Einladungen", "Knöpfe", "Links", "kurze Bildtexte", "leere Nachrichten", "lange Nachrichten")

_HEAD = re.compile(rf"(?P<key>{'|'.join((*SAID, *SECTIONS))}):(?: (?P<value>.*))?")
_NAMED = re.compile(r"(?P<name>[^:]+?): (?P<rest>.+)")
_ROOM = re.compile(rf"{quoted('name')}: (?P<rest>.+)")
_GROUP = re.compile(rf"Gruppe {quoted('name')}")
_CALLED = re.compile(rf"heißt {quoted('name')}")


@dataclass(slots=True)
class Head:
    """What the head says, line by line."""

    said: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[Line]] = field(default_factory=dict)


def read_head(reader: Reader) -> Head:
    """Read up to the first act. Raises :class:`Mistake`."""
    head = Head()
    while (line := reader.peek()) and line.depth == 0 and (match := _HEAD.fullmatch(line.text)):
        reader.take()
        key, value = match["key"], match["value"] or ""
        if key in head.said or key in head.sections:
            raise reader.mistake(line.number, f"„{key}“ steht schon weiter oben.")
        if key in SAID:
            head.said[key] = " ".join([value, *_below(reader)]).strip()
        else:
            head.sections[key] = _entries(reader, key, line, value)
    for key in ("Titel", "Zweck"):
        if not head.said.get(key):
            raise reader.mistake(1, f"Oben fehlt die Zeile „{key}: …“.")
    return head


def _below(reader: Reader) -> list[str]:
    return [line.text for line in _indented(reader)]


def _entries(reader: Reader, key: str, line: Line, value: str) -> list[Line]:
    if value:
        raise reader.mistake(line.number, f"Unter „{key}:“ steht jeder Eintrag in einer eigenen, eingerückten Zeile.")
    return _indented(reader)


def _indented(reader: Reader) -> list[Line]:
    found = []
    while (line := reader.peek()) and line.depth == 1:
        found.append(reader.take())
    return found


def read_needs(reader: Reader, head: Head) -> frozenset[str]:
    """What a channel must be able to do. Raises :class:`Mistake`."""
    words = listed(head.said.get("Braucht", ""))
    return frozenset(reader.known(1, word, NEEDS, "Braucht") for word in words if word)


def read_cast(reader: Reader, head: Head) -> Cast:
    """Everybody and everything that takes part. Raises :class:`Mistake`."""
    people = tuple(_person(reader, line) for line in head.sections.get("Personen", []))
    if not people:
        raise reader.mistake(1, "Unter „Personen:“ steht noch niemand.")
    names = [person.name for person in people]
    cast = Cast(
        people,
        tuple(_room(reader, line, names) for line in head.sections.get("Räume", [])),
        tuple(_topic(reader, line, names) for line in head.sections.get("Themen", [])),
    )
    for line in head.sections.get("Einstellungen", []):
        cast = _set(reader, line, cast)
    return cast


def _person(reader: Reader, line: Line) -> Person:
    match = _NAMED.fullmatch(line.text)
    if not match:
        raise reader.mistake(line.number, "Eine Person wird so eingetragen: „Musterstadt: Teilnehmende“.")
    role, *more = listed(match["rest"])
    person = Person(match["name"], ROLES[reader.known(line.number, role, ROLES, "Rollen")], shown=match["name"])
    for word in more:
        person = _described(reader, line, person, word)
    return person


def _described(reader: Reader, line: Line, person: Person, word: str) -> Person:
    if group := _GROUP.fullmatch(word):
        return replace(person, group=group["name"])
    if called := _CALLED.fullmatch(word):
        return replace(person, shown=understood(called["name"]))
    if word == "ohne Direktchat":
        return replace(person, met=False)
    if word in LANGUAGES:
        return replace(person, language=LANGUAGES[word])
    if word in FORMS:
        return replace(person, form=FORMS[word])
    raise reader.mistake(line.number, f"„{word}“ sagt nichts über eine Person.")


def _room(reader: Reader, line: Line, people: list[str]) -> Room:
    match = _ROOM.fullmatch(line.text)
    if not match:
        raise reader.mistake(line.number, "Ein Raum wird so eingetragen: „Runde“: Musterstadt, Musterdorf; verbunden")
    members, *more = (part.strip() for part in match["rest"].split(";"))
    inside = tuple(reader.known(line.number, name, people, "Personen") for name in listed(members))
    room = Room(match["name"], inside, None)
    for word in more:
        room = _furnished(reader, line, room, word)
    return room


def _furnished(reader: Reader, line: Line, room: Room, word: str) -> Room:
    if group := _GROUP.fullmatch(word):
        return replace(room, group=group["name"])
    match word:
        case "verbunden":
            return replace(room, purpose=Purpose.PROGRAMME)
        case "verbunden als Raum der Koordination":
            return replace(room, purpose=Purpose.COORDINATION)
        case "nicht verbunden":
            return room
        case _ if word in LANGUAGES:
            return replace(room, language=LANGUAGES[word])
    raise reader.mistake(line.number, f"„{word}“ sagt nichts über einen Raum.")


def _topic(reader: Reader, line: Line, people: list[str]) -> Topic:
    question, *more = (part.strip() for part in line.text.split(" | "))
    topic = Topic(understood(question), "")
    for part in more:
        topic = _told(reader, line, topic, part, people)
    if not topic.author:
        raise reader.mistake(line.number, "Es fehlt, von wem das Thema ist: … | von Musterstadt")
    return topic


def _told(reader: Reader, line: Line, topic: Topic, part: str, people: list[str]) -> Topic:
    key, _, value = part.partition(" ")
    match key, value:
        case "von", name:
            return replace(topic, author=reader.known(line.number, name, people, "Personen"))
        case "unterstützt", names:
            known = (reader.known(line.number, name, people, "Personen") for name in listed(names.removeprefix("von ")))
            return replace(topic, supporters=tuple(known))
        case "Hintergrund", text:
            return replace(topic, background=understood(text))
        case "Stand", word:
            return replace(topic, state=STATES[reader.known(line.number, word, STATES, "Stände")])
        case "anonym", "":
            return replace(topic, anonymous=True)
    raise reader.mistake(line.number, f"„{part}“ sagt nichts über ein Thema.")


def _set(reader: Reader, line: Line, cast: Cast) -> Cast:
    match line.text.split(": "):
        case "Freigabe", ("an" | "aus") as word:
            return replace(cast, moderation=word == "an")
        case "Zustimmung", ("an" | "aus") as word:
            return replace(cast, second_approval=word == "an")
        case "Beitritt", word:
            return replace(cast, join=JOINING[reader.known(line.number, word, JOINING, "Beitritt")])
    raise reader.mistake(
        line.number, "Einzustellen sind „Freigabe“ und „Zustimmung“ mit „an“ oder „aus“, und „Beitritt: …“."
    )
