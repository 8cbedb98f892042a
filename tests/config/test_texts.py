"""The texts people read keep the rules of the house, and each rule is shown to catch what breaks it."""

import ast
from pathlib import Path
from textwrap import dedent

import pytest

from config.catalogue import Catalogue, read
from config.texts import load_catalogues
from tests.config import asked, guards
from tests.config.guards import GUARDS, Catalogues, Guard

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("bot", "config", "domain", "handlers", "storage")
GOOD = {
    "de": """
        date-day = { $day }. { $month }
        saved = Ihr Thema <b>{ $title }</b> ist gespeichert. Am 3. Dezember ist es z. B. in der „du“-Liste.
        count = { $n ->
            [0] { "" }
            [one] Eine Person
           *[other] { $n } Personen
         }
        when = 📅 { DATE($at, style: "day") }
        pages = { $page }/{ $pages }
        cli-hint = Schreiben Sie „themenbote init“.
        -house = Haus
        help = Mit /du wechselt die Anrede. <a href="{ $to }">Mehr</a>
            .label = Hilfe
    """,
    "en": """
        date-day = { $day } { $month }
        saved = Your topic <b>{ $title }</b> is saved.
        count = { $n } people
        when = { DATE($at, style: "day") }
        pages = Page { $page } of { $pages }
        cli-hint = Write “themenbote init”.
        help = <a href="{ $to }">More</a>
            .label = Help
    """,
    "de-DU": "saved = Dein Thema <b>{ $title }</b> ist gespeichert.",
    "de-LEICHT": "saved = Ihr Thema ist gespeichert.",
}
"""Texts that keep every rule, some of them narrowly."""

BAD = [
    (guards.compile_all, {"de": "a = { $x ->\n   [one] x\n  *[other] { b }\n }"}, "there is no text b"),
    (guards.same_keys, {"de": "new = Neu"}, "en: new is missing"),
    (guards.same_keys, {"en": "new = New"}, "de: new is missing"),
    (guards.same_keys, {"de": "button =\n    .label = Neu", "en": "button = New"}, "en: button.label is missing"),
    (guards.same_variables, {"de": "a = { $x } { $y }", "en": "a = { $x }"}, "en: a needs ['x'], in de ['x', 'y']"),
    (guards.same_variables, {"de": "a = b", "en": "a = { b }\nb = { $n }"}, "en: a needs ['n'], in de []"),
    (guards.same_variables, {"de": "a = { $n }", "de-DU": "a = { NUMBER($m) }"}, "de-DU: a needs ['m']"),
    (guards.overlays_known, {"de-DU": "nowhere = Du"}, "de-DU: nowhere is not in de"),
    (guards.overlays_known, {"de-LEICHT": "nowhere = Ja"}, "de-LEICHT: nowhere is not in de"),
    *(
        (guards.formal_in_de, {"de": f"a = Ist das {word}?"}, f"a says {word}")
        for word in ("du", "dein", "DIR", "dich")
    ),
    *(
        (guards.formal_in_de, {"de": f"a = Für {word}."}, f"a says {word}")
        for word in ("euch", "euer", "Eure", "deines")
    ),
    (guards.formal_in_de, {"de": "a = { $n ->\n   [one] Sie\n  *[other] ihr und euer\n }"}, "a says euer"),
    (guards.formal_in_de, {"de-LEICHT": "saved = Du bist da"}, "de-LEICHT: saved says Du"),
    (guards.informal_in_du, {"de-DU": "saved = Dein Thema, wie Sie wollten"}, "saved says Sie"),
    (guards.informal_in_du, {"de-DU": "saved = Dein Thema bei Ihnen"}, "saved says Ihnen"),
    (guards.du_complete, {"de": "a = Schreiben Sie."}, "a is missing, for in de it says Sie"),
    (guards.du_complete, {"de": "a = A\n    .label = Ihre Themen"}, "a.label is missing"),
    (guards.short_sentences, {"de": "a = " + "Wort " * 26}, "a sentence of 26 words"),
    (guards.short_sentences, {"en": "a = Short. " + "{ $word } " * 26}, "a sentence of 26 words"),
    (guards.short_sentences, {"de": "a = " + "Am 3. Mai z. B. " * 5 + "ist."}, "a sentence of 26 words"),
    (guards.short_sentences, {"en": "a = { b } { b }\nb = " + "word " * 13}, "a sentence of 26 words"),
    *((guards.said_in_words, {"de": f"a = {sign}"}, "a says nothing") for sign in ("👍", "✅ !", "<b>…</b>", "1️⃣", "→")),
    (guards.said_in_words, {"de": "a = 👍 { $n }"}, "de: a says nothing"),
    (guards.said_in_words, {"en": "a = Yes\n    .label = ▶️"}, "en: a.label says nothing"),
    (guards.said_in_words, {"de": 'a = { "" }'}, "de: a says nothing"),
    (guards.said_in_words, {"de": "a = { $n ->\n   [one] Eine\n  *[other] 👥 { $n }\n }"}, "de: a says nothing"),
    (guards.allowed_html, {"de": "a = <em>Wichtig</em>"}, "<em> is not allowed"),
    (guards.allowed_html, {"de": 'a = <b class="x">Wichtig</b>'}, "is not allowed"),
    (guards.allowed_html, {"de": "a = <a>Mehr</a>"}, "<a> is not allowed"),
    (guards.allowed_html, {"de": "a = Zeile<br>"}, "<br> is not allowed"),
    (guards.allowed_html, {"de": "a = <b>Wichtig"}, "<b> is not closed"),
    (guards.allowed_html, {"de": "a = <b><i>Wichtig</b></i>"}, "</b> closes nothing"),
    (guards.allowed_html, {"de": "a = Wichtig</b>"}, "</b> closes nothing"),
    (guards.allowed_html, {"de": "a = Fragen & Antworten"}, "a bare &"),
    (guards.allowed_html, {"de": "a = 1 < 2"}, "a bare <"),
    (guards.allowed_html, {"de": "a = <!-- x --> ja"}, "is not allowed"),
    (guards.allowed_html, {"de": "a = { $n ->\n   [one] <b>\n  *[other] x\n }"}, "<b> is not closed"),
]

