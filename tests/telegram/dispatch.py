"""From a checked request to its result, with a record of everything that was asked."""

import inspect
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from tests.telegram import describing, sending
from tests.telegram.calls import Call
from tests.telegram.fetching import Fetching
from tests.telegram.flood import FloodControl
from tests.telegram.intake import BY_NAME, Body
from tests.telegram.refusals import ApiError, Json
from tests.telegram.world import World


@dataclass(slots=True)
class Asked:
    """One request: when it came (monotonic seconds), of which bot, and how it was answered.

    ``values`` are the checked parameters, or what was sent where they did not pass.
    """

    at: float
    bot: str
    method: str
    values: Json
    status: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that no correct program sends."""

    method: str
    description: str
    values: Json


class Dispatch:
    """Carries out requests. ``asked`` records them, ``violations`` those that broke the rules of the Bot API."""

    def __init__(self, world: World, flood: FloodControl, history: int | None) -> None:
        self.world = world
        self.flood = flood
        self.fetching = Fetching()
        self.asked: deque[Asked] = deque(maxlen=history)
        self.violations: list[Violation] = []
        self.running = 0
        self._methods: dict[str, Any] = {**describing.METHODS, **sending.METHODS, **self.fetching.methods}

    @property
    def methods(self) -> set[str]:
        """The methods that can be carried out."""
        return set(self._methods)

    async def answer(self, token: str, name: str, body: Body) -> tuple[int, Json]:
        """The HTTP code and the JSON to answer with."""
        method = BY_NAME.get(name.lower())
        asked = Asked(time.monotonic(), "", method.name if method else name, body.values)
        self.asked.append(asked)
        polling = asked.method == "getUpdates"
        self.running += not polling
        try:
            result = await self._carry_out(token, asked, body)
            asked.status = 200
            return 200, {"ok": True, "result": result}
        except ApiError as error:
            self._refused(asked, error)
            return error.code, error.to_json()
        finally:
            self.running -= not polling
            self.world.changes.notify()

    async def _carry_out(self, token: str, asked: Asked, body: Body) -> Any:
        bot = self.world.bots.get(token)
        if not bot:
            raise ApiError(401, "Unauthorized" if ":" in token else "Unauthorized: invalid token specified")
        asked.bot = bot.username
        method = BY_NAME.get(asked.method.lower())
        if not method:
            raise ApiError(404, "Not Found: method not found", violation=True)
        asked.values = method.read(body)
        result = self._methods[method.name](Call(self.world, self.flood, bot, method.name, asked.values))
        return await result if inspect.isawaitable(result) else result

    def complain(self, method: str, error: ApiError) -> None:
        """Record a request that could not even be read."""
        self.violations.append(Violation(method, error.description, {}))

    def _refused(self, asked: Asked, error: ApiError) -> None:
        asked.status, asked.description = error.code, error.description
        if error.violation:
            self.violations.append(Violation(asked.method, error.description, asked.values))
