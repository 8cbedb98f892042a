"""Nothing is lost and nothing is taken too early: bursts, restarts, a core that is away, a homeserver that is away."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channel import SendError
from bot.channels.matrix import sync
from domain.chat import Incoming, Said
from domain.delivery import Failure
from tests.channels.matrix.bots import Bot, meet, unstored
from tests.channels.matrix.conftest import NewPerson
from tests.synapse import Synapse, free_port


def texts(bot: Bot) -> list[str]:
    return [said.text for said in bot.of(Said)]


def stored_token(bot: Bot) -> str:
    return str(json.loads(bot.store.joinpath("sync.json").read_text())["token"])


def refusing() -> tuple[Callable[[Incoming], Exception], list[Incoming]]:
    """A database that is away, and what it was offered."""
    offered: list[Incoming] = []

    def away(incoming: Incoming) -> Exception:
        offered.append(incoming)
        return unstored(incoming)

    return away, offered


async def test_a_burst_while_we_were_away_is_taken_whole_and_in_order(
    bot: Bot, person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nio's default filter all but the last ten would be lost."""
    assert sync.FILTER["room"]["timeline"]["limit"] >= 100  # type: ignore[index]
    monkeypatch.setitem(sync.FILTER, "room", sync.FILTER["room"] | {"timeline": {"limit": 5}})  # type: ignore[operator]
    monkeypatch.setattr(sync, "PAGE", "7")
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "vorher")
    await bot.hears("vorher")
    await bot.stop()
    burst = [f"Nachricht {number}" for number in range(40)]
    for text in burst:
        await officer.say(room, text)
    await bot.restart()
    await bot.hears(burst[-1])
    assert texts(bot) == ["vorher", *burst]


async def test_a_burst_while_we_listen_is_taken_whole(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    burst = [f"Nachricht {number}" for number in range(60)]
    await officer.say(room, "vorher")
    await asyncio.gather(*(officer.say(room, text) for text in burst))
    await bot.until(lambda: len(bot.arrived) == 61)
    assert sorted(texts(bot)[1:]) == sorted(burst)


async def test_what_the_core_could_not_store_comes_again(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "gespeichert")
    await bot.hears("gespeichert")
    bot.refuse, offered = refusing()
    await officer.say(room, "nicht gespeichert")
    await bot.until(lambda: len(offered) > 2)
    before = bot.connection._keeper.state.token
    await bot.until(lambda: stored_token(bot) == before)
    await officer.say(room, "auch nicht")
    await bot.until(lambda: len(bot.connection._lanes._batches) > 1)
    assert bot.connection._keeper.state.token == before, "nothing is acknowledged that is not stored"
    bot.refuse = lambda _: None
    await bot.hears("auch nicht")
    assert texts(bot) == ["gespeichert", "nicht gespeichert", "auch nicht"]


async def test_a_process_that_dies_before_storing_takes_the_message_after_its_restart(
    bot: Bot, person: NewPerson
) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "vorher")
    await bot.hears("vorher")
    bot.refuse, offered = refusing()
    await officer.say(room, "im Sterben")
    await bot.until(lambda: offered)
    bot.refuse = lambda _: None
    await bot.restart()
    await bot.hears("im Sterben")


