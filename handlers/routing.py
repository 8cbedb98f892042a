"""What an arrival means: the one table of commands, buttons, replies and dialogues, and the order they are tried in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from domain.chat import Action, Address, Edited, Incoming, Message, Outgoing, Pressed, Said, Urgency
from domain.commands import nearest, read_bare, read_command, read_number, spelled
from domain.people import Member, Role
from domain.refusal import Refused
from domain.writing import clean, folded
from handlers import dialogue
from handlers.context import Here, Late, Render, Unit, Voice
from handlers.dialogue import Dialogue, Step, option
from storage import outbox, people, rooms
from storage.database import Transaction
from storage.dialogs import Data, Dialog
from storage.outbox import Shown

NEAREST = "routing.nearest"
"""The dialogue that asks whether the command most like the typed one was meant."""
RUN = "routing.run"
"""The action of a button that stands for a command, which it names."""
CARD_LIFE = timedelta(days=90)
"""How long a card in a chat is kept up to date; nobody scrolls back further."""


class Place(Enum):
    """Where a command makes sense."""

    ANYWHERE = "anywhere"
    DIRECT = "direct"
    ROOM = "room"


class Bare(Enum):
    """What a line in a direct chat means that begins with a command's word, without a sign, and goes on."""

    NEVER = "never"
    """Something else: the command takes no argument."""
    ASKED = "asked"
    """Perhaps the command, so it is asked: "Thema verfehlt" must not propose anything."""
    ALWAYS = "always"
    """The command: it changes nothing that a misunderstood sentence could harm."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be typed. ``words`` are its names, the German one first, then the English one.

    ``needs`` is the key of the question to ask when the argument is missing; empty when the handler copes without.
    ``listed`` says whether help mentions it. ``always``: in a direct chat its bare word means the command whatever is
    going on, even in the middle of a dialogue. ``confidential``: its argument may be what nobody else may learn, such
    as a choice, so it is not kept while the person is asked whether they meant this command.
    """

    name: str
    words: tuple[str, ...]
    handle: Callable[[Here, str], None]
    role: Role = Role.PARTNER
    place: Place = Place.ANYWHERE
    needs: str = ""
    listed: bool = True
    bare: Bare = Bare.ASKED
    always: bool = False
    confidential: bool = False

    def word(self, language: str) -> str:
        """Its name in a language."""
        return self.words[-1] if language == "en" else self.words[0]


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does; ``handle`` gets the action's arguments.

    ``secret``: nobody else may learn that it was pressed. ``poll``: it is an answer of a poll, of which so many may be
    chosen at once; 0 where it is not.
    """

    handle: Callable[..., None]
    role: Role = Role.PARTNER
    secret: bool = False
    poll: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that becomes due by itself, such as the close of a vote.

    Every ``every``, ``due`` lists by number what is due, in a read of its own that has to be cheap. ``do`` then deals
    with one of them in a transaction of its own; as another process may have been faster, it looks again before it
    acts, and leaves nothing that would be due at once.
    """

    name: str
    every: timedelta
    due: Callable[[Transaction, datetime], Sequence[int]]
    do: Callable[[Unit, int], None]


@dataclass(frozen=True, slots=True)
class Routes:
    """All that one capability, or all of them together, can do.

    ``presses`` by action name; ``replies`` and ``cards`` by the kind of subject; ``typed`` likewise: in a direct chat
    they are asked whether a line means something to the newest message with buttons. ``phrases`` are whole sentences
    that mean a command; ``edits`` are asked in turn whether an edited message concerns them; ``arrivals`` react to what
    is neither said nor pressed. ``late`` writes what was left open until it is sent, by name. ``leftovers`` are offered
    in turn what a member wrote in a direct chat and nothing else wanted.
    """

    commands: tuple[Command, ...] = ()
    presses: Mapping[str, Press] = field(default_factory=dict)
    replies: Mapping[str, Press] = field(default_factory=dict)
    cards: Mapping[str, Render] = field(default_factory=dict)
    dialogues: tuple[Dialogue, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Callable[[Here, Edited], bool], ...] = ()
    arrivals: Mapping[type[Incoming], Callable[[Here, Any], None]] = field(default_factory=dict)
    typed: Mapping[str, Callable[[Here, int, str], bool]] = field(default_factory=dict)
    late: Mapping[str, Late] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    leftovers: tuple[Callable[[Here, str], bool], ...] = ()


