"""A page that survives everything: what the process did not acknowledge is sent again, with the same id."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType

Frame = dict[str, Any]
AGAIN = 0.05
"""Seconds after which a deed the page could not store is tried again."""


class Page:
    """All people on one page. Each does one thing after the other: the next one goes out when the last is stored."""

    def __init__(self) -> None:
        self.messages: dict[str, Frame] = {}
        self.stored: set[str] = set()
        self.receipts: dict[str, Frame] = {}
        self.refused: list[Frame] = []
        self.delayed: set[str] = set()
        self.resent = 0
        self.unstored = 0
        self.changed: Callable[[], None] = lambda: None
        self._store, self._rev = "", 0
        self._caught_up = False
        self._todo: dict[str, deque[Frame]] = {}
        self._socket: ClientWebSocketResponse | None = None
        self._unsure: set[str] = set()
        self._numbers = count(1)

    @property
    def open(self) -> int:
        """How many deeds are not stored yet."""
        return sum(map(len, self._todo.values()))

    @property
    def waiting(self) -> bool:
        """Whether the page shows any of that as not yet taken by the assistant."""
        return any(message["waiting"] for message in self.messages.values())

    def idle(self, person: str) -> bool:
        """Whether all this person did is stored."""
        return not self._todo.get(person)

    def do(self, type_: str, person: str, chat: str = "", **values: Any) -> str:
        """Let a person do something, in the direct chat if no other is named; returns the page's own id of it."""
        client = f"c{next(self._numbers)}"
        frame = {"type": type_, "person": person, "chat": chat or person, "client": client, **values}
        waiting = self._todo.setdefault(person, deque())
        waiting.append(frame)
        if len(waiting) == 1:
            self._send(frame)
        return client

    async def visit(self, url: str) -> None:
        """Stay connected until the process ends."""
        with suppress(ClientError, ConnectionError):
            async with ClientSession() as session, session.ws_connect(f"{url}/local/socket") as socket:
                self._caught_up = False
                await socket.send_json({"type": "hello", "store": self._store, "since": self._rev})
                self._socket = socket
                async for message in socket:
                    if message.type is not WSMsgType.TEXT:
                        break
                    self._hear(message.json())
        self._socket = None

    def _hear(self, frame: Frame) -> None:
        match frame["type"]:
            case "snapshot":
                self._catch_up(frame)
            case "message":
                self._see(frame["message"])
            case "stored":
                self._settle(frame["client"])
            case "receipt":
                self.receipts[frame["client"]] = frame
            case "delayed":
                (self.delayed.add if frame["delayed"] else self.delayed.discard)(frame["chat"])
            case "error":
                self._refuse(frame)
        self.changed()

    def _catch_up(self, frame: Frame) -> None:
        if frame["reset"]:
            self.messages.clear()
        self._store = frame["store"]
        self.delayed = set(frame["delayed"])
        for message in frame["messages"]:
            self._see(message)
        self._rev = max(self._rev, frame["rev"])
        self._caught_up = True
        for waiting in self._todo.values():
            if waiting:
                self._send(waiting[0])

    def _see(self, message: Frame) -> None:
        known = self.messages.get(message["id"])
        if known is None or known["rev"] <= message["rev"]:
            self.messages[message["id"]] = message
        if self._caught_up:
            self._rev = max(self._rev, message["rev"])

    def _settle(self, client: str) -> None:
        self.stored.add(client)
        for waiting in self._todo.values():
            if waiting and waiting[0]["client"] == client:
                waiting.popleft()
                if waiting:
                    self._send(waiting[0])

    def _refuse(self, frame: Frame) -> None:
        again = next((todo[0] for todo in self._todo.values() if todo and todo[0]["client"] == frame["client"]), None)
        if frame["code"] == "unstored" and again:
            self.unstored += 1
            asyncio.get_running_loop().call_later(AGAIN, self._send, again)
        else:
            self.refused.append(frame)

    def _send(self, frame: Frame) -> None:
        if self._socket is None or self._socket.closed or frame["client"] in self.stored:
            return
        self.resent += frame["client"] in self._unsure
        self._unsure.add(frame["client"])
        sending = asyncio.ensure_future(self._socket.send_json(frame))
        sending.add_done_callback(_given_up)


def _given_up(sending: "asyncio.Future[None]") -> None:
    """A frame the process did not live to read is sent again on the next visit."""
    error = None if sending.cancelled() else sending.exception()
    if error is not None and not isinstance(error, ConnectionError | ClientError):
        raise error
