"""Reads the HTML Telegram understands, more strictly than Telegram does: what it would show wrongly is refused."""

import re
from html import unescape

from tests.telegram.refusals import Json, violation
from tests.telegram.rules import bad_link

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_VERBATIM = {"code", "pre"}
_PIECE = re.compile(
    r"[^<>&]+"
    r"|&(?P<entity>lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[\w.-]+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")


def units(text: str) -> int:
    """Length in UTF-16 code units, in which entities are counted."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _trouble(problem: str) -> Exception:
    return violation(f"can't parse entities: {problem}")


class HtmlReader:
    """Reads one text from start to end; its ``entities`` are in the order they were closed."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[tuple[str, Json]] = []
        self.entities: list[Json] = []

    def read(self) -> str:
        """The plain text. Raises :class:`ApiError`, a violation."""
        while self._at < len(self._source):
            piece = _PIECE.match(self._source, self._at)
            if not piece:
                raise self._stuck()
            if piece["tag"]:
                (self._close if piece["close"] else self._begin)(piece)
            else:
                self._add(unescape(piece[0]) if piece["entity"] else piece[0])
            self._at = piece.end()
        if self._open:
            raise _trouble(f'can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return "".join(self._parts)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._offset += units(text)

    @property
    def _where(self) -> str:
        return f"at byte offset {len(self._source[: self._at].encode())}"

    def _stuck(self) -> Exception:
        rest = self._source[self._at :]
        if rest.startswith("<") and ">" not in rest:
            return _trouble(f"unclosed start tag {self._where}")
        if rest.startswith("<"):
            tag = re.split(r"[\s>]", rest[1:])[0]
            return _trouble(f'unsupported start tag "{tag}" {self._where}')
        return _trouble(f"character '{rest[0]}' must be written as an entity Telegram knows {self._where}")

    def _begin(self, piece: re.Match[str]) -> None:
        tag = piece["tag"].lower()
        if tag not in _TAGS:
            raise _trouble(f'unsupported start tag "{tag}" {self._where}')
        entity: Json = {"type": _TAGS[tag], "offset": self._offset, "length": 0}
        entity.update(self._details(tag, _attributes(piece["attributes"])))
        self._nest(tag, entity)
        self._open.append((tag, entity))

    def _nest(self, tag: str, entity: Json) -> None:
        around = [kind["type"] for _, kind in self._open]
        if "blockquote" in tag and any("blockquote" in kind for kind in around):
            raise _trouble(f"blockquote within blockquote {self._where}")
        if set(around) & _VERBATIM and not (around[-1:] == ["pre"] and tag == "code"):
            raise _trouble(f'tag "{tag}" within verbatim text {self._where}')
        if entity["type"] == "text_link" and "text_link" in around:
            raise _trouble(f"link within a link {self._where}")

    def _details(self, tag: str, given: dict[str, str]) -> Json:
        allowed = _ATTRIBUTES.get(tag, set())
        if given.keys() - allowed:
            raise _trouble(f'tag "{tag}" has no attribute {sorted(given.keys() - allowed)} {self._where}')
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise _trouble(f'tag "span" must have class "tg-spoiler" {self._where}')
        if tag == "a":
            return {"url": self._link(given.get("href", ""))}
        if tag == "blockquote" and "expandable" in given:
            return {"type": "expandable_blockquote"}
        if tag == "code" and given.get("class", "").startswith("language-"):
            return {"language": given["class"].removeprefix("language-")}
        if tag == "tg-emoji":
            return {"custom_emoji_id": self._number(given.get("emoji-id", ""))}
        return {"unix_time": int(self._number(given.get("unix", "")))} if tag == "tg-time" else {}

    def _number(self, digits: str) -> str:
        if not re.fullmatch(r"[0-9]{1,19}", digits):
            raise _trouble(f"{digits!r} is no number {self._where}")
        return digits

    def _link(self, url: str) -> str:
        if not re.match(r"(?:https?|tg|mailto|tel):", url) or bad_link(url):
            raise _trouble(f"{url!r} is no link {bad_link(url)} {self._where}")
        return url

    def _close(self, piece: re.Match[str]) -> None:
        if not self._open:
            raise _trouble(f"unexpected end tag {self._where}")
        tag, entity = self._open.pop()
        if piece["tag"].lower() != tag:
            raise _trouble(f'unmatched end tag {self._where}, expected "</{tag}>", found "</{piece["tag"].lower()}>"')
        entity["length"] = self._offset - entity["offset"]
        if entity["length"]:
            self._keep(entity)

    def _keep(self, entity: Json) -> None:
        within = self.entities[-1] if self.entities else {}
        if entity["type"] == "pre" and within.get("type") == "code" and within["length"] == entity["length"]:
            entity.update({"language": language} if (language := self.entities.pop().get("language")) else {})
        elif entity["type"] == "code" and (not self._open or self._open[-1][0] != "pre"):
            entity.pop("language", None)
        self.entities.append(entity)


_ATTRIBUTES = {
    "a": {"href"},
    "span": {"class"},
    "code": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
}


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(text)}
