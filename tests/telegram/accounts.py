"""Who there is: people and bots, as the Bot API describes them."""

from dataclasses import dataclass, field

from tests.telegram.refusals import Json
from tests.telegram.updates import UpdateQueue


@dataclass(eq=False)
class User:
    """An account, of a person or of a bot. ``deactivated``: the person has deleted it."""

    id: int
    name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    deactivated: bool = False
    is_bot = False

    @property
    def full_name(self) -> str:
        """As it stands above a message."""
        return f"{self.name} {self.last_name}".strip()

    def to_json(self) -> Json:
        """A ``User``."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        more = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return user | {key: value for key, value in more.items() if value}


Menu = list[tuple[str, str]]
"""Commands with their descriptions, as a person sees them."""


@dataclass(eq=False, kw_only=True)
class Bot(User):
    """A bot's account. ``privacy``: in groups it sees only what is meant for it.

    ``menus`` are kept by scope (as the scope's values) and language, the texts by their kind and language.
    """

    token: str
    updates: UpdateQueue
    privacy: bool = True
    menus: dict[tuple[tuple[object, ...], str], Menu] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    is_bot = True

    def describe_itself(self) -> Json:
        """A ``User`` with the fields only getMe returns."""
        return self.to_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_guest_queries": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }

    def text(self, kind: str, language: str = "") -> str:
        """The name, description or short_description as a person of ``language`` sees it."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")
