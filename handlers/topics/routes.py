"""Everything people can do with topics, in one table."""

from handlers.routing import Routes, combined
from handlers.topics import browse, coordinate, own, propose, take_part
from handlers.topics.cards import card

ROUTES = combined(
    [
        Routes(cards={"topic": card}),
        propose.ROUTES,
        take_part.ROUTES,
        browse.ROUTES,
        own.ROUTES,
        coordinate.ROUTES,
    ]
)
