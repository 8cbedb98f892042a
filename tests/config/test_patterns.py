"""What a text becomes, by example and against fluent.runtime, which defines it."""

import html
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_datetime
from fluent.runtime import FluentBundle
from fluent.syntax import ast

from config.catalogue import BrokenText, Catalogue, read, referred
from config.texts import (
    BERLIN,
    FOLDERS,
    Markup,
    MissingText,
    Texts,
    load_catalogues,
    merged,
    overlaid,
    terminal_language,
)
from tests.config.guards import Catalogues, inner

COMMON = {folder: dict(load_catalogues()[folder]) for folder in ("de", "en")}
EVENING = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
NUMBERS: list[object] = [0, 1, 2, 5, 21, 1234, 1_000_000, 0.5, 1.0, 2.25]
SUMMER = datetime(2026, 7, 1, 6, 5, tzinfo=UTC)

TRICKY = r"""
-house = { $case ->
    *[nominative] das Haus
     [dative] dem <b>Haus</b>
  }
-house-short = H. { "{" }
plain = Nichts als Text.
literal = { "\u00e4 {x}" } { 5 } { 2.50 }
lines =
    eins
      zwei

    drei
term = { -house } und { -house(case: "dative") }: { -house-short }
named = { $state ->
    [open] offen
    [done] { $n ->
        [one] fertig seit einem Tag
       *[other] fertig seit { $n } Tagen
    }
   *[other] „{ $state }“
 }
counted = { $n ->
    [0] niemand
    [one] { $n } Person
    [2] ein Paar
   *[other] { $n } Personen
 } und { NUMBER($n) ->
    [one] x
   *[other] y
 }
ordered = { $n ->
    [one] plural
    [1] number
   *[other] rest
 }
written = { NUMBER($n, minimumFractionDigits: 2, useGrouping: 0) } { NUMBER($n, style: "percent") }
other = siehe { plain } und { counted }, { labelled.label }
labelled =
    .label = Mit { $title }
    .hint = Tipp
dated = Am { DATE($at, style: "day") } um { DATE($at, style: "time") }; { DATE($at, style: "full") }
listed = Von { LIST($names) }.
"""


def texts(german: str = TRICKY, **more: str) -> Texts:
    said = {"de": german, "en": german} | {folder.replace("_", "-"): source for folder, source in more.items()}
    return Texts({folder: COMMON.get(folder, {}) | read(source, folder) for folder, source in said.items()}, BERLIN)


def bundle(language: str, catalogue: Catalogue) -> FluentBundle:
    """fluent.runtime with the same texts; lists come to it already written."""
    functions: Any = {"DATE": dates(language), "LIST": str}
    made = FluentBundle([language], functions=functions, use_isolating=False)
    entries: dict[str, Any] = {}
    for key, pattern in catalogue.items():
        name, _, attribute = key.lstrip("-").partition(".")
        kind = ast.Term if key.startswith("-") else ast.Message
        entry = entries.setdefault(key.partition(".")[0], kind(ast.Identifier(name), None))  # type: ignore[arg-type]
        if attribute:
            entry.attributes.append(ast.Attribute(ast.Identifier(attribute), pattern))
        else:
            entry.value = pattern
    made.add_resource(ast.Resource(list(entries.values())))
    return made


def dates(language: str) -> Any:
    day, time = ("EEEE, d. MMMM y", "HH:mm 'Uhr'") if language == "de" else ("EEEE, d MMMM y", "HH:mm")
    forms = {"day": day, "time": time, "full": f"{day}, {time}"}

    def write(at: datetime, style: str) -> str:
        # Babel asks the zone for more than a zone of the standard library knows, hence the plain time.
        local = at.astimezone(BERLIN).replace(tzinfo=None)
        return format_datetime(local, forms[style], locale="de" if language == "de" else "en_GB")

    return write


def by_runtime(made: FluentBundle, key: str, values: dict[str, object]) -> str:
    name, _, attribute = key.partition(".")
    message = made.get_message(name)
    pattern = message.attributes[attribute] if attribute else message.value
    assert pattern is not None
    written = {name: as_runtime(value) for name, value in values.items()}
    said, errors = made.format_pattern(pattern, written)
    assert not errors, key
    return str(said)


