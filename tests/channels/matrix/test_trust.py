"""One device, signed by its own account, and healed when it is lost."""

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
import vodozemac
from nio import OlmUnverifiedDeviceError, RoomMessageText

from bot.channel import Misconfigured
from bot.channels.matrix.homeserver import Homeserver
from domain.chat import Said
from tests.channels.matrix.bots import Bot, meet
from tests.channels.matrix.conftest import NewPerson
from tests.channels.matrix.people import Json, Person
from tests.synapse import Synapse


def keys_of(person: Person, user: str) -> Json:
    return person.call("POST", "/_matrix/client/v3/keys/query", {"device_keys": {user: []}})


def signed_by(value: Json, user: str, key: str) -> bool:
    """Whether a value carries a valid signature, checked with another implementation than the one that signed."""
    plain = {name: part for name, part in value.items() if name not in {"signatures", "unsigned"}}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    signature = vodozemac.Ed25519Signature.from_base64(value["signatures"][user][f"ed25519:{key}"])
    vodozemac.Ed25519PublicKey.from_base64(key).verify_signature(text.encode(), signature)
    return True


def trusted_devices(person: Person, user: str) -> list[str]:
    """The devices that the account's keys vouch for, after checking the chain as a client does."""
    known = keys_of(person, user)
    (master,) = known["master_keys"][user]["keys"].values()
    own = known["self_signing_keys"][user]
    (signing,) = own["keys"].values()
    assert signed_by(own, user, master)
    devices = known["device_keys"][user]
    return [
        name
        for name, keys in devices.items()
        if f"ed25519:{signing}" in keys["signatures"][user] and signed_by(keys, user, signing)
    ]


async def device(bot: Bot) -> str:
    return bot.connection.device.device_id


