"""The small HTML subset of our texts: measured, split and made plain without breaking a tag or an entity."""

import html
import re
from collections.abc import Iterator

from domain.chat import Html

_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-z]+)[^>]*>|&(?:[a-z]+|#\d+);|.", re.DOTALL)
_TAG = re.compile(r"</?[a-z]+[^>]*>")


def plain(text: Html) -> str:
    """What is left for the eye: no tags, entities resolved."""
    return html.unescape(_TAG.sub("", text))


def length(text: Html) -> int:
    """Visible characters, as messengers count them: in UTF-16 units."""
    return _units(plain(text))


def split(text: Html, limit: int) -> list[Html]:
    """Parts of at most ``limit`` visible characters each, cut between paragraphs, lines or words where possible.

    Tags open at a cut are closed there and opened again in the next part.
    """
    if length(text) <= limit:
        return [text]
    parts: list[Html] = []
    rest = text
    while length(rest) > limit:
        head, rest = _cut(rest, limit)
        parts.append(head)
    return [*parts, rest] if rest.strip() else parts


def _cut(text: Html, limit: int) -> tuple[Html, Html]:
    position = _best_break(text, limit)
    head, tail = text[:position].rstrip(), text[position:].lstrip()
    still_open = _open_tags(head)
    closing = "".join(f"</{name}>" for _, name in reversed(still_open))
    opening = "".join(tag for tag, _ in still_open)
    return Html(head + closing), Html(opening + tail)


def _best_break(text: Html, limit: int) -> int:
    """Where to cut: after the last paragraph, line or word in the later half of what fits, else where it is full."""
    breaks: dict[str, int] = {}
    seen = 0
    for token, end in _tokens(text):
        if token.startswith("<"):
            continue
        seen += _units(html.unescape(token))
        if seen > limit:
            start = end - len(token)
            return next((breaks[kind] for kind in ("\n\n", "\n", " ") if breaks.get(kind, 0) > start // 2), start)
        if token in ("\n", " "):
            breaks["\n\n" if text[end : end + 1] == "\n" == token else token] = end
    return len(text)


def _open_tags(text: str) -> list[tuple[str, str]]:
    stack: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(text):
        if not match["name"]:
            continue
        if match["close"]:
            stack.pop()
        else:
            stack.append((match[0], match["name"]))
    return stack


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match[0], match.end()) for match in _TOKEN.finditer(text))


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
