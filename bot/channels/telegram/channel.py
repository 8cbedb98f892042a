"""The Telegram channel: one bot, by polling or by webhook."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

from aiohttp import web
from telegram.error import BadRequest, ChatMigrated, InvalidToken, TelegramError

from bot.channel import Misconfigured, Receive, SendError, Unstored
from bot.channels.telegram import posting
from bot.channels.telegram.answers import AnswerLost, Throttled
from bot.channels.telegram.api import Api
from bot.channels.telegram.condition import Condition, Pauses
from bot.channels.telegram.failures import Flood, send_error
from bot.channels.telegram.incoming import Me, Reader
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menus import Menu, Profile, publish_menus, publish_profiles
from bot.channels.telegram.outgoing import LIMITS
from bot.channels.telegram.polling import LONGEST_PAUSE, Poller
from bot.channels.telegram.turn import Locks, Turn
from bot.channels.telegram.webhook import Webhook
from domain.chat import Attachment, Outgoing
from domain.delivery import Failure

Draw = Callable[[Attachment], Awaitable[bytes]]
"""Draws a picture or file."""

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class TelegramChannel:
    """One bot of Telegram behind the port.

    ``api_base`` is the root of the Bot API without ``/bot<token>``. The offset of polling is not stored: Telegram keeps
    what was not confirmed, and the core knows arrivals it has seen.
    """

    name = "telegram"
    kind = "telegram"
    limits = LIMITS
    resend_safe = False
    secret_presses = True
    opens_chats = False
    notices = True

    def __init__(
        self,
        token: str,
        api_base: str,
        mode: Literal["polling", "webhook"],
        webhook_url: str,
        webhook_secret: str,
        draw: Draw,
        locks: Locks,
    ) -> None:
        self._api = Api(token, api_base)
        self._turn = Turn(locks, token)
        self._condition = Condition()
        self._poller = Poller(self._api, self._turn, self._condition)
        self._webhook = Webhook(self._api, self._turn, self._condition, webhook_url, webhook_secret)
        self._by_webhook = mode == "webhook"
        self._draw = draw
        self._flood = Flood()
        self._me: Me | None = None
        self._intake: Intake | None = None

    async def open(self) -> None:
        """Connect, check token and settings, and set the webhook. While Telegram is away this is left to listen."""
        if self._by_webhook:
            self._webhook.check()
        await self._api.connect()
        try:
            await self._introduce()
            if self._by_webhook:
                await self._webhook.announce()
        except InvalidToken:
            raise Misconfigured("telegram-wrong-token") from None
        except BadRequest:
            raise Misconfigured("telegram-webhook-refused") from None
        except TelegramError as error:
            self._condition.worsened(error)

    async def listen(self, receive: Receive) -> None:
        """Hand every arrival to ``receive`` until cancelled, also while Telegram is away or refuses the token."""
        self._intake = Intake(self._api, Reader(self.name, await self._introduced()), receive)
        source = self._webhook if self._by_webhook else self._poller
        await source.run(self._intake)

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Show or edit a message; SendError says what became of it."""
        attachment = message.content.attachment
        drawn = b"" if attachment is None or attachment.stays else await self._draw(attachment)
        try:
            if replaces is None:
                return await posting.show(self._api, message, token, drawn)
            return await posting.edit(self._api, message, token, replaces, drawn)
        except TelegramError as error:
            raise await self._judged(error, message.to.chat) from None
        except ValueError:
            raise SendError(Failure.REJECTED, "no address or message of Telegram") from None

    async def fetch(self, ref: str) -> bytes:
        """A file that somebody sent to the bot; SendError says why it cannot be had."""
        try:
            return await self._api.download(ref)
        except BadRequest:
            raise SendError(Failure.GONE, "Telegram has no such file, or it is too large") from None
        except TelegramError as error:
            raise SendError(Failure.UNREACHABLE, type(error).__name__) from None

    async def close(self) -> None:
        """Remove the webhook, let answers go out, pass the turn on, disconnect."""
        await self._webhook.close()
        if self._intake is not None:
            await self._intake.settle()
        await self._turn.give_back()
        await self._api.disconnect()

    def link(self, payload: str) -> str:
        """Address of the direct chat; empty before Telegram told our name, and for a payload it cannot carry."""
        if self._me is None or not PAYLOAD.fullmatch(payload):
            return ""
        return f"https://t.me/{self._me.username}" + (f"?start={payload}" if payload else "")

    def health(self) -> str:
        """What is wrong with the connection, as the log says it."""
        return self._condition.trouble

    def routes(self) -> list[web.RouteDef]:
        """What the web server has to serve for us (to anybody, under any host name): the webhook, if there is one."""
        return self._webhook.routes() if self._by_webhook else []

    async def publish_menus(self, menus: Sequence[Menu]) -> None:
        """Show these command menus, where they differ from what is shown. What fails is logged."""
        await publish_menus(self._api, menus)

    async def publish_profiles(self, profiles: Sequence[Profile]) -> None:
        """Show these descriptions of the bot, where they differ from what is shown. What fails is logged."""
        await publish_profiles(self._api, profiles)

    async def _introduce(self) -> None:
        self._me = _account(await self._api.call("getMe"))
        self._condition.recovered()

    async def _introduced(self) -> Me:
        """Who we are, as soon as Telegram tells."""
        pauses = Pauses(0.5, LONGEST_PAUSE)
        while self._me is None:
            try:
                await self._introduce()
            except TelegramError as error:
                self._condition.worsened(error)
                if isinstance(error, InvalidToken):
                    await asyncio.Event().wait()
                await asyncio.sleep(pauses.next())
        return self._me

    async def _judged(self, error: TelegramError, chat: str) -> SendError:
        if isinstance(error, InvalidToken):
            self._condition.worsened(error)
        if isinstance(error, ChatMigrated):
            await self._tell_moved(chat, str(error.new_chat_id))
        now = asyncio.get_running_loop().time()
        everywhere = isinstance(error, Throttled) and self._flood.everywhere(chat, now)
        return send_error(error, everywhere=everywhere)

    async def _tell_moved(self, old: str, new: str) -> None:
        """The message stays with the core, which finds the new address once this is stored."""
        if self._intake is not None:
            try:
                await self._intake.moved(old, new)
            except Unstored:
                return


def _account(user: Any) -> Me:
    try:
        return Me(str(user["id"]), user["username"], user["first_name"])
    except (KeyError, TypeError):
        raise AnswerLost("an account without a name") from None
