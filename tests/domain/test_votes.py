"""What follows from the times, places and people of a vote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.ballots.choices import parse_choice
from domain.ballots.counting import count
from domain.ballots.lots import draw_lots
from domain.people import Role
from domain.votes import (
    REMINDED_BEFORE,
    Draft,
    Electorate,
    Option,
    fresh_pseudonyms,
    key_from,
    may_ever_vote,
    pseudonym,
    receipt,
    reminder_time,
    rule_of,
    shuffled,
    withheld,
)

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
DRAFT = Draft(
    "Was zuerst?",
    tuple(Option(place, text) for place, text in enumerate(("Wohnen", "Schule", "Arbeit"), 1)),
    "approval",
    START + timedelta(days=5),
    lots=draw_lots("x", 3),
)


@pytest.mark.parametrize(
    ("running", "before"), [(timedelta(days=5), REMINDED_BEFORE), (timedelta(hours=4), timedelta(hours=1))]
)
def test_a_reminder_comes_a_day_before_or_in_the_last_quarter(running: timedelta, before: timedelta) -> None:
    assert reminder_time(START, START + running) == START + running - before


@pytest.mark.parametrize("role", Role)
def test_partners_vote_only_where_the_vote_says_so(role: Role) -> None:
    assert may_ever_vote(DRAFT, role) == (role >= Role.PARTICIPANT)
    assert may_ever_vote(replace(DRAFT, partners=True), role) == (role >= Role.PARTNER)


@pytest.mark.parametrize("role", Role)
def test_a_vote_of_a_role_is_for_nobody_else(role: Role) -> None:
    draft = replace(DRAFT, electorate=Electorate.ROLE, role=Role.PARTICIPANT)
    assert may_ever_vote(draft, role) == (role is Role.PARTICIPANT)


def test_none_of_these_comes_last() -> None:
    rule = rule_of(replace(DRAFT, none_option=True, lots=draw_lots("x", 4)))
    assert (rule.options, rule.none) == (4, 4)
    assert rule_of(DRAFT).none == 0


def test_names_and_receipts_are_of_one_person_in_one_vote() -> None:
    key, other = key_from("one"), key_from("other")
    cases = [(key, 1, 1), (key, 1, 2), (key, 2, 1), (other, 1, 1), (key, 11, 1), (key, 1, 11)]
    for make in (pseudonym, receipt):
        assert len({make(*case) for case in cases}) == len(cases)
    assert receipt(key, 1, 1) == receipt(key, 1, 1)
    assert not {pseudonym(key, 1, member) for member in range(50)} & set(fresh_pseudonyms(other, 50))


def test_an_order_of_its_own_loses_nothing() -> None:
    choices = ["1", "1", "2", "1 2", "-"] * 4
    once, again = shuffled(choices, key_from("a")), shuffled(list(reversed(choices)), key_from("a"))
    assert once == again, "the order they came in plays no part"
    assert sorted(once) == sorted(choices)
    assert once != shuffled(choices, key_from("b"))


def test_what_is_withheld_says_only_what_was_chosen() -> None:
    rule = rule_of(replace(DRAFT, seats=2))
    outcome = count(rule, [parse_choice(text, rule) for text in ("1 3", "3", "3", "-")])
    said = withheld(outcome)
    assert (said.winners, said.ballots, said.quorate) == ((1, 3), 4, True)
    assert outcome.winners == (3, 1)
    assert (said.abstentions, said.unanimous, said.counted.figures, said.counted.ties) == (0, False, (), ())
