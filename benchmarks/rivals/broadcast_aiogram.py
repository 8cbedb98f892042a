"""aiogram tells many by the loop its users write: send, wait as told after a 429, try again; handlers beside it."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

FIRST_READER = 5_000_000_000
TEXT = "Ansage der Koordination\n\nDer Workshop beginnt am Montag eine Stunde später."
BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Gelesen", callback_data="1:0")]])
AT_ONCE = 30


async def main(api: str, readers: int) -> None:
    """Thirty at a time, as many as are permitted in a second."""
    bot = Bot("7100000001:x", session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher, free = Dispatcher(), asyncio.Semaphore(AT_ONCE)

    async def said(message: Message) -> None:
        await patiently(message.chat.id, "Datenschutz")

    async def pressed(query: CallbackQuery) -> None:
        await query.answer("Danke")

    async def patiently(chat: int, text: str, button: InlineKeyboardMarkup | None = None) -> None:
        while True:
            try:
                await bot.send_message(chat, text, reply_markup=button)
                return
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)

    async def tell(reader: int) -> None:
        async with free:
            await patiently(FIRST_READER + reader, TEXT, BUTTON)

    dispatcher.message.register(said)
    dispatcher.callback_query.register(pressed)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    await asyncio.gather(*(tell(reader) for reader in range(readers)))
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
