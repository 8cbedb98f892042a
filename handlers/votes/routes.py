"""Everything people can do with votes, in one table."""

from handlers.routing import Routes, combined
from handlers.votes import browse, casting, coordinate, duties, making, restored, results
from handlers.votes.cards import card, draw_ballot, draw_own, write_ballot, write_own, write_reminder

ROUTES = combined(
    [
        Routes(
            cards={"vote": card, "vote-ballot": draw_ballot, "vote-own": draw_own},
            late={"votes.ballot": write_ballot, "votes.reminder": write_reminder, "votes.own": write_own},
        ),
        browse.ROUTES,
        casting.ROUTES,
        making.ROUTES,
        coordinate.ROUTES,
        duties.ROUTES,
        results.ROUTES,
        restored.ROUTES,
    ]
)
