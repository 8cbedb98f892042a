"""The HTML subset a message may use, read strictly: what is outside of it is refused, as a messenger would."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

SIMPLE = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"})
LINKS = frozenset({"http", "https", "mailto", "tel"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "a" and len(attrs) == 1 and attrs[0][0] == "href" and urlsplit(attrs[0][1] or "").scheme in LINKS:
            return
        if tag not in SIMPLE or attrs:
            raise ValueError(f"<{tag}> is not permitted so")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        raise ValueError(f"<{tag}/> is not permitted")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        raise ValueError("comments are not permitted")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        raise ValueError("declarations are not permitted")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        raise ValueError("declarations are not permitted")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        raise ValueError("instructions are not permitted")

    def close(self) -> None:
        super().close()
        if self._open:
            raise ValueError(f"<{self._open[-1]}> is not closed")


def check(html: str) -> None:
    """Raises :class:`ValueError` for anything outside the subset."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
