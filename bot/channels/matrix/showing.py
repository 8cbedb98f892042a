"""One message of ours as the events it consists of: file, text with numbered choices, reactions, native poll."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channel import SendError
from bot.channels.matrix import polls
from bot.channels.matrix.facts import Fact, Facts
from bot.channels.matrix.homeserver import Homeserver, Json
from bot.channels.matrix.media import Draw, media_content
from bot.channels.matrix.outgoing import BESIDE, answering, question, replacing, text_content
from bot.channels.matrix.reactions import Offers
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.sending import Sending
from bot.channels.matrix.state import Keeper
from domain.chat import Action, Message, Outgoing
from domain.delivery import Failure

FEWEST_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Manners:
    """What the core wants of the channel.

    ``secret``: nobody else may learn that this action was chosen. ``poll``: the action is an answer of a native poll,
    of which so many may be chosen at once (0: it is not). ``language`` is used towards strangers, ``grace`` is how many
    seconds the key of a message may take to come.
    """

    draw: Draw
    secret: Callable[[Action], bool] = lambda _: False
    poll: Callable[[Action], int] = lambda _: 0
    language: str = "de"
    grace: float = 15.0


class Showing:
    """Shows messages in rooms."""

    def __init__(
        self,
        server: Homeserver,
        me: str,
        sending: Sending,
        facts: Facts,
        offers: Offers,
        keeper: Keeper,
        manners: Manners,
    ) -> None:
        self._server = server
        self._me = me
        self._sending = sending
        self._facts = facts
        self._offers = offers
        self._state = keeper.state
        self._keeper = keeper
        self._manners = manners

    async def show(self, room: Room, outgoing: Outgoing, token: str, replaces: str | None) -> str:
        """Sends all events of a message; returns the id of the one that stands for it."""
        message = outgoing.content
        secret = any(self._manners.secret(button.action) for button in message.buttons)
        content = text_content(message, secret=secret)
        if replaces is not None:
            shown = replaces
            thread, file = await self._edited(room, message, content, replaces, token)
        else:
            thread = (await self._facts.of(room.id, outgoing.reply_to)).thread if outgoing.reply_to else ""
            shown, file = await self._new(room, outgoing, content, thread, token)
        self._facts.note(shown, Fact(self._me, thread, secret, file))
        self._offers.want(room.id, shown, 0 if secret else len(message.buttons), new=replaces is None)
        await self._poll_beside(room, message, shown, token, secret=secret)
        return shown

    async def _edited(self, room: Room, message: Message, content: Json, replaces: str, token: str) -> tuple[str, str]:
        """New words for ``replaces``; returns its thread, and the event of its file if it still has one."""
        known = await self._facts.of(room.id, replaces)
        away = bool(known.file) and known.sender == self._me and message.attachment is None
        gone = away and await self._sending.redact(room, known.file, f"{token}.away")
        await self._sending.put(room, "m.room.message", replacing(content, replaces), token)
        if away and not gone:
            raise SendError(Failure.REJECTED, "its file may not be removed")
        return known.thread, "" if gone else known.file

    async def _new(self, room: Room, outgoing: Outgoing, content: Json, thread: str, token: str) -> tuple[str, str]:
        """The event that stands for the message, and that of the file beside it."""
        message, reply_to = outgoing.content, outgoing.reply_to
        shown = file = ""
        if message.attachment is not None:
            data = await self._manners.draw(message.attachment)
            media = await media_content(self._server, message.attachment, data, encrypted=room.encrypted)
            media = answering(media, reply_to, thread) if reply_to else media
            shown = await self._sending.put(room, "m.room.message", media, f"{token}.file")
        if content["body"] or not shown:
            content = answering(content, reply_to, thread) if reply_to else content
            file, content = shown, content | ({BESIDE: shown} if shown else {})
            shown = await self._sending.put(room, "m.room.message", content, token)
        return shown, file

    async def _poll_beside(self, room: Room, message: Message, shown: str, token: str, *, secret: bool) -> None:
        """A poll stays as it was opened; it ends when its message offers nothing to choose any more."""
        permitted = [0 if secret else self._manners.poll(button.action) for button in message.buttons]
        answers = [(index, message.buttons[index].label) for index, many in enumerate(permitted) if many]
        running = self._state.poll_of(shown)
        if running and not answers:
            await self._sending.put(room, polls.END, polls.end(running, question(message)), f"{token}.end")
            del self._state.polls[running]
            self._keeper.changed()
        elif not running and FEWEST_ANSWERS <= len(answers) <= polls.MOST:
            content = polls.poll(question(message), answers, max(permitted))
            opened = await self._sending.put(room, polls.START, content, f"{token}.poll")
            self._state.add_poll(opened, room.id, shown, several=max(permitted) > 1)
            await self._keeper.save()
