"""Being called by Telegram: 200 only for what is stored, and only to those who know the secret."""

import asyncio
import hmac
import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import TelegramError

from bot.channel import Misconfigured, Unstored
from bot.channels.telegram.api import Api
from bot.channels.telegram.condition import Condition, Pauses
from bot.channels.telegram.failures import detail
from bot.channels.telegram.incoming import KINDS
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import LONGEST_PAUSE, TURN_PAUSE
from bot.channels.telegram.turn import Turn

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_BODY = 1024 * 1024
"""Bytes; the longest update is a few tens of thousands."""
CONNECTIONS = 40


class Webhook:
    """Serves ``url``. Of several processes that serve it, the one that has the turn sets and removes the address."""

    def __init__(self, api: Api, turn: Turn, condition: Condition, url: str, secret: str) -> None:
        self._api = api
        self._turn = turn
        self._condition = condition
        self._url = url
        self._secret = secret
        self._announced = False
        self._intake: Intake | None = None

    def check(self) -> None:
        """Raises Misconfigured for settings Telegram would refuse."""
        if not self._url:
            raise Misconfigured("telegram-webhook-missing")
        if not self._url.startswith("https://") or not urlsplit(self._url).hostname:
            raise Misconfigured("telegram-webhook-not-https")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self._secret):
            raise Misconfigured("telegram-webhook-secret")

    def routes(self) -> list[web.RouteDef]:
        """The route of the address; what stands before us must leave its path as it is."""
        return [web.post(urlsplit(self._url).path or "/", self.handle)]

    async def announce(self) -> None:
        """Set the address if it is our turn. Raises the library's errors."""
        if self._announced or not await self._turn.take():
            return
        parameters = {"secret_token": self._secret, "max_connections": CONNECTIONS, "allowed_updates": list(KINDS)}
        await self._api.call("setWebhook", url=self._url, **parameters)
        self._announced = True

    async def run(self, intake: Intake) -> None:
        """Take what Telegram brings until cancelled."""
        self._intake = intake
        pauses = Pauses(TURN_PAUSE, LONGEST_PAUSE)
        try:
            while True:
                pause = await self._keep_announced(pauses)
                await asyncio.sleep(pause)
        finally:
            self._intake = None

    async def _keep_announced(self, pauses: Pauses) -> float:
        try:
            await self.announce()
        except TelegramError as error:
            self._condition.worsened(error)
            return pauses.next()
        self._condition.recovered()
        return TURN_PAUSE

    async def close(self) -> None:
        """Remove the address, if we set it; what waits at Telegram stays there."""
        if not self._announced:
            return
        self._announced = False
        try:
            await self._api.call("deleteWebhook", drop_pending_updates=False)
        except TelegramError as error:
            log.warning("webhook not removed: %s", detail(error))

    async def handle(self, request: web.Request) -> web.Response:
        """One call: 403 forged, 413 or 400 unreadable, 503 not stored (Telegram calls again), 200 stored."""
        if not self._known(request):
            raise web.HTTPForbidden
        update = await _update(request)
        if self._intake is None:
            raise web.HTTPServiceUnavailable
        try:
            await self._intake.take(update, self._intake.read(update))
        except Unstored:
            raise web.HTTPServiceUnavailable from None
        return web.Response()

    def _known(self, request: web.Request) -> bool:
        given = request.headers.get(HEADER, "")
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode())


async def _update(request: web.Request) -> dict[str, Any]:
    try:
        update = json.loads(await _body(request))
    except (RecursionError, ValueError):
        raise web.HTTPBadRequest from None
    if not isinstance(update, dict):
        raise web.HTTPBadRequest
    return update


async def _body(request: web.Request) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise web.HTTPRequestEntityTooLarge(LONGEST_BODY, len(body))
    return bytes(body)
