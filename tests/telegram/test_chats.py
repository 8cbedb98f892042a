"""Who may write to whom, and who is told of what: direct chats, groups, forums, moves."""

import pytest

from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat
from tests.telegram.conftest import Stage
from tests.telegram.groups import Group
from tests.telegram.people import Person
from tests.telegram.refusals import Json


def heard(updates: list[Json]) -> list[str]:
    return [update["message"].get("text", "") for update in updates if "message" in update]


def kinds(updates: list[Json]) -> list[str]:
    return [(update.keys() - {"update_id"}).pop() for update in updates]


async def network(stage: Stage, *others: Person | Bot, kind: str = "group") -> Group:
    """A group of ``office`` with ``town`` and the bot, which has taken all updates so far."""
    group = stage.emulator.group("Netzwerk", stage.office, stage.bot, stage.town, *others, kind=kind)
    await stage.forget()
    return group


async def test_nobody_is_written_to_who_never_pressed_start(stage: Stage) -> None:
    closed = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await stage.refused("sendMessage", chat_id=stage.office.id, text="x") == closed
    stage.office.start(stage.bot, "einladung-1")
    assert heard(await stage.updates()) == ["/start einladung-1"]
    await stage.result("sendMessage", chat_id=stage.office.id, text="x")


@pytest.mark.parametrize("code", ["mit leer", "umläut", "x" * 65])
async def test_no_link_carries_such_a_code(stage: Stage, code: str) -> None:
    with pytest.raises(ValueError, match="no link can carry"):
        stage.office.start(stage.bot, code)


async def test_links_lead_to_the_bot(stage: Stage) -> None:
    stage.office.follow("https://t.me/Themen_Bot?start=abc")
    assert heard(await stage.updates()) == ["/start abc"]
    with pytest.raises(ValueError, match="leads to no bot"):
        stage.office.follow("https://t.me/nobody?start=abc")


