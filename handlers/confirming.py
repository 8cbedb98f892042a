"""Asking once more before something that cannot be undone easily."""

from collections.abc import Callable

from domain.chat import Html, Message
from domain.people import Role
from domain.refusal import Refused
from domain.writing import folded
from handlers.context import Here
from handlers.dialogue import NO, Dialogue, Step, option
from storage.dialogs import Data

YES = "yes"
_YES_WORDS = frozenset({YES, "ja"})
_NO_WORDS = frozenset({NO, "nein"})
STEP = "sure"


def confirmation(
    name: str, role: Role, ask: Callable[[Here, Data], Html], label: str, act: Callable[[Here, Data], None]
) -> Dialogue:
    """A dialogue of one question, to be begun at :data:`STEP`: ``act`` is done when the button ``label`` is chosen."""

    def question(here: Here, data: Data) -> Message:
        return Message(ask(here, data), ((option(here.voice, label, YES), option(here.voice, "common-no", NO)),))

    def take(here: Here, data: Data, word: str) -> None:
        if folded(word) in _YES_WORDS:
            act(here, data)
        elif folded(word) in _NO_WORDS:
            here.reply(here.say("common-nothing-done"))
        else:
            raise Refused("common-yes-or-no")

    return Dialogue(name, role, {STEP: Step(question, take)})
