"""Casting a vote: by a tap or a typed word, as often as one likes until the close."""

import re
from collections.abc import Callable
from datetime import timedelta

from domain.ballots.choices import ABSTENTION, Choice
from domain.ballots.reading import FEW_WORDS, may_mean, understand_choice
from domain.chat import Action, Html, Message
from domain.commands import read_number
from domain.people import Role
from domain.refusal import Exposed, Refused
from domain.votes import Electorate, State, Vote, ballot_subject, may_ever_vote, own_subject, rule_of, subject
from domain.writing import folded, shortened
from handlers.context import Here
from handlers.routing import Bare, Command, Press, Routes
from handlers.votes import choosing
from handlers.votes.cards import IN_LIST, ballot, give_ballot
from handlers.votes.places import room_name
from storage import outbox, people, votes

TALKED_OF = timedelta(days=14)
"""So long after the close of a secret vote what somebody writes may still tell how they voted."""
_VOTING = re.compile(r"\b(?:(?:ab|abge|ge)?stimm|(?:aus|ausge|ge)?w[aä]hl|option|vot(?:e|ing)|choose|chose|choice)")


def get_votable(here: Here, number: int) -> Vote:
    """An open vote in which the person may vote, held. Raises :class:`Refused`, saying why not.

    Where a room votes, whoever acts in it before the close belongs to it from then on.
    """
    vote = votes.hold_open_vote(here.db, number)
    if vote.closes <= here.now:
        # Its time is over, although nobody has come to count yet.
        raise Refused("votes-is-closed", number=str(number), closed=vote.closes)
    if votes.find_voted(here.db, vote.id, here.me.id) is not None:
        return vote
    draft = vote.draft
    if not may_ever_vote(draft, here.me.role):
        raise Refused("votes-not-for-partners" if here.me.role is Role.PARTNER else "votes-not-for-role")
    if draft.electorate is Electorate.ROOM:
        if here.room is None or here.room.id != draft.room:
            raise Refused("votes-not-in-room", room=room_name(here, draft))
        votes.add_voter(here.db, vote.id, here.me.id)
        return vote
    if draft.electorate is Electorate.GROUP and draft.group is not None:
        group = people.find_group_by_id(here.db, draft.group)
        if group is not None and group not in people.list_groups_of(here.db, here.me.id):
            raise Refused("votes-not-in-group", group=group.name)
    raise Refused("votes-joined-late")


def ask(here: Here, number: int) -> None:
    """Bring the ballot to the direct chat."""
    vote = get_votable(here, number)
    if here.address.private:
        show_ballot(here, vote)
    elif give_ballot(here, vote, here.me):
        here.toast("votes-ballot-sent")
    else:
        raise Refused("votes-open-direct-first")


def show_ballot(here: Here, vote: Vote) -> None:
    """Show the ballot here, in the direct chat."""
    here.show(ballot(vote, here.me, here.voice, here.messenger.kind), subject=ballot_subject(vote.id))


def choose(here: Here, number: int, place: int) -> None:
    """An option was pressed, or its number or label typed alone, which means the same on every messenger."""
    vote = get_votable(here, number)
    _not_before_all(here, vote)
    before = votes.find_own(here.db, vote, here.me.id)
    _store(here, vote, choosing.after_press(vote, choosing.stored(vote, before[0]) if before else None, place))


def _read(here: Here, vote: Vote, text: str) -> Choice:
    """The choice in what was typed. Raises :class:`Refused` when there is none."""
    found = _understood(here, vote, text)
    if found is None:
        raise Refused(f"ballots-form-{vote.draft.method}")
    return found


def _understood(here: Here, vote: Vote, text: str) -> Choice | None:
    """As :func:`_read`, but None for a line in which there is nothing of a choice.

    What is refused in a secret vote is not named: the sentence would stand in the outbox beside the person's chat.
    """
    try:
        return understand_choice(text, rule_of(vote.draft), choosing.offered(vote, here.voice))
    except Refused:
        if vote.secret:
            raise Refused(f"votes-unclear-{vote.draft.method}", points=vote.draft.points) from None
        raise


def _not_before_all(here: Here, vote: Vote) -> None:
    if vote.secret and not here.address.private:
        raise Exposed("votes-not-in-public")


def abstain(here: Here, number: int) -> None:
    """Take part without choosing anything."""
    vote = get_votable(here, number)
    _not_before_all(here, vote)
    _store(here, vote, ABSTENTION)


