"""Alembic, told where its steps are: an installed package has no ``alembic.ini``."""

from importlib.resources import files

from alembic import command
from alembic.config import Config

from storage.database import Transaction


def upgrade(db: Transaction, revision: str = "head") -> None:
    """Take all steps that are missing, or those up to a revision, within this transaction."""
    command.upgrade(_settings(db), revision)


def draft(db: Transaction, message: str, revision: str) -> None:
    """Write the step from this database to the tables as they are; its author reads it and makes it whole."""
    command.revision(_settings(db), message, autogenerate=True, rev_id=revision)


def _settings(db: Transaction) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(files("storage").joinpath("migrations")).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = db
    return settings
