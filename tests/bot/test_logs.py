"""The log: one line per event, never what people wrote."""

import asyncio
import json
import logging
import sys

import pytest

from bot.channel import SendError
from bot.logs import QUIET, Json, Text, origin, set_up, unhandled
from domain.delivery import Failure
from storage.database import Faulty
from tests.bot.house import Written

SECRET = "streng vertraulich"


def failing() -> BaseException:
    """An error behind an error, both of which quote what was said."""
    with pytest.raises(LookupError) as caught:
        fail()
    return caught.value


def fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise LookupError(SECRET) from error


def record(text: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("test", logging.ERROR, __file__, 1, text, (), info)


def test_an_error_is_told_by_kind_and_place() -> None:
    told = origin(failing())
    assert told.startswith("LookupError < test_logs.fail:")
    assert ", after ValueError < test_logs.fail:" in told
    assert SECRET not in told


def test_a_suppressed_cause_is_left_out() -> None:
    error = failing()
    error.__suppress_context__, error.__cause__ = True, None
    assert origin(error).count("Error") == 1
    assert origin(None) == ""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device", SECRET), "OSError (No space left on device)"),
        (
            Faulty("IntegrityError 23505: uq_outbox_key in INSERT"),
            "Faulty (IntegrityError 23505: uq_outbox_key in INSERT)",
        ),
        (SendError(Failure.GONE, "blocked"), "SendError (GONE: blocked)"),
        (OSError(SECRET), "OSError"),
        (ValueError(SECRET), "ValueError"),
    ],
)
def test_only_our_own_errors_and_the_systems_may_speak(error: Exception, told: str) -> None:
    assert origin(error) == told


@pytest.mark.parametrize("formatter", [Text(), Json()])
def test_every_event_is_one_line_without_contents(formatter: logging.Formatter) -> None:
    event = record("zwei\nZeilen", failing())
    logging.Formatter().format(event)
    line = formatter.format(event)
    assert "\n" not in line
    assert "LookupError" in line
    assert SECRET not in line


def test_json_says_when_and_how_grave() -> None:
    told = json.loads(Json().format(record("etwas")))
    assert told["level"] == "error"
    assert told["text"] == "etwas"
    assert told["at"].endswith("+00:00")
    assert "trace" not in told


@pytest.mark.parametrize(("layout", "kind"), [("text", Text), ("json", Json)])
def test_libraries_that_would_tell_addresses_are_quiet(layout: str, kind: type[logging.Formatter]) -> None:
    root = logging.getLogger()
    before = root.level, [*root.handlers], {name: logging.getLogger(name).level for name in QUIET}
    try:
        set_up("debug", layout)
        (handler,) = root.handlers
        assert isinstance(handler, logging.StreamHandler)
        assert handler.stream is sys.stderr
        assert isinstance(handler.formatter, kind)
        assert root.level == logging.DEBUG
        assert {logging.getLogger(name).isEnabledFor(logging.INFO) for name in QUIET} == {False}
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        for name, level in before[2].items():
            logging.getLogger(name).setLevel(level)


async def test_an_error_nobody_caught_is_logged_without_its_words() -> None:
    async def fail() -> None:
        raise ValueError(SECRET)

    written, loop = Written(), asyncio.get_running_loop()
    logging.getLogger("asyncio").addHandler(written)
    loop.set_exception_handler(unhandled)
    task = asyncio.ensure_future(fail())
    await asyncio.wait([task])
    loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": task.exception()})
    loop.call_exception_handler({"message": "Nothing but words"})
    loop.set_exception_handler(None)
    logging.getLogger("asyncio").removeHandler(written)
    assert [line.partition("asyncio: ")[2].partition(" <")[0] for line in written.lines] == [
        "Task exception was never retrieved: ValueError",
        "Nothing but words: ",
    ]
    assert SECRET not in written.text
