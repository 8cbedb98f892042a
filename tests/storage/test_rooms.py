"""Rooms: connected, disconnected, changed, moved."""

from domain.people import Purpose
from storage import people, rooms
from storage.database import Database
from tests.storage.samples import room


def test_a_room_is_connected_and_found(database: Database) -> None:
    with database.begin() as db:
        connected = room(db)
        assert rooms.find_room(db, "local", "rathaus") == connected
        assert rooms.find_room(db, "telegram", "rathaus") is None
        assert rooms.find_room(db, "local", "anderswo") is None


def test_connecting_again_takes_the_new_values(database: Database) -> None:
    with database.begin() as db:
        first = room(db)
        group = people.add_group(db, "Nord")
        again = rooms.connect_room(db, "local", "rathaus", "Neu", "en", Purpose.COORDINATION, group.id)
        assert (again.id, again.name, again.language) == (first.id, "Neu", "en")
        assert (again.purpose, again.group) == (Purpose.COORDINATION, group.id)
        assert rooms.list_rooms(db) == [again]


def test_rooms_by_name_and_purpose(database: Database) -> None:
    with database.begin() as db:
        for chat, name, purpose in (("1", "b", Purpose.PROGRAMME), ("2", "a", Purpose.COORDINATION)):
            rooms.connect_room(db, "local", chat, name, "de", purpose, None)
        assert [found.name for found in rooms.list_rooms(db)] == ["a", "b"]
        assert [found.name for found in rooms.list_rooms(db, Purpose.PROGRAMME)] == ["b"]


def test_a_disconnected_room_is_not_there_until_it_is_connected_again(database: Database) -> None:
    with database.begin() as db:
        first = room(db)
        assert rooms.disconnect_room(db, "local", "rathaus")
        assert not rooms.disconnect_room(db, "local", "rathaus")
        assert not rooms.disconnect_room(db, "local", "nie gesehen")
        assert rooms.find_room(db, "local", "rathaus") is None
        assert rooms.list_rooms(db) == []
        assert room(db) == first


def test_a_room_changes_its_values(database: Database) -> None:
    with database.begin() as db:
        connected = room(db)
        rooms.change_room(db, connected.id, name="Neu", language="en")
        found = rooms.find_room(db, "local", "rathaus")
        assert found is not None
        assert (found.name, found.language) == ("Neu", "en")


def test_a_room_moves_over_what_stood_there(database: Database) -> None:
    with database.begin() as db:
        connected = room(db)
        room(db, "neu")
        rooms.move_room(db, "local", "rathaus", "neu")
        moved = rooms.find_room(db, "local", "neu")
        assert moved is not None
        assert moved.id == connected.id
        assert rooms.find_room(db, "local", "rathaus") is None


def test_moving_twice_or_from_nowhere_changes_nothing(database: Database) -> None:
    with database.begin() as db:
        connected = room(db)
        rooms.move_room(db, "local", "rathaus", "neu")
        rooms.move_room(db, "local", "rathaus", "neu")
        rooms.move_room(db, "local", "neu", "neu")
        moved = rooms.find_room(db, "local", "neu")
        assert moved is not None
        assert moved.id == connected.id


def test_what_is_a_chat_or_a_part_of_it(database: Database) -> None:
    with database.begin() as db:
        places = ("rathaus", "rathaus/45", "rathaus/4", "rathaus45", "Rathaus/45", "alt/rathaus/45", "rat_aus/45")
        made = {chat: room(db, chat) for chat in places}
        rooms.disconnect_room(db, "local", "rathaus/4")
        rooms.connect_room(db, "telegram", "rathaus/45", "Fern", "de", Purpose.PROGRAMME, None)
        assert rooms.list_rooms_in(db, "local", "rathaus") == [made["rathaus"], made["rathaus/45"]]
        assert rooms.list_rooms_in(db, "local", "rathaus/45") == [made["rathaus/45"]]
        assert rooms.list_rooms_in(db, "local", "rat_aus") == [made["rat_aus/45"]]


def test_parts_move_with_the_whole(database: Database) -> None:
    with database.begin() as db:
        whole, part, other = (room(db, chat) for chat in ("rathaus", "rathaus/45", "rathaus45"))
        room(db, "neu/45")
        for _ in range(2):
            rooms.move_room(db, "local", "rathaus", "neu")
        assert [(found.id, found.chat) for found in rooms.list_rooms_in(db, "local", "neu")] == [
            (whole.id, "neu"),
            (part.id, "neu/45"),
        ]
        assert rooms.find_room(db, "local", "rathaus45") == other


def test_a_room_outlives_its_group(database: Database) -> None:
    with database.begin() as db:
        group = people.add_group(db, "Nord")
        rooms.connect_room(db, "local", "rathaus", "Raum", "de", Purpose.PROGRAMME, group.id)
        db.execute(people.groups.delete())
        found = rooms.find_room(db, "local", "rathaus")
        assert found is not None
        assert found.group is None
