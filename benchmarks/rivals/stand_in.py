"""Telegram's servers reduced to what a press needs, and fast: hands out presses, takes answers, checks nothing."""

import asyncio
import json
import sys
import time
from typing import Any

from aiohttp import web

AT = 1795170600
BOT = {"id": 7100000001, "is_bot": True, "first_name": "Themenbote", "username": "ThemenBot"}
PEOPLE = 100
"""As many as the cards of ours are shown to."""
MOST_AT_ONCE = 100


def person(number: int) -> dict[str, Any]:
    """A direct chat and its person share their id."""
    return {"id": 5_000_000_000 + number, "is_bot": False, "first_name": f"Ort {number}", "language_code": "de"}


def press(number: int, message: int, data: str, presser: int) -> str:
    """One update: somebody presses the first button of a card in their direct chat."""
    sender = person(presser)
    chat = {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    shown = {"message_id": message, "from": BOT, "chat": chat, "date": AT, "text": "Thema"}
    query = {"id": str(number), "from": sender, "message": shown, "chat_instance": "-83", "data": data}
    return json.dumps({"update_id": number, "callback_query": query})


class StandIn:
    """Serves one bot. ``presses`` are updates as JSON, numbered from 1."""

    def __init__(self, presses: list[str]) -> None:
        self._presses = presses
        self._answered = 0
        self._messages = 0
        self._first = self._last = 0.0

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Any method of the Bot API."""
        method = request.match_info["method"].lower()
        if method == "getupdates":
            return _ok(await self._updates(request))
        await request.read()
        self._last = time.perf_counter()
        if method == "answercallbackquery":
            self._answered += 1
            return _ok("true")
        if method == "getme":
            return _ok(json.dumps(BOT | {"can_join_groups": True, "can_read_all_group_messages": False}))
        if method in ("sendmessage", "editmessagetext"):
            self._messages += 1
            chat = {"id": 1, "type": "private"}
            return _ok(json.dumps({"message_id": self._messages, "date": AT, "chat": chat, "text": "Thema"}))
        return _ok("true")

    async def _updates(self, request: web.Request) -> str:
        told = await request.json() if request.content_type == "application/json" else await request.post()
        offset = max(int(str(told.get("offset") or 1)), 1)
        batch = self._presses[offset - 1 : offset - 1 + MOST_AT_ONCE]
        if not batch:
            await asyncio.sleep(0.2)
        elif not self._first:
            self._first = time.perf_counter()
        return f"[{','.join(batch)}]"

    async def stats(self, _: web.Request) -> web.Response:
        """How far it is: presses answered, messages changed, seconds from the first to the last."""
        spent = self._last - self._first
        return web.json_response({"answered": self._answered, "messages": self._messages, "seconds": spent})


def _ok(result: str) -> web.Response:
    return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")


async def serve(presses: list[str]) -> None:
    """Serve on a free port of loopback, which is printed, until the process is ended."""
    stand_in = StandIn(presses)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", stand_in.call)
    app.router.add_get("/stats", stand_in.stats)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """``stand_in.py FILE``: each line of the file is one press."""
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - this script knows nothing of ours
        presses = file.read().splitlines()
    asyncio.run(serve(presses))


if __name__ == "__main__":
    main()
