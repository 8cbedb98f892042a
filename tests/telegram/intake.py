"""From the body of an HTTP request to checked parameters: JSON, urlencoded and multipart."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader
from aiohttp.web import BaseRequest

from tests.telegram.refusals import ApiError, Json, violation
from tests.telegram.schema import Check, Mismatch, Upload, compiled, fields
from tests.telegram.table import METHODS, NOT_EMULATED


@dataclass(slots=True)
class Body:
    """What came with a request: values as sent (``form``: all of them text) and files by the name of their part."""

    values: dict[str, Any]
    files: dict[str, Upload]
    form: bool


async def read_body(request: BaseRequest) -> Body:
    """Read query string and body. Raises :class:`ApiError` on JSON that is none."""
    query: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True))
    if request.content_type == "application/json":
        return Body(query | _json_object(await request.read()), {}, form=False)
    if request.content_type == "multipart/form-data":
        values, files = await _multipart(request)
        return Body(query | values, files, form=True)
    posted = dict(parse_qsl((await request.read()).decode("utf-8", "replace"), keep_blank_values=True))
    return Body(query | posted, {}, form=True)


def _json_object(content: bytes) -> Json:
    try:
        value = json.loads(content)
        if b"\\u" in content:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise violation("strings must be encoded in UTF-8") from None
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise violation("can't parse request JSON object")
    return value


async def _multipart(request: BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise violation("a part of the form has no name")
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            values[part.name] = content.decode("utf-8", "replace")
        else:
            media_type = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, content, media_type)
    return values, files


def _whole_number(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def _truth(text: str) -> Any:
    return {"true": True, "false": False}.get(text.lower(), text)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Mismatch("is not JSON") from None


_FROM_FORM: dict[str, Callable[[str], Any]] = {"int": _whole_number, "int|str": _whole_number, "bool": _truth}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method: how its text in a form is read, and what it has to be."""

    name: str
    check: Check
    from_form: Callable[[str], Any]
    nested: bool
    file: bool
    media: bool

    def read(self, value: Any, body: Body) -> Any:
        """The checked value. Raises :class:`Mismatch`."""
        if isinstance(value, str):
            if self.file:
                value = _attached(value, body)
            elif body.form or self.nested:
                value = self.from_form(value)
        self.check(value)
        return value | {"media": _attached(value["media"], body)} if self.media else value


def _attached(value: str, body: Body) -> Any:
    name = value.removeprefix("attach://")
    if name == value:
        return value
    if name not in body.files:
        raise Mismatch(f"names the part {name!r}, which is not there")
    return body.files.pop(name)


def _parameter(name: str, kind: str, bare: str) -> Parameter:
    plain = bare in ("int", "str", "bool", "int|str") or "InputFile" in bare
    from_form = _FROM_FORM.get(bare, str if plain else _parsed)
    return Parameter(
        name, compiled(kind), from_form, nested=not plain, file="InputFile" in bare, media=bare == "InputMedia"
    )


class Method:
    """One method of the table."""

    def __init__(self, name: str) -> None:
        words = fields(METHODS[name])
        self.name = name
        self._parameters = {word.name: _parameter(word.name, word.type, word.bare) for word in words}
        self._required = [word.name for word in words if word.required]

    def read(self, body: Body) -> Json:
        """The checked parameters. Raises :class:`ApiError`, a violation."""
        sent: Mapping[str, Any] = body.values | {
            name: file for name, file in body.files.items() if name in self._parameters
        }
        for name in sent.keys() & body.files.keys():
            del body.files[name]
        values = {name: self._one(name, value, body) for name, value in sent.items()}
        for name in self._required:
            if name not in values or values[name] == "":
                self._absent(name, body)
        if body.files:
            raise violation(f"{self.name}: the files {sorted(body.files)} belong to nothing")
        return values

    def _absent(self, name: str, body: Body) -> None:
        if name == "text":
            raise violation("message text is empty")
        if name not in body.values:
            raise violation(f"{name} is empty" if name == "chat_id" else f"{self.name}: {name} is required")

    def _one(self, name: str, value: Any, body: Body) -> Any:
        try:
            if name not in self._parameters:
                raise Mismatch(f"is no parameter of {self.name}").within("", name)
            if name in NOT_EMULATED:
                raise Mismatch("is not emulated").within("", name)
            return self._parameters[name].read(value, body)
        except Mismatch as mismatch:
            raise self._complaint(name, mismatch) from None

    def _complaint(self, name: str, mismatch: Mismatch) -> ApiError:
        seen = mismatch if mismatch.path[:1] == [name] else mismatch.within(self.name, name)
        return violation(f"{seen.official} ({self.name}: {seen})" if seen.official else f"{self.name}: {seen}")


BY_NAME = {name.lower(): Method(name) for name in METHODS}
"""Methods by their name in lower case: Telegram does not mind the case."""
