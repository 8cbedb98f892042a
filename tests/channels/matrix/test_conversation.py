"""What is said in rooms and direct chats, and how it is answered."""

import pytest

from domain.chat import Edited, Left, Opened, Pressed, Said
from tests.channels.matrix.bots import Bot, button, meet
from tests.channels.matrix.conftest import NewPerson


async def test_a_message_in_an_encrypted_room_is_answered_encrypted(bot: Bot, person: NewPerson) -> None:
    officer = await person("Musterstadt")
    room = await meet(bot, officer)
    sent = await officer.say(room, "!themen")

    said = await bot.gets(Said)
    assert (said.text, said.message, said.id, said.reply_to) == ("!themen", sent, sent, "")
    assert (said.sender.id, said.sender.name, said.address) == (officer.id, "Musterstadt", bot.address(room))

    await bot.say(room, "Drei Themen", reply_to=said.message)
    answer = await officer.sees("Drei Themen")
    assert answer["decrypted"]
    assert answer["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": sent}}


async def test_a_direct_chat_is_opened_and_private(bot: Bot, person: NewPerson) -> None:
    officer = await person("Musterstadt")
    room = await meet(bot, officer, direct=True)
    opened = await bot.gets(Opened)
    assert (opened.address, opened.sender.id) == (bot.address(room, private=True), officer.id)
    await officer.say(room, "themen")
    assert (await bot.hears("themen")).address.private
    await bot.say(room, "Guten Tag", private=True)
    assert (await officer.sees("Guten Tag"))["decrypted"]


async def test_a_direct_chat_is_private_no_more_once_a_third_person_is_invited(bot: Bot, person: NewPerson) -> None:
    officer, stranger = await person(), await person()
    room = await meet(bot, officer, direct=True)
    await officer.say(room, "allein")
    assert (await bot.hears("allein")).address.private
    await officer.client.room_invite(room, stranger.id)
    await officer.say(room, "zu dritt")
    assert not (await bot.hears("zu dritt")).address.private


async def test_an_answer_to_a_message_names_it(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "Thema 3")
    await officer.sees("Thema 3")
    await officer.reply(room, card, "dafür")
    assert (await bot.hears("dafür")).reply_to == card


async def test_what_is_said_in_a_thread_is_answered_in_the_thread(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "Thema 3")
    await officer.sees("Thema 3")
    said = await officer.reply_in_thread(room, card, "Wie geht das?")
    assert (await bot.hears("Wie geht das?")).reply_to == card

    await bot.restart()  # the thread is known from the homeserver, too
    await bot.say(room, "So geht das", reply_to=said)
    relation = (await officer.sees("So geht das"))["content"]["m.relates_to"]
    assert (relation["rel_type"], relation["event_id"]) == ("m.thread", card)
    assert relation["m.in_reply_to"] == {"event_id": said}


async def test_an_edit_is_no_new_command(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    first = await officer.say(room, "!thema Wie")
    await bot.hears("!thema Wie")
    await officer.edit(room, first, "!thema Wie erreichen wir Eltern?")
    edited = await bot.gets(Edited)
    assert (edited.message, edited.text) == (first, "!thema Wie erreichen wir Eltern?")
    assert len(bot.of(Said)) == 1


async def test_nobody_edits_what_another_wrote(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    room = await meet(bot, officer, other)
    first = await officer.say(room, "Mein Vorschlag")
    await bot.hears("Mein Vorschlag")
    await other.edit(room, first, "Gar kein Vorschlag")
    await other.say(room, "fertig")
    await bot.hears("fertig")
    assert not bot.of(Edited)


@pytest.mark.parametrize("key", ["2️⃣", "2⃣"])
async def test_a_reaction_with_a_number_is_a_press(bot: Bot, person: NewPerson, key: str) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "Thema", keyboard=((button("Unterstützen"), button("Kommentieren")),))
    await officer.sees("2 Kommentieren")
    await officer.react(room, card, key)
    pressed = await bot.gets(Pressed)
    assert (pressed.message, pressed.index, pressed.row, pressed.sender.id) == (card, 1, 0, officer.id)


async def test_other_reactions_mean_nothing(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "Thema", keyboard=((button("Unterstützen"),),))
    await officer.sees("Thema")
    await officer.react(room, card, "👍")
    await officer.say(room, "fertig")
    await bot.hears("fertig")
    assert not bot.of(Pressed)


async def test_leaving_is_noticed(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    room = await meet(bot, officer, other)
    await other.client.room_leave(room)
    left = await bot.gets(Left)
    assert (left.sender.id, left.address) == (other.id, bot.address(room))

    chat = await meet(bot, officer, direct=True)
    await officer.client.room_leave(chat)
    assert (await bot.gets(Left, lambda gone: gone.address.private)).sender.id == officer.id


async def test_an_unencrypted_room_is_served_too(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=False)
    await officer.say(room, "offen")
    await bot.hears("offen")
    await bot.say(room, "auch offen")
    assert not (await officer.sees("auch offen"))["decrypted"]


async def test_encryption_that_is_switched_on_is_used_from_then_on(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=False)
    address = f"/_matrix/client/v3/rooms/{room}/state/m.room.encryption"
    officer.call("PUT", address, {"algorithm": "m.megolm.v1.aes-sha2"})
    await officer.until(lambda: any(event["type"] == "m.room.encryption" for event in officer.seen))
    await officer.say(room, "jetzt geheim")
    await bot.hears("jetzt geheim")
    await bot.say(room, "ebenfalls")
    assert (await officer.sees("ebenfalls"))["decrypted"]
