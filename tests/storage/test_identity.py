"""A database knows itself by a word that stays, until it is restored."""

from storage import identity
from storage.database import Database


def test_the_first_word_stays(database: Database) -> None:
    with database.begin() as db:
        assert identity.own_word(db, "eins") == "eins"
    with database.begin() as db:
        assert identity.own_word(db, "zwei") == "eins"


def test_a_restored_database_is_another_one(database: Database) -> None:
    with database.begin() as db:
        identity.own_word(db, "eins")
        identity.renew(db, "zwei")
        assert identity.own_word(db, "drei") == "zwei"
