from tests.postgres import database, postgres, sqlite

__all__ = ["database", "postgres", "sqlite"]
