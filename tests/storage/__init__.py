"""Every row and statement, on SQLite and on PostgreSQL."""
