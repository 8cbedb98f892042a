"""Sending, editing, replying, pressing, deleting: what people see and what the bot is told."""

from typing import Any

import pytest

from tests.telegram.chats import PrivateChat
from tests.telegram.conftest import Stage
from tests.telegram.messages import Message
from tests.telegram.refusals import Json

KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "7:0"}, {"text": "Nein", "callback_data": "7:1"}]]}
LINK = {"inline_keyboard": [[{"text": "Öffnen", "url": "https://t.me/themen_bot?start=abc"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
)


async def shown(stage: Stage, **values: Any) -> Message:
    """A message of the bot in the direct chat."""
    sent: Json = {
        "chat_id": stage.town.id,
        "text": "<b>Hallo</b>",
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
    } | values
    await stage.result("sendMessage", **sent)
    return stage.town.chat(stage.bot).last


def of(message: Message) -> Json:
    return {"chat_id": message.place.id, "message_id": message.id}


async def test_a_message_is_seen_as_it_was_sent(stage: Stage) -> None:
    message = await shown(stage, disable_notification=True)
    assert (message.text, message.html, message.rows) == ("Hallo", "<b>Hallo</b>", [["Ja", "Nein"]])
    assert (message.silent, message.edits, message.reply_to, message.sender) == (True, 0, None, stage.bot)
    assert stage.town.chat(stage.bot).from_bots() == [message]


async def test_an_edit_changes_what_is_seen_and_takes_the_buttons_away(stage: Stage) -> None:
    message = await shown(stage)
    result = await stage.result("editMessageText", **of(message), text="<i>Neu</i>", parse_mode="HTML")
    assert (message.html, message.rows, message.edits, message.earlier) == ("<i>Neu</i>", [], 1, ["<b>Hallo</b>"])
    assert result["edit_date"] >= result["date"]


async def test_buttons_can_be_changed_alone(stage: Stage) -> None:
    message = await shown(stage)
    await stage.result("editMessageReplyMarkup", **of(message), reply_markup=LINK)
    assert (message.html, message.rows) == ("<b>Hallo</b>", [["Öffnen"]])
    await stage.result("editMessageReplyMarkup", **of(message))
    assert message.rows == []


UNCHANGED: list[tuple[str, Json]] = [
    ("editMessageText", {"text": "<strong>Hallo</strong> ", "parse_mode": "HTML", "reply_markup": KEYBOARD}),
    ("editMessageReplyMarkup", {"reply_markup": KEYBOARD}),
]


@pytest.mark.parametrize(("method", "values"), UNCHANGED)
async def test_an_edit_that_changes_nothing(stage: Stage, method: str, values: Json) -> None:
    message = await shown(stage, protect_content=True, link_preview_options={"is_disabled": True})
    status, description = await stage.refused(method, **of(message), **values)
    assert status == 400
    assert description.startswith(NOT_MODIFIED)
    assert message.edits == 0


CHANGED: list[tuple[str, Json]] = [
    ("editMessageText", {"text": "<b>Hallo!</b>", "parse_mode": "HTML", "reply_markup": KEYBOARD}),
    ("editMessageText", {"text": "Hallo", "reply_markup": KEYBOARD}),
    ("editMessageText", {"text": "<b>Hallo</b>", "parse_mode": "HTML"}),
]


@pytest.mark.parametrize(("method", "values"), CHANGED)
async def test_an_edit_that_changes_a_little(stage: Stage, method: str, values: Json) -> None:
    message = await shown(stage)
    await stage.result(method, **of(message), **values)
    assert message.edits == 1


GONE = [
    ("editMessageText", {"text": "x"}, "message to edit not found"),
    ("editMessageReplyMarkup", {}, "message to edit not found"),
    ("deleteMessage", {}, "message to delete not found"),
    ("pinChatMessage", {}, "message to pin not found"),
    ("setMessageReaction", {}, "message to react not found"),
]


@pytest.mark.parametrize(("method", "values", "problem"), GONE)
async def test_a_message_that_is_gone(stage: Stage, method: str, values: Json, problem: str) -> None:
    message = await shown(stage)
    await stage.result("deleteMessage", **of(message))
    assert message not in stage.town.chat(stage.bot).messages
    assert await stage.refused(method, **of(message), **values) == (400, f"Bad Request: {problem}")


async def test_only_own_messages_can_be_edited(stage: Stage) -> None:
    said = stage.town.say("Hallo", stage.bot)
    assert await stage.refused("editMessageText", **of(said), text="x") == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_captions_and_texts_are_not_the_same(stage: Stage) -> None:
    message = await shown(stage)
    _, description = await stage.refused("editMessageCaption", **of(message), caption="x")
    assert description == "Bad Request: there is no caption in the message to edit"
    document = await sent_document(stage)
    _, description = await stage.refused("editMessageText", **of(document), text="x")
    assert description == "Bad Request: there is no text in the message to edit"
    await stage.result("editMessageCaption", **of(document), caption="<u>neu</u>", parse_mode="HTML")
    assert (document.html, document.document and document.document.name) == ("<u>neu</u>", "a.txt")
    await stage.result("editMessageCaption", **of(document))
    assert document.caption == ""


async def sent_document(stage: Stage, content: bytes = b"abc", method: str = "sendDocument") -> Message:
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/{method}"
    part = method.removeprefix("send").lower()
    data: dict[str, str | bytes] = {"chat_id": str(stage.town.id), "caption": "alt", part: content}
    form = stage.form(data, name="a.txt")
    async with stage.session.post(url, data=form) as answer:
        assert answer.status == 200, await answer.text()
    return stage.town.chat(stage.bot).last


async def test_a_document_arrives_whole(stage: Stage) -> None:
    content = bytes(range(256)) * 8192
    message = await sent_document(stage, content)
    assert message.document
    assert (message.document.name, message.document.content, message.caption) == ("a.txt", content, "alt")


PICTURES = [
    (b"GIF89a", "IMAGE_PROCESS_FAILED"),
    (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (9000).to_bytes(4, "big") * 2, "PHOTO_INVALID_DIMENSIONS"),
    (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x15\0\0\0\x01", "PHOTO_INVALID_DIMENSIONS"),
]


@pytest.mark.parametrize(("content", "problem"), PICTURES)
async def test_what_is_no_picture(stage: Stage, content: bytes, problem: str) -> None:
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendPhoto"
    form = stage.form({"chat_id": str(stage.town.id), "photo": content}, name="a.png")
    async with stage.session.post(url, data=form) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {problem}"


async def test_a_jpeg_is_a_picture(stage: Stage) -> None:
    frame = b"\xff\xc0\0\x11\x08" + (48).to_bytes(2, "big") + (64).to_bytes(2, "big")
    message = await sent_document(stage, b"\xff\xd8\xff\xe0\0\x04\0\0" + frame, "sendPhoto")
    assert message.photo
    assert message.content.file
    assert (message.content.file.width, message.content.file.height) == (64, 48)


async def test_replies_point_to_what_they_answer(stage: Stage) -> None:
    said = stage.town.say("Frage", stage.bot)
    result = await stage.result(
        "sendMessage", chat_id=stage.town.id, text="Antwort", reply_parameters={"message_id": said.id}
    )
    answer = stage.town.chat(stage.bot).last
    assert answer.reply_to is said
    assert result["reply_to_message"]["text"] == "Frage"
    stage.town.say("danke", stage.bot, reply_to=answer)
    update = (await stage.updates())[-1]["message"]
    assert update["reply_to_message"]["message_id"] == answer.id
    assert "reply_to_message" not in update["reply_to_message"]


@pytest.mark.parametrize(("allowed", "status"), [(False, 400), (True, 200)])
async def test_a_reply_to_what_is_gone(stage: Stage, allowed: bool, status: int) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": allowed}
    code, answer = await stage.ask("sendMessage", chat_id=stage.town.id, text="x", reply_parameters=reply)
    assert code == status
    assert answer.get("description", "") == ("" if allowed else "Bad Request: message to be replied not found")


async def test_a_press_reaches_the_bot_and_its_answer_the_person(stage: Stage) -> None:
    message = await shown(stage)
    press = stage.town.press(message, "Nein")
    query = (await stage.updates())[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("7:1", stage.town.id, message.id)
    assert query["message"]["reply_markup"] == KEYBOARD
    assert query["chat_instance"]
    assert press.answers == 0
    await stage.result("answerCallbackQuery", callback_query_id=query["id"], text="Notiert", show_alert=True)
    await stage.result("answerCallbackQuery", callback_query_id=query["id"], text="Noch einmal")
    assert (press.text, press.alert, press.answers) == ("Notiert", True, 2)


async def test_a_press_by_callback_data(stage: Stage) -> None:
    assert stage.town.press(await shown(stage), data="7:1").data == "7:1"


@pytest.mark.parametrize("label", ["Vielleicht", "Hallo"])
async def test_only_buttons_that_are_shown_now_can_be_pressed(stage: Stage, label: str) -> None:
    message = await shown(stage)
    with pytest.raises(LookupError, match="shows no button"):
        stage.town.press(message, label)
    await stage.result("editMessageReplyMarkup", **of(message), reply_markup=LINK)
    with pytest.raises(LookupError, match="shows no button"):
        stage.town.press(message, "Ja")
    with pytest.raises(ValueError, match="cannot be pressed"):
        stage.town.press(message, "Öffnen")


async def test_a_press_on_a_message_that_is_gone_carries_no_message(stage: Stage) -> None:
    message = await shown(stage)
    await stage.result("deleteMessage", **of(message))
    with pytest.raises(ValueError, match="cannot be pressed"):
        stage.town.press(message, "Ja")
    stage.town.forge(message, "99:0")
    query = (await stage.updates())[0]["callback_query"]
    assert (query["data"], query["message"]["date"]) == ("99:0", 0)
    assert "text" not in query["message"]


async def test_a_press_is_answered_in_time_by_the_bot_it_was_meant_for(stage: Stage) -> None:
    press = stage.town.press(await shown(stage), "Ja")
    other = stage.emulator.bot("other_bot")
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await stage.refused("answerCallbackQuery", by=other, callback_query_id=press.id) == (400, late)
    assert await stage.refused("answerCallbackQuery", callback_query_id="1") == (400, late)
    stage.emulator.world.query_lifetime = -1.0
    assert await stage.refused("answerCallbackQuery", callback_query_id=press.id) == (400, late)
    assert press.answers == 0


def pinned(stage: Stage) -> list[Message]:
    return [message for message in stage.town.chat(stage.bot).messages if message.pinned]


async def test_pins_and_reactions_are_seen(stage: Stage) -> None:
    message = await shown(stage)
    await stage.result("setMessageReaction", **of(message), reaction=[{"type": "emoji", "emoji": "👍"}])
    assert message.reactions == {stage.bot.id: [{"type": "emoji", "emoji": "👍"}]}
    await stage.result("pinChatMessage", **of(message))
    assert pinned(stage) == [message]
    assert (await stage.updates())[-1]["message"]["pinned_message"]["message_id"] == message.id
    await stage.result("unpinChatMessage", chat_id=stage.town.id)
    assert pinned(stage) == []
    assert await stage.refused("unpinChatMessage", chat_id=stage.town.id) == (
        400,
        "Bad Request: message to unpin not found",
    )
    await stage.result("sendChatAction", chat_id=stage.town.id, action="typing")
    assert stage.town.chat(stage.bot).actions == ["typing"]


async def test_an_edit_by_a_person(stage: Stage) -> None:
    said = stage.town.say("Wei erreichen wir", stage.bot)
    stage.town.edit(said, "Wie erreichen wir")
    update = (await stage.updates())[-1]["edited_message"]
    assert (update["message_id"], update["text"]) == (said.id, "Wie erreichen wir")
    assert update["edit_date"] >= update["date"]
    with pytest.raises(ValueError, match="own messages"):
        stage.office.edit(said, "x")


async def test_long_texts_leave_the_client_in_pieces(stage: Stage) -> None:
    stage.town.say("ä" * 10_000, stage.bot)
    assert [len(update["message"]["text"]) for update in await stage.updates()] == [4096, 4096, 1808]
    with pytest.raises(ValueError, match="empty"):
        stage.town.say(" \u202e ", stage.bot)


async def test_waiting_is_driven_by_what_happens(stage: Stage) -> None:
    chat: PrivateChat = stage.town.chat(stage.bot)
    said = stage.town.say("Hallo", chat)
    with pytest.raises(TimeoutError, match="Musterstadt: Hallo"):
        await chat.answer(said, within=0.01)
    await shown(stage)
    assert (await chat.answer(said)).text == "Hallo"


async def test_dates_are_seconds_of_the_given_clock(stage: Stage) -> None:
    assert isinstance((await stage.result("sendMessage", chat_id=stage.town.id, text="x"))["date"], int)
    now = stage.emulator.world.setting.clock()
    assert abs(stage.town.chat(stage.bot).last.date - now) < 2
