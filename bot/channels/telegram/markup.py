"""What a message looks like under Telegram's rules: its HTML and its buttons. Pure."""

import html
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from domain.chat import Button, Html, Keyboard

ROW_CHARACTERS = 30
"""How much of its labels a row shows on a phone; the buttons of a row are equally wide."""
ROW_BUTTONS = 8
MOST_BUTTONS = 100
LABEL_CHARACTERS = 64

KNOWN = frozenset(["a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "strike", "strong", "u"])
"""The tags that stay; of any other only the contents do."""

VERBATIM = frozenset(["code", "pre"])

_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^>]*)>|[^<]+|<", re.DOTALL)
_HREF = re.compile(r"""\shref="((?:https?|tg|mailto):[^"<>]+)\"""")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot);)[a-zA-Z][a-zA-Z0-9]*;")
_BARE = re.compile(r"&(?!(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);)")

Placed = tuple[Button, int]
"""A button with its index in the message."""


def telegram_html(text: Html) -> Html:
    """The text in Telegram's HTML: only tags it knows, each closed in its order, so that no text can be refused."""
    return Html("".join(_rewritten(text)))


def _rewritten(text: str) -> Iterator[str]:
    open_tags: list[str] = []
    for token in _TOKEN.finditer(text):
        name = (token["name"] or "").lower()
        if not name:
            yield "&lt;" if token[0] == "<" else _entities(token[0])
        elif token["close"]:
            yield from _closed(name, open_tags)
        elif tag := _opening(name, token["rest"], open_tags):
            open_tags.append(name)
            yield tag
    yield from (f"</{name}>" for name in reversed(open_tags))


def _opening(name: str, attributes: str, open_tags: list[str]) -> str:
    """The tag as Telegram takes it, or nothing: no tag stands within itself, and none within verbatim text."""
    if name in open_tags or not VERBATIM.isdisjoint(open_tags):
        return ""
    if name == "a":
        link = _HREF.search(attributes)
        return f'<a href="{_entities(link[1])}">' if link else ""
    return f"<{name}>" if name in KNOWN else ""


def _closed(name: str, open_tags: list[str]) -> Iterator[str]:
    """Close ``name`` and what was opened inside it; nothing when it is not open."""
    while name in open_tags:
        innermost = open_tags.pop()
        yield f"</{innermost}>"
        if innermost == name:
            return


def _entities(text: str) -> str:
    """Telegram knows four characters by name; others are written as themselves."""
    if "&" in text:
        text = _BARE.sub("&amp;", _NAMED.sub(_resolved, text))
    return text.replace(">", "&gt;")


def _resolved(entity: re.Match[str]) -> str:
    return html.escape(html.unescape(entity[0]), quote=False)


def keyboard(rows: Keyboard, token: str) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard, broken where a phone would cut the labels off.

    A button says ``token:index`` when pressed: with a row number of 19 digits and an index below 100 that is 22 of the
    64 bytes allowed.
    """
    indexes = iter(range(MOST_BUTTONS))
    placed = [list(zip(row, indexes, strict=False)) for row in rows]
    return [[_button(button, token, index) for button, index in row] for wide in placed for row in _phone_rows(wide)]


def _button(button: Button, token: str, index: int) -> dict[str, Any]:
    return {"text": _label(button), "callback_data": f"{token}:{index}"}


def _label(button: Button) -> str:
    label = button.label.strip() or button.say or "…"
    return label if len(label) <= LABEL_CHARACTERS else label[: LABEL_CHARACTERS - 1] + "…"


def _phone_rows(row: Sequence[Placed]) -> list[list[Placed]]:
    """One row as several that fit, of equal length where that fits too."""
    if row and _fits(row):
        return [list(row)]
    rows: list[list[Placed]] = []
    for placed in row:
        if rows and _fits([*rows[-1], placed]):
            rows[-1].append(placed)
        else:
            rows.append([placed])
    even = _even_rows(row, len(rows))
    return even if all(map(_fits, even)) else rows


def _even_rows(row: Sequence[Placed], count: int) -> list[list[Placed]]:
    size = math.ceil(len(row) / max(count, 1)) or 1
    return [list(row[start : start + size]) for start in range(0, len(row), size)]


def _fits(row: Sequence[Placed]) -> bool:
    widest = max(len(_label(button)) for button, _ in row)
    return len(row) == 1 or (len(row) <= ROW_BUTTONS and len(row) * widest <= ROW_CHARACTERS)
