"""What people did on the local page and the assistant has not taken yet."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels import local_messages as messages
from bot.channels.local_frames import Deed, Shown
from bot.channels.local_store import Connection, Row
from domain.chat import Address, Edited, File, Incoming, Left, Opened, Pressed, Said, Sender

REMEMBERED = 5_000
"""So many later deeds the page can repeat one before it would be done again."""


@dataclass(frozen=True, slots=True)
class Update:
    """One deed the assistant has not taken yet."""

    id: int
    chat: str
    sender: Sender
    client: str
    kind: str
    message: str
    body: dict[str, Any]
    at: datetime

    @property
    def person(self) -> str:
        """Who did it."""
        return self.sender.id


def keep(connection: Connection, deed: Deed, kind: str, message: int, body: dict[str, Any], now: datetime) -> None:
    """Remember the deed for the assistant until it is taken."""
    connection.execute(
        "INSERT INTO updates (chat, person, client, kind, message, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (deed.chat, deed.person, deed.client, kind, message, json.dumps(body), now.isoformat()),
    )


def kept(connection: Connection, deed: Deed) -> tuple[int, bool] | None:
    """The message of a deed done before, and whether the assistant has taken it; None for a new one."""
    row = connection.execute(
        "SELECT message, taken FROM updates WHERE person = ? AND client = ?", (deed.person, deed.client)
    ).fetchone()
    return (row["message"], bool(row["taken"])) if row else None


def first_waiting(connection: Connection, chat: str) -> Update | None:
    """The oldest deed in ``chat`` that is not taken."""
    row = connection.execute(
        "SELECT u.*, p.name, p.language FROM updates u JOIN people p ON p.id = u.person"
        " WHERE u.chat = ? AND u.taken = 0 ORDER BY u.id LIMIT 1",
        (chat,),
    ).fetchone()
    return _update(row) if row else None


def take(connection: Connection, update: Update) -> list[Shown]:
    """Note that the assistant has stored the deed; what it carried is forgotten here."""
    connection.execute("UPDATE updates SET taken = 1, body = '' WHERE id = ?", (update.id,))
    connection.execute("DELETE FROM updates WHERE taken = 1 AND id < ?", (update.id - REMEMBERED,))
    if update.kind == "pressed":
        return []
    messages.touch(connection, int(update.message))
    return [messages.told(connection, int(update.message))]


def receipt(of: Deed | Update, notice: str = "", link: str = "") -> Shown:
    """What tells the person that the assistant has taken a deed."""
    return {
        "type": "receipt",
        "chat": of.chat,
        "person": of.person,
        "client": of.client,
        "notice": notice,
        "link": link,
    }


def arrival(update: Update) -> Incoming:
    """The deed as the port knows it."""
    shared: dict[str, Any] = {
        "id": str(update.id),
        "at": update.at,
        "sender": update.sender,
        "address": Address("local", update.chat, private=update.chat == update.person),
    }
    match update.kind:
        case "said":
            file = update.body.pop("file", None)
            return Said(**shared, message=update.message, file=File(*file) if file else None, **update.body)
        case "edited":
            return Edited(**shared, message=update.message, **update.body)
        case "pressed":
            return Pressed(**shared, message=update.message, **update.body)
        case "opened":
            return Opened(**shared, **update.body)
        case _:
            return Left(**shared)


def _update(row: Row) -> Update:
    return Update(
        id=row["id"],
        chat=row["chat"],
        sender=Sender(row["person"], row["name"], row["language"]),
        client=row["client"],
        kind=row["kind"],
        message=str(row["message"]),
        body=json.loads(row["body"]),
        at=datetime.fromisoformat(row["at"]),
    )
