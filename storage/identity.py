"""Which database this is: a word of its own, so that its rows are not taken for those of another one."""

import sqlalchemy as sa

from storage.database import Transaction, metadata, unless_there
from storage.declared import plain

identity = sa.Table(
    "identity",
    metadata,
    plain("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    plain("word", sa.Text),
    sa.CheckConstraint("id = 1", name="single"),
)

_ADD = unless_there(identity, "id")
_WORD = sa.select(identity.c.word)


def own_word(db: Transaction, fresh: str) -> str:
    """The word; ``fresh`` from now on when the database has none yet.

    Row ids go to messengers as tokens of idempotency. A new or restored database counts its rows anew, and must not be
    told that they are there already.
    """
    word = db.execute(_WORD).scalar()
    if word is None:
        db.execute(_ADD[db.dialect.name], {"id": 1, "word": fresh})
        word = db.execute(_WORD).scalar_one()
    return str(word)


def renew(db: Transaction, fresh: str) -> None:
    """Be another database from now on, as after a restore."""
    db.execute(sa.delete(identity))
    own_word(db, fresh)
