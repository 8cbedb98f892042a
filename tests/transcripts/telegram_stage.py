"""The stage on Telegram: the real channel, and emulated servers that check every request of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.channels.telegram.blank import blank
from bot.channels.telegram.channel import TelegramChannel
from bot.drawing import Drawer
from domain.chat import Outgoing
from domain.commands import spelled
from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat as TelegramChat
from tests.telegram.chats import chat_of
from tests.telegram.emulator import Emulator
from tests.telegram.files import store_document, store_photo
from tests.telegram.groups import Group
from tests.telegram.messages import Content, Shown
from tests.telegram.people import Person
from tests.telegram.schema import Upload
from tests.telegram.world import Press
from tests.transcripts.dialogue import Cast, Chat
from tests.transcripts.stage import Event, Noticed, Seat, Seats, Seen

WITHIN = 60.0
"""Seconds in which the process has to take what people did and to answer it."""
STICKER = {"sticker": {"file_id": "sticker", "file_unique_id": "sticker", "type": "regular", "width": 512}}
"""What somebody sends who sends no words: clients refuse a text in which nothing is to be seen."""


class Alone:
    """The locks of a process that shares its bot with nobody."""

    async def acquire(self, _: str) -> bool:
        """Always."""
        return True

    async def release(self, _: str) -> None:
        """Nobody waits."""


class Unhurried(TelegramChannel):
    """The channel without its pace, since flood control is off; ``rows`` are the lengths of the rows asked for."""

    def __init__(self, bot: Bot, telegram: Emulator, rows: dict[str, list[int]]) -> None:
        super().__init__(bot.token, telegram.api_base, "polling", "", "", draw := Drawer(), Alone())
        draw.know([self])
        self.limits = replace(self.limits, per_second=0, chat_burst=0, chat_per_second=0, group_per_minute=0)
        self._rows = rows

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Note how the buttons were meant to stand, then show or edit the message."""
        self._rows[token] = [len(row) for row in message.content.keyboard]
        return await super().send(message, token, replaces)


