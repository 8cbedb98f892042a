"""Plays a transcript on a stage and notes what really appeared."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.transcripts.dialogue import (
    Act,
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
from tests.transcripts.notation import revealed
from tests.transcripts.stage import Event, Noticed, Seen
from tests.world import World

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""The smallest picture there is."""
BETWEEN = timedelta(minutes=1)
"""Each act is done a minute after the one before."""


class Impossible(Exception):
    """Nobody could do this: there is no such button or message; the message says so in German."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, so that they can change it."""

    person: str
    chat: Chat
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Played:
    """One scene as it went: what appeared, or why it was not possible."""

    scene: Scene
    entries: tuple[Entry, ...]
    impossible: str = ""


@dataclass(slots=True)
class Player:
    """Does what the people of a transcript do."""

    world: World
    written: list[Written] = field(default_factory=list)
    read: int = 0

    async def play(self, transcript: Transcript) -> list[Played]:
        """All scenes, up to the first that is not possible."""
        played: list[Played] = []
        for scene in transcript.scenes:
            try:
                played.append(await self._scene(scene))
            except Impossible as error:
                return [*played, Played(scene, (), str(error))]
        return played

    async def _scene(self, scene: Scene) -> Played:
        self.world.calendar.pass_by(BETWEEN)
        await self.do(scene.act)
        await self.world.settle()
        events = self.world.stage.events
        fresh, self.read = events[self.read :], len(events)
        return Played(scene, tuple(self._entry(event) for event in fresh))

    async def do(self, act: Act) -> None:
        """Let it happen. Raises :class:`Impossible`."""
        stage = self.world.stage
        match act:
            case Say(person, chat, text):
                await self._write(person, chat, text)
            case Send(person, chat, file) as sent:
                await stage.send(person, chat, file, PIXEL if sent.picture else file.encode(), picture=sent.picture)
            case Reply(person, chat, to, text):
                await self._write(person, chat, text, self._message(chat, to))
            case Change(person, chat, old, text):
                await stage.edit(person, chat, self._own(person, chat, old), text)
            case Press(person, chat, label, on, late):
                await stage.press(person, *self._button(chat, label, on, late=late))
            case Forge(person, label, victim):
                await stage.forge(person, self._with_buttons(Chat(person)), *self._button(Chat(victim), label))
            case ForgeNumber(person, number):
                own = self._with_buttons(Chat(person))
                await stage.forge(person, own, own, number - 1)
            case other:
                await self._move(other)

    async def _move(self, act: Open | Leave | Wait | Restart) -> None:
        match act:
            case Open(person, code):
                await self.world.stage.open(person, code)
            case Leave(person, chat):
                await self.world.stage.leave(person, chat)
            case Wait(duration):
                await self.world.wait(duration)
            case Restart():
                await self.world.restart()

    async def _write(self, person: str, chat: Chat, text: str, to: Seen | None = None) -> None:
        message = await self.world.stage.say(person, chat, text, to)
        self.written.append(Written(person, chat, message, text))

    def _own(self, person: str, chat: Chat, old: str) -> str:
        for one in reversed(self.written):
            if (one.person, one.chat) == (person, chat) and old in one.text:
                return one.message
        raise Impossible(f"{person} hat dort nichts geschrieben, worin „{old}“ vorkommt.")

    def _message(self, chat: Chat, containing: str) -> Seen:
        for seen in reversed(self.on_show(chat)):
            if containing in seen.text:
                return seen
        raise Impossible(f"Dort ist keine Nachricht zu sehen, in der „{containing}“ vorkommt.")

    def _button(self, chat: Chat, label: str, on: str = "", *, late: bool = False) -> tuple[Seen, int]:
        for seen in reversed(self._gone(chat) if late else self.on_show(chat)):
            if on in seen.text and label in seen.labels:
                return seen, seen.labels.index(label)
        where = f" an einer Nachricht mit „{on}“" if on else ""
        raise Impossible(f"Dort ist{where} kein Knopf [{label}] zu sehen.")

    def _with_buttons(self, chat: Chat) -> Seen:
        for seen in reversed(self.on_show(chat)):
            if seen.buttons:
                return seen
        raise Impossible("Dort ist keine Nachricht mit Knöpfen zu sehen.")

    def on_show(self, chat: Chat) -> list[Seen]:
        """What the chat shows now, oldest message first."""
        newest: dict[str, Seen] = {}
        for seen in self._history(chat):
            newest[seen.message] = seen
        return list(newest.values())

    def _gone(self, chat: Chat) -> list[Seen]:
        """What the chat showed earlier and shows no more."""
        shown = {id(seen) for seen in self.on_show(chat)}
        return [seen for seen in self._history(chat) if id(seen) not in shown]

    def _history(self, chat: Chat) -> list[Seen]:
        return [event for event in self.world.stage.events if isinstance(event, Seen) and event.chat == chat]

    def _entry(self, event: Event) -> Entry:
        if isinstance(event, Noticed):
            return Entry(Chat(event.person), Kind.NOTICE, (self.world.common_words(" ".join(revealed(event.text))),))
        return Entry(event.chat, Kind.EDIT if event.edited else Kind.MESSAGE, self._lines(event))

    def _lines(self, seen: Seen) -> tuple[str, ...]:
        put = self.world.common_words
        lines = tuple(map(put, revealed(seen.text))) if seen.text.strip() else ()
        picture = (f"(Bild: {put(seen.picture)})",) if seen.picture else ()
        file = (f"(Datei: {seen.file})",) if seen.file else ()
        rows = tuple(" ".join(f"[{label}]" for label in row) for row in seen.buttons)
        return (*lines, *picture, *file, *rows)


def same(expected: Sequence[Entry], actual: Sequence[Entry], act: Act, *, notices: bool) -> bool:
    """Whether exactly what was expected appeared, in order within each chat.

    Without ``notices`` a notice may have appeared as a message in the chat of the act, wherever in the order.
    """
    told, shown = list(expected), list(actual)
    if not notices:
        told, shown = _without_notices(told, shown, act)
    return _by_chat(told) == _by_chat(shown)


def _without_notices(told: list[Entry], shown: list[Entry], act: Act) -> tuple[list[Entry], list[Entry]]:
    for notice in [entry for entry in told if entry.kind is Kind.NOTICE]:
        said = Entry(getattr(act, "chat", notice.chat), Kind.MESSAGE, notice.lines)
        if said in shown:
            told.remove(notice)
            shown.remove(said)
    return told, shown


def _by_chat(entries: Sequence[Entry]) -> dict[tuple[Chat, bool], list[Entry]]:
    # Notices come by another way than messages, so their order among these means nothing.
    found: dict[tuple[Chat, bool], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.chat, entry.kind is Kind.NOTICE), []).append(entry)
    return found