CODE = """
def answer(here, state, way, done):
    here.voice.say("topics-card", title=1)
    here.texts.say("de", "sie", "topics-saved")
    here.toast("topics-done" if done else "topics-open")
    raise Refused("topics-gone")
    here.voice.plain(f"topics-state-{state}")
    here.say(state)
    column = plain("id")
    prompts = {"first": "topics-question"}
    choices = [f"topics-way-{way}.label" for way in way]
"""
KEYS = """
topics-card = a
topics-saved = b
topics-done = c
topics-open = d
topics-gone = e
topics-state-new = f
topics-state-old = { topics-inner }
topics-inner = h
topics-question = i
topics-way-input =
    .label = k
"""


def with_good(bad: dict[str, str]) -> Catalogues:
    """The good texts, with bad ones among them."""
    return {folder: read(dedent(good), folder) | read(bad.get(folder, ""), folder) for folder, good in GOOD.items()}


def nothing(found: list[str]) -> None:
    """Fails with the findings one below the other."""
    if found:
        pytest.fail("\n".join(["", *found]), pytrace=False)


def code() -> asked.Sources:
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in paths}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_our_texts_keep_the_rules(guard: Guard) -> None:
    nothing(guard(load_catalogues()))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_good_texts_pass(guard: Guard) -> None:
    nothing(guard(with_good({})))


@pytest.mark.parametrize(("guard", "bad", "finding"), BAD)
def test_bad_texts_are_found(guard: Guard, bad: dict[str, str], finding: str) -> None:
    found = guard(with_good(bad))
    assert any(finding in line for line in found), found


def test_every_guard_is_shown_to_work() -> None:
    assert {guard for guard, _, _ in BAD} == set(GUARDS)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Eins. Zwei! Drei? Vier", 4),
        ("Am 27. November, z. B. um 18 Uhr, ggf. später.", 1),
        ("Erste Zeile\nzweite Zeile", 2),
        ("Wie heißt es? „So.“ Gut.", 3),
        ("Adresse https://example.org/a.b ist gut.", 1),
        (f"Gespeichert: {guards.VALUE}. {guards.VALUE} ist neu.", 2),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    assert len(guards.sentences(text)) == count


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_the_code_asks_for_is_there(language: str) -> None:
    nothing(asked.missing(code(), load_catalogues()[language]))


def test_every_text_that_is_there_is_asked_for() -> None:
    nothing(asked.unused(code(), load_catalogues()["de"]))


def sample(text: str = CODE) -> asked.Sources:
    return {"handlers/sample.py": ast.parse(text)}


def keys(without: str = "", more: str = "") -> Catalogue:
    return {key: pattern for key, pattern in read(KEYS + more, "keys").items() if not without or without not in key}


def test_code_and_texts_that_agree_pass() -> None:
    nothing(asked.missing(sample(), keys()))
    nothing(asked.unused(sample(), keys()))


@pytest.mark.parametrize(
    ("key", "line"),
    [("topics-card", 3), ("topics-saved", 4), ("topics-done", 5), ("topics-open", 5), ("topics-gone", 6)],
)
def test_a_text_asked_for_in_vain_is_found_with_its_place(key: str, line: int) -> None:
    assert asked.missing(sample(), keys(without=key)) == [f"handlers/sample.py:{line}: there is no text {key}"]


def test_a_composed_key_needs_a_text_of_its_kind() -> None:
    [finding] = asked.missing(sample(), keys(without="topics-state"))
    assert finding.startswith("handlers/sample.py:7: ")
    assert not asked.missing(sample(), keys(without="topics-state-new"))


@pytest.mark.parametrize("key", ["topics-card-2", "topic-state-new", "topics-way.label", "topics-questions", "-house"])
def test_a_text_nobody_asks_for_is_found(key: str) -> None:
    name, _, attribute = key.partition(".")
    source = f"{name} =\n    .{attribute} = x\n" if attribute else f"{name} = x\n"
    assert f"nobody asks for {key}" in asked.unused(sample(), keys(more=source))
