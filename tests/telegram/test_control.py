"""The emulator as a process of its own, steered over HTTP, with the library at its door."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram

from tests.telegram.remote import Remote, running


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    async with running() as emulator:
        yield emulator


async def test_a_conversation(remote: Remote) -> None:
    bot_id = (await remote("bot", username="themen_bot", token="7:token"))["id"]
    person, office = [
        one["id"]
        for one in await remote.batch(("person", {"name": "Musterstadt"}), ("person", {"name": "Koordination"}))
    ]
    direct = {"person": person, "bot": "themen_bot"}
    async with telegram.Bot("7:token", base_url=f"{remote.api_base}/bot") as bot:
        assert bot.id == bot_id
        await remote("start", **direct, code="abc")
        group = (await remote("group", title="Netzwerk", owner=office, people=[person], bots=["themen_bot"]))["id"]
        await remote("say", person=person, chat=group, text="/themen")
        updates = await bot.get_updates()
        assert [update.message.text for update in updates if update.message and update.message.text] == [
            "/start abc",
            "/themen",
        ]
        assert (await remote("pending", bot="themen_bot"))["count"] == len(updates)
        keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Ja", callback_data="1"))
        sent = await bot.send_message(person, "<b>Hallo</b>", parse_mode="HTML", reply_markup=keyboard)
        seen = (await remote("wait", **direct, count=1))[0]
        assert (seen["html"], seen["rows"], seen["by_bot"]) == ("<b>Hallo</b>", [["Ja"]], True)
        press = await remote("press", **direct, message=sent.message_id, label="Ja")
        await bot.answer_callback_query(press["id"], "Notiert")
        assert (await remote("pressed", id=press["id"]))["text"] == "Notiert"
        said = await remote("say", **direct, text="danke", reply_to=sent.message_id)
        assert said["reply_to"] == sent.message_id
        assert [asked["values"]["chat_id"] for asked in await remote("asked", method="sendMessage")] == [person]
        assert await remote("violations") == []


async def test_trouble(remote: Remote) -> None:
    token = (await remote("bot", username="themen_bot"))["token"]
    person = (await remote("person", name="Musterstadt"))["id"]
    await remote("start", person=person, bot="themen_bot")
    async with telegram.Bot(token, base_url=f"{remote.api_base}/bot") as bot:
        await remote("fault", kind="fail", times=1, status=500, only=["sendMessage"])
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(person, "x")
        await remote("throttle", times=1, retry_after=2)
        with pytest.raises(telegram.error.RetryAfter):
            await bot.send_message(person, "x")
        assert len(await remote("rejected")) == 1
        await remote("block", person=person, bot="themen_bot")
        with pytest.raises(telegram.error.Forbidden):
            await bot.send_message(person, "x")
        await remote("unblock", person=person, bot="themen_bot")
        await remote("stop")
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(person, "x")
        await remote("resume")
        await bot.send_message(person, "wieder da")
        await remote("settled", quiet=0.01)
        assert [message["text"] for message in await remote("messages", person=person, bot="themen_bot")][
            -1
        ] == "wieder da"
        new = (await remote("revoke", bot="themen_bot"))["token"]
        with pytest.raises(telegram.error.InvalidToken):
            await bot.send_message(person, "x")
        assert new != token


REFUSALS: list[tuple[str, dict[str, object], str]] = [
    ("say", {"person": 1, "chat": -1, "text": "x"}, "KeyError"),
    ("dance", {}, "KeyError: 'dance'"),
    ("wait", {"person": 1, "bot": "nobody", "count": 1}, "KeyError"),
    ("fault", {"kind": "earthquake"}, "AttributeError"),
]


async def test_what_cannot_be_done_is_said(remote: Remote) -> None:
    for verb, arguments, problem in REFUSALS:
        with pytest.raises(ValueError, match=problem):
            await remote(verb, **arguments)


async def test_it_ends_when_told_to() -> None:
    async with asyncio.timeout(60), running() as remote:
        assert await remote("violations") == []
