"""Delivery of updates to a bot's webhook."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, TraceConfig

from tests.telegram.accounts import Bot
from tests.telegram.refusals import Json
from tests.telegram.updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = ClientTimeout(total=60)
LONGEST_PAUSE = 60.0


@dataclass(slots=True)
class Hook:
    """Where and how updates go. ``target`` is the address really called, behind ``url``; pauses are in seconds."""

    url: str
    target: str
    secret: str = ""
    connections: int = 40
    first_pause: float = 1.0


class Webhook:
    """Delivers in order within each chat and at once for different chats, again and again until it is taken.

    ``sent`` counts the calls that went out on an open connection, ``problems`` are what went wrong, oldest first.
    """

    def __init__(self, bot: Bot, hook: Hook, clock: Callable[[], float]) -> None:
        self.hook = hook
        self._clock = clock
        self.sent = 0
        self.problems: list[str] = []
        self._bot = bot
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(hook.connections)
        self._error: tuple[int, str] | None = None
        self._session: ClientSession | None = None

    def start(self) -> None:
        """Deliver what waits and what comes."""
        trace = TraceConfig()
        trace.on_request_chunk_sent.append(self._note_sent)
        self._session = ClientSession(timeout=PATIENCE, trace_configs=[trace])
        self._bot.updates.listener = self._accept
        for update in list(self._bot.updates.pending.values()):
            self._accept(update)

    async def stop(self) -> None:
        """Deliver no more; what was not taken stays in the queue."""
        self._bot.updates.listener = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session:
            await self._session.close()

    def describe(self) -> Json:
        """The fields of a ``WebhookInfo`` that are known here."""
        info: Json = {"url": self.hook.url, "max_connections": self.hook.connections}
        if self._error:
            info |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return info

    def _accept(self, update: Update) -> None:
        if update.lane in self._lanes:
            self._lanes[update.lane].append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.ensure_future(self._work(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._deliver(waiting[0])
            self._bot.updates.remove([waiting.popleft().id])
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        pause = self.hook.first_pause
        while problem := await self._attempt(update):
            self.problems.append(problem)
            self._error = int(self._clock()), problem
            self._bot.updates.changes.notify()
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _attempt(self, update: Update) -> str:
        """Empty when the bot has taken it, otherwise what went wrong."""
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        async with self._free:
            try:
                return await self._post(update.payload, headers)
            except ClientConnectorError:
                return "Connection refused"
            except TimeoutError:
                return "Read timeout expired"
            except ClientError:
                return "Connection closed"

    async def _note_sent(self, *_: object) -> None:
        self.sent += 1

    async def _post(self, payload: Json, headers: dict[str, str]) -> str:
        assert self._session, "not started"
        async with self._session.post(
            self.hook.target, json=payload, headers=headers, ssl=False, allow_redirects=False
        ) as answer:
            return (
                "" if answer.status // 100 == 2 else f"Wrong response from the webhook: {answer.status} {answer.reason}"
            )
