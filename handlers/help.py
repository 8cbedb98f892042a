"""Help, made from the table of commands: what this person may do, here."""

from collections.abc import Callable, Iterable

from domain.chat import Html
from domain.commands import nearest, read_bare, read_command, spelled
from domain.markup import length
from domain.people import Role
from domain.refusal import Refused
from handlers.context import Here
from handlers.routing import Bare, Command, Place, Routes

LONGEST = 3500
"""In visible characters; the messenger that takes least takes 4,096."""


def help_routes(commands: Callable[[], tuple[Command, ...]]) -> Routes:
    """The routes of help over ``commands``, which are asked for each time, since help is one of them."""

    def show(here: Here, argument: str) -> None:
        """``/hilfe``: all that is possible; ``/hilfe thema``: that command."""
        possible = [command for command in commands() if _possible(here, command)]
        word = _word(argument)
        if not word:
            here.reply(_overview(here, possible))
            return
        command = next((found for found in commands() if word in map(spelled, found.words)), None)
        if command is None:
            raise _unknown(here, word, possible)
        here.reply(_details(here, command))

    return Routes(commands=(Command("help.show", ("hilfe", "help"), show, Role.GUEST, bare=Bare.ALWAYS),))


def _word(argument: str) -> str:
    """The one word that was asked about; whole sentences ask about everything."""
    word, rest = read_command(argument) or read_bare(argument) or ("", "")
    return "" if rest else word


def _unknown(here: Here, word: str, possible: Iterable[Command]) -> Refused:
    near = nearest(word, [command.word(here.voice.language) for command in possible])
    return Refused("help-nearest", word=word, near=near) if near else Refused("help-unknown", word=word)


def _possible(here: Here, command: Command) -> bool:
    elsewhere = Place.ROOM if here.address.private else Place.DIRECT
    return command.listed and command.role <= here.role and command.place is not elsewhere


def _overview(here: Here, possible: list[Command]) -> Html:
    """Every command with its summary; where that is too much for one message, the words alone."""
    head = here.say("help-head-guest" if here.member is None else "help-head", programme=here.policy.programme)
    foot = here.say("help-foot" if here.address.private else "help-foot-room", sign=_sign(here))
    long = _text(head, [_full_section(here, title, part) for title, part in _sections(here, possible)], foot)
    if length(long) <= LONGEST:
        return long
    return _text(head, [_short_section(here, title, part) for title, part in _sections(here, possible)], foot)


def _text(head: Html, sections: list[Html], foot: Html) -> Html:
    return Html.joined("\n\n", [head, *sections, foot])


def _sections(here: Here, possible: list[Command]) -> list[tuple[Html, list[Command]]]:
    """Commands by capability, the first part of their names, in the order of the table."""
    parts: dict[str, list[Command]] = {}
    for command in possible:
        parts.setdefault(command.name.partition(".")[0], []).append(command)
    return [(here.say(f"help-part-{part}"), found) for part, found in parts.items()]


def _full_section(here: Here, title: Html, commands: list[Command]) -> Html:
    lines = [here.say("help-line", command=_typed(here, command), does=_summary(here, command)) for command in commands]
    return Html.joined("\n", [title, *lines])


def _short_section(here: Here, title: Html, commands: list[Command]) -> Html:
    return Html.joined("\n", [title, Html(", ".join(_typed(here, command) for command in commands))])


def _sign(here: Here) -> str:
    """What stands before a command: Element takes a slash for itself."""
    return "!" if here.messenger.kind == "matrix" else "/"


def _typed(here: Here, command: Command) -> str:
    return _sign(here) + command.word(here.voice.language)


def _summary(here: Here, command: Command) -> Html:
    return here.say(f"command-{command.name.replace('.', '-')}")


def _details(here: Here, command: Command) -> Html:
    if command.role > here.role:
        raise Refused("people-join-first" if here.member is None else f"common-only-{command.role.word}")
    words = [_sign(here) + word for word in dict.fromkeys(command.words)]
    lines = [
        here.say("help-line", command=_typed(here, command), does=_summary(here, command)),
        here.say("help-words", words=words),
        here.say(f"help-place-{command.place.value}"),
    ]
    return Html.joined("\n", lines)
