"""A chat: who may write there, what stands there, and which bot is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.telegram.accounts import Bot, User
from tests.telegram.messages import Content, Message
from tests.telegram.refusals import ApiError, Json, bad_request, forbidden
from tests.telegram.waiting import PATIENCE, Changes, Found


@dataclass(frozen=True, slots=True)
class Setting:
    """What all chats share: the clock (Unix seconds) and who is told of changes."""

    clock: Callable[[], float]
    changes: Changes


class Chat:
    """Common to direct chats and groups. ``stored`` holds every message that was not deleted, by its id."""

    kind = ""

    def __init__(self, setting: Setting, chat_id: int) -> None:
        self.setting = setting
        self.id = chat_id
        self.stored: dict[int, Message] = {}
        self.actions: list[str] = []
        self._last_id = 0

    def to_json(self) -> Json:
        """A ``Chat``."""
        raise NotImplementedError

    def bots(self) -> Iterable[Bot]:
        """The bots that are here."""
        raise NotImplementedError

    def sees(self, bot: Bot, message: Message) -> bool:
        """Whether ``bot`` is told of what a person wrote."""
        raise NotImplementedError

    def check_access(self, bot: Bot) -> None:
        """Raises :class:`ApiError` when ``bot`` may not act here."""
        raise NotImplementedError

    def check_may_send(self, bot: Bot) -> None:
        """Raises :class:`ApiError` when ``bot`` is welcome here but may not write."""

    @property
    def now(self) -> int:
        """The time, as messages carry it."""
        return int(self.setting.clock())

    @property
    def messages(self) -> list[Message]:
        """What a person sees, oldest first."""
        return list(self.stored.values())

    @property
    def last(self) -> Message:
        """The newest message. Raises LookupError in an empty chat."""
        if not self.stored:
            raise LookupError(f"nothing stands in chat {self.id}")
        return next(reversed(self.stored.values()))

    def from_bots(self) -> list[Message]:
        """What bots wrote, oldest first, without service messages."""
        return [message for message in self.stored.values() if message.sender.is_bot and not message.content.service]

    def transcript(self) -> str:
        """The chat as lines to read when a test fails."""
        return "\n".join(
            f"{message.id} {message.sender.full_name}: {message.content.body or message.content.service} {message.rows}"
            for message in self.messages
        )

    async def until(self, condition: Callable[["Chat"], Found | None], within: float = PATIENCE) -> Found:
        """The first true value of ``condition`` here; see :meth:`Changes.until`."""
        return await self.setting.changes.until(lambda: condition(self), within, self.transcript)

    async def answer(self, after: Message, within: float = PATIENCE) -> Message:
        """The first message of a bot that follows ``after``."""
        return await self.until(lambda chat: next((m for m in chat.from_bots() if m.id > after.id), None), within)

    def add(
        self,
        sender: User,
        content: Content,
        *,
        reply_to: Message | None = None,
        root: Message | None = None,
        silent: bool = False,
    ) -> Message:
        """A message appears; bots are not told here."""
        self._last_id += 1
        message = Message(self._last_id, self, sender, self.now, content, reply_to, root, silent)
        self.stored[message.id] = message
        self.setting.changes.notify()
        return message

    def tell(self, message: Message, kind: str = "message") -> None:
        """Tell the bots that may see it of what a person wrote or changed."""
        for bot in self.bots():
            if self.sees(bot, message):
                bot.updates.put(kind, message.to_json(), self.id)

    def service(self, actor: User, *, root: Message | None = None, silent: bool = False, **fields: object) -> Message:
        """A service message appears; every bot here is told."""
        message = self.add(actor, Content(service=fields), root=root, silent=silent)
        for bot in self.bots():
            bot.updates.put("message", message.to_json(), self.id)
        return message

    def find(self, message_id: int | None, what: str) -> Message:
        """The message with this id. Raises :class:`ApiError` naming ``what`` was looked for."""
        if message_id not in self.stored:
            raise bad_request(f"{what} not found")
        return self.stored[message_id]

    def root(self, thread: int) -> Message | None:
        """The service message of forum topic ``thread``. Raises :class:`ApiError` when there is none."""
        if thread:
            raise bad_request("message thread not found")
        return None

    def delete(self, message: Message) -> None:
        """It is gone for everybody."""
        message.deleted = True
        self.stored.pop(message.id, None)
        self.setting.changes.notify()


class PrivateChat(Chat):
    """A person and a bot. ``opened``: the person has pressed Start; ``blocked``: and wants no more."""

    kind = "private"

    def __init__(self, setting: Setting, person: User, bot: Bot) -> None:
        super().__init__(setting, person.id)
        self.person = person
        self.bot = bot
        self.opened = False
        self.blocked = False

    def to_json(self) -> Json:
        """A ``Chat``."""
        user = self.person.to_json()
        return {"type": "private"} | {
            key: user[key] for key in ("id", "first_name", "last_name", "username") if key in user
        }

    def bots(self) -> Iterable[Bot]:
        """The one bot."""
        return [self.bot]

    def sees(self, bot: Bot, message: Message) -> bool:
        """Everything: who has blocked the bot cannot write to it."""
        return bot is self.bot and message.sender is self.person

    def check_access(self, bot: Bot) -> None:
        """Raises :class:`ApiError` when the person does not want to hear from the bot, or never did."""
        if bot is not self.bot:
            raise bad_request("chat not found")
        if problem := self._closed():
            raise problem

    def _closed(self) -> ApiError | None:
        if self.person.deactivated:
            return forbidden("user is deactivated")
        if not self.opened:
            return forbidden("bot can't initiate conversation with a user")
        return forbidden("bot was blocked by the user") if self.blocked else None

    def set_blocked(self, blocked: bool) -> None:
        """The person blocks or unblocks the bot, which is told."""
        if blocked == self.blocked:
            return
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self.blocked = blocked
        self.bot.updates.put("my_chat_member", self._change(before, after), self.id)
        self.setting.changes.notify()

    def _change(self, before: str, after: str) -> Json:
        def member(status: str) -> Json:
            return {"user": self.bot.to_json(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

        return {
            "chat": self.to_json(),
            "from": self.person.to_json(),
            "date": self.now,
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }


def chat_of(message: Message) -> Chat:
    """The chat a message stands in."""
    if not isinstance(message.place, Chat):
        raise TypeError(f"message {message.id} stands in no chat")
    return message.place
