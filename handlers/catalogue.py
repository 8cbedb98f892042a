"""All capabilities in one table."""

from handlers import admin, help, rooms
from handlers.routing import Command, Routes, combined
from handlers.people import routes as people
from handlers.topics import routes as topics


def catalogue() -> Routes:
    """What people can do."""
    table: list[Routes] = []

    def commands() -> tuple[Command, ...]:
        return table[0].commands

    table.append(combined([people.ROUTES, rooms.ROUTES, topics.ROUTES, admin.ROUTES, help.help_routes(commands)]))
    return table[0]
