"""The holes of nio 0.26, each with the attack that used it."""

import logging
import uuid

import pytest

from bot.channels.matrix.homeserver import Homeserver
from bot.channels.matrix.powers import powers
from bot.channels.matrix.rooms import Room
from domain.chat import Left, Moved, Said
from tests.channels.matrix.bots import Bot, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person

OLM = "m.olm.v1.curve25519-aes-sha2"


def to_device(attacker: Person, victim: str, kind: str, content: Json) -> None:
    address = f"/_matrix/client/v3/sendToDevice/{kind}/{uuid.uuid4().hex}"
    attacker.call("PUT", address, {"messages": {victim: {"*": content}}})


def identity_key(attacker: Person, bot: Bot) -> str:
    """The bot's public curve25519 key, as anybody can ask for it."""
    told = attacker.call("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.id: []}})
    ((device, keys),) = told["device_keys"][bot.id].items()
    return str(keys["keys"][f"curve25519:{device}"])


def forged(attacker: Person, room: str, payload: Json) -> str:
    """Sends a payload of the attacker's choice, properly encrypted, past every check of a client."""
    content = attacker.client.olm.group_encrypt(room, dict(payload))
    address = f"/_matrix/client/v3/rooms/{room}/send/m.room.encrypted/{uuid.uuid4().hex}"
    return str(attacker.call("PUT", address, content)["event_id"])


async def test_a_malformed_to_device_message_ends_nothing(bot: Bot, person: NewPerson) -> None:
    attacker, officer = await person(), await person()
    room = await meet(bot, officer)
    ours = identity_key(attacker, bot)
    for body in ("", "!", "AAAA", "A" * 5000):
        for kind in (0, 1, 2, "0", None):
            content = {"algorithm": OLM, "sender_key": ours, "ciphertext": {ours: {"type": kind, "body": body}}}
            to_device(attacker, bot.id, "m.room.encrypted", content)
    to_device(attacker, bot.id, "m.room.encrypted", {"algorithm": OLM, "sender_key": 7, "ciphertext": []})
    to_device(attacker, bot.id, "m.room_key", {"session_key": None})
    to_device(attacker, bot.id, "m.key.verification.start", {"transaction_id": []})
    await officer.say(room, "noch da?")
    await bot.hears("noch da?")


async def test_encrypted_state_changes_neither_members_nor_powers(bot: Bot, person: NewPerson) -> None:
    officer, attacker, outsider = await person(), await person(), await person()
    room = await meet(bot, officer, attacker)
    await attacker.say(room, "Guten Tag")
    await bot.hears("Guten Tag")
    member = {"type": "m.room.member", "state_key": outsider.id, "content": {"membership": "join"}}
    forged(attacker, room, member)
    forged(attacker, room, {**member, "state_key": officer.id, "content": {"membership": "leave"}})
    levels = {"users": {attacker.id: 100}}
    forged(attacker, room, {"type": "m.room.power_levels", "state_key": "", "content": levels})
    forged(attacker, room, {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": "!x:y"}})
    forged(
        attacker, room, {"type": "m.room.message", "state_key": "", "content": {"msgtype": "m.text", "body": "wer?"}}
    )
    await attacker.say(room, "fertig")
    await bot.hears("fertig")

    assert not bot.of(Left)
    assert not bot.of(Moved)
    assert [said.text for said in bot.of(Said)] == ["Guten Tag", "fertig"]
    await bot.say(room, "für uns")
    await officer.sees("für uns")
    await outsider.client.sync(0)
    # The attacker's own client, which takes what it forged for true when it comes back, may well share its key.
    ours = identity_key(attacker, bot)
    assert officer.client.olm.inbound_group_store[room].get(ours)
    assert not outsider.client.olm.inbound_group_store[room].get(ours), "an outsider got a room key"


async def test_a_removed_moderator_has_no_power_left(bot: Bot, person: NewPerson) -> None:
    officer, moderator = await person(), await person()
    room = await meet(bot, officer, moderator, room_version="10")
    server = Homeserver(bot.server.url)
    server.token = officer.account.token
    known = Room(room)
    try:
        levels = (await powers(server, known)).levels
        address = f"/_matrix/client/v3/rooms/{room}/state/m.room.power_levels"
        raised = levels["users"] | {moderator.id: 50}
        officer.call("PUT", address, levels | {"users": raised})
        assert (await powers(server, known)).may(moderator.id, "redact")
        officer.call("PUT", address, levels)
        assert (await powers(server, known)).of(moderator.id) == 0
    finally:
        await server.close()


async def test_the_creators_of_a_version_12_room_stand_above_all_levels(bot: Bot, person: NewPerson) -> None:
    officer, second, other = await person(), await person(), await person()
    creation = {"additional_creators": [second.id]}
    room = await meet(bot, officer, second, other, room_version="12", creation_content=creation)
    assert ":" not in room, "ids of such rooms name no server"
    now = await powers(bot.connection.server, await bot.enters(room))
    assert now.of(officer.id) == now.of(second.id) == float("inf")
    assert now.of(other.id) == 0
    assert now.may(officer.id, "redact")
    assert not now.may(other.id, "redact")


async def test_the_token_is_in_no_address_and_no_log(
    bot: Bot, person: NewPerson, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses: list[str] = []
    answer = Homeserver._answer

    async def watched(self: Homeserver, method: str, address: str, *rest: object) -> Json:
        addresses.append(f"{address} {rest[2]}")
        return await answer(self, method, address, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Homeserver, "_answer", watched)
    caplog.set_level(logging.DEBUG)
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "Streng vertraulich")
    await bot.hears("Streng vertraulich")
    await bot.say(room, "Ebenso vertraulich")
    await officer.sees("Ebenso vertraulich")
    token = bot.store.joinpath("account.json").read_text().split('"token": "')[1].split('"')[0]
    assert addresses
    assert not any(token in address for address in addresses)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert not any(token in line or "vertraulich" in line for line in ours)