async def test_blocking_closes_the_chat_and_start_opens_it_again(stage: Stage) -> None:
    stage.town.block(stage.bot)
    stage.town.block(stage.bot)
    blocked = (403, "Forbidden: bot was blocked by the user")
    attempts: dict[str, Json] = {"sendMessage": {"text": "x"}, "sendChatAction": {"action": "typing"}}
    for method, values in attempts.items():
        assert await stage.refused(method, chat_id=stage.town.id, **values) == blocked
    with pytest.raises(ValueError, match="cannot write there"):
        stage.town.say("Hallo", stage.bot)
    stage.town.unblock(stage.bot)
    await stage.result("sendMessage", chat_id=stage.town.id, text="x")
    stage.town.block(stage.bot)
    stage.town.start(stage.bot)
    updates = await stage.updates()
    assert kinds(updates) == ["my_chat_member"] * 4 + ["message"]
    changes = [update["my_chat_member"] for update in updates[:2]]
    assert [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert changes[0]["chat"]["id"] == changes[0]["from"]["id"] == stage.town.id


async def test_accounts_that_are_deleted(stage: Stage) -> None:
    stage.town.deactivated = True
    assert await stage.refused("sendMessage", chat_id=stage.town.id, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )


@pytest.mark.parametrize("chat_id", [1, -1, "@nobody", "nonsense"])
async def test_chats_that_do_not_exist(stage: Stage, chat_id: int | str) -> None:
    assert await stage.refused("sendMessage", chat_id=chat_id, text="x") == (400, "Bad Request: chat not found")


async def test_groups_the_bot_was_never_in(stage: Stage) -> None:
    group = stage.emulator.group("Andere", stage.office)
    assert await stage.refused("sendMessage", chat_id=group.id, text="x") == (400, "Bad Request: chat not found")


async def test_bots_do_not_write_to_bots(stage: Stage) -> None:
    other = stage.emulator.bot("other_bot")
    status, _ = await stage.refused("sendMessage", chat_id=other.id, text="x")
    assert status == 403


async def test_direct_chats_of_two_bots_are_apart(stage: Stage) -> None:
    other = stage.emulator.bot("other_bot")
    stage.town.start(other)
    await stage.result("sendMessage", by=other, chat_id=stage.town.id, text="von anderswo")
    assert [message.text for message in stage.town.chat(stage.bot).messages] == ["/start"]
    assert stage.town.chat(other).last.text == "von anderswo"


PRIVACY = [
    ("Guten Morgen", False, True),
    ("/themen", True, True),
    ("/themen@themen_bot alle", True, True),
    ("/themen@other_bot", False, True),
    ("auch /themen in der Mitte", False, True),
    ("/zusammenführen 1 in 2", False, True),
    ("@themen_bot hilf", True, True),
    ("hilf, @Themen_Bot!", True, True),
    ("@themen_bote", False, True),
]


@pytest.mark.parametrize(("text", "with_privacy", "without"), PRIVACY)
async def test_privacy_mode(stage: Stage, text: str, with_privacy: bool, without: bool) -> None:
    group = await network(stage)
    for privacy, expected in ((True, with_privacy), (False, without)):
        stage.bot.privacy = privacy
        said = stage.town.say(text, group)
        assert heard(await stage.updates()) == ([text] if expected else []), f"privacy {privacy}"
        stage.town.edit(said, f"{text}.")
        assert kinds(await stage.updates())[int(expected) :] == (["edited_message"] if expected else [])
        await stage.forget()


async def test_with_privacy_mode_answers_to_the_bot_come_through_and_others_do_not(stage: Stage) -> None:
    group = await network(stage)
    await stage.result("sendMessage", chat_id=group.id, text="Karte")
    card = group.last
    stage.town.say("dafür", group, reply_to=card)
    other = stage.town.say("unter uns", group)
    stage.office.say("ja, unter uns", group, reply_to=other)
    assert heard(await stage.updates()) == ["dafür"]


async def test_administrators_hear_everything(stage: Stage) -> None:
    group = await network(stage)
    stage.office.promote(stage.bot, group)
    await stage.forget()
    stage.town.say("Guten Morgen", group)
    assert heard(await stage.updates()) == ["Guten Morgen"]


async def test_of_two_bots_a_bare_command_goes_to_the_one_that_spoke_last(stage: Stage) -> None:
    other = stage.emulator.bot("other_bot")
    group = await network(stage, other)
    await stage.forget(by=other)
    stage.town.say("/a", group)
    await stage.result("sendMessage", by=other, chat_id=group.id, text="x")
    stage.town.say("/b", group)
    stage.town.say("/c@themen_bot", group)
    assert heard(await stage.updates()) == ["/a", "/c@themen_bot"]
    assert heard(await stage.updates(by=other)) == ["/a", "/b"]


async def test_bots_do_not_hear_each_other_nor_themselves(stage: Stage) -> None:
    other = stage.emulator.bot("other_bot", privacy=False)
    group = await network(stage, other)
    await stage.forget(by=other)
    await stage.result("sendMessage", chat_id=group.id, text="/hilfe @other_bot")
    assert await stage.updates() == await stage.updates(by=other) == []


async def test_coming_and_going(stage: Stage) -> None:
    guest = stage.emulator.person("Gast")
    group = await network(stage)
    guest.join(group)
    guest.leave(group)
    stage.office.bring(guest, group)
    stage.office.remove(guest, group)
    joined, left, brought, removed = (update["message"] for update in await stage.updates())
    assert joined["new_chat_members"][0]["id"] == left["left_chat_member"]["id"] == guest.id
    assert (joined["from"]["id"], brought["from"]["id"]) == (guest.id, stage.office.id)
    assert removed["left_chat_member"]["id"] == guest.id
    with pytest.raises(ValueError, match="cannot write"):
        guest.say("Hallo", group)
    with pytest.raises(ValueError, match="is not in"):
        guest.leave(group)
    with pytest.raises(ValueError, match="is in 'Netzwerk' already"):
        stage.town.join(group)


async def test_the_bot_is_brought_and_removed(stage: Stage) -> None:
    group = stage.emulator.group("Netzwerk", stage.office)
    stage.office.bring(stage.bot, group)
    assert kinds(await stage.updates()) == ["my_chat_member", "message"]
    await stage.forget()
    stage.office.remove(stage.bot, group)
    change = (await stage.updates())[0]["my_chat_member"]
    assert (change["new_chat_member"]["status"], change["chat"]["title"]) == ("kicked", "Netzwerk")
    gone = (403, "Forbidden: bot was kicked from the group chat")
    assert await stage.refused("sendMessage", chat_id=group.id, text="x") == gone
    assert await stage.refused("getChat", chat_id=group.id) == gone


async def test_the_bot_leaves(stage: Stage) -> None:
    group = await network(stage, kind="supergroup")
    await stage.result("leaveChat", chat_id=group.id)
    assert await stage.refused("sendMessage", chat_id=group.id, text="x") == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )
    assert group.last.content.service["left_chat_member"]["id"] == stage.bot.id


async def test_rights(stage: Stage) -> None:
    group = await network(stage)
    said = stage.town.say("Hallo", group)
    message: Json = {"chat_id": group.id, "message_id": said.id}
    no_pin = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    assert await stage.refused("pinChatMessage", **message) == no_pin
    assert await stage.refused("unpinChatMessage", chat_id=group.id) == no_pin
    assert await stage.refused("deleteMessage", **message) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )
    stage.office.promote(stage.bot, group, ["can_pin_messages"])
    await stage.result("pinChatMessage", **message)
    await stage.refused("deleteMessage", **message)
    stage.office.promote(stage.bot, group, ["can_delete_messages"])
    await stage.result("deleteMessage", **message)
    member = await stage.result("getChatMember", chat_id=group.id, user_id=stage.bot.id)
    assert (member["can_delete_messages"], member["can_pin_messages"]) == (True, False)
    stage.office.silence(stage.bot, group)
    assert await stage.refused("sendMessage", chat_id=group.id, text="x") == (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    )


async def test_messages_older_than_two_days_stay(stage: Stage) -> None:
    await stage.result("sendMessage", chat_id=stage.town.id, text="x")
    stage.town.chat(stage.bot).last.date -= 48 * 3600 + 60
    status, _ = await stage.refused("deleteMessage", chat_id=stage.town.id, message_id=2)
    assert status == 400


