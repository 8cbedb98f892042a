"""When keys are uploaded: from zero, too, and the fallback key no oftener than its users can follow."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.matrix.folder import Folder
from bot.channels.matrix.homeserver import Homeserver
from bot.channels.matrix.keys import ONE_TIME, Keys
from bot.channels.matrix.olm import Machine
from tests.channels.matrix.events import ME, NOW, Json

UNUSED = [ONE_TIME]
USED: list[str] = []


class Uploads(Homeserver):
    """A homeserver that only takes keys."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1")
        self.bodies: list[Json] = []

    async def call(self, method: str, address: str, body: Any = None, **_: Any) -> Json:
        assert (method, address) == ("POST", "/_matrix/client/v3/keys/upload")
        self.bodies.append(body)
        return {"one_time_key_counts": {ONE_TIME: 50}}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(Folder(tmp_path), ME, "DEVICE")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("counts", "uploaded"),
    [({ONE_TIME: 50}, None), ({ONE_TIME: 25}, None), ({ONE_TIME: 24}, 26), ({ONE_TIME: 0}, 50), ({}, 50), (None, 50)],
)
async def test_missing_one_time_keys_are_uploaded_from_zero_too(
    machine: Machine, counts: Json | None, uploaded: int | None
) -> None:
    server = Uploads()
    await Keys(server, machine).refill(counts, UNUSED, NOW)
    assert [len(body["one_time_keys"]) for body in server.bodies] == ([uploaded] if uploaded else [])


async def test_the_fallback_key_is_replaced_after_its_use_but_at_most_once_an_hour(machine: Machine) -> None:
    server, now = Uploads(), NOW
    keys = Keys(server, machine)
    await keys.publish(now)
    await keys.publish(now)
    for minutes, unused in ((1, UNUSED), (2, USED), (61, USED), (62, USED), (200, UNUSED), (201, None)):
        await keys.refill({ONE_TIME: 50}, unused, now + timedelta(minutes=minutes))
    assert [len(body["fallback_keys"]) for body in server.bodies] == [1, 1]
    assert ["device_keys" in body for body in server.bodies] == [True, False]