def withdraw(here: Here, number: int) -> None:
    """Take the vote back, as if it had never been cast."""
    vote = get_votable(here, number)
    if not votes.withdraw(here.db, vote, here.me.id):
        raise Refused("votes-nothing-to-withdraw")
    _refresh(here, vote, fresh=True)
    here.toast("votes-withdrawn")


def _store(here: Here, vote: Vote, choice: Choice | None) -> None:
    if choice is None:
        withdraw(here, vote.id)
        return
    fresh = not votes.find_voted(here.db, vote.id, here.me.id)
    code = votes.cast(here.db, vote, here.me.id, choice.text())
    _refresh(here, vote, fresh=fresh)
    if vote.secret:
        here.toast("votes-saved", code=code)
    else:
        voice = here.voice_of(here.member)
        here.toast("votes-saved-open", chosen=choosing.described(vote, choice, voice))


def _refresh(here: Here, vote: Vote, *, fresh: bool) -> None:
    if here.address.private:
        here.refresh(ballot_subject(vote.id))
    if fresh or vote.draft.live:
        here.refresh(subject(vote.id))


def answer_card(here: Here, number: int, text: str) -> None:
    """An answer to a card: a choice, in an open vote; in a secret one it is not counted, and said why."""
    vote = votes.get_vote(here.db, number)
    if vote.secret and not here.address.private:
        if vote.open and _sounds_like(here, vote, text):
            raise Exposed("votes-not-in-public")
        return
    vote = get_votable(here, number)
    _store(here, vote, _read(here, vote, text))


def _sounds_like(here: Here, vote: Vote, text: str) -> bool:
    """Whether a line is meant as a choice, perhaps a mistaken one."""
    try:
        return _understood(here, vote, text) is not None
    except Refused:
        return True


def typed(here: Here, number: int, text: str) -> bool:
    """A line in the direct chat under a ballot: a choice, or nothing to do with it."""
    vote = votes.find_vote(here.db, number)
    if vote is None or not vote.open:
        return False
    choice = _understood(here, vote, text)
    if choice is None:
        if vote.secret and len(text.split()) <= FEW_WORDS:
            # Perhaps a choice all the same, which nobody else may get to read.
            raise Refused(f"votes-unclear-{vote.draft.method}", points=vote.draft.points)
        return False
    _store(here, get_votable(here, number), choice)
    return True


def stray(here: Here, text: str) -> bool:
    """A line nothing understood: what may tell a choice in a secret vote is kept nowhere, and offered to nobody."""
    for vote in votes.list_votes(here.db, [State.OPEN, State.CLOSED]):
        past = vote.closed is not None and here.now - vote.closed >= TALKED_OF
        if past or not vote.secret or not _may_come_to_vote(here, vote):
            continue
        if vote.closed is None and _perhaps_meant(here, vote, text):
            raise Refused("votes-perhaps-meant", number=str(vote.id))
        if vote.closed and _tells(here, vote, text):
            raise Refused("votes-say-over", number=str(vote.id))
    return False


def _may_come_to_vote(here: Here, vote: Vote) -> bool:
    """Whether the person may vote, or will as soon as they act in the room that votes."""
    in_room = vote.draft.electorate is Electorate.ROOM and may_ever_vote(vote.draft, here.role)
    return in_room or votes.find_voted(here.db, vote.id, here.me.id) is not None


def _perhaps_meant(here: Here, vote: Vote, text: str) -> bool:
    """Whether a line may be a choice in some words; where the ballot stands, anything may."""
    if outbox.shows(here.db, here.address, ballot_subject(vote.id)) or _tells(here, vote, text):
        return True
    return _sounds_like(here, vote, text) or may_mean(text, rule_of(vote.draft), choosing.offered(vote, here.voice))


def _tells(here: Here, vote: Vote, text: str) -> bool:
    """Whether a sentence names an option, by its words or, where it speaks of voting, by its number."""
    said = folded(text)
    if _VOTING.search(said) and any(char.isdigit() for char in said):
        return True
    named = filter(None, map(folded, choosing.offered(vote, here.voice)))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in named)


