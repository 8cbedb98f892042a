"""Writing an announcement: its text in one language or two, for whom, of which kind, and a look at it."""

from domain.announcements import TEXT_LIMIT, Announcement, Category, State
from domain.audiences import EVERYBODY, Audience
from domain.chat import Action, Button, Html, Keyboard, Message, Said
from domain.people import Role
from domain.refusal import Refused
from domain.writing import required
from handlers.announcements.messages import check, message
from handlers.announcements.reaching import count, earliest, reached
from handlers.audiences import chosen, offered, read_part, say_audience, say_part
from handlers.context import Here, Voice
from handlers.dialogue import ANSWER, Dialogue, Step, begin, option
from handlers.routing import Command, Place, Press, Routes
from storage import announcements
from storage.audiences import Reach
from storage.dialogs import Data

INSTEAD, ALSO, BUT = "instead", "also", "but"
"""What a chosen part becomes: the whole audience, one more part of it, or an exception."""


def compose(here: Here, text: str) -> None:
    """``/ansage Text``: a draft, shown as it will look."""
    written = required(text, TEXT_LIMIT, "announcements-empty")
    draft = announcements.add_announcement(here.db, here.voice.language, written, here.me.id)
    check(here, draft)
    look(here, draft)
    if isinstance(here.incoming, Said) and here.incoming.file:
        here.reply(here.say("announcements-file-apart"))


def get_draft(here: Here, number: int) -> Announcement:
    """An announcement that can still be changed. Raises :class:`Refused` when it has gone out or was dropped."""
    found = announcements.hold_announcement(here.db, number)
    if found.state is not State.DRAFT:
        raise Refused("announcements-no-draft", number=str(number))
    return found


def look(here: Here, draft: Announcement) -> None:
    """The announcement as it will look, in each language it is written in, and below it what can be done with it."""
    reach = count(here, draft)
    for language in draft.languages:
        voice = here.voice if language == here.voice.language else Voice(here.speak, language, sign=here.voice.sign)
        here.show(message(voice, draft, private=bool(reach.people) or not reach.rooms))
    here.show(card(here, draft, reach))


def card(here: Here, draft: Announcement, reach: Reach) -> Message:
    """What the draft is, whom it reaches, and the ways to change and send it."""
    voice = here.voice
    lines = [
        voice.say("announcements-draft-head", number=str(draft.id), languages=len(draft.languages)),
        voice.say("announcements-draft-audience", audience=say_audience(here, voice, draft.audience)),
        *reached(voice, reach),
    ]
    other = "en" if draft.de and not draft.en else "de" if draft.en and not draft.de else ""
    if other and reach.languages.get(other):
        lines.append(voice.say(f"announcements-untranslated-{other}", people=reach.languages[other]))
    lines.append(
        voice.say(
            "announcements-draft-options",
            category=voice.plain(f"announcements-category-{draft.category}"),
            confirm=voice.plain("common-yes" if draft.confirm else "common-no"),
            late=voice.plain("common-yes" if draft.late else "common-no"),
        )
    )
    first = earliest(here, draft)
    if first > here.now:
        lines.append(voice.say("announcements-earliest", at=first))
    else:
        lines.append(voice.say("announcements-earliest-now"))
    return Message(Html.joined("\n", lines), _keyboard(voice, draft))


def _keyboard(voice: Voice, draft: Announcement) -> Keyboard:
    def act(verb: str, *args: str) -> Button:
        return voice.button(f"announcements-button-{verb}", Action(f"announcements.{verb}", (draft.id, *args)))

    texts = tuple(
        voice.button(f"announcements-button-text-{language}", Action("announcements.text", (draft.id, language)))
        for language in ("de", "en")
    )
    confirm = act("confirm-off" if draft.confirm else "confirm-on")
    late = act("late-off" if draft.late else "late-on")
    return (
        (act("send"), act("test")),
        (act("audience"), act("also"), act("but")),
        texts,
        (act("category"), act("file")),
        (confirm, late),
        (act("drop"),),
    )


def toggle_confirm_on(here: Here, number: int) -> None:
    """With a button to say that it was read."""
    _set(here, number, confirm=True)


def toggle_confirm_off(here: Here, number: int) -> None:
    """Without one."""
    _set(here, number, confirm=False)


def toggle_late_on(here: Here, number: int) -> None:
    """For people who join later too."""
    _set(here, number, late=True)


def toggle_late_off(here: Here, number: int) -> None:
    """Only for those who are there."""
    _set(here, number, late=False)


def _set(here: Here, number: int, **values: object) -> None:
    get_draft(here, number)
    announcements.change_announcement(here.db, number, **values)
    look(here, announcements.get_announcement(here.db, number))


