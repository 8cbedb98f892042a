"""Group chats connected to the programme."""

from typing import Any

import sqlalchemy as sa

from domain.people import Purpose, Room
from storage.chats import within
from storage.database import Transaction, both, metadata
from storage.declared import one_of, plain
from storage.prepared import Prepared

rooms = sa.Table(
    "rooms",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    plain("channel", sa.Text),
    plain("chat", sa.Text),
    plain("name", sa.Text),
    plain("language", sa.Text),
    plain("purpose", sa.Text),
    plain("group", sa.Integer, sa.ForeignKey("groups.id", ondelete="SET NULL"), nullable=True, index=True),
    plain("connected", sa.Boolean),
    one_of("purpose", Purpose),
    sa.UniqueConstraint("channel", "chat"),
    sqlite_autoincrement=True,
)

_AT = (rooms.c.channel == sa.bindparam("at_channel"), rooms.c.chat == sa.bindparam("at_chat"))
_CONNECTED = Prepared(sa.select(rooms).where(*_AT, rooms.c.connected))


def _reconnecting(insert: Any) -> Any:
    statement = insert(rooms)
    new = {name: statement.excluded[name] for name in ("name", "language", "purpose", "group", "connected")}
    return statement.on_conflict_do_update(index_elements=["channel", "chat"], set_=new).returning(rooms)


_CONNECT = both(_reconnecting)


def find_room(db: Transaction, channel: str, chat: str) -> Room | None:
    """The connected room with this address."""
    row = _CONNECTED.first(db, at_channel=channel, at_chat=chat)
    return _room(row) if row else None


def list_rooms(db: Transaction, purpose: Purpose | None = None) -> list[Room]:
    """Connected rooms by name."""
    query = sa.select(rooms).where(rooms.c.connected).order_by(rooms.c.name, rooms.c.id)
    return [_room(row) for row in db.execute(query if purpose is None else query.where(rooms.c.purpose == purpose))]


def list_rooms_in(db: Transaction, channel: str, chat: str) -> list[Room]:
    """The connected rooms that are this chat or parts of it."""
    inside = rooms.c.connected, rooms.c.channel == channel, within(rooms.c.chat, chat)
    return [_room(row) for row in db.execute(sa.select(rooms).where(*inside).order_by(rooms.c.id))]


def connect_room(
    db: Transaction, channel: str, chat: str, name: str, language: str, purpose: Purpose, group: int | None
) -> Room:
    """Connect a room, or connect it anew with other values."""
    values = {"channel": channel, "chat": chat, "name": name, "language": language, "purpose": purpose, "group": group}
    return _room(db.execute(_CONNECT[db.dialect.name], values | {"connected": True}).one())


def change_room(db: Transaction, room: int, **values: object) -> None:
    """Set name, language or group."""
    db.execute(sa.update(rooms).where(rooms.c.id == room).values(**values))


def disconnect_room(db: Transaction, channel: str, chat: str) -> bool:
    """Serve the room no longer; False when it was not connected."""
    cut = sa.update(rooms).where(*_AT, rooms.c.connected).values(connected=False)
    return bool(db.execute(cut, {"at_channel": channel, "at_chat": chat}).rowcount)


def move_room(db: Transaction, channel: str, chat: str, new_chat: str) -> None:
    """The chat goes on under another id with its parts; told twice, the second time changes nothing."""
    moving = sa.select(rooms.c.id, rooms.c.chat).where(rooms.c.channel == channel, within(rooms.c.chat, chat))
    for room, old in db.execute(moving).all():
        new = new_chat + old.removeprefix(chat)
        db.execute(sa.delete(rooms).where(*_AT, rooms.c.id != room), {"at_channel": channel, "at_chat": new})
        db.execute(sa.update(rooms).where(rooms.c.id == room).values(chat=new))


def _room(row: Any) -> Room:
    return Room(row.id, row.channel, row.chat, row.name, row.language, Purpose(row.purpose), row.group)
