"""Keys for everybody who should read, now and later, and for nobody else."""

import json
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import vodozemac
from nio.crypto import Olm

from bot.channels.matrix.homeserver import Homeserver, Unreachable
from domain.chat import Said
from tests.channels.matrix.bots import Bot, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person
from tests.synapse import Registered, Synapse

ONE_TIME = "signed_curve25519"


def claim(person: Person, bot: Bot) -> Json:
    """Takes one key of the bot's device, as a new device does."""
    wanted = {"one_time_keys": {bot.id: {bot.connection.device.device_id: ONE_TIME}}}
    told = person.call("POST", "/_matrix/client/v3/keys/claim", wanted)["one_time_keys"]
    ((_, key),) = told[bot.id][bot.connection.device.device_id].items()
    return dict(key)


async def another_device(person: Person) -> Person:
    """The same person at a new client."""
    identifier = {"type": "m.id.user", "user": person.id}
    body = {"type": "m.login.password", "identifier": identifier, "password": person.account.password}
    told = person.server.call("POST", "/_matrix/client/v3/login", body)
    account = Registered(person.id, person.account.password, told["access_token"], told["device_id"])
    return await Person(person.server, account).start()


def sessions(bot: Bot, room: str) -> str:
    return str(bot.connection.machine.olm.outbound_group_sessions[room].id)


async def test_new_devices_reach_the_bot_when_all_its_one_time_keys_are_used_up(bot: Bot, person: NewPerson) -> None:
    stranger, officer = await person(), await person()
    connection = bot.connection
    await bot.stop()
    wanted = {"one_time_keys": {bot.id: {connection.device.device_id: ONE_TIME}}}
    for _ in range(60):
        stranger.call("POST", "/_matrix/client/v3/keys/claim", wanted)
    told = stranger.call("POST", "/_matrix/client/v3/keys/claim", wanted)["one_time_keys"]
    ((_, key),) = told[bot.id][connection.device.device_id].items()
    assert key["fallback"] is True, "the homeserver hands out the fallback key"

    room = await officer.create_room(bot.id)
    bot.server.call("POST", f"/_matrix/client/v3/rooms/{room}/join", {}, connection.device.token)
    await officer.until_there(room, bot.id)
    await officer.say(room, "Kommt das an?")
    await bot.restart()
    await bot.hears("Kommt das an?")
    await bot.until(lambda: bot.connection.keys.left >= 25)
    assert "fallback" not in claim(stranger, bot), "one-time keys were uploaded again from zero"


