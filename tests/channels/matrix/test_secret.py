"""Nothing secret by reaction, by poll, or in front of others."""

from bot.channel import Receipt
from domain.chat import Pressed, Said
from tests.channels.matrix.bots import Bot, button, meet
from tests.channels.matrix.conftest import NewPerson

BALLOT = ((button("Ja", "secret"), button("Nein", "secret")),)


async def test_a_secret_ballot_offers_no_reactions_and_takes_none(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, direct=True)
    card = await bot.say(room, "Geheime Wahl", keyboard=BALLOT, private=True)
    await officer.sees("2 Nein")
    await bot.restart()  # that it is secret is known from the message itself
    sent = await officer.react(room, card, "1️⃣")
    await officer.sees("[de matrix-secret-reaction]")
    await officer.until(lambda: sent in officer.redacted)
    assert not [e for e in officer.seen if e["type"] == "m.reaction" and e["sender"] == bot.id]
    assert not bot.of(Pressed)

    await officer.reply(room, card, "1")
    assert (await bot.hears("1")).reply_to == card, "typed in a direct chat it is encrypted and between us"


async def test_a_choice_revealed_in_a_room_is_removed_where_we_may_and_explained(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    levels = {"users": {officer.id: 100, bot.id: 50}}
    room = await meet(bot, officer, other, room_version="10", power_level_content_override=levels)
    card = await bot.say(room, "Geheime Wahl", keyboard=BALLOT)
    await officer.sees("Geheime Wahl")
    reacted = await officer.react(room, card, "2️⃣")
    written = await officer.reply(room, card, "1, 2")
    await other.sees("[de matrix-secret-answer]")
    await other.until(lambda: {reacted, written} <= set(other.redacted))
    await officer.reply(room, card, "Wie lange läuft das?")
    await bot.hears("Wie lange läuft das?")
    assert len(bot.of(Said)) == 1
    assert not bot.of(Pressed)


async def test_where_we_may_not_remove_it_is_still_not_counted(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    card = await bot.say(room, "Geheime Wahl", keyboard=BALLOT)
    await officer.sees("Geheime Wahl")
    await officer.react(room, card, "2️⃣")
    await officer.sees("[de matrix-secret-reaction]")
    await officer.react(room, card, "1️⃣")
    await officer.say(room, "fertig")
    await bot.hears("fertig")
    assert not bot.of(Pressed)
    hints = [e for e in officer.messages(room, bot.id) if "secret-reaction" in e["content"]["body"]]
    assert len(hints) == 1, "once an hour is enough"


async def test_a_mark_of_secrecy_made_by_others_means_nothing(bot: Bot, person: NewPerson) -> None:
    officer, hostile = await person(), await person()
    room = await meet(bot, officer, hostile)
    marked = await hostile.say(room, "Ich bin geheim", **{"org.themenbote.secret": True})
    await bot.hears("Ich bin geheim")
    await officer.react(room, marked, "1️⃣")
    assert (await bot.gets(Pressed)).message == marked


async def test_a_request_to_verify_is_answered_with_a_sentence(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, direct=True)
    request = {"msgtype": "m.key.verification.request", "from_device": "X", "methods": ["m.sas.v1"], "to": bot.id}
    await officer.say(room, "Bestätigen?", **request)
    await officer.sees("[de matrix-verification]")
    assert not bot.of(Said)


async def test_what_the_core_wants_hidden_is_removed_where_we_may(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    levels = {"users": {officer.id: 100, bot.id: 50}}
    room = await meet(bot, officer, other, room_version="10", power_level_content_override=levels)
    bot.receipt = Receipt(hide=True)
    written = await officer.say(room, "Wohnen und Schule")
    await other.until(lambda: written in other.redacted)
