"""A dialogue that goes otherwise is reported side by side, and can be accepted; README.md tells the truth."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import sqlite_database
from tests.transcripts.accepting import accepted
from tests.transcripts.dialogue import Chat, Entry, Kind, Press, Transcript
from tests.transcripts.language import FOLDER, parse
from tests.transcripts.memory_stage import MemoryStage
from tests.transcripts.report import differences
from tests.transcripts.runner import Played, Player, same
from tests.world import Calendar, World

WRONG = """\
Titel: Probe
Zweck: Hier stimmt manches nicht.
Personen:
    Musterstadt: Teilnehmende
Themen:
    Wie geht das? | von Musterstadt

# Nichts erwartet, aber etwas erscheint.
Musterstadt im Direktchat: /thema 9

# Alles richtig, und so bleibt es stehen.
Musterstadt im Direktchat: /thema 2
    # Auch dies.
    An Musterstadt: Thema 2 gibt es nicht. Alle Themen zeigt: /themen

# Anders als erwartet.
Musterstadt im Direktchat: /thema 3
    # Ein Kommentar bei dem, was erscheint.
    An Musterstadt:
        Thema 4 gibt es nicht. Alle Themen zeigt: /themen
    An Musterstadt:
        Und noch etwas.

Musterstadt drückt [Gibt es nicht]

Musterstadt im Direktchat: Dazu kommt es nicht.
"""

REPORT = """\
probe: Probe

erwartet                                                           erschienen

Zeile 9: Musterstadt im Direktchat: /thema 9
                                                                 > An Musterstadt:
                                                                 >     Thema 9 gibt es nicht. Alle Themen zeigt: /themen

Zeile 17: Musterstadt im Direktchat: /thema 3
An Musterstadt:                                                    An Musterstadt:
    Thema 4 gibt es nicht. Alle Themen zeigt: /themen            ≠     Thema 3 gibt es nicht. Alle Themen zeigt: /themen
An Musterstadt:                                                  <
    Und noch etwas.                                              <

Zeile 24: Musterstadt drückt [Gibt es nicht]
Das geht hier nicht: Dort ist kein Knopf [Gibt es nicht] zu sehen.

≠ anders    < nur erwartet    > nur erschienen"""

RIGHT = WRONG.replace(
    "/thema 9\n",
    "/thema 9\n    An Musterstadt:\n        Thema 9 gibt es nicht. Alle Themen zeigt: /themen\n",
)
RIGHT = RIGHT.replace("Thema 4 gibt", "Thema 3 gibt").replace("    An Musterstadt:\n        Und noch etwas.\n", "")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    calendar = Calendar()
    database = Database(sqlite_database(tmp_path))
    world = World(MemoryStage(calendar.now), database, tmp_path, calendar)
    yield world
    await world.end()
    database.close()


async def play(world: World, source: str) -> tuple[Transcript, list[Played]]:
    transcript = parse(source, "probe.txt")
    await world.begin(transcript.cast)
    return transcript, await Player(world).play(transcript)


async def test_differences_stand_side_by_side(world: World) -> None:
    transcript, played = await play(world, WRONG)
    assert differences(transcript, played, notices=True) == REPORT


async def test_what_appeared_can_be_accepted(world: World) -> None:
    transcript, played = await play(world, WRONG)
    assert accepted(transcript, played) == RIGHT


async def test_what_was_accepted_holds(world: World) -> None:
    transcript, played = await play(world, RIGHT.partition("Musterstadt drückt")[0])
    assert not differences(transcript, played, notices=True)


async def test_the_example_in_the_readme_holds(world: World) -> None:
    example = re.search(r"```\n(.*?)```", (FOLDER / "README.md").read_text("utf-8"), re.DOTALL)
    assert example
    transcript, played = await play(world, example[1])
    assert not differences(transcript, played, notices=True)


TOWN, ROUND = Chat("Musterstadt"), Chat("Runde", room=True)
PRESS = Press("Musterstadt", ROUND, "Ja")
NOTICE = Entry(TOWN, Kind.NOTICE, ("Danke.",))
SAID = Entry(ROUND, Kind.MESSAGE, ("Danke.",))
CARD = Entry(ROUND, Kind.EDIT, ("Thema 1",))


def test_a_notice_may_be_a_message_where_there_are_none() -> None:
    assert same([NOTICE, CARD], [CARD, SAID], PRESS, notices=False)
    assert not same([NOTICE, CARD], [CARD, SAID], PRESS, notices=True)
    assert not same([NOTICE, CARD], [CARD], PRESS, notices=False)
    assert not same([NOTICE, CARD], [CARD, SAID, SAID], PRESS, notices=False)


def test_order_counts_within_a_chat_only() -> None:
    direct = Entry(TOWN, Kind.MESSAGE, ("Hallo.",))
    assert same([CARD, SAID, direct, NOTICE], [NOTICE, direct, CARD, SAID], PRESS, notices=True)
    assert not same([CARD, SAID], [SAID, CARD], PRESS, notices=True)