class TelegramStage:
    """One bot in privacy mode, its groups and its people; ``now`` dates what they write.

    ``forum``: each room is a topic of a group that has others too.
    """

    notices = True
    abilities = frozenset({"Dateien", "Knöpfe", "kurze Bildtexte", "leere Nachrichten", "Links"})

    def __init__(self, now: Callable[[], datetime], *, forum: bool = False) -> None:
        self._forum = forum
        self._telegram = Emulator(lambda: now().timestamp())
        self._bot = self._telegram.bot("themen_bot", name="Themenbote")
        self._people: dict[str, Person] = {}
        self._chats: dict[Chat, TelegramChat] = {}
        self._threads: dict[Chat, int] = {}
        self._rows: dict[str, list[int]] = {}
        self._presses: list[Press] = []
        self._events: list[Event] = []
        self._read = 0

    async def set_up(self, cast: Cast) -> Seats:
        """Everybody gets an account, every room is a group to which its first member has brought the bot."""
        await self._telegram.start()
        for person in cast.people:
            account = self._telegram.person(person.shown, language=person.language)
            self._people[person.name] = account
            direct = self._chats[Chat(person.name)] = account.chat(self._bot)
            direct.opened = not person.guest
        for room in cast.rooms:
            owner, *others = (self._people[name] for name in room.members)
            group = self._telegram.group(room.name, owner, *others, self._bot, kind="supergroup", forum=self._forum)
            self._chats[Chat(room.name, room=True)] = group
            if self._forum:
                owner.open_topic(group, "Anderes")
                self._threads[Chat(room.name, room=True)] = owner.open_topic(group, room.name)
        ids = {chat: self._id(chat) for chat in self._chats}
        return Seats(
            {name: Seat(str(person.id), ids[Chat(name)]) for name, person in self._people.items()},
            {chat.name: id_ for chat, id_ in ids.items() if chat.room},
        )

    def channel(self) -> TelegramChannel:
        """A new channel for the same bot."""
        return Unhurried(self._bot, self._telegram, self._rows)

    def running(self, app: App) -> AbstractAsyncContextManager[None]:
        """Nothing else is needed."""
        return app.running()

    async def close(self) -> None:
        """Raises AssertionError when a request broke the rules of the Bot API."""
        await self._telegram.stop()
        self._telegram.verify()

    async def say(self, person: str, chat: Chat, text: str, reply_to: Seen | None = None) -> str:
        """Write a message, or send a sticker instead of a text in which nothing is to be seen."""
        place, thread = self._chats[chat], self._threads.get(chat, 0)
        answered = place.stored[int(reply_to.message)] if reply_to else None
        if any(char.isprintable() and not char.isspace() for char in text):
            written = _typed(text) if chat.room else text
            message = self._people[person].say(written, place, reply_to=answered, thread=thread)
        else:
            message = self._people[person].send(Content(extra=STICKER), place, reply_to=answered, thread=thread)
        return str(message.id)

    async def send(self, person: str, chat: Chat, name: str, content: bytes, *, picture: bool) -> None:
        """Send a picture or file."""
        world = self._telegram.world
        upload = Upload(name, content, "image/png" if picture else "application/octet-stream")
        file = (store_photo if picture else store_document)(f"file-{world.number()}", upload)
        world.files[file.id] = file
        self._people[person].send(Content(file=file), self._chats[chat], thread=self._threads.get(chat, 0))

    async def edit(self, person: str, chat: Chat, message: str, text: str) -> None:
        """Change an own message."""
        self._people[person].edit(self._chats[chat].stored[int(message)], text)

    async def press(self, person: str, seen: Seen, index: int) -> None:
        """Press a button, which a late client may still show."""
        await self.forge(person, seen, seen, index)

    async def forge(self, person: str, own: Seen, seen: Seen, index: int) -> None:
        """Press in the own chat what was seen elsewhere."""
        message = self._chats[own.chat].stored[int(own.message)]
        self._presses.append(self._people[person].forge(message, f"{seen.mark}:{index}"))

    async def open(self, person: str, code: str) -> None:
        """Press Start, after a link if there is a code."""
        self._people[person].start(self._bot, code)

    async def leave(self, person: str, chat: Chat) -> None:
        """Leave a group, or block the bot."""
        place = self._chats[chat]
        if isinstance(place, Group):
            self._people[person].leave(place)
        else:
            self._people[person].block(self._bot)

    async def taken(self, _: Callable[[str], bool]) -> None:
        """What was stored is confirmed to Telegram; what privacy mode keeps from the bot is nobody's to take."""
        await self._telegram.until(lambda: not self._bot.updates.pending, WITHIN)

    async def arrived(self) -> None:
        """Every request is carried out, and no button turns any more."""
        await self._telegram.settled(quiet=0, within=WITHIN)
        await self._telegram.until(lambda: all(press.answers for press in self._presses), WITHIN)

    @property
    def events(self) -> Sequence[Event]:
        """All that was shown and all short lines over a press."""
        shown = self._telegram.world.shown
        self._events += [self._seen(one) for one in shown[self._read :]]
        self._read = len(shown)
        names = {person.id: name for name, person in self._people.items()}
        self._events += [Noticed(names[press.person.id], press.text) for press in self._presses if press.text]
        self._presses.clear()
        return self._events

    def _id(self, chat: Chat) -> str:
        place, thread = self._chats[chat], self._threads.get(chat)
        return f"{place.id}/{thread}" if thread else str(place.id)

    def _chat(self, shown: Shown) -> Chat:
        where = chat_of(shown.message), shown.message.thread
        return next(chat for chat, place in self._chats.items() if (place, self._threads.get(chat, 0)) == where)

    def _seen(self, shown: Shown) -> Seen:
        content = shown.content
        data = [button["callback_data"] for row in content.keyboard for button in row]
        token = data[0].partition(":")[0] if data else ""
        text, picture = _words(content)
        return Seen(
            chat=self._chat(shown),
            message=str(shown.message.id),
            text=text,
            buttons=_as_meant(
                [button["text"] for row in content.keyboard for button in row], self._rows.get(token, [])
            ),
            picture=picture,
            file=content.file.name if content.file and not content.file.is_photo else "",
            edited=shown.edited,
            mark=token,
        )


def _typed(text: str) -> str:
    """As people write it in a group, where Telegram sees no command in a word with an umlaut and keeps it from us."""
    word = text.split(maxsplit=1)[0]
    return text.replace(word, spelled(word), 1) if word.startswith("/") and not word.isascii() else text


def _words(content: Content) -> tuple[str, str]:
    """The text, and what a picture shows, which is the last paragraph of its caption; an empty one shows nothing."""
    if content.file is None or not content.file.is_photo or content.file.content == blank():
        return content.body, ""
    text, _, picture = content.body.rpartition("\n\n")
    return text, picture


def _as_meant(labels: Sequence[str], rows: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The buttons in the rows they were meant to stand in, which Telegram's phones would cut off."""
    assert sum(rows) == len(labels)
    rest = iter(labels)
    return tuple(tuple(next(rest) for _ in range(length)) for length in rows)
