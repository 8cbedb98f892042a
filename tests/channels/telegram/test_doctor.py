"""What the doctor finds, and that every finding has its text."""

from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.channels.telegram import doctor
from bot.channels.telegram.api import Api
from bot.channels.telegram.doctor import Settings, account, clock, examine, room, webhook
from bot.finding import Finding
from config.texts import Texts
from tests.channels.telegram.conftest import House

ADDRESS = "https://bot.example.org/telegram"
NOW = 1_795_170_600.0


def settings(
    house: House | None = None,
    mode: Literal["polling", "webhook"] = "polling",
    rooms: dict[str, str] | None = None,
    base: str = "",
) -> Settings:
    token, root = (house.bot.token, house.telegram.api_base) if house else ("7:x", "")
    return Settings(token, base or root, mode, ADDRESS, rooms or {})


def keys(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.level, finding.key.removeprefix("telegram-")) for finding in findings]


async def test_all_is_well(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    found = await examine(settings(house, rooms={str(group.id): "Netzwerk"}))
    assert found == [
        Finding("good", "telegram-doctor-token", {"name": "Themenbote", "username": "themen_bot"}),
        Finding("good", "telegram-doctor-privacy-on"),
        Finding("good", "telegram-doctor-polling"),
        Finding("good", "telegram-doctor-waiting", {"count": len(house.bot.updates.pending)}),
        Finding("good", "telegram-doctor-room", {"room": "Netzwerk"}),
        Finding("good", "telegram-doctor-clock"),
    ]


async def test_nothing_is_changed(house: House) -> None:
    group = house.telegram.group("Netzwerk", house.office, house.bot)
    await examine(settings(house, rooms={str(group.id): "Netzwerk"}))
    asked = {asked.method for asked in house.telegram.asked}
    assert asked == {"getMe", "getWebhookInfo", "getChatMember", "getChat"}


async def test_a_wrong_token(house: House) -> None:
    house.telegram.world.revoke(house.bot)
    wrong = Settings("7:x", house.telegram.api_base, "polling", "", {})
    assert keys(await examine(wrong)) == [("wrong", "wrong-token")]


async def test_nobody_there(house: House) -> None:
    (found,) = await examine(settings(house, base="http://127.0.0.1:1"))
    assert (found.level, found.key) == ("wrong", "telegram-doctor-unreachable")
    assert found.values == {"detail": "NotSent: ClientConnectorError"}


async def test_rooms(house: House) -> None:
    lost, silent, forum, led = (
        house.telegram.group(title, house.office, house.bot, kind="supergroup", forum=title == "Forum")
        for title in ("Weg", "Still", "Forum", "Leitung")
    )
    house.office.remove(house.bot, lost)
    house.office.silence(house.bot, silent)
    house.office.promote(house.bot, led)
    old = house.telegram.group("Alt", house.office, house.bot)
    bare = house.telegram.group("Bilderlos", house.office, house.bot)
    bare.permissions["can_send_photos"] = False
    house.office.upgrade(old)
    rooms = {str(lost.id): "Weg", "-100999": "Nie", str(silent.id): "Still", f"{forum.id}/45": "Ideen"}
    rooms |= {str(led.id): "Leitung", str(old.id): "Alt", str(bare.id): "Bilderlos"}
    found = await examine(settings(house, rooms=rooms))
    assert [(f.key.removeprefix("telegram-doctor-"), f.values["room"]) for f in found if "room" in f.values] == [
        ("room-gone", "Weg"),
        ("room-gone", "Nie"),
        ("room-mute", "Still"),
        ("room", "Ideen"),
        ("room-reads-all", "Leitung"),
        ("room", "Alt"),
        ("room-no-files", "Bilderlos"),
    ]


async def test_a_public_group_can_be_seen_from_outside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Api.call

    async def public(self: Api, method: str, seconds: float = 5, /, **parameters: Any) -> Any:
        seen = {"getChatMember": {"status": "left"}, "getChat": {"id": -100123, "type": "supergroup"}}
        return seen[method] if method in seen else await call(self, method, seconds, **parameters)

    monkeypatch.setattr(Api, "call", public)
    found = await examine(settings(house, rooms={"-100123": "Netzwerk"}))
    assert found[4] == Finding("wrong", "telegram-doctor-room-gone", {"room": "Netzwerk"})


async def test_telegram_away_in_the_middle(house: House) -> None:
    house.telegram.faults.fail(1, only={"getChatMember"})
    found = await examine(settings(house, rooms={"-1": "Netzwerk"}))
    assert [level for level, _ in keys(found)] == ["good"] * 4 + ["wrong"]
    assert keys(found)[-1] == ("wrong", "doctor-unreachable")


@pytest.mark.parametrize("answer", [None, True, [], {}, {"id": 7}])
async def test_something_else_answers(house: House, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    async def foreign(*_: Any, **__: Any) -> Any:
        return answer

    monkeypatch.setattr(Api, "call", foreign)
    assert keys(await examine(settings(house))) == [("wrong", "doctor-foreign")]


ACCOUNT = {"id": 7, "first_name": "Themenbote", "username": "themen_bot"}


def test_privacy_mode_and_groups() -> None:
    found = list(account(ACCOUNT | {"can_read_all_group_messages": True, "can_join_groups": False}))
    assert keys(found)[1:] == [("hint", "doctor-privacy-off"), ("wrong", "doctor-groups-off")]


HOOKS: dict[str, tuple[Literal["polling", "webhook"], dict[str, Any], list[tuple[str, str]]]] = {
    "polling": ("polling", {}, [("good", "doctor-polling")]),
    "polling, webhook left": ("polling", {"url": ADDRESS}, [("hint", "doctor-webhook-left")]),
    "webhook": ("webhook", {"url": ADDRESS}, [("good", "doctor-webhook")]),
    "webhook, not set": ("webhook", {}, [("hint", "doctor-webhook-missing")]),
    "webhook, another": ("webhook", {"url": "https://x.example.org/"}, [("hint", "doctor-webhook-missing")]),
    "a recent error": (
        "webhook",
        {"url": ADDRESS, "last_error_date": NOW - 60, "last_error_message": "Connection refused"},
        [("good", "doctor-webhook"), ("wrong", "doctor-webhook-error")],
    ),
    "an old error": (
        "webhook",
        {"url": ADDRESS, "last_error_date": NOW - 7200, "last_error_message": "Connection refused"},
        [("good", "doctor-webhook")],
    ),
    "many waiting": (
        "polling",
        {"pending_update_count": 101},
        [("good", "doctor-polling"), ("hint", "doctor-pending")],
    ),
    "some waiting": ("polling", {"pending_update_count": 100}, [("good", "doctor-polling")]),
}


@pytest.mark.parametrize(("mode", "info", "found"), HOOKS.values(), ids=HOOKS)
def test_webhook(mode: Literal["polling", "webhook"], info: dict[str, Any], found: list[tuple[str, str]]) -> None:
    told = {"url": "", "has_custom_certificate": False, "pending_update_count": 0} | info
    judged = keys(list(webhook(told, settings(mode=mode), NOW)))
    assert [key for key in judged if key != ("good", "doctor-waiting")] == found
    assert len(judged) == len(found) + (("hint", "doctor-pending") not in found)


@pytest.mark.parametrize(
    ("seconds", "key"),
    [(None, "clock"), (0, "clock"), (-30, "clock"), (31, "clock-off"), (-31, "clock-off")],
)
def test_clock(seconds: int | None, key: str) -> None:
    found = clock(None if seconds is None else timedelta(seconds=seconds))
    assert found.key == f"telegram-doctor-{key}"
    assert found.values == ({"seconds": 31} if key == "clock-off" else {})


SILENT, PLAIN = {"can_send_messages": False}, {"can_send_photos": False, "can_send_documents": True}
RIGHTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a member": ({"status": "member"}, {}, "room"),
    "a member where nobody may write": ({"status": "member"}, {"permissions": SILENT}, "room-mute"),
    "a member where nobody may send pictures": ({"status": "member"}, {"permissions": PLAIN}, "room-no-files"),
    "restricted": ({"status": "restricted"} | SILENT, {}, "room-mute"),
    "restricted in files": ({"status": "restricted", "can_send_documents": False}, {}, "room-no-files"),
    "restricted where nobody may write": ({"status": "restricted"}, {"permissions": SILENT}, "room-mute"),
    "an administrator": ({"status": "administrator"}, {"permissions": SILENT}, "room-reads-all"),
}


@pytest.mark.parametrize(("member", "chat", "key"), RIGHTS.values(), ids=RIGHTS)
def test_rights(member: dict[str, Any], chat: dict[str, Any], key: str) -> None:
    assert room("Netzwerk", member, chat, privacy=True).key == f"telegram-doctor-{key}"


def test_an_administrator_reads_no_more_than_others_where_privacy_mode_is_off() -> None:
    assert room("Netzwerk", {"status": "administrator"}, {}, privacy=False).level == "good"


VALUES = {"name": "N", "username": "u", "detail": "d", "error": "e", "count": 3, "room": "R", "seconds": 40}


@pytest.mark.parametrize("language", Texts.languages)
def test_every_finding_has_its_text(language: str) -> None:
    texts = Texts.load()
    constants = [constant for code in _code(doctor.examine.__globals__) for constant in code.co_consts]
    found = {constant for constant in constants if isinstance(constant, str) and constant.startswith("telegram-")}
    assert len(found) > 15
    for key in found:
        assert texts.plain(language, "sie", key, **VALUES)


def _code(names: dict[str, Any]) -> list[Any]:
    functions = [value for value in names.values() if getattr(value, "__module__", "") == doctor.__name__]
    return [value.__code__ for value in functions if hasattr(value, "__code__")]
