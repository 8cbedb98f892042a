"""Votes in the database: who voted and what was chosen stand apart, and after the close nothing joins them."""

import os
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.people import Role
from domain.refusal import Refused
from domain.votes import Draft, Option, State, Turnout, Vote, key_from, pseudonym, reminder_time
from storage import people, votes
from storage.database import Database, Transaction
from tests.postgres import address, log_of
from tests.storage.samples import LATER, NOW, member, topic

KEY = key_from("a word")
CHANCE = key_from("another word")
DRAFT = Draft("Was zuerst?", (Option(1, "Wohnen"), Option(2, "Schule")), "approval", NOW + timedelta(days=2))


def started(db: Transaction, entitled: list[int], draft: Draft = DRAFT) -> Vote:
    made = votes.add_vote(db, draft, None)
    votes.start(db, made.id, entitled, KEY, NOW, reminder_time(NOW, draft.closes))
    return votes.get_vote(db, made.id)


def closed(db: Transaction, vote: Vote, *, keep: bool = True) -> None:
    votes.close(db, vote.id, {"winners": [1]}, len(votes.list_choices(db, vote)), LATER)
    votes.seal(db, vote, CHANCE, keep=keep)


def test_what_was_decided_is_read_back(database: Database) -> None:
    with database.begin() as db:
        author = member(db, role=Role.COORDINATOR)
        option = Option(1, "Wie?", topic(db, author).id)
        draft = replace(DRAFT, options=(option, Option(2, "Schule")), role=Role.PARTNER, partners=True, lots=(2, 1))
        made = votes.add_vote(db, draft, author.id)
        assert (made.draft, made.state, made.creator) == (draft, State.SCHEDULED, author.id)
        assert option.topic is not None
        assert votes.list_of_topic(db, option.topic) == [made.id]
        people.remove_member(db, author.id)
        assert votes.get_vote(db, made.id).creator is None


def test_what_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as db:
        for number in (0, 1, 2**40):
            with pytest.raises(Refused, match="votes-unknown"):
                votes.get_vote(db, number)


def test_only_an_open_vote_takes_votes(database: Database) -> None:
    with database.begin() as db:
        made = votes.add_vote(db, DRAFT, None)
        with pytest.raises(Refused, match="votes-is-scheduled"):
            votes.hold_open_vote(db, made.id)
        votes.start(db, made.id, [], KEY, NOW, NOW)
        assert votes.hold_open_vote(db, made.id).open
        closed(db, made)
        with pytest.raises(Refused, match="votes-is-closed"):
            votes.hold_open_vote(db, made.id)


@pytest.mark.parametrize("secret", [True, False])
def test_the_last_choice_counts_and_can_be_withdrawn(database: Database, secret: bool) -> None:
    with database.begin() as db:
        one, other = member(db).id, member(db, "Musterdorf").id
        vote = started(db, [one, other], replace(DRAFT, secret=secret))
        assert votes.find_own(db, vote, one) is None
        code = votes.cast(db, vote, one, "[1]")
        assert votes.cast(db, vote, one, "[2]") == code
        second = votes.cast(db, vote, other, "[1]")
        assert votes.list_choices(db, vote) == ["[1]", "[2]"]
        assert votes.find_own(db, vote, one) == ("[2]", code)
        assert votes.list_receipts(db, vote.id) == sorted([code, second])
        assert votes.count_turnout(db, vote.id) == Turnout(2, 2)
        assert votes.withdraw(db, vote, one)
        assert not votes.withdraw(db, vote, one)
        assert votes.list_choices(db, vote) == ["[1]"]
        assert votes.list_receipts(db, vote.id) == [second]
        assert votes.count_turnout(db, vote.id) == Turnout(1, 2)
        assert votes.list_voters(db, vote.id, voted=False) == [one]
        assert [cast.name for cast in votes.list_casts(db, vote.id)] == ([] if secret else ["Musterdorf"])


def test_who_may_not_vote_is_told_apart_from_who_has_not(database: Database) -> None:
    with database.begin() as db:
        one, other = member(db).id, member(db, "Musterdorf").id
        vote = started(db, [one])
        assert votes.find_voted(db, vote.id, one) is False
        assert votes.find_voted(db, vote.id, other) is None
        votes.add_voter(db, vote.id, other)
        votes.cast(db, vote, other, "[1]")
        votes.add_voter(db, vote.id, other)
        assert votes.find_voted(db, vote.id, other) is True


def test_after_the_close_no_key_and_no_old_pseudonym_is_left(database: Database) -> None:
    with database.begin() as db:
        voting = [member(db, f"Ort {number}").id for number in range(6)]
        vote = started(db, voting)
        for number in voting:
            votes.cast(db, vote, number, f"[{number % 2 + 1}]")
        before = votes.list_choices(db, vote)
        closed(db, vote)
        assert votes.list_choices(db, vote) == before
        assert db.execute(sa.select(votes.keys)).all() == []
        names = set(db.execute(sa.select(votes.ballots.c.pseudonym)).scalars())
        assert len(names) == 6
        assert not names & {pseudonym(KEY, vote.id, number) for number in voting}
        assert votes.find_own(db, vote, voting[0]) is None
        ended = votes.get_vote(db, vote.id)
        assert (ended.state, ended.outcome, ended.counted) == (State.CLOSED, {"winners": [1]}, 6)


def test_choices_that_would_tell_too_much_are_destroyed(database: Database) -> None:
    with database.begin() as db:
        one = member(db).id
        vote = started(db, [one])
        code = votes.cast(db, vote, one, "[1]")
        closed(db, vote, keep=False)
        assert votes.list_choices(db, vote) == []
        assert votes.list_receipts(db, vote.id) == [code]