def drop(here: Here, number: int) -> None:
    """Do not say it after all."""
    draft = get_draft(here, number)
    announcements.change_announcement(here.db, draft.id, state=State.CANCELLED)
    here.replace_pressed(here.say("announcements-dropped", number=str(draft.id)))


def resume(here: Here, number: int) -> None:
    """Look at a draft again."""
    look(here, get_draft(here, number))


def ask_text(here: Here, number: int, language: str) -> None:
    """Ask for the text in a language, new or for the first time."""
    begin(here, TEXT, "text", {"number": get_draft(here, number).id, "language": language})


def _ask_text(here: Here, data: Data) -> Message:
    return Message(here.say(f"announcements-ask-text-{data['language']}"))


def _take_text(here: Here, data: Data, text: str) -> None:
    look(here, write(here, get_draft(here, data["number"]), data["language"], text))


def write(here: Here, announcement: Announcement, language: str, text: str) -> Announcement:
    """It has this text from now on. Raises :class:`Refused` when that is empty, or too long for a messenger."""
    written = required(text, TEXT_LIMIT, "announcements-empty")
    announcements.change_announcement(here.db, announcement.id, **{language: written})
    changed = announcements.get_announcement(here.db, announcement.id)
    check(here, changed)
    return changed


TEXT = Dialogue("announcements.text", Role.COORDINATOR, {"text": Step(_ask_text, _take_text)})


def ask_category(here: Here, number: int) -> None:
    """Ask what it is about."""
    begin(here, CATEGORY, "category", {"number": get_draft(here, number).id})


def _ask_category(here: Here, _: Data) -> Message:
    buttons = tuple(
        (option(here.voice, f"announcements-category-{category}", category.value),) for category in Category
    )
    return Message(here.say("announcements-ask-category"), buttons)


def _take_category(here: Here, data: Data, word: str) -> None:
    if word not in set(Category):
        raise Refused("announcements-category-choose")
    _set(here, data["number"], category=Category(word))


CATEGORY = Dialogue("announcements.category", Role.COORDINATOR, {"category": Step(_ask_category, _take_category)})


def ask_audience(here: Here, number: int) -> None:
    """Ask for whom it is, in place of everybody so far."""
    _ask(here, number, INSTEAD)


def ask_also(here: Here, number: int) -> None:
    """Ask for whom it is too."""
    _ask(here, number, ALSO)


def ask_but(here: Here, number: int) -> None:
    """Ask for whom it is not."""
    _ask(here, number, BUT)


def _ask(here: Here, number: int, how: str) -> None:
    begin(here, AUDIENCE, "who", {"number": get_draft(here, number).id, "how": how})


def _ask_who(here: Here, data: Data) -> Message:
    buttons = []
    for part in offered(here):
        if part == EVERYBODY and data["how"] == BUT:
            continue
        label = say_part(here, here.voice, part)
        buttons.append((Button(label, Action(ANSWER, (0, chosen(part))), label),))
    return Message(here.say(f"announcements-ask-{data['how']}"), tuple(buttons))


def _take_who(here: Here, data: Data, text: str) -> None:
    part = read_part(here, text)
    audience = get_draft(here, data["number"]).audience
    match data["how"]:
        case "also":
            audience = audience.with_part(part)
        case "but" if part == EVERYBODY:
            raise Refused("announcements-but-all")
        case "but":
            audience = audience.without_part(part)
        case _:
            audience = Audience((part,))
    _set(here, data["number"], audience=audience)


AUDIENCE = Dialogue("announcements.audience", Role.COORDINATOR, {"who": Step(_ask_who, _take_who)})


ROUTES = Routes(
    commands=(
        Command(
            "announcements.compose",
            ("ansage", "announcement"),
            compose,
            Role.COORDINATOR,
            Place.DIRECT,
            needs="announcements-ask-first-text",
        ),
    ),
    presses={
        "announcements.text": Press(ask_text, Role.COORDINATOR),
        "announcements.audience": Press(ask_audience, Role.COORDINATOR),
        "announcements.also": Press(ask_also, Role.COORDINATOR),
        "announcements.but": Press(ask_but, Role.COORDINATOR),
        "announcements.category": Press(ask_category, Role.COORDINATOR),
        "announcements.confirm-on": Press(toggle_confirm_on, Role.COORDINATOR),
        "announcements.confirm-off": Press(toggle_confirm_off, Role.COORDINATOR),
        "announcements.late-on": Press(toggle_late_on, Role.COORDINATOR),
        "announcements.late-off": Press(toggle_late_off, Role.COORDINATOR),
        "announcements.drop": Press(drop, Role.COORDINATOR),
        "announcements.resume": Press(resume, Role.COORDINATOR),
    },
    dialogues=(TEXT, CATEGORY, AUDIENCE),
)
