"""How the log is written: one line per event, as text or JSON; never secrets, never contents of messages."""

import json
import logging
import sys
from datetime import UTC, datetime

QUIET = ("aiohttp", "apscheduler", "alembic", "httpx", "nio", "peewee", "telegram")
"""Libraries that would write addresses with tokens, or contents, at a chatty level."""


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
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: str, layout: str) -> None:
    """Log to standard error from ``level`` ("debug" … "error") on, laid out as "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(Json() if layout == "json" else text)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
