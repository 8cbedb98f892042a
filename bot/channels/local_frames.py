"""What the page may ask for, checked before anything looks at it; what it is told is plain JSON."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

Shown = dict[str, Any]
"""A frame to the page, ready for JSON."""

LONGEST_TEXT = 10_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _printable(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n"))


Id = Annotated[str, Field(min_length=1, max_length=64)]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
Text = Annotated[str, AfterValidator(_printable), Field(min_length=1, max_length=LONGEST_TEXT)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Hello(_Asked):
    """Tell all that changed after ``since``, counted in the file named ``store``, or everything recent."""

    type: Literal["hello"]
    store: Annotated[str, Field(max_length=64)] = ""
    since: Annotated[int, Field(ge=0)] = 0


class Older(_Asked):
    """Tell what was said in ``chat`` before the message ``before``."""

    type: Literal["older"]
    chat: Id
    before: Number


class Ping(_Asked):
    """Are you there?"""

    type: Literal["ping"]


class Read(_Asked):
    """``person`` has seen ``chat`` up to ``message``."""

    type: Literal["read"]
    person: Id
    chat: Id
    message: Number


class Deed(_Asked):
    """Something ``person`` does in ``chat``. ``client`` is the page's own id of it: the same again is done once."""

    person: Id
    chat: Id
    client: Id


class Say(Deed):
    """Write a message; ``file`` names an uploaded one, beside which there need not be a text."""

    type: Literal["say"]
    text: Annotated[str, AfterValidator(_printable), Field(max_length=LONGEST_TEXT)]
    reply_to: Number | None = None
    file: Id | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Say":
        if not self.text and self.file is None:
            message = "neither a text nor a file"
            raise ValueError(message)
        return self


class Edit(Deed):
    """Change an own message."""

    type: Literal["edit"]
    message: Number
    text: Text


class Press(Deed):
    """Press a button of the keyboard that the row ``token`` made."""

    type: Literal["press"]
    message: Number
    token: Number
    index: Annotated[int, Field(ge=0, le=999)]


class Open(Deed):
    """Open the direct chat, perhaps by a link with a payload."""

    type: Literal["open"]
    payload: Annotated[str, Field(max_length=200), AfterValidator(_printable)] = ""


class Leave(Deed):
    """Leave the room, or shut the assistant out of the direct chat."""

    type: Literal["leave"]


class Join(Deed):
    """Come back to a room."""

    type: Literal["join"]


Asked = Hello | Older | Ping | Read | Say | Edit | Press | Open | Leave | Join

_ASKED: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="type")])


class Unacceptable(Exception):
    """The page asked for something that cannot be; ``code`` says what, and ``client`` of which deed."""

    def __init__(self, code: Literal["malformed", "unknown", "absent", "foreign"], client: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.client = client


def parse(raw: str) -> Asked:
    """Read one frame of the page. Raises :class:`Unacceptable`."""
    try:
        return _ASKED.validate_json(raw)
    except ValidationError:
        raise Unacceptable("malformed", _client_of(raw)) from None


class _Anything(BaseModel):
    client: Id = ""


def _client_of(raw: str) -> str:
    try:
        return _Anything.model_validate_json(raw).client
    except ValidationError:
        return ""
