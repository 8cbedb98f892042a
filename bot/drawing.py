"""What is attached, as bytes: drawn in a thread, or fetched from the messenger a person sent it by."""

import asyncio
from collections.abc import Iterable

from bot.channel import Channel, SendError
from domain.chat import RECEIVED, Attachment
from domain.delivery import Failure
from handlers.pictures import DRAWINGS

KEPT = 4
"""So many are kept at hand: an announcement sends its file to thousands, a vote its chart to everybody."""
AGAIN = 5.0
"""Seconds after which a file is asked for again that its messenger could not give."""


class Drawer:
    """Makes the bytes of attachments for the channels; it gets to :meth:`know` them once they are there."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._kept: dict[tuple[str, tuple[int | str, ...]], asyncio.Task[bytes]] = {}

    def know(self, channels: Iterable[Channel]) -> None:
        """These are the channels people send files by."""
        self._channels.update({channel.name: channel for channel in channels})

    async def __call__(self, attachment: Attachment) -> bytes:
        """The bytes, made once however many ask for them at the same time or soon after.

        Raises :class:`SendError` when a file that was sent cannot be had (any more).
        """
        key = attachment.draw, attachment.args
        self._kept[key] = task = self._kept.pop(key, None) or asyncio.create_task(self._made(attachment))
        for oldest in list(self._kept)[:-KEPT]:
            del self._kept[oldest]
        try:
            return await asyncio.shield(task)
        except Exception:
            if self._kept.get(key) is task:
                del self._kept[key]
            raise

    async def _made(self, attachment: Attachment) -> bytes:
        if attachment.draw != RECEIVED:
            return await asyncio.to_thread(DRAWINGS[attachment.draw], *attachment.args)
        name, ref = str(attachment.args[0]), str(attachment.args[1])
        if (channel := self._channels.get(name)) is None:
            raise SendError(Failure.REJECTED, "the messenger of the file is not connected")
        try:
            return await channel.fetch(ref)
        except SendError as error:
            if error.failure in (Failure.GONE, Failure.REJECTED):
                raise SendError(Failure.REJECTED, "the file is gone") from error
            # It is another messenger that is away, so this one chat waits, and no other.
            raise SendError(Failure.THROTTLED, "the file cannot be fetched now", AGAIN) from error
