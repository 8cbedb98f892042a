"""From settings to the running process: what is prepared, what is refused, who may run beside whom."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import launch
from bot.launch import Launch, Unready, opened, policy_of, prepare
from config.settings import Settings, load
from config.texts import Texts
from domain.hours import WorkingHours
from domain.people import Role
from storage import people, schema
from storage.database import Database, Unavailable
from tests.bot.house import NOW
from tests.postgres import emptied_database, sqlite_database


def settings(folder: Path, **variables: str) -> Settings:
    ours = {f"THEMENBOTE_{name}": value for name, value in variables.items()}
    return load(None, {"THEMENBOTE_DATA_DIR": str(folder), "THEMENBOTE_WEB__PORT": "0", **ours})


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no settings file lies about."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"PROGRAMME__NAME": "Musterprogramm"}, {"programme": "Musterprogramm"}),
        ({"PROGRAMME__LANGUAGE": "en"}, {"language": "en"}),
        ({"MEMBERSHIP__JOIN": "room"}, {"join": "room"}),
        ({"TOPICS__MODERATION": "true"}, {"moderation": True}),
        ({"PRIVACY__THRESHOLD": "7"}, {"threshold": 7}),
        ({}, {"hours": WorkingHours(ZoneInfo("Europe/Berlin"), 8, 18, weekend=False, land=None)}),
        (
            {
                "HOURS__START": "9",
                "HOURS__END": "17",
                "HOURS__WEEKEND": "yes",
                "PROGRAMME__LAND": "SN",
                "PROGRAMME__TIMEZONE": "Europe/Vienna",
            },
            {"hours": WorkingHours(ZoneInfo("Europe/Vienna"), 9, 17, weekend=True, land="SN")},
        ),
    ],
)
def test_the_policy_says_what_the_settings_say(
    tmp_path: Path, variables: Mapping[str, str], expected: Mapping[str, object]
) -> None:
    policy = policy_of(settings(tmp_path, **variables))
    assert {name: getattr(policy, name) for name in expected} == expected
    assert policy.privacy_version == launch.PRIVACY_VERSION


def test_a_folder_is_made_and_left_without_traces(tmp_path: Path) -> None:
    with opened(settings(tmp_path / "deep" / "data")) as (database, _):
        assert database.sqlite
    assert not list((tmp_path / "deep" / "data").glob(".writable"))


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unready) as refused, opened(settings(tmp_path / "file" / "data")):
        raise AssertionError
    assert refused.value.key == "cli-folder"
    assert refused.value.values == {"folder": str(tmp_path / "file" / "data"), "reason": "Not a directory"}
    url = f"sqlite:///{tmp_path}/file/deep/themenbote.db"
    with pytest.raises(Unavailable, match="Not a directory"), opened(settings(tmp_path / "data", DATABASE__URL=url)):
        raise AssertionError


def test_an_empty_database_begins_with_an_empty_page(tmp_path: Path) -> None:
    """The buttons of an earlier page would point to rows of an earlier database."""
    given = settings(tmp_path)
    for name in ("local-page.db", "local-page.db-wal", "local-page.db-shm"):
        (tmp_path / name).touch()
    with opened(given) as (database, _):
        prepare(database, given)
        assert schema.state(database) is schema.State.CURRENT
    assert not list(tmp_path.glob("local-page.db*"))


def test_a_current_database_keeps_its_page(tmp_path: Path) -> None:
    given = settings(tmp_path)
    sqlite_database(tmp_path)
    (tmp_path / "local-page.db").touch()
    with opened(given) as (database, _):
        prepare(database, given)
    assert (tmp_path / "local-page.db").exists()


@pytest.mark.parametrize("when_told", [True, False])
def test_an_old_database_is_migrated_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when_told: bool
) -> None:
    given = settings(tmp_path, DATABASE__MIGRATE=str(when_told).lower())
    sqlite_database(tmp_path)
    later = (*schema.revisions(), "9998")
    monkeypatch.setattr(schema, "revisions", lambda: later)
    migrated: list[Database] = []
    monkeypatch.setattr(schema, "migrate", migrated.append)
    with opened(given) as (database, _):
        if when_told:
            prepare(database, given)
        else:
            with pytest.raises(Unready, match="cli-schema-old"):
                prepare(database, given)
    assert len(migrated) == when_told


async def ran(one: Launch, heard: list[str]) -> None:
    """Run until it says that it is ready."""
    ready = asyncio.Event()

    def hear(text: str) -> None:
        heard.append(text)
        ready.set()

    running = asyncio.create_task(one.run(hear))
    done, _ = await asyncio.wait([running, asyncio.create_task(ready.wait())], return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    if running in done:
        running.result()


async def test_it_says_where_the_page_is(tmp_path: Path) -> None:
    given, heard = settings(tmp_path), list[str]()
    with opened(given) as (database, locks):
        await ran(Launch(given, Texts.load(), database, locks), heard)
        with database.read() as db:
            assert len(people.list_members(db)) > 3, "the demonstration is there"
    assert heard[0].startswith("Themenbote läuft. Die Seite öffnen: http://127.0.0.1:")


async def test_without_the_demonstration_everybody_is_new(tmp_path: Path) -> None:
    given, heard = settings(tmp_path, LOCAL__DEMO="false", PROGRAMME__LANGUAGE="en"), list[str]()
    with opened(given) as (database, locks):
        await ran(Launch(given, Texts.load(), database, locks), heard)
        with database.read() as db:
            assert people.list_members(db) == []
    assert heard[0].startswith("Themenbote is running. Open the page: http://127.0.0.1:")


async def test_two_processes_on_one_file_are_one_too_many(tmp_path: Path) -> None:
    given = settings(tmp_path)
    with opened(given) as (database, locks), opened(given) as (_, others):
        assert others.acquire("run")
        with pytest.raises(Unready) as refused:
            await ran(Launch(given, Texts.load(), database, locks), [])
    assert refused.value.key == "cli-running"
    assert refused.value.values == {"folder": str(tmp_path)}


async def test_a_page_waits_for_one_that_is_just_going(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "HANDOVER_LOOK", 0.01)
    given, heard = settings(tmp_path, DATABASE__URL=emptied_database(), LOCAL__ENABLED="true"), list[str]()
    with opened(given) as (database, locks), opened(given) as (_, others):
        assert others.acquire("local")
        asyncio.get_running_loop().call_later(0.2, others.release, "local")
        await ran(Launch(given, Texts.load(), database, locks), heard)
        assert len(heard) == 1


async def test_but_not_for_one_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "HANDOVER", 0.05)
    given = settings(tmp_path, DATABASE__URL=emptied_database(), LOCAL__ENABLED="true")
    with opened(given) as (database, locks), opened(given) as (_, others):
        assert others.acquire("local")
        with pytest.raises(Unready, match="cli-page-running") as refused:
            await ran(Launch(given, Texts.load(), database, locks), [])
    assert "password" not in str(refused.value.values)


async def test_real_people_are_left_alone_by_the_demonstration(tmp_path: Path) -> None:
    given = settings(tmp_path, LOCAL__DEMO="true")
    sqlite_database(tmp_path)
    with opened(given) as (database, locks):
        with database.begin() as db:
            people.add_member(db, "Musterstadt", Role.ADMIN, "de", NOW)
        await ran(Launch(given, Texts.load(), database, locks), [])
        with database.read() as db:
            assert [member.name for member in people.list_members(db)] == ["Musterstadt"]
