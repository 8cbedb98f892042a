"""Every request is judged by the table: what passes, what is refused and recorded, in every encoding."""

import json
from typing import Any

import pytest

from tests.telegram.conftest import Stage

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"\x08\x02\0\0\0"
KEY = {"text": "Ja", "callback_data": "1:0"}


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def send(**values: Any) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {"text": "Hallo", **values}


def button(**values: Any) -> tuple[str, dict[str, Any]]:
    return send(reply_markup=keyboard([{"text": "Ja", **values}]))


def commands(*pairs: tuple[str, str], **more: Any) -> tuple[str, dict[str, Any]]:
    menu = [{"command": command, "description": description} for command, description in pairs]
    return "setMyCommands", {"commands": menu, "chat_id": None, **more}


BAD = {
    "unknown method": ("sendEverything", {}, "method not found"),
    "unknown parameter": (*send(colour="red"), "colour is no parameter of sendMessage"),
    "not emulated": (*send(message_effect_id="1"), "is not emulated"),
    "text missing": ("sendMessage", {}, "message text is empty"),
    "text empty": (*send(text=""), "message text is empty"),
    "text of spaces": (*send(text=" \n\t "), "text must be non-empty"),
    "text of a line break mark": (*send(text="\u2028"), "text must be non-empty"),
    "text too long": (*send(text="ä" * 4097), "message is too long"),
    "text a number": (*send(text=7), "text has to be str, is int"),
    "chat missing": (*send(chat_id=None), "chat_id is empty"),
    "chat a truth value": (*send(chat_id=True), "chat_id has to be"),
    "thread a text": (*send(message_thread_id="7"), "message_thread_id has to be int, is str"),
    "notification a word": (*send(disable_notification="yes"), "disable_notification has to be bool"),
    "null": (*send(parse_mode=None), "parse_mode has to be str, is NoneType"),
    "parse mode": (*send(parse_mode="Markdown"), "is no parse_mode"),
    "bad HTML": (*send(text="<b>Hallo", parse_mode="HTML"), "can't parse entities: can't find end tag"),
    "entity beyond 100": (*send(entities=[{"type": "bold", "offset": 0, "length": 1}] * 101), "is 101 long"),
    "entity kind": (*send(entities=[{"type": "loud", "offset": 0, "length": 1}]), "is no entity: 'loud'"),
    "entity lacks url": (*send(entities=[{"type": "text_link", "offset": 0, "length": 1}]), "lacks url"),
    "preview field": (*send(link_preview_options={"off": True}), "off is no field of LinkPreviewOptions"),
    "preview type": (*send(link_preview_options={"is_disabled": 1}), "is_disabled has to be bool"),
    "reply lacks id": (*send(reply_parameters={"quote": "x"}), "reply_parameters.message_id is required"),
    "reply to text": (*send(reply_parameters={"message_id": "1"}), "message_id has to be int"),
    "keyboard flat": (*send(reply_markup={"inline_keyboard": [KEY]}), "has to be an array"),
    "keyboard unnamed": (*send(reply_markup={"rows": []}), "reply_markup has to be InlineKeyboardMarkup or"),
    "row of nine": (*send(reply_markup=keyboard([KEY] * 9)), "is 9 long, allowed are 1 to 8"),
    "row empty": (*send(reply_markup=keyboard([])), "is 0 long"),
    "buttons beyond 100": (*send(reply_markup=keyboard(*[[KEY] * 8] * 13)), "reply markup is too long"),
    "button without action": (*button(), "has to do exactly one thing"),
    "button with two": (*button(callback_data="1", url="https://example.org/"), "has to do exactly one thing"),
    "data empty": (*button(callback_data=""), "BUTTON_DATA_INVALID"),
    "data beyond 64 bytes": (*button(callback_data="ä" * 33), "BUTTON_DATA_INVALID"),
    "data a number": (*button(callback_data=1), "BUTTON_DATA_INVALID"),
    "label empty": (*send(reply_markup=keyboard([KEY | {"text": ""}])), "is 0 long, allowed are 1 to 64"),
    "label too long": (*send(reply_markup=keyboard([KEY | {"text": "x" * 65}])), "is 65 long"),
    "label missing": (*send(reply_markup=keyboard([{"callback_data": "1"}])), "0.0.text is required"),
    "style": (*button(callback_data="1", style="huge"), "is no style"),
    "link scheme": (*button(url="javascript:alert(1)"), "BUTTON_URL_INVALID"),
    "link payload": (*button(url="https://t.me/themen_bot?start=a.b"), "start parameter"),
    "link payload too long": (*button(url="https://t.me/themen_bot?start=" + "a" * 65), "start parameter"),
    "web app not https": (*button(web_app={"url": "http://example.org/"}), "is no https"),
    "copied text empty": (*button(copy_text={"text": ""}), "is 0 long, allowed are 1 to 256"),
    "caption too long": ("sendPhoto", {"photo": "x", "caption": "x" * 1025}, "message caption is too long"),
    "photo missing": ("sendPhoto", {}, "sendPhoto: photo is required"),
    "photo not attached": ("sendPhoto", {"photo": "attach://p"}, "names the part 'p', which is not there"),
    "photo from the web": ("sendPhoto", {"photo": "https://example.org/a.png"}, "from the web"),
    "edit of nothing": ("editMessageText", {"text": "x", "chat_id": None}, "message identifier is not specified"),
    "edit without text": ("editMessageText", {"message_id": 1}, "message text is empty"),
    "new media missing": ("editMessageMedia", {"message_id": 1}, "editMessageMedia: media is required"),
    "new media of no kind": ("editMessageMedia", {"message_id": 1, "media": {"media": "x"}}, "media has to be"),
    "new media of another kind": (
        "editMessageMedia",
        {"message_id": 1, "media": {"type": "video", "media": "x"}},
        "media of type video is not emulated",
    ),
    "new media not attached": (
        "editMessageMedia",
        {"message_id": 1, "media": {"type": "photo", "media": "attach://p"}},
        "names the part 'p', which is not there",
    ),
    "new media with too long a caption": (
        "editMessageMedia",
        {"message_id": 1, "media": {"type": "photo", "media": "x", "caption": "x" * 1025}},
        "message caption is too long",
    ),
    "new media with bad HTML": (
        "editMessageMedia",
        {"message_id": 1, "media": {"type": "photo", "media": "x", "caption": "<p>", "parse_mode": "HTML"}},
        'unsupported start tag "p"',
    ),
    "edit with a reply keyboard": (
        "editMessageReplyMarkup",
        {"message_id": 1, "reply_markup": {"remove_keyboard": True}},
        "remove_keyboard is no field of InlineKeyboardMarkup",
    ),
    "message id of zero": ("deleteMessage", {"message_id": 0}, "is 0, allowed are 1"),
    "toast too long": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "text": "x" * 201, "chat_id": None},
        "TOO_LONG",
    ),
    "answer that opens another bot": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "url": "https://t.me/other_bot?start=x", "chat_id": None},
        "URL_INVALID",
    ),
    "answer that opens a page": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "url": "https://example.org/", "chat_id": None},
        "URL_INVALID",
    ),
    "query id a number": ("answerCallbackQuery", {"callback_query_id": 1, "chat_id": None}, "has to be str"),
    "command capital": (*commands(("Hilfe", "x")), "BOT_COMMAND_INVALID"),
    "command empty": (*commands(("", "x")), "BOT_COMMAND_INVALID"),
    "command too long": (*commands(("a" * 33, "x")), "BOT_COMMAND_INVALID"),
    "command with slash": (*commands(("/hilfe", "x")), "BOT_COMMAND_INVALID"),
    "description empty": (*commands(("hilfe", "")), "BOT_COMMAND_DESCRIPTION_INVALID"),
    "description too long": (*commands(("hilfe", "x" * 257)), "BOT_COMMAND_DESCRIPTION_INVALID"),
    "commands beyond 100": (*commands(*[("hilfe", "x")] * 101), "is 101 long"),
    "scope unknown": (*commands(("hilfe", "x"), scope={"type": "world"}), "scope has to be"),
    "scope lacks chat": (*commands(("hilfe", "x"), scope={"type": "chat"}), "scope has to be"),
    "language of three": (*commands(("hilfe", "x"), language_code="deu"), "is no language"),
    "about too long": ("setMyShortDescription", {"short_description": "x" * 121, "chat_id": None}, "is 121 long"),
    "long about too long": ("setMyDescription", {"description": "x" * 513, "chat_id": None}, "is 513 long"),
    "action": ("sendChatAction", {"action": "dancing"}, "wrong parameter action"),
    "reaction": (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
        "REACTION_INVALID",
    ),
    "reactions beyond one": (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
        "is 2 long",
    ),
    "limit beyond 100": ("getUpdates", {"limit": 101, "chat_id": None}, "is 101, allowed are 1 to 100"),
    "limit of zero": ("getUpdates", {"limit": 0, "chat_id": None}, "is 0, allowed are 1 to 100"),
    "update kind": ("getUpdates", {"allowed_updates": ["messages"], "chat_id": None}, "is no update"),
    "webhook not https": ("setWebhook", {"url": "http://example.org/", "chat_id": None}, "An HTTPS URL must be"),
    "webhook port": ("setWebhook", {"url": "https://example.org:8080/", "chat_id": None}, "only on ports"),
    "webhook secret": (
        "setWebhook",
        {"url": "https://example.org/", "secret_token": "ä", "chat_id": None},
        "secret token contains unallowed",
    ),
}


