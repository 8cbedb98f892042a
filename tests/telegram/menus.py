"""Which command menu a person sees where."""

from collections.abc import Iterator

from tests.telegram.accounts import Bot, Menu, User
from tests.telegram.chats import Chat
from tests.telegram.groups import IN_CHARGE, Group

Scope = tuple[object, ...]


def _scopes(person: User, chat: Chat) -> Iterator[Scope]:
    """From the narrowest scope to the widest."""
    if not isinstance(chat, Group):
        yield from [("chat", chat.id), ("all_private_chats",), ("default",)]
        return
    in_charge = chat.member(person).status in IN_CHARGE
    yield ("chat_member", chat.id, person.id)
    if in_charge:
        yield ("chat_administrators", chat.id)
    yield ("chat", chat.id)
    if in_charge:
        yield ("all_chat_administrators",)
    yield from [("all_group_chats",), ("default",)]


def shown_menu(bot: Bot, person: User, chat: Chat) -> Menu:
    """The commands ``bot`` offers ``person`` in ``chat``: narrow before wide, their language before none."""
    for scope in _scopes(person, chat):
        for language in (person.language, ""):
            if menu := bot.menus.get((scope, language)):
                return menu
    return []
