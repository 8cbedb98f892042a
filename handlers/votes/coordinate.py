"""What coordinators do with a vote that runs: end it, call it off, give it more time."""

import re

from domain.chat import Html, Message
from domain.commands import read_number
from domain.dates import read_time
from domain.people import Role
from domain.refusal import Refused
from domain.votes import Electorate, Vote, notice_subject, reminder_time, subject
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin
from handlers.routing import Command, Press, Routes
from handlers.votes import ending
from handlers.votes.places import homes
from handlers.votes.reading import USUAL_END
from storage import audit, votes
from storage.dialogs import Data

_NUMBER = re.compile(r"(\d{1,9})[\s:,]+(.+)", re.DOTALL)


def close(here: Here, argument: str) -> None:
    """``/schließen 3``: end it now and count."""
    close_one(here, _number(argument))


def _number(argument: str) -> int:
    number = read_number(argument)
    if number is None:
        raise Refused("votes-number-of-vote")
    return number


def close_one(here: Here, number: int) -> None:
    """Ask once more, then end it."""
    begin(here, CLOSE, STEP, {"vote": _get_open(here, number).id})


def _get_open(here: Here, number: int) -> Vote:
    return votes.hold_open_vote(here.db, number)


def _ask_close(here: Here, data: Data) -> Html:
    vote = _get_open(here, data["vote"])
    turnout = votes.count_turnout(here.db, vote.id)
    of_room = vote.draft.electorate is Electorate.ROOM
    counted = here.say(
        "votes-turnout-room" if of_room else "votes-turnout-of", voted=turnout.voted, entitled=turnout.entitled
    )
    return Html.joined(" ", [here.say("votes-ask-close", number=str(vote.id), closes=vote.closes), counted])


def _close(here: Here, data: Data) -> None:
    vote = _get_open(here, data["vote"])
    audit.add_entry(here.db, here.now, here.me.id, "votes.close", (vote.id,))
    here.reply(here.say("votes-closed", number=str(vote.id)))
    ending.finish(here, vote, actor=here.me.id)


CLOSE = confirmation("votes.close", Role.COORDINATOR, _ask_close, "votes-button-close-yes", _close)


def cancel(here: Here, number: int) -> None:
    """Ask once more, then call it off."""
    begin(here, CANCEL, STEP, {"vote": _get_going(here, number).id})


def _get_going(here: Here, number: int) -> Vote:
    vote = votes.hold_vote(here.db, number)
    if vote.closed is not None:
        raise Refused(f"votes-is-{vote.state}", number=str(number), opens=None, closed=vote.closed)
    return vote


def _ask_cancel(here: Here, data: Data) -> Html:
    vote = _get_going(here, data["vote"])
    return here.say("votes-ask-cancel", number=str(vote.id), question=vote.question)


def _cancel(here: Here, data: Data) -> None:
    vote = _get_going(here, data["vote"])
    audit.add_entry(here.db, here.now, here.me.id, "votes.cancel", (vote.id,))
    here.reply(here.say("votes-cancelled", number=str(vote.id)))
    ending.call_off(here, vote, actor=here.me.id)


CANCEL = confirmation("votes.cancel", Role.COORDINATOR, _ask_cancel, "votes-button-cancel-yes", _cancel)


def extend(here: Here, argument: str) -> None:
    """``/verlängern 3 Montag 9 Uhr``: give it more time; what is missing is asked."""
    both = _NUMBER.fullmatch(argument.strip())
    if both:
        _extend(here, int(both[1]), both[2])
    else:
        extend_one(here, _number(argument))


def extend_one(here: Here, number: int) -> None:
    """Ask until when."""
    begin(here, EXTEND, "until", {"vote": _get_open(here, number).id})


def _ask_until(here: Here, data: Data) -> Message:
    vote = _get_open(here, data["vote"])
    return Message(here.say("votes-ask-extend", number=str(vote.id), closes=vote.closes))


def _take_until(here: Here, data: Data, text: str) -> None:
    _extend(here, data["vote"], text)


def _extend(here: Here, number: int, text: str) -> None:
    vote = _get_open(here, number)
    until = read_time(text, here.now, here.policy.timezone, usual=USUAL_END).at
    if until is None or until <= vote.closes:
        raise Refused("votes-extend-later", number=str(number), closes=vote.closes)
    # Who has been reminded is not reminded again.
    started = vote.started or here.now
    remind = reminder_time(started, until) if vote.remind is not None else None
    votes.change_vote(here.db, vote.id, closes=until, remind=remind)
    audit.add_entry(here.db, here.now, here.me.id, "votes.extend", (vote.id,))
    here.refresh(subject(vote.id))
    told = {"number": str(vote.id), "question": vote.question, "closes": until}
    for room in homes(here, vote.draft):
        if (room.channel, room.chat) != (here.address.channel, here.address.chat):
            here.tell_room(
                room, lambda voice: Message(voice.say("votes-extended", **told)), subject=notice_subject(vote.id)
            )
    here.reply(here.say("votes-extended", **told), subject=notice_subject(vote.id))


EXTEND = Dialogue("votes.extend", Role.COORDINATOR, {"until": Step(_ask_until, _take_until, numeric=True)})

ROUTES = Routes(
    commands=(
        Command("votes.close", ("schließen", "close"), close, Role.COORDINATOR, needs="votes-ask-number"),
        Command("votes.extend", ("verlängern", "extend"), extend, Role.COORDINATOR, needs="votes-ask-number"),
    ),
    presses={
        "votes.close": Press(close_one, Role.COORDINATOR),
        "votes.extend": Press(extend_one, Role.COORDINATOR),
        "votes.cancel": Press(cancel, Role.COORDINATOR),
    },
    dialogues=(CLOSE, CANCEL, EXTEND),
)
