"""python-telegram-bot tells many: by its ``AIORateLimiter`` with handlers beside it, or bare, one after the other."""

import asyncio
import sys
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler, MessageHandler, filters

FIRST_READER = 5_000_000_000
TOKEN = "7100000001:x"
TEXT = "Ansage der Koordination\n\nDer Workshop beginnt am Montag eine Stunde später."
BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Gelesen", callback_data="1:0")]])
RETRIES = 100
SECONDS = 10.0


async def limited(api: str, readers: int) -> None:
    """All at once, as its documentation shows; the limiter is there to slow it down."""
    limiter = AIORateLimiter(max_retries=RETRIES)
    application = Application.builder().token(TOKEN).base_url(f"{api}/bot").rate_limiter(limiter).build()

    async def said(update: Update, _: Any) -> None:
        assert update.effective_message
        await update.effective_message.reply_text("Datenschutz")

    async def pressed(update: Update, _: Any) -> None:
        assert update.callback_query
        await update.callback_query.answer("Danke")

    application.add_handler(MessageHandler(filters.ALL, said, block=False))
    application.add_handler(CallbackQueryHandler(pressed, block=False))

    async def tell(reader: int) -> None:
        try:
            await application.bot.send_message(FIRST_READER + reader, TEXT, reply_markup=BUTTON)
        except RetryAfter:
            return

    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        await asyncio.gather(*(tell(reader) for reader in range(readers)))
        await application.updater.stop()
        await application.stop()


async def bare(api: str, readers: int) -> None:
    """One after the other, nothing kept."""
    async with Bot(TOKEN, base_url=f"{api}/bot") as bot:
        for reader in range(readers):
            await bot.send_message(FIRST_READER + reader, TEXT, reply_markup=BUTTON)


if __name__ == "__main__":
    asyncio.run((bare if sys.argv[1] == "bare" else limited)(sys.argv[2], int(sys.argv[3])))
