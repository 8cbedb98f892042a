from domain.chat import Said

async def test_answer(bot, person):
    officer = await person("Musterstadt")
    room = await officer.create_room(bot.id)
    await officer.until_there(room, bot.id)
    await officer.say(room, "!themen")
    said = await bot.hears("!themen")
    assert said.sender.id == officer.id and said.sender.name == "Musterstadt"
    await bot.say(room, "Guten Tag & <b>willkommen</b>".replace("&","&amp;"), reply_to=said.message)
    seen = await officer.sees("Guten Tag & willkommen")
    assert seen["decrypted"]
