"""What every programme has that runs as a process before a messenger: a database to fill and to look at."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import isawaitable
from typing import Any

import sqlalchemy as sa

from domain.chat import Address, Html, Message, Outgoing, Urgency
from domain.people import Role
from domain.topics import State
from storage import outbox, people, topics
from storage.database import Database
from storage.outbox import SENDING, WAITING
from storage.people import accounts

SETTLING = 180.0
"""Seconds after which what has not been taken or delivered never will be."""


@dataclass(kw_only=True)
class House(ABC):
    """One programme; ``database`` is shared with its processes."""

    database: Database

    @property
    @abstractmethod
    def channel(self) -> str:
        """The name of the channel."""

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        """What the database says."""
        with self.database.read() as db:
            return [tuple(row) for row in db.execute(query)]

    def delivered(self) -> bool:
        """Whether nothing waits."""
        moving = sa.select(sa.func.count()).where(outbox.outbox.c.state.in_((WAITING, SENDING)))
        return self.rows(moving) == [(0,)]

    async def until(self, met: Callable[[], Awaitable[object] | object], within: float = SETTLING) -> None:
        """Wait for what happens in other processes."""

        async def now() -> object:
            found = met()
            return await found if isawaitable(found) else found

        async with asyncio.timeout(within):
            while not await now():  # noqa: ASYNC110 - what is waited for happens in other processes
                await asyncio.sleep(0.02)

    def add_topics(self, count: int) -> None:
        """Something to look at and to support."""
        now = datetime.now(UTC)
        with self.database.begin() as db:
            author = people.add_member(db, "Geschäftsstelle", Role.COORDINATOR, "de", now)
            for number in range(count):
                topics.add_topic(db, f"Frage {number}?", "", author.id, State.PROPOSED, now, anonymous=False)

    def queue_announcements(
        self, chats: Sequence[str], count: int, soonest: float, latest: float, chance: random.Random
    ) -> dict[str, int]:
        """Announcements to these chats in turn, due after so many seconds; returns their rows by their texts."""
        now, queued = datetime.now(UTC), dict[str, int]()
        with self.database.begin() as db:
            for number in range(count):
                to = Address(self.channel, chats[number % len(chats)], private=True)
                text, due = Html(f"Ansage {number}"), now + timedelta(seconds=chance.uniform(soonest, latest))
                outgoing = Outgoing(to=to, content=Message(text), urgency=Urgency.ANNOUNCEMENT, not_before=due)
                queued[text] = outbox.add_outgoing(db, outgoing, now) or 0
        return queued

    def check_questions(self, questions: Sequence[str]) -> None:
        """Each was proposed once."""
        asked = Counter(question for (question,) in self.rows(sa.select(topics.topics.c.question)))
        assert {question: asked[question] for question in questions} == dict.fromkeys(questions, 1)

    def supporters(self) -> set[tuple[int, str]]:
        """Who supports which topic."""
        joined = topics.supports.join(accounts, accounts.c.member == topics.supports.c.member)
        return {
            (topic, user)
            for topic, user in self.rows(sa.select(topics.supports.c.topic, accounts.c.user).select_from(joined))
        }
