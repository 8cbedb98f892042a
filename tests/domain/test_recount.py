"""The ballot file: written, read, counted again, and what becomes of a file that was changed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain import recount
from domain.ballots.choices import Choice
from domain.ballots.lots import draw_lots
from domain.ballots.rules import Method, Rule
from domain.recount import BallotFile, Unreadable

FILE = BallotFile(
    question="Welche Themen nehmen wir?",
    options=("Wohnen", "Schule", "Arbeit"),
    rule=Rule(Method.APPROVAL, 3, draw_lots("MUSTER", 3), seats=2),
    seed="MUSTER",
    entitled=8,
    counted=5,
    receipts=("E2", "A7", "C3", "B9", "D1"),
    choices=(Choice((1, 2)), Choice((2,)), Choice((2, 3)), Choice(), Choice((1,))),
    winners=(2, 1),
    software="0.1.0",
)


def test_it_is_read_as_it_was_written_and_counts_alike() -> None:
    text = recount.write(FILE)
    read = recount.read(text)
    assert recount.write(read) == text
    assert recount.recount(read).winners == (2, 1)
    assert recount.checksum(read) == recount.checksum(FILE)


def test_order_says_nothing() -> None:
    told = json.loads(recount.write(FILE))
    assert told["receipts"] == ["A7", "B9", "C3", "D1", "E2"]
    assert told["choices"] == ["-", "1", "1 2", "2", "2 3"]


def test_without_choices_it_says_so() -> None:
    withheld = recount.read(recount.write(replace(FILE, choices=None)))
    with pytest.raises(Unreadable) as refused:
        recount.recount(withheld)
    assert refused.value.key == "recount-withheld"


CHANGES: dict[str, dict[str, Any]] = {
    "another choice": {"choices": ["-", "1", "1 2", "2", "3"]},
    "one more choice": {"choices": ["-", "1", "1 2", "2", "2 3", "3"]},
    "another winner": {"winners": [3, 2]},
    "another receipt": {"receipts": ["A7", "B9", "C3", "D1", "E9"]},
    "another question": {"question": "Welche nicht?"},
    "something more": {"note": "echt"},
    "the checksum": {"sha256": "0" * 64},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_recognised(change: str) -> None:
    told = json.loads(recount.write(FILE)) | CHANGES[change]
    with pytest.raises(Unreadable) as refused:
        recount.read(json.dumps(told))
    assert refused.value.key == "recount-changed"


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "nichts", '{"sha256": 1}', "\x00"])
def test_what_is_no_ballot_file(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        recount.read(text)
    assert refused.value.key == "recount-unreadable"


FORGERIES: dict[str, tuple[BallotFile, str]] = {
    "lots that were not drawn": (
        replace(FILE, rule=replace(FILE.rule, lots=FILE.rule.lots[::-1])),
        "recount-lots",
    ),
    "other winners": (replace(FILE, winners=(3, 1)), "recount-differs"),
    "a ballot too many": (replace(FILE, choices=(*(FILE.choices or ()), Choice((3,)))), "recount-numbers"),
    "more ballots than people": (replace(FILE, entitled=4), "recount-numbers"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_file_with_a_fitting_checksum(forgery: str) -> None:
    file, key = FORGERIES[forgery]
    with pytest.raises(Unreadable) as refused:
        recount.recount(recount.read(recount.write(file)))
    assert refused.value.key == key
