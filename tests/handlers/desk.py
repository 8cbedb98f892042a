"""One programme in one process: arrivals go straight through the router, over a real database, with the real texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from config.texts import Texts
from domain.chat import Address, Incoming, Message, Moved, Opened, Outgoing, Pressed, Removed, Said, Sender, Urgency
from domain.markup import plain
from domain.people import Member, Role, Room
from domain.refusal import Refused
from handlers.catalogue import catalogue
from handlers.context import Here, Messenger, Policy
from handlers.routing import Router, Routes
from storage import outbox, people, rooms
from storage.database import Database, Transaction

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ROOM = "Marktplatz"
PAGE, TELEGRAM, MATRIX = "page", "telegram", "matrix"
T = TypeVar("T")


@cache
def texts() -> Texts:
    return Texts.load()


MATRIX_ADDRESS = "https://matrix.to/#/@themenbote:matrix.example"


def messengers(*kinds: str) -> dict[str, Messenger]:
    """Channels that are called as their kind, the local one as ``page``."""
    names = {(PAGE if kind == "local" else kind): kind for kind in kinds}
    return {name: Messenger(name, kind, notices=kind != "matrix", link=_link(kind)) for name, kind in names.items()}


def _link(kind: str) -> Callable[[str], str]:
    if kind == "matrix":
        return lambda payload: "" if payload else MATRIX_ADDRESS
    return lambda payload: f"https://{kind}.example/?start={payload}"


@dataclass(frozen=True)
class Answer:
    """What one arrival led to: all messages that went out, to whomever, and the notice on the press."""

    messages: tuple[Outgoing, ...]
    notice: str = ""

    @property
    def text(self) -> str:
        """All that was said, notice first, as people read it."""
        return "\n".join(filter(None, [self.notice, *(plain(message.content.text) for message in self.messages)]))

    @property
    def html(self) -> str:
        return "\n".join(message.content.text for message in self.messages)

    @property
    def labels(self) -> list[str]:
        return [button.label for message in self.messages for button in message.content.buttons]

    def to(self, chat: str) -> str:
        """What one chat got to read."""
        return "\n".join(plain(message.content.text) for message in self.messages if message.to.chat == chat)


class Desk:
    """Says and presses things on behalf of people. ``who`` is the name on the messenger, and the account's id too."""

    def __init__(self, database: Database, policy: Policy | None = None, routes: Routes | None = None) -> None:
        self.database = database
        self.policy = policy or Policy(programme="Musterprogramm")
        self.router = Router(routes or catalogue())
        self.messengers: Mapping[str, Messenger] = messengers("local")
        self.channel = PAGE
        self.now = NOON
        self.shown: dict[tuple[str, str], list[tuple[int, Message]]] = {}
        self._count = 0
        self._chance = Random(7)

    def member(self, name: str, role: Role = Role.PARTICIPANT, *, language: str = "de", group: str = "") -> Member:
        """Somebody who joined earlier and has a direct chat open."""
        kind = self.messengers[self.channel].kind
        with self.database.begin() as db:
            member = people.add_member(db, name, role, language, self.now)
            people.add_account(db, member.id, kind, name, self.channel, f"@{name}")
            if group:
                people.join_group(db, people.add_group(db, group).id, member.id)
        return member

    def say(self, who: str, text: str, *, room: str = "", reply_to: str = "", language: str = "") -> Answer:
        arrival = self._common(who, room, language)
        return self.arrive(Said(**arrival, message=f"said-{self._count}", text=text, reply_to=reply_to))

    def open(self, who: str, payload: str = "", *, language: str = "") -> Answer:
        return self.arrive(Opened(**self._common(who, "", language), payload=payload))

    def press(self, who: str, label: str, *, room: str = "") -> Answer:
        """Press the newest button of this label in the chat, also one that has been replaced since."""
        return self.arrive(self.pressing(who, label, room=room))

    def pressing(self, who: str, label: str, *, room: str = "") -> Pressed:
        """The press as it arrives."""
        chat = room or f"@{who}"
        for row, message in reversed(self.shown.get((self.channel, chat), [])):
            for index, button in enumerate(message.buttons):
                if button.label == label:
                    return Pressed(**self._common(who, room, ""), message=f"m{row}", index=index, row=row)
        raise LookupError(f"no button {label!r} in {chat}")

    def remove(self, who: str, room: str) -> Answer:
        """Somebody takes the assistant out of the room."""
        return self.arrive(Removed(**self._common(who, room, "")))

    def move(self, who: str, room: str, new: str) -> Answer:
        return self.arrive(Moved(**self._common(who, room, ""), chat=new))

    def arrive(self, incoming: Incoming) -> Answer:
        """As the inbox does it: one transaction, and another one to say why not."""
        try:
            return self._unit(incoming, self.router.handle)
        except Refused as error:
            refused = error
        return self._unit(incoming, lambda here: here.toast(refused.key, **refused.values))

    def read(self, look: Callable[[Transaction], T]) -> T:
        """Look into the database."""
        with self.database.begin() as db:
            return look(db)

    def find(self, name: str) -> Member | None:
        with self.database.begin() as db:
            return next((member for member in people.list_members(db) if member.name == name), None)

    def room(self, chat: str = ROOM) -> Room | None:
        with self.database.begin() as db:
            return rooms.find_room(db, self.channel, chat)

    def _common(self, who: str, room: str, language: str) -> dict[str, Any]:
        self._count += 1
        self.now += timedelta(seconds=1)
        address = Address(self.channel, room or f"@{who}", private=not room)
        return {"id": f"a{self._count}", "at": self.now, "sender": Sender(who, who, language), "address": address}

    def _unit(self, incoming: Incoming, handle: Callable[[Here], None]) -> Answer:
        with self.database.begin() as db:
            here = self._here(db, incoming)
            handle(here)
            for outgoing in here.outgoing:
                (outbox.refresh if outgoing.replaces else outbox.add_outgoing)(db, outgoing, self.now)
        return Answer(self._deliver(), here.notice)

    def _here(self, db: Transaction, incoming: Incoming) -> Here:
        address = incoming.address
        known = people.find_known(db, self.messengers[address.channel].kind, incoming.sender.id)
        return Here(
            db=db,
            now=self.now,
            incoming=incoming,
            speak=texts(),
            policy=self.policy,
            messengers=self.messengers,
            token=lambda length: "".join(self._chance.choice(LETTERS) for _ in range(length)),
            member=known.member if known else None,
            account=known.account if known else None,
            room=None if address.private else rooms.find_room(db, address.channel, address.chat),
        )

    def _deliver(self) -> tuple[Outgoing, ...]:
        """Every waiting row reaches its chat at once."""
        sent: list[tuple[int, Outgoing]] = []
        for channel in self.messengers:
            with self.database.begin() as db:
                while claimed := outbox.claim(
                    db, channel, "desk", self.now, timedelta(minutes=1), 100, Urgency.ANNOUNCEMENT
                ):
                    shown = [(row.id, f"m{row.message.replaces or row.id}") for row in claimed]
                    outbox.settle_sent(db, shown, self.now)
                    sent += [(row.id, row.message) for row in claimed]
        for row, message in sorted(sent, key=lambda one: one[0]):
            self.shown.setdefault((message.to.channel, message.to.chat), []).append((row, message.content))
        return tuple(message for _, message in sorted(sent, key=lambda one: one[0]))
