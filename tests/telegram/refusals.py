"""How Telegram's servers say no."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A request that is answered with an error: the HTTP code, the description and the extra parameters.

    ``violation`` marks what no correct program ever sends, as against what the state of the world brings about
    (blocked, gone, too fast, edited twice alike).
    """

    def __init__(self, code: int, description: str, parameters: Json | None = None, *, violation: bool = False) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}
        self.violation = violation

    def to_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(problem: str, **parameters: int) -> ApiError:
    """What the world does not allow right now."""
    return ApiError(400, f"Bad Request: {problem}", parameters)


def violation(problem: str) -> ApiError:
    """What nobody may ever send."""
    return ApiError(400, f"Bad Request: {problem}", violation=True)


def forbidden(problem: str) -> ApiError:
    """The other side does not want us, or never did."""
    return ApiError(403, f"Forbidden: {problem}")


def conflict(problem: str) -> ApiError:
    """Somebody else is taking the updates."""
    return ApiError(409, f"Conflict: {problem}")


def too_many(retry_after: int) -> ApiError:
    """Flood control; ``retry_after`` in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