@pytest.mark.parametrize(("method", "values", "problem"), BAD.values(), ids=BAD)
async def test_what_no_correct_program_sends_is_refused_and_recorded(
    stage: Stage, method: str, values: dict[str, Any], problem: str
) -> None:
    sent = {"chat_id": stage.town.id} | values
    if sent["chat_id"] is None:
        del sent["chat_id"]
    with stage.emulator.tolerant() as violations:
        status, description = await stage.refused(method, **sent)
    assert problem in description
    assert status == (404 if method == "sendEverything" else 400)
    assert [violation.description for violation in violations] == [description]
    assert len(stage.town.chat(stage.bot).messages) == 1, "nothing but /start stands in the chat"


GOOD = {
    "plain": send(text="1 < 2 & so on"),
    "as long as may be": send(text="ä" * 4096),
    "long before parsing": send(text="<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML"),
    "silent, protected, no preview": send(
        disable_notification=True, protect_content=True, link_preview_options={"is_disabled": True}
    ),
    "a hundred buttons": send(reply_markup=keyboard(*[[KEY] * 8] * 12, [KEY] * 4)),
    "64 bytes": button(callback_data="ä" * 32),
    "link that opens a bot": button(url="https://t.me/themen_bot?start=" + "a" * 64),
    "text to copy": button(copy_text={"text": "x" * 256}),
    "an answer asked for": send(reply_markup={"force_reply": True, "input_field_placeholder": "Wie …?"}),
    "keyboard removed": send(reply_markup={"remove_keyboard": True}),
    "entities": send(entities=[{"type": "bold", "offset": 0, "length": 3}]),
    "a reply that may fail": send(reply_parameters={"message_id": 99, "allow_sending_without_reply": True}),
    "chat as digits": send(chat_id="{town}"),
}


