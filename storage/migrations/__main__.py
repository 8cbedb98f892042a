"""``python -m storage.migrations "what changes"`` drafts the step from the last revision to the tables as they are."""

import sys
from tempfile import TemporaryDirectory

from storage.database import Database
from storage.migrations.steps import draft
from storage.schema import migrate, revisions

with TemporaryDirectory() as folder:
    database = Database(f"sqlite:///{folder}/draft.db")
    migrate(database)
    with database.rebuild() as db:
        draft(db, sys.argv[1], f"{len(revisions()) + 1:04}")
    database.close()
