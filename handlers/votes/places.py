"""Where a vote is shown, and who may vote in it."""

from domain.people import Member, Purpose, Room
from domain.votes import Draft, Electorate, may_ever_vote
from handlers.context import Unit
from storage import people, rooms


def entitled(unit: Unit, draft: Draft) -> list[Member]:
    """Who may vote if it begins now; nobody yet where people are counted as they come."""
    if draft.electorate is Electorate.ROOM:
        return []
    found = people.list_members(unit.db, group=draft.group if draft.electorate is Electorate.GROUP else None)
    return [member for member in found if may_ever_vote(draft, member.role)]


def room_name(unit: Unit, draft: Draft) -> str:
    """What the room that votes is called; empty where it is gone, or none does."""
    return next((room.name for room in rooms.list_rooms(unit.db) if room.id == draft.room), "")


def homes(unit: Unit, draft: Draft) -> list[Room]:
    """The rooms whose people vote."""
    found = rooms.list_rooms(unit.db, Purpose.PROGRAMME)
    if draft.electorate is Electorate.GROUP:
        return [room for room in found if room.group == draft.group]
    if draft.electorate is Electorate.ROOM:
        return [room for room in found if room.id == draft.room]
    return found
