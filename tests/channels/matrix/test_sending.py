"""What people see of our messages: complete, once, and as the room needs it."""

import asyncio
import urllib.request
from typing import Any
from urllib.parse import quote

import pytest
from nio.crypto.attachments import decrypt_attachment

from bot.channel import Channel, SendError
from domain.chat import Attachment, Pressed, Said
from domain.delivery import Failure
from tests.channels.matrix.bots import PIXEL, Bot, button, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person

PICTURE = Attachment("ergebnis.png", "image/png", "chart", alt="Sechs von acht sind dafür.")
CALENDAR = Attachment("termin.ics", "text/calendar", "calendar")


def download(person: Person, mxc: str) -> bytes:
    address = f"{person.server.url}/_matrix/client/v1/media/download/{mxc.removeprefix('mxc://')}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {person.account.token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return bytes(answer.read())


def opened(person: Person, file: Json) -> bytes:
    sealed = download(person, file["url"])
    return bytes(decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))


def reactions(person: Person, message: str, sender: str) -> list[str]:
    found = [e for e in person.seen if e["type"] == "m.reaction" and e["sender"] == sender]
    kept = [e for e in found if e["event_id"] not in person.redacted]
    return [e["content"]["m.relates_to"]["key"] for e in kept if e["content"]["m.relates_to"]["event_id"] == message]


