"""Update → Incoming: what a person did, out of what Telegram says about it. Pure.

A chat is named by its id. A topic of a forum is a chat of its own, ``-100123/45``: what is asked in a topic is answered
in that topic, and a room can be a topic as well as the whole group (whose own id stands for its general topic). What
happens to the group as a whole (leaving, moving) is told of the group's id.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.telegram import fields
from bot.channels.telegram.fields import Json, number
from domain.chat import Address, Edited, Incoming, Left, Moved, Opened, Pressed, Removed, Said, Sender

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""What we ask Telegram to send (``allowed_updates``)."""
ANSWERABLE = frozenset(
    "animation audio contact dice document location photo poll sticker venue video video_note voice".split()
)
"""What a person can send instead of words; in a direct chat it deserves an answer."""

_ADDRESSED = re.compile(r"/(\w+)@(\w+)(?=\s|$)")
_START = re.compile(r"/start(?:\s+(\S*))?\s*", re.IGNORECASE)
_DATA = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Me:
    """Our own account: ``id`` as in addresses, ``username`` without @."""

    id: str
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that asks nothing of us; ``reason`` is for the log and holds nothing of its contents."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what the bot ``me`` was sent; ``channel`` is the name its addresses carry."""

    channel: str
    me: Me

    def read(self, update: Json, now: datetime) -> Incoming | Ignored:
        """What the update means. ``now`` (aware) stands in for the time that presses do not carry."""
        kind = fields.kind_of(update)
        try:
            return self._read(kind, update[kind], number(update, "update_id"), now)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return Ignored(f"malformed {kind}")

    def _read(self, kind: str, body: Json, update: str, now: datetime) -> Incoming | Ignored:
        match kind:
            case "message":
                return self._message(body, update)
            case "edited_message":
                return self._edited(body, update)
            case "callback_query":
                return self._pressed(body, update, now)
            case "my_chat_member":
                return self._own_membership(body, update)
            case "chat_member":
                return self._membership(body, update)
        return Ignored(f"unknown kind {kind}")

    def _message(self, message: Json, update: str) -> Incoming | Ignored:
        at = fields.time(message)
        if "migrate_to_chat_id" in message:
            return self.moved(number(message["chat"], "id"), number(message, "migrate_to_chat_id"), at)
        if left := message.get("left_chat_member"):
            return self._left(left, self._chat(message), at, update)
        text = self._said(message)
        if isinstance(text, Ignored):
            return text
        sender, address = fields.sender(message["from"]), self._address(message)
        if address.private and (start := _START.fullmatch(text)):
            return Opened(id=update, at=at, sender=sender, address=address, payload=start[1] or "")
        return Said(
            id=update,
            at=at,
            sender=sender,
            address=address,
            message=number(message, "message_id"),
            text=text,
            reply_to=fields.reply_to(message),
            file=fields.file(message),
        )

    def _edited(self, message: Json, update: str) -> Incoming | Ignored:
        text = self._written(message)
        if isinstance(text, Ignored):
            return text
        return Edited(
            id=update,
            at=fields.time(message, "edit_date"),
            sender=fields.sender(message["from"]),
            address=self._address(message),
            message=number(message, "message_id"),
            text=text,
        )

    def _pressed(self, query: Json, update: str, now: datetime) -> Incoming | Ignored:
        data = _DATA.fullmatch(query["data"])
        if data is None:
            return Ignored("callback_query with data that is not ours")
        return Pressed(
            id=update,
            at=now,
            sender=fields.sender(query["from"]),
            address=self._address(query["message"]),
            message=number(query["message"], "message_id"),
            index=int(data[2]),
            row=int(data[1]),
        )

    def _own_membership(self, change: Json, update: str) -> Incoming | Ignored:
        sender, address, at = fields.sender(change["from"]), self._chat(change), fields.time(change)
        before, after = (fields.present(change[f"{when}_chat_member"]) for when in ("old", "new"))
        if before and not after:
            fate = Left if address.private else Removed
            return fate(id=update, at=at, sender=sender, address=address)
        # Who unblocks us and wants something presses Start as well; who writes is reachable again.
        return Ignored("my_chat_member that closes nothing")

    def _membership(self, change: Json, update: str) -> Incoming | Ignored:
        if not fields.present(change["old_chat_member"]) or fields.present(change["new_chat_member"]):
            return Ignored("chat_member who did not leave")
        return self._left(change["new_chat_member"]["user"], self._chat(change), fields.time(change), update)

    def _left(self, user: Json, address: Address, at: datetime, update: str) -> Incoming | Ignored:
        if user["is_bot"]:
            return Ignored("a bot left")
        return Left(id=update, at=at, sender=fields.sender(user), address=address)

    def moved(self, old: str, new: str, at: datetime) -> Moved:
        """A group goes on as a supergroup. It does so once, so its old id names the arrival, however we hear of it."""
        sender, address = Sender(self.me.id, self.me.name), Address(self.channel, old, private=False)
        return Moved(id=f"moved:{old}", at=at, sender=sender, address=address, chat=new)

    def _said(self, message: Json) -> str | Ignored:
        """Like :meth:`_written`, but in a direct chat a picture or the like counts as a message without text."""
        text = self._written(message)
        if isinstance(text, str) or message["chat"]["type"] != "private" or "media_group_id" in message:
            return text
        return text if ANSWERABLE.isdisjoint(message) else ""

    def _written(self, message: Json) -> str | Ignored:
        if "sender_chat" in message:
            return Ignored("message of a channel or an anonymous administrator")
        if message["from"]["is_bot"]:
            return Ignored("message of a bot")
        text = fields.words(message)
        return Ignored("message without words") if text is None else self._addressed(text)

    def _addressed(self, text: str) -> str | Ignored:
        """``/command@us`` becomes ``/command``."""
        command = _ADDRESSED.match(text)
        if command is None:
            return text
        if command[2].lower() != self.me.username.lower():
            return Ignored("command to another bot")
        return f"/{command[1]}{text[command.end() :]}"

    def _address(self, message: Json) -> Address:
        """The chat of a message, which may be a topic."""
        chat = self._chat(message)
        if chat.private or not message.get("is_topic_message"):
            return chat
        return Address(self.channel, f"{chat.chat}/{number(message, 'message_thread_id')}", private=False)

    def _chat(self, event: Json) -> Address:
        return Address(self.channel, number(event["chat"], "id"), event["chat"]["type"] == "private")
