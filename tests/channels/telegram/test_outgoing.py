"""Outgoing → recorded request."""

from dataclasses import replace
from typing import Any

import pytest

from bot.channel import Receipt
from bot.channels.telegram.api import Call, Upload
from bot.channels.telegram.blank import blank
from bot.channels.telegram.outgoing import answer, caption_edit, emptying, media_edit, sending, text_edit
from domain.chat import Action, Address, Attachment, Button, Html, Message, Outgoing, Urgency

DIRECT = Address("telegram", "5000000001", private=True)
GROUP = Address("telegram", "-4000000001", private=False)
TOPIC = Address("telegram", "-1002000000002/45", private=False)

KEYS = ((Button("Ja", Action("x"), "ja"), Button("Nein", Action("y"), "nein")),)
SHOWN_KEYS = [[{"text": "Ja", "callback_data": "7:0"}, {"text": "Nein", "callback_data": "7:1"}]]
CHART = Attachment("ergebnis.png", "image/png", "chart", (3,), "Balken: A 5, B <3")
CALENDAR = Attachment("termin.ics", "text/calendar", "calendar")
LOOKS = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
ALT = "<i>Balken: A 5, B &lt;3</i>"


def out(text: str = "Hallo", to: Address = DIRECT, **fields: Any) -> Outgoing:
    shown = {name: fields.pop(name) for name in ("keyboard", "attachment") if name in fields}
    return Outgoing(to=to, content=Message(Html(text), **shown), **fields)


def text(body: str = "Hallo", chat: int = 5000000001, /, **fields: Any) -> Call:
    return Call("sendMessage", {"chat_id": chat, "text": body} | LOOKS | fields)


def photo(caption: str, /, **fields: Any) -> Call:
    parameters = {"chat_id": 5000000001, "caption": caption, "parse_mode": "HTML"} | fields
    return Call("sendPhoto", parameters, Upload("photo", "ergebnis.png", b"drawn"))


LONG = "Wort " * 1000
TABLE: dict[str, tuple[Outgoing, list[Call]]] = {
    "text": (out("<b>Hallo</b> &amp; willkommen"), [text("<b>Hallo</b> &amp; willkommen")]),
    "buttons": (out(keyboard=KEYS), [text(reply_markup={"inline_keyboard": SHOWN_KEYS})]),
    "reply": (
        out(reply_to="99"),
        [text(reply_parameters={"message_id": 99, "allow_sending_without_reply": True})],
    ),
    "reply in a group is silent": (out(to=GROUP), [text("Hallo", -4000000001, disable_notification=True)]),
    "reminder in a group rings": (out(to=GROUP, urgency=Urgency.REMINDER), [text("Hallo", -4000000001)]),
    "announcement is silent": (out(urgency=Urgency.ANNOUNCEMENT), [text(disable_notification=True)]),
    "topic": (
        out(to=TOPIC, urgency=Urgency.REMINDER),
        [text("Hallo", -1002000000002, message_thread_id=45)],
    ),
    "too long a text": (
        out(LONG, keyboard=KEYS, reply_to="99"),
        [
            text(
                ("Wort " * 819).strip(),
                reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
            ),
            text("Wort " * 181, reply_markup={"inline_keyboard": SHOWN_KEYS}),
        ],
    ),
    "picture": (
        out("Ergebnis", attachment=CHART, keyboard=KEYS),
        [photo(f"Ergebnis\n\n{ALT}", reply_markup={"inline_keyboard": SHOWN_KEYS})],
    ),
    "picture without words": (out("", attachment=CHART), [photo(ALT)]),
    "picture with too many words": (
        out("x" * 1020, attachment=CHART, keyboard=KEYS, reply_to="99"),
        [
            photo(ALT, reply_parameters={"message_id": 99, "allow_sending_without_reply": True}),
            text("x" * 1020, reply_markup={"inline_keyboard": SHOWN_KEYS}),
        ],
    ),
    "picture with too long an alternative": (
        out("Ergebnis", attachment=replace(CHART, alt="y" * 2000)),
        [photo("<i>" + "y" * 1023 + "</i>…"), text("Ergebnis")],
    ),
    "file": (
        out("Ihr Termin", attachment=CALENDAR),
        [
            Call(
                "sendDocument",
                {"chat_id": 5000000001, "caption": "Ihr Termin", "parse_mode": "HTML"},
                Upload("document", "termin.ics", b"drawn"),
            )
        ],
    ),
    "file without words": (
        out("", attachment=CALENDAR),
        [Call("sendDocument", {"chat_id": 5000000001}, Upload("document", "termin.ics", b"drawn"))],
    ),
    "drawing that phones do not show": (
        out("Plan", attachment=Attachment("plan.svg", "image/svg+xml", "plan")),
        [
            Call(
                "sendDocument",
                {"chat_id": 5000000001, "caption": "Plan", "parse_mode": "HTML"},
                Upload("document", "plan.svg", b"drawn"),
            )
        ],
    ),
}


