"""What an event of a room means to us. Events are readable here: opened, checked for their shape, but not trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypedDict

from bot.channels.matrix.guards import is_state, moment
from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.media import file_of
from bot.channels.matrix.reactions import choice
from bot.channels.matrix.rooms import Room
from domain.chat import Address, Declined, Edited, Incoming, Left, Opened, Pressed, Removed, Said, Sender

SPOKEN = ("m.text", "m.emote")
WITH_CAPTION = ("m.image", "m.file", "m.audio", "m.video")
GONE = ("leave", "ban")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for the account ``me``, whose channel is called ``channel``."""

    channel: str
    me: str

    def read(self, event: Json, room: Room, now: datetime) -> Incoming | None:
        """The arrival an event means, if any. Our own events mean nothing, and what is malformed means nothing."""
        if event["type"] == "m.room.member" and is_state(event):
            return self._membership(event, room, now)
        if event["sender"] == self.me or is_state(event):
            return None
        if event["type"] == "m.reaction":
            return self._pressed(event, room, now)
        return self._message(event, room, now) if event["type"] == "m.room.message" else None

    def pressed(self, event: Json, room: Room, now: datetime, message: str, index: int) -> Pressed:
        """A press on the message, whichever way it was expressed."""
        return Pressed(**self._who(event, room, now), message=message, index=index)

    def said(self, event: Json, room: Room, now: datetime, text: str, reply_to: str) -> Said:
        """An answer expressed otherwise than by a message."""
        return Said(**self._who(event, room, now), message=event["event_id"], text=text, reply_to=reply_to)

    def removed(self, event: Json, room: Room, now: datetime) -> Removed | None:
        """What the last event of a room we are no longer in means: taken out by another, or nothing."""
        if not is_state(event) or event["type"] != "m.room.member" or event["state_key"] != self.me:
            return None
        out = event["content"].get("membership") in GONE and event["sender"] != self.me
        return Removed(**self._who(event, room, now)) if out and before(event) == "join" else None

    def _who(self, event: Json, room: Room, now: datetime, sender: str = "", *, private: bool = False) -> "Shared":
        person = sender or event["sender"]
        return {
            "id": event["event_id"],
            "at": moment(event["origin_server_ts"], now),
            "sender": Sender(person, room.name_of(person)),
            "address": Address(self.channel, room.id, private or room.private),
        }

    def _message(self, event: Json, room: Room, now: datetime) -> Said | Edited | None:
        content, relation = event["content"], relation_of(event)
        who = self._who(event, room, now)
        if relation.get("rel_type") == "m.replace":
            changed, message = content.get("m.new_content"), relation.get("event_id")
            text = text_of(changed) if isinstance(changed, dict) else None
            return Edited(**who, message=message, text=text) if text is not None and isinstance(message, str) else None
        text, file = text_of(content), file_of(content)
        if text is None and not (file and room.private):
            return None
        return replace(self.said(event, room, now, text or "", answered(relation)), file=file)

    def _pressed(self, event: Json, room: Room, now: datetime) -> Pressed | None:
        relation = relation_of(event)
        message, index = relation.get("event_id"), choice(relation.get("key"))
        if relation.get("rel_type") != "m.annotation" or not isinstance(message, str) or index is None:
            return None
        return self.pressed(event, room, now, message, index)

    def _membership(self, event: Json, room: Room, now: datetime) -> Opened | Left | Declined | None:
        person, now_is = event["state_key"], event["content"].get("membership")
        if person != self.me and now_is in GONE and before(event) == "invite" and room.direct and room.maker == self.me:
            return Declined(**self._who(event, room, now, person, private=True))
        if person != self.me and now_is in GONE and before(event) == "join":
            return Left(**self._who(event, room, now, person, private=room.direct))
        if now_is != "join" or before(event) == "join" or not room.private or room.maker == self.me:
            # Whoever comes into a chat that we opened wants nothing yet, and has something to read there already.
            return None
        if person != self.me:
            return Opened(**self._who(event, room, now, person))
        others = room.others(self.me)
        return Opened(**self._who(event, room, now, others[0])) if others else None


class Shared(TypedDict):
    """What all arrivals are made with."""

    id: str
    at: datetime
    sender: Sender
    address: Address


def relation_of(event: Json) -> Mapping[str, Any]:
    """How an event refers to another; empty where it does not."""
    relation = event["content"].get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def answered(relation: Mapping[str, Any]) -> str:
    """The message an event answers; in a thread without a reply of its own that is the thread's first message."""
    replied, root = relation.get("m.in_reply_to"), relation.get("event_id")
    direct = replied.get("event_id") if isinstance(replied, dict) else None
    if relation.get("rel_type") == "m.thread" and isinstance(root, str) and relation.get("is_falling_back"):
        return root
    return direct if isinstance(direct, str) else ""


def thread_of(event: Json) -> str:
    """The first message of the thread an event stands in; empty outside of threads."""
    relation = relation_of(event)
    root = relation.get("event_id") if relation.get("rel_type") == "m.thread" else None
    return root if isinstance(root, str) else ""


def text_of(content: Json) -> str | None:
    """What a person wrote, without the quotation older clients put in front of an answer; None for anything else."""
    body, kind, name = content.get("body"), content.get("msgtype"), content.get("filename")
    if not isinstance(body, str):
        return None
    if kind in SPOKEN:
        return without_quotation(body) if "m.in_reply_to" in relation_of({"content": content}) else body
    return body if kind in WITH_CAPTION and isinstance(name, str) and name != body else None


def without_quotation(body: str) -> str:
    """The text below a leading block of ``> `` lines; the text itself when there is none."""
    lines = body.split("\n")
    quoted = next((number for number, line in enumerate(lines) if not line.startswith("> ")), len(lines))
    return "\n".join(lines[quoted + 1 :]) if 0 < quoted < len(lines) and not lines[quoted].strip() else body


def before(event: Json) -> str:
    """The membership that a membership event replaced; "leave" where there was none."""
    unsigned = event.get("unsigned")
    previous = unsigned.get("prev_content") if isinstance(unsigned, dict) else None
    return str(previous.get("membership", "leave")) if isinstance(previous, dict) else "leave"
