"""Every column says what it holds about people, and for how long."""

import pytest
import sqlalchemy as sa

from storage.database import metadata
from storage.declared import Keep, Personal, declaration
from storage.schema import TABLES

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def test_every_module_with_tables_is_read() -> None:
    assert {table for module in TABLES for table in vars(module).values() if isinstance(table, sa.Table)} == set(
        metadata.sorted_tables
    )


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_is_declared(column: sa.Column[object]) -> None:
    declared = declaration(column)
    assert declared is not None
    assert (declared.personal is Personal.NONE) == (declared.keep is Keep.ALWAYS), "personal data is not kept for ever"


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.foreign_keys], ids=str)
def test_references_to_people_are_declared_and_end_with_them(column: sa.Column[object]) -> None:
    (key,) = column.foreign_keys
    assert key.ondelete in {"CASCADE", "SET NULL"}
    assert column.nullable or key.ondelete == "CASCADE"
    if key.column.table.name == "members":
        declared = declaration(column)
        assert declared is not None
        assert declared.personal is Personal.LINK


def test_a_column_without_declaration_is_noticed() -> None:
    assert declaration(sa.Column("forgotten", sa.Text)) is None
