"""python-telegram-bot's ``Application`` at its defaults: one row, one answer."""

import asyncio
import sys
from typing import Any

from row import Row
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler


async def main(api: str, file: str, presses: int) -> None:
    """Poll until all presses are answered."""
    row, done = Row(file, presses), asyncio.Event()

    async def pressed(update: Update, _: Any) -> None:
        query = update.callback_query
        assert query
        row.press(str(query.data), query.from_user.id)
        await query.answer()
        if row.answered():
            done.set()

    application = Application.builder().token("7100000001:x").base_url(f"{api}/bot").build()
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        await done.wait()
        row.tell()
        await application.updater.stop()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
