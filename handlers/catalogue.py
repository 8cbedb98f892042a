"""All capabilities in one table, in the order in which help tells of them."""

from handlers import admin, contact, rooms
from handlers.announcements import routes as announcements
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

    parts = (topics, votes, announcements, contact, people, rooms, admin)
    table.append(combined([*(part.ROUTES for part in parts), help_routes(commands)]))
    return table[0]
