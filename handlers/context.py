"""What a handler has in hand: one arrival, who is behind it, the rows, the words, and what it will answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.chat import (
    Action,
    Address,
    Attachment,
    Button,
    Html,
    Incoming,
    Keyboard,
    Message,
    Outgoing,
    Pressed,
    Urgency,
)
from domain.commands import spelled
from domain.hours import WorkingHours
from domain.people import Account, Form, Member, Role, Room
from storage import people
from storage.database import Transaction


class Speak(Protocol):
    """Turns a key and its values into the words of a language and form of address.

    Among the values is ``sign``: what stands before a command where the words will be read.
    """

    def say(self, language: str, form: str, key: str, /, **values: object) -> str:
        """As HTML, values escaped."""
        ...

    def plain(self, language: str, form: str, key: str, /, **values: object) -> str:
        """Without HTML: for button labels and short notices."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """The words for one reader."""

    speak: Speak
    language: str
    form: str = Form.SIE
    sign: str = "/"

    def say(self, key: str, /, **values: object) -> Html:
        """The sentence ``key`` with its values."""
        return Html(self.speak.say(self.language, self.form, key, sign=self.sign, **values))

    def plain(self, key: str, /, **values: object) -> str:
        """As :meth:`say` without HTML."""
        return self.speak.plain(self.language, self.form, key, sign=self.sign, **values)

    def button(self, key: str, action: Action, /, **values: object) -> Button:
        """A button labelled ``key``; typing the label means the same as pressing it."""
        label = self.plain(key, **values)
        return Button(label, action, label)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decided, as values."""

    programme: str = "Themenbote"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    language: str = "de"
    join: str = "invite"
    moderation: bool = False
    threshold: int = 5
    privacy_version: str = "1"
    software: str = ""
    hours: WorkingHours = field(default_factory=WorkingHours)
    """When something may be said that nobody asked for."""
    second_approval: bool = False
    """Whether an announcement needs the consent of a second coordinator."""


@dataclass(frozen=True, slots=True)
class Messenger:
    """What handlers may know about a channel.

    ``notices``: it can answer a press by a line that only one person sees. ``secret_presses``: nobody in a room sees
    who pressed what. ``opens``: we may begin a direct chat, addressed by the person's id. ``link`` makes the address
    that opens a direct chat with a payload. ``text`` and ``caption`` are the longest text of a message, without and
    with a picture or file, ``file`` and ``picture`` are the largest of these in bytes.
    """

    name: str
    kind: str
    notices: bool
    link: Callable[[str], str]
    secret_presses: bool = True
    opens: bool = False
    text: int = 4096
    caption: int = 1024
    file: int = 20_000_000
    picture: int = 10_000_000

    @property
    def sign(self) -> str:
        """What stands before a command: Element takes a slash for itself."""
        return "!" if self.kind == "matrix" else "/"

    def typed(self, word: str) -> str:
        """A command as it is typed here: with an umlaut in it Telegram sees none, and shows it to no bot in a group."""
        return self.sign + (spelled(word) if self.kind == "telegram" else word)


@dataclass(slots=True, kw_only=True)
class Unit:
    """One unit of work in hand, whatever began it: the rows, the present, the words, and what will be said.

    It reads and writes rows through ``db`` and appends what is to be said. ``token`` makes an unguessable word of the
    given length, in capitals and digits; it is the only source of chance.
    """

    db: Transaction
    now: datetime
    speak: Speak
    policy: Policy
    messengers: Mapping[str, Messenger]
    token: Callable[[int], str]
    outgoing: list[Outgoing] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    everywhere: set[str] = field(default_factory=set)

    @property
    def acting(self) -> Address | None:
        """The chat of whoever acted; None when only time passed."""
        return None

    def voice_of(self, member: Member | None, channel: str = "") -> Voice:
        """Words for one person on a channel; a stranger gets the language of the programme."""
        if member:
            return Voice(self.speak, member.language, member.form, self.sign_on(channel))
        return Voice(self.speak, self.policy.language, sign=self.sign_on(channel))

    def voice_in(self, room: Room) -> Voice:
        """Words for everybody in a room."""
        return Voice(self.speak, room.language, sign=self.sign_on(room.channel))

    def sign_on(self, channel: str) -> str:
        """What stands before a command on a channel."""
        return self.messengers[channel].sign if channel in self.messengers else "/"

    def send(self, outgoing: Outgoing) -> None:
        """Queue a message to any chat."""
        self.outgoing.append(outgoing)

    def tell(
        self,
        member: Member,
        content: Callable[[Voice], Message],
        *,
        key: str = "",
        subject: str = "",
        urgency: Urgency = Urgency.REPLY,
        not_before: datetime | None = None,
    ) -> bool:
        """Queue a message to a person on the messenger they prefer; False when no direct chat is open."""
        address = self.address_of(member)
        if address is None:
            return False
        self.send(
            Outgoing(
                to=address,
                content=content(self.voice_of(member, address.channel)),
                key=key,
                subject=subject,
                urgency=urgency,
                not_before=not_before,
            )
        )
        return True

    def tell_room(
        self,
        room: Room,
        content: Callable[[Voice], Message],
        *,
        key: str = "",
        subject: str = "",
        urgency: Urgency = Urgency.REPLY,
    ) -> None:
        """Queue a message to a connected room, in its language."""
        address = Address(room.channel, room.chat, private=False)
        message = content(self.voice_in(room))
        self.send(Outgoing(to=address, content=message, key=key, subject=subject, urgency=urgency))

    def address_of(self, member: Member) -> Address | None:
        """The person's direct chat: on the preferred messenger if open there, else on any other that is running.

        Where none is open, one that we may open ourselves.
        """
        accounts = [
            account for account in people.list_accounts(self.db, member.id) if account.channel in self.messengers
        ]
        accounts.sort(key=lambda account: (not account.reachable, account.kind != member.preferred))
        for account in accounts:
            if account.reachable:
                return Address(account.channel, account.chat, private=True)
            if not account.chat and self.messengers[account.channel].opens:
                return Address(account.channel, account.user, private=True)
        return None

    def refresh(self, subject: str) -> None:
        """Bring the newest message about ``subject`` in every room and in the chat of whoever acted up to date.

        That is done once this unit is dealt with.
        """
        self.stale.add(subject)

    def refresh_shared(self, subject: str) -> None:
        """As :meth:`refresh`, in direct chats of others too: where only few have it and one acts for all of them."""
        self.stale.add(subject)
        self.shared.add(subject)

    def refresh_all(self, subject: str) -> None:
        """As :meth:`refresh`, for all messages about ``subject``, direct chats of others and older ones included."""
        self.stale.add(subject)
        self.everywhere.add(subject)


