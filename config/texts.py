"""Every text a person reads, by language and form of address."""

import html
import re
from collections.abc import Mapping
from datetime import tzinfo
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from fluent.syntax import ast

from config.catalogue import BrokenText, Catalogue, add, read
from config.formats import Formats
from config.patterns import Patterns, Text

BERLIN = ZoneInfo("Europe/Berlin")
FOLDERS = {
    ("de", "sie"): ("de",),
    ("de", "du"): ("de", "de-DU"),
    ("de", "leicht"): ("de", "de-LEICHT"),
    ("en", "sie"): ("en",),
    ("en", "du"): ("en",),
    ("en", "leicht"): ("en",),
}
"""Where the texts of a language and form stand; a later folder overlays an earlier one."""

TAG = re.compile(r"<[^>]*>")


class Markup(str):
    """A value that is already in the HTML subset of texts and is not escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class MissingText(LookupError):
    """There is no such text, or the text needs a value that was not given."""


class Texts:
    """The texts of all languages and forms, read and compiled once."""

    languages: tuple[str, ...] = ("de", "en")

    def __init__(self, catalogues: Mapping[str, Catalogue], timezone: tzinfo) -> None:
        languages = {folders: language for (language, _), folders in FOLDERS.items()}
        written = {
            folders: compiled(language, overlaid(catalogues, folders), timezone)
            for folders, language in languages.items()
        }
        self._texts = {manner: written[folders] for manner, folders in FOLDERS.items()}

    @staticmethod
    def load(timezone: tzinfo = BERLIN) -> "Texts":
        """The texts that come with the program, read once; times are shown in ``timezone``.

        Raises BrokenText when one cannot be read or compiled.
        """
        return _loaded(timezone)

    def say(self, language: str, form: str, key: str, /, **values: object) -> str:
        """The text in the HTML subset.

        ``language`` is "de" or "en", ``form`` "sie", "du" or "leicht", ``key`` a message or ``message.attribute``.
        Strings are escaped, :class:`Markup` is not; numbers, dates (aware) and lists are written as the language does.
        Raises MissingText for a key that is not there or a value that was not given, TypeError or ValueError for a
        value that cannot be shown.
        """
        try:
            text = self._texts[language, form][key]
            return text if isinstance(text, str) else text(values)
        except KeyError as gap:
            raise MissingText(f"{language} ({form}), {key}: {gap} is missing") from gap

    def plain(self, language: str, form: str, key: str, /, **values: object) -> str:
        """The same text without HTML: for labels, toasts and the command line. Values stand as they are."""
        said = self.say(language, form, key, **values)
        return html.unescape(TAG.sub("", said)) if "<" in said or "&" in said else said


@cache
def _loaded(timezone: tzinfo) -> Texts:
    return Texts(load_catalogues(), timezone)


@cache
def load_catalogues() -> Mapping[str, Catalogue]:
    """The patterns of each folder of ``config/texts`` by the folder's name; BrokenText for what is no Fluent."""
    root = resources.files("config") / "texts"
    return {folder.name: merged(folder) for folder in root.iterdir() if folder.is_dir()}


def merged(folder: Traversable) -> Catalogue:
    """The patterns of all files in one folder."""
    found: dict[str, ast.Pattern] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".ftl"):
            name = f"{folder.name}/{file.name}"
            add(found, read(file.read_text("utf-8"), name), name)
    return found


def overlaid(catalogues: Mapping[str, Catalogue], folders: tuple[str, ...]) -> Catalogue:
    """The patterns of several folders, a later one over an earlier one."""
    return {key: pattern for folder in folders for key, pattern in catalogues.get(folder, {}).items()}


def compiled(language: str, catalogue: Catalogue, timezone: tzinfo) -> dict[str, Text]:
    """The text of each key, terms left out; BrokenText, naming the key, for what cannot be compiled."""
    patterns = Patterns(catalogue, Formats(language, timezone))
    texts: dict[str, Text] = {}
    for key in catalogue:
        try:
            texts[key] = patterns.text(key)
        except (LookupError, TypeError, ValueError) as error:
            raise BrokenText(f"{language}, {key}: {error}") from error
    return {key: text for key, text in texts.items() if not key.startswith("-")}


def terminal_language(environ: Mapping[str, str]) -> str:
    """The language for a command line: German where the locale is, else English."""
    locales = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "de" if next(filter(None, locales), "").startswith("de") else "en"
