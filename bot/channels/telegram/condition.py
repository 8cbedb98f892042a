"""How the connection stands: one sentence for the operator, in the log when it changes and in ``health()``."""

import logging

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.failures import detail

log = logging.getLogger(__name__)

REVOKED = (
    "Telegram does not accept the token any more: get the present one from @BotFather, set telegram.token and restart."
)
FOREIGN_POLLER = "Another program fetches the updates of this bot: stop it, or have @BotFather make a new token."
FOREIGN_WEBHOOK = "Another program has set a webhook for this bot: stop it, or have @BotFather make a new token."


def sentence(error: TelegramError) -> str:
    """What an error of a call says about the connection, and what to do about it."""
    if isinstance(error, InvalidToken):
        return REVOKED
    if isinstance(error, Conflict):
        return FOREIGN_WEBHOOK if "webhook" in error.message.lower() else FOREIGN_POLLER
    return f"Telegram cannot be reached or does not serve ({detail(error)}); Themenbote keeps trying."


class Condition:
    """The present state; every change is logged once. ``trouble`` is the sentence, empty when all is well."""

    def __init__(self) -> None:
        self.trouble = ""

    def worsened(self, error: TelegramError) -> None:
        """Note what is wrong. A revoked token stays what is wrong, whatever else happens."""
        said = sentence(error)
        if self.trouble in (said, REVOKED):
            return
        self.trouble = said
        log.warning("%s", said)

    def recovered(self) -> None:
        """Note that all is well."""
        if self.trouble and self.trouble != REVOKED:
            log.info("Telegram answers again.")
            self.trouble = ""


class Pauses:
    """Growing pauses between attempts, in seconds: twice as long each time, never above ``longest``."""

    def __init__(self, first: float, longest: float) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """How long to wait now."""
        pause, self._next = self._next, min(self._next * 2, self._longest)
        return pause

    def reset(self) -> None:
        """Begin anew after a success."""
        self._next = self._first
