"""The page's protocol: what is malformed or foreign is refused, and a lost page catches up."""

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from bot.channels.local_frames import Say, Unacceptable, parse
from bot.channels.local_messages import CATCH_UP
from tests.channels.local.running import ROOM, Seat, message, running

SAY = {"type": "say", "person": "musterstadt", "chat": "musterstadt", "client": "c", "text": "x"}
PRESS = SAY | {"type": "press", "message": "1", "token": "1", "index": 0}
PRESS.pop("text")

MALFORMED: list[Any] = [
    "",
    "{",
    "[]",
    "null",
    '"say"',
    {},
    {"type": "shout"},
    {"type": "say"},
    SAY | {"text": ""},
    SAY | {"text": "\x00"},
    SAY | {"text": "x" * 10_001},
    SAY | {"text": 5},
    SAY | {"text": None},
    SAY | {"person": ""},
    SAY | {"person": "x" * 65},
    SAY | {"more": "x"},
    SAY | {"reply_to": "1 OR 1"},
    PRESS | {"index": -1},
    PRESS | {"index": "0"},
    PRESS | {"token": "9" * 19},
    PRESS | {"message": ""},
    {"type": "hello", "since": -1},
    {"type": "older", "chat": "runde", "before": "x"},
    '{"type": "say", "person": "a", "chat": "a", "client": "c", "text": "\\ud83d"}',
    "[" * 5_000,
]


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: str(frame)[:60])
def test_malformed_frames_are_refused(frame: Any) -> None:
    with pytest.raises(Unacceptable) as refused:
        parse(frame if isinstance(frame, str) else json.dumps(frame))
    assert refused.value.code == "malformed"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "   ", "😀" * 10_000, "\u202eabc\u200b", "{ $x }", "<b>&amp;", "a\nb\tc"]
)
def test_what_people_type_passes_unchanged(text: str) -> None:
    said = parse(json.dumps(SAY | {"text": text}))
    assert isinstance(said, Say)
    assert said.text == text


