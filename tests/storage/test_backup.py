"""Backups: everything there and back, between databases of either kind; what they leave out; what they refuse."""

import sqlite3
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from domain.chat import Action, Html, Message, Outgoing
from domain.people import Form, Member, Role
from domain.topics import State as TopicState
from domain.topics import Way
from domain.votes import Draft, Option
from storage import audit, backup, dialogs, identity, inbox, outbox, people, schema, topics, votes
from storage.database import Database, Faulty, Transaction, metadata
from storage.dialogs import Dialog
from storage.migrations.steps import upgrade
from storage.outbox import SENT, WAITING
from storage.schema import State, Unfit
from tests.postgres import bare_database, drop_database, new_database, sqlite_database
from tests.storage import samples
from tests.storage.samples import BUTTON, DIRECT, LATER, NOW, PICTURE

DROP = "DROP TABLE themenbote_schema"
KEY = bytes(range(32))
Contents = dict[str, list[dict[str, Any]]]


def fill(database: Database) -> None:
    """A row and more in every table, with references of every kind, also to later rows of the same table."""
    with database.begin() as db:
        north = people.add_group(db, "Kohorte Nord")
        first, second = samples.member(db), samples.member(db, "Neustadt", Role.COORDINATOR)
        people.add_account(db, first.id, "matrix", "@a:example.org", "matrix", "!a")
        people.add_consent(db, first.id, "2026-11", "matrix", NOW)
        people.join_group(db, north.id, first.id)
        people.add_invitation(db, "K7M2Q9XA", Role.PARTNER, north.id, 3, LATER, second.id)
        samples.room(db)
        topic, other = samples.topic(db, first), samples.topic(db, second, "Wie wohnen wir? 🏠 'x' \u2028 ß")
        topics.add_support(db, topic.id, second.id)
        topics.set_contribution(db, other.id, first.id, Way.INPUT)
        topics.add_comment(db, other.id, first.id, "Gut.", NOW, "local", "rathaus", "m1")
        topics.move_topic(db, topic, TopicState.MERGED, LATER, other.id)
        dialogs.save_dialog(db, "local", "c", "u", Dialog("x", "s", 2, {"a": [1, "ö", None]}, (("t", {}),)), NOW)
        identity.own_word(db, "eins")
        inbox.add_arrival(db, "local", "a1", NOW)
        audit.add_entry(db, NOW, second.id, "topics.merge", (1, "zwei"))
        shown = samples.sent(db, samples.outgoing("Zugestellt", keyboard=((BUTTON,),)), "m7")
        late = Message(Html("Wartet"), ((BUTTON,),), PICTURE, Action("votes.ballot", (1, 2)))
        samples.queue(db, Outgoing(to=DIRECT, content=late, key="k", subject="topic:1", not_before=LATER))
        outbox.refresh(db, Outgoing(to=samples.CHAT, content=Message(Html("Neu")), replaces=shown), NOW)
        for place, secret in enumerate((True, True, False), 1):
            hold(db, place, [first.id, second.id], secret=secret)
        votes.close(db, 2, {"winners": [1]}, 1, LATER)
        votes.seal(db, votes.get_vote(db, 2), b"chance", keep=True)
        # The number of a row that is gone must not come back.
        people.remove_member(db, samples.member(db, "Altstadt").id)


def hold(db: Transaction, number: int, entitled: list[int], *, secret: bool) -> None:
    """A vote that is open, in which the first of those entitled has voted, and the second is to be reminded."""
    options = (Option(1, "Wohnen"), Option(2, "Schule"))
    draft = Draft(f"Was {number}?", options, "approval", LATER, secret=secret, role=Role.PARTICIPANT, lots=(2, 1))
    vote = votes.add_vote(db, draft, entitled[1])
    votes.start(db, vote.id, entitled, KEY, NOW, LATER)
    votes.cast(db, votes.hold_open_vote(db, vote.id), entitled[0], f'["secret {secret}"]')
    votes.add_reminder(db, vote.id, entitled[1], LATER)


