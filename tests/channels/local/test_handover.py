"""What people do reaches the assistant once, in order, and not before it can be kept there."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Receipt, Unstored
from domain.chat import Edited, Incoming, Left, Opened, Said
from tests.channels.local.running import Seat, eventually, message, running


def said(seat: Seat) -> list[str]:
    return [arrival.text for arrival in seat.arrivals if isinstance(arrival, Said)]


class Gate(Seat):
    """Takes arrivals only while it is open."""

    def __init__(self, *chats: str) -> None:
        super().__init__()
        self.begun: list[Incoming] = []
        self.closed = {chat: asyncio.Event() for chat in chats}

    async def receive(self, arrival: Incoming) -> Receipt:
        self.begun.append(arrival)
        if gate := self.closed.get(arrival.address.chat):
            await gate.wait()
        return await super().receive(arrival)


class Refusing(Seat):
    """Cannot store the first few arrivals it is offered."""

    def __init__(self, times: int, error: type[Exception] = Unstored) -> None:
        super().__init__()
        self.offered: list[str] = []
        self._times = times
        self._error = error

    async def receive(self, arrival: Incoming) -> Receipt:
        self.offered.append(arrival.id)
        if len(self.offered) <= self._times:
            raise self._error
        return await super().receive(arrival)


async def test_a_message_is_shown_before_the_assistant_has_it(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab, other = await page.tab(), await page.tab()
        await tab.act("say", "musterstadt", "runde", text="Guten Morgen")
        shown = (await other.until("message"))["message"]
        assert (shown["text"], shown["author"], shown["waiting"]) == ("Guten Morgen", "musterstadt", True)
        seat = Seat()
        page.listen(seat.receive)
        taken = (await other.until("message"))["message"]
        assert (taken["id"], taken["waiting"]) == (shown["id"], False)
        assert taken["rev"] > shown["rev"]


async def test_what_came_while_nobody_listened_is_handed_over_in_order(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        tab = await page.tab()
        for number in range(20):
            await tab.act("say", "musterstadt", "musterstadt", text=str(number))
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        await eventually(lambda: len(seat.arrivals) == 20)
    assert said(seat) == [str(number) for number in range(20)]


async def test_what_was_not_taken_comes_again_after_a_restart_and_what_was_does_not(tmp_path: Path) -> None:
    gate = Gate("runde")
    async with running(tmp_path) as page:
        page.listen(gate.receive)
        tab = await page.tab()
        await tab.act("say", "musterstadt", "musterstadt", text="genommen")
        await tab.until("receipt")
        await tab.act("say", "musterstadt", "runde", text="unterwegs")
        await eventually(lambda: len(gate.begun) == 2)
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        await eventually(lambda: seat.arrivals)
    assert said(gate) == ["genommen"]
    assert seat.arrivals == [gate.begun[1]], "the same arrival with the same id"


async def test_arrival_ids_are_not_repeated_when_the_file_is_made_anew(tmp_path: Path) -> None:
    seat = Seat()
    for _ in range(2):
        async with running(tmp_path) as page:
            page.listen(seat.receive)
            tab = await page.tab()
            client = await tab.act("say", "musterstadt", "musterstadt", text="Hallo")
            await tab.until("receipt", client=client)
        (tmp_path / "local-page.db").unlink()
    first, second = seat.arrivals
    assert int(second.id) > int(first.id)


async def test_chats_do_not_wait_for_each_other_but_arrivals_of_one_chat_do(tmp_path: Path) -> None:
    gate = Gate("runde")
    async with running(tmp_path) as page:
        page.listen(gate.receive)
        tab = await page.tab()
        for text in ("erste", "zweite"):
            await tab.act("say", "musterstadt", "runde", text=text)
        for person in ("musterstadt", "musterdorf"):
            await tab.act("say", person, person, text=person)
        await eventually(lambda: said(gate) == ["musterstadt", "musterdorf"])
        assert [arrival.text for arrival in gate.begun if isinstance(arrival, Said)].count("zweite") == 0
        gate.closed["runde"].set()
        await eventually(lambda: said(gate)[2:] == ["erste", "zweite"])


@pytest.mark.parametrize("error", [Unstored, ValueError])
async def test_what_cannot_be_stored_is_kept_and_tried_with_growing_pauses(
    tmp_path: Path, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    seat = Refusing(6, error)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    async with running(tmp_path, sleep=sleep) as page:
        tab = await page.tab()
        page.listen(seat.receive)
        await tab.act("say", "musterstadt", "musterstadt", text="geheim")
        await tab.until("receipt")
    assert pauses == [1, 2, 4, 8, 15, 15]
    assert len(set(seat.offered)) == 1
    assert said(seat) == ["geheim"]
    delayed = [frame["delayed"] for frame in tab.heard if frame["type"] == "delayed"]
    assert delayed[0] is True
    assert [record for record in caplog.records if "geheim" in record.getMessage()] == []
    assert bool(caplog.records) is (error is ValueError)


async def test_a_page_opened_meanwhile_learns_what_is_delayed(tmp_path: Path) -> None:
    released = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await released.wait()

    async with running(tmp_path, sleep=sleep) as page:
        page.listen(Refusing(1).receive)
        tab = await page.tab()
        await tab.act("say", "musterstadt", "runde", text="Hallo")
        await tab.until("delayed", chat="runde", delayed=True)
        await tab.ask("hello")
        assert (await tab.until("snapshot"))["delayed"] == ["runde"]
        released.set()
        await tab.until("delayed", chat="runde", delayed=False)


async def test_the_same_deed_again_is_done_once(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        card = await page.channel.send(message("Karte", "Ja"), "9", None)
        tab = await page.tab()
        deeds: dict[str, dict[str, Any]] = {
            "say": {"text": "einmal"},
            "press": {"message": card, "token": "9", "index": 0},
            "open": {"payload": "AB"},
        }
        for name, values in deeds.items():
            await tab.act(name, "musterstadt", "musterstadt", client=f"the-{name}", **values)
            await tab.until("receipt", client=f"the-{name}")
        for name, values in deeds.items():
            await tab.act(name, "musterstadt", "musterstadt", client=f"the-{name}", **values)
            assert tab.heard[-2]["type"] == "receipt", "who repeats learns that it was taken"
        await tab.ask("hello")
        snapshot = await tab.until("snapshot")
    assert len(seat.arrivals) == 3
    assert [one["kind"] for one in snapshot["messages"]] == ["text", "text", "opened"]


async def test_the_notice_goes_to_the_person_who_pressed(tmp_path: Path) -> None:
    seat = Seat(Receipt("Sie unterstützen das Thema.", "http://127.0.0.1/?start=x"))
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        card = await page.channel.send(message("Karte", "Ja"), "9", None)
        tab = await page.tab()
        client = await tab.act("press", "musterstadt", "musterstadt", message=card, token="9", index=0)
        receipt = await tab.until("receipt")
    assert receipt == {
        "type": "receipt",
        "chat": "musterstadt",
        "person": "musterstadt",
        "client": client,
        "notice": "Sie unterstützen das Thema.",
        "link": "http://127.0.0.1/?start=x",
    }


def contents(folder: Path) -> bytes:
    """The file while it is in use, with free pages and whatever lies beside it."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_an_arrival_carried_is_forgotten_once_it_is_taken(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        page.listen(Seat().receive)
        tab = await page.tab()
        client = await tab.act("open", "neustadt", "neustadt", payload="EINLADUNG-7")
        await tab.until("receipt", client=client)
        ballot = await page.channel.send(message("Stimmzettel", "Wohnen", "Schule"), "9", None)
        client = await tab.act("press", "musterstadt", "musterstadt", message=ballot, token="9", index=1)
        await tab.until("receipt", client=client)
        await page.channel.send(message("Gewählt: Schule", "Wohnen", "Schule"), "10", ballot)
        await page.channel.send(message("Beendet."), "11", ballot)
        everything = contents(tmp_path)
    assert b"Beendet." in everything
    assert not [word for word in (b"EINLADUNG", b'"index"', b"Schule") if word in everything]