@pytest.mark.parametrize(("method", "values"), GOOD.values(), ids=GOOD)
async def test_what_is_allowed_passes(stage: Stage, method: str, values: dict[str, Any]) -> None:
    sent = {"chat_id": stage.town.id} | values
    if sent["chat_id"] == "{town}":
        sent["chat_id"] = str(stage.town.id)
    message = await stage.result(method, **sent)
    assert stage.town.chat(stage.bot).last.id == message["message_id"]


PARAMETERS = {
    "text": "Grüße & <b>mehr</b>",
    "parse_mode": "HTML",
    "disable_notification": True,
    "reply_markup": keyboard([KEY]),
}


def as_text(values: dict[str, Any]) -> dict[str, str]:
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}


@pytest.mark.parametrize("encoding", ["json", "json with nested text", "urlencoded", "multipart", "query"])
async def test_the_same_request_in_every_encoding(stage: Stage, encoding: str) -> None:
    values = {"chat_id": stage.town.id} | PARAMETERS | {"text": "Grüße &amp; <b>mehr</b>"}
    texts = as_text(values)
    arguments: dict[str, dict[str, Any]] = {
        "json": {"json": values},
        "json with nested text": {"json": values | {"reply_markup": texts["reply_markup"]}},
        "urlencoded": {"data": texts},
        "multipart": {"data": Stage.form(texts)},
        "query": {"params": texts},
    }
    verb = "GET" if encoding == "query" else "POST"
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/SendMESSAGE"
    async with stage.session.request(verb, url, **arguments[encoding]) as answer:
        assert answer.status == 200, await answer.text()
    shown = stage.town.chat(stage.bot).last
    assert (shown.html, shown.buttons, shown.silent) == ("Grüße &amp; <b>mehr</b>", ["Ja"], True)
    assert stage.emulator.calls("sendMessage") == [values]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"reply_markup": "{nonsense"}, "reply_markup is not JSON"),
        ({"disable_notification": "perhaps"}, "has to be bool"),
        ({"message_thread_id": "1.5"}, "has to be int"),
    ],
)
async def test_text_in_a_form_that_cannot_be_read(stage: Stage, values: dict[str, str], problem: str) -> None:
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendMessage"
    with stage.emulator.tolerant() as violations:
        async with stage.session.post(url, data={"chat_id": str(stage.town.id), "text": "x", **values}) as answer:
            assert answer.status == 400
    assert problem in violations[0].description


