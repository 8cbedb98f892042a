"""Statements that are compiled once mean what SQLAlchemy would have made of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage.database import Database, Faulty, Moment, Unavailable, both, metadata, unless_there
from storage.prepared import Prepared

MOMENT = datetime(2026, 7, 1, 0, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=2)))
ROW = {"id": 1, "name": 'Muster "stadt"', "open": True, "at": MOMENT, "extra": [{"a": [1, None]}], "count": 0}

things = sa.Table(
    "things",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("at", Moment),
    sa.Column("extra", sa.JSON(none_as_null=True)),
    sa.Column("count", sa.Integer),
    sa.CheckConstraint("count >= 0", name="count"),
)
ADD = Prepared(sa.insert(things))
ADD_NEW = Prepared(unless_there(things))
GROW = Prepared(
    sa.update(things)
    .where(things.c.id == sa.bindparam("row"), things.c.name != "nobody")
    .values(count=things.c.count + sa.bindparam("by"))
    .returning(things.c.count)
)
SAVE = Prepared(
    both(
        lambda insert: (
            (added := insert(things))
            .on_conflict_do_update(index_elements=["id"], set_={"name": added.excluded.name})
            .returning(things)
        )
    )
)
BY_STATE = Prepared(sa.select(things).where(things.c.open == sa.bindparam("open")).order_by(things.c.id))


@pytest.fixture
def made(database: Database) -> Iterator[Database]:
    with database.begin() as db:
        things.create(db)
    yield database
    with database.begin() as db:
        things.drop(db)


def test_the_table_of_this_test_is_nobody_elses() -> None:
    assert "things" not in metadata.tables


def test_every_type_comes_back_as_it_went_in(made: Database) -> None:
    with made.begin() as db:
        ADD.run(db, **ROW)
        ADD.run(db, **ROW | {"id": 2, "name": "100 %(x)s ?", "at": None, "extra": None, "count": None})
        first, second = BY_STATE.all(db, open=True)
        assert BY_STATE.first(db, open=False) is None
        assert (first, second) == tuple(tuple(row) for row in db.execute(sa.select(things).order_by(things.c.id)))
    assert first._asdict() == ROW
    assert (first.at.tzinfo, first.open) == (UTC, True)
    assert (second.name, second.at, second.extra, second.count) == ("100 %(x)s ?", None, None, None)


def test_how_many_rows_were_changed(made: Database) -> None:
    with made.begin() as db:
        assert [ADD_NEW.run(db, **ROW) for _ in range(2)] == [1, 0]


def test_own_values_and_what_is_returned(made: Database) -> None:
    with made.begin() as db:
        assert GROW.first(db, row=1, by=2) is None
        ADD.run(db, **ROW)
        assert [GROW.first(db, row=1, by=by).count for by in (2, 3)] == [2, 5]
        assert SAVE.first(db, **ROW | {"name": "neu"}).name == "neu"
    with made.read() as db:
        assert BY_STATE.first(db, open=True).count == 5


def test_several_at_once(made: Database) -> None:
    with made.begin() as db:
        ADD.run_each(db, [])
        ADD.run_each(db, [ROW | {"id": number, "name": str(number)} for number in range(1, 4)])
        assert [row.at for row in BY_STATE.all(db, open=True)] == [MOMENT] * 3


@pytest.mark.parametrize("values", [{"open": True, "more": 1}, {"shut": True}, {}])
def test_other_values_than_those_it_was_prepared_for_are_refused(made: Database, values: dict[str, object]) -> None:
    with made.begin() as db:
        BY_STATE.all(db, open=True)
        with pytest.raises((TypeError, KeyError)):
            BY_STATE.all(db, **values)


def test_a_value_that_is_missing_the_first_time_is_refused(made: Database) -> None:
    with made.begin() as db, pytest.raises(sa.exc.InvalidRequestError, match="open"):
        Prepared(sa.select(things).where(things.c.open == sa.bindparam("open"))).all(db)


def test_a_broken_constraint_is_an_integrity_error_and_told_without_values(made: Database) -> None:
    with made.begin() as db:
        ADD.run(db, **ROW)
    with pytest.raises(Faulty) as caught, made.begin() as db:
        ADD.run(db, **ROW | {"name": "geheim"})
    assert "INSERT INTO things" in str(caught.value)
    assert "geheim" not in str(caught.value)
    with made.begin() as db:
        for broken in ({"name": "geheim"}, {"id": 2, "count": -1}):
            with pytest.raises(IntegrityError), made.part(db):
                ADD.run_each(db, [ROW | broken])
        assert len(BY_STATE.all(db, open=True)) == 1


def test_what_only_reads_cannot_write(made: Database) -> None:
    with pytest.raises((Unavailable, Faulty)), made.read() as db:
        ADD.run(db, **ROW)
    with made.begin() as db:
        assert ADD.run(db, **ROW) == 1
