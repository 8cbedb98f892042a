"""aiogram's dispatcher at its defaults: one row, one answer."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery
from row import Row


async def main(api: str, file: str, presses: int) -> None:
    """Poll until all presses are answered."""
    row, dispatcher = Row(file, presses), Dispatcher()
    bot = Bot("7100000001:x", session=AiohttpSession(api=TelegramAPIServer.from_base(api)))

    async def pressed(query: CallbackQuery) -> None:
        row.press(str(query.data), query.from_user.id)
        await query.answer()
        if row.answered():
            row.tell()
            await dispatcher.stop_polling()

    dispatcher.callback_query.register(pressed)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