async def test_leaving_and_coming_back(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        tab = await page.tab()
        await tab.act("leave", "musterdorf", "runde")
        await tab.ask("say", person="musterdorf", chat="runde", client="x", text="noch da")
        await tab.until("error", code="absent", client="x")
        for _ in range(2):
            await tab.act("join", "musterdorf", "runde")
        client = await tab.act("say", "musterdorf", "runde", text="wieder da")
        await tab.until("receipt", client=client)
    kinds = [frame["message"]["kind"] for frame in tab.heard if frame["type"] == "message" and frame["client"]]
    assert kinds == ["left", "joined", "text"]
    assert [type(arrival) for arrival in seat.arrivals] == [Left, Said]


async def test_who_is_no_longer_in_the_cast_is_still_heard(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("say", "musterdorf", "runde", text="Bis bald")
        own = tab.heard[0]["message"]["id"]
        await tab.act("edit", "musterdorf", "runde", message=own, text="Bis bald!")
        await page.channel._store.run(lambda file: file.execute("UPDATE people SET seat = NULL").rowcount)
        page.listen(seat.receive)
        await eventually(lambda: len(seat.arrivals) == 2)
    assert [type(arrival) for arrival in seat.arrivals] == [Said, Edited]
    assert {arrival.sender.name for arrival in seat.arrivals} == {"Musterdorf"}


async def test_a_newcomer_opens_the_chat_first(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        tab = await page.tab()
        await tab.ask("say", person="neustadt", chat="neustadt", client="x", text="Hallo")
        await tab.until("error", code="absent", client="x")
        client = await tab.act("open", "neustadt", "neustadt")
        await tab.until("receipt", client=client)
        assert await page.channel.send(message(to=seat.arrivals[0].address), "1", None)
    assert isinstance(seat.arrivals[0], Opened)
