"""Kinds of values that settings have, each refusing what it is not.

A refusal's name is the sentence ``settings-wrong-<name>`` in ``config/texts/*/settings.ftl``.
"""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError


def wrong(problem: str) -> PydanticCustomError:
    """A refusal of that name."""
    return PydanticCustomError(problem, "refused")


def whole(value: Any) -> Any:
    """Refuses true and false, which Python would count as 1 and 0."""
    if isinstance(value, bool):
        raise wrong("number")
    return value


def lowered(value: Any) -> Any:
    """INFO is info."""
    return value.lower() if isinstance(value, str) else value


def address_parts(value: str) -> SplitResult:
    """The parts of an HTTP address; refuses what is none, and one that carries a password."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        raise wrong("address") from None
    if not usable or "@" in parts.netloc or re.search(r"\s", value):
        raise wrong("address")
    return parts


def address(value: str) -> str:
    """An HTTP address without the slash at its end."""
    address_parts(value)
    return value.rstrip("/")


def api_root(value: str) -> str:
    """The address of a Bot API server; the token is added by the program."""
    if re.search(r"/bot(\d+:|/?$)", address_parts(value).path):
        raise wrong("api-base")
    return address(value)


def safe_address(value: str) -> str:
    """An address the world may call: encrypted, unless it is this machine."""
    parts = address_parts(value)
    if parts.scheme != "https" and not loopback(parts.hostname or ""):
        raise wrong("https")
    return value


def loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def database(value: SecretStr) -> SecretStr:
    """An address of one of the two databases, as SQLAlchemy writes it."""
    if not re.match(r"sqlite:///.|postgresql\+psycopg://.", value.get_secret_value()):
        raise wrong("database")
    return value


def webhook_secret(value: SecretStr) -> SecretStr:
    """What Telegram takes as a secret token."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise wrong("webhook-secret")
    return value


def matrix_user(value: str) -> str:
    """A full Matrix user id."""
    if not re.fullmatch(r"@[^@:\s]+:\S+", value):
        raise wrong("matrix-user")
    return value


def in_order(value: Any) -> Any:
    """The items of a list that came by their index, such as ``{"0": …, "1": …}``."""
    if not isinstance(value, dict):
        return value
    return [value.get(str(index), {}) for index in range(max(map(int, value)) + 1)]


Text = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]
Whole = Annotated[int, BeforeValidator(whole)]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Address = Annotated[str, AfterValidator(address)]
ApiRoot = Annotated[str, AfterValidator(api_root)]
SafeAddress = Annotated[str, AfterValidator(safe_address)]
DatabaseUrl = Annotated[Secret, AfterValidator(database)]
WebhookSecret = Annotated[Secret, AfterValidator(webhook_secret)]
MatrixUser = Annotated[str, AfterValidator(matrix_user)]
Level = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(lowered)]
Land = Literal["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]
"""The code of a German Land, as ISO 3166-2 has it."""
