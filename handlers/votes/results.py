"""The result of a vote: told where it ran and to those who voted, and shown again whenever somebody asks."""

from datetime import datetime, timedelta

from domain.chat import Action, Attachment, Html, Keyboard, Message, Urgency
from domain.commands import read_number
from domain.hours import permitted
from domain.markup import plain
from domain.people import Member, Room
from domain.refusal import Refused
from domain.votes import State, Vote, subject
from handlers.context import Here, Unit, Voice
from handlers.routing import CARD_LIFE, Bare, Command, Press, Routes, combined
from handlers.votes import records, telling
from handlers.votes.places import homes
from storage import outbox, people, rooms, votes

STILL_NEWS = timedelta(days=7)
"""How long the result may wait for an hour at which a person may be written to."""


def announce(unit: Unit, vote: Vote) -> None:
    """Tell the result of a vote that has just been closed: in every room that shows it, and to those who voted.

    Where no room shows it, everybody who could vote is told.
    """
    vote = records.complete(unit, vote)
    shown_in = _rooms(unit, vote)
    for room in shown_in:
        key = f"votes:{vote.id}:result:{room.channel}:{room.chat}"
        unit.tell_room(room, lambda voice: result(vote, voice), key=key)
    for number in votes.list_voters(unit.db, vote.id, voted=True if shown_in else None):
        member = people.find_member(unit.db, number)
        if member:
            _tell(unit, vote, member)


def _rooms(unit: Unit, vote: Vote) -> list[Room]:
    showing = {
        (address.channel, address.chat)
        for _, address in outbox.list_cards(unit.db, subject(vote.id), unit.now - CARD_LIFE, "")
    }
    voting = {room.id for room in homes(unit, vote.draft)}
    found = rooms.list_rooms(unit.db)
    return [room for room in found if room.id in voting or (room.channel, room.chat) in showing]


def _tell(unit: Unit, vote: Vote, member: Member) -> None:
    unit.tell(
        member,
        lambda voice: result(vote, voice),
        key=f"votes:{vote.id}:result:{member.id}",
        urgency=Urgency.REMINDER,
        not_before=_fit(unit, member),
    )


def _fit(unit: Unit, member: Member) -> datetime | None:
    return permitted(unit.now, unit.now + STILL_NEWS, unit.now, unit.policy.hours, member.quiet)


def result(vote: Vote, voice: Voice) -> Message:
    """What came of it in sentences, the figures as a list and as a picture, the rule, and the way to the files."""
    head = voice.say("votes-result-head", number=str(vote.id), question=vote.question)
    bars = telling.bars_of(vote, voice)
    sentences = Html.joined("\n", telling.sentences(vote, voice))
    lines = Html.joined("\n", [voice.say("votes-result-line", option=bar.label, figure=bar.caption) for bar in bars])
    how = Html.joined("\n", [telling.rule(vote, voice), voice.say("votes-result-files")])
    parts = [part for part in (head, sentences, lines, how) if part]
    return Message(Html.joined("\n\n", parts), _files(vote, voice), _picture(vote, voice, bars))


def _picture(vote: Vote, voice: Voice, bars: list[telling.Bar]) -> Attachment | None:
    if not bars:
        return None
    note = plain(telling.turnout(vote, voice))
    rows = (value for bar in bars for value in (bar.label, bar.length, bar.figure, bar.mark))
    listed = [voice.plain("votes-result-line", option=bar.label, figure=bar.caption) for bar in bars]
    alt = voice.plain("votes-result-alt", bars="; ".join(listed))
    name = voice.plain("votes-file-picture-name", number=str(vote.id))
    return Attachment(name, "image/png", "bars", (vote.question, note, *rows), alt)


def _files(vote: Vote, voice: Voice) -> Keyboard:
    kinds = (records.BALLOTS, records.PDF, records.TEXT)
    return tuple((voice.button(f"votes-button-file-{kind}", Action("votes.file", (vote.id, kind))),) for kind in kinds)


def show(here: Here, number: int) -> None:
    """Show the result of one vote."""
    here.show(result(records.get_closed(here, number), here.voice))


def show_asked(here: Here, argument: str) -> None:
    """``/ergebnis 3``: the result of one vote; without a number, of the one that ended last."""
    number = read_number(argument)
    if number is None and argument.strip():
        raise Refused("votes-number-of-vote")
    if number is None:
        ended = votes.list_votes(here.db, [State.CLOSED])
        if not ended:
            raise Refused("votes-result-none")
        number = ended[0].id
    show(here, number)


ROUTES = combined(
    [
        records.ROUTES,
        Routes(
            commands=(Command("votes.result", ("ergebnis", "result"), show_asked, bare=Bare.NEVER),),
            presses={"votes.result": Press(show)},
        ),
    ]
)
