"""Matrix behind the one port."""

import asyncio
import logging
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from bot.channel import Limits, Misconfigured, Receipt, Receive, SendError, Unstored
from bot.channels.matrix.account import SignIn
from bot.channels.matrix.arrivals import now
from bot.channels.matrix.connection import Connection
from bot.channels.matrix.courtesy import Say
from bot.channels.matrix.crosssigning import Trust, vouch
from bot.channels.matrix.device import signed_in
from bot.channels.matrix.failures import send_error
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, MatrixError, Unreachable
from bot.channels.matrix.invitations import MayInvite
from bot.channels.matrix.showing import Manners
from bot.channels.matrix.sync import PAUSES
from domain.chat import Incoming, Outgoing
from domain.delivery import Failure

log = logging.getLogger(__name__)

LIMITS = Limits(text=4000, caption=4000)
"""Chosen for reading; four thousand characters stay far below the 64 kB of an event in whatever alphabet."""
STANDBY = 2.0
"""Seconds between attempts to take over from another process."""
RECHECK = 5.0
"""Seconds after which it is asked again whether it is still our turn."""
KNOWING = 10.0
"""Seconds a message waits for the rooms to be known after a start, or for a new direct chat to appear."""


class Locks(Protocol):
    """Locks that all processes of one installation share and that a dying process loses. Neither method raises."""

    async def acquire(self, name: str) -> bool:
        """Take the lock, or keep it; False while another process has it, or nobody can tell."""
        ...

    async def release(self, name: str) -> None:
        """Give the lock back, if we have it."""
        ...


class MatrixChannel:
    """One account on one homeserver; ``user`` is its full id, ``store`` a folder of its own.

    Signs in by ``password`` or an access ``token``; only with a password can it replace a lost store or broken trust.
    ``say`` gives the few texts of the channel itself, ``may_invite`` decides on invitations.
    """

    kind = "matrix"
    limits = LIMITS
    resend_safe = True
    secret_presses = False
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
    ) -> None:
        self.name = f"matrix:{user}"
        self._user = user
        self._server = Homeserver(homeserver)
        self._folder = Folder(store)
        self._sign_in = SignIn(self._server, self._folder, device_name, user, password, token)
        self._manners = manners
        self._say = say
        self._may_invite = may_invite
        self._locks = locks
        self._connection: Connection | None = None
        self._receive: Receive | None = None
        self._opening = asyncio.Lock()
        self._trouble = "The Matrix channel is not open."

    async def open(self) -> None:
        """Signs in, if it is our turn. A homeserver that is away is waited for by :meth:`listen`."""
        try:
            await self._connect()
        except (MatrixError, Unreachable) as error:
            self._worsened(f"The Matrix homeserver does not answer ({error}).")

    async def listen(self, receive: Receive) -> None:
        """Hands over arrivals until cancelled, also while the homeserver is away or refuses us."""
        self._receive = receive
        attempt = 0
        while True:
            try:
                if await self._connect() and self._connection is not None:
                    attempt = 0
                    await self._running(self._connection)
                await asyncio.sleep(STANDBY)
            except Misconfigured as error:
                self._worsened(str(error))
                await asyncio.Event().wait()
            except (MatrixError, Unreachable) as error:
                self._worsened(f"The Matrix homeserver does not answer ({error}).")
                await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
                attempt += 1

    async def send(self, message: Outgoing, token: str, replaces: str | None) -> str:
        """Shows the message; ``token`` is part of every transaction id, so that nothing is shown twice."""
        connection = await self._ready()
        room = connection.rooms.joined.get(message.to.chat)
        if room is None or not room.others(connection.device.user_id):
            raise SendError(Failure.GONE, "nobody there")
        if message.to.private and not room.private:
            raise SendError(Failure.GONE, "no direct chat any more: others read here")
        try:
            return await connection.showing.show(room, message, token, replaces)
        except (MatrixError, Unreachable) as error:
            raise send_error(error) from error

    async def close(self) -> None:
        """Lets go of everything; safe to call twice."""
        self._let_go()
        await self._server.close()
        await self._locks.release(self.name)

    def link(self, payload: str) -> str:
        """The address of the account. Matrix addresses carry nothing, so there is none with a payload."""
        return "" if payload else f"https://matrix.to/#/{quote(self._user, safe='@:')}"

    def health(self) -> str:
        """Empty while connected."""
        return self._trouble or (self._connection.sync.trouble if self._connection else "")

    async def open_direct(self, user_id: str) -> str:
        """The address of the direct chat with a person, made and encrypted when there is none. Raises SendError."""
        connection = await self._ready()
        try:
            return await connection.direct.open(user_id)
        except (MatrixError, Unreachable) as error:
            raise send_error(error) from error

    async def _ready(self) -> Connection:
        if self._connection is None:
            raise SendError(Failure.UNREACHABLE, "not connected")
        try:
            await asyncio.wait_for(self._connection.sync.ready.wait(), KNOWING)
        except TimeoutError:
            raise SendError(Failure.UNREACHABLE, "rooms not known yet") from None
        return self._connection

    async def _connect(self) -> bool:
        """Signs in unless it is done; False while another process has the turn."""
        async with self._opening:
            if self._connection is None and await self._locks.acquire(self.name):
                self._folder.open()
                try:
                    self._connection = await self._connected()
                finally:
                    if self._connection is None:
                        self._folder.close()
            self._trouble = ""
            return self._connection is not None

    async def _connected(self) -> Connection:
        device, machine = await signed_in(self._server, self._folder, self._sign_in)
        connection = Connection(
            self._server,
            self._folder,
            device,
            machine,
            self.name,
            self._manners,
            self._say,
            self._may_invite,
            self._deliver,
        )
        try:
            await connection.keys.publish(now())
            trust = await vouch(self._server, self._folder, machine, self._sign_in.password)
        except BaseException:
            machine.close()
            raise
        if trust is Trust.UNSIGNED:
            log.warning("The Matrix device is not trusted by its own account; people's clients will warn of it.")
        return connection

    async def _running(self, connection: Connection) -> None:
        """Works while it is our turn. Raises Misconfigured when the homeserver refuses us for good."""
        work = asyncio.create_task(connection.run())
        try:
            while not (await asyncio.wait({work}, timeout=RECHECK))[0]:
                if not await self._locks.acquire(self.name):
                    return
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            self._let_go()

    async def _deliver(self, incoming: Incoming) -> Receipt:
        if self._receive is None:
            raise Unstored
        return await self._receive(incoming)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.machine.close()
            self._connection = None
        self._folder.close()

    def _worsened(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning("%s: %s", self.name, trouble)
        self._trouble = trouble
