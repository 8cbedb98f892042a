"""Every command, done rightly and wrongly: what it says, where, and how it ends."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import cli
from domain import recount
from domain.ballots.choices import Choice
from domain.ballots.lots import draw_lots
from domain.ballots.rules import Method, Rule
from domain.people import Role
from domain.recount import BallotFile
from storage import people, schema
from storage.database import Database
from storage.locks import FileLocks
from tests.bot.house import NOW
from tests.postgres import bare_database, drop_database, sqlite_database

CODE = re.compile(rf"[A-Z2-9]{{{cli.CODE_LENGTH}}}")
PASSWORD = "sehr-geheim"


@dataclass
class Terminal:
    """A folder to be in, and what is said there."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def set(self, **variables: str) -> None:
        """Settings, as variables of the environment."""
        for name, value in variables.items():
            self.monkeypatch.setenv(f"THEMENBOTE_{name}", value)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, and what was said on both outputs."""
        try:
            code = cli.main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    def sqlite(self, change: str = "") -> Database:
        """The database of the data folder, with the current schema, or another one."""
        (self.folder / "data").mkdir(exist_ok=True)
        database = Database(sqlite_database(self.folder / "data"))
        if change:
            with database.begin() as db:
                db.exec_driver_sql(change)
        return database


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    # The log of this process is not the command's to arrange.
    monkeypatch.setattr(cli, "set_up", lambda *_: None)
    terminal = Terminal(tmp_path, monkeypatch, capsys)
    terminal.set(WEB__PORT="0", DATA_DIR=str(tmp_path / "data"))
    return terminal


def test_help_names_every_command(terminal: Terminal) -> None:
    code, out, err = terminal.run("--help")
    assert (code, err) == (0, "")
    for command in ("run", "init", "doctor", "migrate", "invite", "backup", "restore", "recount"):
        assert re.search(rf"^    {command} +\w", out, re.MULTILINE)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("invite",),
        ("invite", "--role", "king"),
        ("invite", "--role", "guest"),
        ("invite", "--role", "admin", "--uses", "0"),
        ("invite", "--role", "admin", "--uses", "1.5"),
        ("invite", "--role", "admin", "--days", "99999"),
        ("invite", "--role", "admin", "--days", "²"),
        ("run", "faster"),
        ("backup",),
        ("restore", "one", "two"),
    ],
)
def test_wrong_arguments_are_said_in_a_line(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    code, out, err = terminal.run(*arguments)
    assert (code, out) == (cli.WRONG, "")
    assert err.splitlines()[-1].startswith("themenbote")
    assert ": error: " in err


def test_init_writes_a_file_once(terminal: Terminal) -> None:
    code, out, err = terminal.run("init")
    assert (code, err) == (0, "")
    assert out.startswith("themenbote.toml is written.")
    written = (terminal.folder / "themenbote.toml").read_text("utf-8")
    assert "# port = " in written or "#port = " in written
    code, out, err = terminal.run("init")
    assert (code, out) == (cli.WRONG, "")
    assert err.startswith("themenbote.toml exists already.")
    assert (terminal.folder / "themenbote.toml").read_text("utf-8") == written


def test_what_init_writes_can_be_used(terminal: Terminal) -> None:
    assert terminal.run("init", "other.toml")[0] == 0
    assert terminal.run("--settings", "other.toml", "doctor")[0] == 0


def test_init_in_no_folder(terminal: Terminal) -> None:
    code, out, err = terminal.run("init", "nowhere/themenbote.toml")
    assert (code, out) == (cli.FAILED, "")
    assert err == "nowhere/themenbote.toml cannot be written (No such file or directory). Choose another folder.\n"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GUEST])
def test_an_invitation_begins_with_its_code(terminal: Terminal, role: Role) -> None:
    code, out, err = terminal.run("invite", "--role", role.word, "--uses", "3", "--days", "2")
    assert (code, err) == (0, "")
    first, *links = out.splitlines()
    assert CODE.fullmatch(first)
    assert links == [f"http://127.0.0.1:0/?start={first}", f"/start {first}"]
    database = Database(f"sqlite:///{terminal.folder}/data/themenbote.db")
    with database.read() as db:
        invitation = people.find_invitation(db, first)
    database.close()
    assert invitation is not None
    assert (invitation.role, invitation.left) == (role, 3)


@pytest.mark.parametrize(("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]")])
def test_an_invitation_leads_where_a_browser_finds_the_page(terminal: Terminal, host: str, shown: str) -> None:
    terminal.set(WEB__HOST=host, WEB__PORT="8090")
    _, out, _ = terminal.run("invite", "--role", "participant")
    code, link, *_ = out.splitlines()
    assert link == f"http://{shown}:8090/?start={code}"


def test_an_invitation_for_matrix_leads_to_each_account_and_needs_no_slash(terminal: Terminal) -> None:
    accounts = [
        {"homeserver": f"https://{name}.example", "user": f"@bote:{name}.example", "password": PASSWORD, "store": name}
        for name in ("eins", "zwei")
    ]
    terminal.set(MATRIX__ACCOUNTS=json.dumps(accounts))
    _, out, _ = terminal.run("invite", "--role", "admin")
    code, *links = out.splitlines()
    to = [f"https://matrix.to/#/@bote:{name}.example" for name in ("eins", "zwei")]
    assert links == [*to, f"!start {code}"]
    terminal.set(TELEGRAM__TOKEN="123:abc")
    _, out, _ = terminal.run("invite", "--role", "admin")
    code, *links = out.splitlines()
    assert links == [f"/start {code}", *to, f"!start {code}"]


def test_an_invitation_into_a_group(terminal: Terminal) -> None:
    database = terminal.sqlite()
    with database.begin() as db:
        group = people.add_group(db, "Kohorte 1")
    code, out, _ = terminal.run("invite", "--role", "participant", "--group", "Kohorte 1")
    assert code == 0
    with database.read() as db:
        invitation = people.find_invitation(db, out.splitlines()[0])
    database.close()
    assert invitation is not None
    assert invitation.group == group.id


def test_an_invitation_into_no_group(terminal: Terminal) -> None:
    code, out, err = terminal.run("invite", "--role", "participant", "--group", "Nirgends")
    assert (code, out) == (cli.WRONG, "")
    assert err.startswith("There is no group “Nirgends”.")


def test_migrate_makes_a_database_and_then_has_nothing_to_do(terminal: Terminal) -> None:
    assert terminal.run("migrate") == (0, "The database is up to date with this program.\n", "")
    assert terminal.run("migrate") == (
        0,
        "There was nothing to do: the database is up to date with this program.\n",
        "",
    )


UNFIT = {
    "newer": ("UPDATE themenbote_schema SET version_num = '9999'", "The database belongs to a newer version."),
    "foreign": ("DROP TABLE themenbote_schema", "There are somebody else’s tables in this database."),
}


@pytest.mark.parametrize("kind", UNFIT)
@pytest.mark.parametrize("command", [("run",), ("migrate",), ("invite", "--role", "admin"), ("backup", "copy.db")])
def test_a_schema_that_is_not_ours_is_left_alone(terminal: Terminal, kind: str, command: tuple[str, ...]) -> None:
    change, sentence = UNFIT[kind]
    database = terminal.sqlite(change)
    before = names(database)
    code, out, err = terminal.run(*command)
    assert (code, out) == (cli.WRONG, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1
    assert names(database) == before
    database.close()


def names(database: Database) -> list[str]:
    with database.read() as db:
        return sorted(sa.inspect(db).get_table_names())


def test_an_older_schema_is_brought_up_to_date_when_told(terminal: Terminal) -> None:
    terminal.sqlite().close()
    later = (*schema.revisions(), "9998")
    terminal.monkeypatch.setattr(schema, "revisions", lambda: later)
    code, out, err = terminal.run("run")
    assert (code, out) == (cli.WRONG, "")
    assert err == "The database is of an earlier version. Make a backup, then: themenbote migrate\n"
    code, out, _ = terminal.run("doctor")
    assert code == cli.FAILED
    assert "Wrong: The database is of an earlier version." in out


@pytest.mark.parametrize("kind", UNFIT)
def test_the_doctor_finds_a_schema_that_is_not_ours(terminal: Terminal, kind: str) -> None:
    change, sentence = UNFIT[kind]
    terminal.sqlite(change).close()
    code, out, err = terminal.run("doctor")
    assert (code, err) == (cli.FAILED, "")
    assert f"Wrong: {sentence}" in out


def test_the_doctor_of_an_empty_folder(terminal: Terminal) -> None:
    code, out, err = terminal.run("doctor")
    assert (code, err) == (0, "")
    folder, database, page = out.splitlines()
    assert re.fullmatch(
        rf"(Good|Hint): The data folder {terminal.folder}/data can be written, .* MB are free\.", folder
    )
    assert database.startswith("Hint: The database can be reached and is still empty")
    assert page == "Good: The local page is on, at 127.0.0.1:0."


def test_the_doctor_misses_an_admin(terminal: Terminal) -> None:
    database = terminal.sqlite()
    code, out, _ = terminal.run("doctor")
    assert code == 0
    assert "Hint: Nobody has the role admin yet." in out
    with database.begin() as db:
        people.add_member(db, "Musterstadt", Role.ADMIN, "de", NOW)
    database.close()
    assert "admin" not in terminal.run("doctor")[1]


def no_database(terminal: Terminal) -> str:
    """Rubbish in place of a database; returns what is said of it."""
    (terminal.folder / "data").mkdir()
    (terminal.folder / "data" / "themenbote.db").write_text("no database\n" * 100)
    return "file is not a database"


def a_folder(terminal: Terminal) -> str:
    """A folder in place of a database."""
    (terminal.folder / "data" / "themenbote.db").mkdir(parents=True)
    return "unable to open database file"


def no_folder(terminal: Terminal) -> str:
    """A database below a file."""
    (terminal.folder / "file").touch()
    terminal.set(DATABASE__URL=f"sqlite:///{terminal.folder}/file/data/themenbote.db")
    return "Not a directory"


def no_server(terminal: Terminal) -> str:
    """A PostgreSQL server that is not there, with a password nobody may read."""
    terminal.set(DATABASE__URL=f"postgresql+psycopg://themen:{PASSWORD}@127.0.0.1:9/themen")
    return "refused"


@pytest.mark.parametrize("spoil", [no_database, a_folder, no_folder, no_server])
@pytest.mark.parametrize("command", [("run",), ("migrate",), ("invite", "--role", "admin")])
def test_a_database_that_cannot_be_used(
    terminal: Terminal, spoil: Callable[[Terminal], str], command: tuple[str, ...]
) -> None:
    reason = spoil(terminal)
    code, out, err = terminal.run(*command)
    assert (code, out) == (cli.FAILED, "")
    assert re.fullmatch(r"The database \S+ cannot be reached: .*\. Check database\.url and .*\n", err)
    assert reason in err
    assert PASSWORD not in err


@pytest.mark.parametrize("spoil", [no_database, a_folder, no_folder, no_server])
def test_the_doctor_says_so_too(terminal: Terminal, spoil: Callable[[Terminal], str]) -> None:
    reason = spoil(terminal)
    code, out, err = terminal.run("doctor")
    assert (code, err) == (cli.FAILED, "")
    assert re.search(rf"^Wrong: The database cannot be reached: .*{reason}", out, re.MULTILINE)
    assert PASSWORD not in out


@pytest.mark.parametrize("command", [("run",), ("migrate",), ("invite", "--role", "admin")])
def test_a_data_folder_that_is_none(terminal: Terminal, command: tuple[str, ...]) -> None:
    (terminal.folder / "file").touch()
    terminal.set(DATA_DIR=str(terminal.folder / "file" / "data"))
    code, out, err = terminal.run(*command)
    assert (code, out) == (cli.WRONG, "")
    assert re.match(r"The folder \S+ cannot be written \(Not a directory\)\. Set data_dir to a folder", err)
    assert terminal.run("doctor")[0] == cli.FAILED


def test_locks_that_cannot_be_made(terminal: Terminal) -> None:
    (terminal.folder / "data").mkdir()
    (terminal.folder / "data" / "locks").touch()
    code, out, err = terminal.run("run")
    assert (code, out) == (cli.FAILED, "")
    assert re.match(r"The folder \S+ cannot be written \(File exists\)\.", err)


def test_mistakes_in_the_settings_come_all_at_once(terminal: Terminal) -> None:
    terminal.set(
        WEB__PORT="eighty", PROGRAMME__LANGUAGE="fr", LOG__LEVEL="loud", PRIVACY__THRESHOLD="1", MEMBERSHIP__JOINS="x"
    )
    code, out, err = terminal.run("run")
    assert (code, out) == (cli.WRONG, "")
    lines = err.splitlines()
    assert len(lines) == 5
    for key in ("web.port", "programme.language", "log.level", "privacy.threshold", "membership.joins"):
        assert len([line for line in lines if key in line]) == 1, key


def test_secrets_are_told_to_nobody(terminal: Terminal) -> None:
    terminal.set(TELEGRAM__TOKEN=PASSWORD, TELEGRAM__MODE="webhook", TELEGRAM__WEBHOOK_SECRET=f"{PASSWORD} ?")
    for command in ("run", "doctor", "migrate"):
        code, out, err = terminal.run(command)
        assert code == cli.WRONG
        assert PASSWORD not in out + err


def test_an_interruption_before_the_start_is_no_error(terminal: Terminal) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    terminal.monkeypatch.setitem(cli.COMMANDS, "migrate", interrupted)
    assert terminal.run("migrate") == (cli.INTERRUPTED, "", "")


@pytest.fixture
def nothing_yet() -> Iterator[str]:
    """The address of a PostgreSQL database without tables; asked for first, since its server minds the language."""
    url = bare_database()
    yield url
    drop_database(url)


def test_an_empty_postgresql_database_is_set_up(nothing_yet: str, terminal: Terminal) -> None:
    terminal.set(DATABASE__URL=nothing_yet)
    assert terminal.run("migrate")[0] == 0
    assert CODE.match(terminal.run("invite", "--role", "admin")[1])


def test_a_backup_there_and_back(terminal: Terminal) -> None:
    assert terminal.run("invite", "--role", "admin")[0] == 0
    code, out, err = terminal.run("backup", "copy.db")
    assert (code, err) == (0, "")
    assert out.startswith("The backup is in copy.db. Only this account can read it;")
    code, out, err = terminal.run("backup", "copy.db")
    assert (code, out) == (cli.WRONG, "")
    assert err == "copy.db exists already. Choose another name for the backup.\n"
    code, out, err = terminal.run("restore", "copy.db")
    assert (code, out) == (cli.WRONG, "")
    assert err.startswith(f"There is something in the database sqlite:///{terminal.folder}/data/themenbote.db already.")
    terminal.set(DATA_DIR=str(terminal.folder / "new"))
    code, out, err = terminal.run("restore", "copy.db")
    assert (code, out, err) == (0, "The backup copy.db is restored. Now start: themenbote run\n", "")
    for folder in ("data", "new"):
        database = Database(f"sqlite:///{terminal.folder}/{folder}/themenbote.db")
        with database.read() as db:
            assert len(people.list_invitations(db, NOW)) == 1
        database.close()


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (None, cli.FAILED, "copy.db cannot be read (No such file or directory). Check the name of the file.\n"),
        ("", cli.WRONG, "copy.db is empty. Choose a file that “themenbote backup” has written.\n"),
        (
            "x" * 999,
            cli.WRONG,
            "copy.db is no backup of Themenbote. Choose a file that “themenbote backup” has written.\n",
        ),
    ],
)
def test_what_is_no_backup_is_not_restored(terminal: Terminal, content: str | None, code: int, sentence: str) -> None:
    if content is not None:
        (terminal.folder / "copy.db").write_text(content)
    assert terminal.run("restore", "copy.db") == (code, "", sentence)


def test_a_backup_of_a_newer_version_is_not_restored(terminal: Terminal) -> None:
    terminal.sqlite().close()
    assert terminal.run("backup", "copy.db")[0] == 0
    copy = Database(f"sqlite:///{terminal.folder}/copy.db")
    with copy.begin() as db:
        db.exec_driver_sql("UPDATE themenbote_schema SET version_num = '9999'")
    copy.close()
    terminal.set(DATA_DIR=str(terminal.folder / "new"))
    sentence = "copy.db belongs to a newer version. Restore the backup with that one.\n"
    assert terminal.run("restore", "copy.db") == (cli.WRONG, "", sentence)


def test_nothing_is_restored_into_what_is_running(terminal: Terminal) -> None:
    terminal.sqlite().close()
    assert terminal.run("backup", "copy.db")[0] == 0
    locks = FileLocks(terminal.folder / "data" / "locks")
    assert locks.acquire("run")
    code, out, err = terminal.run("restore", "copy.db")
    locks.close()
    assert (code, out) == (cli.WRONG, "")
    assert err.startswith("Themenbote runs with the folder")


def test_a_backup_where_nothing_can_be_written(terminal: Terminal) -> None:
    terminal.sqlite().close()
    code, out, err = terminal.run("backup", "nowhere/copy.db")
    assert (code, out) == (cli.FAILED, "")
    assert err.startswith("nowhere/copy.db cannot be written (No such file or directory).")


CHOICES = (Choice((1, 2)), Choice((2,)), Choice((2,)), Choice(), Choice((1,)))
FILE = BallotFile(
    question="Welche Themen nehmen wir?",
    options=("Wohnen", "Schule", "Keine davon"),
    rule=Rule(Method.APPROVAL, 3, draw_lots("MUSTER", 3), none=3),
    seed="MUSTER",
    entitled=8,
    counted=5,
    receipts=("E2", "A7", "C3", "B9", "D1"),
    choices=CHOICES,
    winners=(2,),
    software="0.1.0",
)


def test_a_recount_needs_nothing_but_the_file(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.set(WEB__PORT="no number", DATA_DIR="/nowhere")
    monkeypatch.setattr(cli, "opened", None)
    (terminal.folder / "file.json").write_text(recount.write(FILE), "utf-8")
    code, out, err = terminal.run("recount", "file.json")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Question: Welche Themen nehmen wir?",
        "5 ballots, 8 entitled to vote.",
        f"Checksum (SHA-256): {recount.checksum(FILE)}",
        "Compare it with the one in the record.",
        "One person abstained.",
        "1. Wohnen: 2 approvals",
        "2. Schule: 3 approvals",
        "3. Keine davon: 0 approvals",
        "Chosen: Schule.",
        "The recount agrees with the file.",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            replace(FILE, choices=(CHOICES[0], Choice((1,)), *CHOICES[2:])),
            "The recount gives something else",
        ),
        (replace(FILE, rule=replace(FILE.rule, lots=FILE.rule.lots[::-1])), "The lots do not follow"),
        (replace(FILE, counted=6), "The numbers do not fit together: 6 counted, 5 ballots in the file."),
        (replace(FILE, choices=None), "There are no single ballots in the file."),
    ],
)
def test_a_recount_that_does_not_agree(terminal: Terminal, file: BallotFile, said: str) -> None:
    (terminal.folder / "file.json").write_text(recount.write(file), "utf-8")
    code, out, err = terminal.run("recount", "file.json")
    assert code == cli.FAILED
    assert err.startswith(said)
    assert "agrees" not in out


def test_a_changed_file_is_found(terminal: Terminal) -> None:
    text = recount.write(FILE).replace("Wohnen", "Reisen")
    (terminal.folder / "file.json").write_text(text, "utf-8")
    sentence = "The file was changed: its checksum does not fit its contents.\n"
    assert terminal.run("recount", "file.json") == (cli.FAILED, "", sentence)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b"{" * 5000])
def test_what_is_no_ballot_file_is_not_counted(terminal: Terminal, content: bytes) -> None:
    (terminal.folder / "file.json").write_bytes(content)
    assert terminal.run("recount", "file.json") == (cli.FAILED, "", "This is no ballot file of this version.\n")


def test_a_ballot_file_that_is_not_there(terminal: Terminal) -> None:
    sentence = "file.json cannot be read (No such file or directory). Check the name of the file.\n"
    assert terminal.run("recount", "file.json") == (cli.FAILED, "", sentence)
