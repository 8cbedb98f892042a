"""Killed while an announcement goes out: nobody is left out, nobody gets it twice, and who is in doubt is named."""

import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.people import Role
from tests.synapse import Synapse
from tests.system import matrix_house, telegram_house
from tests.system.announcing import TEXT, Outcome, announce, answered, check_report, interrupt, outcome
from tests.system.matrix_house import Keyless
from tests.system.telegram_house import BOT

KILLS = 4
ON_TELEGRAM, ON_MATRIX = 1.0, 0.2
"""Seconds of sending within which the process is killed; one messenger permits thirty messages each, the other more."""
READERS_ON_TELEGRAM = 150
READERS_ON_MATRIX = 15
UNOPENED = 3
"""Of them, so many have no direct chat with the assistant yet."""
DONE = "Ansage 1 ist zugestellt"


@dataclass(frozen=True, slots=True)
class OnTelegram:
    """The coordinator's chat with the bot."""

    house: telegram_house.House
    person: int
    sign: str = "/"

    async def say(self, text: str) -> None:
        """Write a message."""
        await self.house.remote("say", person=self.person, bot=BOT, text=text)

    async def texts(self) -> list[str]:
        """What the bot's messages say now."""
        messages = await self.house.remote("messages", person=self.person, bot=BOT)
        return [message["text"] for message in messages if message["by_bot"]]


async def test_on_telegram(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261126)
    async with telegram_house.house(tmp_path) as telegram:
        (person,) = await telegram.join("Koordination", role=Role.COORDINATOR)
        readers = [person, *await telegram.join(*(f"Ort {number}" for number in range(1, READERS_ON_TELEGRAM)))]
        await telegram.remote.batch(*(("open", {"person": reader, "bot": BOT}) for reader in readers))
        office, process = OnTelegram(telegram, person), telegram.process()
        await process.start()
        await announce(telegram, office)
        waiting = await interrupt(telegram, process, KILLS, ON_TELEGRAM, chance)
        report = await answered(telegram, office, DONE)
        assert await process.end() == 0
        asked = await telegram.remote("asked", method="sendMessage")
        found = outcome(telegram)
    assert "Traceback" not in process.log
    calls = [call["values"] for call in asked if call["status"] == 200 and TEXT in call["values"]["text"]]
    shown = Counter(str(values["chat_id"]) for values in calls if "reply_markup" not in values)
    shown[str(person)] -= 1  # the preview
    assert set(shown.values()) <= {0, 1}
    assert found.sent <= {chat for chat, times in shown.items() if times}
    check_report(report, found)
    tell(capsys, waiting, found, began)


@dataclass(frozen=True, slots=True)
class OnMatrix:
    """The coordinator's chat with the assistant."""

    house: matrix_house.House
    person: Keyless
    chat: str
    sign: str = "!"

    async def say(self, text: str) -> None:
        """Write a message."""
        await asyncio.to_thread(self.person.say, self.chat, text)

    async def texts(self) -> list[str]:
        """What the assistant's messages say now."""
        events = await asyncio.to_thread(self.house.shown, self.person, self.chat)
        return matrix_house.texts_now(events)


async def test_on_matrix(synapse: Synapse, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(20261127)
    async with matrix_house.house(synapse, tmp_path, 0) as matrix:
        await matrix.process.start()
        people = [await asyncio.to_thread(matrix.add_keyless, number) for number in range(READERS_ON_MATRIX)]
        opened, unopened = people[:-UNOPENED], people[-UNOPENED:]
        chats = [await asyncio.to_thread(one.invite, matrix.account.user_id) for one in opened]
        await matrix.until(lambda: matrix.greeted() == len(chats) and matrix.delivered())
        office = OnMatrix(matrix, opened[0], chats[0])
        await announce(matrix, office)
        waiting = await interrupt(matrix, matrix.process, KILLS, ON_MATRIX, chance)
        report = await answered(matrix, office, DONE)
        assert await matrix.process.end() == 0
        texts = {chat: matrix_house.texts_now(matrix.shown(one, chat)) for one, chat in zip(opened, chats, strict=True)}
        led = {one.account.user_id: sealed(matrix, one) for one in unopened}
        found = outcome(matrix)
    assert "Traceback" not in matrix.process.log
    told = {chat: sum(TEXT in text for text in said) for chat, said in texts.items()}
    told[chats[0]] -= 1  # the preview
    assert set(told.values()) == {1}
    assert led == dict.fromkeys(led, 1)
    assert (len(found.sent), found.doubtful) == (len(people), {})
    check_report(report, found)
    tell(capsys, waiting, found, began)


def sealed(house: matrix_house.House, person: Keyless) -> int:
    """How many messages wait for somebody in chats that the assistant has opened, which are encrypted."""
    events = [event for room in person.accept() for event in house.shown(person, room)]
    return sum(event["type"] == "m.room.encrypted" for event in events)


def tell(capsys: pytest.CaptureFixture[str], waiting: list[int], found: Outcome, began: float) -> None:
    """What was counted."""
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled when so many still waited: {waiting}; delivered {len(found.sent)}, in doubt and named "
            f"{len(found.doubtful)}, {time.monotonic() - began:.0f} s "
        )
