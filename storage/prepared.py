"""Statements that are executed for every arrival: compiled once, then handed to the driver as they are.

For a small statement SQLAlchemy takes several times as long as the database. What it knows of a statement (its text,
the order of its values, what types make of them) stays the same, so it is asked once.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction, wrapped

Values = Mapping[str, Any]


class Prepared:
    """One statement, for both databases or one for each by dialect name; it is always given the same values.

    Rows come as named tuples. Errors are SQLAlchemy's, as if it had executed the statement.
    """

    def __init__(self, statement: sa.ClauseElement | Mapping[str, sa.ClauseElement]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def first(self, db: Transaction, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.all(db, **values)), None)

    def all(self, db: Transaction, **values: Any) -> list[Any]:
        """All rows."""
        compiled = self._for(db, values)
        return [compiled.row(row) for row in compiled.execute(db, values).fetchall()]

    def run(self, db: Transaction, **values: Any) -> int:
        """How many rows it changed."""
        return int(self._for(db, values).execute(db, values).rowcount)

    def run_each(self, db: Transaction, rows: Sequence[Values]) -> None:
        """Once with each of several values."""
        if len(rows) == 1:
            # Drivers make ready for many, which costs more than the one.
            self._for(db, rows[0]).execute(db, rows[0])
        elif rows:
            self._for(db, rows[0]).execute_each(db, rows)

    def _for(self, db: Transaction, values: Values) -> "_Compiled":
        dialect = db.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
            compiled = self._compiled[dialect.name] = _Compiled(statement, dialect, values)
        return compiled


class _Compiled:
    """A statement as one driver takes it. ``values`` are such as it will get; others it needs are its own."""

    def __init__(self, statement: Any, dialect: sa.Dialect, values: Values) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=[*values])
        needed = compiled.construct_params({**values})
        self._sql = str(compiled)
        self._dialect = dialect
        self._given = len(values)
        self._own = {name: value for name, value in needed.items() if name not in values}
        self._positional = compiled.positional
        order = compiled.positiontup if compiled.positional else needed
        self._binds = [(name, _binding(compiled.binds[name].type, dialect)) for name in order]
        columns = [*statement.exported_columns]
        names = [column.key for column in columns]
        self._row: Callable[..., Any] = namedtuple("Row", names)  # type: ignore[misc]
        readings = [(place, _reading(column.type, dialect)) for place, column in enumerate(columns)]
        self._readings = [(place, read) for place, read in readings if read]

    def execute(self, db: Transaction, values: Values) -> Any:
        """Execute; returns the driver's cursor."""
        cursor = _cursor(db)
        self._try(cursor.execute, self._bound(values))
        return cursor

    def execute_each(self, db: Transaction, rows: Sequence[Values]) -> None:
        """Execute with each of several values."""
        self._try(_cursor(db).executemany, [self._bound(values) for values in rows])

    def row(self, row: Sequence[Any]) -> Any:
        """A row with its types."""
        if self._readings:
            row = [*row]
            for place, read in self._readings:
                row[place] = read(row[place])
        return self._row(*row)

    def _try(self, execute: Callable[[str, Any], object], parameters: Any) -> None:
        try:
            execute(self._sql, parameters)
        except self._dialect.loaded_dbapi.Error as error:
            raise wrapped(error, self._dialect, self._sql) from error

    def _bound(self, values: Values) -> Any:
        if len(values) != self._given:
            message = f"not the values this statement was prepared for: {', '.join(values)}"
            raise TypeError(message)
        if self._own:
            values = {**self._own, **values}
        if self._positional:
            return [bind(values[name]) if bind else values[name] for name, bind in self._binds]
        return {name: bind(values[name]) if bind else values[name] for name, bind in self._binds}


def _cursor(db: Transaction) -> Any:
    """The one cursor of a connection: making one takes the driver a third of the time a statement takes."""
    connection = db.connection
    cursor = connection.info.get("cursor")
    if cursor is None:
        cursor = connection.info["cursor"] = connection.cursor()
    return cursor


def _binding(column: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    return column.dialect_impl(dialect).bind_processor(dialect)


def _reading(column: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    return column.dialect_impl(dialect).result_processor(dialect, None)
