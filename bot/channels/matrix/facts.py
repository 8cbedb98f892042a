"""What has to be known of an event somebody refers to: who sent it, its thread, whether its choices are secret."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.channels.matrix.guards import is_event, opened
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, path
from bot.channels.matrix.incoming import thread_of
from bot.channels.matrix.olm import Machine, Undecryptable
from bot.channels.matrix.outgoing import BESIDE, MARK

REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Fact:
    """All that is kept of an event; ``file`` is the event of the picture or file that goes with it."""

    sender: str = ""
    thread: str = ""
    secret: bool = False
    file: str = ""


class Facts:
    """Remembers recent events and asks the homeserver about older ones."""

    def __init__(self, server: Homeserver, machine: Machine) -> None:
        self._server = server
        self._machine = machine
        self._known: OrderedDict[str, Fact] = OrderedDict()

    def note(self, event_id: str, fact: Fact) -> None:
        """Remembers what is known anyway."""
        self._known[event_id] = fact
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def note_event(self, event: Json) -> None:
        """Remembers a readable event from the stream."""
        self.note(event["event_id"], fact_of(event))

    async def of(self, room: str, event_id: str) -> Fact:
        """The facts of an event; empty ones where it is not to be had."""
        if event_id not in self._known:
            event = await self._fetched(room, event_id)
            self.note(event_id, fact_of(event) if event else Fact())
        return self._known[event_id]

    async def _fetched(self, room: str, event_id: str) -> Json | None:
        try:
            event = await self._server.call("GET", path("rooms", room, "event", event_id))
        except MatrixError as error:
            if error.status in {403, 404}:
                return None
            raise
        if not is_event(event):
            return None
        try:
            return opened(event, self._machine.decrypt(room, event)) if event["type"] == "m.room.encrypted" else event
        except Undecryptable:
            return event


def fact_of(event: Json) -> Fact:
    """The facts of a readable event."""
    file = event["content"].get(BESIDE)
    secret = event["content"].get(MARK) is True
    return Fact(event["sender"], thread_of(event), secret, file if isinstance(file, str) else "")
