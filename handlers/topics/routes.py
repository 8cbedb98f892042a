"""Everything people can do with topics, in one table."""

from handlers.routing import Routes, combined
from handlers.topics import browse, coordinate, own, propose, take_part
from handlers.topics.cards import card
from handlers.topics.notices import draw_request

ROUTES = combined(
    [
        Routes(cards={"topic": card, "topic-request": draw_request}),
        propose.ROUTES,
        take_part.ROUTES,
        browse.ROUTES,
        own.ROUTES,
        coordinate.ROUTES,
    ]
)
