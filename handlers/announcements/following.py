"""After it went out: seeing all announcements, stopping, changing and taking back, who read it, and a reminder."""

from domain.announcements import Announcement, State, subject
from domain.chat import Action, Html, Keyboard, Message, Urgency
from domain.people import Role
from domain.refusal import Refused
from domain.writing import shortened
from handlers.announcements.approving import request
from handlers.announcements.dispatching import mailing
from handlers.announcements.drafts import look, write
from handlers.announcements.messages import contents
from handlers.announcements.reaching import count, numbers, ways
from handlers.announcements.reports import content
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin, option
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Bare, Command, Place, Press, Routes
from storage import announcements, audit, mailings
from storage.dialogs import Data
from storage.mailings import Mailing

PER_PAGE = 6
TEXT_SHOWN = 60
LABEL_SHOWN = 40


def list_all(here: Here, _: str) -> None:
    """``/ansagen``: all of them, newest first."""
    page(here, 0)


def page(here: Here, offset: int) -> None:
    """One page of them, each with a button that shows how it stands."""
    total = announcements.count_announcements(here.db)
    if not total:
        raise Refused("announcements-none")
    start = page_start(offset, PER_PAGE, total)
    found = announcements.list_announcements(here.db, start, PER_PAGE)
    pages = page_count(PER_PAGE, total)
    head = here.say("announcements-list-head", total=total, page=start // PER_PAGE + 1, pages=pages)
    lines = [_line(here, one) for one in found]
    buttons = tuple(
        here.voice.button("announcements-button-show", Action("announcements.show", (one.id,)), number=str(one.id))
        for one in found
    )
    rows: Keyboard = tuple(buttons[first : first + 3] for first in range(0, len(buttons), 3))
    turns = page_buttons(here.voice, Action("announcements.page"), start, PER_PAGE, total)
    here.replace_pressed(Html.joined("\n", [head, *lines]), (*rows, *turns))


def _line(here: Here, one: Announcement) -> Html:
    text = shortened(" ".join(one.text(here.voice.language).split()), TEXT_SHOWN)
    state = here.voice.plain(f"announcements-state-{one.state}")
    at = one.sent or one.at
    if at is None:
        return here.say("announcements-line", number=str(one.id), state=state, text=text)
    return here.say("announcements-line-at", number=str(one.id), state=state, at=at, text=text)


def show(here: Here, number: int) -> None:
    """How one of them stands: a draft as a draft, what waits as what others may consent to, else the report."""
    found = announcements.get_announcement(here.db, number)
    if found.state is State.DRAFT:
        look(here, found)
    elif found.state is State.PENDING and found.author != here.me.id:
        here.show(request(here, found, count(here, found), here.voice))
    elif found.state.open:
        unplan = here.voice.button("announcements-button-unplan", Action("announcements.unplan", (found.id,)))
        here.reply(Html.joined("\n\n", [_line(here, found)]), ((unplan,),))
    else:
        shown = content(here, found, here.voice)
        here.reply(shown.text, shown.keyboard)


def _get_sent(here: Here, number: int) -> Announcement:
    found = announcements.hold_announcement(here.db, number)
    if found.state is not State.SENT:
        raise Refused("announcements-not-sent", number=str(number))
    return found


def stop(here: Here, number: int) -> None:
    """Send none of those that still wait."""
    sent = _get_sent(here, number)
    stopped = mailings.cancel(here.db, subject(sent.id), here.now)
    announcements.change_announcement(here.db, sent.id, late=False, look=here.now)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.stop", (sent.id,))
    here.reply(here.say("announcements-stopped", number=str(sent.id), people=stopped))


def edit(here: Here, number: int) -> None:
    """Ask for the new text; where there are two, for which language first."""
    sent = _get_sent(here, number)
    if len(sent.languages) == 1:
        begin(here, EDIT, "text", {"number": sent.id, "language": sent.languages[0]})
    else:
        begin(here, EDIT, "language", {"number": sent.id})


def _ask_language(here: Here, _: Data) -> Message:
    buttons = tuple(option(here.voice, f"common-language-{language}", language) for language in ("de", "en"))
    return Message(here.say("announcements-ask-edit-language"), (buttons,))


def _take_language(_: Here, data: Data, word: str) -> str:
    if word not in ("de", "en"):
        raise Refused("people-language-unknown")
    data["language"] = word
    return "text"


def _ask_edit(here: Here, data: Data) -> Message:
    return Message(here.say("announcements-ask-edit", number=str(data["number"])))


def _take_edit(here: Here, data: Data, text: str) -> None:
    changed = write(here, _get_sent(here, data["number"]), data["language"], text)
    _rewrite(here, changed)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.edit", (changed.id,))
    here.reply(here.say("announcements-edited", number=str(changed.id)))


def _rewrite(here: Here, changed: Announcement) -> None:
    announcements.change_announcement(here.db, changed.id, changed=here.now, look=here.now)
    people, places = contents(here, changed, private=True), contents(here, changed, private=False)
    mailings.rewrite_all(here.db, subject(changed.id), people, places, here.now)


EDIT = Dialogue(
    "announcements.edit",
    Role.COORDINATOR,
    {"language": Step(_ask_language, _take_language), "text": Step(_ask_edit, _take_edit)},
)


def retract(here: Here, number: int) -> None:
    """Ask once more before it is taken back everywhere."""
    begin(here, RETRACT, STEP, {"number": _get_sent(here, number).id})


def _ask_retract(here: Here, data: Data) -> Html:
    sent = announcements.get_announcement(here.db, data["number"])
    words = numbers(here.voice, sent.people, sent.rooms)
    return here.say("announcements-ask-retract", number=str(sent.id), numbers=words)


def _retract(here: Here, data: Data) -> None:
    sent = _get_sent(here, data["number"])
    mailings.cancel(here.db, subject(sent.id), here.now)
    announcements.change_announcement(here.db, sent.id, state=State.RETRACTED)
    _rewrite(here, announcements.get_announcement(here.db, sent.id))
    audit.add_entry(here.db, here.now, here.me.id, "announcements.retract", (sent.id,))
    retracting = here.say("announcements-retracting", number=str(sent.id))
    apart = [here.say("announcements-retracting-file")] if sent.attachment else []
    here.reply(Html.joined(" ", [retracting, *apart]))


RETRACT = confirmation(
    "announcements.retract", Role.COORDINATOR, _ask_retract, "announcements-button-retract", _retract
)


def read(here: Here, number: int) -> None:
    """Somebody says to have read it."""
    found = announcements.get_announcement(here.db, number)
    if found.state is not State.SENT:
        raise Refused("announcements-only-preview" if found.state.open else "announcements-read-late")
    fresh = announcements.note_read(here.db, found.id, here.me.id, here.now)
    if fresh:
        announcements.look_soon(here.db, found.id, here.now)
    here.toast("announcements-read" if fresh else "announcements-read-already")


def chase(here: Here, number: int) -> None:
    """Ask once more before those are reminded who have not said that they read it."""
    sent = _get_sent(here, number)
    unread = _count_unread(here, sent)
    if not unread:
        raise Refused("announcements-all-read")
    begin(here, CHASE, STEP, {"number": sent.id, "people": unread})


def _count_unread(here: Here, sent: Announcement) -> int:
    return mailings.count(here.db, announcements.unread(sent.id, sent.audience, sent.category, ways(here)))


def _ask_chase(here: Here, data: Data) -> Html:
    return here.say("announcements-ask-chase", number=str(data["number"]), people=data["people"])


def _chase(here: Here, data: Data) -> None:
    sent = _get_sent(here, data["number"])
    unread = announcements.unread(sent.id, sent.audience, sent.category, ways(here))
    plain = mailing(here, sent, here.now, private=True)
    # Once a day at most, whoever asks for it.
    reminder = Mailing(
        subject=f"announcement-chase:{sent.id}",
        key=f"announcement:{sent.id}:chase@{here.now:%Y-%m-%d}",
        contents=contents(here, sent, private=True, reminder=True),
        due=plain.due,
        now=here.now,
        urgency=Urgency.REMINDER,
    )
    reminded = mailings.add_for_people(here.db, reminder, unread)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.chase", (sent.id,))
    here.reply(here.say("announcements-chased", people=reminded))


CHASE = confirmation("announcements.chase", Role.COORDINATOR, _ask_chase, "announcements-button-chase", _chase)


ROUTES = Routes(
    commands=(
        Command(
            "announcements.list",
            ("ansagen", "announcements"),
            list_all,
            Role.COORDINATOR,
            Place.DIRECT,
            bare=Bare.NEVER,
        ),
    ),
    presses={
        "announcements.page": Press(page, Role.COORDINATOR),
        "announcements.show": Press(show, Role.COORDINATOR),
        "announcements.stop": Press(stop, Role.COORDINATOR),
        "announcements.edit": Press(edit, Role.COORDINATOR),
        "announcements.retract": Press(retract, Role.COORDINATOR),
        "announcements.chase": Press(chase, Role.COORDINATOR),
        "announcements.read": Press(read),
    },
    dialogues=(EDIT, RETRACT, CHASE),
)
