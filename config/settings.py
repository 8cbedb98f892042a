"""All settings: names, defaults and bounds; :func:`load` reads them from a file and the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from config.commented import commented
from config.keys import Keys
from config.kinds import (
    Address,
    ApiRoot,
    DatabaseUrl,
    Folder,
    Land,
    Level,
    MatrixUser,
    SafeAddress,
    Secret,
    Text,
    WebhookSecret,
    Whole,
    in_order,
)
from config.mistakes import from_validation, sentences
from config.rules import derived, explained, rules
from config.sources import FILE_VARIABLE, Entries, Mistake, Written, from_environment, from_file
from config.texts import terminal_language

DEFAULT_FILE = Path("themenbote.toml")


class Section(BaseModel):
    """Settings that belong together; they do not change while the program runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Database(Section):
    """Where everything is kept. ``migrate``: whether ``run`` brings an older schema up to date by itself."""

    url: Annotated[DatabaseUrl, Field(examples=["sqlite:///data/themenbote.db"])]
    migrate: bool = False


class Web(Section):
    """Where the process listens; port 0 takes a free one."""

    host: Text = "127.0.0.1"
    port: Annotated[Whole, Field(ge=0, le=65535)] = 8080


class Telegram(Section):
    """The Telegram bot; without a token there is none. The webhook's address and secret are set in webhook mode."""

    token: Annotated[Secret | None, Field(examples=["123456:ABC-DEF"])] = None
    api_base: ApiRoot = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[SafeAddress | None, Field(examples=["https://bot.example.org/telegram"])] = None
    webhook_secret: Annotated[WebhookSecret | None, Field(examples=["a-long-random-word"])] = None


class MatrixAccount(Section):
    """One account on one homeserver, with a ``password`` or a ``token`` or both; ``store`` keeps its keys."""

    homeserver: Annotated[Address, Field(examples=["https://matrix.example.org"])]
    user: Annotated[MatrixUser, Field(examples=["@themenbote:example.org"])]
    password: Annotated[Secret | None, Field(examples=["a-long-password"])] = None
    token: Annotated[Secret | None, Field(examples=["syt_ABCDEF"])] = None
    store: Annotated[Folder, Field(examples=["data/matrix/themenbote_example.org"])]
    device_name: Text = "Themenbote"


class Matrix(Section):
    """The Matrix accounts, one for each homeserver."""

    accounts: Annotated[tuple[MatrixAccount, ...], BeforeValidator(in_order)] = ()


class Programme(Section):
    """The programme itself; ``land`` decides on public holidays."""

    name: Text = "Themenbote"
    timezone: ZoneInfo = ZoneInfo("Europe/Berlin")
    land: Annotated[Land | None, Field(examples=["BE"])] = None
    language: Literal["de", "en"] = "de"


class Hours(Section):
    """When reminders and the like may be sent: whole hours of the day, on working days."""

    start: Annotated[Whole, Field(ge=0, le=23)] = 8
    end: Annotated[Whole, Field(ge=1, le=24)] = 18
    weekend: bool = False


class Membership(Section):
    """Who becomes a participant: by invitation, by being in a connected room, or anybody."""

    join: Literal["invite", "room", "open"] = "invite"


class Privacy(Section):
    """``threshold``: anonymous answers are shown from this number on; ``outbox_days``: how long sent contents stay."""

    threshold: Annotated[Whole, Field(ge=3, le=100)] = 5
    outbox_days: Annotated[Whole, Field(ge=1, le=365)] = 7


class Topics(Section):
    """``moderation``: whether a coordinator sees a topic before it is published."""

    moderation: bool = False


class Announcements(Section):
    """``second_approval``: whether a second coordinator has to consent before an announcement goes out."""

    second_approval: bool = False


class Local(Section):
    """The local page and its demonstration programme; :func:`load` decides where nothing is set."""

    enabled: Annotated[bool, Field(examples=[True])]
    demo: Annotated[bool, Field(examples=[True])]


class Log(Section):
    """What the log says, and how."""

    level: Level = "info"
    format: Literal["text", "json"] = "text"


class Settings(Section):
    """All settings, valid and complete."""

    data_dir: Folder = Path("data")
    database: Database
    web: Web = Web()
    telegram: Telegram = Telegram()
    matrix: Matrix = Matrix()
    programme: Programme = Programme()
    hours: Hours = Hours()
    membership: Membership = Membership()
    privacy: Privacy = Privacy()
    topics: Topics = Topics()
    announcements: Announcements = Announcements()
    local: Local
    log: Log = Log()


KEYS = Keys.of(Settings)


class SettingsError(Exception):
    """The settings cannot be used; ``mistakes`` says of each mistake, in one line, what it is and what is right."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings from a file and from variables ``THEMENBOTE_…``, which win.

    The file is ``path``, else the one ``THEMENBOTE_SETTINGS`` names, else ``themenbote.toml`` where there is one.
    Raises SettingsError with all mistakes at once, in the language of the environment.
    """
    file, environment = written_file(path, environ), from_environment(environ, KEYS)
    entries = derived(file.entries | environment.entries)
    mistakes = [*file.mistakes, *environment.mistakes]
    settings, refused = validated(entries)
    mistakes += [found for found in (*refused, *rules(entries)) if not explained(found, mistakes, KEYS)]
    if settings is None or mistakes:
        raise SettingsError(sentences(mistakes, terminal_language(environ), KEYS))
    return settings


def commented_file() -> str:
    """A settings file with every key explained in German and English, and commented out."""
    return commented(KEYS)


def written_file(path: Path | None, environ: Mapping[str, str]) -> Written:
    """What the settings file says; nothing, where none was named and there is none."""
    named = path or (Path(environ[FILE_VARIABLE]) if environ.get(FILE_VARIABLE) else None)
    if named is None and not DEFAULT_FILE.exists():
        return Written({}, [])
    return from_file(named or DEFAULT_FILE, KEYS)


def validated(entries: Entries) -> tuple[Settings | None, list[Mistake]]:
    """The settings, or what the model refuses in them."""
    table: dict[str, Any] = {}
    for name, entry in entries.items():
        section = table
        for part in name[:-1]:
            section = section.setdefault(part, {})
        section[name[-1]] = entry.value
    try:
        return Settings.model_validate(table), []
    except ValidationError as error:
        return None, list(from_validation(error, entries, KEYS))
