"""Who has the connection of an account: one process at a time, signed in anew when it has to be."""

import asyncio
import logging
from typing import Protocol

from bot.channel import Receipt, Receive, Unstored
from bot.channels.matrix.account import SignIn
from bot.channels.matrix.arrivals import now
from bot.channels.matrix.connection import Connection
from bot.channels.matrix.courtesy import Say
from bot.channels.matrix.crosssigning import Trust, vouch
from bot.channels.matrix.device import signed_in
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver
from bot.channels.matrix.invitations import MayInvite
from bot.channels.matrix.showing import Manners
from domain.chat import Incoming

log = logging.getLogger(__name__)

RECHECK = 5.0
"""Seconds after which it is asked again whether it is still our turn."""


class Locks(Protocol):
    """Locks that all processes of one installation share and that a dying process loses. Neither method raises."""

    async def acquire(self, name: str) -> bool:
        """Take the lock, or keep it; False while another process has it, or nobody can tell."""
        ...

    async def release(self, name: str) -> None:
        """Give the lock back, if we have it."""
        ...


class Line:
    """The connection of the channel ``name``, while there is one; ``receive`` is the core's once it listens."""

    def __init__(
        self,
        name: str,
        server: Homeserver,
        folder: Folder,
        sign_in: SignIn,
        manners: Manners,
        say: Say,
        may_invite: MayInvite,
        locks: Locks,
    ) -> None:
        self.connection: Connection | None = None
        self.receive: Receive | None = None
        self._name = name
        self._server = server
        self._folder = folder
        self._sign_in = sign_in
        self._manners = manners
        self._say = say
        self._may_invite = may_invite
        self._locks = locks
        self._connecting = asyncio.Lock()

    async def connect(self) -> Connection | None:
        """Signs in unless that is done; None while another process has the turn.

        A connection that has listened stays open for what is still being sent, but listens only once: what it read
        and did not finish has to be read again. Raises Misconfigured, MatrixError or Unreachable.
        """
        async with self._connecting:
            if self.connection is not None and self.connection.has_run:
                self.let_go()
            if self.connection is None and await self._locks.acquire(self._name):
                self._folder.open()
                try:
                    self.connection = await self._connected()
                finally:
                    if self.connection is None:
                        self._folder.close()
            return self.connection

    async def work(self, connection: Connection) -> None:
        """Listens while it is our turn. Raises Misconfigured when the homeserver refuses us for good."""
        working = asyncio.create_task(connection.run())
        try:
            while not (await asyncio.wait({working}, timeout=RECHECK))[0]:
                if not await self._locks.acquire(self._name):
                    self.let_go()
                    return
            await working
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    def let_go(self) -> None:
        """Closes the connection, if there is one, and leaves the store to others."""
        if self.connection is not None:
            self.connection.machine.close()
            self.connection = None
        self._folder.close()

    async def close(self) -> None:
        """Closes everything; safe to call twice."""
        self.let_go()
        await self._server.close()
        await self._locks.release(self._name)

    async def _connected(self) -> Connection:
        device, machine = await signed_in(self._server, self._folder, self._sign_in)
        connection = Connection(
            self._server,
            self._folder,
            device,
            machine,
            self._name,
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
            log.warning("%s is not trusted by its own account; people's clients will warn of it.", self._name)
        return connection

    async def _deliver(self, incoming: Incoming) -> Receipt:
        if self.receive is None:
            raise Unstored
        return await self.receive(incoming)
