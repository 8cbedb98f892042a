"""What the channel has to remember over a restart: how far it read, and what it still has to do."""

import asyncio
import logging
from dataclasses import asdict, dataclass, field, fields

from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Json

log = logging.getLogger(__name__)

KEPT = "sync"
PAUSE = 5.0
POLLS = 500


@dataclass(slots=True)
class State:
    """One account's place in its stream and its open ends. No texts of people, only what is still encrypted."""

    token: str = ""
    """Everything before it is stored by the core."""
    invitations: dict[str, Json] = field(default_factory=dict)
    """Invitations not yet answered, by room: ``sender`` and ``direct``."""
    moves: dict[str, Json] = field(default_factory=dict)
    """Rooms that others go on in and we are not in yet, by new room: the tombstone and the old room."""
    unread: dict[str, Json] = field(default_factory=dict)
    """Messages whose key did not come yet, by event id: ``room``, ``event`` and when they came, in ms."""
    told: dict[str, float] = field(default_factory=dict)
    """When somebody was last told something by the channel itself, in seconds since 1970."""
    polls: dict[str, Json] = field(default_factory=dict)
    """Open native polls by event id: ``room``, the ``message`` they belong to, whether ``several`` may be chosen."""

    @classmethod
    def load(cls, folder: Folder) -> "State":
        """As last saved; new when there is nothing."""
        kept, names = folder.read(KEPT), {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})

    def poll_of(self, message: str) -> str:
        """The poll that belongs to a message of ours; empty where there is none."""
        return next((poll for poll, of in self.polls.items() if of["message"] == message), "")

    def add_poll(self, poll: str, room: str, message: str, *, several: bool) -> None:
        """Remembers an open poll; the oldest makes room."""
        self.polls[poll] = {"room": room, "message": message, "several": several}
        while len(self.polls) > POLLS:
            del self.polls[next(iter(self.polls))]


class Keeper:
    """Writes ``state`` off the event loop after it changed; changes made meanwhile go with the next write."""

    def __init__(self, folder: Folder) -> None:
        self.state = State.load(folder)
        self._folder = folder
        self._changed = asyncio.Event()
        self._writing = asyncio.Lock()

    def changed(self) -> None:
        """The state is to be written soon."""
        self._changed.set()

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self.save()
            except OSError as error:
                log.warning("The Matrix store cannot be written (%s); events will come again.", error.strerror)
                await asyncio.sleep(PAUSE)
                self._changed.set()

    async def save(self) -> None:
        """On disk when this returns."""
        async with self._writing:
            await asyncio.to_thread(self._folder.write, KEPT, asdict(self.state))
