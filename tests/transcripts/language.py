"""Reads a transcript file: the head, then act after act with what appears."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.transcripts.casting import read_cast, read_head, read_needs
from tests.transcripts.dialogue import (
    Act,
    Cast,
    Change,
    Chat,
    Entry,
    Forge,
    ForgeNumber,
    Kind,
    Leave,
    Open,
    Press,
    Reply,
    Restart,
    Say,
    Scene,
    Send,
    Transcript,
    Wait,
)
from tests.transcripts.notation import understood, unfolded
from tests.transcripts.reading import Line, Reader, quoted

FOLDER = Path(__file__).parent
UNITS = {"Minute": "minutes", "Stunde": "hours", "Tag": "days", "Woche": "weeks"}

_IN = rf"(?: in {quoted('room')})?"
_TEXT = r":(?: (?P<text>.*))?"
_WAIT = re.compile(r"Zeit: (?P<number>\d{1,3}) (?P<unit>Minute|Stunde|Tag|Woche)(?:n|e)? später")


@dataclass(frozen=True, slots=True)
class Found:
    """An act's first line in its parts, with the text that goes with it."""

    person: str
    chat: Chat
    parts: Mapping[str, str | None]
    text: str

    def __getitem__(self, name: str) -> str:
        return understood(self.parts[name] or "")


_ACTS: tuple[tuple[re.Pattern[str], Callable[[Found], Act]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"(?: im Direktchat| in {quoted('room')}){_TEXT}", lambda f: Say(f.person, f.chat, f.text)),
        (rf" schickt{_IN} {quoted('file')}", lambda f: Send(f.person, f.chat, f["file"])),
        (rf" antwortet{_IN} auf {quoted('on')}{_TEXT}", lambda f: Reply(f.person, f.chat, f["on"], f.text)),
        (rf" ändert{_IN} {quoted('on')} in{_TEXT}", lambda f: Change(f.person, f.chat, f["on"], f.text)),
        (
            rf" drückt{_IN}(?: auf {quoted('on')})?(?P<late> verspätet)? \[(?P<label>.+)\]",
            lambda f: Press(f.person, f.chat, f["label"], f["on"], bool(f["late"])),
        ),
        (
            r" fälscht einen Druck auf \[(?P<label>.+)\] aus dem Direktchat von (?P<victim>.+)",
            lambda f: Forge(f.person, f["label"], f["victim"]),
        ),
        (
            r" fälscht einen Druck auf Knopf (?P<number>\d{1,3})",
            lambda f: ForgeNumber(f.person, int(f["number"])),
        ),
        (r" öffnet den Chat(?: mit Code (?P<code>\S+))?", lambda f: Open(f.person, f["code"])),
        (rf" verlässt (?:den Direktchat|{quoted('room')})", lambda f: Leave(f.person, f.chat)),
    )
)


def load(path: Path) -> Transcript:
    """The transcript in a file. Raises :class:`~tests.transcripts.reading.Mistake`."""
    return parse(path.read_text("utf-8"), path.name)


def parse(source: str, name: str) -> Transcript:
    """The transcript. Raises :class:`~tests.transcripts.reading.Mistake`."""
    reader = Reader(name, source)
    head = read_head(reader)
    cast = read_cast(reader, head)
    scenes = []
    while reader.peek():
        scenes.append(_scene(reader, cast))
    if not scenes:
        raise reader.mistake(len(reader.source), "Es geschieht nichts.")
    return Transcript(
        name=name.rpartition(".")[0] or name,
        title=head.said["Titel"],
        purpose=head.said["Zweck"],
        cast=cast,
        scenes=tuple(scenes),
        lines=reader.source,
        needs=read_needs(reader, head),
    )


