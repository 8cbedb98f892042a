"""The few sentences the channel says of its own accord, each to a person at most once an hour."""

from collections.abc import Callable, Mapping

from bot.channels.matrix.homeserver import Json
from bot.channels.matrix.outgoing import answering, text_content
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.sending import Sending
from bot.channels.matrix.state import Keeper
from domain.chat import Html, Message

Say = Callable[[str, str, Mapping[str, object]], str]
"""The text of (language, key, values), as HTML."""

AGAIN_AFTER = 3600.0


class Courtesy:
    """Says things in ``language``; a stranger's own is not known to Matrix."""

    def __init__(self, sending: Sending, keeper: Keeper, say: Say, language: str) -> None:
        self._sending = sending
        self._keeper = keeper
        self._say = say
        self._language = language

    def text(self, key: str, **values: object) -> Html:
        """A text of the channel."""
        return Html(self._say(self._language, key, values))

    async def tell(self, room: Room, person: str, key: str, event: Json, now: float) -> None:
        """Answers ``event`` with a text, unless this person was told the same within the hour."""
        state, what = self._keeper.state, f"{key} {person}"
        state.told = {told: at for told, at in state.told.items() if now - at < AGAIN_AFTER}
        if what in state.told:
            return
        state.told[what] = now
        content = answering(text_content(Message(self.text(key))), event["event_id"], "")
        try:
            await self._sending.put(room, "m.room.message", content, f"{key}.{event['event_id']}")
        except BaseException:
            del state.told[what]
            raise
        self._keeper.changed()
