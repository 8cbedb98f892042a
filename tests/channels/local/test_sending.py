"""What the assistant sends is shown once, changed in place, or refused with the right failure."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Misconfigured, SendError
from bot.channels.local import LocalChannel, _place
from bot.channels.local_messages import before
from bot.channels.local_store import Store
from domain.chat import Address, Attachment, Outgoing
from domain.delivery import Failure
from tests.channels.local.running import DIRECT, ROOM, Running, draw, message, running, words


async def texts(page: Running, chat: str = "musterstadt") -> list[str]:
    tab = await page.tab()
    await tab.ask("hello")
    shown = (await tab.until("snapshot"))["messages"]
    return [one["text"] for one in shown if one["chat"] == chat]


async def test_the_same_token_shows_one_message(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        first = await page.channel.send(message("Guten Tag"), "7", None)
        again = await page.channel.send(message("Guten Tag"), "7", None)
        other = await page.channel.send(message("Guten Tag"), "8", None)
        assert first == again != other
        assert await texts(page) == ["Guten Tag", "Guten Tag"]


async def test_the_same_token_is_known_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        first = await page.channel.send(message(), "7", None)
    async with running(tmp_path) as page:
        assert await page.channel.send(message(), "7", None) == first


async def test_a_replacing_message_changes_text_keyboard_and_token_in_place(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        first = await page.channel.send(message("0 Stimmen", "Ja"), "7", None)
        tab = await page.tab()
        assert await page.channel.send(message("1 Stimme", "Ja", "Nein"), "8", first) == first
        shown = (await tab.until("message"))["message"]
    assert (shown["id"], shown["text"], shown["token"]) == (first, "1 Stimme", "8")
    assert shown["keyboard"] == [["Ja"], ["Nein"]]


async def test_a_replaced_picture_is_drawn_anew_and_the_old_one_is_gone(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        first = await page.channel.send(message("Stand", file=Attachment("a.png", "image/png", "d", (1,))), "7", None)
        old = (await tab.until("message"))["message"]["file"]["id"]
        await page.channel.send(message("Stand", file=Attachment("a.png", "image/png", "d", (2,))), "8", first)
        new = (await tab.until("message"))["message"]["file"]["id"]
        async with page.session.get(f"{page.web.url}/local/files/{new}") as response:
            assert await response.read() == b"d(2,)"
        async with page.session.get(f"{page.web.url}/local/files/{old}") as response:
            assert response.status == 404


@pytest.mark.parametrize(
    ("outgoing", "failure"),
    [
        (message(to=Address("local", "neustadt", private=True)), Failure.GONE),
        (message(to=Address("local", "nobody", private=True)), Failure.GONE),
        (message(""), Failure.REJECTED),
        (message("x" * 4097), Failure.REJECTED),
        (message("x" * 1025, file=Attachment("a.png", "image/png", "d")), Failure.REJECTED),
        (message("Ja?", ""), Failure.REJECTED),
        (message("Ja?", "x" * 65), Failure.REJECTED),
        (message("<b>offen"), Failure.REJECTED),
        (message("zu</b>"), Failure.REJECTED),
        (message("<script>x</script>"), Failure.REJECTED),
        (message('<a href="javascript:x()">x</a>'), Failure.REJECTED),
        (message('<b onclick="x()">x</b>'), Failure.REJECTED),
        (message("<br/>"), Failure.REJECTED),
        (message("<!-- x -->y"), Failure.REJECTED),
        (message("<!DOCTYPE x>y"), Failure.REJECTED),
        (message("<![CDATA[x]]>y"), Failure.REJECTED),
        (message("<?x?>y"), Failure.REJECTED),
    ],
)
async def test_what_a_messenger_refuses_is_refused(tmp_path: Path, outgoing: Outgoing, failure: Failure) -> None:
    async with running(tmp_path) as page:
        with pytest.raises(SendError) as refused:
            await page.channel.send(outgoing, "1", None)
    assert refused.value.failure is failure


@pytest.mark.parametrize("length", [4096, 1])
async def test_length_counts_what_is_read(tmp_path: Path, length: int) -> None:
    async with running(tmp_path) as page:
        assert await page.channel.send(message(f"<b>{'&amp;' * length}</b>"), "1", None)


@pytest.mark.parametrize("replaces", ["1", "", "abc"])
async def test_what_is_not_there_cannot_be_changed(tmp_path: Path, replaces: str) -> None:
    async with running(tmp_path) as page:
        with pytest.raises(SendError) as refused:
            await page.channel.send(message(), "1", replaces)
    assert refused.value.failure is Failure.REJECTED


async def test_a_persons_message_cannot_be_changed_by_the_assistant(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("say", "musterstadt", "musterstadt", text="Meins")
        with pytest.raises(SendError):
            await page.channel.send(message(), "1", tab.heard[0]["message"]["id"])


async def test_who_left_is_gone_until_coming_back(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("leave", "musterstadt", "musterstadt")
        with pytest.raises(SendError) as refused:
            await page.channel.send(message(), "1", None)
        assert refused.value.failure is Failure.GONE
        await tab.act("open", "musterstadt", "musterstadt")
        assert await page.channel.send(message(), "1", None)


async def test_a_room_is_gone_when_everybody_left(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.act("leave", "musterstadt", "runde")
        assert await page.channel.send(message(to=ROOM), "1", None)
        await tab.act("leave", "musterdorf", "runde")
        with pytest.raises(SendError):
            await page.channel.send(message(to=ROOM), "2", None)


async def limit(page: Running, pages: int) -> None:
    """Let the file grow by so many more pages only; SQLite then says what it says on a full disk."""

    def restrict(store: Store) -> None:
        assert store._connection is not None
        used = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {used + pages}")

    await page.channel._store._off_loop(restrict, page.channel._store)


async def test_a_full_disk_is_unreachable_and_unhealthy_until_there_is_room(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        assert page.channel.health() == ""
        await limit(page, 0)
        tab = await page.tab()
        await tab.ask("say", person="musterstadt", chat="musterstadt", client="c", text="y" * 9000)
        await tab.until("error", code="unstored", client="c")
        with pytest.raises(SendError) as failed:
            await page.channel.send(message("x", file=Attachment("x" * 9000, "image/png", "d")), "1", None)
        assert failed.value.failure is Failure.UNREACHABLE
        assert page.channel.health()
        await limit(page, 99)
        await page.channel.send(message("Wieder da"), "2", None)
        assert page.channel.health() == ""


async def test_a_closed_channel_is_unreachable_and_may_be_closed_again(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        await page.channel.close()
        with pytest.raises(SendError) as failed:
            await page.channel.send(message(), "1", None)
        assert failed.value.failure is Failure.UNREACHABLE
        assert page.channel.health()


@pytest.mark.parametrize("broken", ["a folder", "no folder", "no database"])
async def test_a_file_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "local-page.db"
    match broken:
        case "a folder":
            path.mkdir()
        case "no folder":
            path = tmp_path / "nowhere" / "local-page.db"
        case _:
            path.write_text("This is no database at all, whatever its name says. " * 9)
    channel = LocalChannel(path, (), (), draw=draw, words=words, address=str)
    with pytest.raises(Misconfigured, match=r"^local-unwritable$") as refused:
        await channel.open()
    assert (refused.value.values["file"], bool(refused.value.values["reason"])) == (str(path), True)
    assert channel.health()
    await channel.close()


async def test_another_era_begins_anew_and_keeps_the_old_file(tmp_path: Path) -> None:
    async with running(tmp_path, era="one") as page:
        first = await page.channel.send(message("Alt"), "1", None)
    async with running(tmp_path, era="two") as page:
        assert await texts(page) == []
        assert int(await page.channel.send(message("Neu"), "1", None)) > int(first)
    async with running(tmp_path, era="two") as page:
        assert await texts(page) == ["Neu"]
    assert (tmp_path / "local-page.db.old-1").exists()


async def test_the_link_leads_to_the_page(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        assert page.channel.link("a b&c") == f"{page.web.url}/?start=a%20b%26c"


async def test_files_are_served_as_what_they_are_and_may_do_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        await page.channel.send(message("Bild", file=Attachment("a.svg", "image/svg+xml", "d")), "1", None)
        await page.channel.send(message("Datei", file=Attachment("Ö.html", "text/html", "d")), "2", None)
        for kind, place, name in (("image/svg+xml", "inline", "a.svg"), ("text/html", "attachment", "%C3%96.html")):
            file = (await tab.until("message"))["message"]["file"]
            async with page.session.get(f"{page.web.url}/local/files/{file['id']}") as response:
                assert response.headers["Content-Type"] == kind
                assert response.headers["Content-Disposition"] == f"{place}; filename*=UTF-8''{name}"
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_history_is_kept_and_paged(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        for number in range(95):
            await page.channel.send(message(f"Nr. {number}"), str(number), None)
    async with running(tmp_path, clock=lambda: datetime.now(UTC)) as page:
        tab = await page.tab()
        await tab.ask("hello")
        snapshot = await tab.until("snapshot")
        pages = [[one for one in snapshot["messages"] if one["chat"] == DIRECT.chat]]
        assert snapshot["more"][DIRECT.chat]
        for more in (True, False):
            await tab.ask("older", chat=DIRECT.chat, before=pages[0][0]["id"])
            frame = await tab.until("older")
            assert frame["more"] is more
            pages.insert(0, frame["messages"])
        assert [one["text"] for part in pages for one in part] == [f"Nr. {number}" for number in range(95)]
        assert await page.channel._store.run(before, DIRECT.chat, 1) == ([], False)


async def test_what_was_written_is_told_even_to_nobody_who_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that has seen a later revision never asks for an earlier one; so none may be left out at the end."""
    begun, may_end = threading.Event(), threading.Event()

    def place(*args: Any) -> Any:
        begun.set()
        assert may_end.wait(30)
        return _place(*args)

    async with running(tmp_path) as page:
        tab = await page.tab()
        await tab.ask("hello", store="", since=0)
        await tab.until("snapshot")
        monkeypatch.setattr("bot.channels.local._place", place)
        sending = asyncio.create_task(page.channel.send(message("Erste"), "1", None))
        await asyncio.to_thread(begun.wait, 30)
        sending.cancel()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await page.channel.send(message("Zweite"), "2", None)
        first = await tab.until("message")
        assert (await tab.until("message"))["message"]["rev"] > first["message"]["rev"]
        assert first["message"]["text"] == "Erste"
