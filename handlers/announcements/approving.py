"""The second look: how many it reaches and when, said once more before anything goes out."""

from datetime import datetime

from domain.announcements import Announcement, Repeat, State, read_repeat
from domain.chat import Action, Button, Html, Message
from domain.dates import read_time
from domain.people import Member, Purpose, Role
from domain.refusal import Refused
from handlers.announcements.dispatching import dispatch
from handlers.announcements.drafts import get_draft, look
from handlers.announcements.messages import check, message
from handlers.announcements.reaching import count, earliest, numbers
from handlers.audiences import say_audience
from handlers.context import Here, Voice
from handlers.dialogue import NO, Dialogue, Step, begin, option
from handlers.routing import Press, Routes
from storage import announcements, audit, people, rooms
from storage.audiences import Reach
from storage.dialogs import Data

YES = "yes"
_REQUESTED = "announcement-request"


def ask(here: Here, number: int) -> None:
    """The button to send asks once more, with the number of people and rooms, and when."""
    draft = get_draft(here, number)
    check(here, draft)
    _ask_now(here, draft, _get_reach(here, draft))


def _get_reach(here: Here, announcement: Announcement) -> Reach:
    """Whom it reaches. Raises :class:`Refused` when that is nobody."""
    reach = count(here, announcement)
    if not reach.people and not reach.rooms:
        raise Refused("announcements-nobody", audience=say_audience(here, here.voice, announcement.audience))
    return reach


def _ask_now(here: Here, draft: Announcement, reach: Reach, changed: Html | None = None) -> None:
    voice, first = here.voice, earliest(here, draft)
    both = (draft.id, reach.people, reach.rooms)
    words = numbers(voice, reach.people, reach.rooms)
    if first > here.now:
        lines = [voice.say("announcements-sure-later", numbers=words, at=first)]
        ways = [_act(voice, "later", "now", both), _act(voice, "urgent", "urgent", both)]
    else:
        lines = [voice.say("announcements-sure-now", numbers=words)]
        ways = [_act(voice, "now", "now", both)]
    rows = [
        tuple(ways),
        (_act(voice, "at", "at", both[:1]), _act(voice, "repeat", "repeat", both[:1])),
        (_act(voice, "test", "test", both[:1]), _act(voice, "not-yet", "not-yet", both[:1])),
    ]
    here.reply(Html.joined("\n\n", [*([changed] if changed else []), *lines]), tuple(rows))


def _act(voice: Voice, label: str, verb: str, args: tuple[int, ...]) -> Button:
    return voice.button(f"announcements-button-{label}", Action(f"announcements.{verb}", args))


def test(here: Here, number: int) -> None:
    """Send it to nobody but the one who asks."""
    draft = announcements.get_announcement(here.db, number)
    check(here, draft)
    here.show(message(here.voice_of(here.me), draft, private=True))


def not_yet(here: Here, number: int) -> None:
    """Nothing is sent; the draft stays."""
    here.replace_pressed(here.say("announcements-kept", number=str(get_draft(here, number).id)))


def send_now(here: Here, number: int, people_then: int, rooms_then: int) -> None:
    """It goes to as many as were named; if these are others by now, it is asked again."""
    draft = get_draft(here, number)
    _go(here, draft, people_then, rooms_then)


def send_urgent(here: Here, number: int, people_then: int, rooms_then: int) -> None:
    """It goes at once, whatever the hour."""
    draft = get_draft(here, number)
    announcements.change_announcement(here.db, draft.id, urgent=True)
    _go(here, announcements.get_announcement(here.db, draft.id), people_then, rooms_then)


def _go(here: Here, draft: Announcement, people_then: int, rooms_then: int) -> None:
    check(here, draft)
    reach = _get_reach(here, draft)
    if (reach.people, reach.rooms) != (people_then, rooms_then):
        _ask_now(here, draft, reach, here.say("announcements-number-changed"))
        return
    if here.policy.second_approval:
        _request(here, draft, reach)
        return
    audit.add_entry(here.db, here.now, here.me.id, "announcements.send", (draft.id,))
    dispatch(here, draft)


WHEN, HOW_OFTEN, SURE = "when", "how-often", "sure"


def ask_time(here: Here, number: int) -> None:
    """Ask when it shall go."""
    begin(here, SCHEDULE, WHEN, {"number": get_draft(here, number).id, "repeat": Repeat.NEVER.value})


def ask_repeat(here: Here, number: int) -> None:
    """Ask how often, then when for the first time."""
    begin(here, SCHEDULE, HOW_OFTEN, {"number": get_draft(here, number).id})


