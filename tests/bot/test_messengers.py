"""What people see on Telegram before they write: menus by role, language and chat, and how roles change them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import messengers
from bot.channels.telegram.channel import TelegramChannel
from bot.turns import Turns
from domain.people import Role
from handlers.catalogue import catalogue
from storage import people
from storage.database import Database, Unavailable
from storage.locks import locks_for
from tests.bot.house import eventually
from tests.channels.telegram.conftest import draw
from tests.telegram.accounts import Bot
from tests.telegram.emulator import Emulator
from tests.telegram.people import Person
from tests.world import MONDAY, texts


@dataclass
class Desk:
    """A bot whose menus are kept right."""

    telegram: Emulator
    bot: Bot
    database: Database

    def join(self, name: str, role: Role, language: str = "de") -> tuple[Person, int]:
        """Somebody of the programme on Telegram."""
        person = self.telegram.person(name, language=language)
        person.chat(self.bot).opened = True
        with self.database.begin() as db:
            member = people.add_member(db, name, role, language, MONDAY)
            people.add_account(db, member.id, "telegram", str(person.id), "telegram", str(person.id))
        return person, member.id

    def change(self, member: int, role: Role) -> None:
        with self.database.begin() as db:
            people.change_member(db, member, role=role)

    def menu(self, person: Person) -> set[str]:
        """What the direct chat offers."""
        return {command for command, _ in self.telegram.menu(self.bot, person, person.chat(self.bot))}


@pytest.fixture
async def desk(sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr(messengers, "ROLES_EVERY", 0.02)
    locks = locks_for(sqlite, tmp_path)
    async with Emulator() as telegram:
        bot = telegram.bot("themen_bot", name="Themenbote")
        channel = TelegramChannel(bot.token, telegram.api_base, "polling", "", "", draw, Turns(locks))
        await channel.open()
        publishing = messengers._publish(channel, texts(), sqlite, catalogue().commands)
        task = asyncio.create_task(publishing)
        yield Desk(telegram, bot, sqlite)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await channel.close()
        telegram.verify()
    locks.close()


async def test_menus_by_role_language_and_chat(desk: Desk) -> None:
    office, _ = desk.join("Koordination", Role.COORDINATOR)
    admin, _ = desk.join("Admin", Role.ADMIN, "en")
    town, _ = desk.join("Musterstadt", Role.PARTICIPANT)
    village, _ = desk.join("Musterdorf", Role.PARTICIPANT, "fr")
    await eventually(lambda: "invite" in desk.menu(admin) and "einladen" in desk.menu(office))
    assert {"thema", "themen", "hilfe"} <= desk.menu(town) == desk.menu(village)
    assert desk.menu(office) > desk.menu(town)
    assert {"einladen", "raeume"} <= desk.menu(office) - desk.menu(town)
    assert {"topic", "topics", "help", "invite"} <= desk.menu(admin)
    group = desk.telegram.group("Netzwerk", office, desk.bot, town)
    in_group = {command for command, _ in desk.telegram.menu(desk.bot, town, group)}
    assert "thema" in in_group
    assert "start" not in in_group


async def test_a_new_role_changes_the_menu_and_its_end_does_too(desk: Desk) -> None:
    town, number = desk.join("Musterstadt", Role.PARTICIPANT)
    await eventually(lambda: desk.menu(town))
    short = desk.menu(town)
    desk.change(number, Role.COORDINATOR)
    await eventually(lambda: desk.menu(town) > short)
    desk.change(number, Role.PARTICIPANT)
    await eventually(lambda: desk.menu(town) == short)


async def test_nothing_is_asked_of_telegram_while_roles_stay(desk: Desk) -> None:
    office, _ = desk.join("Koordination", Role.COORDINATOR)
    await eventually(lambda: "einladen" in desk.menu(office))
    await desk.telegram.settled(quiet=0.1)
    asked = len(desk.telegram.asked)
    await asyncio.sleep(0.2)
    assert len(desk.telegram.asked) == asked


async def test_a_database_that_is_away_takes_no_menu_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office, _ = desk.join("Koordination", Role.COORDINATOR)
    await eventually(lambda: "einladen" in desk.menu(office))
    asked: list[bool] = []

    def away() -> None:
        asked.append(True)
        raise Unavailable("gone")

    monkeypatch.setattr(desk.database, "read", away)
    await eventually(lambda: len(asked) >= 3)
    assert "einladen" in desk.menu(office)
