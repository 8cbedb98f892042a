"""A small assistant behind the page: it answers with cards, pictures and lists, and knows nothing of the real one."""

import asyncio
import html
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry

from bot.channel import Receipt, Unstored
from bot.channels.local import LocalChannel
from bot.channels.local_store import Person, Room
from bot.channels.local_words import Words, words
from bot.web import Web
from config.texts import Texts
from domain.chat import (
    Action,
    Address,
    Attachment,
    Button,
    Edited,
    Html,
    Incoming,
    Keyboard,
    Left,
    Message,
    Opened,
    Outgoing,
    Pressed,
    Said,
)

PEOPLE = (
    Person("musterstadt", "Musterstadt"),
    Person("musterdorf", "Musterdorf"),
    Person("musterau", "Musterau"),
    Person("musterberg", "Musterberg"),
    Person("musterfurt", "Musterfurt", "en"),
    Person("koordination", "Koordination", role="coordination"),
    Person("neustadt", "Neustadt (Gast)", role="newcomer", opened=False),
)
ROOMS = (Room("runde", "Runde Musterregion", tuple(person.id for person in PEOPLE[:6])),)

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300" font-family="sans-serif" font-size="20">'
    b'<rect width="600" height="300" fill="#fff"/><rect x="180" y="40" width="360" height="44" fill="#0e5a5a"/>'
    b'<rect x="180" y="124" width="210" height="44" fill="#0e5a5a"/><rect x="180" y="208" width="90" height="44" '
    b'fill="#0e5a5a"/><text x="20" y="70">Sprachcaf\xc3\xa9s</text><text x="20" y="154">Wohnen</text>'
    b'<text x="20" y="238">Vereine</text></svg>'
)


@cache
def our_words() -> Words:
    """The words of the page, read once."""
    return words(Texts.load())


def keyboard(*rows: tuple[str, ...]) -> Keyboard:
    return tuple(tuple(Button(label, Action("echo", (label,)), label.lower()) for label in row) for row in rows)


@dataclass
class Card:
    """A topic card as the echo knows it: who supports it, how many comments it has."""

    row: int
    title: str
    supporters: set[str] = field(default_factory=set)
    comments: int = 0

    def content(self) -> Message:
        text = (
            f"<b>{html.escape(self.title)}</b>\nvorgeschlagen von Musterstadt\n\n"
            f"{len(self.supporters)} Unterstützende · {self.comments} Kommentare"
        )
        return Message(Html(text), keyboard(("Unterstützen", "Kann beitragen"), ("Kommentieren",)))


class Echo:
    """Receives like the core: sends only after it has returned, edits cards in place, keeps rows."""

    def __init__(self) -> None:
        self.arrivals: list[Incoming] = []
        self.busy = False
        self.channel: LocalChannel
        self._row = 0
        self._cards: dict[str, Card] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def receive(self, arrival: Incoming) -> Receipt:
        if self.busy:
            raise Unstored
        self.arrivals.append(arrival)
        match arrival:
            case Pressed():
                return self._pressed(arrival)
            case Opened(payload=payload):
                self._answer(arrival, f"Willkommen beim Themenboten.{f' Code: {payload}' if payload else ''}")
            case Said(reply_to=answered) if answered in self._cards:
                card = self._cards[answered]
                card.comments += 1
                self._send(arrival.address, card.content(), answered)
            case Said():
                self._said(arrival)
            case Edited(text=text):
                self._answer(arrival, f"Geändert zu: {html.escape(text)}")
            case Left():
                pass
        return Receipt()

    async def settled(self) -> None:
        """Wait until everything begun has been sent."""
        await asyncio.gather(*self._tasks)

    def _said(self, said: Said) -> None:
        word, _, rest = said.text.partition(" ")
        if word == "thema":
            self._send(said.address, Card(0, rest).content(), card=rest)
        elif word == "bild":
            alt = "Balken: Sprachcafés 12, Wohnen 7, Vereine 3."
            self._answer(said, "<b>So steht es gerade</b>", Attachment("stand.svg", "image/svg+xml", "x", (), alt))
        elif word == "datei":
            self._answer(said, "Ihr Termin als Kalenderdatei.", Attachment("termin.ics", "text/calendar", "x"))
        elif word == "link":
            self._answer(said, f'<a href="{self.channel.link("EINLADUNG")}">Zum Beitreten hier öffnen</a>')
        elif word == "viele":
            for number in range(int(rest)):
                self._answer(said, f"Nachricht {number + 1}")
        elif word == "rufe":
            self._send(Address("local", "runde", private=False), Message(Html(html.escape(rest))))
        elif word == "oft":
            self._send(said.address, Message(Html("Womit beginnen?"), keyboard(("Zur Liste",))))
        elif said.address.private or word == "echo":
            self._answer(said, html.escape(said.text))

    def _pressed(self, pressed: Pressed) -> Receipt:
        card = self._cards.get(pressed.message)
        if card is None:
            return Receipt("Hier geht es weiter.", self.channel.link("liste"))
        if pressed.row != card.row or pressed.index != 0:
            return Receipt("Diese Karte ist nicht mehr aktuell." if pressed.row != card.row else "Notiert.")
        card.supporters ^= {pressed.sender.id}
        self._send(pressed.address, card.content(), pressed.message)
        return Receipt(
            "Sie unterstützen dieses Thema."
            if pressed.sender.id in card.supporters
            else "Sie unterstützen dieses Thema nicht mehr."
        )

    def _answer(self, arrival: Incoming, text: str, attachment: Attachment | None = None) -> None:
        self._send(arrival.address, Message(Html(text), (), attachment))

    def _send(self, to: Address, content: Message, replaces: str | None = None, card: str = "") -> None:
        self._row += 1
        previous = [*self._tasks]
        task = asyncio.create_task(self._deliver(previous, self._row, Outgoing(to=to, content=content), replaces, card))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(
        self, previous: list[asyncio.Task[None]], row: int, message: Outgoing, replaces: str | None, card: str
    ) -> None:
        await asyncio.gather(*previous)
        place = await self.channel.send(message, str(row), replaces)
        if card:
            self._cards[place] = Card(row, card)
        elif place in self._cards:
            self._cards[place].row = row


class Serving:
    """The page on a free port with an echo behind it; can be stopped and started again like the real process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._port = 0
        self.echo = Echo()
        self.url = ""

    async def start(self) -> None:
        async def draw(attachment: Attachment) -> bytes:
            return PICTURE if attachment.picture else b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

        async def healthy() -> list[str]:
            return []

        async def briefly(_seconds: float) -> None:
            await asyncio.sleep(0.05)

        self.channel = LocalChannel(
            self._path,
            PEOPLE,
            ROOMS,
            draw=draw,
            words=our_words(),
            address=lambda: self.web.url,
            sleep=briefly,
        )
        self.echo.channel = self.channel
        self.web = Web("127.0.0.1", self._port, health=healthy, metrics=CollectorRegistry())
        self.web.add_routes(self.channel.routes())
        await self.channel.open()
        await self.web.start()
        self._port = self.web.port
        self.url = self.web.url
        self._listening = asyncio.create_task(self.channel.listen(self.echo.receive))

    async def stop(self) -> None:
        await self.echo.settled()
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        await self.channel.close()
        await self.web.stop()
