"""People on Telegram who write and press without pause, and the model that knows what must come of it."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.system.questions import Questions
from tests.system.telegram_house import BOT
from tests.telegram.remote import Remote

SUPPORT, STOP = "Unterstützen", "Nicht mehr unterstützen"
CARD = re.compile(r"Thema (\d+): ")
KINDS = {"card": 15, "list": 20, "propose": 35, "press": 30}
"""What people do, and how often of a hundred times."""


@dataclass
class Model:
    """What people did, and what must be there when all is taken; ``answers`` is how many messages come of it."""

    questions: list[str]
    support: dict[tuple[int, int], bool] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    answers: int = 0

    @property
    def updates(self) -> int:
        """How many updates there were."""
        return sum(self.acts.values())


class Load:
    """One act of one person after the other, by ``chance``; ``topics`` is how many there are to look at."""

    def __init__(self, remote: Remote, people: list[int], topics: int, chance: random.Random) -> None:
        self._remote = remote
        self._people = people
        self._topics = topics
        self._chance = chance
        self._questions = Questions(chance)
        self.model = Model(self._questions.asked)

    async def open_everything(self) -> None:
        """Everybody opens the chat and looks at a topic."""
        await self._remote.batch(*(("start", {"person": person, "bot": BOT}) for person in self._people))
        looking = [{"person": person, "bot": BOT, "text": self._words("card")} for person in self._people]
        await self._remote.batch(*(("say", look) for look in looking))
        self.model.acts["start"] += len(self._people)
        self.model.answers += len(self._people)

    async def act(self) -> None:
        """One person does anything."""
        person = self._chance.choice(self._people)
        kind = self._chance.choices([*KINDS], [*KINDS.values()])[0]
        if kind == "press" and await self._press(person):
            return
        await self._remote("say", person=person, bot=BOT, text=self._words(kind))

    def _words(self, kind: str) -> str:
        if kind == "propose":
            self._answered(kind)
            return f"/thema {self._questions.new()}"
        if kind == "list":
            self._answered(kind)
            return "/themen"
        self._answered("card")
        return f"/thema {self._chance.randint(1, self._topics)}"

    def _answered(self, kind: str) -> None:
        self.model.acts[kind] += 1
        self.model.answers += 1

    async def _press(self, person: int) -> bool:
        """Press a button of any card; what it says there is what it must do. False when there is no card."""
        messages: list[Any] = await self._remote("messages", person=person, bot=BOT)
        cards = [(message, label) for message in messages for label in (SUPPORT, STOP) if label in _labels(message)]
        if not cards:
            return False
        message, label = self._chance.choice(cards)
        try:
            await self._remote("press", person=person, bot=BOT, message=message["id"], label=label)
        except ValueError:
            # The card has changed since it was looked at: the person sees what it says now.
            return await self._press(person)
        number = CARD.search(message["text"])
        assert number is not None
        self.model.support[int(number[1]), person] = label == SUPPORT
        self.model.acts["press"] += 1
        return True


def _labels(message: Any) -> list[str]:
    return [label for row in message["rows"] for label in row]
