"""A channel that delivers into nothing, at once: what is measured is ours alone."""

import asyncio

from bot.channel import Limits, Receive
from domain.chat import Outgoing


class Sink:
    """Counts what is delivered, :attr:`taken`; :attr:`full` is set when that is as much as ``expected``."""

    name = "memory"
    kind = "memory"
    limits = Limits(text=4096, caption=1024)
    resend_safe = True
    secret_presses = True
    opens_chats = False
    notices = True

    def __init__(self, expected: int) -> None:
        self.full = asyncio.Event()
        self.taken = 0
        self._expected = expected

    async def open(self) -> None:
        """Nothing to connect to."""

    async def listen(self, receive: Receive) -> None:
        """Nobody writes by themselves."""
        del receive
        await asyncio.Event().wait()

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Count it."""
        del message
        self.taken += 1
        if self.taken == self._expected:
            self.full.set()
        return replaces or f"m{token}"

    async def fetch(self, ref: str) -> bytes:
        """Nobody sends anything."""
        raise LookupError(ref)

    async def close(self) -> None:
        """Nothing to let go of."""

    def link(self, payload: str) -> str:
        """There are no links."""
        del payload
        return ""

    def health(self) -> str:
        """Always well."""
        return ""
