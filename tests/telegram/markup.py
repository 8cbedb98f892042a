"""Text and entities of messages: from what a bot sends, from what a person types, and back into HTML to look at."""

import re
from html import escape

from tests.telegram.html_reader import HtmlReader, units
from tests.telegram.refusals import Json

_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")


def clean(text: str) -> str:
    """Without the characters Telegram takes out: controls become spaces, what turns or covers a line vanishes."""
    return _UNWANTED.sub(lambda found: "" if found[0] == "\r" or found[0] > "\x20" else " ", text)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, entities moved along, in one order."""
    body = text.strip()
    shift = units(text[: len(text) - len(text.lstrip())])
    end = units(body)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        length = min(end, entity["offset"] - shift + entity["length"]) - start
        if length > 0:
            kept.append(entity | {"offset": start, "length": length})
    return body, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"], entity["type"]))


def parse(text: str, parse_mode: str = "", entities: list[Json] | None = None) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises :class:`ApiError`, a violation, on HTML Telegram would not take."""
    text = clean(text)
    if not parse_mode:
        return trimmed(text, entities or [])
    if "<" not in text and "&" not in text and ">" not in text:
        return text.strip(), []
    reader = HtmlReader(text)
    return trimmed(reader.read(), reader.entities)


_SPELLING = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def _spelling(entity: Json) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    return _SPELLING.get(entity["type"], ("", ""))


def to_html(text: str, entities: list[Json]) -> str:
    """The text with its entities as HTML, each kind in one spelling, so that two wordings can be compared."""
    if not entities:
        return escape(text, quote=False)
    encoded = text.encode("utf-16-le")
    marks: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        before, after = _spelling(entity)
        marks.setdefault(entity["offset"], []).append(before)
        closing.setdefault(entity["offset"] + entity["length"], []).insert(0, after)
    cuts = sorted({0, len(encoded) // 2, *marks, *closing})
    parts = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        parts += closing.get(start, []) + marks.get(start, [])
        parts.append(escape(encoded[2 * start : 2 * end].decode("utf-16-le"), quote=False))
    return "".join(parts)


_DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/<>]))"
    r"|(?P<email>(?<![\w.])[\w.+-]+@[\w-]+\.[A-Za-z]{2,})"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<url>https?://\S+[\w/])"
    r"|(?P<hashtag>(?<!\w)#\w+)"
)


def detected(text: str) -> list[Json]:
    """The entities Telegram finds by itself in what a person types."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in _DETECTED.finditer(text)
    ]
