"""How a language writes numbers, plurals, dates and lists (CLDR, by Babel)."""

import html
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from fluent.runtime.types import FluentNone, fluent_number

Number = int | float | Decimal

CLDR = {"de": "de_DE", "en": "en_GB"}
REMEMBERED = 1024  # written numbers and plural categories kept per language: counts repeat, and Babel is slow


def escape(value: str) -> str:
    """A value as HTML, unless it says by ``__html__`` that it is HTML already."""
    markup: Callable[[], str] | None = getattr(value, "__html__", None)
    return html.escape(value, quote=False) if markup is None else markup()


class Formats:
    """The ways of one language, ``de`` or ``en``; times are shown in ``timezone``."""

    def __init__(self, language: str, timezone: tzinfo) -> None:
        self._locale = Locale.parse(CLDR[language])
        self._timezone = timezone
        self._days = self._locale.days["format"]["wide"]
        self._months = self._locale.months["format"]["wide"]
        self.number = self.numbers({})
        self.plural = lru_cache(REMEMBERED, typed=True)(self._locale.plural_form)

    def numbers(self, options: Mapping[str, object]) -> Callable[[object], str]:
        """How numbers are written under ``options`` of Fluent's NUMBER; an unknown option raises TypeError."""
        fluent_number(0, **options)

        def write(number: Number) -> str:
            written = fluent_number(number, **options)
            if isinstance(written, FluentNone):
                raise TypeError(f"not a number: {number!r}")
            return written.format(self._locale)

        return lru_cache(REMEMBERED, typed=True)(write)

    def moment(self, at: date) -> dict[str, str]:
        """The words a date is written with; a datetime must be aware and gives ``hour`` and ``minute`` too."""
        parts = {}
        if isinstance(at, datetime):
            if at.utcoffset() is None:
                raise ValueError("a time without its zone cannot be shown")
            at = at.astimezone(self._timezone)
            parts = {"hour": f"{at.hour:02}", "minute": f"{at.minute:02}"}
        return {
            "weekday": self._days[at.weekday()],
            "day": str(at.day),
            "month": self._months[at.month],
            "year": str(at.year),
            **parts,
        }

    def enumeration(self, items: Iterable[str]) -> str:
        """``A, B und C``; empty for no items."""
        return format_list(list(items), locale=self._locale)
