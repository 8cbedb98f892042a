"""Telegram's servers with their published limits in force, and people who write and press meanwhile.

30 messages a second over all, one a second to a chat with bursts of three, 20 a minute to a group; what exceeds that
gets 429 and does not count. Started with ``strict.py MESSAGES_A_SECOND PRESSES_A_SECOND``; 0 0 is a server without
limits.
"""

import asyncio
import json
import math
import sys
import time
from collections import deque
from typing import Any

from aiohttp import web

AT = 1795170600
BOT = {"id": 7100000001, "is_bot": True, "first_name": "Themenbote", "username": "ThemenBot"}
PER_SECOND, BURST, PER_MINUTE = 30, 3, 20
WRITERS = 200
FIRST_WRITER, FIRST_READER = 6_000_000_000, 5_000_000_000
EARLY = 0.000_001


class Flood:
    """Counts what was taken, and what was too much."""

    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._chats: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}

    def pause(self, chat: int, now: float) -> float:
        """Seconds until the chat takes one; 0 takes it."""
        left, since = self._chats.get(chat, (float(BURST), now))
        left = min(BURST, left + now - since)
        minute = self._groups.setdefault(chat, deque()) if chat < 0 else deque()
        pauses = (
            _room(self._all, PER_SECOND, 1.0, now),
            max(0.0, 1 - left - EARLY),
            _room(minute, PER_MINUTE, 60, now),
        )
        self._chats[chat] = (left, now)
        if any(pauses):
            return max(pauses)
        self._chats[chat] = (left - 1, now)
        self._all.append(now)
        minute.append(now)
        return 0.0


def _room(times: deque[float], most: int, seconds: float, now: float) -> float:
    while times and times[0] <= now - seconds:
        times.popleft()
    return times[0] + seconds - now if len(times) >= most else 0.0


class Strict:
    """Serves one bot."""

    def __init__(self, writing: float, pressing: float) -> None:
        self._writing, self._pressing = writing, pressing
        self._flood = Flood() if writing or pressing else None
        self._updates: deque[str] = deque()
        self._fresh, self._begun = asyncio.Event(), asyncio.Event()
        self._number = self._messages = 0
        self._offset = 1
        self._asked: dict[str, float] = {}
        self._pressable: deque[tuple[int, int, str]] = deque(maxlen=500)
        self._times: list[float] = []
        self._told: list[float] = []
        self._readers: dict[int, int] = {}
        self._waits: dict[str, list[float]] = {"message": [], "press": []}
        self._refused = 0

    async def call(self, request: web.BaseRequest) -> web.StreamResponse:
        """Any method of the Bot API, and ``/stats``."""
        if request.path == "/stats":
            return web.json_response(self._stats())
        method = request.path.rpartition("/")[2].lower()
        told = await _told(request)
        match method:
            case "getupdates":
                return _ok(await self._fetched(int(told.get("offset") or 1)))
            case "sendmessage" | "editmessagetext":
                return self._send(int(told["chat_id"]), told)
            case "answercallbackquery":
                self._answered("press", str(told["callback_query_id"]))
            case "getme":
                return _ok(json.dumps(BOT | {"can_join_groups": True, "can_read_all_group_messages": False}))
        return _ok("true")

    def _send(self, chat: int, told: dict[str, Any]) -> web.Response:
        now = time.perf_counter()
        pause = self._flood.pause(chat, now) if self._flood else 0.0
        if pause:
            self._refused += 1
            wait = math.ceil(pause)
            answer = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
            return web.json_response(answer | {"parameters": {"retry_after": wait}}, status=429)
        self._messages += 1
        self._times.append(now)
        if chat < FIRST_WRITER:
            self._told.append(now)
        if chat >= FIRST_WRITER:
            self._answered("message", str(chat))
        else:
            self._readers[chat] = self._readers.get(chat, 0) + 1
            if data := _data(told):
                self._pressable.append((chat, self._messages, data))
        shown = {"message_id": self._messages, "date": AT, "chat": {"id": chat, "type": "private"}, "text": "x"}
        return _ok(json.dumps(shown))

    def _answered(self, kind: str, key: str) -> None:
        if began := self._asked.pop(key, None):
            self._waits[kind].append(time.perf_counter() - began)

    async def _fetched(self, offset: int) -> str:
        """The updates from ``offset`` on; those before it are taken. Nobody writes before the bot listens."""
        self._begun.set()
        while self._updates and self._offset < offset:
            self._updates.popleft()
            self._offset += 1
        if not self._updates:
            self._fresh.clear()
            try:
                await asyncio.wait_for(self._fresh.wait(), 5)
            except TimeoutError:
                return "[]"
        return f"[{','.join(self._updates)}]"

    async def write(self) -> None:
        """People write, each from a chat of their own, one after the other."""
        await self._begun.wait()
        while self._writing:
            await asyncio.sleep(1 / self._writing)
            number = self._number % WRITERS
            chat = {"id": FIRST_WRITER + number, "type": "private", "first_name": f"Ort {number}"}
            sender = {"id": chat["id"], "is_bot": False, "first_name": chat["first_name"], "language_code": "de"}
            said = {"message_id": self._number + 1, "from": sender, "chat": chat, "date": AT, "text": "/datenschutz"}
            said["entities"] = [{"type": "bot_command", "offset": 0, "length": 12}]
            if str(chat["id"]) not in self._asked:
                self._tell(str(chat["id"]), {"message": said})

    async def press(self) -> None:
        """People press the button of what they just got."""
        while self._pressing:
            await asyncio.sleep(1 / self._pressing)
            if not self._pressable:
                continue
            person, message, data = self._pressable.popleft()
            sender = {"id": person, "is_bot": False, "first_name": "Ort", "language_code": "de"}
            chat = {"id": person, "type": "private", "first_name": "Ort"}
            shown = {"message_id": message, "from": BOT, "chat": chat, "date": AT, "text": "Ansage"}
            query = {"id": f"q{message}", "from": sender, "message": shown, "chat_instance": "-83", "data": data}
            self._tell(f"q{message}", {"callback_query": query})

    def _tell(self, key: str, update: dict[str, Any]) -> None:
        self._number += 1
        self._asked[key] = time.perf_counter()
        self._updates.append(json.dumps({"update_id": self._number} | update))
        self._fresh.set()

    def _stats(self) -> dict[str, Any]:
        return {
            "taken": len(self._times),
            "readers": len(self._readers),
            "twice": sum(number > 1 for number in self._readers.values()),
            "refused": self._refused,
            "times": self._times,
            "span": [min(self._told), max(self._told)] if self._told else [],
            "waits": self._waits,
            "unanswered": len(self._asked),
        }


def _data(told: dict[str, Any]) -> str:
    """What the first button of a message carries."""
    markup = told.get("reply_markup") or {}
    rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard") or []
    return str(rows[0][0]["callback_data"]) if rows else ""


async def _told(request: web.BaseRequest) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())


def _ok(result: str) -> web.Response:
    return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")


async def serve(writing: float, pressing: float) -> None:
    """Serve on a free port of loopback, which is printed, until the process is ended."""
    strict = Strict(writing, pressing)
    server = await asyncio.get_running_loop().create_server(web.Server(strict.call, access_log=None), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.gather(strict.write(), strict.press(), asyncio.Event().wait())


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]), float(sys.argv[2])))
