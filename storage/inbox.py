"""Which arrivals were taken. Ids only: what somebody said or pressed is not stored by the way it came."""

from datetime import datetime

import sqlalchemy as sa

from storage.database import Moment, Transaction, metadata, unless_there
from storage.declared import Declared, Keep, Personal, personal, plain
from storage.prepared import Prepared

inbox = sa.Table(
    "inbox",
    metadata,
    plain("channel", sa.Text, primary_key=True),
    plain("arrival", sa.Text, primary_key=True),
    personal("at", Declared(Personal.TRACE, Keep.MONTH), Moment),
    plain("failure", sa.Text, nullable=True),
    # Every arrival writes here before anything else: one tree instead of three.
    sqlite_with_rowid=False,
)

_ADD = Prepared(unless_there(inbox))


def add_arrival(db: Transaction, channel: str, arrival: str, now: datetime, failure: str | None = None) -> bool:
    """Record the arrival; False when it was taken before. ``failure`` is the reference of an unexpected error."""
    return bool(_ADD.run(db, channel=channel, arrival=arrival, at=now, failure=failure))


def forget_arrivals(db: Transaction, before: datetime) -> int:
    """Drop what is older than any messenger would offer again; returns how many."""
    return db.execute(sa.delete(inbox).where(inbox.c.at < before)).rowcount
