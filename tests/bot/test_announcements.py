"""Announcements through the running process: ended at the worst moment, nobody is left out and nobody is told twice."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channel import SendError
from bot.drawing import Drawer
from domain.chat import RECEIVED, Attachment, Html, Message, Outgoing, Urgency
from domain.delivery import Failure
from domain.people import Role
from handlers.catalogue import catalogue
from handlers.context import Policy
from storage import audit, outbox
from storage.database import Database
from tests.bot.house import PATIENCE, House, add_member, address
from tests.memory import Fault, MemoryChannel, Server

READERS = 8
OFFICE = "p0"


def staffed(database: Database, folder: Path, server: Server, policy: Policy | None = None) -> House:
    """A coordinator, and people who read."""
    add_member(database, OFFICE, "Koordination", Role.COORDINATOR)
    for number in range(1, READERS + 1):
        add_member(database, f"p{number}", f"Ort {number}")
    return House(database, folder, server=server, routes=catalogue(), policy=policy)


async def press(house: House, label: str) -> None:
    """The coordinator presses the newest button of this label."""
    await house.delivered()
    for posted in reversed(house.server.shown(OFFICE)):
        for index, button in enumerate(posted.content.buttons):
            if button.label == label:
                await house.app.inbox.receive(house.pressed(int(posted.token), index, OFFICE))
                return
    raise LookupError(label)


async def announce(house: House) -> None:
    await house.say("/ansage Der Raum hat sich geändert.", OFFICE)
    await press(house, "Senden …")
    await press(house, "Jetzt senden")


def told(house: House) -> Counter[str]:
    """How often each reader was shown the announcement."""
    posted = [one for one in house.server.posted if "Der Raum hat sich" in one.content.text and one.chat != OFFICE]
    return Counter(one.chat for one in posted)


async def reported(house: House, words: str = "ist zugestellt") -> str:
    """The report once it says so."""
    async with asyncio.timeout(PATIENCE):
        while True:
            house.pass_by(seconds=4)
            await house.app.perform_duties()
            await house.delivered()
            report = next(text for text in reversed(house.shown(OFFICE)) if "<b>Ansage 1" in text)
            if words in report:
                return report


@pytest.mark.parametrize("resend_safe", [True, False])
async def test_killed_while_sending(database: Database, tmp_path: Path, *, resend_safe: bool) -> None:
    server = Server(resend_safe=resend_safe)
    house = staffed(database, tmp_path, server)
    async with house.running():
        server.down = True
        # While the messenger is away everything is queued; then a process takes a row, shows it, and dies.
        await house.say("/ansage Der Raum hat sich geändert.", OFFICE)
        server.down = False
        await press(house, "Senden …")
        await house.delivered()
        server.go_wrong(Fault(SendError(Failure.UNREACHABLE, "down")), times=999)
        row = next(one for one in reversed(server.shown(OFFICE)) if "Soll die Ansage" in one.content.text)
        await house.app.inbox.receive(house.pressed(int(row.token), 0, OFFICE))
    with database.begin() as db:
        now = house.calendar.now() + timedelta(minutes=10)
        claimed = outbox.claim(db, "memory", "process:dead", now, timedelta(hours=1), 99, Urgency.ANNOUNCEMENT)
        mine = [one for one in claimed if one.message.to.chat != OFFICE]
        for one in claimed:
            if one not in mine[:1]:
                outbox.release(db, one.id)
    victim = mine[0].message
    server._faults.clear()
    server.show(victim, str(mine[0].id), None, b"")
    after = House(database, tmp_path, server=server, routes=catalogue())
    after.calendar.at = now
    async with after.running():
        report = await reported(after)
        assert told(after) == {f"p{number}": 1 for number in range(1, READERS + 1)}
    if resend_safe:
        assert "vielleicht" not in report
        assert f"Zugestellt: {READERS + 1} von {READERS + 1}" in report
    else:
        assert "Vielleicht zugestellt, die Antwort des Messengers ging verloren: 1" in report
        assert f"Ort {victim.to.chat.removeprefix('p')}: vielleicht angekommen." in report


async def test_pressed_by_two_at_the_same_time(database: Database, tmp_path: Path) -> None:
    house = staffed(database, tmp_path, Server())
    async with house.running():
        await house.say("/ansage Der Raum hat sich geändert.", OFFICE)
        await press(house, "Senden …")
        await house.delivered()
        row = next(one for one in reversed(house.server.shown(OFFICE)) if "Soll die Ansage" in one.content.text)
        presses = [house.pressed(int(row.token), 0, OFFICE) for _ in range(4)]
        await asyncio.gather(*(house.app.inbox.receive(one) for one in presses))
        await house.delivered()
        assert told(house) == {f"p{number}": 1 for number in range(1, READERS + 1)}


async def test_consented_to_by_two_at_the_same_time(database: Database, tmp_path: Path) -> None:
    seconds = ("q1", "q2")
    house = staffed(database, tmp_path, Server(), Policy(second_approval=True))
    for chat in seconds:
        add_member(database, chat, f"Koordination {chat}", Role.COORDINATOR)
    async with house.running():
        await announce(house)
        await house.delivered()
        asked = [(chat, int(house.server.shown(chat)[-1].token)) for chat in seconds]
        await asyncio.gather(*(house.app.inbox.receive(house.pressed(row, 0, chat)) for chat, row in asked))
        await house.delivered()
        readers = [f"p{number}" for number in range(1, READERS + 1)]
        assert [told(house)[chat] for chat in readers] == [1] * READERS
        with database.read() as db:
            entries = db.execute(sa.select(audit.audit.c.act)).scalars().all()
    assert entries.count("announcements.approve") == 1


async def test_a_closed_chat_is_in_the_report(database: Database, tmp_path: Path) -> None:
    house = staffed(database, tmp_path, Server())
    house.server.shut("p3")
    async with house.running():
        await announce(house)
        report = await reported(house)
    assert f"Zugestellt: {READERS} von {READERS + 1}" in report
    assert "Ort 3: hat den Chat geschlossen." in report


async def test_the_report_is_edited_no_more_often_than_it_says_something_new(
    database: Database, tmp_path: Path
) -> None:
    house = staffed(database, tmp_path, Server())
    async with house.running():
        await announce(house)
        await reported(house)
        edits = sum("<b>Ansage 1" in one.content.text for one in house.server.posted)
        for _ in range(5):
            house.pass_by(seconds=4)
            await house.app.perform_duties()
        await house.delivered()
        assert sum("<b>Ansage 1" in one.content.text for one in house.server.posted) == edits <= 4


def sent_file(ref: str, channel: str = "memory") -> Attachment:
    return Attachment("plan.pdf", "application/pdf", RECEIVED, (channel, ref, 4))


async def test_a_file_is_fetched_once_for_all() -> None:
    server, draw = Server(), Drawer()
    server.files["f1"] = b"Plan"
    channel = MemoryChannel(server, draw=draw)
    draw.know([channel])
    content = Message(Html("x"), attachment=sent_file("f1"))
    sends = [channel.send(Outgoing(to=address(f"p{n}"), content=content), str(n), None) for n in range(50)]
    await asyncio.gather(*sends)
    assert {posted.file for posted in server.posted} == {b"Plan"}
    assert server.fetched == 1


async def test_a_picture_is_drawn_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def bars(title: str) -> bytes:
        drawn.append(title)
        if len(drawn) == 1:
            message = "a fault of ours"
            raise ValueError(message)
        return title.encode()

    monkeypatch.setattr("bot.drawing.DRAWINGS", {"bars": bars})
    draw, chart = Drawer(), Attachment("chart.png", "image/png", "bars", ("Ergebnis",))
    with pytest.raises(ValueError, match="a fault of ours"):
        await draw(chart)
    assert set(await asyncio.gather(*(draw(chart) for _ in range(50)))) == {b"Ergebnis"}
    assert len(drawn) == 2


async def test_a_file_that_is_gone_concerns_this_message_alone() -> None:
    draw = Drawer()
    draw.know([MemoryChannel(Server())])
    for attachment in (sent_file("lost"), sent_file("f1", "elsewhere")):
        with pytest.raises(SendError) as caught:
            await draw(attachment)
        assert caught.value.failure is Failure.REJECTED


async def test_a_messenger_that_is_away_is_asked_again_for_its_file() -> None:
    draw = Drawer()

    class Away(MemoryChannel):
        away = True

        async def fetch(self, ref: str) -> bytes:
            if self.away:
                raise SendError(Failure.UNREACHABLE, "away")
            return ref.encode()

    channel = Away(Server())
    draw.know([channel])
    with pytest.raises(SendError) as caught:
        await draw(sent_file("f1"))
    assert (caught.value.failure, caught.value.everywhere) == (Failure.THROTTLED, False)
    channel.away = False
    assert await draw(sent_file("f1")) == b"f1"


async def test_taking_back_is_tried_until_it_is_certain_and_told_where_it_failed(
    database: Database, tmp_path: Path
) -> None:
    server = Server(resend_safe=False)
    house = staffed(database, tmp_path, server)
    async with house.running():
        await announce(house)
        await reported(house)
        server.lose_answers("p2")
        server.go_wrong(Fault(SendError(Failure.REJECTED, "its file may not be removed")), "p5")
        await press(house, "Zurückziehen")
        await house.delivered()
        await press(house, "Zurückziehen")
        report = await reported(house, f"Geändert: {READERS} von {READERS + 1}")
    now = {posted.chat: posted.content.text for posted in server.shown("p2") + server.shown("p5")}
    assert now["p2"] == "Diese Ansage wurde zurückgezogen."
    assert "Der Raum hat sich" in now["p5"]
    assert "Eine Nachricht ließ sich nicht zurückholen" in report
    assert "Ort 5: ist dort nicht gelungen." in report
    assert "Ort 2" not in report
