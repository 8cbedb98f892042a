"""The command ``themenbote``."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot import doctor
from bot.app import now
from bot.channel import Misconfigured
from bot.launch import Launch, Unready, opened, prepare
from bot.logs import set_up
from bot.units import unguessable
from bot.web import page_address
from config.settings import DEFAULT_FILE, Settings, SettingsError, commented_file, load
from config.texts import Texts, terminal_language
from domain import recount
from domain.ballots.outcome import Outcome
from domain.ballots.rules import Method
from domain.people import Role
from domain.recount import BallotFile
from domain.refusal import Refused
from storage import backup, people, schema
from storage.database import Database, Faulty, Unavailable, shown

CODE_LENGTH = 8
FAILED, WRONG, INTERRUPTED = 1, 2, 130
"""Exit codes: something went wrong at run time; settings or arguments are wrong; stopped before it had begun."""

Say = Callable[..., str]
Command = Callable[[Settings, Say, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    texts = Texts.load()
    language = terminal_language(os.environ)

    def say(key: str, **values: object) -> str:
        return texts.plain(language, "sie", key, **values)

    options = _parser(say).parse_args(arguments)
    if options.command in WITHOUT_SETTINGS:
        return WITHOUT_SETTINGS[options.command](say, options.path)
    try:
        settings = load(options.settings, os.environ)
    except SettingsError as error:
        _complain(*error.mistakes)
        return WRONG
    try:
        return _carry_out(COMMANDS[options.command], settings, say, options)
    except KeyboardInterrupt:
        return INTERRUPTED


def _carry_out(command: Command, settings: Settings, say: Say, options: argparse.Namespace) -> int:
    try:
        return command(settings, say, options)
    except Unready as unready:
        _complain(say(unready.key, **unready.values))
    except Misconfigured as error:
        _complain(say(error.key, **error.values))
    except (Unavailable, Faulty) as error:
        address = shown(settings.database.url.get_secret_value())
        _complain(say("cli-database", address=address, reason=_first_line(error)))
        return FAILED
    except OSError as error:
        _complain(say("cli-folder", folder=str(settings.data_dir), reason=error.strerror or type(error).__name__))
        return FAILED
    return WRONG


def _run(settings: Settings, _: Say, __: argparse.Namespace) -> int:
    set_up(settings.log.level, settings.log.format)
    texts = Texts.load(settings.programme.timezone)
    with opened(settings) as (database, locks):
        launch = Launch(settings, texts, database, locks)
        # What was built at the start stays until the end; looking through it again and again costs time.
        gc.freeze()
        asyncio.run(launch.run(partial(print, flush=True)))
    return 0


def _migrate(settings: Settings, say: Say, _: argparse.Namespace) -> int:
    with opened(settings) as (database, __):
        try:
            changed = schema.migrate(database)
        except schema.Unfit as unfit:
            raise Unready(f"cli-schema-{unfit.state.value}") from None
    print(say("cli-migrated" if changed else "cli-migrated-already"))
    return 0


def _invite(settings: Settings, say: Say, options: argparse.Namespace) -> int:
    with opened(settings) as (database, _):
        prepare(database, settings)
        try:
            code = _add_invitation(database, options)
        except Refused as refused:
            _complain(say(refused.key, **refused.values))
            return WRONG
    print(code)
    for link in _links(settings, code):
        print(link)
    return 0


def _add_invitation(database: Database, options: argparse.Namespace) -> str:
    code = unguessable(CODE_LENGTH)
    with database.begin() as db:
        group = people.get_group(db, options.group).id if options.group else None
        expires = now() + timedelta(days=options.days)
        people.add_invitation(db, code, Role[options.role.upper()], group, options.uses, expires, None)
    return code


def _links(settings: Settings, code: str) -> list[str]:
    """Links that can be told without asking a messenger for its name, and what to write in the direct chat."""
    accounts = settings.matrix.accounts
    page = [f"{page_address(settings.web.host, settings.web.port)}/?start={code}"] if settings.local.enabled else []
    slash = [f"/start {code}"] if settings.local.enabled or settings.telegram.token else []
    matrix = [f"https://matrix.to/#/{account.user}" for account in accounts]
    return [*page, *slash, *matrix, *([f"!start {code}"] if accounts else [])]


def _backup(settings: Settings, say: Say, options: argparse.Namespace) -> int:
    path = str(options.path)
    with opened(settings) as (database, _):
        try:
            backup.write(database, options.path)
        except FileExistsError:
            _complain(say("cli-backup-exists", path=path))
            return WRONG
        except OSError as error:
            _complain(say("cli-backup-failed", path=path, reason=error.strerror or type(error).__name__))
            return FAILED
        except schema.Unfit as unfit:
            raise Unready(f"cli-schema-{unfit.state.value}") from None
    print(say("cli-backup-done", path=path))
    return 0


def _restore(settings: Settings, say: Say, options: argparse.Namespace) -> int:
    path = str(options.path)
    with opened(settings) as (database, locks):
        if database.sqlite and not locks.acquire("run"):
            raise Unready("cli-running", folder=str(settings.data_dir))
        try:
            backup.restore(options.path, database)
        except backup.NotEmpty:
            _complain(say("cli-restore-not-empty", address=shown(settings.database.url.get_secret_value())))
            return WRONG
        except OSError as error:
            _complain(say("cli-restore-failed", path=path, reason=error.strerror or type(error).__name__))
            return FAILED
        except backup.Unusable as unusable:
            _complain(say(f"cli-restore-{unusable.state.value}", path=path))
            return WRONG
        except schema.Unfit as unfit:
            raise Unready(f"cli-schema-{unfit.state.value}") from None
    print(say("cli-restore-done", path=path))
    return 0


def _doctor(settings: Settings, say: Say, _: argparse.Namespace) -> int:
    findings = doctor.examine(settings)
    for finding in findings:
        print(say(f"doctor-level-{finding.level}", text=say(finding.key, **finding.values)))
    return FAILED if any(finding.level == "wrong" for finding in findings) else 0


COMMANDS: Mapping[str, Command] = {
    "run": _run,
    "migrate": _migrate,
    "invite": _invite,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
}


def _init(say: Say, path: Path) -> int:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(commented_file())
    except FileExistsError:
        _complain(say("cli-init-exists", path=str(path)))
        return WRONG
    except OSError as error:
        _complain(say("cli-init-failed", path=str(path), reason=error.strerror or str(error)))
        return FAILED
    print(say("cli-init-done", path=str(path)))
    return 0


def _recount(say: Say, path: Path) -> int:
    """Count a ballot file again, with nothing but the file."""
    try:
        file = recount.read(path.read_text("utf-8"))
        print(say("cli-recount-file", question=file.question, counted=file.counted, entitled=file.entitled))
        print(say("cli-recount-checksum", checksum=recount.checksum(file)))
        outcome = recount.recount(file)
    except recount.Unreadable as error:
        _complain(say(error.key, **error.values))
        return FAILED
    except OSError as error:
        _complain(say("cli-recount-failed", path=str(path), reason=error.strerror or type(error).__name__))
        return FAILED
    except UnicodeDecodeError:
        _complain(say("recount-unreadable"))
        return FAILED
    for line in _recounted(say, file, outcome):
        print(line)
    return 0


def _recounted(say: Say, file: BallotFile, outcome: Outcome) -> Iterator[str]:
    options = file.options
    yield say("cli-recount-abstentions", abstentions=outcome.abstentions)
    kind = file.rule.counting if file.rule.method is not Method.RANKING else "ranking"
    for place, (option, figure) in enumerate(zip(options, outcome.counted.figures, strict=True), 1):
        yield say(f"cli-recount-figure-{kind}", place=place, option=option, figure=figure)
    for tie in outcome.counted.ties:
        tied, chosen = ([options[place - 1] for place in places] for places in (tie.options, tie.chosen))
        yield say("cli-recount-tie", tied=tied, chosen=chosen)
    if not outcome.quorate:
        yield say("cli-recount-quorum", quorum=file.rule.quorum)
    yield say("cli-recount-winners", number=len(outcome.winners), winners=[options[n - 1] for n in outcome.winners])
    yield say("cli-recount-agrees")


WITHOUT_SETTINGS: Mapping[str, Callable[[Say, Path], int]] = {"init": _init, "recount": _recount}


def _parser(say: Say) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="themenbote", description=say("cli-about"))
    parser.add_argument("--settings", type=Path, metavar="FILE", help=say("cli-help-settings"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help=say("cli-help-run"))
    init = commands.add_parser("init", help=say("cli-help-init"))
    init.add_argument("path", type=Path, nargs="?", default=DEFAULT_FILE, metavar="FILE")
    commands.add_parser("doctor", help=say("cli-help-doctor"))
    commands.add_parser("migrate", help=say("cli-help-migrate"))
    for name in ("backup", "restore", "recount"):
        command = commands.add_parser(name, help=say(f"cli-help-{name}"))
        command.add_argument("path", type=Path, metavar="FILE")
    invite = commands.add_parser("invite", help=say("cli-help-invite"))
    invite.add_argument("--role", required=True, choices=[role.word for role in Role if role is not Role.GUEST])
    invite.add_argument("--group", default="", help=say("cli-help-group"))
    invite.add_argument("--uses", type=_count, default=1, help=say("cli-help-uses"))
    invite.add_argument("--days", type=_count, default=14, help=say("cli-help-days"))
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 10_000):
        message = "1 … 10000"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _complain(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
