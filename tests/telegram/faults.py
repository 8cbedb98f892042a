"""What can go wrong between a bot and the servers, on demand."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})


class Kind(Enum):
    """How a request goes wrong."""

    FAIL = auto()
    """An error of the server; nothing happens."""
    LOSE_REQUEST = auto()
    """The connection breaks before anything happens."""
    LOSE_ANSWER = auto()
    """It happens, and the connection breaks before the answer."""
    SLOW = auto()
    """It happens, and the answer takes long."""
    GARBLE = auto()
    """It happens, and the answer is not JSON."""


@dataclass(slots=True)
class Fault:
    """A fault that waits for its requests. ``only``: these methods; None: all."""

    kind: Kind
    times: int
    only: Collection[str] | None
    status: int = 502
    seconds: float = 0.0


class Faults:
    """The faults that wait; each is used up by the requests it meets. ``times=-1``: never used up."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def fail(self, times: int = 1, *, status: int = 502, only: Collection[str] | None = None) -> None:
        """Answer the next requests with an error of the server."""
        self._waiting.append(Fault(Kind.FAIL, times, only, status=status))

    def lose_requests(self, times: int = 1, *, only: Collection[str] | None = None) -> None:
        """Break the connection before the next requests do anything."""
        self._waiting.append(Fault(Kind.LOSE_REQUEST, times, only))

    def lose_answers(self, times: int = 1, *, only: Collection[str] | None = SENDS) -> None:
        """Do what the next requests ask for and break the connection."""
        self._waiting.append(Fault(Kind.LOSE_ANSWER, times, only))

    def slow(self, seconds: float, times: int = 1, *, only: Collection[str] | None = SENDS) -> None:
        """Do what the next requests ask for and answer late."""
        self._waiting.append(Fault(Kind.SLOW, times, only, seconds=seconds))

    def garble(self, times: int = 1, *, only: Collection[str] | None = None) -> None:
        """Do what the next requests ask for and answer nonsense."""
        self._waiting.append(Fault(Kind.GARBLE, times, only))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        """The fault that meets this request, if any."""
        for fault in self._waiting:
            if fault.only is None or method in fault.only:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None
