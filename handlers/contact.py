"""The contact desk: a question reaches the coordination, and the answer goes back to whoever asked."""

import re
from datetime import timedelta

from domain.chat import Action, Address, Button, Html, Message, Outgoing
from domain.people import Member, Purpose, Role
from domain.refusal import Exposed, Refused
from domain.writing import folded, one_line, required, shortened
from handlers.context import Here, Unit, Voice
from handlers.dialogue import NO, Dialogue, Step, begin, find_open, option
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Bare, Command, Duty, Press, Routes
from storage import audit, contact, people, rooms
from storage.contact import Question
from storage.dialogs import Data

TEXT_LIMIT = 2000
TEXT_SHOWN = 80
PER_PAGE = 6
NAMED, UNNAMED = "named", "unnamed"
_YES_WORDS = frozenset({"ja", "yes"})
_NO_WORDS = frozenset({"nein", "no"})
_UNNAMED = re.compile(r"(?:anonym|ohne namen|anonymous|without (?:my )?name)\b[:,]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"(\d{1,9})\s+(\S.*)", re.DOTALL)


def _card_of(number: int) -> str:
    return f"question:{number}"


def _answer_of(number: int) -> str:
    return f"contact-answer:{number}"


def ask(here: Here, argument: str) -> None:
    """``/kontakt Text`` asks with the name, ``/kontakt anonym Text`` without."""
    quiet = _UNNAMED.fullmatch(argument)
    if quiet and not here.address.private:
        # Everybody there has seen who asks.
        raise Exposed("contact-unnamed-direct")
    if quiet and not quiet[1]:
        begin(here, ASK, "text", {"unnamed": True})
    else:
        _add(here, quiet[1] if quiet else argument, unnamed=quiet is not None)


def _ask_text(here: Here, _: Data) -> Message:
    return Message(here.say("contact-ask-text"))


def _take_text(here: Here, data: Data, text: str) -> None:
    _add(here, text, unnamed=bool(data.get("unnamed")))


ASK = Dialogue("contact.ask", Role.PARTNER, {"text": Step(_ask_text, _take_text)})


def offer(here: Here, text: str) -> bool:
    """What nothing else wanted may be meant for the coordination; asked before anything goes there.

    Nobody of the coordination is asked whether to write to themselves.
    """
    if here.role >= Role.COORDINATOR:
        return False
    # People write what they want to say in several messages.
    before = find_open(here)
    whole = f"{before.data['text']}\n{text}" if before and before.name == OFFER.name else text
    readable = any(char.isalpha() for char in text) and not text.startswith(("/", "!"))
    if len(whole) > TEXT_LIMIT or not readable or not _staffed(here):
        return False
    begin(here, OFFER, "how", {"text": whole, "message": getattr(here.incoming, "message", "")})
    return True


def _staffed(here: Here) -> bool:
    """Whether anybody of the coordination could read it."""
    if rooms.list_rooms(here.db, Purpose.COORDINATION):
        return True
    return any(here.address_of(member) for member in people.list_members(here.db, role=Role.COORDINATOR))


def _ask_how(here: Here, data: Data) -> Message:
    voice = here.voice
    ways = (
        option(voice, "contact-button-named", NAMED, name=here.me.name),
        option(voice, "contact-button-unnamed", UNNAMED),
        option(voice, "contact-button-no", NO),
    )
    return Message(voice.say("contact-offer", text=data["text"]), tuple((way,) for way in ways))


def _take_how(here: Here, data: Data, word: str) -> None:
    if word in (NAMED, UNNAMED) or folded(word) in _YES_WORDS:
        _add(here, data["text"], unnamed=word == UNNAMED, message=data["message"])
    elif word == NO or folded(word) in _NO_WORDS:
        here.reply(here.say("contact-not-sent"))
    else:
        raise Refused("common-yes-or-no")


OFFER = Dialogue(
    "contact.offer",
    Role.PARTNER,
    {"how": Step(_ask_how, _take_how, words=_YES_WORDS | _NO_WORDS)},
    passing=True,
)


def _add(here: Here, text: str, *, unnamed: bool, message: str = "") -> None:
    """Take the question down; ``message`` is where it was written, if not just now."""
    written = required(text, TEXT_LIMIT, "contact-empty")
    message = message or getattr(here.incoming, "message", "")
    number = contact.add_question(here.db, here.me.id, written, here.address, message, here.now, unnamed=unnamed)
    _pass_on(here, contact.get_question(here.db, number), written)
    here.reply(here.say("contact-sent-unnamed" if unnamed else "contact-sent", number=str(number)))


def _pass_on(here: Here, question: Question, fresh: str) -> None:
    """Show it in every room of the coordination; where there is none, to each coordinator."""
    office = rooms.list_rooms(here.db, Purpose.COORDINATION)
    for room in office:
        here.tell_room(room, lambda voice: _card(question, voice, fresh), subject=_card_of(question.id))
    if office:
        return
    told = [
        here.tell(member, lambda voice: _card(question, voice, fresh), subject=_card_of(question.id))
        for member in people.list_members(here.db, role=Role.COORDINATOR)
        if member.id != question.member or here.role >= Role.COORDINATOR
    ]
    if not any(told):
        raise Refused("contact-nobody")


def card(unit: Unit, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The question as the coordination sees it; whoever has left the coordination reads no word of it any more."""
    question = contact.get_question(unit.db, number)
    if address.private and (reader is None or reader.role < Role.COORDINATOR):
        return Message(voice.say("contact-card-gone", number=str(number)))
    return _card(question, voice, question.text)


def _card(question: Question, voice: Voice, text: str) -> Message:
    name = question.name or voice.plain("contact-unnamed")
    parts = [voice.say("contact-card", number=str(question.id), name=name, text=text)]
    if question.closed:
        return Message(Html.joined("\n\n", [*parts, voice.say("contact-card-closed")]))
    parts.append(voice.say("contact-card-answered" if question.answered else "contact-card-hint"))
    close = voice.button("contact-button-close", Action("contact.close", (question.id,)))
    return Message(Html.joined("\n\n", parts), ((close,),))


def answer(here: Here, number: int, text: str) -> None:
    """An answer to the card goes to the person, as an answer to what they wrote."""
    question = contact.get_question(here.db, number)
    written = required(text, TEXT_LIMIT, "contact-empty")
    asker = people.find_member(here.db, question.member)
    usual = here.address_of(asker) if asker else None
    place = question.at if _open(here, question, usual) else usual
    if asker is None or place is None:
        raise Refused("contact-unreachable")
    voice = here.voice_of(asker, place.channel)
    content = Message(voice.say("contact-answer", text=written, number=str(number)))
    reply_to = question.message if place == question.at else ""
    here.send(Outgoing(to=place, content=content, subject=_answer_of(number), reply_to=reply_to))
    contact.note_answer(here.db, number, here.now)
    here.refresh_shared(_card_of(number))
    here.toast("contact-answered", number=str(number))


def _open(here: Here, question: Question, usual: Address | None) -> bool:
    """Whether the chat the question came from can be written to."""
    if question.at.channel not in here.messengers:
        return False
    if not question.at.private:
        return rooms.find_room(here.db, question.at.channel, question.at.chat) is not None
    accounts = people.list_accounts(here.db, question.member)
    return usual is not None and any(
        account.reachable and (account.channel, account.chat) == (question.at.channel, question.at.chat)
        for account in accounts
    )


def answer_by_number(here: Here, argument: str) -> None:
    """``/antworten 5 Text``: where a client has no way to answer a message."""
    parts = _NUMBERED.fullmatch(argument)
    if parts is None:
        raise Refused("contact-number-needed")
    answer(here, int(parts[1]), parts[2])


def go_on(here: Here, number: int, text: str) -> None:
    """The person answers the answer: it belongs to the same question."""
    question = contact.get_question(here.db, number)
    if here.member is None or here.me.id != question.member:
        raise Refused("contact-not-yours")
    written = required(text, TEXT_LIMIT, "contact-empty")
    contact.add_text(here.db, question, written, getattr(here.incoming, "message", ""))
    _pass_on(here, contact.get_question(here.db, number), written)
    here.reply(here.say("contact-sent-again", number=str(number)))


def list_open(here: Here, _: str) -> None:
    """``/anfragen``: what is not closed."""
    page(here, 0)


def page(here: Here, offset: int) -> None:
    """One page of them, each with a button that shows it."""
    found = contact.list_open(here.db)
    if not found:
        raise Refused("contact-none")
    start = page_start(offset, PER_PAGE, len(found))
    pages = page_count(PER_PAGE, len(found))
    head = here.say("contact-list-head", total=len(found), page=start // PER_PAGE + 1, pages=pages)
    shown = found[start : start + PER_PAGE]
    lines = [_line(here, question) for question in shown]
    buttons = tuple(_show_button(here, question) for question in shown)
    rows = tuple(buttons[first : first + 3] for first in range(0, len(buttons), 3))
    turns = page_buttons(here.voice, Action("contact.page"), start, PER_PAGE, len(found))
    here.replace_pressed(Html.joined("\n", [head, *lines]), (*rows, *turns))


def _line(here: Here, question: Question) -> Html:
    return here.say(
        "contact-line-answered" if question.answered else "contact-line",
        number=str(question.id),
        name=question.name or here.voice.plain("contact-unnamed"),
        at=question.asked,
        text=shortened(one_line(question.text), TEXT_SHOWN),
    )


def _show_button(here: Here, question: Question) -> Button:
    return here.voice.button("contact-button-show", Action("contact.show", (question.id,)), number=str(question.id))


def show(here: Here, number: int) -> None:
    """The question; an answer to it goes to the person."""
    content = card(here, number, here.member, here.voice, here.address)
    here.reply(content.text, content.keyboard, subject=_card_of(number))


def close(here: Here, number: int) -> None:
    """Nothing is left to do."""
    question = contact.get_question(here.db, number)
    if not contact.close_question(here.db, question.id, here.now):
        raise Refused("contact-closed-already", number=str(number))
    audit.add_entry(here.db, here.now, here.me.id, "contact.close", (number,))
    here.refresh_shared(_card_of(number))
    here.toast("contact-closed", number=str(number))


def forget(unit: Unit, number: int) -> None:
    """A question that was closed long ago."""
    if number in contact.list_outdated(unit.db, unit.now):
        contact.forget(unit.db, number)


ROUTES = Routes(
    commands=(
        Command("contact.ask", ("kontakt", "contact"), ask, needs="contact-ask-text"),
        Command("contact.list", ("anfragen", "questions"), list_open, Role.COORDINATOR, bare=Bare.NEVER),
        Command(
            "contact.answer",
            ("antworten", "answer"),
            answer_by_number,
            Role.COORDINATOR,
            needs="contact-ask-answer",
        ),
    ),
    presses={
        "contact.page": Press(page, Role.COORDINATOR),
        "contact.show": Press(show, Role.COORDINATOR),
        "contact.close": Press(close, Role.COORDINATOR),
    },
    replies={"question": Press(answer, Role.COORDINATOR), "contact-answer": Press(go_on)},
    cards={"question": card},
    dialogues=(ASK, OFFER),
    leftovers=(offer,),
    duties=(Duty("contact.forget", timedelta(hours=1), contact.list_outdated, forget),),
)
