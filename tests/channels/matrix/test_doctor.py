"""What the doctor finds at a homeserver."""

import re
from pathlib import Path

from bot.channels.matrix.doctor import examine
from bot.finding import Finding
from config.texts import Texts
from tests.channels.matrix.bots import Bot, meet
from tests.channels.matrix.conftest import NewPerson
from tests.synapse import Synapse, free_port

TEXTS = Texts.load()


async def found(bot: Bot) -> dict[str, list[Finding]]:
    """The findings by key; each has its sentence in both languages."""
    findings = await examine(bot.server.url, bot.id, bot.store)
    for finding in findings:
        for language in TEXTS.languages:
            assert TEXTS.plain(language, "sie", finding.key, **finding.values)
    return {finding.key: [each for each in findings if each.key == finding.key] for finding in findings}


async def test_all_is_well(bot: Bot, person: NewPerson) -> None:
    officer = await person()
    await meet(
        bot,
        officer,
        name="Kohorte 3",
        power_level_content_override={"users": {officer.id: 100, bot.id: 50}},
        room_version="10",
    )
    await meet(bot, officer, name="Kohorte 4", power_level_content_override={"events_default": 50})
    await meet(bot, officer, direct=True)
    findings = await found(bot)
    assert findings["matrix-doctor-signed-in"][0].values["user"] == bot.id
    assert "matrix-doctor-trusted" in findings
    assert findings["matrix-doctor-keys"][0].level == "good"
    assert findings["matrix-doctor-rates-unknown"][0].level == "hint"
    assert {"room": "Kohorte 3"} in [finding.values for finding in findings["matrix-doctor-room"]]
    assert [finding.values for finding in findings["matrix-doctor-room-mute"]] == [{"room": "Kohorte 4"}]
    assert "matrix-doctor-open-file" not in findings
    assert "matrix-doctor-versions" in findings


async def test_what_is_wrong_is_said(bot: Bot, person: NewPerson) -> None:
    await meet(bot, await person())
    bot.store.joinpath("cross-signing.json").chmod(0o644)
    findings = await found(bot)
    assert [finding.values for finding in findings["matrix-doctor-open-file"]] == [{"file": "cross-signing.json"}]
    assert findings["matrix-doctor-room-no-redact"][0].level == "hint"
    bot.server.call("POST", "/_matrix/client/v3/logout", {}, bot.connection.device.token)
    assert (await found(bot))["matrix-doctor-revoked"][0].level == "wrong"


async def test_an_administrator_sees_the_limits(synapse: Synapse, tmp_path: Path) -> None:
    account = synapse.register(admin=True)
    bot = Bot(synapse, account, tmp_path / "store")
    await bot.start()
    address = f"/_synapse/admin/v1/users/{bot.id}/override_ratelimit"
    assert "matrix-doctor-rates-limited" in await found(bot)
    synapse.call("POST", address, {"messages_per_second": 0, "burst_count": 0}, account.token)
    assert "matrix-doctor-rates" in await found(bot)
    await bot.stop()


async def test_without_a_device_or_a_homeserver(synapse: Synapse, tmp_path: Path) -> None:
    account = synapse.register()
    (finding,) = await examine(synapse.url, account.user_id, tmp_path)
    assert finding.key == "matrix-doctor-not-signed-in"
    (finding,) = await examine(f"http://127.0.0.1:{free_port()}", account.user_id, tmp_path, account.token)
    assert finding.key == "matrix-doctor-unreachable"
    findings = await examine(synapse.url, account.user_id, tmp_path, account.token)
    assert "matrix-doctor-untrusted" in {finding.key for finding in findings}


def test_every_complaint_has_its_sentence_in_both_languages() -> None:
    folder = Path(__file__).parents[3] / "bot" / "channels" / "matrix"
    raised = {
        key
        for file in folder.glob("*.py")
        for key in re.findall(r'Misconfigured\("(matrix-[a-z-]+)"', file.read_text())
    }
    assert len(raised) >= 7
    for language in TEXTS.languages:
        for key in raised:
            assert TEXTS.plain(language, "sie", key, user="@bot:example", store="store", reason="full")
