"""How a vote looks: the card in rooms, the ballot in a direct chat, and what is written only when it is sent."""

from datetime import datetime

from domain.chat import Action, Address, Button, Html, Keyboard, Message, Outgoing, Urgency
from domain.people import Member, Role
from domain.refusal import Refused
from domain.votes import Draft, Electorate, State, Turnout, Vote, ballot_subject, subject
from domain.writing import shortened
from handlers.context import Here, Unit, Voice
from handlers.votes import choosing
from handlers.votes.places import room_name
from storage import people, votes

LABEL_SHOWN = 40
"""Characters of an option on its button; a longer one is told apart by its number first."""
IN_LIST = 160
KINDS = ("telegram", "matrix", "local")
"""Messengers of which there is something to say about what they see."""
CHOOSE = {"single": "votes.choose_one", "approval": "votes.choose_many"}
"""What pressing an option of an open vote is called; where a messenger has polls of its own, these can be one."""


def card(unit: Unit, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The vote with its rule and turnout; buttons depend on its state and on who reads it."""
    vote = votes.get_vote(unit.db, number)
    if not address.private:
        return in_room(unit, vote, voice)
    return Message(card_text(unit, vote, voice), _direct_buttons(vote, reader, voice))


def in_room(unit: Unit, vote: Vote, voice: Voice) -> Message:
    """The card in a room: a secret vote leads to the direct chat, an open one can be answered on the spot."""
    text = card_text(unit, vote, voice)
    if not vote.open:
        return Message(text, _who(vote, voice))
    if vote.secret:
        return Message(text, ((_act(voice, "vote", vote),),))
    hint = voice.say(f"votes-room-hint-{vote.draft.method}")
    return Message(Html.joined("\n\n", [text, hint]), (*options_keyboard(vote, voice), *_who(vote, voice)))


def reply_card(here: Here, vote: Vote) -> None:
    """Answer with the card."""
    reader = here.member if here.address.private else None
    content = card(here, vote.id, reader, here.voice, here.address)
    here.reply(content.text, content.keyboard, subject=subject(vote.id))


def card_text(unit: Unit, vote: Vote, voice: Voice, *, entitled: int | None = None) -> Html:
    """What everybody may read about it; ``entitled`` is given for one that is not written down yet."""
    head = voice.say(
        "votes-card-head" if vote.id else "votes-card-head-new", number=str(vote.id), question=vote.question
    )
    parts = [head, options_list(vote, voice), Html.joined("\n", _terms(vote, voice))]
    turnout = Turnout(0, entitled) if entitled is not None else votes.count_turnout(unit.db, vote.id)
    parts.append(Html.joined("\n", [_electorate(unit, vote, turnout, voice), *_standing(unit, vote, turnout, voice)]))
    return Html.joined("\n\n", parts)


def options_list(vote: Vote, voice: Voice, marks: dict[int, Html] | None = None) -> Html:
    """The options by number, each with what was chosen of it, where that is given."""
    lines = []
    for place, text in enumerate(choosing.offered(vote, voice), 1):
        line = voice.say("votes-option", place=place, option=text)
        mark = (marks or {}).get(place)
        lines.append(voice.say("votes-option-marked", line=line, mark=mark) if mark else line)
    return Html.joined("\n", lines)


def _terms(vote: Vote, voice: Voice) -> list[Html]:
    draft = vote.draft
    lines = [rule(draft, voice), voice.say("votes-lots", places=[str(place) for place in draft.lots])]
    if draft.quorum:
        lines.append(voice.say("votes-quorum", quorum=draft.quorum))
    if vote.secret:
        lines.append(voice.say("votes-secret"))
    else:
        lines.append(voice.say("votes-open-live" if draft.live else "votes-open"))
    return lines


def rule(draft: Draft, voice: Voice) -> Html:
    """How the votes are counted, in a sentence or two."""
    kind = draft.method
    if draft.seats > 1:
        kind += "-proportional" if draft.proportional else "-seats"
    return voice.say(f"votes-rule-{kind}", seats=draft.seats, points=draft.points)


def _electorate(unit: Unit, vote: Vote, turnout: Turnout, voice: Voice) -> Html:
    draft = vote.draft
    if draft.electorate is Electorate.ROOM:
        return voice.say("votes-electorate-room", room=room_name(unit, draft))
    named = {"entitled": turnout.entitled, "started": "no" if vote.state is State.SCHEDULED and vote.id else "yes"}
    if draft.electorate is Electorate.GROUP:
        group = people.find_group_by_id(unit.db, draft.group) if draft.group is not None else None
        return voice.say("votes-electorate-group", group=group.name if group else "", **named)
    if draft.role is not None:
        return voice.say("votes-electorate-role", role=voice.plain(f"common-role-{draft.role.word}"), **named)
    return voice.say("votes-electorate-all", **named)


def _standing(unit: Unit, vote: Vote, turnout: Turnout, voice: Voice) -> list[Html]:
    """When it ends or ended, how many have voted, and how it stands where that is shown."""
    draft, lines = vote.draft, []
    if vote.state is State.SCHEDULED:
        if draft.opens is not None:
            lines.append(voice.say("votes-card-opens", opens=draft.opens))
        return [*lines, voice.say("votes-card-closes", closes=draft.closes)]
    if vote.state is State.CANCELLED:
        return [voice.say("votes-card-cancelled", at=vote.closed)]
    kind = "room" if draft.electorate is Electorate.ROOM else "of"
    counted = voice.say(f"votes-turnout-{kind}", voted=turnout.voted, entitled=turnout.entitled)
    if vote.state is State.CLOSED:
        return [voice.say("votes-card-closed", at=vote.closed), counted]
    lines = [voice.say("votes-card-closes", closes=draft.closes), counted]
    if draft.live and turnout.voted:
        lines += choosing.tally_lines(vote, votes.list_choices(unit.db, vote), voice)
    return lines


def facts(draft: Draft, entitled: int, voice: Voice) -> list[Html]:
    """What the preview adds for whoever makes the vote."""
    lines = [voice.say("votes-preview-partners")] if draft.partners else []
    if draft.quorum > entitled and draft.electorate is not Electorate.ROOM:
        lines.append(voice.say("votes-preview-quorum", quorum=draft.quorum, entitled=entitled))
    return lines


def options_keyboard(vote: Vote, voice: Voice, marks: dict[int, Html] | None = None) -> Keyboard:
    """A button for each option; a mark goes into the label."""
    name = "votes.choose_secret" if vote.secret else CHOOSE.get(vote.draft.method, "votes.choose")
    rows = []
    for place, text in enumerate(choosing.offered(vote, voice), 1):
        label = text if len(text) <= LABEL_SHOWN else f"{place}. {shortened(text, LABEL_SHOWN)}"
        mark = (marks or {}).get(place)
        marked = voice.plain("votes-label-marked", label=label, mark=mark) if mark else label
        rows.append((Button(marked, Action(name, (vote.id, place)), label),))
    return tuple(rows)


def _direct_buttons(vote: Vote, reader: Member | None, voice: Voice) -> Keyboard:
    rows: list[tuple[Button, ...]] = []
    if vote.open:
        rows.append((_act(voice, "vote", vote), _act(voice, "mine", vote)))
    rows += _who(vote, voice)
    if reader is not None and reader.role >= Role.COORDINATOR:
        if vote.open:
            rows.append((_act(voice, "close", vote), _act(voice, "extend", vote)))
        last = [_act(voice, "cancel", vote)] if vote.closed is None else []
        rows.append((*last, _act(voice, "copy", vote)))
    return tuple(rows)


def _who(vote: Vote, voice: Voice) -> Keyboard:
    """The way to who chose what, where everybody may see it, and from when on."""
    seen = not vote.secret and (vote.state is State.CLOSED or (vote.open and vote.draft.live))
    return ((_act(voice, "who", vote),),) if seen else ()


def _act(voice: Voice, verb: str, vote: Vote) -> Button:
    return voice.button(f"votes-button-{verb}", Action(f"votes.{verb}", (vote.id,)))


def ballot(vote: Vote, member: Member, voice: Voice, kind: str) -> Message:
    """The ballot in a direct chat as a row keeps it: nothing on it tells what was chosen; that is written when sent."""
    if not vote.open:
        return _over(vote, voice)
    # The buttons do not even tell whether somebody has voted.
    last = _act(voice, "abstain", vote), _act(voice, "withdraw", vote)
    return Message(
        Html(), (*options_keyboard(vote, voice), last), late=Action("votes.ballot", (vote.id, member.id, kind))
    )


def give_ballot(
    unit: Unit,
    vote: Vote,
    member: Member,
    *,
    late: str = "votes.ballot",
    urgency: Urgency = Urgency.REPLY,
    not_before: datetime | None = None,
) -> bool:
    """Send the ballot to the person's direct chat; False when none is open."""
    address = unit.address_of(member)
    if address is None:
        return False
    kind = unit.messengers[address.channel].kind
    content = ballot(vote, member, unit.voice_of(member, address.channel), kind)
    if content.late and late != content.late.name:
        content = Message(content.text, content.keyboard, late=Action(late, content.late.args))
    unit.send(
        Outgoing(to=address, content=content, subject=ballot_subject(vote.id), urgency=urgency, not_before=not_before)
    )
    return True


def draw_ballot(unit: Unit, number: int, reader: Member | None, voice: Voice, address: Address) -> Message:
    """The ballot as it has to look now in somebody's direct chat."""
    vote = votes.get_vote(unit.db, number)
    if reader is None:
        return _over(vote, voice)
    return ballot(vote, reader, voice, unit.messengers[address.channel].kind)


def draw_own(unit: Unit, number: int, _: Member | None, voice: Voice, __: Address) -> Message:
    """What stands at the close in place of an answer to "How did I vote?"."""
    return _over(votes.get_vote(unit.db, number), voice)


def write_ballot(unit: Unit, number: int, reader: int, kind: str) -> Message:
    """The words of a ballot in the moment it is sent: the options with the own choice, and what is secret from whom."""
    vote, member, voice = _reader(unit, number, reader)
    if not vote.open:
        return _over(vote, voice)
    return _written(
        unit, vote, member, voice, kind, voice.say("votes-ballot-head", number=str(vote.id), question=vote.question)
    )


def write_reminder(unit: Unit, number: int, reader: int, kind: str) -> Message:
    """As :func:`write_ballot`, under a reminder. Raises :class:`Refused` where none is needed, so none is sent."""
    vote, member, voice = _reader(unit, number, reader)
    if not vote.open or votes.find_voted(unit.db, vote.id, member.id) is not False:
        raise Refused("common-stale-button")
    head = voice.say("votes-reminder", number=str(vote.id), question=vote.question)
    return _written(unit, vote, member, voice, kind, head)


def write_own(unit: Unit, number: int, reader: int, kind: str) -> Message:
    """What somebody chose, for their eyes only and only while the vote is open."""
    del kind
    vote, member, voice = _reader(unit, number, reader)
    own = votes.find_own(unit.db, vote, member.id) if vote.open else None
    named = {"number": str(vote.id), "question": vote.question}
    if not vote.open:
        return _over(vote, voice)
    if own is None:
        return Message(voice.say("votes-own-none", **named))
    chosen = choosing.described(vote, choosing.stored(vote, own[0]), voice)
    return Message(voice.say("votes-own", chosen=chosen, code=own[1], **named))


def _over(vote: Vote, voice: Voice) -> Message:
    if vote.state is State.CANCELLED:
        return Message(voice.say("votes-is-cancelled", number=str(vote.id)))
    return Message(voice.say("votes-ballot-over", number=str(vote.id), question=vote.question))


def _written(unit: Unit, vote: Vote, member: Member, voice: Voice, kind: str, head: Html) -> Message:
    own = votes.find_own(unit.db, vote, member.id)
    choice = choosing.stored(vote, own[0]) if own else None
    marks = choosing.marks(choice, vote.draft.method, voice) if choice else {}
    how = Html.joined("\n", [rule(vote.draft, voice), voice.say(f"votes-how-{vote.draft.method}")])
    parts = [head, options_list(vote, voice, marks), how]
    if own is None or choice is None:
        parts += [secrecy(vote, voice, kind), voice.say("votes-ballot-closes", closes=vote.closes)]
    else:
        said = "votes-ballot-abstained" if choice.abstention else "votes-ballot-saved"
        parts.append(voice.say(said, code=own[1], closes=vote.closes))
    return Message(Html.joined("\n\n", parts), options_keyboard(vote, voice, marks))


def secrecy(vote: Vote, voice: Voice, kind: str) -> Html:
    """What is secret from whom, the messenger included, before the first tap."""
    if not vote.secret:
        return voice.say("votes-public")
    seen = voice.say(f"votes-seen-{kind if kind in KINDS else 'local'}")
    return Html.joined(" ", [voice.say("votes-secrecy"), seen])


def _reader(unit: Unit, number: int, reader: int) -> tuple[Vote, Member, Voice]:
    member = people.find_member(unit.db, reader)
    if member is None:
        raise Refused("people-join-first")
    return votes.get_vote(unit.db, number), member, unit.voice_of(member)
