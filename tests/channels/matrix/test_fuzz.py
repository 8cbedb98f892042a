"""Events of every kind we read with contents nobody would send: never fatal, and never taken for something."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.matrix import polls
from bot.channels.matrix.devices import usable_device
from bot.channels.matrix.folder import Folder
from bot.channels.matrix.guards import is_event, is_state, opened
from bot.channels.matrix.incoming import answered, relation_of, thread_of
from bot.channels.matrix.olm import KeysLost, Machine, Undecryptable
from domain.chat import Incoming
from tests.channels.matrix.events import ME, NOW, OFFICER, READER, ROOM, Json, event, room

KINDS = (
    "m.room.message",
    "m.reaction",
    "m.room.member",
    "m.room.encrypted",
    "m.room.encryption",
    "m.room.create",
    "m.room.tombstone",
    "m.poll.response",
    "org.matrix.msc3381.poll.response",
)
NAMES = (
    "algorithm", "answers", "body", "ciphertext", "displayname", "event_id", "filename", "is_falling_back", "key",
    "m.in_reply_to", "m.new_content", "m.relates_to", "m.selections", "membership", "msgtype", "predecessor",
    "additional_creators", "rel_type", "replacement_room", "room_version", "sender_key", "session_id",
    "org.matrix.msc3381.poll.response",
)  # fmt: skip
WORDS = ("", "m.text", "m.replace", "m.annotation", "m.thread", "m.reference", "join", "leave", "$event", "1️⃣", "1", ME)

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(WORDS)
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
)
contents = st.dictionaries(st.sampled_from(NAMES), values, max_size=6)
events = st.builds(
    lambda kind, content, more: event(kind, content) | more,
    st.sampled_from(KINDS),
    contents,
    st.dictionaries(
        st.sampled_from(("state_key", "unsigned", "origin_server_ts", "sender", "content")), values, max_size=3
    ),
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    made = Machine(Folder(tmp_path_factory.mktemp("store")), ME, "DEVICE")
    yield made
    made.close()


@quick
@given(events, st.booleans())
def test_any_event(given_event: Json, direct: bool) -> None:
    if not is_event(given_event):
        return
    here = room(direct=direct, members=2)
    if is_state(given_event):
        here.apply(given_event)
    meant = READER.read(given_event, here, NOW)
    assert meant is None or isinstance(meant, Incoming)
    READER.removed(given_event, here, NOW)
    polls.response(given_event)
    assert isinstance(thread_of(given_event), str)
    assert isinstance(answered(relation_of(given_event)), str)
    json.dumps([here.name_of(user) for user in here.members])


@quick
@given(events, st.dictionaries(st.sampled_from(("type", "content", "state_key", "sender")), values))
def test_any_payload(sealed: Json, payload: Json) -> None:
    if is_event(sealed):
        written = opened(sealed, payload)
        assert written is None or (is_event(written) and written["sender"] == sealed["sender"])


@quick
@given(contents)
def test_any_encrypted_event(machine: Machine, content: Json) -> None:
    logging.disable()
    try:
        with pytest.raises(Undecryptable):
            machine.decrypt(ROOM, event("m.room.encrypted", content))
    finally:
        logging.disable(logging.NOTSET)


@quick
@given(
    st.sampled_from(("m.room.encrypted", "m.room_key", "m.room_key_request", "m.key.verification.start")),
    values,
    st.data(),
)
def test_any_to_device_event(machine: Machine, kind: str, content: Any, data: st.DataObject) -> None:
    if kind == "m.room.encrypted" and isinstance(content, dict):
        ours = machine.olm.account.identity_keys["curve25519"]
        content |= {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": ours}
        body = data.draw(st.binary(max_size=60).map(bytes.hex) | values)
        content["ciphertext"] = {ours: {"type": data.draw(st.sampled_from((0, 1, 2, "0"))), "body": body}}
    logging.disable()
    try:
        assert machine.take({"type": kind, "sender": OFFICER, "content": content}) is None
    finally:
        logging.disable(logging.NOTSET)


@quick
@given(values)
def test_any_device_keys(keys: Any) -> None:
    assert not usable_device(keys, "DEVICE")
    assert not usable_device({"keys": {"ed25519:DEVICE": keys, "curve25519:DEVICE": keys}}, "DEVICE")


def test_a_store_that_is_no_database_counts_as_lost(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.crypto().write_bytes(b"no database at all, but long enough to be taken for one" * 50)
    with pytest.raises(KeysLost):
        Machine(folder, ME, "DEVICE")
