"""The settings file that ``themenbote init`` writes: every key, explained, and commented out."""

import json
from collections.abc import Iterator
from itertools import groupby

from config.keys import Key, Keys, Name
from config.texts import Texts

LANGUAGES = ("de", "en")


def commented(keys: Keys) -> str:
    """The file's text. Removing ``#`` before a key (not before ``# `` and a sentence) sets it."""
    texts = Texts.load()
    lines = [*remarks(texts, "settings-remarks")]
    for section, members in groupby(keys.settings.values(), key=lambda key: key.name[:-1]):
        lines += ["", *header(section)]
        for key in members:
            lines += [*remarks(texts, f"settings-about-{'-'.join(key.name).replace('-*', '')}"), setting(key)]
    return "\n".join([*lines, ""])


def header(section: Name) -> Iterator[str]:
    """The line that begins a section; an item of a list is there only when its header is."""
    if section[-1:] == ("*",):
        yield f"#[[{'.'.join(section[:-1])}]]"
    elif section:
        yield f"[{'.'.join(section)}]"


def remarks(texts: Texts, key: str) -> Iterator[str]:
    """A text as comments, in each language."""
    for language in LANGUAGES:
        yield from (f"# {line}" for line in texts.plain(language, "sie", key).splitlines())


def setting(key: Key) -> str:
    """The key with its default, or with an example where there is no plain default."""
    value = key.example if isinstance(key.example, bool | int) else str(key.example)
    return f"#{key.name[-1]} = {json.dumps(value, ensure_ascii=False)}"
