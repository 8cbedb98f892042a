"""Answers the frames of the page: every deed is on disk before the page hears that it is kept."""

from collections.abc import Callable
from datetime import datetime

from bot.channels import local_deeds as deeds
from bot.channels import local_messages as messages
from bot.channels.local_fanout import Fanout
from bot.channels.local_frames import Asked, Deed, Hello, Older, Ping, Read, Shown, Unacceptable, parse
from bot.channels.local_handover import Handover
from bot.channels.local_snapshot import snapshot
from bot.channels.local_store import Store, StoreError


class Desk:
    """Takes what the pages send and wakes the worker of the chat concerned."""

    def __init__(self, store: Store, fanout: Fanout, handover: Handover, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._fanout = fanout
        self._handover = handover
        self._clock = clock

    async def answer(self, raw: str) -> Shown | None:
        """Do what one frame asks for; returns what the asking page alone has to be told."""
        try:
            asked = parse(raw)
        except Unacceptable as refusal:
            return _error(refusal.code, refusal.client)
        try:
            return await self._do(asked)
        except Unacceptable as refusal:
            return _error(refusal.code, refusal.client)
        except StoreError:
            return _error("unstored", asked.client if isinstance(asked, Deed) else "")

    async def _do(self, asked: Asked) -> Shown | None:
        match asked:
            case Hello(store=store, since=since):
                delayed = sorted(self._handover.delayed)
                return {**await self._store.run(snapshot, store, since), "delayed": delayed}
            case Older(chat=chat, before=before):
                shown, more = await self._store.run(messages.before, chat, int(before))
                return {"type": "older", "chat": chat, "messages": shown, "more": more}
            case Read(person=person, chat=chat, message=message):
                await self._store.run(deeds.mark_read, person, chat, int(message))
                self._fanout.tell({"type": "read", "person": person, "chat": chat, "message": message})
                return None
            case Ping():
                return {"type": "pong"}
            case _:
                return await self._record(asked)

    async def _record(self, deed: Deed) -> Shown:
        await self._store.run_told(lambda told: self._fanout.tell(*told), deeds.record, deed, self._clock())
        self._handover.wake(deed.chat)
        return {"type": "stored", "client": deed.client}


def _error(code: str, client: str) -> Shown:
    return {"type": "error", "code": code, "client": client}
