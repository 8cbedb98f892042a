"""Methods by which a bot takes its updates: long polling and webhook."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.calls import Call
from tests.telegram.refusals import Json, conflict, violation
from tests.telegram.updates import USUAL
from tests.telegram.webhook import Hook, Webhook

PORTS = {None, 80, 88, 443, 8443}
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Fetching:
    """The webhooks of all bots. ``routes`` says which address is really called behind a public one, by prefix.

    ``first_pause``: seconds before an update that was not taken comes again; each further pause is twice as long.
    """

    def __init__(self) -> None:
        self.webhooks: dict[int, Webhook] = {}
        self.routes: dict[str, str] = {}
        self.first_pause = 1.0
        self.methods: dict[str, Callable[[Call], Awaitable[Any]]] = {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    async def get_updates(self, call: Call) -> list[Json]:
        """GetUpdates."""
        if call.bot.id in self.webhooks:
            raise conflict(WEBHOOK_ACTIVE)
        call.bot.updates.allow(call.get("allowed_updates"))
        return await call.bot.updates.poll(call.get("offset", 0), call.get("limit", 100), call.get("timeout", 0))

    async def set_webhook(self, call: Call) -> bool:
        """SetWebhook; an empty address removes it."""
        url = call.values["url"]
        if url:
            _check_address(url)
            call.bot.updates.interrupt(conflict("terminated by setWebhook request"))
        await self.delete_webhook(call)
        call.bot.updates.allow(call.get("allowed_updates"))
        if url:
            hook = Hook(url, self._target(url), call.get("secret_token", ""), call.get("max_connections", 40))
            hook.first_pause = self.first_pause
            webhook = self.webhooks[call.bot.id] = Webhook(call.bot, hook, call.world.setting.clock)
            webhook.start()
        return True

    async def delete_webhook(self, call: Call) -> bool:
        """DeleteWebhook."""
        if webhook := self.webhooks.pop(call.bot.id, None):
            await webhook.stop()
        if call.get("drop_pending_updates"):
            call.bot.updates.remove(list(call.bot.updates.pending))
        return True

    async def get_webhook_info(self, call: Call) -> Json:
        """GetWebhookInfo."""
        webhook = self.webhooks.get(call.bot.id)
        info: Json = webhook.describe() if webhook else {"url": ""}
        info |= {"has_custom_certificate": False, "pending_update_count": len(call.bot.updates.pending)}
        return info | (
            {} if call.bot.updates.allowed == USUAL else {"allowed_updates": sorted(call.bot.updates.allowed)}
        )

    async def stop(self) -> None:
        """The servers go down: nothing is delivered."""
        for webhook in self.webhooks.values():
            await webhook.stop()

    def start(self) -> None:
        """The servers are back: what waits is delivered."""
        for webhook in self.webhooks.values():
            webhook.start()

    def _target(self, url: str) -> str:
        for public, real in self.routes.items():
            if url.startswith(public):
                return real + url.removeprefix(public)
        return url


def _check_address(url: str) -> None:
    address = urlsplit(url)
    if address.scheme != "https" or not address.hostname:
        raise violation("bad webhook: An HTTPS URL must be provided for webhook")
    if address.port not in PORTS:
        raise violation("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
