"""The messenger in memory keeps what real ones promise, and fails as they do."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.channel import Receipt, SendError, Unstored
from domain.chat import Action, Address, Attachment, Button, Html, Incoming, Message, Outgoing, Said, Sender
from domain.delivery import Failure
from tests.memory import Fault, MemoryChannel, Server

CHAT = Address("memory", "one", private=True)
OTHER = Address("memory", "two", private=True)
NOW = datetime(2026, 9, 7, 7, tzinfo=UTC)


def said(id_: str, text: str = "Hallo", address: Address = CHAT) -> Said:
    return Said(id=id_, at=NOW, sender=Sender("musterstadt", "Musterstadt"), address=address, message=id_, text=text)


def message(text: str = "Guten Tag", *labels: str, to: Address = CHAT) -> Outgoing:
    return Outgoing(to=to, content=Message(Html(text), (tuple(Button(one, Action("a"), one) for one in labels),)))


async def failure(channel: MemoryChannel, token: str = "1", to: Address = CHAT) -> SendError:
    with pytest.raises(SendError) as raised:
        await channel.send(message(to=to), token, None)
    return raised.value


async def test_messages_are_shown_and_changed() -> None:
    server = Server()
    channel = MemoryChannel(server)
    first = await channel.send(message("eins"), "1", None)
    await channel.send(message("zwei"), "2", None)
    assert await channel.send(message("drei"), "3", first) == first
    assert [posted.content.text for posted in server.shown("one")] == ["drei", "zwei"]
    assert [posted.edited for posted in server.posted] == [False, False, True]


@pytest.mark.parametrize(("safe", "shown"), [(True, 1), (False, 2)])
async def test_the_same_token_again(*, safe: bool, shown: int) -> None:
    server = Server(resend_safe=safe)
    channel = MemoryChannel(server)
    assert channel.resend_safe is safe
    for _ in range(2):
        await channel.send(message(), "1", None)
    assert len(server.shown("one")) == shown


async def test_it_can_be_too_fast_lost_slow_shut_and_down() -> None:
    server = Server()
    channel = MemoryChannel(server)
    server.throttle(1.5, "one", everywhere=True)
    error = await failure(channel)
    assert (error.failure, error.retry_after, error.everywhere) == (Failure.THROTTLED, 1.5, True)
    server.lose_answers("one")
    assert (await failure(channel)).failure is Failure.UNCERTAIN
    assert len(server.shown("one")) == 1
    server.shut("one")
    assert (await failure(channel, "2")).failure is Failure.GONE
    server.reopen("one")
    server.down = True
    assert (await failure(channel, "2", OTHER)).failure is Failure.UNREACHABLE
    server.down = False
    server.go_wrong(Fault(delay=0.05))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(channel.send(message(), "2", None), 0.01)
    await channel.send(message(), "2", None)
    assert server.calls == 6


REFUSED = [
    message(""),
    message("<b>offen"),
    message("x" * 4097),
    message("\U0001f600" * 2049),
    message("Ja?", "x" * 65),
    message("Ja?", ""),
]


@pytest.mark.parametrize("outgoing", REFUSED)
async def test_what_messengers_refuse_is_refused(outgoing: Outgoing) -> None:
    server = Server()
    with pytest.raises(SendError) as raised:
        await MemoryChannel(server).send(outgoing, "1", None)
    assert raised.value.failure is Failure.REJECTED
    await MemoryChannel(server, strict=False).send(outgoing, "1", None)


async def test_attachments_are_drawn() -> None:
    async def draw(attachment: Attachment) -> bytes:
        return attachment.draw.encode()

    server = Server()
    content = Message(Html(""), attachment=Attachment("code.png", "image/png", "qr", ("x",), "Ein Code"))
    await MemoryChannel(server, draw=draw).send(Outgoing(to=CHAT, content=content), "1", None)
    assert server.posted[0].file == b"qr"


class Desk:
    """Takes arrivals; ``before`` is called with each and may refuse it."""

    def __init__(self, before: Callable[[Incoming], None] = lambda _: None) -> None:
        self.taken: list[str] = []
        self._before = before

    async def receive(self, incoming: Incoming) -> Receipt:
        await asyncio.sleep(0)
        self._before(incoming)
        self.taken.append(incoming.id)
        return Receipt(f"Danke für {incoming.id}")


async def test_what_was_not_taken_is_offered_to_the_next_process() -> None:
    server = Server()
    first = asyncio.create_task(MemoryChannel(server).listen(_never))
    receipt = server.offer(said("1"))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert server.untaken == 1
    desk = Desk()
    second = asyncio.create_task(MemoryChannel(server).listen(desk.receive))
    assert await receipt == Receipt("Danke für 1")
    assert (desk.taken, server.untaken) == (["1"], 0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)


async def _never(_: Incoming) -> Receipt:
    await asyncio.Event().wait()
    return Receipt()


async def test_order_within_a_chat_outlives_a_database_that_is_away() -> None:
    refusals = iter([True, True])

    def away(incoming: Incoming) -> None:
        if incoming.address == CHAT and next(refusals, False):
            raise Unstored

    desk = Desk(away)
    server = Server()
    listening = asyncio.create_task(MemoryChannel(server).listen(desk.receive))
    receipts = [server.offer(said("1")), server.offer(said("2")), server.offer(said("3", address=OTHER))]
    await asyncio.gather(*receipts)
    assert desk.taken == ["3", "1", "2"]
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
