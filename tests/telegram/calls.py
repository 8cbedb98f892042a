"""One request of a bot while it is carried out, and what is needed to do so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat
from tests.telegram.flood import FloodControl
from tests.telegram.markup import parse
from tests.telegram.messages import Content, Message
from tests.telegram.refusals import Json, bad_request, violation
from tests.telegram.world import World

TEXT = 4096
CAPTION = 1024


@dataclass(slots=True)
class Call:
    """A request with checked parameters ``values``."""

    world: World
    flood: FloodControl
    bot: Bot
    method: str
    values: Json

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or ``default`` where it was not sent."""
        return self.values.get(name, default)

    def chat(self) -> Chat:
        """The chat meant. Raises :class:`ApiError`."""
        return self.world.chat(self.bot, self.values["chat_id"])

    def reachable(self) -> Chat:
        """The chat meant, when the bot may act there. Raises :class:`ApiError`."""
        chat = self.chat()
        chat.check_access(self.bot)
        return chat

    def message(self, what: str) -> Message:
        """The message meant, in a chat where the bot may act. Raises :class:`ApiError`, naming ``what`` it was for."""
        return self.reachable().find(self.values["message_id"], what)

    def text(self) -> tuple[str, list[Json]]:
        """Text and entities to show. Raises :class:`ApiError` for what cannot be shown."""
        body, entities = parse(self.values["text"], self.get("parse_mode", ""), self.get("entities"))
        if not body:
            raise violation("text must be non-empty")
        if len(body) > TEXT:
            raise violation("message is too long")
        return body, entities

    def caption(self, given: Json | None = None) -> tuple[str, list[Json]]:
        """Caption and entities to show, of the request or ``given``. Raises :class:`ApiError` for what cannot be."""
        of = self.values if given is None else given
        body, entities = parse(of.get("caption", ""), of.get("parse_mode", ""), of.get("caption_entities"))
        if len(body) > CAPTION:
            raise violation("message caption is too long")
        return body, entities

    def keyboard(self) -> list[list[Json]]:
        """The rows of inline buttons asked for; none where there are none."""
        rows: list[list[Json]] = self.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    def extra(self) -> Json:
        """Further fields of the message that come from the request as they are."""
        same = ("link_preview_options", "show_caption_above_media")
        extra = {name: self.values[name] for name in same if name in self.values}
        renamed = {"protect_content": "has_protected_content", "has_spoiler": "has_media_spoiler"}
        return extra | {field: True for name, field in renamed.items() if self.get(name)}

    def content(self, body: str, entities: list[Json]) -> Content:
        """What the message will show, without a file."""
        return Content(body, entities, keyboard=self.keyboard(), extra=self.extra())

    def answered(self, chat: Chat) -> Message | None:
        """The message replied to. Raises :class:`ApiError` when it is gone and a reply is insisted on."""
        wanted = self.get("reply_parameters")
        if not wanted:
            return None
        elsewhere = wanted.get("chat_id")
        found = (self.world.chat(self.bot, elsewhere) if elsewhere else chat).stored.get(wanted["message_id"])
        if not found and not wanted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return found

    def admit(self, chat: Chat) -> None:
        """Pass flood control. Raises :class:`ApiError` 429."""
        self.flood.admit(self.bot.id, chat.id, self.method)


Carry = Callable[[Call], Any]
"""Carries out a method; what it returns is the result as JSON. Raises :class:`ApiError`."""