def own(here: Here, number: int) -> None:
    """How one has voted: told in the direct chat, while the vote is open."""
    if votes.get_vote(here.db, number).state is State.CLOSED:
        raise Refused("votes-own-over", number=str(number))
    vote = get_votable(here, number)
    address = here.address if here.address.private else here.address_of(here.me)
    if address is None:
        raise Refused("votes-open-direct-first")
    kind = here.messengers[address.channel].kind
    content = Message(Html(), late=Action("votes.own", (vote.id, here.me.id, kind)))
    if here.address.private:
        here.show(content, subject=own_subject(vote.id))
    else:
        here.tell(here.me, lambda _: content, subject=own_subject(vote.id))
        here.toast("votes-told-directly")


def cast(here: Here, argument: str) -> None:
    """``/stimme`` brings the ballot, ``/stimme 3`` that of one vote, ``/stimme 3 2 5`` votes at once.

    Words without a number are a choice where one vote runs.
    """
    first, _, rest = argument.strip().partition(" ")
    number = read_number(first)
    if not argument.strip():
        _only(here, ask, "vote")
    elif number is None:
        _choose_in_words(here, _get_only(here), argument)
    elif rest.strip():
        _choose_in_words(here, number, rest)
    else:
        ask(here, number)


def _choose_in_words(here: Here, number: int, text: str) -> None:
    vote = get_votable(here, number)
    _not_before_all(here, vote)
    _store(here, vote, _read(here, vote, text))


def my_vote(here: Here, argument: str) -> None:
    """``/meinestimme 3``: how one has voted."""
    number = read_number(argument)
    if number is None:
        _only(here, own, "mine")
    else:
        own(here, number)


def _list_votable(here: Here) -> list[Vote]:
    """The open votes in which the person may vote; in a room that votes, its vote too."""
    going = votes.list_votes(here.db, [State.OPEN])
    return [
        vote for vote in going if _votes_here(here, vote) or votes.find_voted(here.db, vote.id, here.me.id) is not None
    ]


def _votes_here(here: Here, vote: Vote) -> bool:
    draft = vote.draft
    is_room = draft.electorate is Electorate.ROOM and here.room is not None and here.room.id == draft.room
    return is_room and may_ever_vote(draft, here.role)


def _get_only(here: Here) -> int:
    """The number of the one vote in which the person may vote. Raises :class:`Refused` when there is not just one."""
    found = _list_votable(here)
    if len(found) == 1:
        return found[0].id
    for vote in found:
        _not_before_all(here, vote)
    raise Refused("votes-number-of-vote")


def _only(here: Here, act: Callable[[Here, int], None], verb: str) -> None:
    """Go on with the one vote in which the person may vote; of several, ask which."""
    found = _list_votable(here)
    if not found:
        raise _none_for(here)
    if len(found) == 1:
        act(here, found[0].id)
        return
    lines = [
        here.say("votes-line", number=str(vote.id), question=shortened(vote.question, IN_LIST), closes=vote.closes)
        for vote in found
    ]
    rows = tuple(
        (here.voice.button("votes-button-show", Action(f"votes.{verb}", (vote.id,)), number=str(vote.id)),)
        for vote in found
    )
    here.reply(Html.joined("\n", [here.say("votes-which"), *lines]), rows)


def _none_for(here: Here) -> Refused:
    """Why there is nothing to vote on: perhaps only a room votes, and this is not the place."""
    going = votes.list_votes(here.db, [State.OPEN])
    elsewhere = next((vote.draft for vote in going if _may_come_to_vote(here, vote)), None)
    return Refused("votes-not-in-room", room=room_name(here, elsewhere)) if elsewhere else Refused("votes-none-for-you")


ROUTES = Routes(
    commands=(
        Command("votes.ballot", ("stimme", "ballot"), cast, bare=Bare.ALWAYS, confidential=True),
        Command("votes.own", ("meinestimme", "myvote"), my_vote, bare=Bare.NEVER),
    ),
    presses={
        "votes.vote": Press(ask),
        "votes.mine": Press(own),
        "votes.choose_secret": Press(choose, secret=True),
        "votes.choose_one": Press(choose, poll=1),
        "votes.choose_many": Press(choose, poll=20),
        "votes.choose": Press(choose),
        "votes.abstain": Press(abstain, secret=True),
        "votes.withdraw": Press(withdraw),
    },
    replies={kind: Press(answer_card) for kind in ("vote", "vote-notice", "vote-ballot")},
    typed={"vote-ballot": typed},
    leftovers=(stray,),
    phrases={
        "wie habe ich abgestimmt": "votes.own",
        "wie habe ich gestimmt": "votes.own",
        "how did i vote": "votes.own",
    },
)
