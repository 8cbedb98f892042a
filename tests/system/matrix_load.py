"""People on Matrix who write and react without pause, and the model that knows what must come of it."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field

from bot.channels.matrix.reactions import KEYS
from tests.channels.matrix.people import Json, Person
from tests.system.matrix_house import House
from tests.system.questions import Questions

IN_ROOM = (1, 2, 3)
"""Topics looked at in the room, where everybody's card has the same buttons."""
DIRECTLY = (4, 5, 6, 7, 8)
"""Topics looked at in direct chats."""
SUPPORT = re.compile(r"Thema (\d+): .*^(\d+) Unterstützen$", re.DOTALL | re.MULTILINE)
KINDS = {"card": 30, "list": 10, "propose": 20, "press": 40}
"""What people do, and how often of a hundred times."""
MESSAGES = {"propose": 2}
"""How many messages come of it, where it is not one: whoever proposes is asked whether to show it in the room."""
ROOM_SHARE = 0.3


@dataclass
class Model:
    """What people did: all their ``events``, and what must be there when all is taken.

    ``answers`` is how many messages come of it in each chat, edits not counted.
    """

    questions: list[str]
    events: list[str] = field(default_factory=list)
    support: set[tuple[int, str]] = field(default_factory=set)
    acts: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


class Load:
    """One act of one person after the other, by ``chance``."""

    def __init__(self, house: House, room: str, chance: random.Random) -> None:
        self._house = house
        self._room = room
        self._chance = chance
        self._questions = Questions(chance)
        self.model = Model(self._questions.asked)
        self._pressed: set[tuple[str, int]] = set()

    async def look_at_everything(self) -> None:
        """Everybody has a card in front of them."""
        for number in range(len(self._house.people)):
            await self._say(number, self._house.chats[number], "card", f"!thema {self._chance.choice(DIRECTLY)}")
        await self._say(0, self._room, "card", f"!thema {IN_ROOM[0]}")

    async def act(self) -> None:
        """One person does anything."""
        number = self._chance.randrange(len(self._house.people))
        kind = self._chance.choices([*KINDS], [*KINDS.values()])[0]
        chat = self._room if self._chance.random() < ROOM_SHARE else self._house.chats[number]
        if kind == "press" and await self._press(number, chat):
            return
        if kind == "propose" and chat != self._room:
            await self._say(number, chat, kind, f"!thema {self._questions.new()}")
        elif kind == "list":
            await self._say(number, chat, kind, "!themen")
        else:
            topics = IN_ROOM if chat == self._room else DIRECTLY
            await self._say(number, chat, "card", f"!thema {self._chance.choice(topics)}")

    async def _say(self, number: int, chat: str, kind: str, text: str) -> None:
        self._note(chat, kind, await self._house.people[number].say(chat, text))

    def _note(self, chat: str, kind: str, event: str) -> None:
        self.model.events.append(event)
        self.model.acts[kind] += 1
        self.model.answers[chat] += MESSAGES.get(kind, 1)

    async def _press(self, number: int, chat: str) -> bool:
        """Support a topic, each person each topic once, so that no press meets a card that just changes."""
        person = self._house.people[number]
        cards = [(event, match) for event in self._cards(person, chat) if (match := _support(event))]
        cards = [(event, match) for event, match in cards if (person.id, int(match[1])) not in self._pressed]
        if not cards:
            return False
        event, match = self._chance.choice(cards)
        topic, index = int(match[1]), int(match[2]) - 1
        self._pressed.add((person.id, topic))
        self.model.support.add((topic, person.id))
        self._note(chat, "press", await person.react(chat, event["event_id"], KEYS[index]))
        return True

    def _cards(self, person: Person, chat: str) -> list[Json]:
        return [e for e in person.messages(chat, self._house.account.user_id) if "m.new_content" not in e["content"]]


def _support(event: Json) -> re.Match[str] | None:
    return SUPPORT.search(event["content"]["body"])
