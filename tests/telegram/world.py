"""Everything the servers remember: accounts, chats, presses, files."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from tests.telegram.accounts import Bot, User
from tests.telegram.chats import Chat, PrivateChat, Setting
from tests.telegram.files import StoredFile
from tests.telegram.groups import Group, Member
from tests.telegram.messages import Message, Shown
from tests.telegram.refusals import ApiError, Json, bad_request, forbidden
from tests.telegram.updates import UpdateQueue
from tests.telegram.waiting import Changes

QUERY_LIFETIME = 15.0
"""Seconds within which a press can be answered."""


@dataclass(eq=False, slots=True)
class Press:
    """A pressed button. ``text`` is the toast shown (``alert``: a window instead); ``answers`` counts the answers."""

    id: str
    person: User
    bot: Bot
    message: Message
    data: str
    at: float
    answers: int = 0
    text: str = ""
    alert: bool = False
    url: str = ""

    def to_json(self) -> Json:
        """A ``CallbackQuery``."""
        message = self.message
        shown = message.to_json()
        if message.deleted:
            shown = {"chat": message.place.to_json(), "message_id": message.id, "date": 0}
        instance = str(abs(hash((message.place.id, self.bot.id))))
        return {
            "id": self.id,
            "from": self.person.to_json(),
            "message": shown,
            "chat_instance": instance,
            "data": self.data,
        }


class World:
    """The state. ``clock`` gives Unix seconds; ``changes`` is told of everything that happens.

    ``shown`` is all that bots have ever shown, edits included, oldest first.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.changes = Changes()
        self.setting = Setting(clock, self.changes)
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, User] = {}
        self.groups: dict[int, Group] = {}
        self.private: dict[tuple[int, int], PrivateChat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, StoredFile] = {}
        self.shown: list[Shown] = []
        self.query_lifetime = QUERY_LIFETIME
        self._numbers = count(1)

    def number(self) -> int:
        """A number that was not given out before."""
        return next(self._numbers)

    def add_bot(self, username: str, name: str, token: str, *, privacy: bool) -> Bot:
        """A bot is made; without a token it gets one."""
        number = self.number()
        bot_id = int(token.partition(":")[0]) if token else 7_000_000_000 + number
        token = token or f"{bot_id}:emulated-token-{number}"
        updates = UpdateQueue(self.changes, first=100_000 * number + 1)
        bot = Bot(bot_id, name, username=username, token=token, updates=updates, privacy=privacy)
        self.bots[token] = bot
        return bot

    def add_group(self, title: str, *, kind: str, forum: bool = False) -> Group:
        """An empty group of ``kind`` ("group" or "supergroup") comes into being."""
        number = self.number()
        chat_id = -1_002_000_000_000 - number if kind == "supergroup" else -4_000_000_000 - number
        group = self.groups[chat_id] = Group(self.setting, chat_id, title, kind=kind, forum=forum)
        return group

    def direct(self, person: User, bot: Bot) -> PrivateChat:
        """The direct chat of both, opened or not."""
        key = (bot.id, person.id)
        if key not in self.private:
            self.private[key] = PrivateChat(self.setting, person, bot)
        return self.private[key]

    def chat(self, bot: Bot, chat_id: int | str) -> Chat:
        """The chat ``bot`` means. Raises :class:`ApiError` when there is none it could know."""
        number = int(chat_id) if str(chat_id).lstrip("-").isdigit() else 0
        if number in self.people:
            return self.direct(self.people[number], bot)
        if number in self.groups and bot.id in self.groups[number].members:
            return self.groups[number]
        if number in {other.id for other in self.bots.values()} and number > 0:
            raise forbidden(
                "bot can't send messages to bots" if number != bot.id else "bot can't send messages to the bot"
            )
        raise bad_request("chat not found")

    def user(self, user_id: int) -> User:
        """The account with this id. Raises :class:`ApiError`."""
        found = self.people.get(user_id) or next((bot for bot in self.bots.values() if bot.id == user_id), None)
        if not found:
            raise bad_request("user not found")
        return found

    def press(self, person: User, bot: Bot, message: Message, data: str) -> Press:
        """A press happens; the bot is told."""
        press = Press(str(4_000_000_000_000_000 + self.number()), person, bot, message, data, self.setting.clock())
        self.presses[press.id] = press
        bot.updates.put("callback_query", press.to_json(), message.place.id)
        return press

    def answer(self, bot: Bot, query_id: str, text: str, url: str, *, alert: bool) -> None:
        """A press is answered; the person sees the first answer. Raises :class:`ApiError` when it is too late."""
        press = self.presses.get(query_id)
        if not press or press.bot is not bot or self.setting.clock() - press.at > self.query_lifetime:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answers += 1
        if press.answers == 1:
            press.text, press.url, press.alert = text, url, alert
        self.changes.notify()

    def migrate(self, group: Group, actor: User) -> Group:
        """A group becomes a supergroup with the same members and another id."""
        new = self.add_group(group.title, kind="supergroup", forum=False)
        new.members = {key: Member(m.user, m.status, m.rights) for key, m in group.members.items()}
        group.service(actor, migrate_to_chat_id=new.id)
        group.moved_to = new
        new.service(actor, migrate_from_chat_id=group.id)
        return new

    def revoke(self, bot: Bot) -> str:
        """The token stops working, now; returns the new one."""
        del self.bots[bot.token]
        bot.updates.interrupt(ApiError(401, "Unauthorized"))
        bot.token = f"{bot.id}:emulated-token-{self.number()}"
        self.bots[bot.token] = bot
        return bot.token
