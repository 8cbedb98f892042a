"""Guided dialogues: one question after another, each with a way back and a way out, surviving a restart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.chat import Action, Button, Message
from domain.commands import read_number
from domain.people import Role
from domain.refusal import Refused
from domain.writing import folded
from handlers.context import Here, Voice
from storage import dialogs
from storage.dialogs import Data, Dialog

ANSWER = "dialogue.answer"
BACK, CANCEL, SKIP, NO = "back", "cancel", "skip", "no"
BACK_WORDS = frozenset({"zurück", "zurueck", "back"})
CANCEL_WORDS = frozenset({"abbrechen", "abbruch", "cancel"})


@dataclass(frozen=True, slots=True)
class Step:
    """One question. ``take`` reads the answer into the data and names the next step, or None when all is done.

    ``take`` gets the word of a pressed (or typed) choice, otherwise what was typed; it raises
    :class:`~domain.refusal.Refused` when that is no answer, and the question stays open. ``numeric``: a typed number
    is the answer itself, although there are choices. ``words`` are answers too that no choice is called.
    """

    ask: Callable[[Here, Data], Message]
    take: Callable[[Here, Data, str], str | None]
    numeric: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A named set of steps for people with at least ``role``.

    ``yields``: the bare word of a command is the command, not an answer. ``passing``: it may be left unanswered;
    what is no answer is something new, after which nobody wants to hear the question again.
    """

    name: str
    role: Role
    steps: Mapping[str, Step]
    yields: bool = False
    passing: bool = False


def option(voice: Voice, key: str, word: str, /, **values: object) -> Button:
    """A choice of a question: labelled ``key``, answered as ``word``."""
    return voice.button(key, Action(ANSWER, (0, word)), **values)


def begin(here: Here, dialogue: Dialogue, step: str, data: Data | None = None) -> None:
    """Ask the first question; a dialogue open in this chat is left for it."""
    _ask(here, dialogue, Dialog(dialogue.name, step, _next_turn(here), data or {}, ()))


def find_open(here: Here) -> Dialog | None:
    """What this person is in the middle of in this chat."""
    return dialogs.find_dialog(here.db, *_place(here))


def ask_again(here: Here, dialogue: Dialogue, dialog: Dialog) -> None:
    """Repeat the open question, for instance after a command in between."""
    _ask(here, dialogue, replace(dialog, turn=dialog.turn + 1))


def answer(here: Here, dialogue: Dialogue, dialog: Dialog, text: str) -> None:
    """Go on with what was typed: a choice by number or label, a way out, or an answer."""
    buttons = _question(here, dialogue, dialog).buttons
    ways = 2 if dialog.past else 1
    # Where only the ways back and out are offered, a number is what was asked for and leads neither back nor out.
    by_number = len(buttons) > ways and not dialogue.steps[dialog.step].numeric
    _go(here, dialogue, dialog, _word(buttons, text, by_number=by_number))


def answers(here: Here, dialogue: Dialogue, dialog: Dialog, text: str) -> bool:
    """Whether what was typed is one of the answers the question knows."""
    word = _word(_question(here, dialogue, dialog).buttons, text, by_number=True)
    return word != text or folded(text) in (dialogue.steps[dialog.step].words | CANCEL_WORDS | BACK_WORDS)


def press(here: Here, dialogue: Dialogue | None, dialog: Dialog | None, turn: int, word: str) -> None:
    """Go on with a pressed choice. Raises :class:`Refused` when the question has been answered already."""
    if dialogue is None or dialog is None or dialog.turn != turn:
        raise Refused("dialogue-stale")
    _go(here, dialogue, dialog, word)


def _go(here: Here, dialogue: Dialogue, dialog: Dialog, word: str) -> None:
    if word == CANCEL:
        cancel(here)
    elif word == BACK:
        back(here, dialogue, dialog)
    else:
        _take(here, dialogue, dialog, word)


def cancel(here: Here) -> None:
    """Leave the dialogue, as the person wished."""
    forget(here)
    here.reply(here.say("dialogue-cancelled"))


def forget(here: Here) -> None:
    """Leave the dialogue without a word."""
    dialogs.end_dialog(here.db, *_place(here))


def back(here: Here, dialogue: Dialogue, dialog: Dialog) -> None:
    """Ask the question before; at the first one this is the way out."""
    if not dialog.past:
        cancel(here)
        return
    step, data = dialog.past[-1]
    _ask(here, dialogue, Dialog(dialog.name, step, dialog.turn + 1, data, dialog.past[:-1]))


def _take(here: Here, dialogue: Dialogue, dialog: Dialog, word: str) -> None:
    data = dict(dialog.data)
    following = dialogue.steps[dialog.step].take(here, data, word)
    if following is None:
        _end(here, dialog)
        return
    past = (*dialog.past, (dialog.step, dialog.data))
    _ask(here, dialogue, Dialog(dialog.name, following, dialog.turn + 1, data, past))


def _end(here: Here, dialog: Dialog) -> None:
    # The last step may have begun another dialogue; that one stays.
    if find_open(here) == dialog:
        dialogs.end_dialog(here.db, *_place(here))


def _ask(here: Here, dialogue: Dialogue, dialog: Dialog) -> None:
    dialogs.save_dialog(here.db, *_place(here), dialog, here.now)
    question = _question(here, dialogue, dialog)
    here.reply(question.text, question.keyboard, subject=f"dialogue:{dialog.turn}", attachment=question.attachment)


def _question(here: Here, dialogue: Dialogue, dialog: Dialog) -> Message:
    """The open question with the ways back and out added to its choices; where one may say No, that is the way out."""
    question = dialogue.steps[dialog.step].ask(here, dialog.data)
    back_there = (option(here.voice, "dialogue-back", BACK),) if dialog.past else ()
    refusable = any(button.action.args[1:] == (NO,) for button in question.buttons)
    ways = back_there if refusable else (*back_there, option(here.voice, "dialogue-cancel", CANCEL))
    rows = (*question.keyboard, ways) if ways else question.keyboard
    return replace(question, keyboard=tuple(tuple(_numbered(button, dialog.turn) for button in row) for row in rows))


def _numbered(button: Button, turn: int) -> Button:
    if button.action.name != ANSWER:
        return button
    return replace(button, action=Action(ANSWER, (turn, *button.action.args[1:])))


def _word(buttons: Sequence[Button], text: str, *, by_number: bool) -> str:
    """The word of the choice that was typed as its number or label; otherwise the text itself."""
    typed = folded(text)
    if typed in CANCEL_WORDS:
        return CANCEL
    if typed in BACK_WORDS:
        return BACK
    number = read_number(text) if by_number else None
    if number is not None and 1 <= number <= len(buttons):
        return str(buttons[number - 1].action.args[1])
    return next((str(button.action.args[1]) for button in buttons if folded(button.say) == typed), text)


def _next_turn(here: Here) -> int:
    open_one = find_open(here)
    # In milliseconds, so that no question of the dialogue before can have had the same number.
    return open_one.turn + 1 if open_one else int(here.now.timestamp() * 1000) % 2**30


def _place(here: Here) -> tuple[str, str, str]:
    return here.address.channel, here.address.chat, here.incoming.sender.id
