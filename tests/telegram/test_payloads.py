"""What the emulator hands out: complete for the library, and true to the official description."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import telegram

from tests.telegram import official
from tests.telegram.conftest import Stage
from tests.telegram.messages import Content
from tests.telegram.refusals import Json

ALL_KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


async def private_life(stage: Stage) -> None:
    """A direct chat in which everything happens."""
    said = stage.town.say("Hallo @themen_bot, /hilfe auf https://example.org/a #x", stage.bot)
    stage.town.edit(said, "doch nicht")
    stage.town.send(Content(extra={"location": {"latitude": 53.1, "longitude": 8.8}}), stage.bot, reply_to=said)
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1"}]]}
    await stage.result("sendMessage", chat_id=stage.town.id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
    card = stage.town.chat(stage.bot).last
    stage.town.press(card, "Ja")
    await stage.result("pinChatMessage", chat_id=stage.town.id, message_id=card.id)
    stage.town.chat(stage.bot).delete(card)
    stage.town.forge(card, "1")
    stage.town.block(stage.bot)
    stage.town.start(stage.bot, "einladung")


async def group_life(stage: Stage) -> None:
    """A group from its beginning to its move."""
    group = stage.emulator.group("Netzwerk", stage.office, stage.bot, stage.town)
    stage.office.promote(stage.bot, group)
    stage.town.say("/themen", group)
    stage.town.leave(group)
    stage.town.join(group)
    stage.office.silence(stage.town, group)
    stage.office.demote(stage.town, group)
    stage.office.rename(group, "Netz")
    stage.office.pin(group, group.last.id)
    supergroup = stage.office.upgrade(group)
    stage.office.remove(stage.bot, supergroup)


async def forum_life(stage: Stage) -> None:
    """A forum with a topic."""
    forum = stage.emulator.group("Forum", stage.office, stage.bot, forum=True)
    thread = stage.office.open_topic(forum, "Ideen")
    said = stage.office.say("/thema Wie?", forum, thread=thread)
    await stage.result("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    stage.office.say("dafür", forum, reply_to=forum.last)
    stage.office.say("/hilfe", forum, reply_to=said)
    stage.office.close_topic(forum, thread)


@pytest.mark.parametrize("life", [private_life, group_life, forum_life])
async def test_updates(stage: Stage, life: Callable[[Stage], Awaitable[None]]) -> None:
    await stage.updates(allowed_updates=ALL_KINDS)
    await life(stage)
    updates = await stage.updates()
    assert len(updates) >= 6
    for update in updates:
        parsed = telegram.Update.de_json(update)
        assert not unknown(parsed), update
        assert trimmed(parsed.to_dict()) == trimmed(update)
    if official.PATH.exists():
        assert [official.problems(update, ["Update"]) for update in updates] == [[] for _ in updates]


def unknown(parsed: Any) -> list[str]:
    """Fields the library does not know, anywhere within."""
    if isinstance(parsed, tuple | list):
        return [name for one in parsed for name in unknown(one)]
    if not isinstance(parsed, telegram.TelegramObject):
        return []
    slots = {name for kind in type(parsed).__mro__ for name in getattr(kind, "__slots__", ())}
    values = [getattr(parsed, name, None) for name in slots - {"_bot", "api_kwargs"}]
    return [*parsed.api_kwargs, *unknown(values)]


def trimmed(value: Any) -> Any:
    """Without what the library leaves out or adds: falsehoods and nothings."""
    if isinstance(value, dict):
        return {key: trimmed(one) for key, one in value.items() if one not in (False, None, [], ())}
    if isinstance(value, list | tuple):
        return [trimmed(one) for one in value]
    return value


RESULTS: dict[str, tuple[str, Json, str]] = {
    "me": ("getMe", {}, "User"),
    "direct chat": ("getChat", {"chat_id": "{town}"}, "ChatFullInfo"),
    "group": ("getChat", {"chat_id": "{group}"}, "ChatFullInfo"),
    "member": ("getChatMember", {"chat_id": "{group}", "user_id": "{town}"}, "ChatMember"),
    "owner": ("getChatMember", {"chat_id": "{group}", "user_id": "{office}"}, "ChatMember"),
    "administrator": ("getChatMember", {"chat_id": "{group}", "user_id": "{bot}"}, "ChatMember"),
    "left": ("getChatMember", {"chat_id": "{group}", "user_id": "{stranger}"}, "ChatMember"),
    "silenced": ("getChatMember", {"chat_id": "{group}", "user_id": "{silenced}"}, "ChatMember"),
    "administrators": ("getChatAdministrators", {"chat_id": "{group}"}, "Array of ChatMember"),
    "count": ("getChatMemberCount", {"chat_id": "{group}"}, "Integer"),
    "webhook": ("getWebhookInfo", {}, "WebhookInfo"),
    "commands": ("getMyCommands", {}, "Array of BotCommand"),
    "name": ("getMyName", {}, "BotName"),
    "description": ("getMyDescription", {}, "BotDescription"),
    "short description": ("getMyShortDescription", {}, "BotShortDescription"),
    "message": (
        "sendMessage",
        {"chat_id": "{group}", "text": "x", "link_preview_options": {"is_disabled": True}},
        "Message",
    ),
    "document": ("sendDocument", {"chat_id": "{group}", "document": "{file}", "protect_content": True}, "Message"),
}


async def furnished(stage: Stage) -> dict[str, Any]:
    """A group with every kind of member, a menu and a file; the ids to ask for."""
    stranger, silenced = stage.emulator.person("Gast"), stage.emulator.person("Nachbarort")
    group = stage.emulator.group("Netzwerk", stage.office, stage.bot, stage.town, silenced)
    stage.office.promote(stage.bot, group)
    stage.office.silence(silenced, group)
    await stage.result("setMyCommands", commands=[{"command": "hilfe", "description": "Hilfe"}])
    sent = await stage.result("sendMessage", chat_id=group.id, text="x")
    await stage.result("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    ids = {"town": stage.town, "office": stage.office, "bot": stage.bot, "stranger": stranger, "silenced": silenced}
    file_id = (await upload(stage, "a.ics", b"BEGIN:VCALENDAR"))["document"]["file_id"]
    return {name: user.id for name, user in ids.items()} | {"group": group.id, "file": file_id}


async def upload(stage: Stage, name: str, content: bytes) -> Json:
    async with telegram.Bot(stage.bot.token, base_url=f"{stage.emulator.api_base}/bot") as bot:
        message = await bot.send_document(stage.town.id, content, filename=name)
        return dict(message.to_dict())


@pytest.mark.skipif(not official.PATH.exists(), reason="the official description is not here")
@pytest.mark.parametrize(("method", "values", "kind"), RESULTS.values(), ids=RESULTS)
async def test_results_are_true_to_the_official_description(stage: Stage, method: str, values: Json, kind: str) -> None:
    ids = await furnished(stage)
    sent = {name: ids.get(str(value).strip("{}"), value) for name, value in values.items()}
    result = await stage.result(method, **sent)
    assert official.problems(result, [kind]) == []


async def test_the_library_gets_on_with_every_method(stage: Stage) -> None:
    ids = await furnished(stage)
    group = ids["group"]
    async with telegram.Bot(stage.bot.token, base_url=f"{stage.emulator.api_base}/bot") as bot:
        assert (bot.username, bot.can_join_groups, bot.can_read_all_group_messages) == ("themen_bot", True, False)
        for scope in (
            telegram.BotCommandScopeDefault(),
            telegram.BotCommandScopeAllPrivateChats(),
            telegram.BotCommandScopeAllGroupChats(),
            telegram.BotCommandScopeAllChatAdministrators(),
            telegram.BotCommandScopeChat(group),
            telegram.BotCommandScopeChatAdministrators(group),
            telegram.BotCommandScopeChatMember(group, ids["town"]),
        ):
            assert await bot.set_my_commands([("hilfe", "Hilfe")], scope=scope, language_code="de")
            assert (await bot.get_my_commands(scope, "de"))[0].command == "hilfe"
            assert await bot.delete_my_commands(scope, "de")
            assert await bot.get_my_commands(scope, "de") == ()
        assert await bot.set_my_description("Lang", "de")
        assert (await bot.get_my_description("de")).description == "Lang"
        assert await bot.set_my_short_description("Kurz")
        assert (await bot.get_my_short_description("de")).short_description == "Kurz"
        assert await bot.set_my_name("Themen", "de")
        assert [(await bot.get_my_name(language)).name for language in ("de", "en")] == ["Themen", "Themenbote"]
        assert (await bot.get_chat(group)).pinned_message
        assert [member.status for member in await bot.get_chat_administrators(group)] == ["creator", "administrator"]
        assert await bot.get_chat_member_count(group) == 4
        assert (await bot.get_chat_member(group, ids["silenced"])).status == "restricted"
        assert await bot.send_chat_action(group, "typing")
        sent = await bot.send_message(group, "x", message_thread_id=None, reply_to_message_id=None)
        assert await bot.set_message_reaction(group, sent.message_id, "👍")
        assert await bot.unpin_chat_message(group)
        assert await bot.delete_message(group, sent.message_id)
        assert await bot.leave_chat(group)


async def test_people_may_have_ids_of_more_than_32_bits(stage: Stage) -> None:
    assert stage.town.id > 2**32
    assert stage.emulator.group("Netzwerk", stage.office).id < -(2**31)
