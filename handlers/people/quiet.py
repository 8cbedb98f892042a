"""A member's own quiet hours."""

from dataclasses import replace

from domain.chat import Message
from domain.hours import QuietHours, read_quiet
from domain.people import Role
from handlers.context import Here, Voice
from handlers.dialogue import Dialogue, Step, begin, option
from handlers.routing import Command, Place, Press, Routes
from storage import people
from storage.dialogs import Data

OFF = "aus"


def choose(here: Here, argument: str) -> None:
    """``/ruhezeit 20-7`` or ``/ruhezeit aus``; without a word the present ones are shown, and asked for."""
    if argument:
        _set(here, argument)
    else:
        ask(here)


def ask(here: Here) -> None:
    """Ask when the member wants to be left alone."""
    begin(here, QUIET, "quiet")


def described(voice: Voice, quiet: QuietHours | None) -> str:
    """Quiet hours in a few words."""
    return voice.plain("people-quiet-hours", **_shown(quiet)) if quiet else voice.plain("people-quiet-none")


def _ask(here: Here, _: Data) -> Message:
    text = here.say("people-ask-quiet", quiet=described(here.voice, here.me.quiet))
    return Message(text, ((option(here.voice, "people-quiet-off", OFF),),))


def _take(here: Here, _: Data, text: str) -> None:
    _set(here, text)


def _set(here: Here, text: str) -> None:
    quiet = read_quiet(text)
    people.set_quiet(here.db, here.me.id, quiet)
    here.member = replace(here.me, quiet=quiet)
    here.reply(here.say("people-quiet-set", **_shown(quiet)) if quiet else here.say("people-quiet-cleared"))


def _shown(quiet: QuietHours) -> dict[str, str]:
    return {"start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}


QUIET = Dialogue("people.quiet", Role.PARTNER, {"quiet": Step(_ask, _take)})

ROUTES = Routes(
    commands=(Command("people.quiet", ("ruhezeit", "quiet"), choose, place=Place.DIRECT),),
    presses={"people.change_quiet": Press(ask)},
    dialogues=(QUIET,),
)
