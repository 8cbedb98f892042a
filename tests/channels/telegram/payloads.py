"""Updates as Telegram sends them, with ids and names replaced."""

from typing import Any

from bot.channels.telegram.incoming import Me

Json = dict[str, Any]

ME = Me("7100000001", "ThemenBot", "Themenbote")
BOT: Json = {"id": 7100000001, "is_bot": True, "first_name": "Themenbote", "username": "ThemenBot"}
TOWN: Json = {
    "id": 5000000001,
    "is_bot": False,
    "first_name": "Amt",
    "last_name": "Musterstadt",
    "username": "musterstadt",
    "language_code": "de-AT",
}
OFFICE: Json = {"id": 42, "is_bot": False, "first_name": "Koordination"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

DIRECT: Json = {"id": 5000000001, "first_name": "Amt", "last_name": "Musterstadt", "type": "private"}
GROUP: Json = {"id": -4000000001, "title": "Netzwerk", "type": "group", "all_members_are_administrators": False}
SUPERGROUP: Json = {"id": -1002000000001, "title": "Netzwerk", "type": "supergroup", "username": "netzwerk"}
FORUM: Json = {"id": -1002000000002, "title": "Forum", "type": "supergroup", "is_forum": True}
AT = 1795170600  # 20 November 2026, 10:30 UTC
UPDATE = 710000001


def message(text: str | None = None, /, *, chat: Json = DIRECT, sender: Json = TOWN, **fields: Any) -> Json:
    words = {} if text is None else {"text": text}
    return {"message_id": 17, "from": sender, "chat": chat, "date": AT} | words | fields


def arrived(kind: str, body: Any) -> Json:
    return {"update_id": UPDATE, kind: body}


def said(text: str | None = None, /, **fields: Any) -> Json:
    return arrived("message", message(text, **fields))


def pressed(data: Any, shown: Json, **fields: Any) -> Json:
    query = {"id": "4382", "from": TOWN, "message": shown, "chat_instance": "-83", "data": data}
    return arrived("callback_query", query | fields)


def member(user: Json, status: str, **fields: Any) -> Json:
    return {"user": user, "status": status, **fields}


def changed(kind: str, chat: Json, user: Json, before: Json | str, after: Json | str, by: Json = TOWN) -> Json:
    old, new = (state if isinstance(state, dict) else member(user, state) for state in (before, after))
    return arrived(kind, {"chat": chat, "from": by, "date": AT, "old_chat_member": old, "new_chat_member": new})


CARD = message("Thema 3", sender=BOT, message_id=99, reply_markup={"inline_keyboard": []})
TOPIC_ROOT: Json = {
    "message_id": 45,
    "from": OFFICE,
    "chat": FORUM,
    "date": AT,
    "message_thread_id": 45,
    "forum_topic_created": {"name": "Ideen", "icon_color": 7322096},
    "is_topic_message": True,
}
IN_TOPIC: Json = {"chat": FORUM, "message_thread_id": 45, "is_topic_message": True}
COMMAND = [{"offset": 0, "length": 7, "type": "bot_command"}]
PHOTO = [{"file_id": "AgAD", "file_unique_id": "AQAD", "width": 90, "height": 90, "file_size": 1000}]