async def test_keys_whose_upload_was_not_answered_are_not_lost(
    synapse: Synapse, person: NewPerson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies between the upload and noting it must still open what is sealed with these keys."""
    officer = await person()
    call = Homeserver.call
    failures = iter([Unreachable("the process dies here", sent=True)])

    async def lost(self: Homeserver, method: str, address: str, *rest: Any, **more: Any) -> Json:
        answer = await call(self, method, address, *rest, **more)
        for failure in failures if address.endswith("keys/upload") else ():
            raise failure
        return answer

    monkeypatch.setattr(Homeserver, "call", lost)
    bot = Bot(synapse, synapse.register(), tmp_path / "store")
    await bot.start()
    room = await meet(bot, officer)
    await officer.say(room, "lesbar?")
    await bot.hears("lesbar?")
    await bot.stop()


async def test_a_device_that_logged_in_a_moment_ago_reads_the_answer(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await bot.say(room, "vorher")
    await officer.sees("vorher")
    phone = await another_device(officer)
    try:
        await phone.say(room, "vom Telefon")
        await bot.hears("vom Telefon")
        await bot.say(room, "auch aufs Telefon")
        assert (await phone.sees("auch aufs Telefon"))["decrypted"]
        assert (await officer.sees("auch aufs Telefon"))["decrypted"]
    finally:
        await phone.stop()


async def test_whoever_left_gets_no_further_keys(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    room = await meet(bot, officer, other)
    await bot.say(room, "für alle")
    await other.sees("für alle")
    before = sessions(bot, room)
    await bot.say(room, "noch eins")
    assert sessions(bot, room) == before, "one key serves many messages"
    await other.client.room_leave(room)
    await bot.until(lambda: other.id not in bot.connection.rooms.joined[room].members)
    await bot.say(room, "nur für die anderen")
    assert sessions(bot, room) != before
    assert (await officer.sees("nur für die anderen"))["decrypted"]


async def test_whoever_joins_gets_the_key_without_a_new_one_for_all(bot: Bot, person: NewPerson) -> None:
    officer, late = await person(), await person()
    room = await meet(bot, officer)
    await bot.say(room, "vorher")
    before = sessions(bot, room)
    await officer.client.room_invite(room, late.id)
    await late.join(room)
    await bot.until(lambda: late.id in bot.connection.rooms.joined[room].members)
    await bot.say(room, "willkommen")
    assert (await late.sees("willkommen"))["decrypted"]
    assert sessions(bot, room) == before


async def test_one_persons_broken_keys_spoil_nobody_elses(bot: Bot, person: NewPerson) -> None:
    hostile, officer = await person(), await person()
    upload_device(hostile, "BROKEN", vodozemac.Account(), public="no key")
    upload_device(hostile, "SIGNED", vodozemac.Account())

    for each in (officer, hostile):
        each.client.receive_response = unharmed(each.client.receive_response)
    room = await meet(bot, officer, hostile)
    await bot.say(room, "für alle mit Schlüsseln")
    assert (await officer.sees("für alle mit Schlüsseln"))["decrypted"]
    assert (await hostile.sees("für alle mit Schlüsseln"))["decrypted"]


async def test_a_message_that_cannot_be_opened_is_asked_for_again_once_an_hour(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "lesbar")
    await bot.hears("lesbar")
    for _ in range(3):
        keep_key_back(officer, room, "unlesbar")
    asked = await officer.sees("[de matrix-unreadable]")
    assert asked["content"]["m.relates_to"]["m.in_reply_to"]["event_id"]
    await bot.until(lambda: not bot.connection._keeper.state.unread)
    await officer.say(room, "fertig")
    await bot.hears("fertig")
    hints = [event for event in officer.messages(room, bot.id) if "unreadable" in event["content"]["body"]]
    assert len(hints) == 1
    assert [said.text for said in bot.of(Said)] == ["lesbar", "fertig"]


async def test_a_key_that_comes_late_still_opens_the_message(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "lesbar")
    await bot.hears("lesbar")
    await bot.restart(grace=60.0)
    held_back = keep_key_back(officer, room, "kommt noch")
    await bot.until(lambda: bot.connection._keeper.state.unread)
    await bot.restart()  # what cannot be read yet outlives the process
    for messages in held_back:
        officer.call("PUT", f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{uuid.uuid4().hex}", messages)
    await bot.hears("kommt noch")
    assert not bot.connection._keeper.state.unread


def upload_device(person: Person, name: str, account: vodozemac.Account, public: str = "") -> None:
    """A device of somebody whose keys are no keys, or, properly signed, whose one-time key is none."""

    def signed(value: Json) -> Json:
        text = json.dumps(value, separators=(",", ":"), sort_keys=True)
        return value | {"signatures": {person.id: {f"ed25519:{name}": account.sign(text.encode()).to_base64()}}}

    login: Json = {"type": "m.login.password", "device_id": name, "password": person.account.password}
    login |= {"identifier": {"type": "m.id.user", "user": person.id}}
    token = person.server.call("POST", "/_matrix/client/v3/login", login)["access_token"]
    keys: dict[str, Any] = {f"ed25519:{name}": account.ed25519_key, f"curve25519:{name}": account.curve25519_key}
    named = {key: public or value.to_base64() for key, value in keys.items()}
    device = {"algorithms": Olm._algorithms, "device_id": name, "user_id": person.id, "keys": named}
    body = {"device_keys": signed(device), "one_time_keys": {f"{ONE_TIME}:AAAA": signed({"key": "no key"})}}
    person.server.call("POST", "/_matrix/client/v3/keys/upload", body, token)


def unharmed(receive: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """People's clients are nio too, and would not survive what this test is about."""

    async def contained(response: Any) -> None:
        with suppress(ValueError):
            await receive(response)

    return contained


async def test_a_session_that_broke_is_replaced(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await bot.say(room, "vorher")
    await officer.sees("vorher")
    olm: Any = bot.connection.machine.olm
    (broken,) = olm.device_store.active_user_devices(officer.id)
    before = olm.session_store.get(broken.curve25519).id
    olm.wedged_devices.append(broken)
    await officer.say(room, "weckt uns")
    await bot.until(lambda: olm.session_store.get(broken.curve25519).id != before)
    await bot.until(lambda: not olm.wedged_devices and not olm.outgoing_to_device_messages)
    await bot.say(room, "nachher")
    assert (await officer.sees("nachher"))["decrypted"]


def keep_key_back(person: Person, room: str, text: str) -> list[Json]:
    """Sends a message whose key nobody got, and returns the to-device messages that would have carried it."""
    olm = person.client.olm
    olm.create_outbound_group_session(room)
    users = list(person.client.rooms[room].users)
    held_back = [messages for _, messages in olm.share_group_session_parallel(room, users, True)]
    olm.outbound_group_sessions[room].shared = True
    content = olm.group_encrypt(room, {"type": "m.room.message", "content": {"msgtype": "m.text", "body": text}})
    person.call("PUT", f"/_matrix/client/v3/rooms/{room}/send/m.room.encrypted/{uuid.uuid4().hex}", content)
    del olm.outbound_group_sessions[room]
    return held_back