def as_runtime(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(html.escape(item, quote=False) for item in value)
    return html.escape(value, quote=False) if isinstance(value, str) else value


def everything(pattern: ast.Pattern, catalogue: Catalogue) -> Iterator[ast.BaseNode]:
    """All nodes of a text and of the messages it refers to."""
    for node in inner(pattern):
        yield node
        if isinstance(node, ast.MessageReference):
            yield from everything(catalogue[referred(node)], catalogue)


def kinds(key: str, catalogue: Catalogue) -> dict[str, list[object]]:
    """Values worth trying for each variable of a text, by how it is used there."""
    found: dict[str, list[object]] = {}
    by_function: dict[str, list[object]] = {"DATE": [EVENING, SUMMER], "LIST": [("Nord <&>",)], "NUMBER": NUMBERS}
    for node in everything(catalogue[key], catalogue):
        match node:
            case ast.VariableReference(id=variable):
                found.setdefault(variable.name, ["Wört <b>&amp;</b>", "$x { y }"])
            case ast.FunctionReference(
                id=function, arguments=ast.CallArguments(positional=[ast.VariableReference() as v])
            ):
                found[v.id.name] = by_function[function.name]
            case ast.SelectExpression(selector=ast.VariableReference(id=variable), variants=variants):
                names = [variant.key.name for variant in variants if isinstance(variant.key, ast.Identifier)]
                found[variable.name] = NUMBERS if "one" in names or len(names) < len(variants) else [*names, "…"]
    return found


def samples(key: str, catalogue: Catalogue) -> list[dict[str, object]]:
    """Sets of values, each value in one of them at least."""
    tried = kinds(key, catalogue)
    rows = max(map(len, tried.values()), default=1)
    return [{name: values[row % len(values)] for name, values in tried.items()} for row in range(rows)]


def differences(catalogues: Catalogues) -> list[str]:
    """Where our texts differ from what fluent.runtime makes of the same files."""
    ours = Texts(catalogues, BERLIN)
    found = []
    for (language, form), folders in FOLDERS.items():
        catalogue = overlaid(catalogues, folders)
        made = bundle(language, catalogue)
        for key in (key for key in catalogue if not key.startswith("-")):
            for values in samples(key, catalogue):
                said, expected = ours.say(language, form, key, **values), by_runtime(made, key, values)
                if said != expected:
                    found.append(f"{language} ({form}) {key}: {said!r} is not {expected!r}")
    return found


def test_every_text_says_what_fluent_runtime_makes_of_it() -> None:
    assert not differences(load_catalogues())


def test_tricky_patterns_say_what_fluent_runtime_makes_of_them() -> None:
    catalogue = read(TRICKY, "tricky")
    assert not differences({"de": COMMON["de"] | catalogue, "en": COMMON["en"] | catalogue})


@pytest.mark.parametrize(
    ("language", "day", "time", "full"),
    [
        ("de", "Freitag, 27. November 2026", "18:00 Uhr", "Freitag, 27. November 2026, 18:00 Uhr"),
        ("en", "Friday, 27 November 2026", "18:00", "Friday, 27 November 2026, 18:00"),
    ],
)
def test_dates_are_written_in_the_programmes_time_zone(language: str, day: str, time: str, full: str) -> None:
    source = 'at = { DATE($at, style: "day") }/{ DATE($at, style: "time") }/{ DATE($at, style: "full") }/{ $at }'
    assert texts(source).say(language, "sie", "at", at=EVENING) == f"{day}/{time}/{full}/{full}"


def test_daylight_saving_time_is_kept() -> None:
    assert texts().say("de", "sie", "dated", at=SUMMER).endswith("Mittwoch, 1. Juli 2026, 08:05 Uhr")


def test_a_day_without_a_time_is_shown_as_a_day() -> None:
    source = 'on = { DATE($on, style: "day") }/{ DATE($on, style: "full") }\ntime = { DATE($on, style: "time") }'
    day = "Samstag, 7. November 2026"
    assert texts(source).say("de", "sie", "on", on=date(2026, 11, 7)) == f"{day}/{day}"
    with pytest.raises(MissingText, match="hour"):
        texts(source).say("de", "sie", "time", on=date(2026, 11, 7))


@pytest.mark.parametrize(
    ("names", "german", "english"),
    [
        ((), "", ""),
        (("A",), "A", "A"),
        (["A", "B"], "A und B", "A and B"),
        (("A", "<B>", Markup("<b>C</b>"), 1234), "A, &lt;B&gt;, <b>C</b> und 1.234", None),
        (("A", "B", "C"), "A, B und C", "A, B and C"),
        (("{0}", "{x}"), "{0} und {x}", "{0} and {x}"),
    ],
)
def test_lists_are_joined_and_escaped(names: object, german: str, english: str | None) -> None:
    said = texts("listed = { LIST($names) }")
    assert said.say("de", "sie", "listed", names=names) == german
    assert english is None or said.say("en", "sie", "listed", names=names) == english


def test_strings_are_escaped_and_markup_is_not() -> None:
    said = texts("titled = <b>{ $title }</b>")
    assert said.say("de", "sie", "titled", title='<i>"A" & B</i>') == '<b>&lt;i&gt;"A" &amp; B&lt;/i&gt;</b>'
    assert said.say("de", "sie", "titled", title=Markup("<i>A &amp; B</i>")) == "<b><i>A &amp; B</i></b>"


def test_a_value_cannot_leave_an_attribute() -> None:
    said = texts('linked = <a href="{ $to }{ $query }">{ $title }</a>')
    link = said.say("de", "sie", "linked", to='https://x/"><b>', query=Markup('"'), title='"')
    assert link == '<a href="https://x/&quot;&gt;&lt;b&gt;&quot;">"</a>'


def test_values_are_never_read_as_fluent() -> None:
    assert texts("titled = { $title }").say("de", "sie", "titled", title="{ $x } { -term }") == "{ $x } { -term }"


def test_a_text_of_ten_thousand_characters_is_said_whole() -> None:
    assert texts("titled = { $title }").say("de", "sie", "titled", title="ä" * 10_000) == "ä" * 10_000


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Alles zeigt /hilfe.", "Alles zeigt !hilfe."),
        ("Mit <code>/thema { $title }</code> und „/ich“", "Mit <code>!thema /x</code> und „!ich“"),
        ("Das Wort ohne „{ $sign }“", "Das Wort ohne „!“"),
        ("und/oder, https://x/y, { $title }/z, 1 / 2", "und/oder, https://x/y, /x/z, 1 / 2"),
    ],
)
def test_a_command_begins_with_the_sign_of_the_messenger(written: str, said: str) -> None:
    assert texts(f"told = {written}").say("de", "sie", "told", title="/x", sign="!") == said


