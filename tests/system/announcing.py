"""An announcement to many, approved in the chat of the coordination, while its process is killed again and again."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import sqlalchemy as sa

from storage.outbox import DEAD, SENDING, SENT, WAITING, outbox
from storage.people import accounts, members
from tests.system.house import House
from tests.system.process import Process

TEXT = "Der Workshop ist in Raum 12."
OURS = (outbox.c.subject == "announcement:1", outbox.c.replaces.is_(None))


class Office(Protocol):
    """The direct chat of somebody who coordinates; ``sign`` is what commands begin with."""

    @property
    def sign(self) -> str: ...

    async def say(self, text: str) -> None:
        """Write a message."""
        ...

    async def texts(self) -> list[str]:
        """What the assistant's messages say now, oldest first."""
        ...


async def announce(house: House, office: Office) -> None:
    """Everything up to the decision; its words tell whether it is late in the day."""
    await office.say(f"{office.sign}ansage {TEXT}")
    await answered(house, office, "Entwurf von Ansage 1")
    await office.say("Senden …")
    sure = await answered(house, office, "Soll die Ansage")
    await office.say("Dringend: sofort senden" if "dringend" in sure else "Jetzt senden")


async def answered(house: House, office: Office, words: str) -> str:
    """The newest message with these words, once there is nothing more to come."""
    found: list[str] = []

    async def there() -> bool:
        found[:] = [text for text in await office.texts() if words in text]
        return bool(found) and house.delivered()

    await house.until(there)
    return found[-1]


async def interrupt(house: House, process: Process, kills: int, longest: float, chance: random.Random) -> list[int]:
    """Kill the process up to ``longest`` seconds after it has begun to send, and start it again.

    Returns how many messages were still to be settled each time.
    """
    holders: set[str] = set()
    waiting: list[int] = []
    for _ in range(kills):
        await house.until(partial(at_work, house, holders))
        await asyncio.sleep(chance.uniform(0.0, longest))
        await process.kill()
        holders.update(holder for _, holder in unsettled(house) if holder)
        waiting.append(len(unsettled(house)))
        await process.spawn()
    await process.ready()
    return waiting


def at_work(house: House, holders: set[str]) -> bool:
    """Whether a process that is none of these ``holders`` sends, or nothing is left to be sent."""
    states = house.rows(sa.select(outbox.c.state).where(*OURS))
    left = unsettled(house)
    return bool(states) and (not left or any(holder and holder not in holders for _, holder in left))


def unsettled(house: House) -> list[Any]:
    """The messages that are neither sent nor given up, with who sends them."""
    return house.rows(sa.select(outbox.c.chat, outbox.c.holder).where(*OURS, outbox.c.state.in_((WAITING, SENDING))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the database says: where it was sent, and the names of those of whom nobody knows, by their chats."""

    sent: frozenset[str]
    doubtful: dict[str, str]


def outcome(house: House) -> Outcome:
    """How it ended for everybody; nobody is left out."""
    named = sa.and_(accounts.c.channel == outbox.c.channel, accounts.c.chat == outbox.c.chat)
    joined = outbox.join(accounts, named).join(members, members.c.id == accounts.c.member)
    query = sa.select(outbox.c.chat, outbox.c.state, outbox.c.reason, members.c.name)
    rows = house.rows(query.select_from(joined).where(*OURS))
    everybody = Counter(chat for (chat,) in house.rows(sa.select(accounts.c.chat)))
    assert Counter(chat for chat, *_ in rows) == everybody
    assert {(state, reason) for _, state, reason, _ in rows if state != SENT} <= {(DEAD, "uncertain")}
    sent = frozenset(chat for chat, state, *_ in rows if state == SENT)
    return Outcome(sent, {chat: name for chat, state, _, name in rows if state == DEAD})


def check_report(report: str, found: Outcome) -> None:
    """Everybody is counted, and whoever is uncertain is named."""
    total = len(found.sent) + len(found.doubtful)
    assert f"Zugestellt: {len(found.sent)} von {total}" in report
    named = {name for name in found.doubtful.values() if f"\n{name}: vielleicht angekommen." in report}
    assert named == set(found.doubtful.values())
    assert ("Vielleicht zugestellt" in report) == bool(found.doubtful)
    if found.doubtful:
        assert f"die Antwort des Messengers ging verloren: {len(found.doubtful)}\n" in report
