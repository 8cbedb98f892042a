"""Everything a page needs to begin, or to go on after its connection was lost."""

from bot.channels import local_messages as messages
from bot.channels.local_frames import Shown
from bot.channels.local_store import Connection

UNREAD = """
SELECT s.*, (
    SELECT count(*) FROM messages m WHERE m.chat = s.chat AND m.id > s.read AND m.author IS NOT s.person
) AS unread FROM members s JOIN chats c ON c.id = s.chat JOIN people p ON p.id = s.person
WHERE c.seat NOTNULL AND p.seat NOTNULL
"""


def snapshot(connection: Connection, store: str, since: int) -> Shown:
    """Who and what there is now. With ``reset`` the page forgets what it has, otherwise it adds what changed."""
    name = connection.execute("SELECT value FROM meta WHERE name = 'name'").fetchone()[0]
    changes = messages.changed(connection, since) if store == name and since else None
    shown, more = _recent(connection) if changes is None else (changes, {})
    return {
        "type": "snapshot",
        "store": name,
        "rev": connection.execute("SELECT coalesce(max(rev), 0) FROM messages").fetchone()[0],
        "reset": changes is None,
        "people": _rows(connection, "SELECT id, seat, name, language, role FROM people ORDER BY seat IS NULL, seat"),
        "chats": _rows(connection, "SELECT id, kind, title FROM chats WHERE seat NOTNULL ORDER BY seat"),
        "members": [{**row, "read": str(row["read"])} for row in _rows(connection, UNREAD)],
        "messages": shown,
        "more": more,
    }


def _recent(connection: Connection) -> tuple[list[Shown], dict[str, bool]]:
    shown: list[Shown] = []
    more: dict[str, bool] = {}
    for row in connection.execute("SELECT id FROM chats WHERE seat NOTNULL").fetchall():
        recent, more[row["id"]] = messages.before(connection, row["id"])
        shown += recent
    return shown, more


def _rows(connection: Connection, query: str) -> list[Shown]:
    return [dict(row) for row in connection.execute(query)]
