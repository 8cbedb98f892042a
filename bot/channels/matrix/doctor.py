"""What is wrong, or about to be, between us and a homeserver. Each finding has a text that says what to do."""

from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

from bot.channels.matrix.account import KEPT
from bot.channels.matrix.crosssigning import is_vouched
from bot.channels.matrix.failures import REVOKED
from bot.channels.matrix.folder import OWNER_ONLY, Folder
from bot.channels.matrix.homeserver import Homeserver, Json, MatrixError, Unreachable, path
from bot.channels.matrix.intake import items
from bot.channels.matrix.keys import ONE_TIME
from bot.channels.matrix.powers import powers
from bot.channels.matrix.rooms import Room
from bot.finding import Finding

FEW_KEYS = 5


async def examine(homeserver: str, user: str, store: Path, token: str = "") -> list[Finding]:
    """All findings about one account. Only reads: signs in nowhere, and a running process is not disturbed."""
    kept = Folder(store).read(KEPT)
    server = Homeserver(homeserver)
    server.token = token or str(kept.get("token", ""))
    if not server.token:
        return [Finding("hint", "matrix-doctor-not-signed-in", {"user": user})]
    try:
        return [finding async for finding in _findings(server, store)]
    except MatrixError as error:
        key = "matrix-doctor-revoked" if error.code in REVOKED else "matrix-doctor-refused"
        return [Finding("wrong", key, {"user": user, "detail": str(error)})]
    except Unreachable as error:
        return [Finding("wrong", "matrix-doctor-unreachable", {"homeserver": homeserver, "detail": str(error)})]
    finally:
        await server.close()


async def _findings(server: Homeserver, store: Path) -> AsyncIterator[Finding]:
    who = await server.call("GET", path("account", "whoami"))
    user, device = str(who["user_id"]), str(who.get("device_id", ""))
    yield Finding("good", "matrix-doctor-signed-in", {"user": user, "device": device})
    vouched = await is_vouched(server, user, device)
    yield Finding("good", "matrix-doctor-trusted") if vouched else Finding("wrong", "matrix-doctor-untrusted")
    yield await _keys_left(server)
    yield await _rates(server, user)
    for room in (await server.call("GET", path("joined_rooms"))).get("joined_rooms", []):
        yield await _room(server, str(room), user)
    for finding in open_files(store):
        yield finding
    yield await _versions(server)


async def _keys_left(server: Homeserver) -> Finding:
    told = await server.call("POST", path("keys", "upload"), {})
    left = int(told.get("one_time_key_counts", {}).get(ONE_TIME, 0))
    return Finding("good" if left >= FEW_KEYS else "hint", "matrix-doctor-keys", {"count": left})


async def _rates(server: Homeserver, user: str) -> Finding:
    """Only administrators can see the limits; whether we were ever exempted cannot be asked otherwise."""
    try:
        told = await server.call("GET", f"/_synapse/admin/v1/users/{user}/override_ratelimit")
    except MatrixError:
        return Finding("hint", "matrix-doctor-rates-unknown", {"user": user})
    exempt = told.get("messages_per_second") == 0
    return (
        Finding("good", "matrix-doctor-rates")
        if exempt
        else Finding("hint", "matrix-doctor-rates-limited", {"user": user})
    )


async def _room(server: Homeserver, room_id: str, user: str) -> Finding:
    room = await _made(server, room_id)
    now = await powers(server, room)
    values = {"room": await _name(server, room_id)}
    if not now.may(user, "m.room.message") or not now.may(user, "m.room.encrypted"):
        return Finding("wrong", "matrix-doctor-room-mute", values)
    if not now.may(user, "redact"):
        return Finding("hint", "matrix-doctor-room-no-redact", values)
    return Finding("good", "matrix-doctor-room", values)


async def _made(server: Homeserver, room_id: str) -> Room:
    """The room with what its making says about powers."""
    room = Room(room_id)
    made = await server.call("GET", path("rooms", room_id, "state", "m.room.create"), query={"format": "event"})
    if isinstance(made.get("content"), dict):
        room.apply({"type": "m.room.create", "state_key": "", "sender": str(made.get("sender", "")), **made})
    return room


async def _name(server: Homeserver, room_id: str) -> str:
    try:
        told = await server.call("GET", path("rooms", room_id, "state", "m.room.name"))
    except MatrixError:
        return room_id
    return str(told.get("name") or room_id)


def open_files(store: Path) -> list[Finding]:
    """Files of the store that others on this machine can read."""
    loose = [
        file.name for file in sorted(store.glob("*")) if file.is_file() and file.stat().st_mode & 0o777 != OWNER_ONLY
    ]
    return [Finding("wrong", "matrix-doctor-open-file", {"file": name}) for name in loose]


async def _versions(server: Homeserver) -> Finding:
    told: Json = await server.call("GET", "/_matrix/client/versions")
    newest = [str(each) for each in items(told, "versions")][-1:]
    values = {"server": newest[0] if newest else "?", "nio": version("matrix-nio"), "vodozemac": version("vodozemac")}
    return Finding("good", "matrix-doctor-versions", values)