def _ask_how_often(here: Here, _: Data) -> Message:
    repeats = (Repeat.WEEKLY, Repeat.FORTNIGHTLY, Repeat.MONTHLY)
    buttons = tuple((option(here.voice, f"announcements-repeat-{repeat}", repeat.value),) for repeat in repeats)
    return Message(here.say("announcements-ask-repeat"), buttons)


def _take_how_often(_: Here, data: Data, word: str) -> str:
    repeat = read_repeat(word)
    if repeat is None:
        raise Refused("announcements-repeat-choose")
    data["repeat"] = repeat.value
    return WHEN


def _ask_when(here: Here, data: Data) -> Message:
    first = data["repeat"] != Repeat.NEVER
    return Message(here.say("announcements-ask-first-time" if first else "announcements-ask-time"))


def _take_when(here: Here, data: Data, text: str) -> str:
    wanted = read_time(text, here.now, here.policy.timezone).at
    if wanted is None or wanted <= here.now:
        raise Refused("announcements-past")
    data["at"] = wanted.isoformat()
    return _counted(here, data)


def _counted(here: Here, data: Data) -> str:
    draft = get_draft(here, data["number"])
    check(here, draft)
    reach = _get_reach(here, draft)
    data["people"], data["rooms"] = reach.people, reach.rooms
    return SURE


def _ask_sure(here: Here, data: Data) -> Message:
    voice = here.voice
    draft = announcements.get_announcement(here.db, data["number"])
    wanted = datetime.fromisoformat(data["at"])
    moment = earliest(here, draft, wanted)
    lines = [
        voice.say(
            f"announcements-sure-{data['repeat']}", numbers=numbers(voice, data["people"], data["rooms"]), at=moment
        )
    ]
    ways = [option(voice, "announcements-button-plan", YES)]
    if moment > wanted:
        lines.append(voice.say("announcements-moved", at=wanted))
        ways.append(option(voice, "announcements-button-plan-urgent", "urgent"))
    ways.append(option(voice, "common-no", NO))
    return Message(Html.joined("\n", lines), tuple((way,) for way in ways))


def _take_sure(here: Here, data: Data, word: str) -> str | None:
    if word == NO:
        here.reply(here.say("announcements-kept", number=str(data["number"])))
        return None
    if word not in (YES, "urgent"):
        raise Refused("common-yes-or-no")
    draft = get_draft(here, data["number"])
    reach = _get_reach(here, draft)
    if (reach.people, reach.rooms) != (data["people"], data["rooms"]):
        here.reply(here.say("announcements-number-changed"))
        return _counted(here, data)
    announcements.change_announcement(here.db, draft.id, urgent=word == "urgent", repeat=Repeat(data["repeat"]))
    _plan(here, announcements.get_announcement(here.db, draft.id), datetime.fromisoformat(data["at"]), reach)
    return None


def _plan(here: Here, draft: Announcement, wanted: datetime, reach: Reach) -> None:
    moment = earliest(here, draft, wanted)
    if moment <= here.now:
        raise Refused("announcements-past")
    announcements.change_announcement(here.db, draft.id, at=moment)
    if here.policy.second_approval:
        _request(here, announcements.get_announcement(here.db, draft.id), reach)
        return
    announcements.change_announcement(here.db, draft.id, state=State.SCHEDULED)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.schedule", (draft.id,))
    _say_planned(here, announcements.get_announcement(here.db, draft.id))


def _say_planned(here: Here, planned: Announcement) -> None:
    cancel = _act(here.voice, "unplan", "unplan", (planned.id,))
    key = "announcements-planned" if planned.repeat is Repeat.NEVER else "announcements-planned-repeat"
    here.reply(here.say(key, number=str(planned.id), at=planned.at or here.now), ((cancel,),))


def unplan(here: Here, number: int) -> None:
    """It does not go at its time; the draft stays."""
    planned = announcements.hold_announcement(here.db, number)
    if planned.state not in (State.SCHEDULED, State.PENDING):
        raise Refused("announcements-no-draft", number=str(number))
    announcements.change_announcement(here.db, number, state=State.DRAFT, at=None, repeat=Repeat.NEVER)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.unplan", (number,))
    here.reply(here.say("announcements-unplanned", number=str(number)))
    look(here, announcements.get_announcement(here.db, number))


SCHEDULE = Dialogue(
    "announcements.schedule",
    Role.COORDINATOR,
    {
        HOW_OFTEN: Step(_ask_how_often, _take_how_often),
        WHEN: Step(_ask_when, _take_when),
        SURE: Step(_ask_sure, _take_sure),
    },
)


