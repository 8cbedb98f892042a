"""Many people, and hostile ones."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from uuid import uuid4

import pytest
from nio.api import Api
from nio.crypto.sessions import InboundSession, OlmAccount
from vodozemac import PreKeyMessage

from bot.channels.matrix.devices import AT_ONCE
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver
from bot.channels.matrix.keys import ALGORITHMS, ONE_TIME
from bot.channels.matrix.olm import Machine
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.sending import Sending
from bot.channels.matrix.sharing import Sharing
from domain.chat import Said
from tests.channels.matrix.bots import Bot, meet, unstored
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.events import ME, ROOM, Json
from tests.channels.matrix.people import Person

CROWD = 500
FLOOD = 100
AT_A_TIME = 8
MALFORMED: dict[str, Json] = {
    "m.room.message": {"msgtype": [], "body": {"x": 1}, "m.relates_to": "x", "m.new_content": 7},
    "m.reaction": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$none", "key": {"1": 2}}},
    "m.room.encrypted": {"algorithm": 1, "ciphertext": [], "session_id": {}, "sender_key": 3},
    "m.poll.response": {"m.relates_to": {"rel_type": "m.reference", "event_id": 5}, "m.selections": {}},
    "org.matrix.msc3381.poll.response": {"org.matrix.msc3381.poll.response": {"answers": [[]]}, "m.relates_to": []},
}


class Crowd(Homeserver):
    """A homeserver on which each of many people has a device, and which remembers what was sent to whom."""

    def __init__(self, users: list[str]) -> None:
        super().__init__("http://127.0.0.1")
        self.accounts: dict[str, Any] = {user: OlmAccount() for user in users}
        self.reached: Counter[str] = Counter()
        self.sealed: dict[str, Json] = {}
        self.largest = 0
        self._numbers = count(1)

    async def call(self, method: str, address: str, body: Any = None, **_: Any) -> Json:
        del method
        await asyncio.sleep(0)
        match address.split("/")[4:6]:
            case "keys", "query":
                asked = body["device_keys"]
                return {"device_keys": {user: {"DEVICE": self._device(user)} for user in asked if user != ME}}
            case "keys", "claim":
                asked = body["one_time_keys"]
                return {"one_time_keys": {user: {"DEVICE": self._one_time_key(user)} for user in asked}}
            case "sendToDevice", _:
                self.largest = max(self.largest, sum(map(len, body["messages"].values())))
                for user, devices in body["messages"].items():
                    self.reached[user] += 1
                    self.sealed[user] = devices["DEVICE"]
                return {}
        return {"event_id": f"${next(self._numbers)}"}

    def _device(self, user: str) -> Json:
        keys = self.accounts[user].identity_keys
        public = {f"{name}:DEVICE": keys[name] for name in ("curve25519", "ed25519")}
        return self._signed(user, {"algorithms": ALGORITHMS, "device_id": "DEVICE", "user_id": user, "keys": public})

    def _one_time_key(self, user: str) -> Json:
        account = self.accounts[user]
        account.generate_one_time_keys(1)
        ((name, key),) = account.one_time_keys["curve25519"].items()
        account.mark_keys_as_published()
        return {f"{ONE_TIME}:{name}": self._signed(user, {"key": key})}

    def _signed(self, user: str, value: Json) -> Json:
        by = self.accounts[user].sign(Api.to_canonical_json(value))
        return value | {"signatures": {user: {"ed25519:DEVICE": by}}}

    def opened(self, user: str, machine: Machine) -> Json:
        """What this person got, opened with their keys."""
        account = self.accounts[user]
        sealed = self.sealed[user]["ciphertext"][account.identity_keys["curve25519"]]
        message = PreKeyMessage.from_base64(sealed["body"])
        ours = machine.olm.account.identity_keys["curve25519"]
        found: Json = json.loads(InboundSession(account, message, ours).decrypt(message))
        return found


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(Folder(tmp_path), ME, "OURS")
    yield made
    made.close()


async def test_every_device_of_a_crowd_gets_the_key_once_and_others_have_their_turn(machine: Machine) -> None:
    users = [f"@officer{number}:musterstadt.example" for number in range(CROWD)]
    server, room = Crowd(users), Room(ROOM, encrypted=True)
    room.members = {user: {"membership": "join"} for user in (ME, *users)}
    sending = Sending(server, machine, Sharing(server, machine))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(others())
    await sending.put(room, "m.room.message", {"body": "an alle"}, "1")
    assert turns > 3 * CROWD / AT_ONCE, "a turn for others between all steps"
    assert server.reached == Counter(users)
    assert server.largest <= AT_ONCE
    await sending.put(room, "m.room.message", {"body": "noch einmal"}, "2")
    assert server.reached == Counter(users), "one key serves many messages"
    beside.cancel()
    for user in (users[0], users[-1]):
        key = server.opened(user, machine)
        assert (key["type"], key["content"]["room_id"], key["recipient"]) == ("m.room_key", ROOM, user)


async def test_a_room_of_five_hundred(bot: Bot, person: NewPerson) -> None:
    """Most of them are only invited, which weighs the same in the room's state."""
    officer = await person()
    room = await meet(bot, officer)
    slots = asyncio.Semaphore(AT_A_TIME)

    async def invite(number: int) -> None:
        async with slots:
            guest = {"user_id": f"@gast{number}:{officer.id.partition(':')[2]}"}
            await asyncio.to_thread(officer.call, "POST", f"/_matrix/client/v3/rooms/{quote(room)}/invite", guest)

    await asyncio.gather(*(invite(number) for number in range(CROWD - 2)))
    await bot.until(lambda: len(bot.connection.rooms.joined[room].members) == CROWD)
    await officer.say(room, "!themen")
    said = await bot.hears("!themen")
    await bot.say(room, "Drei Themen", reply_to=said.message)
    assert (await officer.sees("Drei Themen"))["decrypted"]
    await bot.restart()
    assert len((await bot.enters(room)).members) == CROWD
    await bot.say(room, "nach dem Neustart")
    assert (await officer.sees("nach dem Neustart"))["decrypted"]


