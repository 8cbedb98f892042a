"""Methods about the bot itself and about chats and their members."""

from typing import Any

from tests.telegram.accounts import Bot, Menu
from tests.telegram.calls import Call, Carry
from tests.telegram.chats import Chat
from tests.telegram.groups import IN_CHARGE, PRESENT, Group
from tests.telegram.refusals import Json, bad_request

DEFAULT_SCOPE = ("default",)


def get_me(call: Call) -> Json:
    """GetMe."""
    return call.bot.describe_itself()


def _scope(call: Call) -> tuple[object, ...]:
    scope = call.get("scope", {"type": "default"})
    return tuple(scope[key] for key in ("type", "chat_id", "user_id") if key in scope)


def set_my_commands(call: Call) -> bool:
    """SetMyCommands; an empty list takes the menu away."""
    if "chat_id" in call.get("scope", {}):
        call.world.chat(call.bot, call.values["scope"]["chat_id"])
    menu: Menu = [(command["command"], command["description"]) for command in call.values["commands"]]
    call.bot.menus[_scope(call), call.get("language_code", "")] = menu
    call.world.changes.notify()
    return True


def get_my_commands(call: Call) -> list[Json]:
    """GetMyCommands."""
    menu = call.bot.menus.get((_scope(call), call.get("language_code", "")), [])
    return [{"command": command, "description": description} for command, description in menu]


def delete_my_commands(call: Call) -> bool:
    """DeleteMyCommands."""
    call.bot.menus.pop((_scope(call), call.get("language_code", "")), None)
    return True


def _set_text(kind: str) -> Carry:
    def carry(call: Call) -> bool:
        call.bot.texts[kind, call.get("language_code", "")] = call.get(kind, "")
        return True

    return carry


def _get_text(kind: str) -> Carry:
    def carry(call: Call) -> Json:
        return {kind: call.bot.text(kind, call.get("language_code", "")) or (call.bot.name if kind == "name" else "")}

    return carry


def get_chat(call: Call) -> Json:
    """GetChat."""
    chat = _readable(call)
    full: Json = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if isinstance(chat, Group):
        full["permissions"] = chat.permissions
    pinned = [message for message in chat.messages if message.pinned]
    return full | ({"pinned_message": pinned[-1].to_json(nested=True)} if pinned else {})


def _readable(call: Call) -> Chat:
    chat = call.chat()
    if isinstance(chat, Group):
        chat.check_access(call.bot)
    return chat


def get_chat_member(call: Call) -> Json:
    """GetChatMember."""
    chat = _readable(call)
    user = call.world.user(call.values["user_id"])
    if isinstance(chat, Group):
        return chat.member(user).to_json()
    return {"user": user.to_json(), "status": "member"}


def get_chat_administrators(call: Call) -> list[Json]:
    """GetChatAdministrators; other bots are left out unless asked for."""
    chat = _readable(call)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    bots = call.get("return_bots", False)
    return [
        member.to_json()
        for member in chat.members.values()
        if member.status in IN_CHARGE and (bots or member.user is call.bot or not isinstance(member.user, Bot))
    ]


def get_chat_member_count(call: Call) -> int:
    """GetChatMemberCount."""
    chat = _readable(call)
    return sum(m.status in PRESENT for m in chat.members.values()) if isinstance(chat, Group) else 2


def leave_chat(call: Call) -> bool:
    """LeaveChat."""
    chat = call.reachable()
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    chat.set_status(call.bot, "left", call.bot)
    chat.service(call.bot, left_chat_member=call.bot.to_json())
    return True


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **{f"setMy{name}": _set_text(kind) for name, kind in (("Name", "name"), ("Description", "description"))},
    "setMyShortDescription": _set_text("short_description"),
    **{f"getMy{name}": _get_text(kind) for name, kind in (("Name", "name"), ("Description", "description"))},
    "getMyShortDescription": _get_text("short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
