"""Long lists in pages: how far one is, and the buttons that turn them."""

from domain.chat import Action, Button, Keyboard
from handlers.context import Voice


def page_buttons(voice: Voice, action: Action, offset: int, size: int, total: int) -> Keyboard:
    """A row with the ways back and forth, where there are any; the action gets the new offset as its last argument."""
    row: list[Button] = []
    if offset > 0:
        row.append(voice.button("common-page-back", _turned(action, max(offset - size, 0))))
    if offset + size < total:
        row.append(voice.button("common-page-on", _turned(action, offset + size)))
    return (tuple(row),) if row else ()


def page_count(size: int, total: int) -> int:
    """How many pages the list has, at least one."""
    return max(1, -(-total // size))


def page_start(offset: int, size: int, total: int) -> int:
    """Where the page with this offset begins; of a list that has become shorter, the last page."""
    return max(0, min(offset, total - 1)) // size * size


def _turned(action: Action, offset: int) -> Action:
    return Action(action.name, (*action.args, offset))
