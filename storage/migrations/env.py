"""Read by Alembic for every command; the connection comes with the settings, already in a transaction."""

from typing import Any, Literal

from alembic import context

from storage.database import Moment, metadata
from storage.schema import TABLES, VERSION_TABLE


def in_words(kind: str, item: object, autogenerating: Any) -> str | Literal[False]:
    """How a draft writes down our own type; everything else as Alembic would."""
    if kind == "type" and isinstance(item, Moment):
        autogenerating.imports.add("from storage.database import Moment")
        return "Moment()"
    return False


assert TABLES, "reading the tables fills the metadata"  # noqa: S101
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite cannot alter a table in place; Alembic then makes it anew and copies.
    render_as_batch=True,
    render_item=in_words,
)
with context.begin_transaction():
    context.run_migrations()
