"""What people see, and what becomes of a message that does not get through."""

import asyncio
from typing import Any

import pytest

from bot.channel import SendError
from bot.channels.telegram.api import Api
from bot.channels.telegram.blank import blank
from domain.chat import Action, Address, Attachment, Button, File, Html, Message, Moved, Outgoing, Said, Urgency
from domain.delivery import Failure
from tests.channels.telegram.conftest import PNG, House
from tests.telegram.files import store_document
from tests.telegram.messages import Content
from tests.telegram.schema import Upload

KEYS = ((Button("Unterstützen", Action("x"), "+1"), Button("Nein & <danke>", Action("y"), "nein")),)
CHART = Attachment("ergebnis.png", "image/png", "chart", alt="Balken: A 5, B <3")
CALENDAR = Attachment("termin.ics", "text/calendar", "calendar")


def out(to: Address, text: str = "Hallo", **fields: Any) -> Outgoing:
    shown = {name: fields.pop(name) for name in ("keyboard", "attachment") if name in fields}
    return Outgoing(to=to, content=Message(Html(text), **shown), **fields)


async def refused(house: House, message: Outgoing, replaces: str | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        await house.channel.send(message, "7", replaces)
    assert caught.value.__cause__ is None
    return caught.value


@pytest.fixture(autouse=True)
async def opened(house: House) -> None:
    await house.channel.open()


async def test_a_card(house: House) -> None:
    shown = await house.channel.send(out(house.direct, "<b>A &amp; B</b> &lt;x&gt;", keyboard=KEYS), "7", None)
    seen = house.chat.last
    assert (shown, seen.text, seen.html) == (str(seen.id), "A & B <x>", "<b>A &amp; B</b> &lt;x&gt;")
    assert seen.rows == [["Unterstützen", "Nein & <danke>"]]
    assert house.telegram.calls("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_reply_and_one_to_what_is_gone(house: House) -> None:
    said = house.town.say("Frage", house.bot)
    await house.channel.send(out(house.direct, reply_to=str(said.id)), "7", None)
    assert house.chat.last.reply_to is said
    await house.channel.send(out(house.direct, reply_to="999"), "8", None)
    assert house.chat.last.reply_to is None


async def test_a_topic_of_a_forum(house: House) -> None:
    forum = house.telegram.group("Forum", house.office, house.bot, forum=True)
    thread = house.office.open_topic(forum, "Ideen")
    async with house.listening():
        house.office.say("/themen", forum, thread=thread)
        (arrival,) = await house.arrived()
    assert arrival.address == Address("telegram", f"{forum.id}/{thread}", private=False)
    await house.channel.open()
    await house.channel.send(out(arrival.address, keyboard=KEYS), "7", None)
    assert forum.last.thread == thread
    await house.channel.send(out(arrival.address, "Neu"), "8", str(forum.last.id))
    assert forum.last.text == "Neu"


async def test_loudness(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    room = Address("telegram", str(group.id), private=False)
    for to, urgency, silent in (
        (house.direct, Urgency.REPLY, False),
        (house.direct, Urgency.REMINDER, False),
        (house.direct, Urgency.ANNOUNCEMENT, True),
        (room, Urgency.REPLY, True),
        (room, Urgency.REMINDER, False),
        (room, Urgency.ANNOUNCEMENT, True),
    ):
        await house.channel.send(out(to, urgency=urgency), "7", None)
        assert (house.chat if to.private else group).last.silent is silent


async def test_a_picture_with_its_words_and_its_alternative(house: House) -> None:
    await house.channel.send(out(house.direct, "Ergebnis", attachment=CHART, keyboard=KEYS), "7", None)
    seen = house.chat.last
    assert (seen.photo, seen.caption, len(seen.buttons)) == (PNG, "Ergebnis\n\nBalken: A 5, B <3", 2)


async def test_a_picture_with_too_many_words(house: House) -> None:
    shown = await house.channel.send(out(house.direct, "x" * 2000, attachment=CHART, keyboard=KEYS), "7", None)
    picture, words = house.chat.from_bots()
    assert (picture.caption, words.text, shown) == ("Balken: A 5, B <3", "x" * 2000, str(words.id))
    assert (picture.buttons, len(words.buttons)) == ([], 2)


async def test_a_file(house: House) -> None:
    await house.channel.send(out(house.direct, "Ihr Termin", attachment=CALENDAR), "7", None)
    seen = house.chat.last
    assert seen.document is not None
    assert (seen.document.name, seen.document.content, seen.caption) == ("termin.ics", b"calendar", "Ihr Termin")


async def test_too_long_a_text_comes_in_parts(house: House) -> None:
    await house.channel.send(out(house.direct, "<b>" + "Wort " * 2000 + "</b>", keyboard=KEYS), "7", None)
    parts = house.chat.from_bots()
    assert [len(part.buttons) for part in parts] == [0, 0, 2]
    assert " ".join(part.text for part in parts).split() == ["Wort"] * 2000


async def test_signs_outside_the_basic_plane_are_no_matter(house: House) -> None:
    await house.channel.send(out(house.direct, "😀" * 4096), "7", None)
    assert "".join(part.text for part in house.chat.from_bots()) == "😀" * 4096


async def test_half_shown_is_uncertain(house: House) -> None:
    house.telegram.faults.slow(0, times=1, only={"sendMessage"})
    house.telegram.faults.fail(1, only={"sendMessage"})
    error = await refused(house, out(house.direct, "Wort " * 2000))
    assert error.failure is Failure.UNCERTAIN
    assert len(house.chat.from_bots()) == 1


async def test_an_edit(house: House) -> None:
    shown = await house.channel.send(out(house.direct, keyboard=KEYS), "7", None)
    assert await house.channel.send(out(house.direct, "<i>Neu</i>"), "8", shown) == shown
    assert (house.chat.last.html, house.chat.last.buttons, house.chat.last.edits) == ("<i>Neu</i>", [], 1)


async def test_an_edit_that_changes_nothing_has_succeeded(house: House) -> None:
    shown = await house.channel.send(out(house.direct, keyboard=KEYS), "7", None)
    assert await house.channel.send(out(house.direct, keyboard=KEYS), "7", shown) == shown
    assert house.chat.last.edits == 0


async def test_new_words_under_a_picture(house: House) -> None:
    shown = await house.channel.send(out(house.direct, "Ergebnis", attachment=CHART, keyboard=KEYS), "7", None)
    for _ in range(2):
        new = out(house.direct, "Vorbei", attachment=CHART.kept())
        assert await house.channel.send(new, "8", shown) == shown
    seen = house.chat.last
    assert (seen.caption, seen.photo, seen.edits) == ("Vorbei\n\nBalken: A 5, B <3", PNG, 1)
    assert not house.telegram.calls("editMessageMedia")


async def test_new_words_under_a_picture_that_had_too_many(house: House) -> None:
    shown = await house.channel.send(out(house.direct, "x" * 1020, attachment=CHART), "7", None)
    new = out(house.direct, "Vorbei", attachment=CHART.kept())
    assert await house.channel.send(new, "8", shown) == shown
    assert (house.chat.last.text, house.chat.messages[-2].photo) == ("Vorbei", PNG)


@pytest.mark.parametrize("attached", [CHART, CALENDAR])
async def test_a_picture_or_file_is_taken_away(house: House, attached: Attachment) -> None:
    shown = await house.channel.send(out(house.direct, "Ergebnis", attachment=attached, keyboard=KEYS), "7", None)
    for _ in range(2):
        assert await house.channel.send(out(house.direct, "Zurückgezogen"), "8", shown) == shown
    seen = house.chat.last
    assert (seen.caption, seen.photo, seen.document, seen.buttons) == ("Zurückgezogen", blank(), None, [])


async def test_a_text_that_becomes_a_picture(house: House) -> None:
    shown = await house.channel.send(out(house.direct, "Wie steht es?", keyboard=KEYS), "7", None)
    assert await house.channel.send(out(house.direct, "Ergebnis", attachment=CHART, keyboard=KEYS), "8", shown) == shown
    seen = house.chat.last
    assert (seen.photo, seen.caption, len(seen.buttons)) == (PNG, "Ergebnis\n\nBalken: A 5, B <3", 2)
    assert await house.channel.send(out(house.direct, "Liste", attachment=CALENDAR), "9", shown) == shown
    assert seen.document is not None
    assert (seen.document.name, seen.document.content, seen.caption) == ("termin.ics", b"calendar", "Liste")


async def test_an_edit_of_what_is_gone(house: House) -> None:
    shown = await house.channel.send(out(house.direct), "7", None)
    house.chat.delete(house.chat.last)
    assert (await refused(house, out(house.direct, "Neu"), shown)).failure is Failure.REJECTED


async def test_an_edit_of_what_is_not_ours(house: House) -> None:
    said = house.town.say("Frage", house.bot)
    assert (await refused(house, out(house.direct, "Neu"), str(said.id))).failure is Failure.REJECTED


async def test_who_blocked_us_or_never_opened_is_gone(house: House) -> None:
    house.town.block(house.bot)
    assert (await refused(house, out(house.direct))).failure is Failure.GONE
    office = Address("telegram", str(house.office.id), private=True)
    assert (await refused(house, out(office))).failure is Failure.GONE
    nobody = Address("telegram", "123", private=True)
    assert (await refused(house, out(nobody))).failure is Failure.GONE
    house.town.unblock(house.bot)
    assert await house.channel.send(out(house.direct), "7", None)


async def test_a_group_that_threw_us_out_and_one_that_silenced_us(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot, kind="supergroup")
    room = Address("telegram", str(group.id), private=False)
    house.office.silence(house.bot, group)
    assert (await refused(house, out(room))).failure is Failure.MISCONFIGURED
    house.office.remove(house.bot, group)
    assert (await refused(house, out(room))).failure is Failure.GONE


async def test_a_topic_that_is_closed_and_one_that_is_gone(house: House) -> None:
    forum = house.telegram.group("Forum", house.office, house.bot, forum=True)
    thread = house.office.open_topic(forum, "Ideen")
    topic = Address("telegram", f"{forum.id}/{thread}", private=False)
    house.office.close_topic(forum, thread)
    assert (await refused(house, out(topic))).failure is Failure.MISCONFIGURED
    house.office.delete_topic(forum, thread)
    assert (await refused(house, out(topic))).failure is Failure.GONE


async def test_a_group_that_moved_is_reported_to_the_core(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    room = Address("telegram", str(group.id), private=False)
    async with house.listening():
        await house.polled()
        with house.telegram.rival(house.bot):
            new = house.office.upgrade(group)
            error = await refused(house, out(room))
            assert error.failure is Failure.UNREACHABLE
            moved = [arrival for arrival in house.core.arrivals if isinstance(arrival, Moved)]
            assert [(arrival.address, arrival.chat) for arrival in moved] == [(room, str(new.id))]
        await house.arrived()
    assert sum(isinstance(arrival, Moved) for arrival in house.core.arrivals) == 1


async def test_a_group_that_moved_while_the_core_cannot_store(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    house.office.upgrade(group)
    async with house.listening():
        await house.arrived()
        house.core.refusals = 1
        error = await refused(house, out(Address("telegram", str(group.id), private=False)))
    assert error.failure is Failure.UNREACHABLE


async def test_too_fast_in_one_chat_and_in_two(house: House) -> None:
    house.office.start(house.bot)
    office = Address("telegram", str(house.office.id), private=True)
    house.telegram.flood.throttle(3, retry_after=7)
    errors = [await refused(house, out(to)) for to in (house.direct, house.direct, office)]
    assert [(e.failure, e.retry_after, e.everywhere) for e in errors] == [
        (Failure.THROTTLED, 7, False),
        (Failure.THROTTLED, 7, False),
        (Failure.THROTTLED, 7, True),
    ]


async def test_faults_of_the_way(house: House) -> None:
    faults = house.telegram.faults
    faults.fail(only={"sendMessage"})
    assert (await refused(house, out(house.direct))).failure is Failure.UNREACHABLE
    faults.lose_requests(only={"sendMessage"})
    assert (await refused(house, out(house.direct))).failure is Failure.UNCERTAIN
    faults.lose_answers()
    assert (await refused(house, out(house.direct))).failure is Failure.UNCERTAIN
    faults.garble(only={"sendMessage"})
    assert (await refused(house, out(house.direct))).failure is Failure.UNCERTAIN
    assert len(house.chat.from_bots()) == 2
    async with house.telegram.down():
        assert (await refused(house, out(house.direct))).failure is Failure.UNREACHABLE
    await house.channel.send(out(house.direct), "7", None)


@pytest.mark.parametrize("result", [None, True, [], {}, {"message_id": "7"}])
async def test_an_answer_that_makes_no_sense(house: House, monkeypatch: pytest.MonkeyPatch, result: Any) -> None:
    async def nonsense(*_: Any, **__: Any) -> Any:
        return result

    monkeypatch.setattr(Api, "call", nonsense)
    assert (await refused(house, out(house.direct))).failure is Failure.UNCERTAIN


async def test_a_lost_connection_is_used_no_more(house: House) -> None:
    await house.channel.send(out(house.direct), "7", None)
    async with house.telegram.down():
        await asyncio.sleep(0)
    await house.channel.send(out(house.direct), "8", None)


async def test_a_token_that_no_longer_counts(house: House) -> None:
    house.telegram.world.revoke(house.bot)
    assert (await refused(house, out(house.direct))).failure is Failure.MISCONFIGURED
    assert "get the present one from @BotFather" in house.channel.health()


@pytest.mark.parametrize(
    ("chat", "replaces", "reply_to"), [("@x", None, ""), ("5", "x", ""), ("5", None, "x"), ("", None, "")]
)
async def test_what_no_messenger_could_send(house: House, chat: str, replaces: str | None, reply_to: str) -> None:
    message = out(Address("telegram", chat, private=True), reply_to=reply_to)
    assert (await refused(house, message, replaces)).failure is Failure.REJECTED


async def test_closed_and_not_open(house: House) -> None:
    await house.channel.close()
    assert (await refused(house, out(house.direct))).failure is Failure.UNREACHABLE
    await house.channel.close()
    await house.another().close()


async def test_a_file_that_a_person_sends_can_be_fetched(house: House) -> None:
    upload = Upload("plan.pdf", b"%PDF-1.7 Plan", "application/pdf")
    file = store_document("file-1", upload)
    house.telegram.world.files[file.id] = file
    async with house.listening():
        house.town.send(Content("Der Plan", file=file), house.bot)
        (said,) = await house.arrived()
        assert isinstance(said, Said)
        assert said.file == File("plan.pdf", "application/pdf", len(upload.content), "file-1")
        assert await house.channel.fetch(said.file.ref) == upload.content
        with pytest.raises(SendError) as caught:
            await house.channel.fetch("file-2")
    assert caught.value.failure is Failure.GONE


async def test_a_file_cannot_be_fetched_while_telegram_is_away(house: House) -> None:
    async with house.listening(), house.telegram.down():
        with pytest.raises(SendError) as caught:
            await house.channel.fetch("file-1")
    assert caught.value.failure is Failure.UNREACHABLE
