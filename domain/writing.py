"""What people write: made safe to keep and to show, and checked for length."""

import re
import unicodedata

from domain.refusal import Refused

_KEPT_CONTROLS = "\n\t"
_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPHS = re.compile(r"\n{3,}")
_JOINER, _VARIATION = "\u200d", "\ufe0f"


def clean(text: str) -> str:
    """The text in composed form, without what cannot be seen.

    Control characters, direction overrides and zero-width characters are dropped, since they can make a text look
    like another one; the joiner is kept inside emoji. Runs of blanks become one, at most one line stays empty.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = composed
    if not composed.isprintable():
        seen = "".join(char for index, char in enumerate(composed) if _visible(composed, index, char))
    lines = (_BLANKS.sub(" ", line).strip() for line in seen.split("\n"))
    return _PARAGRAPHS.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """As :func:`clean`, with line ends made blanks."""
    return " ".join(clean(text).split())


def required(text: str, limit: int, missing: str) -> str:
    """The cleaned text.

    Raises :class:`Refused` with the key ``missing`` when no word is left, or when it is longer than ``limit``.
    """
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        raise Refused(missing)
    return within(cleaned, limit)


def within(text: str, limit: int) -> str:
    """The text. Raises :class:`Refused` when it is longer than ``limit`` characters."""
    if len(text) > limit:
        raise Refused("common-too-long", limit=limit, length=len(text))
    return text


def folded(text: str) -> str:
    """For comparing words: no case, no punctuation around, umlauts as they are."""
    return one_line(text).casefold().strip(" .,:;!?„“”\"'»«()[]")


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def _visible(text: str, index: int, char: str) -> bool:
    if char in _KEPT_CONTROLS or char == _VARIATION:
        return True
    if char == _JOINER:
        return 0 < index < len(text) - 1 and unicodedata.category(text[index + 1]) == "So"
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
