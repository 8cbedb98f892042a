"""Which schema the database has, and how it gets the one this program needs."""

from enum import Enum
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from storage import (
    announcements,
    audit,
    contact,
    dialogs,
    identity,
    inbox,
    outbox,
    people,
    rooms,
    subscriptions,
    topics,
    votes,
)
from storage.database import Database, Transaction

TABLES = (announcements, audit, contact, dialogs, identity, inbox, outbox, people, rooms, subscriptions, topics, votes)
"""Every module that describes tables: read here, so that ``metadata`` is the whole schema."""
VERSION_TABLE = "themenbote_schema"
"""A name of our own, so that another program's revisions are not taken for ours."""


class State(Enum):
    """What was found in the database."""

    EMPTY = "empty"
    """No tables at all."""
    CURRENT = "current"
    """The schema this program needs."""
    OLD = "old"
    """An earlier schema of ours; :func:`migrate` brings it up to date."""
    NEWER = "newer"
    """A schema of ours that this program does not know."""
    FOREIGN = "foreign"
    """Somebody else's tables."""


class Unfit(Exception):
    """The database holds somebody else's tables, or a newer schema: :func:`migrate` leaves it alone."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


def current(database: Database) -> str | None:
    """The revision the database is at; None when it has none of ours."""
    with database.read() as db:
        return revision_of(db)


def head() -> str:
    """The revision this program needs."""
    return revisions()[-1]


@cache
def revisions() -> tuple[str, ...]:
    """All revisions in order: the numbers their files begin with."""
    steps = files("storage").joinpath("migrations", "versions").iterdir()
    return tuple(sorted(step.name.partition("_")[0] for step in steps if step.name[0].isdigit()))


def state(database: Database) -> State:
    """How the database's schema relates to the one this program needs."""
    with database.read() as db:
        return state_of(db)


def migrate(database: Database) -> bool:
    """Bring an empty or old database up to date, all or nothing; False when it was.

    Of several processes at once, one does it and the others wait. Raises :class:`Unfit`.
    """
    with database.rebuild() as db:
        found = state_of(db)
        if found in (State.FOREIGN, State.NEWER):
            raise Unfit(found)
        if found is State.CURRENT:
            return False
        # Read only when there is something to do: Alembic would make up a good part of every start.
        from storage.migrations.steps import upgrade  # noqa: PLC0415

        upgrade(db)
        return True


def state_of(db: Transaction) -> State:
    """As :func:`state`, within a read that is already open."""
    revision = revision_of(db)
    if revision is None:
        return State.FOREIGN if sa.inspect(db).get_table_names() else State.EMPTY
    if revision == head():
        return State.CURRENT
    return State.OLD if revision in revisions() else State.NEWER


def revision_of(db: Transaction) -> str | None:
    """As :func:`current`, within a read that is already open."""
    if not sa.inspect(db).has_table(VERSION_TABLE):
        return None
    return db.execute(sa.select(sa.column("version_num", sa.Text)).select_from(sa.table(VERSION_TABLE))).scalar()
