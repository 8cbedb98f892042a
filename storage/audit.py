"""What coordinators and admins did: who, what, when. Ids only, never contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.database import Moment, Transaction, metadata
from storage.declared import Declared, Keep, Personal, member_link, personal, plain

audit = sa.Table(
    "audit",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    personal("at", Declared(Personal.TRACE, Keep.RECORD), Moment),
    member_link("actor", Declared(Personal.LINK, Keep.RECORD), ondelete="SET NULL", nullable=True, index=True),
    plain("act", sa.Text),
    plain("objects", sa.JSON),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: ``objects`` are the ids and words it was about; ``actor`` is None for the program itself."""

    at: datetime
    actor: int | None
    act: str
    objects: tuple[int | str, ...]


def add_entry(db: Transaction, at: datetime, actor: int | None, act: str, objects: Sequence[int | str]) -> None:
    """Record that ``actor`` did ``act``."""
    db.execute(sa.insert(audit), {"at": at, "actor": actor, "act": act, "objects": list(objects)})


def list_entries(db: Transaction, offset: int, most: int) -> list[Entry]:
    """Newest first."""
    rows = db.execute(sa.select(audit).order_by(audit.c.id.desc()).offset(offset).limit(most))
    return [Entry(row.at, row.actor, row.act, tuple(row.objects)) for row in rows]


def count_entries(db: Transaction) -> int:
    """How many acts are on record."""
    return db.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one()
