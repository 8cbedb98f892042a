"""A Matrix server on this machine with the demonstration programme in it, for any client: ``make run-matrix``."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.demo import seed
from bot.launch import PRIVACY_VERSION
from config.programme import load_demo
from domain.people import Purpose
from storage import people, rooms, schema
from storage.database import Database
from tests.synapse import Registered, Synapse, free_port, running

FOLDER = Path(__file__).resolve().parents[1] / "data" / "matrix-try"
MEGOLM = "m.megolm.v1.aes-sha2"
PEOPLE = {"Musterstadt": "musterstadt", "Koordination": "koordination"}
"""Who can be played, by their names in the programme, and what they are called on the server."""
ROOM = "Runde Musterregion"

TOLD = """
Matrix-Server zum Ausprobieren: {url}   (Ctrl-C beendet alles)

  Musterstadt    {musterstadt}   Passwort {password}
  Koordination   {koordination}   Passwort {password}
  Themenbote     {bot}

Melden Sie sich mit einem Matrix-Programm an; als Homeserver geben Sie die Adresse oben ein. Koordination ist schon
im Raum „{room}“, Musterstadt nimmt die Einladung dorthin an. Schreiben Sie dort zum Beispiel: !thema 1
Beginnen Sie einen direkten Chat mit Themenbote und schreiben Sie: hilfe
"""


def main() -> None:
    """Serve until Ctrl-C; everything is made anew at each start."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with running(FOLDER / "synapse") as server:
        password = secrets.token_hex(4)
        accounts = {name: server.register(user, password=password) for name, user in PEOPLE.items()}
        bot = server.register("themenbote", password=secrets.token_hex(16))
        room = _room(server, bot, accounts)
        _furnish(FOLDER / "themenbote.db", bot, accounts, room)
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=os.environ | _settings(server, bot))
        try:
            told = {user: accounts[name].user_id for name, user in PEOPLE.items()}
            print(TOLD.format(url=server.url, password=password, bot=bot.user_id, room=ROOM, **told), flush=True)  # noqa: T201
            process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGTERM)
            process.wait()
        finally:
            if process.poll() is None:
                process.kill()


def _room(server: Synapse, bot: Registered, accounts: dict[str, Registered]) -> str:
    """An encrypted room of the coordinator's; the others are invited."""
    host = accounts["Koordination"]
    wanted = {
        "name": ROOM,
        "preset": "private_chat",
        "invite": [bot.user_id, *(other.user_id for other in accounts.values() if other is not host)],
        "initial_state": [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}],
    }
    return str(server.call("POST", "/_matrix/client/v3/createRoom", wanted, host.token)["room_id"])


def _furnish(file: Path, bot: Registered, accounts: dict[str, Registered], room: str) -> None:
    """The demonstration programme, with the two people and the room known on Matrix."""
    database = Database(f"sqlite:///{file}")
    schema.migrate(database)
    channel = f"matrix:{bot.user_id}"
    with database.begin() as db:
        seed(db, load_demo(), datetime.now(UTC), "de", PRIVACY_VERSION)
        for name, account in accounts.items():
            people.add_account(db, people.get_member(db, name).id, "matrix", account.user_id, channel, "")
        group, _ = people.list_groups(db)[0]
        rooms.connect_room(db, channel, room, ROOM, "de", Purpose.PROGRAMME, group.id)
    database.close()


def _settings(server: Synapse, bot: Registered) -> dict[str, str]:
    return {
        "THEMENBOTE_DATA_DIR": str(FOLDER),
        "THEMENBOTE_DATABASE__URL": f"sqlite:///{FOLDER / 'themenbote.db'}",
        "THEMENBOTE_WEB__PORT": str(free_port()),
        "THEMENBOTE_MATRIX__ACCOUNTS__0__HOMESERVER": server.url,
        "THEMENBOTE_MATRIX__ACCOUNTS__0__USER": bot.user_id,
        "THEMENBOTE_MATRIX__ACCOUNTS__0__PASSWORD": bot.password,
        "THEMENBOTE_MATRIX__ACCOUNTS__0__STORE": str(FOLDER / "keys"),
    }


if __name__ == "__main__":
    main()
