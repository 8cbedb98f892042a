"""Files that people send from the page: kept, named by a message, fetched by the assistant."""

from pathlib import Path
from typing import Any

import pytest

from bot.channel import SendError
from bot.channels import local_page
from domain.chat import File, Said
from domain.delivery import Failure
from tests.channels.local.running import Running, Seat, eventually, running

PLAN = b"%PDF-1.7 Plan"
PDF = {"Content-Type": "application/pdf"}


async def upload(page: Running, name: str = "plan.pdf", body: bytes = PLAN, **headers: str) -> tuple[int, str]:
    """The status, and the id of the file."""
    address = f"{page.web.url}/local/files"
    async with page.session.post(address, params={"name": name}, data=body, headers=PDF | headers) as answer:
        told: dict[str, Any] = await answer.json() if answer.status == 200 else {}
        return answer.status, str(told.get("id", ""))


async def test_a_file_reaches_the_assistant_and_is_shown(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        tab = await page.tab()
        _, name = await upload(page)
        await tab.ask("say", person="musterstadt", chat="musterstadt", client="c1", text="Der Plan", file=name)
        shown = (await tab.until("message", client="c1"))["message"]
        assert (shown["text"], shown["file"]["name"], shown["file"]["picture"]) == ("Der Plan", "plan.pdf", False)
        await eventually(lambda: seat.arrivals)
        (said,) = seat.arrivals
        assert isinstance(said, Said)
        assert said.file == File("plan.pdf", "application/pdf", len(PLAN), name)
        assert await page.channel.fetch(name) == PLAN
        with pytest.raises(SendError) as caught:
            await page.channel.fetch("nothing")
    assert caught.value.failure is Failure.GONE


async def test_a_file_needs_no_text_but_has_to_be_there(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        _, name = await upload(page)
        await tab.act("say", "musterstadt", "musterstadt", text="", file=name)
        await tab.ask("say", person="musterstadt", chat="musterstadt", client="c2", text="", file="nothing")
        assert (await tab.until("error", client="c2"))["code"] == "unknown"
        await tab.ask("say", person="musterstadt", chat="musterstadt", client="c3", text="")
        assert (await tab.until("error", client="c3"))["code"] == "malformed"


async def test_what_cannot_be_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_page, "LARGEST_FILE", 20)
    async with running(tmp_path) as page:
        assert (await upload(page, name=""))[0] == 400
        assert (await upload(page, body=b""))[0] == 400
        assert (await upload(page, body=b"x" * 21))[0] == 413
        assert (await upload(page, Origin="https://elsewhere.example"))[0] == 403
        assert (await upload(page))[0] == 200


async def test_what_no_message_names_is_not_kept_for_ever(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        _, named = await upload(page)
        await tab.act("say", "musterstadt", "musterstadt", text="", file=named)
        forgotten = [(await upload(page))[1] for _ in range(30)]
        assert await page.channel.fetch(named) == PLAN
        with pytest.raises(SendError):
            await page.channel.fetch(forgotten[0])
        assert await page.channel.fetch(forgotten[-1]) == PLAN
