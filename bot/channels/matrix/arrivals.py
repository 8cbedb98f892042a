"""From an event of a room to an arrival the core has stored: opened, judged, and checked where it refers to others."""

import re
import time
from datetime import UTC, datetime

from bot.channel import Receipt, Receive
from bot.channels.matrix import polls
from bot.channels.matrix.courtesy import Courtesy
from bot.channels.matrix.facts import Facts
from bot.channels.matrix.guards import is_event, is_state, opened
from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.incoming import Reader
from bot.channels.matrix.olm import Machine, Undecryptable
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.sending import Sending
from bot.channels.matrix.state import Keeper
from bot.channels.matrix.unread import Unread
from domain.chat import Edited, Incoming, Pressed, Said

VERIFICATION = "m.key.verification.request"
CHOICES = re.compile(r"[\s\d,;.>+]*\d[\s\d,;.>+]*")
"""A message of numbers alone: in answer to a ballot it says what somebody chose."""


class Arrivals:
    """Takes the events of all rooms; ``receive`` is the core's, known once it listens."""

    def __init__(
        self,
        machine: Machine,
        reader: Reader,
        facts: Facts,
        sending: Sending,
        courtesy: Courtesy,
        keeper: Keeper,
        unread: Unread,
        receive: Receive,
    ) -> None:
        self._machine = machine
        self._reader = reader
        self._facts = facts
        self._sending = sending
        self._courtesy = courtesy
        self._polls = keeper.state.polls
        self._unread = unread
        self._receive = receive

    async def take(self, room: Room, event: Json) -> None:
        """Takes one event as the stream brought it."""
        if not is_event(event):
            return
        if event["type"] != "m.room.encrypted" or is_state(event):
            await self._judge(room, event)
            return
        try:
            payload = self._machine.decrypt(room.id, event)
        except Undecryptable:
            self._unread.keep(room, event, time.time())
            return
        written = opened(event, payload)
        if written is not None:
            await self._judge(room, written)
        self._unread.done(event["event_id"])

    async def gave_up(self, room: Room, event: Json) -> None:
        """No key came in time: its sender is asked to write again."""
        await self._courtesy.tell(room, event["sender"], "matrix-unreadable", event, time.time())
        self._unread.done(event["event_id"])

    async def removed(self, room: Room, event: Json) -> None:
        """Takes the event that put us out of a room."""
        if is_event(event):
            await self._store(self._reader.removed(event, room, now()))

    async def _judge(self, room: Room, event: Json) -> None:
        """``event`` is readable now; whatever it claims about other events is checked."""
        self._facts.note_event(event)
        if event["type"] == "m.room.message" and event["content"].get("msgtype") == VERIFICATION:
            await self._courtesy.tell(room, event["sender"], "matrix-verification", event, time.time())
        elif vote := None if is_state(event) else polls.response(event):
            await self._voted(room, event, *vote)
        else:
            incoming = self._reader.read(event, room, now())
            if await self._credible(room, event, incoming) and (await self._store(incoming)).hide:
                await self._sending.redact(room, event["event_id"])

    async def _credible(self, room: Room, event: Json, incoming: Incoming | None) -> bool:
        if isinstance(incoming, Edited):
            return (await self._facts.of(room.id, incoming.message)).sender == incoming.sender.id
        if isinstance(incoming, Pressed):
            return not await self._revealed(room, event, incoming.message, "matrix-secret-reaction")
        if isinstance(incoming, Said) and incoming.reply_to and not room.private and CHOICES.fullmatch(incoming.text):
            return not await self._revealed(room, event, incoming.reply_to, "matrix-secret-answer")
        return True

    async def _revealed(self, room: Room, event: Json, message: str, key: str) -> bool:
        """Whether the event would show others a secret choice; then it is removed where we may, and explained."""
        fact = await self._facts.of(room.id, message)
        if not (fact.secret and fact.sender == self._reader.me):
            return False
        await self._sending.redact(room, event["event_id"])
        await self._courtesy.tell(room, event["sender"], key, event, time.time())
        return True

    async def _voted(self, room: Room, event: Json, poll: str, chosen: tuple[int, ...]) -> None:
        """A vote in a poll of ours is a press; where several may be chosen, it is an answer with their numbers."""
        ours = self._polls.get(poll)
        if ours is None or ours["room"] != room.id or event["sender"] == self._reader.me or not chosen:
            return
        if ours["several"]:
            text = ", ".join(str(index + 1) for index in chosen)
            await self._store(self._reader.said(event, room, now(), text, ours["message"]))
        else:
            await self._store(self._reader.pressed(event, room, now(), ours["message"], chosen[0]))

    async def _store(self, incoming: Incoming | None) -> Receipt:
        return Receipt() if incoming is None else await self._receive(incoming)


def now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)
