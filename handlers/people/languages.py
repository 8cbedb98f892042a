"""The language of a member, and of a room."""

from dataclasses import replace

from domain.chat import Action
from domain.people import Role
from domain.refusal import Refused
from domain.writing import folded
from handlers.context import Here
from handlers.routing import Bare, Command, Press, Routes
from storage import audit, people, rooms

LANGUAGES = ("de", "en")
_CALLED = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}


def choose(here: Here, argument: str) -> None:
    """``/sprache en``; without a word the languages are offered. In a room it is the room's language."""
    if not argument:
        offer(here)
        return
    language = _CALLED.get(folded(argument))
    if language is None:
        raise Refused("people-language-unknown")
    speak(here, language)


def offer(here: Here) -> None:
    """Ask for the language by buttons."""
    _check(here)
    buttons = tuple(
        here.voice.button(f"common-language-{language}", Action("people.language", (language,)))
        for language in LANGUAGES
    )
    here.reply(here.say("people-ask-language"), (buttons,))


def speak(here: Here, language: str) -> None:
    """Use this language from now on, with the member or in the room."""
    _check(here)
    if here.room:
        rooms.change_room(here.db, here.room.id, language=language)
        audit.add_entry(here.db, here.now, here.me.id, "rooms.language", (here.room.id, language))
        here.room = replace(here.room, language=language)
    else:
        people.change_member(here.db, here.me.id, language=language)
        here.member = replace(here.me, language=language)
    here.voice = here.voice_here()
    here.reply(here.say("people-language-room" if here.room else "people-language-set"))


def _check(here: Here) -> None:
    """Only coordinators choose for a whole room."""
    if here.address.private:
        return
    if here.room is None:
        raise Refused("rooms-not-connected")
    if here.role < Role.COORDINATOR:
        raise Refused("common-only-coordinator")


ROUTES = Routes(
    commands=(Command("people.language", ("sprache", "language"), choose, bare=Bare.ALWAYS),),
    presses={"people.change_language": Press(offer), "people.language": Press(speak)},
)
