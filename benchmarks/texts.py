"""What saying a text costs: our compiled patterns beside fluent.runtime, on the same patterns in one run."""

import html
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from timeit import Timer

from fluent.runtime import FluentBundle, FluentResource

from config.catalogue import read
from config.texts import BERLIN, Texts, load_catalogues

Say = Callable[[str, dict[str, object]], str]

SOURCE = """
fixed = Ihr Thema ist gespeichert.
values = <b>{ $title }</b> von { $author }
plural = { $n ->
    [0] Niemand unterstützt es.
    [one] { $n } Person unterstützt es.
   *[other] { $n } Personen unterstützen es.
 }
dated = Am { DATE($at, style: "full") }.
"""
TITLE = "Wie erreichen wir Familien & Vereine?"
CARD: list[tuple[str, dict[str, object]]] = [
    ("values", {"title": TITLE, "author": "Koordination"}),
    ("plural", {"n": 17}),
    ("plural", {"n": 1}),
    ("plural", {"n": 0}),
    ("fixed", {}),
    ("fixed", {}),
]
"""What a topic card is made of: author, supporters, contributors, comments, two labels."""


def microseconds(say: Say, said: list[tuple[str, dict[str, object]]]) -> float:
    """The best of seven runs, for all that is said once."""

    def once() -> None:
        for key, values in said:
            say(key, values)

    return min(Timer(once).repeat(7, 2_000)) / 2_000 * 1e6


def runtime() -> Say:
    """fluent.runtime as one would use it: values escaped before, errors looked at after."""
    bundle = FluentBundle(["de"], use_isolating=False)
    bundle.add_resource(FluentResource(SOURCE))

    def say(key: str, values: dict[str, object]) -> str:
        escaped = {name: html.escape(value) if isinstance(value, str) else value for name, value in values.items()}
        pattern = bundle.get_message(key).value
        assert pattern is not None
        said, errors = bundle.format_pattern(pattern, escaped)
        assert not errors
        return str(said)

    return say


def compiled() -> Say:
    """Our texts."""
    texts = Texts({"de": {**load_catalogues()["de"], **read(SOURCE, "texts")}}, BERLIN)
    return lambda key, values: texts.say("de", "sie", key, **values)


def main() -> None:
    """Prints the figures."""
    ours, theirs = compiled(), runtime()
    print(f"Texts, Python {platform.python_version()}: µs, ours and fluent.runtime")
    for name, said in (("fixed", CARD[4:5]), ("values", CARD[:1]), ("plural", CARD[1:2]), ("a card", CARD)):
        print(f"  {name:8} {microseconds(ours, said):6.2f} {microseconds(theirs, said):6.2f}")
    at = datetime(2026, 11, 27, 17, tzinfo=UTC)
    print(f"  {'dated':8} {microseconds(ours, [('dated', {'at': at})]):6.2f}      - (a function of ours)")
    patterns = sum(map(len, load_catalogues().values()))
    reading = min(Timer(load_catalogues.__wrapped__).repeat(3, 1)) * 1e3
    compiling = min(Timer(Texts.load).repeat(3, 1)) * 1e3
    print(f"  loading {patterns} patterns: {reading:.0f} ms reading, {compiling:.0f} ms compiling")


if __name__ == "__main__":
    main()
