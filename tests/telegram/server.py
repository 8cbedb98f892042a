"""The emulator as a process of its own: ``python -m tests.telegram.server --port 8081``.

Prints one line of JSON when it is ready: the port of the Bot API and the port of the control alone, which stays open
while ``/control/stop`` keeps the Bot API down.
"""

import argparse
import asyncio
import json
import signal
import sys

from aiohttp import web

from tests.telegram.control import Control
from tests.telegram.emulator import Emulator
from tests.telegram.listening import HOST


async def _open_control(control: Control, port: int) -> tuple[asyncio.Server, int]:
    server = await asyncio.get_running_loop().create_server(web.Server(control.handle, access_log=None), HOST, port)
    return server, int(server.sockets[0].getsockname()[1])


async def _serve(port: int, control_port: int, history: int) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with Emulator(port=port, history=history) as emulator:
        control = Control(emulator)
        emulator.listener.control = control.handle
        server, control_port = await _open_control(control, control_port)
        sys.stdout.write(json.dumps({"port": emulator.listener.port, "control": control_port}) + "\n")
        sys.stdout.flush()
        await stopped.wait()
        server.close()


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0, help="of the Bot API; 0 takes a free one")
    options.add_argument("--control-port", type=int, default=0, help="of the control; 0 takes a free one")
    options.add_argument("--history", type=int, default=100_000, help="how many requests are remembered")
    chosen = options.parse_args()
    asyncio.run(_serve(chosen.port, chosen.control_port, chosen.history))


if __name__ == "__main__":
    main()