def test_without_a_sign_a_command_stands_as_it_is_written() -> None:
    assert texts("told = Alles zeigt /hilfe.").say("de", "sie", "told") == "Alles zeigt /hilfe."


def test_plain_has_no_tags_and_no_entities() -> None:
    said = texts('titled = <a href="{ $to }">Fragen &amp; <b>{ $title }</b></a>')
    assert said.plain("de", "sie", "titled", to="https://x", title="<A> & B") == "Fragen & <A> & B"
    assert said.plain("de", "sie", "titled", to="https://x", title=Markup("<i>A</i>")) == "Fragen & A"


@pytest.mark.parametrize("value", [None, True, object(), ["A"], b"x"])
def test_what_cannot_be_shown_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        texts("titled = { $title }").say("de", "sie", "titled", title=value)


@pytest.mark.parametrize(("key", "values"), [("dated", {"at": "heute"}), ("listed", {"names": "ABC"})])
def test_functions_refuse_what_they_are_not_for(key: str, values: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        texts().say("de", "sie", key, **values)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        texts().say("de", "sie", "dated", at=EVENING.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("language", "form", "key"),
    [("de", "sie", "nothing"), ("fr", "sie", "plain"), ("de", "er", "plain"), ("de", "sie", "plain.label")],
)
def test_a_missing_text_is_an_error(language: str, form: str, key: str) -> None:
    with pytest.raises(MissingText, match=key):
        texts().say(language, form, key)


@pytest.mark.parametrize("key", ["named", "counted", "written", "labelled.label", "dated", "listed", "other"])
def test_a_missing_value_is_an_error(key: str) -> None:
    with pytest.raises(MissingText, match=r"state|n|title|at|names"):
        texts().say("de", "sie", key)


def test_du_and_plain_language_lie_over_de() -> None:
    said = texts(
        "a = Ihr Thema\nb = { a } bleibt.\nc = Sie", de_DU="a = dein Thema", de_LEICHT="c = Sie. Ja.", en="a = topic"
    )
    assert [said.say("de", form, "b") for form in ("sie", "du", "leicht")] == [
        "Ihr Thema bleibt.",
        "dein Thema bleibt.",
        "Ihr Thema bleibt.",
    ]
    assert said.say("de", "leicht", "c") == "Sie. Ja."
    assert {said.say("en", form, "a") for form in ("sie", "du", "leicht")} == {"topic"}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a = { $x", "test:1"),
        ("a = gut\n\nb = { }\n", "test:3"),
        ("a = 1\na = 2", "a stands there twice"),
        ("a = { b }", "de, a: there is no text b"),
        ("a = { -b }", "there is no text -b"),
        ("a = { b }\nb = { a }", "refers to itself"),
        ("a = { FOLD($x) }", "no function FOLD"),
        ("a = { DATE($x) }", "no function DATE"),
        ('a = { DATE($x, style: "week") }', "there is no text date-week"),
        ("a = { NUMBER($x, digits: 3) }", "digits"),
        ('a = { NUMBER($x, style: "roman") }', "style"),
        ("a = { NUMBER() }", "takes one variable"),
        ("-t = { $x }\na = { -t }", "cannot show NoneType"),
        ("-t = x\n    .kind = y\na = { -t.kind ->\n   *[y] z\n }", "chosen by a variable"),
    ],
)
def test_a_broken_text_is_found_when_texts_are_loaded(source: str, reason: str) -> None:
    with pytest.raises(BrokenText, match=reason):
        Texts({"de": COMMON["de"] | read(source, "test"), "en": {}}, BERLIN)


def test_the_files_of_a_folder_do_not_repeat_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.ftl").write_text("key = 1", "utf-8")
    (tmp_path / "b.ftl").write_text("key = 2", "utf-8")
    with pytest.raises(BrokenText, match=r"b\.ftl: key stands there twice"):
        merged(tmp_path)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "de_AT"}, "de"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_the_command_line_speaks_the_language_of_the_terminal(environ: dict[str, str], language: str) -> None:
    assert terminal_language(environ) == language
