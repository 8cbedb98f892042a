"""Units of work: what each of them has in hand, and how what it says gets into the outbox."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channel import Channel, Limits
from domain.chat import Button, Keyboard, Message, Outgoing
from domain.markup import split
from handlers.context import Messenger, Policy, Speak, Unit
from handlers.routing import Duty, Router
from storage import outbox
from storage.database import Database, Transaction

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not mistaken for each other when read aloud or typed from paper."""


def unguessable(length: int) -> str:
    """A random word of ``length`` characters from :data:`ALPHABET`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


@dataclass(frozen=True, slots=True)
class Office:
    """What all units of work share: the router, the words, the policy, the channels, the clock and chance."""

    database: Database
    router: Router
    speak: Speak
    policy: Policy
    channels: Mapping[str, Channel]
    messengers: Mapping[str, Messenger]
    clock: Callable[[], datetime]
    token: Callable[[int], str]

    def queue(self, db: Transaction, outgoing: Outgoing, now: datetime) -> str:
        """Put a message into the outbox, in as many parts as its channel needs; returns the channel."""
        # A channel that is not running now gets its messages when it is configured again.
        channel = self.channels.get(outgoing.to.channel)
        for part in parts(outgoing, channel.limits) if channel else [outgoing]:
            outbox.add_outgoing(db, part, now)
        return outgoing.to.channel

    def perform(self, duty: Duty, number: int, now: datetime) -> frozenset[str]:
        """Deal with one thing that is due, in a transaction; returns the channels that now have something to send."""
        with self.database.begin() as db:
            unit = self._unit(db, now)
            duty.do(unit, number)
            self.router.refresh(unit)
            channels = frozenset(self.queue(db, outgoing, now) for outgoing in unit.outgoing)
        return frozenset(self.channels) if unit.stale else channels

    def due(self, duty: Duty, now: datetime) -> list[int]:
        """What is due by then, by number."""
        with self.database.read() as db:
            return list(duty.due(db, now))

    def written(self, outgoing: Outgoing) -> Outgoing:
        """The message with what was left open until now, words or a file; buttons keep their place and meaning."""
        late = outgoing.content.late
        if late is None:
            return outgoing
        with self.database.read() as db:
            content = self.router.routes.late[late.name](self._unit(db, self.clock()), *late.args)
        keyboard = _relabelled(outgoing.content.keyboard, content.buttons)
        attachment = content.attachment or outgoing.content.attachment
        return replace(outgoing, content=Message(content.text, keyboard, attachment))

    def _unit(self, db: Transaction, now: datetime) -> Unit:
        return Unit(
            db=db,
            now=now,
            speak=self.speak,
            policy=self.policy,
            messengers=self.messengers,
            token=self.token,
        )


def _relabelled(keyboard: Keyboard, buttons: tuple[Button, ...]) -> Keyboard:
    labels = iter(button.label for button in buttons)
    return tuple(tuple(replace(button, label=next(labels, button.label)) for button in row) for row in keyboard)


def parts(outgoing: Outgoing, limits: Limits) -> list[Outgoing]:
    """The message as one or several within the limits; buttons and attachment go with the last.

    An edit stays one message, since there is one to edit: what does not fit is left out.
    """
    texts = split(outgoing.content.text, limits.caption if outgoing.content.attachment else limits.text)
    if len(texts) == 1:
        return [outgoing]
    if outgoing.replaces:
        return [replace(outgoing, content=replace(outgoing.content, text=texts[0]))]
    heads = [
        replace(outgoing, content=Message(text), subject="", key=outgoing.key and f"{outgoing.key}#{number}")
        for number, text in enumerate(texts[:-1], 1)
    ]
    return [*heads, replace(outgoing, content=replace(outgoing.content, text=texts[-1]), reply_to="")]
