"""What people do."""

import re
from dataclasses import dataclass

from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat, PrivateChat, chat_of
from tests.telegram.groups import PRESENT, Group
from tests.telegram.markup import clean, detected
from tests.telegram.membership import Participant
from tests.telegram.messages import Content, Message
from tests.telegram.rules import PAYLOAD
from tests.telegram.world import Press

LONGEST = 4096


@dataclass(eq=False, kw_only=True)
class Person(Participant):
    """A person with a Telegram client. What a client would not let them do raises ValueError or LookupError."""

    def chat(self, bot: Bot) -> PrivateChat:
        """The direct chat with ``bot``."""
        return self.world.direct(self, bot)

    def start(self, bot: Bot, code: str = "") -> Message:
        """Press Start, perhaps after a deep link with ``code``; unblocks the bot where needed."""
        if code and not PAYLOAD.fullmatch(code):
            raise ValueError(f"no link can carry {code!r}: 1 to 64 of A-Z, a-z, 0-9, _ and -")
        chat = self.world.direct(self, bot)
        chat.opened = True
        chat.set_blocked(False)
        return self.say(f"/start {code}".strip(), chat)

    def say(self, text: str, to: Bot | Chat, *, reply_to: Message | None = None, thread: int = 0) -> Message:
        """Write a text; what is too long goes out in pieces, as clients do, and the last of them is returned."""
        wanted = clean(text).strip()
        if not wanted:
            raise ValueError("clients send no empty message")
        pieces = [wanted[start : start + LONGEST] for start in range(0, len(wanted), LONGEST)]
        return [self.send(Content(piece, detected(piece)), to, reply_to=reply_to, thread=thread) for piece in pieces][
            -1
        ]

    def send(self, content: Content, to: Bot | Chat, *, reply_to: Message | None = None, thread: int = 0) -> Message:
        """Send anything; ``content.extra`` may hold what has no text (a sticker, a location)."""
        chat = self._writable(to)
        message = chat.add(
            self, content, reply_to=reply_to, root=chat.root(thread or (reply_to.thread if reply_to else 0))
        )
        chat.tell(message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        if message.sender is not self:
            raise ValueError("people edit their own messages only")
        chat, wanted = chat_of(message), clean(text).strip()
        message.change(Content(wanted, detected(wanted)), chat.now)
        chat.setting.changes.notify()
        chat.tell(message, "edited_message")

    def press(self, message: Message, label: str = "", *, data: str = "") -> Press:
        """Press the button with this label or callback data, as the message is shown now."""
        button = message.button(label=label, data=data)
        if message.deleted or "callback_data" not in button:
            raise ValueError(
                f"{button['text']!r} cannot be pressed: the message is gone, or the button does something else"
            )
        return self.forge(message, button["callback_data"])

    def forge(self, message: Message, data: str) -> Press:
        """Send a press with any data, shown or not, as a tampered or late client can."""
        bot = message.sender
        if not isinstance(bot, Bot):
            raise TypeError("only messages of bots have buttons")
        self._writable(chat_of(message))
        return self.world.press(self, bot, message, data)

    def follow(self, url: str) -> Message:
        """Open a link to a bot, as one from a button or a QR code."""
        link = re.fullmatch(r"https://t\.me/(\w+)(?:\?start=([\w-]*))?", url)
        bots = {bot.username.lower(): bot for bot in self.world.bots.values()}
        if not link or link[1].lower() not in bots:
            raise ValueError(f"{url!r} leads to no bot")
        return self.start(bots[link[1].lower()], link[2] or "")

    def block(self, bot: Bot) -> None:
        """Want no more from ``bot``."""
        self.chat(bot).set_blocked(True)

    def unblock(self, bot: Bot) -> None:
        """Let ``bot`` write again."""
        self.chat(bot).set_blocked(False)

    def _writable(self, to: Bot | Chat) -> Chat:
        chat = self.chat(to) if isinstance(to, Bot) else to
        if not self._may_write(chat):
            raise ValueError(f"{self.full_name} cannot write there")
        if isinstance(chat, PrivateChat):
            chat.opened = True
        return chat

    def _may_write(self, chat: Chat) -> bool:
        if isinstance(chat, Group):
            return not chat.moved_to and chat.member(self).status in PRESENT
        return isinstance(chat, PrivateChat) and chat.person is self and not chat.blocked
