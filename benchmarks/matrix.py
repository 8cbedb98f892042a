"""Messages per second through the Matrix channel, beside bare requests to the same server in the same run.

A Synapse on SQLite on this machine, its limits lifted. For each room the two take turns; the median of the ratios
counts. Then the time from a person's message to the assistant's answer, both in an encrypted direct chat.
"""

import asyncio
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from aiohttp import ClientSession

from domain.chat import Html, Message, Outgoing
from tests.channels.matrix.bots import Bot
from tests.channels.matrix.people import Person
from tests.synapse import Synapse, running

MESSAGES = 60
ROUNDS = 3
ANSWERS = 40
ROOMS = ((10, False), (50, False), (10, True), (50, True))
MEGOLM = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
Send = Callable[[int], Awaitable[object]]


async def rate(send: Send) -> float:
    """Messages per second, one after the other, as delivery sends them within a chat."""
    began = time.perf_counter()
    for number in range(MESSAGES):
        await send(number)
    return MESSAGES / (time.perf_counter() - began)


async def measure(server: Synapse, folder: Path) -> None:
    """Print all figures."""
    bot = Bot(server, server.register(), folder / "keys")
    await bot.start()
    for members, encrypted in ROOMS:
        room = await _room(server, bot, members, encrypted=encrypted)
        async with ClientSession(headers={"Authorization": f"Bearer {bot.connection.device.token}"}) as session:
            bare = _bare(session, f"{server.url}/_matrix/client/v3/rooms/{room}/send/m.room.message")
            await bot.say(room, "the first message carries the keys")
            pairs = [(await rate(_ours(bot, room)), await rate(bare)) for _ in range(ROUNDS)]
        ours, other = (median(pair[side] for pair in pairs) for side in (0, 1))
        kind = "encrypted" if encrypted else "open"
        share = median(mine / theirs for mine, theirs in pairs)
        print(f"  {members:>3} members, {kind:<9} {ours:6.1f} messages/s, bare PUT {other:6.1f}, ratio {share:.2f}")
    await _answers(server, bot)
    await bot.stop()


async def _room(server: Synapse, bot: Bot, members: int, *, encrypted: bool) -> str:
    host = server.register()
    wanted = {"preset": "public_chat", "invite": [bot.id], "initial_state": [MEGOLM] if encrypted else []}
    room = str(server.call("POST", "/_matrix/client/v3/createRoom", wanted, host.token)["room_id"])
    for _ in range(members - 2):
        other = server.register()
        server.call("POST", f"/_matrix/client/v3/join/{room}", {}, other.token)
    await bot.enters(room)
    return room


def _ours(bot: Bot, room: str) -> Send:
    async def send(number: int) -> None:
        message = Outgoing(to=bot.address(room), content=Message(Html(f"Nachricht {number}")))
        await bot.channel.send(message, uuid.uuid4().hex, None)

    return send


def _bare(session: ClientSession, address: str) -> Send:
    async def send(number: int) -> None:
        content = {"msgtype": "m.text", "body": f"Nachricht {number}"}
        async with session.put(f"{address}/{uuid.uuid4().hex}", json=content) as answer:
            answer.raise_for_status()

    return send


async def _answers(server: Synapse, bot: Bot) -> None:
    person = await Person(server, server.register()).start()
    room = await person.create_room(bot.id, direct=True)
    await bot.enters(room)
    await person.until_there(room, bot.id)
    await person.say(room, "Guten Tag")
    await bot.hears("Guten Tag")
    times = []
    for number in range(ANSWERS):
        began = time.perf_counter()
        await person.say(room, f"Frage {number}")
        await bot.hears(f"Frage {number}")
        await bot.say(room, f"Antwort {number}.", private=True)
        await person.sees(f"Antwort {number}.")
        times.append((time.perf_counter() - began) * 1e3)
    times.sort()
    print(f"  from a message to its answer seen, encrypted: median {median(times):.0f} ms, worst {times[-1]:.0f} ms")
    await person.stop()


def main() -> None:
    """Start a server and measure."""
    with tempfile.TemporaryDirectory() as name, running(Path(name) / "synapse") as server:
        print(f"{MESSAGES} messages one after the other, medians of {ROUNDS} rounds")
        asyncio.run(measure(server, Path(name)))


if __name__ == "__main__":
    main()
