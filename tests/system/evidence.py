"""What is really there: the database of the assistant and the file of the page, read from outside."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import topics
from storage.database import Database, Unavailable
from storage.inbox import inbox
from storage.outbox import DEAD, OVERTAKEN, SENDING, SENT, WAITING, outbox
from storage.people import accounts
from tests.system.client import Page
from tests.system.load import Model

OURS = re.compile(r"c\d+")
"""What the page of the test calls its deeds; others are the demonstration's."""
Row = Any
"""A tuple of whatever was asked for."""


class Evidence:
    """Both stores, looked at while the process runs or after it has ended."""

    def __init__(self, database: str, page_file: Path) -> None:
        self._database = Database(database)
        self._page_file = page_file

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def rows(self, query: sa.Select[Any]) -> list[Row]:
        """What the assistant's database says."""
        with self._database.read() as db:
            return [tuple(row) for row in db.execute(query)]

    def page(self, query: str) -> list[Row]:
        """What the page's file says."""
        with closing(sqlite3.connect(f"file:{self._page_file}?mode=ro", uri=True, timeout=20)) as file:
            return file.execute(query).fetchall()

    def at_rest(self) -> bool:
        """Whether all is taken and all is delivered, as far as anybody can tell."""
        moving = sa.select(sa.func.count()).where(outbox.c.state.in_((WAITING, SENDING)))
        try:
            return not self.page("SELECT 1 FROM updates WHERE taken = 0 LIMIT 1") and self.rows(moving) == [(0,)]
        except Unavailable:
            return False

    def uncertain(self) -> Counter[str]:
        """How many attempts were repeated, by the reason that was noted last."""
        repeated = sa.select(outbox.c.reason, sa.func.sum(outbox.c.attempts - 1)).where(outbox.c.attempts > 1)
        return Counter({str(reason): int(number) for reason, number in self.rows(repeated.group_by(outbox.c.reason))})

    def doubles(self) -> int:
        """Messages on the page that came of the same row as another."""
        return len(self.page("SELECT 1 FROM messages WHERE author IS NULL GROUP BY origin HAVING count(*) > 1"))

    def intact(self) -> bool:
        """Whether SQLite finds nothing wrong in its files; PostgreSQL looks after itself."""
        sound = self.page("PRAGMA integrity_check") == [("ok",)] and not self.page("PRAGMA foreign_key_check")
        if not self._database.sqlite:
            return sound
        with self._database.begin() as db:
            checks = ("integrity_check", "foreign_key_check")
            found = [db.exec_driver_sql(f"PRAGMA {check}").all() for check in checks]
        return sound and [[tuple(row) for row in rows] for rows in found] == [[("ok",)], []]


@contextmanager
def evidence(database: str, page_file: Path) -> Iterator[Evidence]:
    """Open both stores for a while."""
    found = Evidence(database, page_file)
    try:
        yield found
    finally:
        found.close()


def check(found: Evidence, model: Model, page: Page, clients: set[str], opening: Counter[str]) -> None:
    """Nothing is lost, nothing is doubled, and the page shows what the database says."""
    assert found.intact()
    assert not page.refused
    assert page.stored >= clients
    check_arrivals(found, clients)
    check_topics(found, model)
    check_messages(found, model, opening)
    check_page(found, page)


def check_arrivals(found: Evidence, clients: set[str]) -> None:
    """Every deed is an arrival that was taken once, without an error."""
    deeds = found.page("SELECT client, CAST(id AS TEXT) FROM updates")
    assert {client for client, _ in deeds if OURS.fullmatch(client)} == clients
    taken = found.rows(sa.select(inbox.c.arrival, inbox.c.failure))
    assert sorted(taken) == sorted((number, None) for _, number in deeds)


def check_topics(found: Evidence, model: Model) -> None:
    """Proposals and comments exactly once each, support as last pressed."""
    questions = Counter(question for (question,) in found.rows(sa.select(topics.topics.c.question)))
    assert {question: questions[question] for question in model.questions} == dict.fromkeys(model.questions, 1)
    comments = Counter(text for (text,) in found.rows(sa.select(topics.comments.c.text)))
    assert {text: comments[text] for text in model.comments} == dict.fromkeys(model.comments, 1)
    joined = topics.supports.join(accounts, accounts.c.member == topics.supports.c.member)
    supported = set(found.rows(sa.select(topics.supports.c.topic, accounts.c.user).select_from(joined)))
    assert [key for key, wanted in model.support.items() if wanted != (key in supported)] == []


def check_messages(found: Evidence, model: Model, opening: Counter[str]) -> None:
    """Every message of the assistant was delivered, stands on the page once, and shows its newest content."""
    original = outbox.c.replaces.is_(None)
    rows = found.rows(sa.select(outbox.c.id, outbox.c.chat, outbox.c.state, outbox.c.message).where(original))
    assert {state for _, _, state, _ in rows} == {SENT}
    shown = found.page("SELECT CAST(origin AS INTEGER), chat, CAST(id AS TEXT) FROM messages WHERE author IS NULL")
    assert sorted(shown) == sorted((row, chat, message) for row, chat, _, message in rows)
    assert Counter(chat for _, chat, _ in shown) == model.messages + opening
    edits = found.rows(sa.select(outbox.c.state, outbox.c.reason).where(~original))
    assert {reason for state, reason in edits if state == DEAD} <= {OVERTAKEN}
    newest = found.rows(
        sa.select(outbox.c.message, outbox.c.text).order_by(outbox.c.message, outbox.c.id).where(outbox.c.state == SENT)
    )
    on_page: dict[str, str] = dict(found.page("SELECT CAST(id AS TEXT), text FROM messages WHERE author IS NULL"))
    assert on_page == dict(newest)


def check_page(found: Evidence, page: Page) -> None:
    """A page that was there all the time shows what the file says."""
    written: dict[str, str] = dict(found.page("SELECT CAST(id AS TEXT), text FROM messages"))
    assert {key: message["text"] for key, message in page.messages.items()} == {
        key: written[key] for key in page.messages
    }
    assert not page.waiting
