"""What keeps the process from starting is said in the terminal's language, in one sentence that says what to do."""

from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli
from bot.channel import Misconfigured
from bot.cli import Say
from config.settings import Settings

PLACE = {"address": "127.0.0.1:8080"}
COMPLAINTS: dict[str, tuple[dict[str, str], str, str]] = {
    "web-taken": (PLACE, "127.0.0.1:8080 lauscht schon", "listens on 127.0.0.1:8080"),
    "web-forbidden": (PLACE, "eine Zahl über 1023", "a number above 1023"),
    "web-address": (PLACE, "eine Adresse dieses Rechners", "an address of this machine"),
    "local-unwritable": ({"file": "<a> & b.db", "reason": "Ende"}, "Datei <a> & b.db nicht", "file <a> & b.db (Ende)"),
    "telegram-wrong-token": ({}, "kennt dieses Token nicht", "does not know this token"),
    "telegram-webhook-missing": ({}, "fehlt die Adresse", "is missing"),
    "telegram-webhook-not-https": ({}, "mit https:// beginnt", "begins with https://"),
    "telegram-webhook-secret": ({}, "1 bis 256 Zeichen", "1 to 256 characters"),
    "telegram-webhook-refused": ({}, "nimmt die Adresse", "does not accept the address"),
}


@pytest.mark.parametrize(("language", "told"), [("de_DE.UTF-8", 1), ("en_GB.UTF-8", 2)])
@pytest.mark.parametrize("key", COMPLAINTS)
def test_it_is_said_in_the_language_of_the_terminal(
    key: str,
    language: str,
    told: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    complaint = COMPLAINTS[key]

    def run(_: Settings, __: Say, ___: Namespace) -> int:
        raise Misconfigured(key, **complaint[0])

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setitem(cli.COMMANDS, "run", run)
    assert cli.main(["run"]) == cli.WRONG
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert str(complaint[told]) in err