@dataclass(slots=True, kw_only=True)
class Here(Unit):
    """One arrival in hand, and who is behind it.

    ``shown_row`` is our row of the pressed message, 0 when none was. ``hide``: what was written is to be removed.
    """

    incoming: Incoming
    member: Member | None = None
    account: Account | None = None
    room: Room | None = None
    voice: Voice = field(init=False)
    shown_row: int = 0
    notice: str = ""
    notice_link: str = ""
    hide: bool = False

    def __post_init__(self) -> None:
        self.voice = self.voice_here()

    @property
    def address(self) -> Address:
        """Where it was said."""
        return self.incoming.address

    @property
    def acting(self) -> Address:
        """The chat of whoever acted: this one."""
        return self.incoming.address

    @property
    def role(self) -> Role:
        """What the person may do."""
        return self.member.role if self.member else Role.GUEST

    @property
    def me(self) -> Member:
        """The member; routes with a role above guest guarantee that there is one."""
        if self.member is None:
            message = "a route without a role asked for the member"
            raise LookupError(message)
        return self.member

    @property
    def messenger(self) -> Messenger:
        """The channel this came by."""
        return self.messengers[self.address.channel]

    def voice_here(self) -> Voice:
        """Words for whoever reads this chat: the room's language in a room, the person's in a direct chat."""
        if not self.address.private:
            language = self.room.language if self.room else self.policy.language
            return Voice(self.speak, language, sign=self.sign_on(self.address.channel))
        return self.voice_of(self.member)

    def voice_of(self, member: Member | None, channel: str = "") -> Voice:
        """Words for one person, on this channel unless another is named.

        A stranger gets the language their messenger hints at, if we speak it.
        """
        sign = self.sign_on(channel or self.address.channel)
        if member:
            return Voice(self.speak, member.language, member.form, sign)
        hint = self.incoming.sender.language
        return Voice(self.speak, hint if hint in ("de", "en") else self.policy.language, sign=sign)

    def say(self, key: str, /, **values: object) -> Html:
        """A sentence for this chat."""
        return self.voice.say(key, **values)

    def reply(
        self,
        text: Html,
        keyboard: Keyboard = (),
        *,
        subject: str = "",
        attachment: Attachment | None = None,
        quote: bool = False,
    ) -> None:
        """Answer in the same chat; ``quote`` ties the answer to what was said, as is fitting in rooms."""
        answered = getattr(self.incoming, "message", "") if quote or not self.address.private else ""
        self.show(Message(text, keyboard, attachment), subject=subject, reply_to=answered)

    def show(self, content: Message, *, subject: str = "", reply_to: str = "") -> None:
        """Show a whole message in the same chat."""
        self.outgoing.append(Outgoing(to=self.address, content=content, subject=subject, reply_to=reply_to))

    def replace_pressed(self, text: Html, keyboard: Keyboard = ()) -> None:
        """Change the message whose button was pressed, as when turning pages; where nothing was pressed, answer."""
        if self.pressed and self.shown_row:
            content = Message(text, keyboard)
            self.outgoing.append(Outgoing(to=self.address, content=content, replaces=self.shown_row))
        else:
            self.reply(text, keyboard)

    def toast(self, key: str, /, **values: object) -> None:
        """A short line for the person who acted: a notice where the messenger has them, a message elsewhere."""
        if self.pressed and self.messenger.notices:
            self.notice = self.voice_of(self.member).plain(key, **values)
        else:
            self.reply(self.say(key, **values))

    @property
    def pressed(self) -> bool:
        """Whether a button was pressed (rather than something typed)."""
        return isinstance(self.incoming, Pressed)


Render = Callable[[Unit, int, Member | None, Voice, Address], Message]
"""Draws the card of one thing, by its id, for a reader (None in a room), in their words, for a chat."""


Late = Callable[..., Message]
"""Writes what an outgoing row leaves open, when it is sent: gets a :class:`Unit` that only reads, and the arguments."""
