"""Methods that send, edit, delete, pin and react."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.telegram.calls import Call, Carry
from tests.telegram.chats import Chat, chat_of
from tests.telegram.files import LARGEST_FETCHED, StoredFile, store_document, store_photo
from tests.telegram.groups import IN_CHARGE, Group
from tests.telegram.messages import Content, Message, Shown
from tests.telegram.refusals import Json, bad_request, violation
from tests.telegram.rules import opens
from tests.telegram.schema import Upload

DELETABLE = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def _put(call: Call, content: Content) -> Json:
    chat = call.reachable()
    chat.check_may_send(call.bot)
    root = chat.root(call.get("message_thread_id", 0))
    answered = call.answered(chat)
    call.admit(chat)
    message = chat.add(
        call.bot,
        content,
        reply_to=answered,
        root=root or (answered.root if answered else None),
        silent=call.get("disable_notification", False),
    )
    call.world.shown.append(Shown(message, message.content))
    return message.to_json()


def send_message(call: Call) -> Json:
    """SendMessage."""
    return _put(call, call.content(*call.text()))


def get_file(call: Call) -> Json:
    """GetFile: where a file lies for an hour, if it is not too large for bots."""
    stored = call.world.files.get(call.values["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > LARGEST_FETCHED:
        raise bad_request("file is too big")
    known = {"file_id": stored.id, "file_unique_id": f"u{stored.id}", "file_size": len(stored.content)}
    return known | {"file_path": f"files/{stored.id}"}


Store = Callable[[str, Upload], StoredFile]
STORES: dict[str, Store] = {"photo": store_photo, "document": store_document}


def _file(call: Call, name: str, given: Any) -> StoredFile:
    if isinstance(given, Upload):
        stored = STORES[name](f"file-{call.world.number()}", given)
        call.world.files[stored.id] = stored
        return stored
    if given.startswith(("http://", "https://")):
        raise violation("files from the web are not emulated")
    if given not in call.world.files or call.world.files[given].is_photo != (name == "photo"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return call.world.files[given]


def _send_file(name: str) -> Carry:
    def carry(call: Call) -> Json:
        body, entities = call.caption()
        call.reachable().check_may_send(call.bot)
        return _put(call, replace(call.content(body, entities), file=_file(call, name, call.values[name])))

    return carry


def _edited(call: Call) -> Message:
    if "chat_id" not in call.values or "message_id" not in call.values:
        raise violation("message identifier is not specified")
    message = call.message("message to edit")
    if message.sender is not call.bot:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, content: Content) -> Json:
    if message.shows(content):
        raise bad_request(NOT_MODIFIED)
    chat = chat_of(message)
    call.admit(chat)
    message.change(content, chat.now)
    call.world.shown.append(Shown(message, message.content, edited=True))
    call.world.changes.notify()
    return message.to_json()


def edit_message_text(call: Call) -> Json:
    """EditMessageText."""
    if not call.get("text"):
        raise violation("message text is empty")
    content = call.content(*call.text())
    message = _edited(call)
    if message.content.file:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, content)


def edit_message_caption(call: Call) -> Json:
    """EditMessageCaption."""
    content = call.content(*call.caption())
    message = _edited(call)
    if not message.content.file:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, replace(content, file=message.content.file))


def edit_message_media(call: Call) -> Json:
    """EditMessageMedia: a text, too, becomes a picture or file."""
    media = call.values["media"]
    if media["type"] not in STORES:
        raise violation(f"media of type {media['type']} is not emulated")
    content = call.content(*call.caption(media))
    message = _edited(call)
    return _change(call, message, replace(content, file=_file(call, media["type"], media["media"])))


def edit_message_reply_markup(call: Call) -> Json:
    """EditMessageReplyMarkup."""
    message = _edited(call)
    return _change(call, message, replace(message.content, keyboard=call.keyboard()))


def _in_charge(call: Call, chat: Chat, right: str) -> bool:
    if not isinstance(chat, Group):
        return True
    member = chat.member(call.bot)
    return member.status in IN_CHARGE and (member.status == "creator" or right in member.rights)


def delete_message(call: Call) -> bool:
    """DeleteMessage."""
    message = call.message("message to delete")
    chat = chat_of(message)
    own = message.sender is call.bot
    if chat.now - message.date > DELETABLE or not (own or _in_charge(call, chat, "can_delete_messages")):
        raise bad_request("message can't be deleted for everyone")
    chat.delete(message)
    return True


def pin_chat_message(call: Call) -> bool:
    """PinChatMessage."""
    message = call.message("message to pin")
    chat = chat_of(message)
    if not _in_charge(call, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    if not message.pinned:
        message.pinned = True
        chat.service(
            call.bot, silent=call.get("disable_notification", False), pinned_message=message.to_json(nested=True)
        )
    return True


def unpin_chat_message(call: Call) -> bool:
    """UnpinChatMessage: the message named, or the one pinned last."""
    chat = call.reachable()
    if not _in_charge(call, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    pinned = [message for message in chat.messages if message.pinned]
    wanted = call.get("message_id", pinned[-1].id if pinned else 0)
    if wanted not in [message.id for message in pinned]:
        raise bad_request("message to unpin not found")
    chat.stored[wanted].pinned = False
    call.world.changes.notify()
    return True


def set_message_reaction(call: Call) -> bool:
    """SetMessageReaction."""
    message = call.message("message to react")
    message.reactions[call.bot.id] = call.get("reaction", [])
    call.world.changes.notify()
    return True


def send_chat_action(call: Call) -> bool:
    """SendChatAction."""
    chat = call.reachable()
    chat.actions.append(call.values["action"])
    call.world.changes.notify()
    return True


def answer_callback_query(call: Call) -> bool:
    """AnswerCallbackQuery."""
    values: dict[str, Any] = call.values
    if values.get("url") and not opens(values["url"], call.bot.username):
        raise violation("URL_INVALID")
    call.world.answer(
        call.bot,
        values["callback_query_id"],
        values.get("text", ""),
        values.get("url", ""),
        alert=values.get("show_alert", False),
    )
    return True


METHODS: dict[str, Carry] = {
    "sendMessage": send_message,
    "getFile": get_file,
    "sendPhoto": _send_file("photo"),
    "sendDocument": _send_file("document"),
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