async def test_a_loop_that_is_started_again_reads_again_what_it_had_not_finished(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    await officer.say(room, "vorher")
    await bot.hears("vorher")
    bot.refuse, offered = refusing()
    await officer.say(room, "mittendrin")
    await bot.until(lambda: offered)
    await bot.stop_listening()
    bot.refuse = lambda _: None
    await bot.say(room, "wird noch gesendet")
    assert (await officer.sees("wird noch gesendet"))["decrypted"]
    bot.listen()
    await bot.hears("mittendrin")


async def test_an_error_in_the_core_ends_nothing(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    room = await meet(bot, officer)
    failures = iter([RuntimeError("once"), None])
    bot.refuse = lambda _: next(failures, None)
    await officer.say(room, "beim zweiten Mal")
    await bot.hears("beim zweiten Mal")
    bot.refuse = lambda incoming: RuntimeError() if getattr(incoming, "text", "") == "nie" else None
    await officer.say(room, "nie")
    await officer.say(room, "danach")
    await bot.hears("danach")
    assert texts(bot) == ["beim zweiten Mal", "danach"]


async def test_a_room_that_is_stuck_holds_up_no_other(bot: Bot, person: NewPerson) -> None:
    hostile, officer = await person(), await person()
    flooded, room = await meet(bot, hostile), await meet(bot, officer)
    bot.refuse = lambda incoming: unstored(incoming) if incoming.address.chat == flooded else None
    for number in range(5):
        await hostile.say(flooded, f"Flut {number}")
    await officer.say(room, "ungestört")
    await bot.hears("ungestört")
    assert texts(bot) == ["ungestört"]


async def test_after_a_restart_rooms_are_known_without_anything_having_happened(bot: Bot, person: NewPerson) -> None:
    officer, other = await person(), await person()
    room = await meet(bot, officer, other)
    await bot.restart()
    await bot.say(room, "nach dem Start")
    assert (await officer.sees("nach dem Start"))["decrypted"]
    assert (await other.sees("nach dem Start"))["decrypted"]


@pytest.mark.parametrize("kept", ["", "s1_2_3_4_5_6_7_8_9_999999", "nonsense"])
async def test_without_a_valid_place_in_the_stream_old_messages_come_again_with_their_ids(
    bot: Bot, person: NewPerson, kept: str
) -> None:
    officer = await person()
    room = await meet(bot, officer, encrypted=False)
    await officer.say(room, "alt")
    await bot.hears("alt")
    await bot.stop()
    bot.store.joinpath("sync.json").write_text(json.dumps({"token": kept}) if kept else "{")
    again: list[Incoming] = []
    bot.refuse = again.append
    await officer.say(room, "neu")
    await bot.restart()
    await bot.hears("neu")
    assert [said.id for said in bot.of(Said)] == list(
        dict.fromkeys(said.id for said in again if isinstance(said, Said))
    )


async def test_a_homeserver_that_is_stopped_and_started_is_survived(bot: Bot, synapse: Synapse) -> None:
    officer = synapse.register()
    room = synapse.call("POST", "/_matrix/client/v3/createRoom", {"invite": [bot.id]}, officer.token)["room_id"]
    await bot.enters(room)
    synapse.stop()
    try:
        await bot.until(bot.channel.health)
        assert "cannot be reached" in bot.channel.health()
        with pytest.raises(SendError) as refused:
            await bot.say(room, "ins Leere", token="1")
        assert refused.value.failure is Failure.UNREACHABLE
    finally:
        await asyncio.to_thread(synapse.start)
    address = f"/_matrix/client/v3/rooms/{room}/send/m.room.message/1"
    synapse.call("PUT", address, {"msgtype": "m.text", "body": "wieder da"}, officer.token)
    await bot.hears("wieder da")
    assert bot.channel.health() == ""
    assert await bot.say(room, "ins Leere", token="1")


async def test_a_homeserver_that_is_away_at_the_start_is_waited_for(tmp_path: Path, synapse: Synapse) -> None:
    away = Synapse.__new__(Synapse)
    away.url = f"http://127.0.0.1:{free_port()}"
    bot = Bot(away, synapse.register(), tmp_path / "store")
    await bot.start()
    assert "cannot be reached" in bot.channel.health()
    with pytest.raises(SendError) as refused:
        await bot.say("!nowhere", "zu früh")
    assert refused.value.failure is Failure.UNREACHABLE
    bot.channel._line._server.base = synapse.url
    await bot.until(lambda: bot.channel.health() == "")
    await bot.stop()


class OneAtATime:
    """Locks as the processes of one installation share them."""

    def __init__(self, held: dict[str, object]) -> None:
        self._held = held

    async def acquire(self, name: str) -> bool:
        return self._held.setdefault(name, self) is self

    async def release(self, name: str) -> None:
        if self._held.get(name) is self:
            del self._held[name]


async def test_of_several_processes_one_is_connected_and_another_takes_over(
    synapse: Synapse, person: NewPerson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.matrix.channel.STANDBY", 0.05)
    held: dict[str, Any] = {}
    account, officer = synapse.register(), await person()
    first = Bot(synapse, account, tmp_path / "store", locks=OneAtATime(held))
    second = Bot(synapse, account, tmp_path / "store", locks=OneAtATime(held))
    await first.start()
    await second.start()
    assert second.channel.health() == "", "waiting for one's turn is no trouble"
    room = await meet(first, officer)
    await officer.say(room, "an den ersten")
    await first.hears("an den ersten")
    await first.stop()
    await officer.say(room, "an den zweiten")
    await second.hears("an den zweiten")
    await second.stop()
    assert texts(second)[-1:] == ["an den zweiten"]
