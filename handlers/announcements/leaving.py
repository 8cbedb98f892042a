"""Not wanting announcements, or only some: the word STOP, its undoing, the choice by category, a chat declined."""

from domain.announcements import Category, number_of
from domain.chat import Action, Declined, Html
from domain.people import Role
from handlers.context import Here
from handlers.routing import Command, Place, Press, Routes
from storage import announcements, mailings, outbox, people, subscriptions
from storage.subscriptions import EVERYTHING


def stop(here: Here, _: str) -> None:
    """``STOP``: no announcement any more, at once; what waits is not sent."""
    if here.member is None:
        here.reply(here.say("announcements-stop-guest"))
        return
    fresh = subscriptions.leave(here.db, here.me.id)
    for kind in ("announcement", "announcement-chase"):
        mailings.withdraw(here.db, here.me.id, kind, here.now)
    here.reply(here.say("announcements-left-all" if fresh else "announcements-left-already"))


def choose(here: Here, _: str) -> None:
    """``/benachrichtigungen``: what the member gets, with the ways to change it."""
    left = subscriptions.list_left(here.db, here.me.id)
    lines = [here.say("announcements-choice-head")]
    rows = []
    for category in Category:
        name = here.voice.plain(f"announcements-category-{category}")
        wanted = category not in left and EVERYTHING not in left
        lines.append(here.say("announcements-choice-on" if wanted else "announcements-choice-off", category=name))
        action = Action("announcements.leave" if wanted else "announcements.rejoin", (category.value,))
        key = "announcements-button-leave" if wanted else "announcements-button-rejoin"
        rows.append((here.voice.button(key, action, category=name),))
    here.replace_pressed(Html.joined("\n", lines), tuple(rows))


def leave(here: Here, category: str) -> None:
    """Nothing of this category any more."""
    subscriptions.leave(here.db, here.me.id, category)
    choose(here, "")


def rejoin(here: Here, category: str) -> None:
    """This category again; where all had been left, this one alone."""
    if subscriptions.rejoin(here.db, here.me.id):
        for other in Category:
            if other != category:
                subscriptions.leave(here.db, here.me.id, other)
    subscriptions.rejoin(here.db, here.me.id, category)
    choose(here, "")


def declined(here: Here, arrival: Declined) -> None:
    """Somebody does not come into the chat we opened: it stays closed, and nothing was delivered there."""
    address = arrival.address
    people.note_unreachable(here.db, address.channel, address.chat)
    for about in outbox.give_up_unseen(here.db, address, here.now):
        if (number := number_of(about)) is not None:
            announcements.look_soon(here.db, number, here.now)


ROUTES = Routes(
    commands=(
        Command(
            "announcements.stop",
            ("stopp", "abmelden", "unsubscribe", "stop"),
            stop,
            Role.GUEST,
            listed=False,
            always=True,
        ),
        Command("announcements.choose", ("benachrichtigungen", "notifications"), choose, place=Place.DIRECT),
    ),
    presses={"announcements.leave": Press(leave), "announcements.rejoin": Press(rejoin)},
    arrivals={Declined: declined},
)