@pytest.mark.parametrize("body", [b'{"chat_id":', b"[]", b'{"text": "\\ud83d"}', b"\xff"])
async def test_a_body_that_is_no_json(stage: Stage, body: bytes) -> None:
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendMessage"
    with stage.emulator.tolerant() as violations:
        headers = {"Content-Type": "application/json"}
        async with stage.session.post(url, data=body, headers=headers) as answer:
            assert (answer.status, (await answer.json())["ok"]) == (400, False)
    assert len(violations) == 1


@pytest.mark.parametrize("by_reference", [True, False])
async def test_files_come_as_parts_and_are_seen(stage: Stage, by_reference: bool) -> None:
    form = Stage.form({"chat_id": str(stage.town.id), "caption": "<i>Ergebnis</i>", "parse_mode": "HTML"})
    if by_reference:
        form.add_field("photo", "attach://part-1")
    form.add_field("part-1" if by_reference else "photo", PNG, filename="a.png", content_type="image/png")
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendPhoto"
    async with stage.session.post(url, data=form) as answer:
        photo = (await answer.json())["result"]["photo"][-1]
    shown = stage.town.chat(stage.bot).last
    assert (photo["width"], photo["height"], photo["file_size"]) == (640, 480, len(PNG))
    assert (shown.photo, shown.caption, shown.html, shown.text) == (PNG, "Ergebnis", "<i>Ergebnis</i>", "")
    again = await stage.result("sendPhoto", chat_id=stage.town.id, photo=photo["file_id"])
    assert again["photo"][0]["file_id"] == photo["file_id"]


async def test_a_text_becomes_a_picture_and_the_picture_a_file(stage: Stage) -> None:
    message = await stage.result("sendMessage", chat_id=stage.town.id, text="Wie steht es?")
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/editMessageMedia"
    for kind, name in (("photo", "a.png"), ("document", "b.png")):
        media = {"type": kind, "media": "attach://new", "caption": f"<b>{kind}</b>", "parse_mode": "HTML"}
        values = {"chat_id": stage.town.id, "message_id": message["message_id"], "media": media}
        form = Stage.form(as_text(values))
        form.add_field("new", PNG, filename=name, content_type="image/png")
        async with stage.session.post(url, data=form) as answer:
            assert answer.status == 200, await answer.text()
        shown = stage.town.chat(stage.bot).last
        assert shown.content.file is not None
        assert (shown.text, shown.html, shown.content.file.name) == ("", f"<b>{kind}</b>", name)
    seen = stage.town.chat(stage.bot).last
    assert (seen.photo, seen.edits) == (None, 2)


async def test_a_part_nobody_asked_for(stage: Stage) -> None:
    form = Stage.form({"chat_id": str(stage.town.id), "text": "x"})
    form.add_field("stray", b"x", filename="x.txt")
    url = f"{stage.emulator.api_base}/bot{stage.bot.token}/sendMessage"
    with stage.emulator.tolerant() as violations:
        async with stage.session.post(url, data=form) as answer:
            assert answer.status == 400
    assert "['stray'] belong to nothing" in violations[0].description


async def test_a_violation_fails_the_test_that_does_not_expect_it(stage: Stage) -> None:
    await stage.refused("sendMessage", chat_id=stage.town.id, text="")
    with pytest.raises(AssertionError, match="sendMessage: Bad Request: message text is empty"):
        stage.emulator.verify()
    stage.emulator.violations.clear()
