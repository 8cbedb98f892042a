"""The words of the page: every one it uses is there in every language, and every one there is used."""

import re
from pathlib import Path

import pytest

from bot.channels import local_page
from bot.channels.local_words import KEYS, words
from config.texts import Texts, load_catalogues

PAGE = Path(local_page.__file__).parents[1] / "page"
CODE = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js")) + Path(local_page.__file__).read_text("utf-8")
LITERAL = re.compile(r"""["`](page-[a-z0-9-]+)(\$\{)?""")


def used(key: str) -> bool:
    """Whether the code names the key, or its beginning before a value is put in."""
    counted = re.sub(r"-(one|other)$", "", key)
    return any(name in {key, counted} or (open_ and key.startswith(name)) for name, open_ in LITERAL.findall(CODE))


def test_every_word_is_used() -> None:
    assert [key for key in KEYS if not used(key)] == []


def test_every_used_word_is_there() -> None:
    named = {name for name, open_ in LITERAL.findall(CODE) if not open_ and not name.endswith("-")}
    assert named - {re.sub(r"-(one|other)$", "", key) for key in KEYS} - set(KEYS) == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_is_complete_and_keeps_the_places_of_values(language: str) -> None:
    assert {key for key in load_catalogues()[language] if key.startswith("page-")} == set(KEYS)
    table = words(Texts.load())(language)
    assert {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in table.items()} == {
        key: set(names) for key, names in KEYS.items()
    }
