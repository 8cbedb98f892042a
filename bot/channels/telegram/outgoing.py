"""Outgoing → calls of the Bot API. Pure: what is to be drawn has been drawn before.

One message is one call whenever it fits. Longer than Telegram permits (the core splits before, so only as a last
resort), it is several: a picture or file first, with its text alternative as caption, then the text in parts. Reply
mark on the first call, buttons on the last, whose id stands for the message.

Sound: a reminder always rings, and so does a reply in a direct chat. A reply in a group, where one person asked and
all would be rung up, and an announcement, which nobody asked for, arrive without sound.
"""

import html
from dataclasses import replace
from typing import Any

from bot.channel import Limits, Receipt
from bot.channels.telegram.api import Call, Upload
from bot.channels.telegram.blank import blank
from bot.channels.telegram.markup import keyboard, telegram_html
from domain.chat import Address, Attachment, Html, Message, Outgoing, Urgency
from domain.markup import length, split

LIMITS = Limits(text=4096, caption=1024, label=64, per_second=30, chat_burst=3, chat_per_second=1, group_per_minute=20)

NOTICE_CHARACTERS = 200

PHOTOS = ("image/jpeg", "image/png", "image/webp")
"""What Telegram shows in place; other pictures are files to it."""

EMPTY = Attachment("empty.png", "image/png", "empty")

Parameters = dict[str, Any]


def sending(message: Outgoing, token: str, content: bytes) -> list[Call]:
    """The calls that show ``message``, in order; ``content`` is its attachment as drawn, empty when it has none.

    Raises ValueError for an address Telegram cannot have.
    """
    calls = [_with(call, _head(message)) for call in _shown(message.content, content)]
    calls[0] = _with(calls[0], _reply(message))
    calls[-1] = _with(calls[-1], _buttons(message.content, token))
    return calls


def text_edit(message: Outgoing, token: str, replaces: str) -> Call:
    """The call that puts new words and buttons into the text message ``replaces``."""
    words = {"text": cut(telegram_html(message.content.text), LIMITS.text)}
    return Call("editMessageText", _place(message, replaces) | words | _LOOKS | _buttons(message.content, token))


def caption_edit(message: Outgoing, token: str, replaces: str) -> Call:
    """The same for a message that is a picture or file and stays what it is."""
    words = {"caption": cut(_caption(message.content), LIMITS.caption), "parse_mode": "HTML"}
    return Call("editMessageCaption", _place(message, replaces) | words | _buttons(message.content, token))


def media_edit(message: Outgoing, token: str, replaces: str, content: bytes) -> Call:
    """The call that makes ``replaces``, whatever it was, show the attachment and the words of ``message``."""
    attachment = message.content.attachment
    if attachment is None:
        raise ValueError("no attachment")
    media = {
        "type": _media(attachment),
        "media": "attach://upload",
        "caption": cut(_caption(message.content), LIMITS.caption),
        "parse_mode": "HTML",
    }
    parameters = _place(message, replaces) | {"media": media} | _buttons(message.content, token)
    return Call("editMessageMedia", parameters, Upload("upload", attachment.name, content))


def emptying(message: Outgoing, token: str, replaces: str) -> Call:
    """The call that takes the picture or file of ``replaces`` away: in its place, words below an empty picture.

    Deleting the message would be refused after two days, and nobody would look for the words elsewhere.
    """
    content = replace(message.content, attachment=EMPTY)
    return media_edit(replace(message, content=content), token, replaces, blank())


def answer(receipt: Receipt) -> Parameters:
    """What answers a press: a short line at the top of the screen, a direct chat that opens, or nothing visible."""
    notice = receipt.notice
    if len(notice) > NOTICE_CHARACTERS:
        notice = notice[:NOTICE_CHARACTERS].rpartition(" ")[0] or notice[: NOTICE_CHARACTERS - 1]
        notice += "…"
    return ({"text": notice} if notice else {}) | ({"url": receipt.link} if receipt.link else {})


def cut(text: Html, limit: int) -> Html:
    """The text, shortened at a sensible place when it is longer than ``limit``."""
    return text if length(text) <= limit else Html(split(text, limit - 1)[0] + "…")


def target(address: Address) -> Parameters:
    """How the Bot API names a chat. Raises ValueError for what is none."""
    chat, _, topic = address.chat.partition("/")
    return {"chat_id": int(chat)} | ({"message_thread_id": int(topic)} if topic else {})


_LOOKS: Parameters = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _shown(content: Message, drawn: bytes) -> list[Call]:
    text, attachment = telegram_html(content.text), content.attachment
    if attachment is None:
        return _texts(text)
    caption = _caption(content)
    if length(caption) <= LIMITS.caption:
        return [_file(attachment, caption, drawn)]
    return [_file(attachment, cut(_alternative(attachment), LIMITS.caption), drawn), *_texts(text)]


def _texts(text: Html) -> list[Call]:
    return [Call("sendMessage", {"text": part} | _LOOKS) for part in split(text, LIMITS.text)]


def _file(attachment: Attachment, caption: Html, drawn: bytes) -> Call:
    words = {"caption": caption, "parse_mode": "HTML"} if caption else {}
    kind = _media(attachment)
    return Call(f"send{kind.capitalize()}", words, Upload(kind, attachment.name, drawn))


def _media(attachment: Attachment) -> str:
    return "photo" if attachment.media_type in PHOTOS else "document"


def _caption(content: Message) -> Html:
    return Html("\n\n".join(filter(None, (telegram_html(content.text), _alternative(content.attachment)))))


def _alternative(attachment: Attachment | None) -> Html:
    return Html(f"<i>{html.escape(attachment.alt)}</i>" if attachment and attachment.alt else "")


def _with(call: Call, parameters: Parameters) -> Call:
    return replace(call, parameters={**call.parameters, **parameters})


def _head(message: Outgoing) -> Parameters:
    ask = message.urgency is Urgency.REPLY
    silent = message.urgency is Urgency.ANNOUNCEMENT or (ask and not message.to.private)
    return target(message.to) | ({"disable_notification": True} if silent else {})


def _reply(message: Outgoing) -> Parameters:
    if not message.reply_to:
        return {}
    return {"reply_parameters": {"message_id": int(message.reply_to), "allow_sending_without_reply": True}}


def _place(message: Outgoing, replaces: str) -> Parameters:
    return {"chat_id": target(message.to)["chat_id"], "message_id": int(replaces)}


def _buttons(content: Message, token: str) -> Parameters:
    rows = keyboard(content.keyboard, token)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
