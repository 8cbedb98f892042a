"""Settings: where they come from, what they default to, and how every mistake is told."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.keys import Key
from config.mistakes import dotted
from config.settings import KEYS, Settings, SettingsError, commented_file, load, validated
from config.sources import Entry

SECRET = "NEVERSHOWN"
TOKEN = f"123456:{SECRET}"
ODD = [True, 5, -1, 10**30, 1.5, "nan", "", "no-such\nword", [1], {"a": 1}, date(2026, 1, 1)]
PLAIN = [key for key in KEYS.settings.values() if not key.secret]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str) -> Path:
    path = Path("themenbote.toml")
    path.write_text(text, "utf-8")
    return path


def mistakes(text: str = "", **environ: str) -> tuple[str, ...]:
    """What is said of a settings file and variables, in English; no secret is ever in it."""
    with pytest.raises(SettingsError) as raised:
        load(written(text) if text else None, environ)
    assert SECRET not in str(raised.value) + repr(raised.value)
    assert all("\n" not in line for line in raised.value.mistakes)
    return raised.value.mistakes


def only(text: str = "", **environ: str) -> str:
    [line] = mistakes(text, **environ)
    return line


def test_with_nothing_set_there_is_the_local_page_with_its_demonstration() -> None:
    settings = load(None, {})
    assert settings.database.url.get_secret_value() == "sqlite:///data/themenbote.db"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8080)
    assert settings.telegram.api_base == "https://api.telegram.org"
    assert settings.telegram.token is None
    assert settings.matrix.accounts == ()
    assert settings.programme.timezone == ZoneInfo("Europe/Berlin")
    assert (settings.hours.start, settings.hours.end, settings.hours.weekend) == (8, 18, False)
    assert (settings.membership.join, settings.privacy.threshold) == ("invite", 5)
    assert (settings.local.enabled, settings.local.demo) == (True, True)


@pytest.mark.parametrize(
    ("environ", "enabled", "demo"),
    [
        ({"THEMENBOTE_TELEGRAM__TOKEN": TOKEN}, False, False),
        ({"THEMENBOTE_MATRIX__ACCOUNTS__0__USER": "@b:example.org"}, False, False),
        ({"THEMENBOTE_DATABASE__URL": "postgresql+psycopg://h/d"}, True, False),
        ({"THEMENBOTE_PROGRAMME__NAME": "Musterregion"}, True, False),
        ({"THEMENBOTE_LOCAL__ENABLED": "no"}, False, False),
        ({"THEMENBOTE_LOCAL__ENABLED": "true"}, True, True),
        ({"THEMENBOTE_TELEGRAM__TOKEN": TOKEN, "THEMENBOTE_LOCAL__ENABLED": "true"}, True, False),
        ({"THEMENBOTE_DATABASE__URL": "postgresql+psycopg://h/d", "THEMENBOTE_LOCAL__DEMO": "true"}, True, True),
        ({"THEMENBOTE_WEB__PORT": "0", "THEMENBOTE_DATA_DIR": "x", "THEMENBOTE_LOG__LEVEL": "debug"}, True, True),
    ],
)
def test_the_local_page_gives_way_to_messengers_and_the_demonstration_to_a_real_programme(
    environ: dict[str, str], enabled: bool, demo: bool
) -> None:
    account = {"HOMESERVER": "https://example.org", "PASSWORD": SECRET}
    if "THEMENBOTE_MATRIX__ACCOUNTS__0__USER" in environ:
        environ |= {f"THEMENBOTE_MATRIX__ACCOUNTS__0__{part}": value for part, value in account.items()}
    local = load(None, environ).local
    assert (local.enabled, local.demo) == (enabled, demo)


def test_five_mistakes_are_told_at_once() -> None:
    text = """
        colour = "red"
        [web]
        port = 70000
        [programme]
        timezone = "Eurpe/Paris"
        [privacy]
        threshold = 2
        [topics]
        moderation = "perhaps"
    """
    assert mistakes(text, THEMENBOTE_LOG__FORMAT="xml") == (
        "colour (themenbote.toml): There is no such name. All names are in the file that “themenbote init” writes.",
        "log.format (THEMENBOTE_LOG__FORMAT): “xml” is not a choice. Possible are text and json.",
        "privacy.threshold (themenbote.toml): 2 is too small. At least 3 is needed.",
        "programme.timezone (themenbote.toml): “Eurpe/Paris” is not a time zone. Right is, for example, Europe/Paris.",
        "topics.moderation (themenbote.toml): “perhaps” is neither yes nor no. Right is true or false.",
        "web.port (themenbote.toml): 70000 is too large. At most 65535 is possible.",
    )


def test_mistakes_are_told_in_the_language_of_the_terminal() -> None:
    said = only(LANG="de_DE.UTF-8", THEMENBOTE_WEB__PORT="acht")
    assert said == "web.port (THEMENBOTE_WEB__PORT): „acht“ ist keine ganze Zahl. Richtig ist zum Beispiel 8080."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[web]\nprot = 1", "web.prot (themenbote.toml): There is no such name. Probably web.port is meant."),
        ("port = 1", "port (themenbote.toml): There is no such name. Probably web.port is meant."),
        ("[telegrm]\nmode = 1", "telegrm (themenbote.toml): There is no such name. Probably telegram is meant."),
        ("[telegram]\ntoken_fil = 1", "Probably telegram.token_file is meant."),
        ("[web]\nport_file = 1", "web.port_file (themenbote.toml): There is no such name. Probably web.port is meant."),
        ("[[matrix.accounts]]\n[[matrix.accounts]]\nusr = 1", "Probably matrix.accounts.1.user is meant."),
        ("zzz = 1", "zzz (themenbote.toml): There is no such name. All names are in the file"),
    ],
)
def test_an_unknown_key_gets_the_nearest_known_one(text: str, said: str) -> None:
    assert any(said in line for line in mistakes(text))


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("THEMENBOTE_WEB_PORT", "web_port (THEMENBOTE_WEB_PORT): There is no such name. Probably THEMENBOTE_WEB__PORT"),
        ("THEMENBOTE_TELEGRAM__TOKN", "Probably THEMENBOTE_TELEGRAM__TOKEN is meant."),
        ("THEMENBOTE_web__port", "Probably THEMENBOTE_WEB__PORT is meant."),
        ("THEMENBOTE_MATRIX__ACCOUNTS__0__USR", "Probably THEMENBOTE_MATRIX__ACCOUNTS__0__USER is meant."),
        ("THEMENBOTE_WEB", "web (THEMENBOTE_WEB): This is a section, not a value."),
        ("THEMENBOTE_", "(THEMENBOTE_): There is no such name."),
    ],
)
def test_an_unknown_variable_gets_the_nearest_known_one(variable: str, said: str) -> None:
    assert said in only(**{variable: SECRET})


def test_other_variables_and_empty_ones_say_nothing() -> None:
    environ = {"THEMEN": "x", "PATH": "x", "THEMENBOTE_WEB__PORT": "", "THEMENBOTE_TELEGRAM__TOKEN_FILE": ""}
    assert load(None, environ) == load(None, {})


def test_the_environment_wins_over_the_file() -> None:
    path = written('[web]\nport = 1\nhost = "0.0.0.0"\n[telegram]\ntoken = "from-file"')
    Path("token").write_text(TOKEN, "utf-8")
    settings = load(path, {"THEMENBOTE_WEB__PORT": "8090", "THEMENBOTE_TELEGRAM__TOKEN_FILE": "token"})
    assert (settings.web.port, settings.web.host) == (8090, "0.0.0.0")
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == TOKEN


def test_the_file_may_be_named_by_argument_or_variable_or_be_in_the_working_directory(folder: Path) -> None:
    (folder / "argument.toml").write_text("[web]\nport = 1", "utf-8")
    (folder / "variable.toml").write_text("[web]\nport = 2", "utf-8")
    (folder / "themenbote.toml").write_text("[web]\nport = 3", "utf-8")
    environ = {"THEMENBOTE_SETTINGS": "variable.toml"}
    assert load(Path("argument.toml"), environ).web.port == 1
    assert load(None, environ).web.port == 2
    assert load(None, {}).web.port == 3


def test_a_file_that_is_named_and_not_there_is_a_mistake() -> None:
    assert only(THEMENBOTE_SETTINGS="gone.toml").startswith("gone.toml: This file is not there")


def test_a_file_with_the_mark_of_a_windows_editor_is_read(folder: Path) -> None:
    (folder / "themenbote.toml").write_text("[web]\nport = 3", "utf-8-sig")
    assert load(None, {}).web.port == 3


def test_a_file_that_is_not_utf8_is_a_mistake(folder: Path) -> None:
    (folder / "themenbote.toml").write_bytes('name = "Köln"'.encode("latin-1"))
    assert only().startswith("themenbote.toml: This file is not there or cannot be read as UTF-8.")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[web]\nport = 1\nhost = here", 3, 8),
        (f'[telegram]\ntoken = "{SECRET}', 2, 20),
        (f"[telegram]\ntoken = {SECRET}\n", 2, 9),
        ("[web]\n[web]", 2, 5),
        (f"[web]\nport = {'9' * 5000}", 2, 5008),
    ],
)
def test_a_file_that_is_not_toml_is_told_with_line_and_column(text: str, line: int, column: int) -> None:
    said = only(text)
    assert said.startswith(f"themenbote.toml, line {line}, column {column}: From here on the file is not TOML.")


def test_a_broken_file_hides_no_mistake_in_the_environment_and_invents_none() -> None:
    said = mistakes("[web", THEMENBOTE_WEB__PORT="x", THEMENBOTE_TELEGRAM__MODE="webhook")
    assert [line.partition(" ")[0] for line in said] == ["themenbote.toml,", "web.port"]


def test_a_secret_comes_from_a_file_without_the_space_around_it() -> None:
    Path("secret").write_text(f"  {TOKEN}\n", "utf-8")
    by_variable = load(None, {"THEMENBOTE_TELEGRAM__TOKEN_FILE": "secret"})
    by_file = load(written('[telegram]\ntoken_file = "secret"'), {})
    for settings in (by_variable, by_file):
        assert settings.telegram.token is not None
        assert settings.telegram.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'[telegram]\ntoken_file = "{SECRET}"', "telegram.token_file (themenbote.toml): This file cannot be read."),
        ("[telegram]\ntoken_file = 5", "telegram.token_file (themenbote.toml): This file cannot be read."),
        ('[telegram]\ntoken_file = "."', "telegram.token_file (themenbote.toml): This file cannot be read."),
        ('[telegram]\ntoken_file = "void"', "telegram.token_file (themenbote.toml): This file is empty."),
        (f'[telegram]\ntoken = "{TOKEN}"\ntoken_file = "void"', "The same value also stands under token."),
        (
            '[telegram]\nmode = "webhook"\nwebhook_secret_file = "x"\nwebhook_url = "https://x"\ntoken = "1:a"',
            "cannot be",
        ),
    ],
)
def test_a_secret_file_that_does_not_serve_is_one_mistake(text: str, said: str) -> None:
    Path("void").write_text(" \n", "utf-8")
    assert said in only(text)


def test_no_secret_is_in_what_settings_show() -> None:
    account = (
        f'[[matrix.accounts]]\nhomeserver = "https://x"\nuser = "@a:x"\npassword = "{SECRET}"\ntoken = "{SECRET}"\n'
    )
    telegram = f'[telegram]\ntoken = "{TOKEN}"\nwebhook_secret = "{SECRET}"\n'
    database = f'[database]\nurl = "postgresql+psycopg://name:{SECRET}@host/base"\n'
    settings = load(written(account + telegram + database), {})
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()


def test_a_refused_secret_is_not_even_kept_for_the_sentence() -> None:
    _, refused = validated({("telegram", "token"): Entry([SECRET], "themenbote.toml")})
    assert any(mistake.name == ("telegram", "token") for mistake in refused)
    assert SECRET not in repr(refused)


@pytest.mark.parametrize("key", [key for key in KEYS.settings.values() if key.secret], ids=lambda key: dotted(key.name))
@pytest.mark.parametrize("value", [[SECRET], {"a": SECRET}, 5, f"{SECRET} \n!"])
def test_no_secret_is_in_a_mistake(key: Key, value: object) -> None:
    name = "THEMENBOTE_" + "__".join("0" if part == "*" else part for part in key.name).upper()
    said = mistakes(f"zzz = 1\n{toml(key, value)}", **{name + "_FILE": SECRET, name: SECRET})
    assert any(dotted(key.name).replace("*", "0") in line for line in said)


def toml(key: Key, value: object) -> str:
    """The lines that set a key."""
    *sections, last = key.name
    header = f"[[{'.'.join(sections[:-1])}]]" if "*" in sections else f"[{'.'.join(sections)}]"
    return f"{header}\n{last} = {inline(value)}"


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {inline(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("value", ODD, ids=str)
def test_any_odd_value_is_taken_or_told_in_a_sentence(value: object) -> None:
    lines = [f"{dotted(key.name)} = {inline(value)}" for key in PLAIN if "*" not in key.name]
    account = ", ".join(f"{key.name[-1]} = {inline(value)}" for key in PLAIN if "*" in key.name)
    said = mistakes("\n".join([*lines, f"matrix.accounts = [{{{account}}}]"]))
    known = {dotted(key.name).replace("*", "0") for key in KEYS.settings.values()}
    assert {line.partition(" ")[0] for line in said} <= known
    assert len(said) >= 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('telegram = "x"', "telegram (themenbote.toml): This is a section, not a value."),
        ("[[web]]\nport = 1", "web (themenbote.toml): This is a section, not a value."),
        ("[matrix]\naccounts = 5", "In the file each entry begins with [[matrix.accounts]]."),
        ('[matrix.accounts]\nuser = "@a:x"', "In the file each entry begins with [[matrix.accounts]]."),
        ("[[matrix.accounts]]", "matrix.accounts.0 (themenbote.toml): This entry is empty or not a section."),
        ('[matrix]\naccounts = ["x"]', "In the file it begins with [[matrix.accounts]]"),
        ("[web]\nport = true", "web.port (themenbote.toml): “true” is not a whole number."),
        (
            '[telegram]\ntoken = ""',
            'telegram.token (themenbote.toml): There is nothing here. Right is, for example, "123',
        ),
        (f'[telegram]\napi_base = "https://x/bot{TOKEN}"', "The address must come without “/bot” and without a token."),
        ('[telegram]\napi_base = "api.telegram.org"', "This is not an address"),
        ('[telegram]\napi_base = "http://[x"', "This is not an address"),
        (f'[telegram]\napi_base = "https://a:{SECRET}@x"', "This is not an address"),
        ('[telegram]\nwebhook_url = "http://example.org/x"', "This address is not encrypted."),
        ('[telegram]\nwebhook_secret = "ä"', "Telegram takes 1 to 256 characters here"),
        (f'[database]\nurl = "postgres://a:{SECRET}@h/d"', "It begins with sqlite:/// or postgresql+psycopg://."),
        ('[programme]\nland = "Berlin"', "Possible are BW, BY, BE"),
        ('[programme]\ntimezone = "../etc"', "“../etc” is not a time zone."),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_is_right(text: str, said: str) -> None:
    assert said in only(text)


def test_webhook_mode_needs_all_of_its_values() -> None:
    said = mistakes('[telegram]\nmode = "webhook"\ntoken = "1:a"')
    assert said == tuple(
        f'telegram.{part} (themenbote.toml): This value is missing. With telegram.mode = "webhook" it is needed.'
        for part in ("webhook_secret", "webhook_url")
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("start = 18", "start"),
        ("end = 8", "end"),
        ("start = 12\nend = 12", "end"),
        ('start = "20"\nend = "7"', "end"),
    ],
)
def test_the_permitted_hours_begin_before_they_end(text: str, key: str) -> None:
    assert only(f"[hours]\n{text}") == (
        f"hours.{key} (themenbote.toml): The beginning must be before the end. "
        "Right are, for example, hours.start = 8 and hours.end = 18."
    )


def test_the_permitted_hours_can_be_the_whole_day() -> None:
    hours = load(written("[hours]\nstart = 0\nend = 24\nweekend = true"), {}).hours
    assert (hours.start, hours.end, hours.weekend) == (0, 24, True)


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:80"])
def test_a_webhook_on_this_machine_needs_no_encryption(host: str) -> None:
    assert load(None, {"THEMENBOTE_TELEGRAM__WEBHOOK_URL": f"http://{host}/hook"}).telegram.webhook_url


def test_matrix_accounts_come_from_the_file_and_their_secrets_from_the_environment() -> None:
    text = "".join(f'[[matrix.accounts]]\nhomeserver = "https://{x}.org/"\nuser = "@bot:{x}.org"\n' for x in "ab")
    variables = {"THEMENBOTE_MATRIX__ACCOUNTS__0__TOKEN": "t", "THEMENBOTE_MATRIX__ACCOUNTS__1__PASSWORD": "p"}
    first, second = load(written(text), variables).matrix.accounts
    assert (first.homeserver, second.user) == ("https://a.org", "@bot:b.org")
    assert (first.store, second.store) == (Path("data/matrix/bot_a.org"), Path("data/matrix/bot_b.org"))
    assert first.token
    assert second.password


def test_matrix_accounts_come_from_one_variable_as_json() -> None:
    accounts = '[{"homeserver": "https://a.org", "user": "@bot:a.org", "password": "p", "store": "here"}]'
    [account] = load(None, {"THEMENBOTE_MATRIX__ACCOUNTS": accounts}).matrix.accounts
    assert account.store == Path("here")
    assert "This is not JSON." in only(THEMENBOTE_MATRIX__ACCOUNTS=f"[{SECRET}")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["homeserver", "user"], ["matrix.accounts.0.password"]),
        (["user", "password"], ["matrix.accounts.0.homeserver"]),
        (["homeserver", "user", "pasword"], ["matrix.accounts.0.pasword"]),
        (["homeserver", "user", "token_file"], ["matrix.accounts.0.token_file"]),
    ],
)
def test_an_account_lacking_something_is_one_mistake(lines: list[str], said: list[str]) -> None:
    values = {"homeserver": "https://a.org", "user": "@a:a.org"}
    text = "\n".join(["[[matrix.accounts]]", *(f'{name} = "{values.get(name, "x")}"' for name in lines)])
    assert [line.partition(" ")[0] for line in mistakes(text)] == said


def test_a_gap_in_the_numbers_of_accounts_is_told() -> None:
    said = mistakes(THEMENBOTE_MATRIX__ACCOUNTS__1__USER="@a:a.org")
    assert {line.partition(" ")[0] for line in said} >= {"matrix.accounts.0.user", "matrix.accounts.1.homeserver"}
    assert "A list belongs here" in only(THEMENBOTE_MATRIX__ACCOUNTS__100__USER="@a:a.org")


def test_two_accounts_share_neither_name_nor_store() -> None:
    account = '[[matrix.accounts]]\nhomeserver = "https://a.org"\nuser = "@a:a.org"\npassword = "p"\nstore = "s"\n'
    assert [line.partition(":")[0] for line in mistakes(account * 2)] == [
        "matrix.accounts.1.store (themenbote.toml)",
        "matrix.accounts.1.user (themenbote.toml)",
    ]


def test_two_accounts_without_names_lack_names_and_nothing_else() -> None:
    account = '[[matrix.accounts]]\nhomeserver = "https://a.org"\npassword = "p"\n'
    said = [line.partition(" ")[0] for line in mistakes(account * 2)]
    assert said == ["matrix.accounts.0.user", "matrix.accounts.1.user"]


def test_paths_follow_the_data_folder_and_know_the_home_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("HOME", str(folder))
    settings = load(None, {"THEMENBOTE_DATA_DIR": "~/kept"})
    assert settings.data_dir == folder / "kept"
    assert settings.database.url.get_secret_value() == f"sqlite:///{folder}/kept/themenbote.db"


def test_the_commented_file_sets_nothing_as_it_is() -> None:
    assert load(written(commented_file()), {}) == load(None, {})


def test_the_commented_file_with_everything_uncommented_sets_every_key_rightly() -> None:
    text = re.sub(r"^#(?! )", "", commented_file(), flags=re.MULTILINE)
    settings = load(written(text), {})
    assert isinstance(settings, Settings)
    table = tomllib.loads(text)
    for key in KEYS.settings.values():
        value: Any = table
        for part in key.name:
            value = value[0] if part == "*" else value[part]
        assert str(value) == str(key.example), dotted(key.name)


def test_the_commented_file_explains_every_key_in_german_and_english() -> None:
    for before, line in pairs(commented_file().splitlines()):
        if re.match(r"#\w+ = ", line):
            assert [bool(text) for text in before] == [True, True]
            assert all(text.startswith("# ") and text.endswith(".") for text in before), line


def pairs(lines: list[str]) -> list[tuple[list[str], str]]:
    """Each line with the two before it."""
    return [(lines[number - 2 : number], line) for number, line in enumerate(lines)]