@pytest.mark.parametrize(("message", "calls"), TABLE.values(), ids=TABLE)
def test_what_is_sent(message: Outgoing, calls: list[Call]) -> None:
    assert sending(message, "7", b"drawn" if message.content.attachment else b"") == calls


@pytest.mark.parametrize("chat", ["", "@musterstadt", "-100/x", "12 3"])
def test_what_is_no_chat(chat: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        sending(out(to=Address("telegram", chat, private=True)), "7", b"")


def test_new_words_for_a_text() -> None:
    assert text_edit(out("Neu", TOPIC, keyboard=KEYS), "7", "99") == Call(
        "editMessageText",
        {"chat_id": -1002000000002, "message_id": 99, "text": "Neu", "reply_markup": {"inline_keyboard": SHOWN_KEYS}}
        | LOOKS,
    )


def test_an_edit_without_buttons_takes_them_away() -> None:
    assert "reply_markup" not in text_edit(out("Neu"), "7", "99").parameters


def test_too_many_words_for_an_edit_are_cut() -> None:
    assert text_edit(out("x" * 5000), "7", "99").parameters["text"] == "x" * 4095 + "…"
    assert caption_edit(out("x" * 5000, attachment=CALENDAR), "7", "99").parameters["caption"] == "x" * 1023 + "…"


def test_new_words_for_a_picture() -> None:
    assert caption_edit(out("Neu", keyboard=KEYS, attachment=CHART.kept()), "7", "99") == Call(
        "editMessageCaption",
        {
            "chat_id": 5000000001,
            "message_id": 99,
            "caption": f"Neu\n\n{ALT}",
            "parse_mode": "HTML",
            "reply_markup": {"inline_keyboard": SHOWN_KEYS},
        },
    )


def test_a_new_picture() -> None:
    assert media_edit(out("Neu", attachment=CHART), "7", "99", b"drawn") == Call(
        "editMessageMedia",
        {
            "chat_id": 5000000001,
            "message_id": 99,
            "media": {
                "type": "photo",
                "media": "attach://upload",
                "caption": f"Neu\n\n{ALT}",
                "parse_mode": "HTML",
            },
        },
        Upload("upload", "ergebnis.png", b"drawn"),
    )


def test_an_empty_picture_in_place_of_one() -> None:
    media = {"type": "photo", "media": "attach://upload", "caption": "Weg", "parse_mode": "HTML"}
    parameters = {"chat_id": 5000000001, "message_id": 99, "media": media}
    assert emptying(out("Weg"), "7", "99") == Call(
        "editMessageMedia", parameters, Upload("upload", "empty.png", blank())
    )


TOASTS: dict[str, tuple[Receipt, dict[str, Any]]] = {
    "nothing": (Receipt(), {}),
    "notice": (Receipt("Gezählt."), {"text": "Gezählt."}),
    "link": (Receipt(link="https://t.me/ThemenBot?start=x"), {"url": "https://t.me/ThemenBot?start=x"}),
    "longest": (Receipt("x" * 200), {"text": "x" * 200}),
    "too long": (Receipt("Wort " * 50), {"text": ("Wort " * 40)[:-1] + "…"}),
    "too long a word": (Receipt("x" * 300), {"text": "x" * 199 + "…"}),
}


@pytest.mark.parametrize(("receipt", "parameters"), TOASTS.values(), ids=TOASTS)
def test_how_a_press_is_answered(receipt: Receipt, parameters: dict[str, Any]) -> None:
    assert answer(receipt) == parameters
    assert len(answer(receipt).get("text", "")) <= 200
