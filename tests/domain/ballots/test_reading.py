"""What people type, and what it is taken for."""

import pytest

from domain.ballots.choices import Choice, parse_choice
from domain.ballots.reading import may_mean, read_choice, understand_choice
from domain.ballots.rules import Method, Rule
from domain.refusal import Refused
from tests.domain.ballots.profiles import rule

OPTIONS = ("Wohnen", "Schule und Kita", "Sprache, Beruf", "Schulsozialarbeit", "Arbeit", "Keine davon")
SINGLE, APPROVAL, POINTS, RANKING = Method.SINGLE, Method.APPROVAL, Method.POINTS, Method.RANKING


def by(method: Method) -> Rule:
    return rule(method, len(OPTIONS), none=len(OPTIONS))


READ: dict[tuple[Method, str], str] = {
    (SINGLE, "2"): "2",
    (SINGLE, " 2. "): "2",
    (SINGLE, "(2)"): "2",
    (SINGLE, "wohnen"): "1",
    (SINGLE, "Wohnen!"): "1",
    (SINGLE, "Wohn"): "1",
    (SINGLE, "Wonen"): "1",
    (SINGLE, "schule und kita"): "2",
    (SINGLE, "Kita"): "2",
    (SINGLE, "Sprache, Beruf"): "3",
    (SINGLE, "keine"): "6",
    (SINGLE, "Keine davon"): "6",
    (SINGLE, "none of these"): "6",
    (SINGLE, "Enthaltung"): "-",
    (SINGLE, "I abstain"): "-",
    (APPROVAL, "2 5"): "2 5",
    (APPROVAL, "5, 2"): "2 5",
    (APPROVAL, "2,5"): "2 5",
    (APPROVAL, "2 und 5"): "2 5",
    (APPROVAL, "2. und 5."): "2 5",
    (APPROVAL, "2+5"): "2 5",
    (APPROVAL, "1\n2\n5"): "1 2 5",
    (APPROVAL, "2 2"): "2",
    (APPROVAL, "Wohnen, Kita"): "1 2",
    (APPROVAL, "Wohnen und Kita"): "1 2",
    (APPROVAL, "Schule und Kita, Wohnen"): "1 2",
    (APPROVAL, "Wohnen, 5"): "1 5",
    (RANKING, "3 1 2"): "3 1 2",
    (RANKING, "3 > 1 > 2"): "3 1 2",
    (RANKING, "Kita > Wohnen"): "2 1",
    (RANKING, "Arbeit, dann Wohnen"): "5 1",
    (RANKING, "Zuerst Arbeit, danach Wohnen und zuletzt Kita"): "5 1 2",
    (POINTS, "1:3 4:2"): "1:3 4:2",
    (POINTS, "4=2, 1=3"): "1:3 4:2",
    (POINTS, "1:3 und 4:2"): "1:3 4:2",
    (POINTS, "Wohnen 3, Kita 2"): "1:3 2:2",
    (POINTS, "Wohnen: 3 Punkte; Kita: 2 Punkte"): "1:3 2:2",
    (POINTS, "1:0 2:5"): "2:5",
    (POINTS, "Wohnen"): "1:5",
}


@pytest.mark.parametrize(("method", "text"), READ)
def test_what_is_read(method: Method, text: str) -> None:
    choice = read_choice(text, by(method), OPTIONS)
    assert choice.text() == READ[method, text]
    assert parse_choice(choice.text(), by(method)) == choice


REFUSED: dict[tuple[Method, str], str] = {
    (SINGLE, "7"): "ballots-no-such-place",
    (SINGLE, "0"): "ballots-no-such-place",
    (SINGLE, "1 2"): "ballots-only-one",
    (SINGLE, "Wohnen, Arbeit"): "ballots-only-one",
    (SINGLE, "Schul"): "ballots-ambiguous",
    (APPROVAL, "1 6"): "ballots-none-alone",
    (APPROVAL, "Wohnen, Verkehr"): "ballots-unknown",
    (APPROVAL, "Arbeit, Sprache und Beruv"): "ballots-unknown-near",
    (RANKING, "1 2 1"): "ballots-rank-twice",
    (RANKING, "Wohnen > Wohnen"): "ballots-rank-twice",
    (POINTS, "1:3 4:3"): "ballots-over-budget",
    (POINTS, "1:3 1:2"): "ballots-points-twice",
    (POINTS, "Wohnung 3, Kita 2"): "ballots-unknown-near",
    (POINTS, "Wohnen 3, Schul 2"): "ballots-ambiguous",
    (POINTS, "Wohnen, Kita"): "ballots-form-points",
    (POINTS, "9:1"): "ballots-no-such-place",
}


@pytest.mark.parametrize(("method", "text"), REFUSED)
def test_what_is_refused(method: Method, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_choice(text, by(method), OPTIONS)
    assert refused.value.key == REFUSED[method, text]


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("text", ["Wie lange läuft das noch?", "Danke!", "Schule ist mir wichtig", "", "?", "ok", "+1"])
def test_what_is_no_choice_at_all(method: Method, text: str) -> None:
    assert understand_choice(text, by(method), OPTIONS) is None
    with pytest.raises(Refused) as refused:
        read_choice(text, by(method), OPTIONS)
    assert refused.value.key == f"ballots-form-{method}"


@pytest.mark.parametrize(
    "text",
    ["Schule ist mir wichtig", "ich bin für Wohnungen", "Wnohen", "nehme die 2", "keins", "no schools please, Arbeit!"],
)
def test_what_may_be_a_choice_in_other_words(text: str) -> None:
    assert may_mean(text, rule(SINGLE, 5), OPTIONS[:5])


@pytest.mark.parametrize(
    "text",
    ["Wie lange läuft das noch?", "Danke!", "Wir sind am 12. Mai um 9 Uhr da", "Platz 7", "Und wo parken wir?", ""],
)
def test_what_nobody_would_take_for_a_choice(text: str) -> None:
    assert not may_mean(text, rule(SINGLE, 5), OPTIONS[:5])


def test_without_none_of_these_the_words_mean_nothing() -> None:
    assert understand_choice("keine", rule(SINGLE, 5), OPTIONS[:5]) is None


@pytest.mark.parametrize("text", ["1 2 ", "2 1", "x", "1:2", "1  2", ""])
def test_only_the_canonical_form_is_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r"ballots|form|invalid"):
        parse_choice(text, rule(APPROVAL))


def test_points_without_a_place_are_no_choice() -> None:
    with pytest.raises(ValueError, match="ballots-form-points"):
        parse_choice("1", rule(POINTS))


def test_a_choice_is_checked_against_the_rule_it_comes_from() -> None:
    assert Choice((1,)).text() == "1"
    assert Choice().abstention
