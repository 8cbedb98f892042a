"""All capabilities in one table, in the order in which help tells of them."""

from handlers import admin, rooms
from handlers.help import help_routes
from handlers.people import routes as people
from handlers.routing import Command, Routes, combined
from handlers.topics import routes as topics
from handlers.votes import routes as votes


def catalogue() -> Routes:
    """What people can do."""
    table: list[Routes] = []

    def commands() -> tuple[Command, ...]:
        return table[0].commands

    table.append(
        combined([topics.ROUTES, votes.ROUTES, people.ROUTES, rooms.ROUTES, admin.ROUTES, help_routes(commands)])
    )
    return table[0]