async def test_a_group_becomes_a_supergroup(stage: Stage) -> None:
    group = await network(stage)
    new = stage.office.upgrade(group)
    assert await stage.ask("sendMessage", chat_id=group.id, text="x") == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        },
    )
    moved, came = (update["message"] for update in await stage.updates())
    assert (moved["chat"]["id"], moved["migrate_to_chat_id"]) == (group.id, new.id)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (new.id, group.id)
    assert new.kind == "supergroup"
    await stage.result("sendMessage", chat_id=new.id, text="hier geht es weiter")
    stage.town.say("/themen", new)
    with pytest.raises(ValueError, match="cannot write"):
        stage.town.say("/themen", group)


async def test_a_move_may_begin_with_a_farewell(stage: Stage) -> None:
    group = await network(stage)
    new = stage.office.upgrade(group, farewell=True)
    farewell, moved, _ = await stage.updates()
    assert farewell["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert moved["message"]["migrate_to_chat_id"] == new.id
    await stage.result("sendMessage", chat_id=new.id, text="hier geht es weiter")


async def test_forum_topics(stage: Stage) -> None:
    forum = stage.emulator.group("Forum", stage.office, stage.bot, stage.town, forum=True)
    await stage.forget()
    thread = stage.office.open_topic(forum, "Ideen")
    assert (await stage.updates())[0]["message"]["forum_topic_created"]["name"] == "Ideen"
    await stage.forget()
    said = stage.town.say("/thema", forum, thread=thread)
    message = (await stage.updates())[0]["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Ideen", "clients answer the topic itself"
    assert message["chat"]["is_forum"]
    sent = await stage.result("sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": said.id})
    assert (sent["message_thread_id"], forum.last.thread) == (thread, thread)
    await stage.result("sendMessage", chat_id=forum.id, text="allgemein")
    assert forum.last.thread == 0
    stage.office.close_topic(forum, thread)
    into: Json = {"chat_id": forum.id, "text": "x", "message_thread_id": thread}
    assert await stage.refused("sendMessage", **into) == (400, "Bad Request: TOPIC_CLOSED")
    stage.office.delete_topic(forum, thread)
    assert await stage.refused("sendMessage", **into) == (400, "Bad Request: message thread not found")
    assert said not in forum.messages


async def test_threads_elsewhere(stage: Stage) -> None:
    group = await network(stage)
    await stage.result("sendMessage", chat_id=group.id, text="x", message_thread_id=7)
    assert "message_thread_id" not in group.last.to_json()
    assert await stage.refused("sendMessage", chat_id=stage.town.id, text="x", message_thread_id=7) == (
        400,
        "Bad Request: message thread not found",
    )


MENUS = {
    "direct": ["default", "default de", "all_private_chats", "all_private_chats de", "chat {town}"],
    "member": ["default", "default de", "all_group_chats", "chat {group}", "chat_member {group} {town}"],
    "administrator": [
        "default",
        "all_group_chats",
        "all_chat_administrators",
        "chat {group}",
        "chat_administrators {group} de",
        "chat_member {group} {town}",
    ],
}
ELSEWHERE = {
    "direct": ["default en", "all_group_chats", "chat {office}"],
    "member": ["all_private_chats", "all_chat_administrators", "chat_administrators {group}"],
    "administrator": ["all_private_chats de", "chat {office}", "chat_member {group} {office}"],
}


def menu_request(words: str, ids: dict[str, int], command: str) -> Json:
    """The parameters of setMyCommands for a scope, its ids and perhaps a language."""
    kind, *rest = words.format(**ids).split()
    numbers = [int(word) for word in rest if not word.isalpha()]
    language = {"language_code": rest[-1]} if rest and rest[-1].isalpha() else {}
    scope = {"type": kind} | dict(zip(("chat_id", "user_id"), numbers, strict=False))
    return {"commands": [{"command": command, "description": "x"}], "scope": scope, **language}


@pytest.mark.parametrize("where", MENUS)
async def test_a_person_sees_the_narrowest_menu_in_their_language(stage: Stage, where: str) -> None:
    group = await network(stage)
    if where == "administrator":
        stage.office.promote(stage.town, group)
    chat: Chat = stage.town.chat(stage.bot) if where == "direct" else group
    ids = {"town": stage.town.id, "office": stage.office.id, "group": group.id}
    assert stage.emulator.menu(stage.bot, stage.town, chat) == []
    for number, words in enumerate(ELSEWHERE[where]):
        await stage.result("setMyCommands", **menu_request(words, ids, f"elsewhere{number}"))
    for number, words in enumerate(MENUS[where]):
        await stage.result("setMyCommands", **menu_request(words, ids, f"seen{number}"))
        assert stage.emulator.menu(stage.bot, stage.town, chat) == [(f"seen{number}", "x")], words


async def test_a_menu_for_a_chat_that_does_not_exist(stage: Stage) -> None:
    request = menu_request("chat -7", {}, "x")
    assert await stage.refused("setMyCommands", **request) == (400, "Bad Request: chat not found")