async def test_a_malformed_frame_is_answered_and_the_page_goes_on(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.socket.send_str("{")
        assert await tab.until("error") == {"type": "error", "code": "malformed", "client": ""}
        await tab.socket.send_bytes(b"{}")
        await tab.until("error", code="malformed")
        await tab.socket.send_str(json.dumps(SAY | {"text": 5}))
        await tab.until("error", code="malformed", client="c")
        await tab.ask("ping")
        await tab.until("pong")


async def test_the_longest_message_fits_and_a_giant_frame_ends_the_connection(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("say", "musterstadt", "musterstadt", text="😀" * 10_000)
        await tab.socket.send_str("x" * 200_000)
        async for heard in tab.socket:
            assert heard.type is WSMsgType.TEXT
        assert tab.socket.close_code == 1009
        again = await page.tab()
        await again.ask("ping")
        await again.until("pong")


FOREIGN: list[tuple[str, dict[str, Any], str]] = [
    ("say", {"person": "nobody", "chat": "runde", "text": "x"}, "unknown"),
    ("say", {"person": "musterstadt", "chat": "nowhere", "text": "x"}, "unknown"),
    ("say", {"person": "musterstadt", "chat": "musterdorf", "text": "x"}, "unknown"),
    ("say", {"person": "neustadt", "chat": "runde", "text": "x"}, "unknown"),
    ("open", {"person": "musterstadt", "chat": "runde"}, "unknown"),
    ("join", {"person": "neustadt", "chat": "neustadt"}, "unknown"),
    ("press", {"person": "musterstadt", "chat": "runde", "message": "1", "token": "1", "index": 0}, "unknown"),
    ("edit", {"person": "musterstadt", "chat": "runde", "message": "1", "text": "x"}, "foreign"),
]


@pytest.mark.parametrize(("name", "values", "code"), FOREIGN)
async def test_nobody_acts_where_they_do_not_belong(
    tmp_path: Path, name: str, values: dict[str, Any], code: str
) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.ask(name, client="c", **values)
        assert (await tab.until("error", client="c"))["code"] == code


async def test_only_own_messages_can_be_edited_and_only_cards_pressed(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        card = await page.channel.send(message("Karte", "Ja", to=ROOM), "1", None)
        tab = await page.tab()
        await tab.act("say", "musterdorf", "runde", text="Meins")
        theirs = tab.heard[0]["message"]["id"]
        for number, place in enumerate((card, theirs)):
            await tab.ask("edit", person="musterstadt", chat="runde", client=f"e{number}", message=place, text="x")
            await tab.until("error", code="foreign", client=f"e{number}")
        press = {"person": "musterstadt", "chat": "runde", "message": theirs, "token": "1", "index": 0}
        await tab.ask("press", client="p", **press)
        await tab.until("error", code="unknown", client="p")


async def test_a_lost_page_catches_up_with_what_changed(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        first = await page.channel.send(message("0"), "1", None)
        await page.channel.send(message("bleibt"), "2", None)
        tab = await page.tab()
        await tab.ask("hello")
        begin = await tab.until("snapshot")
        await page.channel.send(message("1"), "3", first)
        await page.channel.send(message("neu", to=ROOM), "4", None)
        await tab.ask("hello", store=begin["store"], since=begin["rev"])
        again = await tab.until("snapshot")
    assert (begin["reset"], again["reset"]) == (True, False)
    assert [one["text"] for one in begin["messages"]] == ["0", "bleibt"]
    assert [one["text"] for one in again["messages"]] == ["1", "neu"]
    assert again["rev"] > begin["rev"]


async def test_a_page_of_another_file_or_too_far_behind_begins_anew(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        for number in range(CATCH_UP + 2):
            await page.channel.send(message("x"), str(number), None)
        tab = await page.tab()
        await tab.ask("hello", store="another", since=CATCH_UP)
        other = await tab.until("snapshot")
        await tab.ask("hello", store=other["store"], since=1)
        behind = await tab.until("snapshot")
    assert other["reset"]
    assert behind["reset"]


async def test_unread_is_counted_per_person_and_own_messages_never_are(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("say", "musterstadt", "runde", text="1")
        await tab.act("say", "musterdorf", "runde", text="2")
        last = await page.channel.send(message("3", to=ROOM), "1", None)

        async def unread() -> dict[str, int]:
            await tab.ask("hello")
            members = (await tab.until("snapshot"))["members"]
            return {one["person"]: one["unread"] for one in members if one["chat"] == "runde"}

        assert await unread() == {"musterstadt": 2, "musterdorf": 2}
        await tab.ask("read", person="musterdorf", chat="runde", message=last)
        await tab.until("read", person="musterdorf", message=last)
        await tab.ask("read", person="musterdorf", chat="runde", message="1")
        assert await unread() == {"musterstadt": 2, "musterdorf": 0}


async def test_the_snapshot_says_who_and_what_is_there(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.ask("hello")
        snapshot = await tab.until("snapshot")
    assert [(one["id"], one["role"], one["language"]) for one in snapshot["people"]] == [
        ("musterstadt", "officer", "de"),
        ("musterdorf", "officer", "en"),
        ("neustadt", "newcomer", "de"),
    ]
    assert [(one["id"], one["kind"], one["title"]) for one in snapshot["chats"]] == [
        ("musterstadt", "direct", ""),
        ("musterdorf", "direct", ""),
        ("neustadt", "direct", ""),
        ("runde", "room", "Runde Musterregion"),
    ]
    states = {(one["chat"], one["person"]): one["state"] for one in snapshot["members"]}
    assert states[("neustadt", "neustadt")] == "new"
    assert states[("runde", "musterdorf")] == "in"


async def test_pages_hear_goodbye_when_the_channel_closes(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await page.channel.close()
        goodbye = await tab.socket.receive()
        assert (goodbye.type, goodbye.data) == (WSMsgType.CLOSE, 1001)


@pytest.mark.parametrize("origin", ["http://example.org", "null", "https://127.0.0.1.example.org"])
async def test_a_page_of_a_foreign_origin_gets_no_socket(tmp_path: Path, origin: str) -> None:
    async with running(tmp_path) as page:
        with pytest.raises(WSServerHandshakeError) as refused:
            await page.session.ws_connect(f"{page.web.url}/local/socket", headers={"Origin": origin})
        assert refused.value.status == 403
        own = await page.session.ws_connect(f"{page.web.url}/local/socket", headers={"Origin": page.web.url})
        await own.close()


async def test_the_page_its_words_and_its_parts(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        page.listen(Seat().receive)

        async def get(path: str, **headers: str) -> tuple[int, str, str]:
            async with page.session.get(page.web.url + path, headers=headers) as response:
                return response.status, response.content_type, await response.text()

        status, kind, text = await get("/", **{"Accept-Language": "fr"})
        assert (status, kind) == (200, "text/html")
        assert '<html lang="de">' in text
        assert "Seite &lt;de&gt;" in text
        assert '<html lang="en">' in (await get("/", **{"Accept-Language": "en-GB,de"}))[2]
        assert (await get("/local/page/page.js"))[:2] == (200, "text/javascript")
        assert (await get("/local/page/page.css"))[:2] == (200, "text/css")
        assert (await get("/local/page/mark.svg"))[:2] == (200, "image/svg+xml")
        assert json.loads((await get("/local/texts/en.json"))[2])["page-title"] == "Seite <en>"
        for missing in ("/local/page/local.py", "/local/page/..%2Fweb.py", "/local/texts/fr.json", "/local/files/x"):
            assert (await get(missing))[0] == 404
