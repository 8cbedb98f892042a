"""No library but aiohttp: fetch, write the row, answer, many answers at a time."""

import asyncio
import sys
from typing import Any

from aiohttp import ClientSession
from row import Row

AT_ONCE = 32


async def main(api: str, file: str, presses: int) -> None:
    """Poll until all presses are answered."""
    row, done, free = Row(file, presses), asyncio.Event(), asyncio.Semaphore(AT_ONCE)
    base = f"{api}/bot7100000001:x"
    async with ClientSession() as session, asyncio.TaskGroup() as tasks:

        async def pressed(query: dict[str, Any]) -> None:
            row.press(query["data"], query["from"]["id"])
            async with session.post(f"{base}/answerCallbackQuery", json={"callback_query_id": query["id"]}) as answer:
                await answer.read()
            free.release()
            if row.answered():
                done.set()

        offset = 1
        while row.left:
            asked = {"offset": offset, "timeout": 20}
            async with session.post(f"{base}/getUpdates", json=asked) as answer:
                updates = (await answer.json())["result"]
            for update in updates:
                offset = update["update_id"] + 1
                await free.acquire()
                tasks.create_task(pressed(update["callback_query"]))
        await done.wait()
    row.tell()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
