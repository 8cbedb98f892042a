"""The command ``doctor``: it looks at the whole house, Telegram included, and says of each finding what to do."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from domain.people import Purpose, Role
from storage import people, rooms
from storage.database import Database
from tests.postgres import sqlite_database
from tests.telegram.accounts import Bot
from tests.telegram.emulator import Emulator
from tests.telegram.people import Person
from tests.world import MONDAY

ADDRESS = "https://bot.example.org/telegram"


@dataclass
class Clinic:
    """A folder with a database, and emulated Telegram with the bot in some groups."""

    telegram: Emulator
    bot: Bot
    office: Person
    database: Database
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def set(self, **variables: str) -> None:
        for name, value in variables.items():
            self.monkeypatch.setenv(f"THEMENBOTE_{name}", value)

    def connect(self, chat: str, name: str, channel: str = "telegram") -> None:
        with self.database.begin() as db:
            rooms.connect_room(db, channel, chat, name, "de", Purpose.PROGRAMME, None)

    async def examined(self) -> tuple[int, list[str]]:
        """The exit code, and what is said line by line."""
        code = await asyncio.to_thread(cli.main, ["doctor"])
        out, err = self.capsys.readouterr()
        assert not err
        return code, out.splitlines()


@pytest.fixture
async def clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Clinic]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    database = Database(sqlite_database(tmp_path))
    with database.begin() as db:
        people.add_member(db, "Musterstadt", Role.ADMIN, "de", MONDAY)
    async with Emulator() as telegram:
        bot = telegram.bot("themen_bot", name="Themenbote")
        clinic = Clinic(telegram, bot, telegram.person("Koordination"), database, monkeypatch, capsys)
        clinic.set(
            DATA_DIR=str(tmp_path), TELEGRAM__TOKEN=bot.token, TELEGRAM__API_BASE=telegram.api_base, WEB__PORT="0"
        )
        yield clinic
        telegram.verify()
    database.close()


async def test_all_is_well(clinic: Clinic) -> None:
    group = clinic.telegram.group("Netzwerk", clinic.office, clinic.bot)
    clinic.connect(str(group.id), "Netzwerk & Rat")
    code, said = await clinic.examined()
    assert re.fullmatch(r"In Ordnung: Der Datenordner .* ist beschreibbar, [\d.]+ MB sind frei\.", said[0])
    assert said[1:] == [
        "In Ordnung: Die Datenbank ist erreichbar und auf dem richtigen Stand.",
        "In Ordnung: Das Token gilt. Der Bot heißt „Themenbote“ (@themen_bot).",
        "In Ordnung: Der Privatsphäre-Modus ist an: In Gruppen sieht der Bot nur, was an ihn gerichtet ist.",
        "In Ordnung: Nachrichten werden abgeholt; kein Webhook steht dem im Weg.",
        "In Ordnung: Bei Telegram warten 2 Nachrichten.",
        "In Ordnung: In „Netzwerk & Rat“ darf der Bot schreiben.",
        "In Ordnung: Die Uhr geht richtig.",
    ]
    assert code == 0


async def test_what_is_wrong_is_said_with_what_to_do(clinic: Clinic) -> None:
    clinic.bot.privacy = False
    silent, lost = (clinic.telegram.group(name, clinic.office, clinic.bot, kind="supergroup") for name in "ab")
    clinic.office.silence(clinic.bot, silent)
    clinic.office.remove(clinic.bot, lost)
    for chat, name in ((silent.id, "Still"), (lost.id, "Weg"), (f"{lost.id}/45", "Thema")):
        clinic.connect(str(chat), name)
    clinic.connect("!abc", "Matrixraum", "matrix")
    for _ in range(101):
        clinic.office.say("/themen", clinic.bot)
    code, said = await clinic.examined()
    assert [line.partition(".")[0] for line in said[3:]] == [
        "Hinweis: Der Privatsphäre-Modus ist aus: Der Bot bekommt alles zu lesen, was in Gruppen geschrieben wird",
        "In Ordnung: Nachrichten werden abgeholt; kein Webhook steht dem im Weg",
        f"Hinweis: Bei Telegram warten {len(clinic.bot.updates.pending)} Nachrichten",
        "Fehler: In „Still“ darf der Bot nicht schreiben",
        "Fehler: In „Thema“ ist der Bot nicht mehr",
        "Fehler: In „Weg“ ist der Bot nicht mehr",
        "In Ordnung: Die Uhr geht richtig",
    ]
    assert code == cli.FAILED


async def test_the_webhook(clinic: Clinic) -> None:
    clinic.set(TELEGRAM__MODE="webhook", TELEGRAM__WEBHOOK_URL=ADDRESS, TELEGRAM__WEBHOOK_SECRET="a-long-random-word")
    clinic.monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    code, said = await clinic.examined()
    assert said[4].startswith("Hint: The webhook is not set at Telegram. “themenbote run” sets it.")
    assert code == 0


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"TELEGRAM__TOKEN": "7:unknown"}, "Fehler: Telegram kennt dieses Token nicht. In telegram.token muss"),
        (
            {"TELEGRAM__API_BASE": "http://127.0.0.1:1"},
            "Fehler: Telegram ist nicht erreichbar (NotSent: ClientConnectorError). Zu prüfen sind",
        ),
    ],
)
async def test_telegram_cannot_be_asked(clinic: Clinic, settings: dict[str, str], complaint: str) -> None:
    clinic.set(**settings)
    code, said = await clinic.examined()
    assert [line.startswith(complaint) for line in said[2:]] == [True]
    assert code == cli.FAILED


async def test_the_database_is_away_and_telegram_is_asked_all_the_same(clinic: Clinic, tmp_path: Path) -> None:
    clinic.set(DATABASE__URL=f"sqlite:///{tmp_path / 'broken.db'}")
    (tmp_path / "broken.db").write_text("This is no database at all, whatever its name says. " * 9)
    code, said = await clinic.examined()
    assert said[1].startswith("Fehler: Die Datenbank ist nicht erreichbar")
    assert "In Ordnung: Das Token gilt. Der Bot heißt „Themenbote“ (@themen_bot)." in said
    assert code == cli.FAILED
