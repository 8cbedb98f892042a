"""What the doctor finds, and that every finding has its text."""

from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.channels.telegram import doctor
from bot.channels.telegram.api import Api
from bot.channels.telegram.doctor import Settings, account, clock, examine, webhook
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
    rooms = {str(lost.id): "Weg", "-100999": "Nie", str(silent.id): "Still", f"{forum.id}/45": "Ideen"}
    found = await examine(settings(house, rooms=rooms | {str(led.id): "Leitung"}))
    assert [(f.key.removeprefix("telegram-doctor-"), f.values["room"]) for f in found if "room" in f.values] == [
        ("room-gone", "Weg"),
        ("room-gone", "Nie"),
        ("room-mute", "Still"),
        ("room", "Ideen"),
        ("room", "Leitung"),
    ]


async def test_a_public_group_can_be_seen_from_outside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Api.call

    async def public(self: Api, method: str, seconds: float = 5, /, **parameters: Any) -> Any:
        seen = {"getChatMember": {"status": "left"}, "getChat": {"id": -100123, "type": "supergroup"}}
        return seen[method] if method in seen else await call(self, method, seconds, **parameters)

    monkeypatch.setattr(Api, "call", public)
    found = await examine(settings(house, rooms={"-100123": "Netzwerk"}))
    assert found[3] == Finding("wrong", "telegram-doctor-room-gone", {"room": "Netzwerk"})


async def test_telegram_away_in_the_middle(house: House) -> None:
    house.telegram.faults.fail(1, only={"getChatMember"})
    found = await examine(settings(house, rooms={"-1": "Netzwerk"}))
    assert keys(found) == [("wrong", "doctor-unreachable")]


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
    assert keys(list(webhook(told, settings(mode=mode), NOW))) == found


@pytest.mark.parametrize(
    ("seconds", "key"),
    [(None, "clock"), (0, "clock"), (-30, "clock"), (31, "clock-off"), (-31, "clock-off")],
)
def test_clock(seconds: int | None, key: str) -> None:
    found = clock(None if seconds is None else timedelta(seconds=seconds))
    assert found.key == f"telegram-doctor-{key}"
    assert found.values == ({"seconds": 31} if key == "clock-off" else {})


def test_a_plain_member_may_write_unless_the_group_forbids_it() -> None:
    member = {"status": "member"}
    assert doctor._may_write(member, {})
    assert not doctor._may_write(member, {"permissions": {"can_send_messages": False}})
    assert doctor._may_write({"status": "administrator"}, {"permissions": {"can_send_messages": False}})
    assert not doctor._may_write({"status": "restricted", "can_send_messages": False}, {})


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
