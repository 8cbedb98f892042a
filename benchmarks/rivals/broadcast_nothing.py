"""No library but aiohttp, nothing kept: many messages at a time."""

import asyncio
import sys

from aiohttp import ClientSession

FIRST_READER = 5_000_000_000
TEXT = "Ansage der Koordination\n\nDer Workshop beginnt am Montag eine Stunde später."
BUTTON = {"inline_keyboard": [[{"text": "Gelesen", "callback_data": "1:0"}]]}
AT_ONCE = 32


async def main(api: str, readers: int) -> None:
    """Each of several lanes one after the other."""
    address = f"{api}/bot7100000001:x/sendMessage"
    async with ClientSession() as session:

        async def lane(first: int) -> None:
            for reader in range(first, readers, AT_ONCE):
                told = {"chat_id": FIRST_READER + reader, "text": TEXT, "reply_markup": BUTTON}
                async with session.post(address, json=told) as answer:
                    await answer.read()

        await asyncio.gather(*(lane(first) for first in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
