"""Announcements: the words for how often."""

import pytest

from domain.announcements import Repeat, read_repeat


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("wöchentlich", Repeat.WEEKLY),
        ("Woechentlich!", Repeat.WEEKLY),
        ("jede  Woche.", Repeat.WEEKLY),
        ("weekly", Repeat.WEEKLY),
        ("Once a week", Repeat.WEEKLY),
        ("alle 2 Wochen", Repeat.FORTNIGHTLY),
        ("14-tägig", Repeat.FORTNIGHTLY),
        ("every other week", Repeat.FORTNIGHTLY),
        ("monatlich", Repeat.MONTHLY),
        ("einmal im Monat", Repeat.MONTHLY),
        ("every month", Repeat.MONTHLY),
        # What is never offered is not taken for something near to it.
        ("täglich", None),
        ("daily", None),
        ("jedes Jahr", None),
        ("biweekly", None),
        ("never", None),
        ("nicht jede Woche", None),
        ("", None),
    ],
)
def test_how_often_in_words(written: str, expected: Repeat | None) -> None:
    assert read_repeat(written) is expected


@pytest.mark.parametrize("repeat", [repeat for repeat in Repeat if repeat is not Repeat.NEVER])
def test_a_choice_is_read_as_itself(repeat: Repeat) -> None:
    assert read_repeat(repeat.value) is repeat
