"""Native polls beside the numbered text."""

from domain.chat import Pressed, Said
from tests.channels.matrix.bots import Bot, button, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person

START, END = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.end"


async def poll_in(person: Person, kind: str = START) -> Json:
    event: Json = await person.until(lambda: next((e for e in person.seen if e["type"] == kind), None))
    return event


def answers(poll: Json) -> list[tuple[str, str]]:
    return [(a["id"], a["org.matrix.msc1767.text"]) for a in poll["content"][START]["answers"]]


async def test_a_vote_in_a_poll_is_a_press_on_its_card(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    options = (button("Montag", "single"), button("Dienstag", "single"), button("Mehr"))
    card = await bot.say(room, "Wann treffen wir uns?\nBitte wählen", token="5", keyboard=(options,))
    poll = await poll_in(officer)
    assert poll["decrypted"]
    assert poll["content"][START]["max_selections"] == 1
    assert poll["content"][START]["question"]["org.matrix.msc1767.text"] == "Wann treffen wir uns?"
    assert answers(poll) == [("0", "Montag"), ("1", "Dienstag")]
    await bot.restart()
    await officer.vote(room, poll["event_id"], "1")
    pressed = await bot.gets(Pressed)
    assert (pressed.message, pressed.index, pressed.sender.id) == (card, 1, officer.id)
    assert await bot.say(room, "Wann treffen wir uns?", token="5", keyboard=(options,)) == card
    await bot.say(room, "Am Dienstag", token="6", replaces=card)
    end = await poll_in(officer, END)
    assert end["content"]["m.relates_to"]["event_id"] == poll["event_id"]
    assert len([e for e in officer.seen if e["type"] == START]) == 1


async def test_a_vote_for_several_is_an_answer_with_their_numbers(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    options = tuple(button(day, "several") for day in ("Montag", "Dienstag", "Mittwoch"))
    card = await bot.say(room, "Wann geht es?", keyboard=(options,))
    poll = await poll_in(officer)
    assert poll["content"][START]["max_selections"] == 3
    await officer.vote(room, poll["event_id"], "0", "2", "0")
    said = await bot.gets(Said)
    assert (said.text, said.reply_to) == ("1, 3", card)


async def test_votes_that_are_none_and_polls_that_are_not_ours_mean_nothing(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await bot.say(room, "Wann?", keyboard=((button("Montag", "single"), button("Dienstag", "single")),))
    poll = await poll_in(officer)
    foreign = await officer.send(room, START, poll["content"])
    await officer.vote(room, foreign, "0")
    for malformed in (("x",), ("-1",), ("²",), (), ("9" * 400,)):
        await officer.vote(room, poll["event_id"], *malformed)
    await officer.say(room, "fertig")
    await bot.hears("fertig")
    assert not bot.of(Pressed)