async def test_the_same_row_sent_again_shows_nothing_new_even_after_a_restart(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    first = await bot.say(room, "einmal", token="17")
    assert await bot.say(room, "einmal", token="17") == first
    await bot.restart()
    assert await bot.say(room, "einmal", token="17") == first
    await bot.say(room, "fertig", token="18")
    await officer.sees("fertig")
    assert [event["content"]["body"] for event in officer.messages(room, bot.id)] == ["einmal", "fertig"]


async def test_an_edit_carries_the_whole_new_message(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "<b>Thema 3</b>\nzwei dafür", keyboard=((button("Unterstützen"),),))
    assert await bot.say(room, "<b>Thema 3</b>\ndrei dafür", replaces=card, keyboard=((button("Mehr"),),)) == card
    content = (await officer.sees("drei dafür"))["content"]
    assert content["m.relates_to"] == {"rel_type": "m.replace", "event_id": card}
    assert content["m.new_content"] == {
        "msgtype": "m.text",
        "body": "Thema 3\ndrei dafür\n\n1 Mehr",
        "format": "org.matrix.custom.html",
        "formatted_body": "<b>Thema 3</b><br>drei dafür<br><br><b>1</b> Mehr",
        "m.mentions": {},
    }


async def test_choices_are_offered_as_reactions_and_follow_edits(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    three = (tuple(button(name) for name in ("Ja", "Nein", "Vielleicht")),)
    card = await bot.say(room, "Kommen Sie?", keyboard=three)
    await officer.until(lambda: reactions(officer, card, bot.id) == ["1️⃣", "2️⃣", "3️⃣"])
    await bot.restart()
    await bot.say(room, "Kommen Sie doch?", replaces=card, keyboard=((button("Ja"), button("Nein")),))
    await officer.until(lambda: reactions(officer, card, bot.id) == ["1️⃣", "2️⃣"])
    await officer.react(room, card, "1️⃣")
    assert (await bot.gets(Pressed)).message == card
    await bot.say(room, "Vorbei", replaces=card)
    await officer.until(lambda: reactions(officer, card, bot.id) == [])


async def test_a_picture_in_an_encrypted_room_is_encrypted_and_described(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    shown = await bot.say(room, "Das Ergebnis", attachment=PICTURE)
    assert (await officer.sees("Das Ergebnis"))["event_id"] == shown
    content = officer.find("Sechs von acht")["content"]  # type: ignore[index]
    assert (content["msgtype"], content["body"], content["filename"]) == ("m.image", PICTURE.alt, PICTURE.name)
    assert "url" not in content
    assert opened(officer, content["file"]) == PIXEL
    assert download(officer, content["file"]["url"]) != PIXEL, "the homeserver holds it sealed"
    info = content["info"]
    assert (info["mimetype"], info["size"], info["w"], info["h"]) == ("image/png", len(PIXEL), 2, 3)
    assert opened(officer, info["thumbnail_file"]) == PIXEL
    assert info["thumbnail_info"]["w"] == 2


@pytest.mark.parametrize("encrypted", [True, False])
async def test_a_picture_stays_with_new_words_and_goes_without_it(
    bot: Bot, person: NewPerson, *, encrypted: bool
) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=encrypted)
    shown = await bot.say(room, "Alt", attachment=PICTURE)
    picture = (await officer.sees("Sechs von acht"))["event_id"]
    await bot.say(room, "Neu", replaces=shown, attachment=PICTURE.kept())
    await officer.sees("Neu")
    assert picture not in officer.redacted
    await bot.restart()
    for _ in range(2):
        assert await bot.say(room, "Zurückgezogen", "99", replaces=shown) == shown
    await officer.sees("Zurückgezogen")
    assert officer.redacted == [picture]
    assert [event["content"]["body"] for event in officer.messages(room, bot.id)][2:] == ["* Neu", "* Zurückgezogen"]


async def test_a_picture_that_may_not_be_removed_is_told_and_the_words_are_new(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    shown = await bot.say(room, "Alt", attachment=PICTURE)
    await bot.say(room, "fertig")
    await officer.sees("fertig")
    address = f"/_matrix/client/v3/rooms/{quote(room)}/state/m.room.power_levels"
    levels = officer.call("GET", address)
    levels["events"] = levels.get("events", {}) | {"m.room.redaction": 100}
    levels["users"] = {user: level for user, level in levels.get("users", {}).items() if user != bot.id}
    officer.call("PUT", address, levels)
    with pytest.raises(SendError) as refused:
        await bot.say(room, "Zurückgezogen", replaces=shown)
    assert refused.value.failure is Failure.REJECTED
    await officer.sees("Zurückgezogen")


async def test_a_file_alone_in_an_open_room(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=False)
    shown = await bot.say(room, "", attachment=CALENDAR)
    event = await officer.sees("termin.ics")
    assert event["event_id"] == shown
    content = event["content"]
    assert (content["msgtype"], content["info"]) == ("m.file", {"mimetype": "text/calendar", "size": 10})
    assert download(officer, content["url"]) == b"termin.ics"


async def test_the_longest_text_fits_in_whatever_alphabet(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    for text in ("😀" * 2000, "&amp;" * 4000, "ß" * 4000):
        card = await bot.say(room, text)
        await bot.say(room, text, replaces=card)
    await bot.say(room, "fertig")
    assert (await officer.sees("fertig"))["decrypted"]


async def test_what_no_server_would_take_is_rejected_before_it_is_sent(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    with pytest.raises(SendError) as refused:
        await bot.say(room, "x" * 50_000, token="1")
    assert refused.value.failure is Failure.REJECTED
    assert refused.value.detail == "too large"
    assert room not in bot.connection.machine.olm.outbound_group_sessions


async def test_too_fast_is_told_with_the_pause_the_homeserver_wants(bot: Bot, person: NewPerson) -> None:
    room = await meet(bot, await person())
    admin = bot.server.register(admin=True)
    limit = {"messages_per_second": 1, "burst_count": 1}
    bot.server.call("POST", f"/_synapse/admin/v1/users/{bot.id}/override_ratelimit", limit, admin.token)
    with pytest.raises(SendError) as refused:
        await asyncio.gather(*(bot.say(room, f"{number}") for number in range(10)))
    assert refused.value.failure is Failure.THROTTLED
    assert refused.value.everywhere
    assert 0 < refused.value.retry_after <= 2


async def test_where_we_may_not_write_the_chat_is_gone(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, power_level_content_override={"events_default": 50})
    for chat in (room, "!unknown", "nonsense/../room"):
        with pytest.raises(SendError) as refused:
            await bot.say(chat, "Guten Tag")
        assert refused.value.failure is Failure.GONE


async def test_messages_to_one_room_keep_their_order(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await asyncio.gather(*(bot.say(room, f"Nummer {number}", token=f"{number}") for number in range(20)))
    await officer.sees("Nummer 19")
    bodies = [event["content"]["body"] for event in officer.messages(room, bot.id)]
    assert bodies == [f"Nummer {number}" for number in range(20)]


async def test_a_send_that_was_given_up_half_way_blocks_nothing(
    bot: Bot, person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In nio a send that is cancelled while it shares keys makes all later ones in the room wait for ever."""
    officer = await person()
    room = await meet(bot, officer)
    sharing: Any = bot.connection._sharing
    half_way = asyncio.Event()

    async def stuck(_: Json) -> None:
        half_way.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(sharing, "_to_devices", stuck)
        sending = asyncio.create_task(bot.say(room, "abgebrochen", token="1"))
        await asyncio.wait_for(half_way.wait(), 30)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
    await bot.say(room, "ganz", token="2")
    assert (await officer.sees("ganz"))["decrypted"]


async def test_keys_that_could_not_be_delivered_are_delivered_with_the_next_attempt(
    bot: Bot, person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nio takes a room key for shared although its delivery failed; the message is then unreadable for ever."""
    officer = await person()
    room = await meet(bot, officer)
    sharing: Any = bot.connection._sharing
    deliver = sharing._to_devices
    failures = iter([SendError(Failure.UNREACHABLE)])

    async def failing(messages: Json) -> None:
        for failure in failures:
            raise failure
        await deliver(messages)

    monkeypatch.setattr(sharing, "_to_devices", failing)
    with pytest.raises(SendError):
        await bot.say(room, "beim zweiten Mal", token="1")
    await bot.say(room, "beim zweiten Mal", token="1")
    assert (await officer.sees("beim zweiten Mal"))["decrypted"]


async def test_the_address_of_the_account_leads_to_a_direct_chat(bot: Bot) -> None:
    channel: Channel = bot.channel
    assert (channel.kind, channel.resend_safe) == ("matrix", True)
    assert (channel.secret_presses, channel.notices) == (False, False)
    assert bot.channel.link("") == f"https://matrix.to/#/{bot.id}"
    assert bot.channel.link("CODE") == ""


async def test_the_first_row_of_another_database_is_another_message(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await bot.restart(era="eins")
    first = await bot.say(room, "aus der alten Datenbank", "1")
    assert await bot.say(room, "aus der alten Datenbank", "1") == first
    await bot.restart(era="zwei")
    assert await bot.say(room, "aus der neuen Datenbank", "1") != first
    await officer.sees("aus der neuen Datenbank")


@pytest.mark.parametrize("encrypted", [True, False])
async def test_a_picture_that_a_person_sends_can_be_fetched(bot: Bot, person: NewPerson, *, encrypted: bool) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=encrypted)
    await bot.say(room, "Unsere Wand", attachment=PICTURE)
    await officer.until(lambda: any(one["content"]["msgtype"] == "m.image" for one in officer.messages(room, bot.id)))
    shown = next(one for one in officer.messages(room, bot.id) if one["content"]["msgtype"] == "m.image")
    names = ("msgtype", "filename", "info", "url", "file")
    content = {name: shown["content"][name] for name in names if name in shown["content"]}
    await officer.send(room, "m.room.message", content | {"body": "Der Plan"})
    said = await bot.gets(Said)
    assert (said.text, said.file and said.file.name, said.file and said.file.size) == (
        "Der Plan",
        PICTURE.name,
        len(PIXEL),
    )
    assert said.file is not None
    assert await bot.channel.fetch(said.file.ref) == PIXEL
    url, *keys = said.file.ref.split(" ")
    spoiled = " ".join([url, keys[0], "A" * 43, keys[2]]) if keys else f"{url[:-4]}AAAA"
    with pytest.raises(SendError) as caught:
        await bot.channel.fetch(spoiled)
    assert caught.value.failure in (Failure.GONE, Failure.REJECTED)