def _scene(reader: Reader, cast: Cast) -> Scene:
    line = reader.take()
    if line.depth:
        raise reader.mistake(line.number, "Diese Zeile ist eingerückt, gehört aber zu keiner Handlung.")
    act = _act(reader, line, cast)
    first = reader.at
    entries = []
    while (heading := reader.peek()) and heading.depth:
        if heading.depth != 1:
            raise reader.mistake(heading.number, "Über diesem Text fehlt, wem er erscheint, zum Beispiel „An …:“.")
        entries.append(_entry(reader, reader.take(), cast))
    return Scene(act, line.number, tuple(entries), first, reader.at)


def _act(reader: Reader, line: Line, cast: Cast) -> Act:
    if line.text == "Neustart":
        return Restart()
    if wait := _WAIT.fullmatch(line.text):
        return Wait(timedelta(**{UNITS[wait["unit"]]: int(wait["number"])}))
    person = _who(reader, line, cast)
    rest = line.text[len(person) :]
    for pattern, make in _ACTS:
        if match := pattern.fullmatch(rest):
            return make(_found(reader, line, cast, person, match))
    raise reader.mistake(line.number, f"Was {person} hier tut, ist nicht zu verstehen. Die Formen zeigt README.md.")


def _who(reader: Reader, line: Line, cast: Cast) -> str:
    names = sorted((person.name for person in cast.people), key=len, reverse=True)
    for name in names:
        if line.text.startswith((f"{name} ", f"{name}:")):
            return name
    first = re.split(r"[ :]", line.text)[0]
    return reader.known(line.number, first, names, "Personen")


def _found(reader: Reader, line: Line, cast: Cast, person: str, match: re.Match[str]) -> Found:
    parts = match.groupdict()
    if parts.get("victim"):
        reader.known(line.number, parts["victim"] or "", [p.name for p in cast.people], "Personen")
    room = parts.get("room")
    chat = _room(reader, line, cast, room) if room else Chat(person)
    below = reader.text()
    if "text" not in parts and any(below):
        raise reader.mistake(line.number + 1, "Zu dieser Handlung gehört kein Text.")
    if "text" in parts and not parts["text"] and not any(below):
        raise reader.mistake(line.number, f"Es fehlt, was {person} schreibt.")
    text = "\n".join([parts["text"], *below] if parts.get("text") else below)
    return Found(person, chat, parts, understood(text))


def _room(reader: Reader, line: Line, cast: Cast, name: str) -> Chat:
    return Chat(reader.known(line.number, name, [room.name for room in cast.rooms], "Räume"), room=True)


_HEADING = re.compile(rf"(?:An (?P<person>[^:,]+)|In {quoted('room')})(?P<edit>, geändert)?:(?: (?P<text>.*))?")
_NOTICE = re.compile(r"Hinweis an (?P<person>[^:,]+):(?: (?P<text>.*))?")


def _entry(reader: Reader, line: Line, cast: Cast) -> Entry:
    heading = _HEADING.fullmatch(line.text)
    notice = _NOTICE.fullmatch(line.text)
    match = heading or notice
    if match is None:
        raise reader.mistake(line.number, "Hier steht „An …:“, „In „…“:“ oder „Hinweis an …:“, sonst nichts.")
    chat = _chat(reader, line, cast, match)
    lines = _body(reader, line, match["text"])
    if notice:
        return Entry(chat, Kind.NOTICE, (" ".join(lines),))
    return Entry(chat, Kind.EDIT if match["edit"] else Kind.MESSAGE, lines)


def _chat(reader: Reader, line: Line, cast: Cast, match: re.Match[str]) -> Chat:
    parts = match.groupdict()
    if room := parts.get("room"):
        return _room(reader, line, cast, room)
    return Chat(reader.known(line.number, match["person"], [person.name for person in cast.people], "Personen"))


def _body(reader: Reader, line: Line, inline: str | None) -> tuple[str, ...]:
    lines = reader.text()
    if inline:
        lines = (inline, *lines)
    if not any(lines):
        raise reader.mistake(line.number, "Unter dieser Zeile fehlt, was dort zu lesen ist.")
    return tuple(map(unfolded, lines))