async def test_the_bot_signs_its_own_device(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    assert trusted_devices(officer, bot.id) == [await device(bot)]
    before = keys_of(officer, bot.id)
    await bot.restart()
    assert keys_of(officer, bot.id) == before, "signed once, and nothing is uploaded again"


async def test_people_who_exclude_devices_nobody_vouches_for_are_heard_and_read_the_answer(
    bot: Bot, person: NewPerson
) -> None:
    officer = await person()
    room = await meet(bot, officer)
    content = {"msgtype": "m.text", "body": "Nur für Geräte, für die jemand bürgt"}
    await officer._know_all()
    with pytest.raises(OlmUnverifiedDeviceError):
        await officer.client.room_send(room, "m.room.message", content)
    for name in trusted_devices(officer, bot.id):
        officer.client.verify_device(officer.client.device_store[bot.id][name])
    await officer.client.room_send(room, "m.room.message", content)
    await bot.hears("Nur für Geräte, für die jemand bürgt")

    vouched: list[bool] = []
    officer.client.add_event_callback(lambda _, event: vouched.append(event.verified), RoomMessageText)
    await bot.say(room, "Antwort")
    await officer.sees("Antwort")
    await bot.until(lambda: vouched)
    assert vouched == [True]


async def test_the_store_is_for_its_owner_alone(bot: Bot) -> None:
    assert stat.S_IMODE(bot.store.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in bot.store.iterdir()}
    assert {"account.json", "cross-signing.json", "crypto.db", "lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


async def test_lost_seeds_are_replaced_with_the_password(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    before = keys_of(officer, bot.id)["master_keys"]
    bot.store.joinpath("cross-signing.json").unlink()
    await bot.restart()
    assert keys_of(officer, bot.id)["master_keys"] != before
    assert trusted_devices(officer, bot.id) == [await device(bot)]


@pytest.mark.parametrize("lost", ["everything", "keys", "sense"])
async def test_a_lost_store_is_healed_by_a_new_device_and_the_old_one_removed(
    bot: Bot, person: NewPerson, lost: str
) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "vorher")
    await bot.hears("vorher")
    old = await device(bot)
    await bot.stop()
    if lost == "everything":
        shutil.rmtree(bot.store)
    for file in bot.store.glob("crypto.db*"):
        file.write_bytes(b"damaged") if lost == "sense" else file.unlink()
    await bot.restart()

    new = await device(bot)
    assert new != old
    assert trusted_devices(officer, bot.id) == [new]
    assert set(keys_of(officer, bot.id)["device_keys"][bot.id]) == {new}, "the old device is gone"
    await officer.say(room, "nachher")
    await bot.hears("nachher")
    await bot.say(room, "wieder da")
    assert (await officer.sees("wieder da"))["decrypted"]


async def test_a_device_that_was_signed_out_is_replaced_at_the_next_start(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    old = await device(bot)
    await bot.stop()
    kept = json.loads(bot.store.joinpath("account.json").read_text())
    bot.server.call("POST", "/_matrix/client/v3/logout", {}, kept["token"])
    await bot.restart()
    assert await device(bot) != old
    assert trusted_devices(officer, bot.id) == [await device(bot)]


async def test_a_token_that_is_revoked_stops_the_channel_with_a_sentence(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests: list[str] = []
    answer = Homeserver._answer

    async def counted(self: Homeserver, *rest: Any) -> Json:
        requests.append(rest[1])
        return await answer(self, *rest)

    monkeypatch.setattr(Homeserver, "_answer", counted)
    bot.server.call("POST", "/_matrix/client/v3/logout", {}, bot.connection.device.token)
    await bot.until(bot.channel.health)
    assert bot.channel.health() == f"[de matrix-revoked] user={bot.id}"
    assert len(requests) <= 3, "nobody hammers a homeserver that has said no"


class TestWithAToken:
    """Without a password a device cannot be replaced; then the operator is told."""

    @pytest.fixture
    async def bot(self, synapse: Synapse, tmp_path: Path) -> Any:
        account = synapse.register()
        made = Bot(synapse, account, tmp_path / "store", password="", token=account.token)
        await made.start()
        yield made
        await made.stop()

    async def test_it_works_and_is_signed(self, bot: Bot, person: NewPerson) -> None:
        officer = await person()
        assert trusted_devices(officer, bot.id) == [bot.account.device]
        room = await meet(bot, officer)
        await officer.say(room, "mit Token")
        await bot.gets(Said)

    async def test_a_lost_store_asks_for_a_new_token(self, bot: Bot) -> None:
        await bot.stop()
        shutil.rmtree(bot.store)
        with pytest.raises(Misconfigured, match="matrix-keys-lost"):
            await bot.restart()

    async def test_a_refused_token_is_said(self, bot: Bot) -> None:
        with pytest.raises(Misconfigured, match="matrix-refused-token"):
            await bot.restart(token="syt_wrong")

    async def test_keys_of_another_client_are_left_alone(
        self, bot: Bot, person: NewPerson, caplog: pytest.LogCaptureFixture
    ) -> None:
        officer = await person()
        before = keys_of(officer, bot.id)["master_keys"]
        bot.store.joinpath("cross-signing.json").unlink()
        await bot.restart()
        assert keys_of(officer, bot.id)["master_keys"] == before
        assert "not trusted by its own account" in caplog.text


async def test_a_wrong_password_is_said(synapse: Synapse, tmp_path: Path) -> None:
    bot = Bot(synapse, synapse.register(), tmp_path / "store", password="wrong")
    with pytest.raises(Misconfigured, match="matrix-refused-password"):
        await bot.start()
    await bot.stop()
    await bot.stop()


async def test_one_store_serves_one_process(bot: Bot) -> None:
    second = Bot(bot.server, bot.account, bot.store)
    with pytest.raises(Misconfigured, match="matrix-store-in-use"):
        await second.start()
    await second.stop()


async def test_a_store_that_cannot_be_written_is_said(synapse: Synapse, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    bot = Bot(synapse, synapse.register(), tmp_path / "file" / "store")
    with pytest.raises(Misconfigured, match="matrix-store-unwritable"):
        await bot.start()
    await bot.stop()
