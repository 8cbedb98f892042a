"""What stands in the chats of the local page, written and read in the store's thread."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.local_frames import Shown
from bot.channels.local_store import Connection, Row
from domain.chat import Html
from domain.markup import plain

PAGE = 40
"""Messages shown of a chat at first, and at each step back."""
CATCH_UP = 500
"""Up to so many changes are told one by one after a lost connection; beyond that the page begins anew."""
UNNAMED_KEPT = 20
"""Uploaded files that are kept until a message names them."""
QUOTED = 120
"""Characters of an answered message that are shown above the answer."""

MESSAGE = """
SELECT m.*, r.author AS reply_author, r.text AS reply_text, f.name, f.media_type, f.alt,
    EXISTS (SELECT 1 FROM updates u WHERE u.message = m.id AND u.taken = 0 AND u.kind <> 'pressed') AS waiting
FROM messages m LEFT JOIN messages r ON r.id = m.reply_to LEFT JOIN files f ON f.id = m.file
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the assistant wants shown: ``text`` in the HTML subset, ``keyboard`` as rows of labels.

    ``stays``: the file that is there already.
    """

    token: str
    text: str
    keyboard: tuple[tuple[str, ...], ...]
    file: "File | None" = None
    stays: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A drawn picture or document."""

    name: str
    media_type: str
    alt: str
    body: bytes


def add(
    connection: Connection,
    chat: str,
    author: str,
    kind: str,
    text: str,
    at: datetime,
    reply_to: int = 0,
    file: str | None = None,
) -> int:
    """What a person did, visible to all in the chat; returns its id."""
    return _insert(
        connection,
        "INSERT INTO messages (chat, author, kind, text, at, reply_to, file) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (chat, author, kind, text, at.isoformat(), reply_to or None, file),
    )


def upload(connection: Connection, file: "File") -> str:
    """Keep a file from the page for the message that will name it; returns its secret id.

    Of those that no message ever named, only the last few are kept.
    """
    connection.execute(
        "DELETE FROM files WHERE id NOT IN (SELECT file FROM messages WHERE file NOTNULL) AND rowid NOT IN"
        " (SELECT rowid FROM files ORDER BY rowid DESC LIMIT ?)",
        (UNNAMED_KEPT,),
    )
    return _keep(connection, file)


def is_open(connection: Connection, chat: str) -> bool:
    """Whether anybody would see a message there."""
    query = (
        "SELECT 1 FROM members m JOIN chats c ON c.id = m.chat"
        " WHERE m.chat = ? AND m.state = 'in' AND c.seat NOTNULL LIMIT 1"
    )
    return connection.execute(query, (chat,)).fetchone() is not None


def show(connection: Connection, sheet: Sheet, chat: str, at: datetime, reply_to: int = 0) -> int:
    """A message of the assistant; the same token again changes nothing and returns the same id."""
    if known := shown_by(connection, sheet.token):
        return known
    return _insert(
        connection,
        "INSERT INTO messages (chat, kind, text, at, reply_to, origin, token, keyboard, file)"
        " VALUES (?, 'text', ?, ?, ?, ?, ?, ?, ?)",
        (chat, sheet.text, at.isoformat(), reply_to or None, sheet.token, *_changeable(connection, sheet)),
    )


def shown_by(connection: Connection, token: str) -> int:
    """The message that ``token`` made, or 0."""
    found = connection.execute("SELECT id FROM messages WHERE origin = ?", (token,)).fetchone()
    return int(found[0]) if found else 0


def change(connection: Connection, sheet: Sheet, chat: str, message: int) -> bool:
    """Let the assistant's ``message`` show something else; False when there is no such message."""
    old = connection.execute(
        "SELECT file FROM messages WHERE id = ? AND chat = ? AND author IS NULL", (message, chat)
    ).fetchone()
    if old is None:
        return False
    token, keyboard, file = _changeable(connection, sheet)
    connection.execute(
        "UPDATE messages SET text = ?, token = ?, keyboard = ?, file = ? WHERE id = ?",
        (sheet.text, token, keyboard, old["file"] if sheet.stays else file, message),
    )
    touch(connection, message)
    if not sheet.stays:
        connection.execute("DELETE FROM files WHERE id = ?", (old["file"],))
    return True


