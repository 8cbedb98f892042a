"""Chats that are part of another, as the topics of a forum are: ``<whole>/<part>``."""

from typing import Any

import sqlalchemy as sa


def within(column: sa.Column[Any], chat: str) -> sa.ColumnElement[bool]:
    """Whether the column names the chat or a part of it."""
    start = f"{chat}/"
    return sa.or_(column == chat, sa.func.substr(column, 1, len(start)) == start)


def moved(column: sa.Column[Any], chat: str, new_chat: str) -> sa.ColumnElement[str]:
    """The same place under the new id of the whole chat."""
    return sa.literal(new_chat, sa.Text) + sa.func.substr(column, len(chat) + 1)
