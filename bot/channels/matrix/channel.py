"""Matrix behind the one port."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from bot.channel import Limits, Misconfigured, Receipt, Receive, SendError, Unstored
from bot.channels.matrix.account import SignIn
from bot.channels.matrix.connection import Connection
from bot.channels.matrix.courtesy import Say
from bot.channels.matrix.crosssigning import Trust, vouch
from bot.channels.matrix.failures import send_error
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, MatrixError, Unreachable, path
from bot.channels.matrix.arrivals import now
from bot.channels.matrix.invitations import MayInvite
from bot.channels.matrix.media import Draw
from bot.channels.matrix.olm import Machine
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.showing import Manners
from domain.chat import Action, Address, Incoming, Outgoing
from domain.delivery import Failure

log = logging.getLogger(__name__)