def touch(connection: Connection, message: int) -> None:
    """Give the message the next revision, so that pages that were not looking learn of it."""
    connection.execute(
        "UPDATE messages SET rev = (SELECT coalesce(max(rev), 0) + 1 FROM messages) WHERE id = ?", (message,)
    )


def frame(connection: Connection, message: int) -> Shown:
    """The message as the page is told of it."""
    return _frame(connection.execute(f"{MESSAGE} WHERE m.id = ?", (message,)).fetchone())


def told(connection: Connection, message: int, client: str = "") -> Shown:
    """The frame that tells of a message; ``client`` names the deed of the page that made it."""
    return {"type": "message", "client": client, "message": frame(connection, message)}


def before(connection: Connection, chat: str, message: int | None = None) -> tuple[list[Shown], bool]:
    """The last messages of a chat, or those before ``message``, oldest first; and whether there are older ones."""
    rows = connection.execute(
        f"{MESSAGE} WHERE m.chat = ? AND m.id < coalesce(?, m.id + 1) ORDER BY m.id DESC LIMIT ?",
        (chat, message, PAGE + 1),
    ).fetchall()
    return _frames(reversed(rows[:PAGE])), len(rows) > PAGE


def changed(connection: Connection, since: int) -> list[Shown] | None:
    """All messages added or changed after the revision ``since``; None when they are too many."""
    rows = connection.execute(f"{MESSAGE} WHERE m.rev > ? ORDER BY m.id LIMIT ?", (since, CATCH_UP + 1)).fetchall()
    return _frames(rows) if len(rows) <= CATCH_UP else None


def file_of(connection: Connection, name: str) -> File | None:
    """The file with this secret id."""
    row = connection.execute("SELECT * FROM files WHERE id = ?", (name,)).fetchone()
    return File(row["name"], row["media_type"], row["alt"], row["body"]) if row else None


def _changeable(connection: Connection, sheet: Sheet) -> tuple[str, str, str | None]:
    return sheet.token, json.dumps(sheet.keyboard), _keep(connection, sheet.file) if sheet.file else None


def _keep(connection: Connection, file: File) -> str:
    name = secrets.token_urlsafe(16)
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?)", (name, file.name, file.media_type, file.alt, file.body)
    )
    return name


def _insert(connection: Connection, statement: str, values: tuple[object, ...]) -> int:
    message = connection.execute(statement, values).lastrowid or 0
    touch(connection, message)
    return message


def _frames(rows: Iterable[Row]) -> list[Shown]:
    return [_frame(row) for row in rows]


def _frame(row: Row) -> Shown:
    return {
        "id": str(row["id"]),
        "rev": row["rev"],
        "chat": row["chat"],
        "author": row["author"] or "",
        "kind": row["kind"],
        "text": row["text"],
        "token": row["token"],
        "keyboard": json.loads(row["keyboard"]),
        "reply": _quote(row) if row["reply_to"] else None,
        "file": _file(row) if row["file"] else None,
        "at": row["at"],
        "edited": bool(row["edited"]),
        "waiting": bool(row["waiting"]),
    }


def _quote(row: Row) -> Shown:
    text = row["reply_text"] if row["reply_author"] else plain(Html(row["reply_text"]))
    return {"id": str(row["reply_to"]), "author": row["reply_author"] or "", "text": " ".join(text.split())[:QUOTED]}


def _file(row: Row) -> Shown:
    picture = row["media_type"].startswith("image/")
    return {"id": row["file"], "name": row["name"], "alt": row["alt"], "picture": picture}
