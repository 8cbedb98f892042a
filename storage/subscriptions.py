"""What people do not want to get: everything, or single categories."""

import sqlalchemy as sa

from storage.database import Transaction, metadata, unless_there
from storage.declared import SETTING, member_link, personal
from storage.people import members

EVERYTHING = "all"
"""In place of a category: whoever wrote STOP."""

opt_outs = sa.Table(
    "opt_outs",
    metadata,
    member_link(primary_key=True),
    personal("category", SETTING, sa.Text, primary_key=True),
)

_LEAVE = unless_there(opt_outs)


def leave(db: Transaction, member: int, category: str = EVERYTHING) -> bool:
    """Send the member nothing of this any more; False when they had left it already."""
    return bool(db.execute(_LEAVE[db.dialect.name], {"member": member, "category": category}).rowcount)


def rejoin(db: Transaction, member: int, category: str = EVERYTHING) -> bool:
    """Undo it; False when there was nothing to undo."""
    back = sa.delete(opt_outs).where(opt_outs.c.member == member, opt_outs.c.category == category)
    return bool(db.execute(back).rowcount)


def list_left(db: Transaction, member: int) -> set[str]:
    """What the member left."""
    return set(db.execute(sa.select(opt_outs.c.category).where(opt_outs.c.member == member)).scalars())


def has_left(category: str) -> sa.ColumnElement[bool]:
    """Whether a member, of a query over members, does not want ``category``."""
    return sa.exists().where(opt_outs.c.member == members.c.id, opt_outs.c.category.in_([EVERYTHING, category]))
