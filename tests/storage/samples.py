"""Short ways to the rows most tests start from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.chat import Action, Address, Attachment, Button, Html, Message, Outgoing, Urgency
from domain.people import Member, Purpose, Role, Room
from domain.topics import State, Topic
from storage import outbox, people, rooms, topics
from storage.database import Transaction

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LEASE = timedelta(minutes=1)
CHAT = Address("local", "rathaus", private=False)
DIRECT = Address("local", "koordination", private=True)
BUTTON = Button("Unterstützen", Action("topics.support", (3, "x")), "dafür")
PICTURE = Attachment("qr.png", "image/png", "qr", ("code", 2), alt="Ein QR-Code")


def outgoing(
    text: str = "Guten Tag", to: Address = CHAT, *, keyboard: tuple[tuple[Button, ...], ...] = (), replaces: int = 0
) -> Outgoing:
    return Outgoing(to=to, content=Message(Html(text), keyboard), replaces=replaces)


def queue(db: Transaction, message: Outgoing) -> int:
    row = outbox.add_outgoing(db, message, NOW)
    assert row is not None
    return row


def sent(db: Transaction, message: Outgoing, shown_as: str) -> int:
    """A message that stands in its chat as ``shown_as``."""
    row = queue(db, message)
    assert [claimed.id for claimed in claim(db, message.to.channel)] == [row]
    outbox.settle_sent(db, [(row, shown_as)], NOW)
    return row


def claim(
    db: Transaction,
    channel: str = "local",
    *,
    holder: str = "process:1",
    now: datetime = NOW,
    most: int = 10,
    urgency: Urgency = Urgency.ANNOUNCEMENT,
) -> list[outbox.Claimed]:
    return outbox.claim(db, channel, holder, now, LEASE, most, urgency)


def urgent(message: Outgoing, urgency: Urgency) -> Outgoing:
    return replace(message, urgency=urgency)


def member(db: Transaction, name: str = "Musterstadt", role: Role = Role.PARTICIPANT) -> Member:
    return people.add_member(db, name, role, "de", NOW)


def topic(
    db: Transaction, author: Member, question: str = "Wie gelingt Ankommen?", state: State = State.PROPOSED
) -> Topic:
    return topics.add_topic(db, question, "", author.id, state, NOW, anonymous=False)


def room(db: Transaction, chat: str = "rathaus") -> Room:
    return rooms.connect_room(db, "local", chat, "Gruppe Nord", "de", Purpose.PROGRAMME, None)
