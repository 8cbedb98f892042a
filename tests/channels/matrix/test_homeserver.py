"""Requests, refusals, and what delivery makes of them."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.channels.matrix.failures import send_error
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver, MatrixError, Unreachable, path, understood
from bot.channels.matrix.powers import Powers
from bot.channels.matrix.rooms import Room
from bot.channels.matrix.state import State
from domain.delivery import Failure
from tests.channels.matrix.events import ME, OFFICER, OTHER, ROOM, Json, event
from tests.synapse import free_port


@pytest.mark.parametrize(
    ("status", "code", "failure"),
    [
        (429, "M_LIMIT_EXCEEDED", Failure.THROTTLED),
        (429, "M_UNKNOWN", Failure.THROTTLED),
        (403, "M_FORBIDDEN", Failure.GONE),
        (404, "M_NOT_FOUND", Failure.GONE),
        (401, "M_UNKNOWN_TOKEN", Failure.MISCONFIGURED),
        (403, "M_USER_DEACTIVATED", Failure.MISCONFIGURED),
        (403, "M_RESOURCE_LIMIT_EXCEEDED", Failure.MISCONFIGURED),
        (413, "M_TOO_LARGE", Failure.REJECTED),
        (400, "M_BAD_JSON", Failure.REJECTED),
        (500, "M_UNKNOWN", Failure.UNREACHABLE),
        (502, "", Failure.UNREACHABLE),
    ],
)
def test_a_refusal_is_one_of_the_failures(status: int, code: str, failure: Failure) -> None:
    error = send_error(MatrixError(status, {"errcode": code, "error": "secret words"}))
    assert error.failure is failure
    assert error.everywhere == (failure is Failure.THROTTLED)
    assert "secret" not in error.detail


@pytest.mark.parametrize(("given", "seconds"), [(1500, 1.5), (None, 0.0), ("x", 0.0), (-5, 0.0)])
def test_the_pause_a_homeserver_wants(given: object, seconds: float) -> None:
    assert MatrixError(429, {"retry_after_ms": given}).retry_after == seconds


def test_an_answer_that_was_lost_is_uncertain() -> None:
    assert send_error(Unreachable("x", sent=True)).failure is Failure.UNCERTAIN
    assert send_error(Unreachable("x", sent=False)).failure is Failure.UNREACHABLE
    assert send_error(TimeoutError()).failure is Failure.UNCERTAIN


def test_whatever_is_no_object_is_none() -> None:
    assert understood(200, b'{"a": 1}') == {"a": 1}
    assert understood(200, b"[]") == understood(200, b"<html>") == {}
    with pytest.raises(MatrixError) as refused:
        understood(502, b"<html>")
    assert refused.value.code == "M_UNKNOWN"


def test_ids_cannot_leave_their_place_in_an_address() -> None:
    assert path("rooms", "!a/../b?x#y") == "/_matrix/client/v3/rooms/%21a%2F..%2Fb%3Fx%23y"


async def test_a_server_that_hangs_up_may_have_done_it_and_one_that_is_away_has_not() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    listener = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    for base, sent in ((f"http://127.0.0.1:{port}", True), (f"http://127.0.0.1:{free_port()}", False)):
        server = Homeserver(base)
        with pytest.raises(Unreachable) as away:
            await server.call("PUT", path("x"), {})
        assert away.value.sent is sent
        await server.close()
        await server.close()
    listener.close()
    await listener.wait_closed()


LEVELS = {"users": {OFFICER: 100, OTHER: "50"}, "users_default": 0, "redact": 50, "events": {"m.room.message": 10}}


@pytest.mark.parametrize(
    ("powers", "user", "right", "may"),
    [
        (Powers(LEVELS), OFFICER, "redact", True),
        (Powers(LEVELS), OTHER, "redact", True),
        (Powers(LEVELS), ME, "redact", False),
        (Powers(LEVELS), ME, "m.room.message", False),
        (Powers(LEVELS), ME, "m.reaction", True),
        (Powers(LEVELS), ME, "invite", True),
        (Powers(LEVELS, frozenset({ME})), ME, "redact", False),
        (Powers(LEVELS, frozenset({ME}), above_all=True), ME, "redact", True),
        (Powers({}, frozenset({ME})), ME, "kick", True),
        (Powers({}), ME, "kick", False),
        (Powers({"users": [], "events": None, "redact": {}}), ME, "redact", False),
    ],
)
def test_powers(powers: Powers, user: str, right: str, *, may: bool) -> None:
    assert powers.may(user, right) is may


@pytest.mark.parametrize(
    ("version", "creators"),
    [("10", [OFFICER]), ("11", [OFFICER]), ("12", [OTHER, OFFICER]), ("org.matrix.hydra.11", [OTHER, OFFICER])],
)
def test_who_made_a_room(version: str, creators: list[str]) -> None:
    made = Room(ROOM)
    content: Json = {"room_version": version, "additional_creators": [OTHER, 7], "predecessor": {"room_id": "!old"}}
    made.apply(event("m.room.create", content, state_key=""))
    assert (made.maker, sorted(made.creators), made.predecessor) == (OFFICER, creators, "!old")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("sync", {"token": "s1"})
    assert folder.read("sync") == {"token": "s1"}
    (tmp_path / "sync.json").write_text('{"token": "s')
    assert folder.read("sync") == folder.read("missing") == {}
    (tmp_path / "sync.json").write_text("[1]")
    assert folder.read("sync") == {}


def test_the_state_reads_what_an_older_or_newer_version_wrote(tmp_path: Path) -> None:
    (tmp_path / "sync.json").write_text(json.dumps({"token": "s1", "unheard": 1}))
    state = State.load(Folder(tmp_path))
    assert (state.token, state.unread) == ("s1", {})


def test_polls_are_found_by_their_message_and_the_oldest_make_room() -> None:
    state = State()
    for number in range(600):
        state.add_poll(f"$poll{number}", ROOM, f"$message{number}", several=False)
    assert state.poll_of("$message599") == "$poll599"
    assert state.poll_of("$message0") == ""
    assert len(state.polls) == 500
