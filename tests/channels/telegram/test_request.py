"""Whether Telegram may have acted on a request, told by how the exchange went wrong."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.answers import (
    LONGEST_PAUSE,
    UNNAMED_PAUSE,
    AnswerLost,
    NotSent,
    Throttled,
    Unavailable,
)
from bot.channels.telegram.api import Api, Call, Upload
from bot.channels.telegram.request import proxy_for

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
TOKEN = "7100000001:secret-half"


@contextlib.asynccontextmanager
async def serving(talk: Talk) -> AsyncIterator[Api]:
    """A client of a server that does ``talk`` on each connection."""
    talks: list[asyncio.Task[Any]] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.extend(filter(None, [asyncio.current_task()]))
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await talk(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    api = Api(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await api.connect()
    try:
        yield api
    finally:
        await api.disconnect()
        server.close()
        await asyncio.gather(*talks)


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length"))
    return head, await reader.readexactly(length)


def http(status: int, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def answering(raw: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_request(reader)
            writer.write(raw)

    return talk


def refusal(status: int, description: str, **parameters: Any) -> bytes:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return http(status, json.dumps(body).encode())


ANSWERS: dict[str, tuple[bytes, type[TelegramError]]] = {
    "no JSON": (http(200, b"<html>"), AnswerLost),
    "no object": (http(200, b"[1]"), AnswerLost),
    "not UTF-8": (http(200, b'{"result": "\xff"}'), AnswerLost),
    "half of an answer": (http(200, b"x" * 10)[:-5], AnswerLost),
    "too deep": (http(200, b'{"result":' + b"[" * 100_000), AnswerLost),
    "no HTTP": (b"SSH-2.0\r\n\r\n", AnswerLost),
    "bad gateway": (http(502, b"<html>"), Unavailable),
    "server error in Telegram's words": (refusal(500, "Internal Server Error"), Unavailable),
    "redirect": (http(302, b"", "Location: http://127.0.0.1:1/"), Unavailable),
    "forbidden by a proxy": (http(403, b"<html>"), Unavailable),
    "not found by a proxy": (http(404, b"{}"), Unavailable),
    "too fast": (refusal(429, "Too Many Requests: retry after 7", retry_after=7), Throttled),
    "too fast by a proxy": (http(429, b"<html>"), Throttled),
    "too large by a proxy": (http(413, b"<html>"), BadRequest),
    "too large": (refusal(413, "Request Entity Too Large"), BadRequest),
    "bad": (refusal(400, "Bad Request: chat not found"), BadRequest),
    "moved": (refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-100), ChatMigrated),
    "forbidden": (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
    "token": (refusal(401, "Unauthorized"), InvalidToken),
    "token of no form": (refusal(404, "Not Found"), InvalidToken),
    "conflict": (refusal(409, "Conflict: terminated"), Conflict),
    "odd details": (http(400, b'{"ok": false, "description": 7, "parameters": [1]}'), BadRequest),
    "odd pause": (http(429, b'{"ok": false, "parameters": {"retry_after": "soon"}}'), Throttled),
    "a pause for something else": (refusal(400, "Bad Request: slow mode", retry_after=7), Throttled),
    "an odd one for something else": (refusal(400, "Bad Request: slow mode", retry_after="soon"), Throttled),
}


@pytest.mark.parametrize(("raw", "error"), ANSWERS.values(), ids=ANSWERS)
async def test_what_an_answer_means(raw: bytes, error: type[TelegramError]) -> None:
    async with serving(answering(raw)) as api:
        with pytest.raises(error) as caught:
            await api.call("sendMessage", 0.2, chat_id=1, text="x")
    assert type(caught.value) is error
    assert "secret-half" not in repr(caught.value)


@pytest.mark.parametrize("status", [400, 420, 429, 502])
@pytest.mark.parametrize(
    ("named", "kept"),
    [
        *((7, 7), (0.5, 0.5), (10**400, LONGEST_PAUSE), (float("inf"), LONGEST_PAUSE)),
        *((wrong, UNNAMED_PAUSE) for wrong in (0, -1, float("nan"), "soon", [7])),
    ],
)
async def test_the_pause_named_by_telegram_is_kept_and_the_library_warns_of_nothing(
    status: int, named: object, kept: float, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA", raising=False)
    async with serving(answering(refusal(status, "Too Many Requests", retry_after=named))) as api:
        with pytest.raises(Throttled) as caught:
            await api.call("sendMessage")
    assert caught.value.retry_after == kept
    assert not recwarn.list


async def test_nobody_there() -> None:
    api = Api(TOKEN, "http://127.0.0.1:1")
    await api.connect()
    with pytest.raises(NotSent) as caught:
        await api.call("getMe")
    assert "secret-half" not in repr(caught.value)
    assert caught.value.__cause__ is None
    await api.disconnect()


@pytest.mark.parametrize("base", ["nonsense", "http://a.invalid", "ftp://127.0.0.1:1", "https://127.0.0.1:1"])
async def test_nowhere(base: str) -> None:
    api = Api(TOKEN, base)
    await api.connect()
    with pytest.raises(NotSent):
        await api.call("getMe")
    await api.disconnect()


async def test_not_connected() -> None:
    with pytest.raises(NotSent):
        await Api(TOKEN, "http://127.0.0.1:1").call("getMe")


async def test_connecting_and_disconnecting_can_be_repeated() -> None:
    async with serving(answering(http(200, b'{"ok": true, "result": 1}'))) as api:
        await api.connect()
        assert await api.call("getMe") == 1
        await api.disconnect()
        await api.disconnect()
        with pytest.raises(NotSent):
            await api.call("getMe")
        await api.connect()
        assert await api.call("getMe") == 1


async def test_hung_up_after_the_request() -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await read_request(reader)

    async with serving(talk) as api:
        with pytest.raises(AnswerLost):
            await api.call("sendMessage", chat_id=1)


async def test_no_answer_in_time() -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(talk) as api:
        with pytest.raises(AnswerLost):
            await api.call("sendMessage", 0.1, chat_id=1)


async def test_one_connection_serves_many_calls() -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answering(http(200, b'{"ok": true, "result": 1}'))(reader, writer)

    async with serving(talk) as api:
        assert [await api.call("getMe") for _ in range(3)] == [1, 1, 1]
    assert connections == 1


async def test_parameters_travel_as_json() -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(http(200, b'{"ok": true, "result": {"message_id": 1}}'))

    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1:0"}]]}
    async with serving(talk) as api:
        await api.call("sendMessage", chat_id=-100, text="Größe 😀", reply_markup=markup, nothing=None)
    head, body = seen[0]
    assert head.startswith(b"POST /bot7100000001:secret-half/sendMessage HTTP/1.1\r\n")
    assert json.loads(body) == {"chat_id": -100, "text": "Größe 😀", "reply_markup": markup}


async def test_files_travel_as_a_form() -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(http(200, b'{"ok": true, "result": {"message_id": 1}}'))

    media = {"type": "photo", "media": "attach://upload", "caption": "Größe"}
    async with serving(talk) as api:
        await api.perform(
            Call("editMessageMedia", {"chat_id": -100, "media": media}, Upload("upload", "bild.png", b"\x89PNG"))
        )
    head, body = seen[0]
    assert b"multipart/form-data" in head
    assert b'name="upload"; filename="bild.png"' in body
    assert b"Content-Type: image/png" in body
    assert b"\x89PNG" in body
    assert b'name="chat_id"\r\n\r\n-100\r\n' in body
    assert json.dumps(media).encode() in body


async def test_the_clock_beside_ours() -> None:
    dated = http(200, b'{"ok": true, "result": 1}', "Date: Fri, 20 Nov 2026 10:30:00 GMT")
    async with serving(answering(dated)) as api:
        before = api.skew
        await api.call("getMe")
        after = api.skew
    expected = datetime.now(UTC) - datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    assert before is None
    assert after is not None
    assert abs(after - expected) < timedelta(seconds=5)


async def test_an_answer_without_a_date_says_nothing_of_the_clock() -> None:
    async with serving(answering(http(200, b'{"ok": true, "result": 1}'))) as api:
        await api.call("getMe")
        assert api.skew is None


def test_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.org:3128")
    monkeypatch.setenv("no_proxy", "intern.example.org")
    assert proxy_for("https://api.telegram.org") == "http://proxy.example.org:3128"
    assert proxy_for("https://intern.example.org") is None
    assert proxy_for("https://127.0.0.1:8081") is None
    assert proxy_for("http://api.example.org") is None
