"""People who press and write without pause, and the model that knows what must come of it."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from config.texts import Texts
from tests.bot.house import eventually
from tests.system.client import Frame, Page
from tests.system.questions import Questions

OFFICERS = ("musterstadt", "musterdorf", "musterhausen", "musterkreis", "verein", "koordination")
ROOM = "runde"
IN_ROOM = (4, 6, 7)
"""Topics whose cards stand in the room; there they are supported and commented on."""
DIRECTLY = (9, 11, 12)
"""Topics everybody has in front of them in the direct chat, to support and not to."""
UNTAKEN = 25
"""So many deeds the assistant may be behind before people wait for it."""
MESSAGES = {"propose": 2, "list": 1, "card": 1}
"""How many messages come of each deed in the direct chat."""


@dataclass
class Model:
    """What people did, and what must be there when all is taken; ``messages`` counts the assistant's by chat."""

    questions: list[str]
    comments: list[str] = field(default_factory=list)
    support: dict[tuple[int, str], bool] = field(default_factory=dict)
    messages: Counter[str] = field(default_factory=Counter)
    deeds: Counter[str] = field(default_factory=Counter)


class Load:
    """Everybody at once, by ``seed``; think for a moment, do something, wait until the page has it."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page = page
        self.chance = random.Random(seed)
        self._questions = Questions(self.chance)
        self.model = Model(self._questions.asked)
        self.clients: set[str] = set()
        texts = Texts.load()
        self._supporting = {texts.plain(language, "sie", "topics-button-support") for language in ("de", "en")}
        self._stopping = {texts.plain(language, "sie", "topics-button-unsupport") for language in ("de", "en")}
        self._cards: dict[tuple[str, int], str] = {}
        self._weights = {"toggle": 35, "support": 20, "comment": 20, "list": 15, "propose": 10}

    async def settle_in(self) -> None:
        """Put the cards in front of people that they will press and answer later."""
        for number in IN_ROOM:
            await self._show(ROOM, "musterstadt", number)
        for person in OFFICERS:
            for number in DIRECTLY:
                await self._show(person, person, number)
                self.model.messages[person] += MESSAGES["card"]
        self.model.messages[ROOM] += len(IN_ROOM)

    async def go_on(self, until: asyncio.Event) -> None:
        """Let everybody do things until told to stop."""
        async with asyncio.TaskGroup() as people:
            for person in OFFICERS:
                people.create_task(self._live(person, until))

    async def _live(self, person: str, until: asyncio.Event) -> None:
        while not until.is_set():
            if self.page.idle(person) and len(self.clients) - len(self.page.receipts) < UNTAKEN:
                self.act(person)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.chance.uniform(0.01, 0.06)):
                    await until.wait()

    def act(self, person: str) -> None:
        """One deed, of whatever kind."""
        kind = self.chance.choices([*self._weights], [*self._weights.values()])[0]
        self.model.deeds[kind] += 1
        match kind:
            case "propose":
                self._propose(person)
            case "comment":
                self._comment(person)
            case "list":
                self._say(person, "/themen")
                self.model.messages[person] += MESSAGES["list"]
            case "support":
                number = self.chance.choice(IN_ROOM)
                self._press(person, ROOM, number)
            case _:
                self._press(person, person, self.chance.choice(DIRECTLY))

    def _propose(self, person: str) -> None:
        question = self._questions.new()
        self.model.messages[person] += MESSAGES["propose"]
        self._say(person, f"/thema {question}")

    def _comment(self, person: str) -> None:
        text = f"Anmerkung {len(self.model.comments)} aus {person}"
        self.model.comments.append(text)
        self.model.messages[ROOM] += 1
        card = self._cards[ROOM, self.chance.choice(IN_ROOM)]
        self.clients.add(self.page.do("say", person, ROOM, text=text, reply_to=card))

    def _say(self, person: str, text: str) -> None:
        self.clients.add(self.page.do("say", person, text=text))

    def _press(self, person: str, chat: str, number: int) -> None:
        """Press the button about support; what it says is what it must do."""
        card = self.page.messages[self._cards[chat, number]]
        index, label = self._about_support(card)[0]
        self.model.support[number, person] = label in self._supporting
        pressed = self.page.do("press", person, chat, message=card["id"], token=card["token"], index=index)
        self.clients.add(pressed)

    def _about_support(self, message: Frame) -> list[tuple[int, str]]:
        """The place and the words of the button to support, or to stop it; nothing on what is no card."""
        labels = [label for row in message["keyboard"] for label in row]
        return [found for found in enumerate(labels) if found[1] in self._supporting | self._stopping]

    async def _show(self, chat: str, person: str, number: int) -> None:
        head = f"Thema {number}:", f"Topic {number}:"

        def shown() -> list[str]:
            here = [message for message in self.page.messages.values() if message["chat"] == chat]
            return [one["id"] for one in here if self._about_support(one) and any(word in one["text"] for word in head)]

        self.clients.add(self.page.do("say", person, chat, text=f"/thema {number}"))
        await eventually(shown)
        self._cards[chat, number] = shown()[0]