async def test_a_hostile_member_who_floods_and_sends_nonsense_holds_up_nobody(bot: Bot, person: NewPerson) -> None:
    hostile, officer = await person(), await person()
    flooded, room = await meet(bot, hostile, encrypted=False), await meet(bot, officer)
    bot.refuse = lambda incoming: unstored(incoming) if incoming.address.chat == flooded else None
    passed = await asyncio.gather(*(asyncio.to_thread(flood, hostile, flooded, part) for part in range(AT_A_TIME)))
    assert len(set().union(*passed)) >= 3, "what the homeserver itself refuses is no test"
    await officer.say(room, "ungestört")
    await bot.hears("ungestört")
    assert [said.text for said in bot.of(Said)] == ["ungestört"], "the flood is not through"
    bot.refuse = lambda _: None
    await hostile.say(flooded, "fertig")
    await bot.hears("fertig")
    texts = Counter(said.text for said in bot.of(Said))
    expected = [f"Flut {number}" for number in range(FLOOD)]
    assert texts == Counter(["ungestört", "fertig", *expected]), "everything once, and nothing of the nonsense"


def flood(hostile: Person, room: str, part: int) -> set[str]:
    """Writes one of eight parts of it, with something malformed between; returns the kinds that were passed on."""
    passed: set[str] = set()
    for number in range(part, FLOOD, AT_A_TIME):
        put(hostile, room, "m.room.message", {"msgtype": "m.text", "body": f"Flut {number}"})
        kind = [*MALFORMED][number % len(MALFORMED)]
        with suppress(HTTPError):
            put(hostile, room, kind, MALFORMED[kind])
            passed.add(kind)
    return passed


def put(person: Person, room: str, kind: str, content: Json) -> None:
    person.call("PUT", f"/_matrix/client/v3/rooms/{quote(room)}/send/{kind}/{uuid4().hex}", content)
