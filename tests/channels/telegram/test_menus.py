"""Menus and descriptions, as people see them, and no request that changes nothing."""

import pytest

from bot.channels.telegram.menus import Menu, Profile, command_name, commands, profiles
from config.texts import Texts
from tests.channels.telegram.conftest import House

NAMES = {
    "themen": "themen",
    "/Themen": "themen",
    "verknüpfen": "verknuepfen",
    "ÄÖÜß": "aeoeuess",
    "verknu\u0308pfen": "verknuepfen",
    "wer-darf was": "wer_darf_was",
    "café": "cafe",
    "темы": "",
    "x" * 40: "x" * 32,
}


@pytest.mark.parametrize(("command", "name"), NAMES.items())
def test_names(command: str, name: str) -> None:
    assert command_name(command) == name


def test_entries() -> None:
    entries = (("thema", "vorschlagen"), ("Thema", "noch einmal"), ("темы", "x"), ("hilfe", " "), ("ich", "y" * 300))
    assert commands(Menu("de", "default", entries)) == [
        {"command": "thema", "description": "vorschlagen"},
        {"command": "ich", "description": "y" * 256},
    ]
    many = tuple((f"befehl{n}", "x") for n in range(120))
    assert [entry["command"] for entry in commands(Menu("", "default", many))] == [f"befehl{n}" for n in range(100)]


GERMAN = (("themen", "Themen ansehen"), ("verknüpfen", "Konten verknüpfen"))
ENGLISH = (("topics", "See topics"),)
MENUS = [
    Menu("", "all_private_chats", GERMAN),
    Menu("de", "all_private_chats", GERMAN),
    Menu("en", "all_private_chats", ENGLISH),
    Menu("", "all_group_chats", GERMAN[:1]),
]


async def test_everybody_sees_the_menu_of_their_language_and_chat(house: House) -> None:
    guest = house.telegram.person("Gast", language="en")
    guest.start(house.bot)
    group = house.telegram.group("Netzwerk", house.office, house.bot, house.town)
    await house.channel.open()
    await house.channel.publish_menus(MENUS)
    german = [("themen", "Themen ansehen"), ("verknuepfen", "Konten verknüpfen")]
    assert house.telegram.menu(house.bot, house.town, house.chat) == german
    assert house.telegram.menu(house.bot, guest, guest.chat(house.bot)) == list(ENGLISH)
    assert house.telegram.menu(house.bot, house.town, group) == german[:1]


async def test_a_chat_of_its_own_and_back(house: House) -> None:
    await house.channel.open()
    await house.channel.publish_menus(MENUS)
    await house.channel.publish_menus([Menu("de", str(house.town.id), (("ansage", "Ansage machen"),))])
    assert house.telegram.menu(house.bot, house.town, house.chat) == [("ansage", "Ansage machen")]
    await house.channel.publish_menus([Menu("de", str(house.town.id), ())])
    assert len(house.telegram.menu(house.bot, house.town, house.chat)) == 2


async def test_a_topic_shares_the_menu_of_its_group(house: House) -> None:
    forum = house.telegram.group("Forum", house.office, house.bot, forum=True)
    await house.channel.open()
    await house.channel.publish_menus([Menu("", f"{forum.id}/45", ENGLISH)])
    assert house.telegram.menu(house.bot, house.office, forum) == list(ENGLISH)


async def test_what_is_there_is_not_set_again(house: House) -> None:
    await house.channel.open()
    for _ in range(2):
        await house.channel.publish_menus([*MENUS, Menu("en", "default", ())])
        await house.channel.publish_profiles([Profile("de", "Lang", "Kurz")])
    assert len(house.telegram.calls("setMyCommands")) == len(MENUS)
    assert len(house.telegram.calls("setMyDescription", "setMyShortDescription")) == 2
    assert house.telegram.calls("deleteMyCommands") == []


async def test_what_fails_is_logged_and_the_rest_is_set(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await house.channel.open()
    house.telegram.faults.fail(1, only={"setMyCommands"})
    await house.channel.publish_menus([Menu("de", "default", GERMAN), Menu("en", "default", ENGLISH)])
    house.telegram.faults.fail(1, only={"setMyDescription"})
    await house.channel.publish_profiles([Profile("de", "Lang", "Kurz"), Profile("en", "Long", "Short")])
    assert [call.get("language_code") for call in house.telegram.calls("setMyCommands")] == ["en"]
    assert [call.get("language_code") for call in house.telegram.calls("setMyDescription")] == ["en"]
    assert [record.getMessage() for record in caplog.records] == [
        "menu for default (de) not set: Unavailable: HTTP 502",
        "description (de) not set: Unavailable: HTTP 502",
    ]


async def test_the_bot_describes_itself_in_german_and_english(house: House) -> None:
    texts = Texts.load()
    await house.channel.open()
    await house.channel.publish_profiles(profiles(lambda language, key: texts.plain(language, "sie", key)))
    for language, word in (("de", "Themen"), ("en", "topics"), ("fr", "Themen")):
        assert word in house.bot.text("description", language)
        assert word in house.bot.text("short_description", language)
