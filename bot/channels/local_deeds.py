"""What people can do on the local page: shown at once, and kept for the assistant until it has taken it."""

from datetime import datetime
from typing import Any

from bot.channels import local_messages as messages
from bot.channels import local_updates as updates
from bot.channels.local_frames import Deed, Edit, Join, Leave, Open, Press, Say, Shown, Unacceptable
from bot.channels.local_store import Connection


def record(connection: Connection, deed: Deed, now: datetime) -> list[Shown]:
    """Do what the person asked for; returns what all pages have to be told. Raises :class:`Unacceptable`.

    Whoever repeats a deed is told the same again, and whether the assistant has taken it already.
    """
    known = updates.kept(connection, deed)
    if known is None:
        return _do(connection, deed, now)
    message, taken = known
    repeated = [messages.told(connection, message, deed.client)]
    return [*repeated, updates.receipt(deed)] if taken else repeated


def _do(connection: Connection, deed: Deed, now: datetime) -> list[Shown]:
    state = _state(connection, deed)
    match deed:
        case Open():
            return _open(connection, deed, now)
        case Join():
            return _join(connection, deed, state, now)
        case _ if state != "in":
            raise Unacceptable("absent", deed.client)
        case Say():
            return _say(connection, deed, now)
        case Edit():
            return _edit(connection, deed, now)
        case Press():
            return _press(connection, deed, now)
        case Leave():
            return _leave(connection, deed, now)
        case _:
            raise Unacceptable("malformed", deed.client)


def _state(connection: Connection, deed: Deed) -> str:
    found = connection.execute(
        "SELECT state FROM members m JOIN people p ON p.id = m.person JOIN chats c ON c.id = m.chat"
        " WHERE m.chat = ? AND m.person = ? AND p.seat NOTNULL AND c.seat NOTNULL",
        (deed.chat, deed.person),
    ).fetchone()
    if found is None:
        raise Unacceptable("unknown", deed.client)
    return str(found["state"])


def _say(connection: Connection, deed: Say, now: datetime) -> list[Shown]:
    reply_to = int(deed.reply_to or 0)
    if reply_to and _author(connection, deed.chat, reply_to) is None:
        reply_to = 0
    file = messages.file_of(connection, deed.file) if deed.file else None
    if deed.file and file is None:
        raise Unacceptable("unknown", deed.client)
    message = messages.add(connection, deed.chat, deed.person, "text", deed.text, now, reply_to, deed.file)
    said: dict[str, Any] = {"text": deed.text, "reply_to": str(reply_to or "")}
    if file:
        said["file"] = [file.name, file.media_type, len(file.body), deed.file]
    return _kept(connection, deed, "said", message, said, now)


def _edit(connection: Connection, deed: Edit, now: datetime) -> list[Shown]:
    message = int(deed.message)
    if _author(connection, deed.chat, message) != deed.person:
        raise Unacceptable("foreign", deed.client)
    connection.execute("UPDATE messages SET text = ?, edited = 1 WHERE id = ?", (deed.text, message))
    messages.touch(connection, message)
    return _kept(connection, deed, "edited", message, {"text": deed.text}, now)


def _press(connection: Connection, deed: Press, now: datetime) -> list[Shown]:
    message = int(deed.message)
    if _author(connection, deed.chat, message) != "":
        raise Unacceptable("unknown", deed.client)
    return _kept(connection, deed, "pressed", message, {"index": deed.index, "row": int(deed.token)}, now)


def _open(connection: Connection, deed: Open, now: datetime) -> list[Shown]:
    if deed.chat != deed.person:
        raise Unacceptable("unknown", deed.client)
    member = _move(connection, deed, "in")
    message = messages.add(connection, deed.chat, deed.person, "opened", "", now)
    return [member, *_kept(connection, deed, "opened", message, {"payload": deed.payload}, now)]


def _leave(connection: Connection, deed: Leave, now: datetime) -> list[Shown]:
    member = _move(connection, deed, "left")
    message = messages.add(connection, deed.chat, deed.person, "left", "", now)
    return [member, *_kept(connection, deed, "left", message, {}, now)]


def _join(connection: Connection, deed: Join, state: str, now: datetime) -> list[Shown]:
    if deed.chat == deed.person:
        raise Unacceptable("unknown", deed.client)
    if state == "in":
        return [_member(deed, state)]
    message = messages.add(connection, deed.chat, deed.person, "joined", "", now)
    return [_move(connection, deed, "in"), messages.told(connection, message, deed.client)]


def _move(connection: Connection, deed: Deed, state: str) -> Shown:
    connection.execute("UPDATE members SET state = ? WHERE chat = ? AND person = ?", (state, deed.chat, deed.person))
    return _member(deed, state)


def _member(deed: Deed, state: str) -> Shown:
    return {"type": "member", "chat": deed.chat, "person": deed.person, "state": state}


def _kept(
    connection: Connection, deed: Deed, kind: str, message: int, body: dict[str, Any], now: datetime
) -> list[Shown]:
    updates.keep(connection, deed, kind, message, body, now)
    return [messages.told(connection, message, deed.client)]


def _author(connection: Connection, chat: str, message: int) -> str | None:
    """Who wrote a text in the chat: a person, "" for the assistant, None when there is no such text."""
    row = connection.execute(
        "SELECT author FROM messages WHERE id = ? AND chat = ? AND kind = 'text'", (message, chat)
    ).fetchone()
    return None if row is None else row["author"] or ""


def mark_read(connection: Connection, person: str, chat: str, message: int) -> None:
    """Note how far a person has read; never backwards."""
    connection.execute("UPDATE members SET read = max(read, ?) WHERE chat = ? AND person = ?", (message, chat, person))
