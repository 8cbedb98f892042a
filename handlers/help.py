"""Help, made from the table of commands: what this person may do, here, told in parts."""

from collections.abc import Callable, Iterable

from domain.chat import Action, Button, Html, Keyboard
from domain.commands import nearest, read_bare, read_command, spelled
from domain.markup import length
from domain.people import Role
from domain.refusal import Refused
from handlers.context import Here
from handlers.routing import Bare, Command, Place, Press, Routes

LINES = 15
"""How long help may be at a time; where all commands need more, it is an overview of their parts."""
LONGEST = 3500
"""In visible characters; the messenger that takes least takes 4,096."""
BUTTONS_PER_ROW = 2
OWN_PART = "help"

Parts = dict[str, list[Command]]
"""What is possible, by capability: the first part of the commands' names, in the order of the table."""


def help_routes(commands: Callable[[], tuple[Command, ...]]) -> Routes:
    """The routes of help over ``commands``, which are asked for each time, since help is one of them."""

    def show(here: Here, argument: str) -> None:
        """``/hilfe``: all that is possible; ``/hilfe themen``: that part; ``/hilfe thema``: that command."""
        parts = _parts(here, commands())
        word = _word(argument)
        part = next((found for found in parts if spelled(_title(here, found)) == word), None)
        if not word:
            here.reply(*_everything(here, parts))
        elif part:
            here.reply(*_part(here, part, parts[part]))
        else:
            here.reply(*_details(here, _command(here, commands(), word, parts), parts))

    def show_part(here: Here, part: str) -> None:
        """One part in place of what was pressed; with an empty name all of them again."""
        parts = _parts(here, commands())
        if part and part not in parts:
            raise Refused("help-nothing")
        here.replace_pressed(*(_part(here, part, parts[part]) if part else _everything(here, parts)))

    return Routes(
        commands=(Command("help.show", ("hilfe", "help"), show, Role.GUEST, bare=Bare.ALWAYS),),
        presses={"help.part": Press(show_part, Role.GUEST)},
    )


def _word(argument: str) -> str:
    """The one word that was asked about; whole sentences ask about everything."""
    word, rest = read_command(argument) or read_bare(argument) or ("", "")
    return "" if rest else word


def _command(here: Here, commands: Iterable[Command], word: str, parts: Parts) -> Command:
    """The command of that name. Raises :class:`Refused`, with the word most like it that there is help for."""
    command = next((found for found in commands if word in map(spelled, found.words)), None)
    if command:
        return command
    possible = [found.word(here.voice.language) for part in parts.values() for found in part]
    near = nearest(word, [*possible, *(spelled(_title(here, part)) for part in parts)])
    raise Refused("help-nearest", word=word, near=near) if near else Refused("help-unknown", word=word)


def _parts(here: Here, commands: Iterable[Command]) -> Parts:
    parts: Parts = {}
    for command in commands:
        if _possible(here, command):
            parts.setdefault(_part_of(command), []).append(command)
    return parts


def _part_of(command: Command) -> str:
    return command.name.partition(".")[0]


def _possible(here: Here, command: Command) -> bool:
    elsewhere = Place.ROOM if here.address.private else Place.DIRECT
    return command.listed and command.role <= here.role and command.place is not elsewhere


def _title(here: Here, part: str) -> str:
    """Its name, one word, by which it can be asked for."""
    return here.voice.plain(f"help-part-{part}")


def _everything(here: Here, parts: Parts) -> tuple[Html, Keyboard]:
    """Every command with what it does; where that is too long, every part with the words of its commands."""
    head = here.say("help-head-guest" if here.member is None else "help-head", programme=here.policy.programme)
    foot = here.say("help-foot" if here.address.private else "help-foot-room")
    full = Html.joined("\n\n", [head, *(_section(here, part, parts[part]) for part in parts), foot])
    if full.count("\n") < LINES:
        return full, ()
    told = [part for part in parts if part != OWN_PART]
    lines = [here.say("help-line-part", part=_title(here, part), commands=_typed(here, parts[part])) for part in told]
    ask = here.say("help-ask-part", part=_title(here, told[0]).lower())
    overview = Html.joined("\n\n", [head, Html.joined("\n", lines), Html.joined("\n", [ask, foot])])
    buttons = [_button_to(here, part) for part in told]
    return overview, tuple(
        tuple(buttons[start : start + BUTTONS_PER_ROW]) for start in range(0, len(buttons), BUTTONS_PER_ROW)
    )


def _part(here: Here, part: str, commands: list[Command]) -> tuple[Html, Keyboard]:
    ask = here.say("help-ask-command", command=commands[-1].word(here.voice.language))
    return Html.joined("\n\n", [_section(here, part, commands), ask]), ((_button_back(here),),)


def _section(here: Here, part: str, commands: list[Command]) -> Html:
    """The part with all its commands; where they are too many for one message, the words alone."""
    title = Html(f"<b>{_title(here, part)}</b>")
    full = Html.joined("\n", [title, *(_line(here, command) for command in commands)])
    return full if length(full) <= LONGEST else Html.joined("\n", [title, Html(_typed(here, commands))])


def _line(here: Here, command: Command) -> Html:
    summary = here.say(f"command-{command.name.replace('.', '-')}")
    return here.say("help-line", command=_typed(here, [command]), does=summary)


def _typed(here: Here, commands: Iterable[Command]) -> str:
    return ", ".join(here.messenger.typed(command.word(here.voice.language)) for command in commands)


def _button_to(here: Here, part: str) -> Button:
    """Its label is more than the title, which typed alone is a command."""
    return here.voice.button("help-button-part", Action("help.part", (part,)), part=_title(here, part))


def _button_back(here: Here) -> Button:
    return here.voice.button("help-button-all", Action("help.part", ("",)))


def _details(here: Here, command: Command, parts: Parts) -> tuple[Html, Keyboard]:
    if command.role > here.role:
        raise Refused("people-join-first" if here.member is None else f"common-only-{command.role.word}")
    words = list(dict.fromkeys(map(here.messenger.typed, command.words)))
    lines = [
        _line(here, command),
        here.say("help-words", words=words),
        here.say(f"help-place-{command.place.value}"),
    ]
    part = _part_of(command)
    buttons = [_button_to(here, part)] if part in parts and part != OWN_PART else []
    return Html.joined("\n", lines), ((*buttons, _button_back(here)),)