def contents(database: Database) -> Contents:
    with database.read() as db:
        return {
            table.name: [dict(row) for row in db.execute(sa.select(table).order_by(*table.primary_key)).mappings()]
            for table in metadata.sorted_tables
        }


def kept(rows: Contents) -> Contents:
    """What a backup has of them: delivered messages without words, and secret votes as if they had just begun."""
    bare = {"text": "", "attachment": None, "late": None, "scrubbed": True}
    outgoing = [
        row | (bare | {"keyboard": outbox.bare(row["keyboard"])} if row["state"] == SENT else {})
        for row in rows["outbox"]
    ]
    begun = {vote["id"] for vote in rows["votes"] if vote["state"] == "open" and vote["secret"]}
    left_out = {
        table: [row for row in rows[table] if row["vote"] not in begun]
        for table in ("vote_keys", "ballots", "receipts")
    }
    voters = [row | {"voted": row["voted"] and row["vote"] not in begun} for row in rows["voters"]]
    return rows | {"outbox": outgoing, "voters": voters, "identity": []} | left_out


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second empty database of each kind."""
    (tmp_path / "other").mkdir()
    url = sqlite_database(tmp_path / "other") if request.param == "sqlite" else new_database()
    opened = Database(url)
    yield opened
    opened.close()
    if not opened.sqlite:
        drop_database(url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Sicherung 1%.db"


def test_everything_is_there_again(database: Database, other: Database, file: Path) -> None:
    fill(database)
    before = contents(database)
    assert all(before.values()), "a table without rows would not be tested"
    backup.write(database, file)
    backup.restore(file, other)
    assert contents(other) == kept(before)
    assert contents(database) == before


def test_numbers_that_were_given_do_not_come_back(database: Database, other: Database, file: Path) -> None:
    fill(database)
    backup.write(database, file)
    backup.restore(file, other)
    added = []
    for each in (database, other):
        with each.begin() as db:
            added.append((samples.member(db, "Zuletzt").id, samples.queue(db, samples.outgoing())))
            people.add_account(db, added[-1][0], "matrix", "@z:example.org", "matrix", "!z")
    assert added[0] == added[1]


def test_words_of_delivered_messages_are_nowhere_in_the_file(database: Database, file: Path) -> None:
    fill(database)
    backup.write(database, file)
    found = file.read_bytes()
    assert b"Zugestellt" not in found
    assert b"Wartet" in found
    with database.read() as db:
        assert set(db.execute(sa.select(outbox.outbox.c.state)).scalars()) == {SENT, WAITING}


def test_of_an_open_secret_vote_nothing_is_in_the_file(database: Database, file: Path) -> None:
    fill(database)
    with database.read() as db:
        pseudonyms = set(db.execute(sa.select(votes.ballots.c.pseudonym).where(votes.ballots.c.vote == 1)).scalars())
        codes = set(db.execute(sa.select(votes.receipts.c.code).where(votes.receipts.c.vote == 1)).scalars())
    assert pseudonyms
    assert codes
    backup.write(database, file)
    with sqlite3.connect(file) as copy:
        assert copy.execute("SELECT vote FROM vote_keys").fetchall() == [(3,)], "who chose what is known there anyway"
        assert copy.execute("SELECT vote FROM ballots").fetchall() == [(2,)]
        assert sorted(copy.execute("SELECT vote, member, voted FROM voters").fetchall()) == [
            *((1, member, 0) for member in (1, 2)),
            *((vote, member, int(member == 1)) for vote in (2, 3) for member in (1, 2)),
        ]
    copy.close()
    assert not any(found in file.read_bytes() for found in (*pseudonyms, *(code.encode() for code in codes)))


def test_the_file_is_one_and_its_owners_alone(database: Database, file: Path) -> None:
    fill(database)
    backup.write(database, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    beside = {path.name for path in file.parent.iterdir() if "Sicherung" in path.name}
    assert beside == {file.name}
    with sqlite3.connect(f"file:{file.as_posix().replace('%', '%25')}?mode=ro", uri=True) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()


def test_more_rows_than_are_in_hand_at_a_time(
    database: Database, other: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "ROWS", 3)
    with database.begin() as db:
        author = samples.member(db)
        made = [samples.topic(db, author, f"Wie {number}?") for number in range(11)]
        for topic, into in pairwise(made):
            topics.move_topic(db, topic, TopicState.MERGED, NOW, into.id)
    backup.write(database, file)
    backup.restore(file, other)
    assert contents(other) == contents(database)


def test_a_backup_in_the_middle_of_changes_is_of_one_moment(database: Database, file: Path) -> None:
    """What is written while a backup reads is in it as a whole or not at all."""
    fill(database)
    before = contents(database)
    with database.read() as old:
        old.execute(sa.select(people.members)).all()
        with database.begin() as db:
            people.remove_member(db, 1)
        copy = Database(f"sqlite:///{file}")
        backup.copy_out(old, copy)
        copy.close()
    copy = Database(f"sqlite:///{file}")
    assert contents(copy) == kept(before)
    copy.close()


def test_an_existing_file_is_left_alone(sqlite: Database, file: Path) -> None:
    file.write_text("wichtig")
    with pytest.raises(FileExistsError):
        backup.write(sqlite, file)
    assert file.read_text() == "wichtig"


def test_a_failed_backup_leaves_nothing(sqlite: Database, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "copy_out", full)
    with pytest.raises(OSError, match="No space"):
        backup.write(sqlite, file)
    assert not [path for path in file.parent.iterdir() if "Sicherung" in path.name]


def test_a_backup_goes_into_an_empty_database_only(database: Database, other: Database, file: Path) -> None:
    fill(database)
    backup.write(database, file)
    with other.begin() as db:
        samples.member(db)
    before = contents(other)
    with pytest.raises(backup.NotEmpty):
        backup.restore(file, other)
    assert contents(other) == before


def test_a_restore_that_fails_leaves_the_database_empty(sqlite: Database, other: Database, file: Path) -> None:
    fill(sqlite)
    backup.write(sqlite, file)
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("INSERT INTO topic_supports (topic, member) VALUES (77, 1)")
    db.close()
    with pytest.raises(Faulty):
        backup.restore(file, other)
    assert not any(contents(other).values())


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_an_earlier_version(kind: str, other: Database, file: Path, tmp_path: Path) -> None:
    """Before an update one is told to make a backup; so the new program must be able to, and to read it."""
    url = f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else bare_database()
    old = Database(url)
    with old.rebuild() as db:
        upgrade(db, schema.revisions()[0])
        db.exec_driver_sql(
            "INSERT INTO members (id, name, role, language, form, preferred, joined) VALUES"
            " (7, 'Musterstadt', 'admin', 'de', 'sie', '', '2026-11-02 09:00:00.000000+00:00')"
        )
    assert schema.state(old) is State.OLD
    backup.write(old, file)
    old.close()
    backup.restore(file, other)
    with other.read() as db:
        assert people.find_member(db, 7) == Member(7, "Musterstadt", Role.ADMIN, "de", Form.SIE, "")
    if kind == "postgresql":
        drop_database(url)


def test_what_is_no_backup_is_refused(sqlite: Database, other: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup.restore(tmp_path / "none.db", other)
    (tmp_path / "text.db").write_text("kein SQLite" * 100)
    (tmp_path / "empty.db").touch()
    for name, change in (("newer.db", "UPDATE themenbote_schema SET version_num = '9999'"), ("foreign.db", DROP)):
        backup.write(sqlite, tmp_path / name)
        with sqlite3.connect(tmp_path / name) as db:
            db.execute(change)
        db.close()
    for name, state in (
        ("text.db", State.FOREIGN),
        ("empty.db", State.EMPTY),
        ("newer.db", State.NEWER),
        ("foreign.db", State.FOREIGN),
    ):
        with pytest.raises(backup.Unusable) as refused:
            backup.restore(tmp_path / name, other)
        assert refused.value.state is state
    assert not any(contents(other).values())


def test_a_database_that_is_not_ours_is_not_backed_up(sqlite: Database, file: Path) -> None:
    with sqlite.begin() as db:
        db.exec_driver_sql(DROP)
    with pytest.raises(Unfit):
        backup.write(sqlite, file)
    assert not file.exists()
