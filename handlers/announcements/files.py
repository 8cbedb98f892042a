"""A picture or file that goes with an announcement, and the words for those who cannot see it."""

from dataclasses import replace

from domain.announcements import ALT_LIMIT, Announcement
from domain.chat import RECEIVED, Attachment, File, Message, Said
from domain.people import Role
from domain.refusal import Refused
from domain.writing import one_line, required, shortened
from handlers.announcements.drafts import get_draft, look
from handlers.announcements.messages import check
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin, option
from handlers.routing import Press, Routes
from storage import announcements
from storage.dialogs import Data

NAME_SHOWN = 100
WITHOUT = "without"


def ask_file(here: Here, number: int) -> None:
    """Ask for a picture or file; one that is there can be taken away."""
    draft = get_draft(here, number)
    begin(here, FILE, "file", {"number": draft.id, "there": draft.attachment is not None})


def _ask_file(here: Here, data: Data) -> Message:
    without = ((option(here.voice, "announcements-button-without-file", WITHOUT),),) if data["there"] else ()
    return Message(here.say("announcements-ask-file"), without)


def _take_file(here: Here, data: Data, word: str) -> str | None:
    draft = get_draft(here, data["number"])
    sent = here.incoming.file if isinstance(here.incoming, Said) else None
    if sent is not None:
        data["file"] = [sent.name, sent.media_type, sent.size, sent.ref]
        attachment = _attachment(here, sent, "")
        check(here, _with(draft, attachment))
        if attachment.picture:
            return "alt"
        _attach(here, draft, attachment)
    elif word == WITHOUT:
        _attach(here, draft, None)
    else:
        raise Refused("announcements-no-file")
    return None


def _ask_alt(here: Here, _: Data) -> Message:
    return Message(here.say("announcements-ask-alt"))


def _take_alt(here: Here, data: Data, text: str) -> None:
    written = one_line(required(text, ALT_LIMIT, "announcements-alt-empty"))
    _attach(here, get_draft(here, data["number"]), _attachment(here, File(*data["file"]), written))


FILE = Dialogue(
    "announcements.file", Role.COORDINATOR, {"file": Step(_ask_file, _take_file), "alt": Step(_ask_alt, _take_alt)}
)


def _attachment(here: Here, file: File, alt: str) -> Attachment:
    name = shortened(one_line(file.name), NAME_SHOWN) or "file"
    return Attachment(name, file.media_type, RECEIVED, (here.address.channel, file.ref, file.size), alt)


def _with(draft: Announcement, attachment: Attachment | None) -> Announcement:
    return replace(draft, attachment=attachment)


def _attach(here: Here, draft: Announcement, attachment: Attachment | None) -> None:
    check(here, _with(draft, attachment))
    announcements.change_announcement(here.db, draft.id, attachment=attachment)
    look(here, announcements.get_announcement(here.db, draft.id))


ROUTES = Routes(presses={"announcements.file": Press(ask_file, Role.COORDINATOR)}, dialogues=(FILE,))