def _request(here: Here, draft: Announcement, reach: Reach) -> None:
    """Ask the others of the coordination to approve; the author alone cannot."""
    announcements.change_announcement(here.db, draft.id, state=State.PENDING)
    pending = announcements.get_announcement(here.db, draft.id)
    office = rooms.list_rooms(here.db, Purpose.COORDINATION)
    others = [found for found in people.list_members(here.db, role=Role.COORDINATOR) if found.id != here.me.id]
    asked = 0
    for room in office:
        here.tell_room(room, lambda voice: request(here, pending, reach, voice), subject=_request_of(draft.id))
        asked += 1
    if not office:
        for other in others:
            asked += here.tell(other, lambda voice: request(here, pending, reach, voice), subject=_request_of(draft.id))
    if not asked or not others:
        raise Refused("announcements-nobody-approves")
    here.reply(here.say("announcements-requested", number=str(draft.id)))


def _request_of(number: int) -> str:
    return f"{_REQUESTED}:{number}"


def request(here: Here, pending: Announcement, reach: Reach, voice: Voice) -> Message:
    """What a second coordinator is to consent to, with the ways to say so."""
    author = people.find_member(here.db, pending.author) if pending.author else None
    lines = [
        voice.say(
            "announcements-request",
            number=str(pending.id),
            name=author.name if author else voice.plain("topics-former"),
            audience=say_audience(here, voice, pending.audience),
            numbers=numbers(voice, reach.people, reach.rooms),
        ),
        voice.say("announcements-request-at", at=pending.at) if pending.at else voice.say("announcements-request-now"),
        *(
            voice.say(f"announcements-request-text-{language}", text=pending.text(language))
            for language in pending.languages
        ),
    ]
    both = (pending.id, reach.people, reach.rooms)
    row = (_act(voice, "approve", "approve", both), _act(voice, "decline", "decline", both[:1]))
    return Message(Html.joined("\n\n", lines), (row,))


def approve(here: Here, number: int, people_then: int, rooms_then: int) -> None:
    """A second coordinator agrees: it goes, or is planned for its time."""
    pending = _get_pending(here, number)
    if pending.author == here.me.id:
        raise Refused("announcements-own")
    check(here, pending)
    reach = _get_reach(here, pending)
    if (reach.people, reach.rooms) != (people_then, rooms_then):
        content = request(here, pending, reach, here.voice)
        here.reply(Html.joined("\n\n", [here.say("announcements-number-changed"), content.text]), content.keyboard)
        return
    announcements.change_announcement(here.db, number, approver=here.me.id)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.approve", (number,))
    if pending.at and pending.at > here.now:
        announcements.change_announcement(here.db, number, state=State.SCHEDULED)
        _tell_author(here, pending, "announcements-approved-at", at=pending.at)
    else:
        dispatch(here, announcements.get_announcement(here.db, number))
    here.toast("announcements-approved", number=str(number))


def decline(here: Here, number: int) -> None:
    """A second coordinator does not agree: it is a draft again."""
    pending = _get_pending(here, number)
    announcements.change_announcement(here.db, number, state=State.DRAFT, at=None, repeat=Repeat.NEVER)
    audit.add_entry(here.db, here.now, here.me.id, "announcements.decline", (number,))
    if pending.author != here.me.id:
        _tell_author(here, pending, "announcements-declined-yours", name=here.me.name)
    here.toast("announcements-declined", number=str(number))


def _get_pending(here: Here, number: int) -> Announcement:
    pending = announcements.hold_announcement(here.db, number)
    if pending.state is not State.PENDING:
        raise Refused("announcements-decided", number=str(number))
    return pending


def _tell_author(here: Here, announcement: Announcement, key: str, /, **values: object) -> None:
    author: Member | None = people.find_member(here.db, announcement.author) if announcement.author else None
    if author is not None:
        here.tell(author, lambda voice: Message(voice.say(key, number=str(announcement.id), **values)))


ROUTES = Routes(
    presses={
        "announcements.send": Press(ask, Role.COORDINATOR),
        "announcements.test": Press(test, Role.COORDINATOR),
        "announcements.not-yet": Press(not_yet, Role.COORDINATOR),
        "announcements.now": Press(send_now, Role.COORDINATOR),
        "announcements.urgent": Press(send_urgent, Role.COORDINATOR),
        "announcements.at": Press(ask_time, Role.COORDINATOR),
        "announcements.repeat": Press(ask_repeat, Role.COORDINATOR),
        "announcements.unplan": Press(unplan, Role.COORDINATOR),
        "announcements.approve": Press(approve, Role.COORDINATOR),
        "announcements.decline": Press(decline, Role.COORDINATOR),
    },
    dialogues=(SCHEDULE,),
)
