"""Matrix behind the one port."""

import asyncio
import logging
from functools import partial
from pathlib import Path
from urllib.parse import quote

from bot.channel import Limits, Misconfigured, Receive, SendError, Unstored
from bot.channels.matrix.account import SignIn
from bot.channels.matrix.connection import Connection
from bot.channels.matrix.courtesy import Say
from bot.channels.matrix.failures import opening_error, send_error
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, MatrixError, Unreachable
from bot.channels.matrix.invitations import MayInvite
from bot.channels.matrix.line import Line, Locks
from bot.channels.matrix.media import opened
from bot.channels.matrix.outgoing import readable
from bot.channels.matrix.showing import Manners
from bot.channels.matrix.sync import PAUSES, sentence
from domain.chat import Html, Outgoing
from domain.delivery import Failure

log = logging.getLogger(__name__)

LIMITS = Limits(text=4000, caption=4000)
"""Chosen for reading; four thousand characters stay far below the 64 kB of an event in whatever alphabet."""
STANDBY = 2.0
"""Seconds between attempts to take over from another process."""
PERSON = "@"
"""How the ids of people begin; those of rooms begin otherwise."""
KNOWING = 10.0
"""Seconds a message waits for the rooms to be known after a start."""


class MatrixChannel:
    """One account on one homeserver; ``user`` is its full id, ``store`` a folder of its own.

    Signs in by ``password`` or an access ``token``; only with a password can it replace a lost store or broken trust.
    ``say`` gives the few texts of the channel itself, ``may_invite`` decides on invitations. ``era`` names the database
    whose rows the tokens are: the homeserver remembers them for a day, also when another database begins to count anew.
    """

    kind = "matrix"
    limits = LIMITS
    resend_safe = True
    secret_presses = False
    opens_chats = True
    notices = False

    def __init__(
        self,
        homeserver: str,
        user: str,
        store: Path,
        *,
        password: str = "",
        token: str = "",
        device_name: str = "Themenbote",
        manners: Manners,
        say: Say,
        may_invite: MayInvite,
        locks: Locks,
        era: str = "",
    ) -> None:
        self.name = f"matrix:{user}"
        self._user = user
        self._era = era
        server, folder = Homeserver(homeserver), Folder(store)
        sign_in = SignIn(server, folder, device_name, user, password, token)
        self._line = Line(self.name, server, folder, sign_in, manners, say, may_invite, locks)
        self._tell = partial(say, manners.language)
        self._trouble = "The Matrix channel is not open."

    async def open(self) -> None:
        """Signs in, if it is our turn. A homeserver that is away is waited for by :meth:`listen`."""
        try:
            await self._connected()
        except (MatrixError, Unreachable) as error:
            self._worsened(sentence(error))

    async def listen(self, receive: Receive) -> None:
        """Hands over arrivals until cancelled, also while the homeserver is away or refuses us."""
        self._line.receive = receive
        attempt = 0
        while True:
            try:
                connection = await self._connected()
                attempt = 0
                if connection is not None:
                    await self._line.work(connection)
                await asyncio.sleep(STANDBY)
            except Misconfigured as error:
                self._line.let_go()
                self._worsened(readable(Html(self._tell(error.key, error.values))))
                await asyncio.Event().wait()
            except (MatrixError, Unreachable) as error:
                self._worsened(sentence(error))
                await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
                attempt += 1

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Shows the message; ``token`` is part of every transaction id, so that nothing is shown twice.

        A private message may be addressed to a person, by their id in place of a chat. It waits a moment then: its row
        moves into the direct chat, where what they press and answer will be looked for, and comes again from there.
        """
        connection = await self._ready()
        if message.to.private and message.to.chat.startswith(PERSON):
            await self._lead(connection, message.to.chat)
            raise SendError(Failure.THROTTLED, "from now on in the direct chat")
        room = connection.rooms.joined.get(message.to.chat)
        if room is None or not room.others(connection.device.user_id):
            raise SendError(Failure.GONE, "nobody there")
        if message.to.private and not room.private:
            raise SendError(Failure.GONE, "no direct chat any more: others read here")
        try:
            return await connection.showing.show(room, message, f"{self._era}.{token}", replaces)
        except (MatrixError, Unreachable) as error:
            raise send_error(error) from error

    async def fetch(self, ref: str) -> bytes:
        """A file that somebody sent, opened where it was sealed. Raises SendError."""
        connection = await self._ready()
        try:
            return await opened(connection.server, ref)
        except (MatrixError, Unreachable) as error:
            raise send_error(error) from error
        except ValueError:
            raise SendError(Failure.GONE, "the file is damaged") from None

    async def close(self) -> None:
        """Lets go of everything; safe to call twice."""
        await self._line.close()

    def link(self, payload: str) -> str:
        """The address of the account. Matrix addresses carry nothing, so there is none with a payload."""
        return "" if payload else f"https://matrix.to/#/{quote(self._user, safe='@:')}"

    def health(self) -> str:
        """Empty while connected."""
        connection = self._line.connection
        return self._trouble or (connection.sync.trouble if connection else "")

    async def open_direct(self, user_id: str) -> str:
        """The address of the direct chat with a person, made and encrypted when there is none. Raises SendError."""
        connection = await self._ready()
        try:
            return await connection.direct.open(user_id)
        except (MatrixError, Unreachable) as error:
            raise send_error(error) from error

    async def _lead(self, connection: Connection, user_id: str) -> None:
        try:
            await connection.direct.lead(user_id)
        except (MatrixError, Unreachable) as error:
            raise opening_error(error) from error
        except Unstored:
            raise SendError(Failure.UNREACHABLE, "the database is away") from None

    async def _ready(self) -> Connection:
        connection = self._line.connection
        if connection is None:
            raise SendError(Failure.UNREACHABLE, "not connected")
        try:
            await asyncio.wait_for(connection.sync.ready.wait(), KNOWING)
        except TimeoutError:
            raise SendError(Failure.UNREACHABLE, "rooms not known yet") from None
        return connection

    async def _connected(self) -> Connection | None:
        """The connection; None while it is another process's, which is no trouble."""
        connection = await self._line.connect()
        self._trouble = ""
        return connection

    def _worsened(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning("%s: %s", self.name, trouble)
        self._trouble = trouble
