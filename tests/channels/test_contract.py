"""What every messenger has to do for us, whatever it is: the port's promises, kept on each stage."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app import App, ended
from bot.channel import Channel, Receipt, SendError, Unstored
from bot.metrics import Metrics
from domain.chat import (
    Action,
    Address,
    Attachment,
    Button,
    Html,
    Incoming,
    Left,
    Message,
    Opened,
    Outgoing,
    Pressed,
    Said,
)
from domain.delivery import Failure
from domain.people import Purpose, Role
from tests.transcripts.dialogue import Cast, Chat, Person, Room
from tests.transcripts.local_stage import LocalStage
from tests.transcripts.memory_stage import MemoryStage
from tests.transcripts.stage import Seats, Seen, Stage
from tests.transcripts.telegram_stage import TelegramStage
from tests.world import Calendar, texts

STAGES: dict[str, Callable[[Calendar, Path], Stage]] = {
    "memory": lambda calendar, _: MemoryStage(calendar.now),
    "local": lambda calendar, folder: LocalStage(folder, texts(), calendar.now),
    "telegram": lambda calendar, _: TelegramStage(calendar.now),
    "forum": lambda calendar, _: TelegramStage(calendar.now, forum=True),
}
TOWN, ROOM = "Musterstadt", Chat("Runde", room=True)
CAST = Cast(
    people=(Person(TOWN, Role.PARTICIPANT, shown=TOWN), Person("Neustadt", Role.GUEST, shown="Neustadt")),
    rooms=(Room(ROOM.name, (TOWN,), Purpose.PROGRAMME),),
)
KEYS = (
    (Button("Ja", Action("x"), "ja"), Button("Nein", Action("y"), "nein")),
    (Button("Vielleicht", Action("z"), "vielleicht"),),
)
PATIENCE = 30.0
"""Seconds after which what should have happened will not."""


class Process(App):
    """A process that does nothing but listen; what ``receive`` makes of an arrival is the test's."""

    def __init__(self, channel: Channel, receive: Callable[[Incoming], Receipt]) -> None:
        self.metrics = Metrics()
        self._channel = channel
        self._take = receive

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open, listen, close."""
        await self._channel.open()
        listening = asyncio.create_task(self._channel.listen(self._receive))
        try:
            yield
        finally:
            await ended(listening)
            await self._channel.close()

    async def _receive(self, incoming: Incoming) -> Receipt:
        return self._take(incoming)

    async def troubles(self) -> list[str]:
        """None of its own."""
        return []


@dataclass
class Port:
    """One messenger with its people, and the channel of the process that runs now.

    ``stored`` is what was taken, ``offered`` every attempt; ``refusals`` is how many more cannot be taken.
    """

    stage: Stage
    seats: Seats
    stored: list[Incoming] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    refusals: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Channel]:
        channel = self.stage.channel()
        async with self.stage.running(Process(channel, self._receive)):
            yield channel

    def _receive(self, incoming: Incoming) -> Receipt:
        self.offered.append(incoming.id)
        if self.refusals:
            self.refusals -= 1
            raise Unstored
        self.stored.append(incoming)
        return Receipt()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
                await asyncio.sleep(0.005)

    async def took(self, count: int) -> list[Incoming]:
        await self.until(lambda: len(self.stored) >= count)
        await self.stage.taken(lambda id_: id_ in [arrival.id for arrival in self.stored])
        return self.stored

    async def seen(self) -> list[Seen]:
        """All that was shown, oldest first."""
        await self.stage.arrived()
        return [event for event in self.stage.events if isinstance(event, Seen)]

    def direct(self, channel: Channel, person: str = TOWN) -> Address:
        return Address(channel.name, self.seats.people[person].chat, private=True)

    def room(self, channel: Channel) -> Address:
        return Address(channel.name, self.seats.rooms[ROOM.name], private=False)


@pytest.fixture(params=STAGES)
async def port(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Port]:
    stage = STAGES[request.param](Calendar(), tmp_path)
    yield Port(stage, await stage.set_up(CAST))
    await stage.close()


async def test_messages_arrive_once_in_order_and_say_whose_they_are(port: Port) -> None:
    async with port.running() as channel:
        for text in ("eins", "zwei", "drei"):
            await port.stage.say(TOWN, Chat(TOWN), text)
        arrivals = await port.took(3)
        address = port.direct(channel)
    assert [arrival.text for arrival in arrivals if isinstance(arrival, Said)] == ["eins", "zwei", "drei"]
    assert {arrival.address for arrival in arrivals} == {address}
    assert {(arrival.sender.id, arrival.sender.name) for arrival in arrivals} == {(port.seats.people[TOWN].user, TOWN)}
    assert len({arrival.id for arrival in arrivals}) == len(port.offered) == 3
    assert all(arrival.at.tzinfo for arrival in arrivals)


async def test_a_room_is_not_private(port: Port) -> None:
    async with port.running() as channel:
        await port.stage.say(TOWN, ROOM, "/themen")
        (arrival,) = await port.took(1)
        assert arrival.address == port.room(channel)


async def test_what_cannot_be_stored_is_offered_again_and_nothing_overtakes_it(port: Port) -> None:
    port.refusals = 2
    async with port.running():
        for text in ("eins", "zwei"):
            await port.stage.say(TOWN, Chat(TOWN), text)
        first, second = await port.took(2)
    assert port.offered == [first.id] * 3 + [second.id]


async def test_what_was_not_stored_comes_again_after_a_restart_and_what_was_does_not(port: Port) -> None:
    async with port.running():
        await port.stage.say(TOWN, Chat(TOWN), "gespeichert")
        await port.took(1)
        port.refusals = 1_000_000
        saying = asyncio.create_task(port.stage.say(TOWN, Chat(TOWN), "nicht gespeichert"))
        await port.until(lambda: len(port.offered) > 1)
        saying.cancel()
        with suppress(asyncio.CancelledError):
            await saying
    port.refusals = 0
    async with port.running():
        await port.until(lambda: len(port.stored) > 1)
    assert [arrival.text for arrival in port.stored if isinstance(arrival, Said)] == [
        "gespeichert",
        "nicht gespeichert",
    ]
    assert port.offered.count(port.stored[0].id) == 1
    assert set(port.offered[1:]) == {port.stored[1].id}


async def test_opening_carries_the_code_and_leaving_is_told(port: Port) -> None:
    async with port.running() as channel:
        await port.stage.open("Neustadt", "K7-x_2")
        await port.took(1)
        await port.stage.leave("Neustadt", Chat("Neustadt"))
        opened, left = await port.took(2)
        address = port.direct(channel, "Neustadt")
    assert isinstance(opened, Opened)
    assert (opened.payload, opened.address) == ("K7-x_2", address)
    assert isinstance(left, Left)
    assert left.address == address


async def test_a_message_is_shown_with_its_buttons_and_a_press_names_one(port: Port) -> None:
    async with port.running() as channel:
        card = Outgoing(to=port.direct(channel), content=Message(Html("<b>A</b> &amp; B"), KEYS))
        shown = await channel.send(card, "4711", None)
        (seen,) = await port.seen()
        assert (seen.text, seen.labels, seen.edited) == ("A & B", ["Ja", "Nein", "Vielleicht"], False)
        await port.stage.press(TOWN, seen, 2)
        (press,) = await port.took(1)
        await port.stage.arrived()
    assert isinstance(press, Pressed)
    assert (press.index, press.row, press.message) == (2, 4711, shown)


async def test_an_edit_changes_the_message_where_it_stands(port: Port) -> None:
    async with port.running() as channel:
        room = port.room(channel)
        shown = await channel.send(Outgoing(to=room, content=Message(Html("Alt"), KEYS)), "1", None)
        await channel.send(Outgoing(to=room, content=Message(Html("Neu"))), "2", shown)
        before, after = await port.seen()
    assert (before.text, before.message, before.edited) == ("Alt", shown, False)
    assert (after.text, after.message, after.edited, after.labels) == ("Neu", shown, True, [])


async def test_the_same_token_again_shows_nothing_where_the_channel_says_so(port: Port) -> None:
    async with port.running() as channel:
        message = Outgoing(to=port.direct(channel), content=Message(Html("Hallo")))
        for _ in range(2):
            await channel.send(message, "1", None)
        assert len(await port.seen()) == (1 if channel.resend_safe else 2)


async def test_a_text_as_long_as_the_limits_permit_is_one_message(port: Port) -> None:
    async with port.running() as channel:
        text = "ä" * channel.limits.text
        await channel.send(Outgoing(to=port.direct(channel), content=Message(Html(text))), "1", None)
        (seen,) = await port.seen()
    assert seen.text == text


PICTURE = Attachment("einladung.png", "image/png", "qr", ("https://example.org/K7",), "QR-Code zum Beitreten")
FILE = Attachment("notiz.txt", "text/plain", "text", ("Notiz",))


async def test_a_picture_is_drawn_and_has_its_words(port: Port) -> None:
    async with port.running() as channel:
        message = Outgoing(to=port.direct(channel), content=Message(Html("Einladung"), attachment=PICTURE))
        await channel.send(message, "1", None)
        (seen,) = await port.seen()
    assert (seen.text, seen.picture) == ("Einladung", "QR-Code zum Beitreten")


@pytest.mark.parametrize("attached", [PICTURE, FILE], ids=["picture", "file"])
async def test_words_change_while_a_picture_or_file_stays_and_both_go(port: Port, attached: Attachment) -> None:
    async with port.running() as channel:
        room = port.room(channel)
        shown = await channel.send(Outgoing(to=room, content=Message(Html("Alt"), KEYS, attached)), "1", None)
        for token, content in (("2", Message(Html("Neu"), KEYS, attached.kept())), ("3", Message(Html("Weg")))):
            for _ in range(2):
                assert await channel.send(Outgoing(to=room, content=content), token, shown) == shown
        seen = await port.seen()
    before, after, gone = seen[0], seen[1], seen[-1]
    assert {one.message for one in seen} == {shown}
    assert (before.text, after.text, gone.text) == ("Alt", "Neu", "Weg")
    assert (after.picture, after.file, after.labels) == (before.picture, before.file, before.labels)
    assert (bool(before.picture), bool(before.file)) == (attached is PICTURE, attached is FILE)
    assert (gone.picture, gone.file, gone.labels) == ("", "", [])


async def test_a_chat_that_was_closed_is_gone_until_it_is_opened_again(port: Port) -> None:
    async with port.running() as channel:
        message = Outgoing(to=port.direct(channel), content=Message(Html("Hallo")))
        await port.stage.leave(TOWN, Chat(TOWN))
        await port.took(1)
        with pytest.raises(SendError) as refused:
            await channel.send(message, "1", None)
        assert refused.value.failure is Failure.GONE
        await port.stage.open(TOWN, "")
        await port.took(2)
        await channel.send(message, "2", None)
        assert [seen.text for seen in await port.seen()] == ["Hallo"]


async def test_what_a_channel_says_of_itself(port: Port) -> None:
    unused = port.stage.channel()
    await unused.close()
    async with port.running() as channel:
        await port.until(lambda: channel.health() == "")
        assert channel.name
        assert channel.kind in ("local", "matrix", "telegram")
        assert min(channel.limits.text, channel.limits.caption, channel.limits.label) > 0
        link = channel.link("K7-x_2")
        assert not link or "K7-x_2" in link
    await channel.close()
