"""A refusal of the homeserver as one of the failures delivery knows."""

from bot.channel import SendError
from bot.channels.matrix.homeserver import MatrixError, Unreachable
from domain.delivery import Failure

CODES = {
    "M_LIMIT_EXCEEDED": Failure.THROTTLED,
    "M_FORBIDDEN": Failure.GONE,
    "M_NOT_FOUND": Failure.GONE,
    "M_UNKNOWN_TOKEN": Failure.MISCONFIGURED,
    "M_MISSING_TOKEN": Failure.MISCONFIGURED,
    "M_USER_DEACTIVATED": Failure.MISCONFIGURED,
    "M_USER_LOCKED": Failure.MISCONFIGURED,
    "M_USER_SUSPENDED": Failure.MISCONFIGURED,
    "M_CONSENT_NOT_GIVEN": Failure.MISCONFIGURED,
    "M_RESOURCE_LIMIT_EXCEEDED": Failure.MISCONFIGURED,
}
REVOKED = ("M_UNKNOWN_TOKEN", "M_USER_DEACTIVATED")
"""Codes after which no request with this token will ever succeed again."""


def send_error(error: MatrixError | Unreachable | TimeoutError) -> SendError:
    """What delivery is told. The homeserver's limits hold for the account, so a pause holds everywhere."""
    if isinstance(error, MatrixError):
        failure = judged(error)
        return SendError(failure, str(error), error.retry_after, everywhere=failure is Failure.THROTTLED)
    sent = not isinstance(error, Unreachable) or error.sent
    return SendError(Failure.UNCERTAIN if sent else Failure.UNREACHABLE, str(error) or type(error).__name__)


def opening_error(error: MatrixError | Unreachable) -> SendError:
    """The same where a direct chat could not be opened. That concerns one person, and so does a pause for it."""
    refused = send_error(error)
    declined = refused.failure in (Failure.GONE, Failure.REJECTED)
    return SendError(Failure.DECLINED if declined else refused.failure, refused.detail, refused.retry_after)


def judged(error: MatrixError) -> Failure:
    """The failure behind a refusal: by its code, otherwise by its status."""
    if error.code in CODES:
        return CODES[error.code]
    if error.status == 429:
        return Failure.THROTTLED
    if error.status >= 500:
        return Failure.UNREACHABLE
    return Failure.REJECTED


def temporary(error: MatrixError | Unreachable) -> bool:
    """Whether the same request may succeed later. With a revoked token it may too: once it was replaced."""
    if isinstance(error, Unreachable):
        return True
    return judged(error) in {Failure.THROTTLED, Failure.UNREACHABLE} or error.code in REVOKED