def combined(parts: Sequence[Routes]) -> Routes:
    """One table from several. Raises ``ValueError`` when two capabilities claim the same word or name."""

    def merged(name: str) -> dict[Any, Any]:
        table: dict[Any, Any] = {}
        for part in parts:
            _without_clash(table, getattr(part, name))
        return table

    commands = tuple(command for part in parts for command in part.commands)
    _without_clash({}, *({spelled(word): None} for command in commands for word in dict.fromkeys(command.words)))
    return Routes(
        commands=commands,
        presses=merged("presses"),
        replies=merged("replies"),
        cards=merged("cards"),
        dialogues=tuple(found for part in parts for found in part.dialogues),
        phrases=merged("phrases"),
        edits=tuple(follow for part in parts for follow in part.edits),
        arrivals=merged("arrivals"),
        typed=merged("typed"),
        late=merged("late"),
        duties=tuple(duty for part in parts for duty in part.duties),
        leftovers=tuple(take for part in parts for take in part.leftovers),
    )


def _without_clash(table: dict[Any, Any], *others: Mapping[Any, Any]) -> None:
    for other in others:
        if both := table.keys() & other.keys():
            message = f"claimed twice: {sorted(map(str, both))}"
            raise ValueError(message)
        table.update(other)


class Router:
    """Finds the meaning of arrivals in a table of routes."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        self._words = {spelled(word): command for command in routes.commands for word in command.words}
        self._always = {word: command for word, command in self._words.items() if command.always}
        self._names = {command.name: command for command in routes.commands}
        self._phrases = {folded(phrase): name for phrase, name in routes.phrases.items()}
        own = (
            Dialogue("routing.argument", Role.GUEST, {"ask": Step(self._ask_argument, self._take_argument)}),
            Dialogue(NEAREST, Role.GUEST, {"ask": Step(self._ask_nearest, self._take_nearest)}, passing=True),
        )
        self._dialogues = {found.name: found for found in (*routes.dialogues, *own)}

    def handle(self, here: Here) -> None:
        """Do what the arrival means. Raises :class:`Refused` when that cannot be done."""
        match here.incoming:
            case Pressed() as pressed:
                self._pressed(here, pressed)
            case Said() as said:
                self._said(here, said)
            case Edited() as edited:
                for follow in self.routes.edits:
                    if follow(here, edited):
                        break
            case other:
                react = self.routes.arrivals.get(type(other))
                if react:
                    react(here, other)
        self.refresh(here)

    def refresh(self, unit: Unit) -> None:
        """Queue what shows the present state of all that changed."""
        for subject in sorted(unit.stale):
            self._refresh_cards(unit, subject)

    def _pressed(self, here: Here, pressed: Pressed) -> None:
        shown = outbox.find_shown(here.db, pressed.address, row=pressed.row, message=pressed.message)
        buttons = [button for row in shown.keyboard for button in row] if shown else []
        if not 0 <= pressed.index < len(buttons):
            raise Refused("common-stale-button")
        here.shown_row = shown.row if shown else 0
        self._act(here, buttons[pressed.index].action)

    def _act(self, here: Here, action: Action) -> None:
        if action.name == dialogue.ANSWER:
            dialog = dialogue.find_open(here)
            turn, word = action.args
            found = self._dialogues.get(dialog.name) if dialog else None
            if found:
                _allow(here, found.role)
            dialogue.press(here, found, dialog, int(turn), str(word))
            return
        if action.name == RUN and (command := self._names.get(str(action.args[0]))):
            self._run(here, command, "")
            return
        press = self.routes.presses.get(action.name)
        if press is None:
            raise Refused("common-stale-button")
        _allow(here, press.role)
        press.handle(here, *action.args)

    def _said(self, here: Here, said: Said) -> None:
        text = clean(said.text)
        if typed := read_command(text):
            self._command(here, *typed)
            return
        if said.address.private and (command := self._always.get(spelled(folded(text)))):
            self._open_question_after(here, lambda: self._run(here, command, ""))
            return
        dialog = dialogue.find_open(here)
        shown = outbox.find_shown(here.db, said.address, message=said.reply_to)
        if dialog and self._meant(here, dialog, shown):
            self._answer(here, dialog, text)
        elif shown:
            self._open_question_after(here, lambda: self._replied(here, shown, text))
        elif said.address.private:
            self._direct(here, text)

    def _meant(self, here: Here, dialog: Dialog, shown: Shown | None) -> bool:
        """Whether what was said is for the open question, rather than an answer to the card ``shown``."""
        if here.address.private:
            return shown is None or shown.subject.partition(":")[0] not in self.routes.replies
        return shown is not None and shown.subject == f"dialogue:{dialog.turn}"

    def _command(self, here: Here, word: str, argument: str) -> None:
        command = self._words.get(word)
        if command:
            self._open_question_after(here, lambda: self._run(here, command, argument))
        elif near := nearest(word, self._near_words(here)):
            self._ask_whether(here, self._words[near], argument)
        elif here.address.private:
            # Not even the word is repeated: it may be meant as a choice in a secret vote.
            raise Refused("common-unknown-command")

    def _open_question_after(self, here: Here, act: Callable[[], None]) -> None:
        """Do something; a dialogue it came in between of is taken up again afterwards."""
        before = dialogue.find_open(here)
        act()
        if before is None or not here.address.private or dialogue.find_open(here) != before:
            return
        if self._dialogues[before.name].passing:
            dialogue.forget(here)
        else:
            dialogue.ask_again(here, self._dialogues[before.name], before)

    def _run(self, here: Here, command: Command, argument: str) -> None:
        _allow(here, command.role)
        if command.place is Place.DIRECT and not here.address.private:
            raise Refused("common-direct-only", command=command.word(here.voice.language))
        if command.place is Place.ROOM and here.address.private:
            raise Refused("common-room-only", command=command.word(here.voice.language))
        if command.needs and not argument:
            dialogue.begin(here, self._dialogues["routing.argument"], "ask", {"command": command.name})
            return
        command.handle(here, argument)

    def _answer(self, here: Here, dialog: Dialog, text: str) -> None:
        found = self._dialogues.get(dialog.name)
        if found is None or dialog.step not in found.steps:
            # The program was changed while the dialogue was open.
            dialogue.cancel(here)
            return
        _allow(here, found.role)
        bare = read_bare(text) if found.yields else None
        if bare and not bare[1] and bare[0] in self._words:
            self._command(here, *bare)
        elif found.passing and here.address.private and not dialogue.answers(here, found, dialog, text):
            self._direct(here, text)
            if dialogue.find_open(here) == dialog:
                dialogue.forget(here)
        else:
            dialogue.answer(here, found, dialog, text)

    def _replied(self, here: Here, shown: Shown, text: str) -> None:
        if action := _typed_choice(shown, text):
            self._act(here, action)
            return
        kind, _, number = shown.subject.partition(":")
        reply = self.routes.replies.get(kind)
        if reply:
            _allow(here, reply.role)
            reply.handle(here, int(number), text)
        elif here.address.private:
            self._direct(here, text)

    def _direct(self, here: Here, text: str) -> None:
        """Anything typed in a direct chat that answers nothing in particular."""
        last = outbox.find_last_shown(here.db, here.address)
        if last and (action := _typed_choice(last, text)):
            self._act(here, action)
            return
        if name := self._phrases.get(folded(text)):
            self._run(here, self._names[name], "")
            return
        word, argument = read_bare(text) or ("", "")
        command = self._words.get(word)
        alone = command is not None and not argument
        if last and not alone and self._typed(here, last, text):
            return
        if command and (not argument or command.bare is Bare.ALWAYS or read_number(argument) is not None):
            self._run(here, command, argument)
        elif command and command.bare is Bare.ASKED and command.role <= here.role:
            self._ask_whether(here, command, argument)
        elif word and not argument and nearest(word, self._near_words(here)):
            self._command(here, word, argument)
        elif here.member is None:
            raise Refused("people-join-first")
        elif not any(take(here, text) for take in self.routes.leftovers):
            raise Refused("common-not-understood")

    def _typed(self, here: Here, shown: Shown, text: str) -> bool:
        """Whether what is on show understood the line."""
        kind, _, number = shown.subject.partition(":")
        understand = self.routes.typed.get(kind)
        return understand is not None and understand(here, int(number), text)

    def _ask_whether(self, here: Here, command: Command, argument: str) -> None:
        kept = "" if command.confidential else argument
        dialogue.begin(here, self._dialogues[NEAREST], "ask", {"command": command.name, "text": kept})

    def _near_words(self, here: Here) -> list[str]:
        return [word for word, command in self._words.items() if command.role <= here.role and command.listed]

    def _ask_nearest(self, here: Here, data: Data) -> Message:
        command = self._names[data["command"]]
        yes, no = option(here.voice, "common-yes", "yes"), option(here.voice, "common-no", "no")
        return Message(here.say("common-did-you-mean", command=command.word(here.voice.language)), ((yes, no),))

    def _take_nearest(self, here: Here, data: Data, word: str) -> None:
        if word == "yes":
            self._run(here, self._names[data["command"]], data["text"])
        elif word == "no":
            here.reply(here.say("common-nothing-done"))
        else:
            raise Refused("common-yes-or-no")

    def _ask_argument(self, here: Here, data: Data) -> Message:
        return Message(here.say(self._names[data["command"]].needs))

    def _take_argument(self, here: Here, data: Data, word: str) -> None:
        if not word:
            raise Refused("common-empty")
        self._run(here, self._names[data["command"]], word)

    def _refresh_cards(self, unit: Unit, subject: str) -> None:
        kind, _, number = subject.partition(":")
        render = self.routes.cards[kind]
        acting = unit.acting.chat if unit.acting else ""
        if everywhere := subject in unit.everywhere:
            shown = outbox.list_everywhere(unit.db, subject)
        elif subject in unit.shared:
            shown = outbox.list_newest(unit.db, subject, unit.now - CARD_LIFE)
        else:
            shown = outbox.list_cards(unit.db, subject, unit.now - CARD_LIFE, acting)
        # What changes in many chats at once keeps nobody waiting for an answer.
        urgency = Urgency.REMINDER if everywhere else Urgency.REPLY
        for row, address in shown:
            reader, voice = _reader(unit, address)
            content = render(unit, int(number), reader, voice, address)
            edit = Outgoing(to=address, content=content, subject=subject, urgency=urgency, replaces=row)
            outbox.refresh(unit.db, edit, unit.now)


def _reader(unit: Unit, address: Address) -> tuple[Member | None, Voice]:
    """Who reads a chat, and in which words."""
    if isinstance(unit, Here) and address == unit.address:
        return (unit.member if address.private else None), unit.voice
    if not address.private:
        room = rooms.find_room(unit.db, address.channel, address.chat)
        return None, unit.voice_in(room) if room else unit.voice_of(None, address.channel)
    known = people.find_in_chat(unit.db, address.channel, address.chat)
    member = known.member if known else None
    return member, unit.voice_of(member, address.channel)


def _allow(here: Here, role: Role) -> None:
    """Raise :class:`Refused` unless the person may do what needs ``role``, here."""
    if not here.address.private and here.room is None and role is not Role.GUEST and here.role < Role.COORDINATOR:
        raise Refused("rooms-not-connected")
    if here.role >= role:
        return
    if here.member is None:
        raise Refused("people-join-first")
    raise Refused(f"common-only-{role.word}")


def _typed_choice(shown: Shown, text: str) -> Action | None:
    """The button meant by a typed number or label."""
    buttons = [button for row in shown.keyboard for button in row]
    number = read_number(text)
    if number is not None:
        return buttons[number - 1].action if 1 <= number <= len(buttons) else None
    typed = folded(text)
    return next((button.action for button in buttons if typed and folded(button.say) == typed), None)
