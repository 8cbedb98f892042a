"""Into rooms, out of rooms, and on to the next."""

import asyncio

import pytest

from bot.channel import SendError, Unstored
from domain.chat import Left, Moved, Opened, Removed, Said
from domain.delivery import Failure
from tests.channels.matrix.bots import Bot, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person


def membership(person: Person, room: str, user: str) -> Json:
    return person.call("GET", f"/_matrix/client/v3/rooms/{room}/state/m.room.member/{user}")


async def test_an_invitation_of_somebody_who_may_not_is_declined_with_a_sentence(bot: Bot, person: NewPerson) -> None:
    stranger, officer = await person(), await person()
    bot.welcome = lambda user, direct: user == officer.id or direct
    room = await stranger.create_room(bot.id)
    await stranger.until(lambda: [e for e in stranger.seen if e["content"].get("reason")])
    now = membership(stranger, room, bot.id)
    assert (now["membership"], now["reason"]) == ("leave", "[de matrix-declined]")
    await meet(bot, stranger, direct=True)
    await meet(bot, officer)
    assert not bot.of(Removed)


async def test_other_peoples_invitations_are_not_ours(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    room = await meet(bot, officer)
    bot.welcome = lambda _user, _direct: False
    invitation_of_another = {"type": "m.room.member", "state_key": other.id, "content": {"membership": "invite"}}
    bot.connection.invitations.invited(room, [invitation_of_another])
    await officer.client.room_invite(room, other.id)
    await other.join(room)
    await other.say(room, "bin da")
    await bot.hears("bin da")
    assert membership(officer, room, other.id)["membership"] == "join"
    assert membership(officer, room, bot.id)["membership"] == "join"


async def test_an_invitation_that_came_while_we_were_away_is_answered(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    await bot.stop()
    room = await officer.create_room(bot.id, direct=True)
    await bot.restart()
    await officer.until_there(room, bot.id)
    assert (await bot.gets(Opened)).address.chat == room


async def test_an_invitation_that_could_not_be_judged_yet_outlives_the_process(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await officer.create_room(bot.id, direct=True)

    def away(_user: str, _direct: bool) -> bool:
        raise Unstored

    bot.welcome = away
    await bot.until(lambda: room in bot.connection._keeper.state.invitations)
    await bot.until(lambda: '"invitations": {"!' in bot.store.joinpath("sync.json").read_text())
    await bot.stop()
    bot.welcome = lambda _user, _direct: True
    await bot.restart()
    assert (await bot.gets(Opened)).address.chat == room
    await bot.until(lambda: not bot.connection._keeper.state.invitations)


async def test_a_hundred_invitations_at_once_are_all_answered_and_hold_up_nobody(bot: Bot, person: NewPerson) -> None:
    officer, eager = await person(), await person()
    room = await meet(bot, officer)
    await eager.stop()
    rooms = await asyncio.gather(*(asyncio.to_thread(eager.call, "POST", CREATE, invitation(bot)) for _ in range(100)))
    await officer.say(room, "dazwischen")
    await bot.hears("dazwischen")
    for each in rooms:
        await bot.enters(each["room_id"])


CREATE = "/_matrix/client/v3/createRoom"


def invitation(bot: Bot) -> Json:
    return {"invite": [bot.id]}


@pytest.mark.parametrize("deed", ["room_kick", "room_ban"])
async def test_being_taken_out_of_a_room_is_noticed(bot: Bot, person: NewPerson, deed: str) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await getattr(officer.client, deed)(room, bot.id)
    removed = await bot.gets(Removed)
    assert (removed.sender.id, removed.address) == (officer.id, bot.address(room))
    with pytest.raises(SendError) as refused:
        await bot.say(room, "noch da?")
    assert refused.value.failure is Failure.GONE


async def test_being_taken_out_while_away_is_noticed(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await bot.stop()
    await officer.client.room_kick(room, bot.id)
    await bot.restart()
    assert (await bot.gets(Removed)).address.chat == room


async def test_an_upgraded_room_is_followed(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer, room_version="10", preset="public_chat")
    told = officer.call("POST", f"/_matrix/client/v3/rooms/{room}/upgrade", {"new_version": "12"})
    moved = await bot.gets(Moved)
    assert (moved.address.chat, moved.chat) == (room, told["replacement_room"])
    await bot.say(moved.chat, "im neuen Raum")


async def test_an_upgraded_room_that_is_closed_to_us_is_followed_once_we_are_invited(
    bot: Bot, person: NewPerson
) -> None:
    officer = await person()
    room = await meet(bot, officer, room_version="10")
    bot.welcome = lambda _user, _direct: False
    told = officer.call("POST", f"/_matrix/client/v3/rooms/{room}/upgrade", {"new_version": "12"})
    await bot.until(lambda: told["replacement_room"] in bot.connection._keeper.state.moves)
    await bot.restart()
    assert not bot.of(Moved)
    await officer.client.room_invite(told["replacement_room"], bot.id)
    assert (await bot.gets(Moved)).chat == told["replacement_room"]


async def test_a_tombstone_that_points_to_a_foreign_room_is_not_followed(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    foreign = await officer.create_room(preset="public_chat", encrypted=False)
    address = f"/_matrix/client/v3/rooms/{room}/state/m.room.tombstone"
    officer.call("PUT", address, {"body": "", "replacement_room": foreign})
    await bot.until(lambda: foreign in bot.connection.rooms.joined)
    await bot.until(lambda: foreign not in bot.connection._keeper.state.moves)
    await officer.say(room, "immer noch hier")
    await bot.hears("immer noch hier")
    assert not bot.of(Moved)
    assert membership(officer, foreign, bot.id)["membership"] == "leave"


async def test_we_open_a_direct_chat_encrypted_and_only_once(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await bot.channel.open_direct(officer.id)
    await bot.say(room, "Hier ist Ihr Stimmzettel", private=True)
    await officer.join(room)
    assert (await officer.sees("Hier ist Ihr Stimmzettel"))["decrypted"]
    assert await bot.channel.open_direct(officer.id) == room
    await officer.say(room, "Danke")
    assert (await bot.hears("Danke")).address == bot.address(room, private=True)
    assert not bot.of(Opened), "nobody is greeted who came because we asked them to"
    await bot.restart()
    assert await bot.channel.open_direct(officer.id) == room

    await officer.client.room_leave(room)
    assert (await bot.gets(Left)).address == bot.address(room, private=True)
    assert await bot.channel.open_direct(officer.id) != room


async def test_a_direct_chat_that_others_read_gets_nothing_private(bot: Bot, person: NewPerson) -> None:
    officer, stranger = await person(), await person()
    room = await meet(bot, officer, direct=True)
    await bot.say(room, "unter uns", private=True)
    await officer.client.room_invite(room, stranger.id)
    await bot.until(lambda: stranger.id in bot.connection.rooms.joined[room].members)
    with pytest.raises(SendError) as refused:
        await bot.say(room, "nicht mehr unter uns", private=True)
    assert refused.value.failure is Failure.GONE


async def test_what_was_said_before_we_came_is_not_meant_for_us(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await officer.create_room(encrypted=False)
    await officer.say(room, "!thema von gestern")
    await officer.client.room_invite(room, bot.id)
    await bot.enters(room)
    await officer.say(room, "!thema von heute")
    await bot.hears("!thema von heute")
    assert len(bot.of(Said)) == 1
