"""Numbered choices as reactions: 1️⃣ to 🔟 under a message, tapped instead of typed."""

import asyncio
import uuid
from collections import OrderedDict
from functools import partial
from typing import Any

from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path
from bot.channels.matrix.lanes import persistently

KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"
EMOJI = "\N{VARIATION SELECTOR-16}"
KEYS = (*(f"{number}{EMOJI}{KEYCAP}" for number in range(1, 10)), "\N{KEYCAP TEN}")
"""What stands for the first, second … choice; further ones can only be typed."""

BARE = {key.replace(EMOJI, ""): index for index, key in enumerate(KEYS)}
REMEMBERED = 2000
WAITING = 500
"""Messages that may wait for their reactions. They are a convenience: what exceeds this is typed instead."""


def choice(key: Any) -> int | None:
    """The index of the choice a reaction means; clients add the variation selector or leave it out."""
    return BARE.get(key.replace(EMOJI, "")) if isinstance(key, str) else None


def reaction(message: str, index: int) -> Json:
    """The content of the reaction that offers a choice of ``message``."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": message, "key": KEYS[index]}}


class Offers:
    """Puts reactions under our messages behind everybody's back: no message waits for them, and none fails by them."""

    def __init__(self, server: Homeserver, me: str) -> None:
        self._server = server
        self._me = me
        self._wanted: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._shown: OrderedDict[str, dict[int, str]] = OrderedDict()
        self._arrived = asyncio.Event()

    def want(self, room: str, message: str, choices: int, *, new: bool) -> None:
        """Under ``message`` there shall be reactions for that many choices, no more and no fewer."""
        if new:
            self._shown[message] = {}
        if choices or not new:
            self._wanted[message] = (room, min(choices, len(KEYS)))
            self._arrived.set()
        for kept, most in ((self._wanted, WAITING), (self._shown, REMEMBERED)):
            while len(kept) > most:
                kept.popitem(last=False)

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            await self._arrived.wait()
            while self._wanted:
                message, (room, choices) = self._wanted.popitem(last=False)
                await persistently(partial(self._show, room, message, choices))
            self._arrived.clear()

    async def _show(self, room: str, message: str, choices: int) -> None:
        shown = self._shown.get(message)
        if shown is None:
            shown = self._shown[message] = await self._found(room, message)
        for index in sorted(set(range(choices)) - set(shown)):
            address = path("rooms", room, "send", "m.reaction", uuid.uuid4().hex)
            try:
                told = await self._server.call("PUT", address, reaction(message, index))
            except MatrixError as error:
                if error.code != "M_DUPLICATE_ANNOTATION":
                    raise
                told = {"event_id": (await self._found(room, message)).get(index, "")}
            shown[index] = str(told["event_id"])
        for index in set(shown) - set(range(choices)):
            await self._server.call("PUT", path("rooms", room, "redact", shown[index], uuid.uuid4().hex), {})
            del shown[index]

    async def _found(self, room: str, message: str) -> dict[int, str]:
        """Reactions of ours that are there already, from before a restart."""
        address = path("rooms", room, "relations", message, "m.annotation", version="v1")
        told = await self._server.call("GET", address, query={"limit": "100"})
        ours = [event for event in told.get("chunk", []) if event["sender"] == self._me]
        named = {choice(event["content"].get("m.relates_to", {}).get("key")): event["event_id"] for event in ours}
        return {index: event for index, event in named.items() if index is not None}
