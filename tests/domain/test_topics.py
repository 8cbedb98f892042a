"""Topics: what is alike, what is found, and which steps there are."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.topics import (
    EDITABLE,
    HIDDEN,
    MOVES,
    OPEN,
    SIMILAR_FROM,
    UNLISTED,
    State,
    Topic,
    _stem,
    asks_how,
    matches,
    most_similar,
    similarity,
    stems,
)
from tests.storage.samples import NOW

ALIKE = [
    ("Wie erreichen wir geflüchtete Frauen?", "Wie erreichen wir gefluechtete Frauen?"),
    ("Wie erreichen wir geflüchtete Frauen?", "Wie koennen wir Frauen erreichen, die geflüchtet sind?"),
    ("Wie erreichen wir geflüchtete Frauen?", "Geflüchtete Frauen erreichen – wie?"),
    ("Wie gewinnen wir Ehrenamtliche?", "Wie können wir Ehrenamtliche gewinnen?"),
    ("Wie gewinnen wir Ehrenamtliche für die Begleitung?", "Wie gewinnt man neue Ehrenamtliche für Begleitungen?"),
    (
        "Wie gelingt die Zusammenarbeit mit der Ausländerbehörde?",
        "Wie gelingt eine gute Zusammenarbeit mit Ausländerbehörden?",
    ),
    (
        "Wie gelingt die Zusammenarbeit mit der Ausländerbehörde?",
        "Zusammenarbeit mit der Auslaenderbehoerde verbessern",
    ),
    ("Wie finden wir Wohnungen für Familien?", "Wie findet man Wohnraum für große Familien?"),
    (
        "Wie organisieren wir Sprachkurse mit Kinderbetreuung?",
        "Wie lassen sich Sprachkurse und Kinderbetreuung verbinden?",
    ),
    ("Wie organisieren wir Sprachkurse mit Kinderbetreuung?", "Sprachkurs mit Kinderbetreuung organisieren"),
    ("Wie gehen wir mit Rassismus im Amt um?", "Wie gehen wir mit Rassismus in Ämtern um?"),
    ("Wie bleiben wir bei Rückschlägen motiviert?", "Wie bleibt man trotz Rückschlaegen motiviert?"),
    ("Wie beteiligen wir Migrantenorganisationen?", "Wie können Migrantenorganisationen beteiligt werden?"),
    ("Wie stärken wir Migrantenselbstorganisationen?", "Wie staerkt man Migrantenselbstorganisationen in der Kommune?"),
    ("Wie messen wir die Wirkung unserer Arbeit?", "Wie kann man die Wirkung von Integrationsarbeit messen?"),
    ("Wie sprechen wir Jugendliche über soziale Medien an?", "Wie spricht man Jugendliche in sozialen Medien an?"),
    ("Wie erklären wir das Schulsystem den Eltern?", "Wie erkläre ich Eltern das Schulsystem?"),
    (
        "Wie unterstützen wir Eltern beim Übergang in die Schule?",
        "Übergang in die Schule: Wie unterstützen wir die Eltern?",
    ),
    ("Wie finanzieren wir Dolmetscher?", "Wie können Dolmetscherinnen und Dolmetscher finanziert werden?"),
    (
        "Wie funktioniert die Anerkennung ausländischer Abschlüsse?",
        "Wie laeuft die Anerkennung von auslaendischen Abschluessen?",
    ),
    ("Wie erreichen wir Menschen in ländlichen Räumen?", "Wie erreicht man Menschen im ländlichen Raum?"),
    ("Wie wird aus einem Projekt eine dauerhafte Struktur?", "Wie werden aus Projekten dauerhafte Strukturen?"),
    ("Wie gewinnen und halten wir Ehrenamtliche?", "Wie gewinnen wir Ehrenamtliche, die länger als ein Jahr bleiben?"),
    (
        "Wie gelingt die Zusammenarbeit mit der Ausländerbehörde?",
        "Wie arbeiten Integrationsbeauftragte und Ausländerbehörde gut zusammen?",
    ),
    ("Wie finden wir Wohnungen für Geflüchtete?", "Wie finden Geflüchtete eine Wohnung, wenn der Markt leer ist?"),
    ("WIE ERREICHEN WIR FRAUEN?!", "wie   erreichen wir „Frauen“ …"),
    ("How do we reach refugee women?", "How can we reach women who are refugees?"),
    ("How do we recruit volunteers?", "How can volunteers be recruited?"),
    ("How do we measure the impact of our work?", "Measuring impact: how does our work count?"),
    ("How can we support families in finding housing?", "How do we support a family to find housing?"),
    ("How do we work with migrant organisations?", "Working with migrant organizations: how?"),
    ("How do we explain the school system to parents?", "How can the school system be explained to parents?"),
]

UNLIKE = [
    ("Wie erreichen wir geflüchtete Frauen?", "Wie finanzieren wir Dolmetscher?"),
    ("Wie erreichen wir geflüchtete Frauen?", "Wie erreichen wir Menschen in ländlichen Räumen?"),
    ("Wie gewinnen wir Ehrenamtliche?", "Wie gewinnen wir Vermieter?"),
    ("Wie gelingt die Zusammenarbeit mit der Ausländerbehörde?", "Wie gelingt die Zusammenarbeit mit Sportvereinen?"),
    ("Wie finden wir Wohnungen für Familien?", "Wie finden wir Ausbildungsplätze für Jugendliche?"),
    ("Wie organisieren wir Sprachkurse mit Kinderbetreuung?", "Wie organisieren wir ein Fest der Kulturen?"),
    ("Wie gehen wir mit Rassismus im Amt um?", "Wie gehen wir mit knappen Mitteln um?"),
    ("Wie messen wir die Wirkung unserer Arbeit?", "Wie dokumentieren wir Beratungen datenschutzgerecht?"),
    ("Wie erklären wir das Schulsystem den Eltern?", "Wie erklären wir das Gesundheitssystem?"),
    ("Wie sprechen wir Jugendliche über soziale Medien an?", "Wie stärken wir Migrantenorganisationen?"),
    ("Wie unterstützen wir Eltern beim Übergang in die Schule?", "Wie unterstützen wir traumatisierte Menschen?"),
    ("Wie bleiben wir bei Rückschlägen motiviert?", "Wie wird aus einem Projekt eine dauerhafte Struktur?"),
    ("Wie beteiligen wir Migrantenorganisationen?", "Wie beteiligen wir Kinder an Entscheidungen?"),
    ("Wie funktioniert die Anerkennung ausländischer Abschlüsse?", "Wie schaffen wir Anerkennung für das Ehrenamt?"),
    ("How do we reach refugee women?", "How do we finance interpreters?"),
    ("How do we recruit volunteers?", "How do we recruit landlords?"),
    ("How do we measure the impact of our work?", "How do we organise language courses with childcare?"),
    ("How can we support families in finding housing?", "How can we support teachers at schools?"),
]


def topic(number: int, question: str, background: str = "") -> Topic:
    return Topic(number, question, background, None, False, State.PROPOSED, None, NOW)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_question_in_other_words(one: str, other: str) -> None:
    assert similarity(one, other) >= SIMILAR_FROM


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_another_question_in_the_same_frame(one: str, other: str) -> None:
    assert similarity(one, other) < SIMILAR_FROM


def test_the_tables_are_kept_apart_by_more_than_chance() -> None:
    """A threshold in a wide gap does not tip over with the next word list."""
    assert min(similarity(*pair) for pair in ALIKE) - max(similarity(*pair) for pair in UNLIKE) >= 10


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ämter", "Aemter"),
        ("Straße", "Strasse"),
        ("geflüchtet", "gefluechtet"),
        ("Behörden", "behoerde"),
        ("Wohnungen", "Wohnung"),
        ("Projekten", "Projekt"),
        ("volunteers", "volunteer"),
        ("families", "family"),
        ("recruiting", "recruited"),
    ],
)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert stems(one) == stems(other) != ()


def test_several_at_once_may_look_for_what_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [f"Wie gelingen Zusammenarbeiten und Begleitungen{letter}?" for letter in "abcdefghijklmnopqrstuvwxyz"]
    alone = [stems(question) for question in questions]
    monkeypatch.setattr("domain.topics._stem", _stem.__wrapped__)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(stems, questions * 4)) == alone * 4
    finally:
        sys.setswitchinterval(before)


@pytest.mark.parametrize("empty", ["", "   ", "?!…", "Wie?", "und oder", "🙂", "\u200b\u202e"])
def test_nothing_is_like_nothing(empty: str) -> None:
    assert stems(empty) == ()
    assert similarity(empty, empty) == similarity(empty, "Wie gewinnen wir Ehrenamtliche?") == 0


questions = st.text(max_size=80) | st.sampled_from([question for pair in ALIKE + UNLIKE for question in pair])


@given(questions, questions)
def test_similarity_is_a_mutual_score(one: str, other: str) -> None:
    score = similarity(one, other)
    assert 0 <= score <= 100.0001
    assert score == pytest.approx(similarity(other, one))
    assert similarity(one, one) == (pytest.approx(100) if stems(one) else 0)


def test_the_most_similar_come_first_and_are_few() -> None:
    pool = [
        topic(1, "Wie finanzieren wir Dolmetscher?"),
        topic(2, "Wie gewinnen wir Ehrenamtliche für Begleitung und Beratung?"),
        topic(3, "Wie gewinnen wir Ehrenamtliche?"),
        topic(4, "Wie gewinnt man Ehrenamtliche?"),
        topic(5, "Wie gewinnen wir ehrenamtliche Dolmetscher?"),
    ]
    assert [found.id for found in most_similar("Wie kann man Ehrenamtliche gewinnen?", pool)][:2] == [3, 4]
    assert len(most_similar("Wie kann man Ehrenamtliche gewinnen?", pool)) == 3
    assert len(most_similar("Wie kann man Ehrenamtliche gewinnen?", pool, most=1)) == 1
    assert most_similar("Wie gelingt digitale Beratung?", pool[:1]) == []


FOUND = [
    ("frauen", True),
    ("Frau", True),
    ("gefluechtete frauen", True),
    ("Frauen erreichen", True),
    ("erreichn", True),
    ("Teestube", True),
    ("stube", True),
    ("Männer", False),
    ("Frauen Männer", False),
    ("rau", False),
    ("wie", True),
]


@pytest.mark.parametrize(("search", "found"), FOUND)
def test_searching(search: str, found: bool) -> None:
    about = topic(1, "Wie erreichen wir geflüchtete Frauen?", "Unsere Teestuben sind leer.")
    assert matches(search, about) is found


@pytest.mark.parametrize("question", ["Wie geht das?", "wie", "WIE…", "„Wie gelingt es?“", "How do we?", "  Wie?"])
def test_questions_that_ask_how(question: str) -> None:
    assert asks_how(question)


@pytest.mark.parametrize("question", ["Wiederholung", "Was tun?", "However", "", "Sprachkurse", "Und wie?"])
def test_questions_that_do_not(question: str) -> None:
    assert not asks_how(question)


def test_every_state_has_its_steps() -> None:
    assert set(MOVES) == set(State)
    assert all(state not in onwards for state, onwards in MOVES.items())


def test_every_state_can_be_reached() -> None:
    assert set().union(*MOVES.values()) == set(State)


def test_what_is_over_stays_over() -> None:
    assert MOVES[State.MERGED] == MOVES[State.HELD] == frozenset()


def test_states_fit_together() -> None:
    assert not OPEN & UNLISTED
    assert HIDDEN < UNLISTED
    assert {state for state in State if state.open} == OPEN
    assert {state for state in State if not state.listed} == UNLISTED
    assert EDITABLE - {State.WAITING} <= OPEN
    assert State.ON_BALLOT not in EDITABLE
