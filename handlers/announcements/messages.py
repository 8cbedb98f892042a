"""How an announcement looks to those it is for."""

from domain.announcements import Announcement, State
from domain.chat import Action, Html, Message
from domain.markup import length
from domain.people import Form
from domain.refusal import Refused
from handlers.context import Unit, Voice
from storage.mailings import Contents

MANNERS = (("de", Form.SIE), ("de", Form.DU), ("de", Form.LEICHT), ("en", Form.SIE))
"""All the ways in which people are addressed."""
MEGABYTE = 1_000_000


def message(voice: Voice, announcement: Announcement, *, private: bool, reminder: bool = False) -> Message:
    """As one reader, or a room, gets it; ``reminder``: once more, since they have not said that they read it."""
    if announcement.state is State.RETRACTED:
        return Message(voice.say("announcements-retracted"))
    head = voice.say("announcements-head-reminder" if reminder else "announcements-head")
    parts = [head, voice.say("announcements-body", text=announcement.text(voice.language))]
    if private:
        category = voice.plain(f"announcements-category-{announcement.category}")
        parts.append(voice.say("announcements-foot", category=category))
    read = voice.button("announcements-button-read", Action("announcements.read", (announcement.id,)))
    keyboard = ((read,),) if announcement.confirm else ()
    return Message(Html.joined("\n\n", parts), keyboard, announcement.attachment)


def contents(unit: Unit, announcement: Announcement, *, private: bool, reminder: bool = False) -> Contents:
    """What each kind of reader gets."""
    return {
        (language, form.value): message(
            Voice(unit.speak, language, form), announcement, private=private, reminder=reminder
        )
        for language, form in MANNERS
    }


def check(unit: Unit, announcement: Announcement) -> None:
    """Raise :class:`Refused`, naming the messenger, when it is too long or its file too large for one."""
    written = contents(unit, announcement, private=True).values()
    attachment = announcement.attachment
    alternative = length(Html(attachment.alt)) + 2 if attachment else 0
    longest = max(length(content.text) for content in written) + alternative
    for messenger in unit.messengers.values():
        name = Voice(unit.speak, unit.policy.language).plain(f"common-messenger-{messenger.kind}")
        limit = messenger.caption if attachment else messenger.text
        if longest > limit:
            raise Refused("announcements-too-long", messenger=name, limit=limit, over=longest - limit)
        largest = messenger.picture if attachment and attachment.picture else messenger.file
        if file_size(announcement) > largest:
            raise Refused("announcements-file-too-large", messenger=name, limit=largest // MEGABYTE)


def file_size(announcement: Announcement) -> int:
    """Bytes of the file, as its sender's messenger said."""
    attachment = announcement.attachment
    return int(attachment.args[2]) if attachment and len(attachment.args) > 2 else 0
