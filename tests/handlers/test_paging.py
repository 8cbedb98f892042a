import pytest

from domain.chat import Action
from handlers.context import Voice
from handlers.paging import page_buttons, page_count, page_start
from tests.handlers.desk import texts

VOICE = Voice(texts(), "de")


@pytest.mark.parametrize(
    ("offset", "total", "labels"),
    [
        (0, 0, []),
        (0, 5, []),
        (0, 6, [("Weitere", 5)]),
        (5, 11, [("Zurück", 0), ("Weitere", 10)]),
        (10, 11, [("Zurück", 5)]),
        (3, 5, [("Zurück", 0)]),
    ],
)
def test_the_ways_there_are(offset: int, total: int, labels: list[tuple[str, int]]) -> None:
    rows = page_buttons(VOICE, Action("list.page", ("all",)), offset, 5, total)
    assert [(button.label, button.action.args) for row in rows for button in row] == [
        (label, ("all", to)) for label, to in labels
    ]
    assert () not in rows


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (5, 1), (6, 2), (11, 3)])
def test_how_many_pages(total: int, pages: int) -> None:
    assert page_count(5, total) == pages


@pytest.mark.parametrize(
    ("offset", "total", "start"), [(0, 0, 0), (5, 11, 5), (7, 11, 5), (10, 10, 5), (90, 11, 10), (-5, 11, 0)]
)
def test_a_page_that_is_gone_is_the_last_one(offset: int, total: int, start: int) -> None:
    assert page_start(offset, 5, total) == start