def test_a_vote_called_off_leaves_nothing_that_was_chosen(database: Database) -> None:
    with database.begin() as db:
        one = member(db).id
        vote = started(db, [one])
        votes.cast(db, vote, one, "[1]")
        votes.cancel(db, vote.id, LATER)
        tables = (votes.keys, votes.ballots, votes.receipts)
        assert [db.execute(sa.select(table)).all() for table in tables] == [[], [], []]
        assert votes.get_vote(db, vote.id).state is State.CANCELLED


def test_whoever_leaves_is_no_voter_but_a_secret_choice_stays(database: Database) -> None:
    with database.begin() as db:
        one = member(db).id
        secret, public = started(db, [one]), started(db, [one], replace(DRAFT, secret=False))
        for vote in (secret, public):
            votes.cast(db, vote, one, "[1]")
        people.remove_member(db, one)
        assert votes.list_choices(db, secret) == ["[1]"]
        assert votes.list_choices(db, public) == []
        assert votes.count_turnout(db, secret.id) == Turnout(0, 0)


def test_what_is_due_when(database: Database) -> None:
    with database.begin() as db:
        one = member(db).id
        planned = votes.add_vote(db, replace(DRAFT, opens=LATER), None)
        assert votes.list_due_to_open(db, NOW) == []
        assert votes.list_due_to_open(db, LATER) == [planned.id]
        vote = started(db, [one])
        day = timedelta(days=1)
        assert votes.list_due_to_remind(db, NOW + day) == []
        assert votes.list_due_to_remind(db, DRAFT.closes - day / 2) == [vote.id]
        assert votes.list_due_to_close(db, DRAFT.closes - timedelta(seconds=1)) == []
        assert votes.list_due_to_close(db, DRAFT.closes) == [vote.id]
        votes.add_reminder(db, vote.id, one, LATER)
        votes.add_reminder(db, vote.id, one, NOW)
        assert votes.list_due_reminders(db, NOW) == []
        (due,) = votes.list_due_reminders(db, LATER)
        taken = votes.take_reminder(db, due)
        assert taken
        assert (taken.vote, taken.member) == (vote.id, one)
        assert votes.take_reminder(db, due) is None


def test_lists_what_goes_on_first(database: Database) -> None:
    with database.begin() as db:
        late, soon, over = (started(db, [], replace(DRAFT, closes=NOW + timedelta(days=days))) for days in (5, 1, 3))
        closed(db, over)
        assert [vote.id for vote in votes.list_votes(db)] == [soon.id, late.id, over.id]
        assert [vote.id for vote in votes.list_votes(db, [State.CLOSED])] == [over.id]


def test_casting_and_closing_go_one_after_the_other(postgres: Database) -> None:
    """Whoever comes second sees the end of the first: no vote is stored and left out of the count."""
    with postgres.begin() as db:
        one = member(db).id
        number = started(db, [one]).id
    held, told = threading.Event(), []

    def cast() -> None:
        held.wait(30)
        with postgres.begin() as db:
            try:
                votes.cast(db, votes.hold_open_vote(db, number), one, "[1]")
            except Refused as refused:
                told.append(refused.key)

    thread = threading.Thread(target=cast)
    thread.start()
    with postgres.begin() as db:
        vote = votes.hold_vote(db, number)
        held.set()
        closed(db, vote)
    thread.join(30)
    assert told == ["votes-is-closed"]
    with postgres.read() as db:
        assert votes.list_choices(db, vote) == []


def test_purging_is_done_once_and_waits_for_readers(database: Database) -> None:
    assert not votes.purge(database)
    with database.begin() as db:
        one = member(db).id
        vote = started(db, [one])
        votes.cast(db, vote, one, "[1]")
        closed(db, vote, keep=False)
    assert votes.purge(database)
    assert not votes.purge(database)
    with database.read() as db:
        assert votes.get_vote(db, vote.id).purged


def test_nothing_deleted_is_left_in_the_files(sqlite: Database, tmp_path: Path) -> None:
    marker = "Marmelade im Treppenhaus"
    with sqlite.begin() as db:
        one = member(db).id
        vote = started(db, [one])
        votes.cast(db, vote, one, marker)

    def found() -> bool:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        return any(marker.encode() in path.read_bytes() or KEY in path.read_bytes() for path in files)

    assert found()
    with sqlite.begin() as db:
        closed(db, vote, keep=False)
    assert votes.purge(sqlite)
    assert not found()


def test_nothing_deleted_is_left_in_the_log_of_postgresql(postgres: Database) -> None:
    marker = b"Marmelade im Treppenhaus"
    with postgres.begin() as db:
        # Test servers write at leisure what a commit elsewhere waits for.
        db.exec_driver_sql("SET LOCAL synchronous_commit = on")
        one = member(db).id
        vote = started(db, [one])
        votes.cast(db, vote, one, marker.decode())
        closed(db, vote, keep=False)
    assert any(marker in part for part in log_of(postgres).values())
    assert votes.purge(postgres)
    assert not any(marker in part for part in log_of(postgres).values())


def test_whoever_may_not_begin_that_log_anew_leaves_it_to_the_server(postgres: Database) -> None:
    role = f"themenbote_test_{os.getpid()}"
    with postgres.begin() as db:
        one = member(db).id
        closed(db, started(db, [one]), keep=False)
        db.exec_driver_sql(f"CREATE ROLE {role}")
        db.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
    plain = Database(address(postgres.url.update_query_dict({"options": f"-c role={role}"})))
    try:
        assert votes.purge(plain)
    finally:
        plain.close()
        with postgres.begin() as db:
            db.exec_driver_sql(f"DROP OWNED BY {role}")
            db.exec_driver_sql(f"DROP ROLE {role}")
