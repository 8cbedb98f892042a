"""How the log is written: one line per event, as text or JSON; never secrets, never contents of messages."""

import json
import logging
import sys
from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

QUIET = ("aiohttp", "apscheduler", "alembic", "httpx", "nio", "peewee", "telegram")
"""Libraries that would write addresses with tokens, or contents, at a chatty level."""
FLOORS = ("bot", "storage")
"""Where errors are defined whose messages quote nobody."""


def origin(error: BaseException | None) -> str:
    """What went wrong and where, in one line. Messages of errors are left out: they may quote what people wrote."""
    told = []
    while error is not None:
        frames = [f"{Path(f.filename).stem}.{f.name}:{f.lineno}" for f in extract_tb(error.__traceback__)]
        told.append(" < ".join([_named(error), *reversed(frames)]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return ", after ".join(told)


def _named(error: BaseException) -> str:
    kind = type(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{kind.__name__} ({error.strerror})"
    return f"{kind.__name__} ({error})" if kind.__module__.partition(".")[0] in FLOORS else kind.__name__


class Text(logging.Formatter):
    """Each event as one line of text."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line; errors are told by :func:`origin`, so that no library's error says more than ours."""
        bare = copy(record)
        bare.exc_info = bare.exc_text = None
        line = " ".join(super().format(bare).splitlines())
        return f"{line} [{origin(record.exc_info[1])}]" if record.exc_info else line


class Json(logging.Formatter):
    """Each event as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            entry["trace"] = origin(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: str, layout: str) -> None:
    """Log to standard error from ``level`` ("debug" … "error") on, laid out as "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if layout == "json" else Text())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def unhandled(_: object, context: Mapping[str, Any]) -> None:
    """For the event loop: its own words about an error nobody caught would repeat the error's."""
    logging.getLogger("asyncio").error("%s: %s", context["message"], origin(context.get("exception")))
