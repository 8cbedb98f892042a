"""All votes at a glance."""

from domain.chat import Action, Html, Keyboard, Message
from domain.refusal import Refused
from domain.votes import Vote
from domain.writing import shortened
from handlers.context import Here, Voice
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Bare, Command, Press, Routes
from handlers.votes.cards import IN_LIST, reply_card
from handlers.votes.choosing import described, stored
from storage import votes

PER_PAGE = 5


def list_all(here: Here, _: str) -> None:
    """``/abstimmungen``: what runs or is to come, then what is over."""
    here.reply(*_page(here, 0))


def turn(here: Here, offset: int) -> None:
    """Another page."""
    here.replace_pressed(*_page(here, offset))


def show(here: Here, number: int) -> None:
    """The card of one vote."""
    reply_card(here, votes.get_vote(here.db, number))


def who(here: Here, number: int) -> None:
    """Who chose what in an open vote, from when on it may be seen; asked for in a room, it is told directly."""
    vote = votes.get_vote(here.db, number)
    if vote.secret:
        raise Refused("votes-who-secret", number=str(number))
    if vote.open and not vote.draft.live:
        raise Refused("votes-who-later", number=str(number))
    if here.address.private:
        here.reply(_casts(here, vote, here.voice))
    elif here.tell(here.me, lambda voice: Message(_casts(here, vote, voice))):
        here.toast("votes-told-directly")
    else:
        raise Refused("votes-open-direct-first")


def _casts(here: Here, vote: Vote, voice: Voice) -> Html:
    head = voice.say("votes-card-head", number=str(vote.id), question=vote.question)
    lines = [
        voice.say("votes-cast", name=cast.name, chosen=described(vote, stored(vote, cast.choice), voice))
        for cast in votes.list_casts(here.db, vote.id)
    ]
    return Html.joined("\n", [head, *(lines or [voice.say("votes-nobody-voted")])])


def _page(here: Here, offset: int) -> tuple[Html, Keyboard]:
    found = votes.list_votes(here.db)
    if not found:
        raise Refused("votes-none")
    start = page_start(offset, PER_PAGE, len(found))
    pages = page_count(PER_PAGE, len(found))
    head = here.say("votes-list", total=len(found), page=start // PER_PAGE + 1, pages=pages)
    shown = found[start : start + PER_PAGE]
    lines = [
        here.say(
            f"votes-line-{vote.state}",
            number=str(vote.id),
            question=shortened(vote.question, IN_LIST),
            opens=vote.draft.opens or vote.closes,
            closes=vote.closes,
            closed=vote.closed or vote.closes,
        )
        for vote in shown
    ]
    buttons = tuple(
        here.voice.button("votes-button-show", Action("votes.show", (vote.id,)), number=str(vote.id)) for vote in shown
    )
    turns = page_buttons(here.voice, Action("votes.turn"), start, PER_PAGE, len(found))
    return Html.joined("\n\n", [head, *lines]), (buttons, *turns)


ROUTES = Routes(
    commands=(Command("votes.list", ("abstimmungen", "votes"), list_all, bare=Bare.ALWAYS),),
    presses={"votes.turn": Press(turn), "votes.show": Press(show), "votes.who": Press(who)},
)
