"""People at their own clients: matrix-nio with a store in memory, syncing by themselves."""

import asyncio
import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    LocalProtocolError,
    MatrixInvitedRoom,
    MatrixRoom,
    MegolmEvent,
    RedactionEvent,
    SyncResponse,
)
from nio.crypto.attachments import encrypt_attachment
from nio.store import SqliteMemoryStore

from tests.synapse import Registered, Synapse

Json = dict[str, Any]

PATIENCE = 30.0
FILTER = {"room": {"timeline": {"limit": 500}}}


class Person:
    """Somebody with one device. What they see is waited for, never slept for."""

    def __init__(self, server: Synapse, account: Registered, name: str = "") -> None:
        self.id = account.user_id
        self.account = account
        self.server = server
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True, max_timeouts=None)
        self.client: Any = AsyncClient(server.url, account.user_id, config=config)
        self.client.restore_login(account.user_id, account.device, account.token)
        self.seen: list[Json] = []
        self.unreadable: list[Json] = []
        self.redacted: list[str] = []
        self._name = name
        self._changed = asyncio.Condition()
        self._syncing: asyncio.Task[None] | None = None

    async def start(self) -> "Person":
        """Comes online; returns when the first sync is through."""
        self.client.add_event_callback(self._saw, Event)
        if self._name:
            await self.client.set_displayname(self._name)
        self._syncing = asyncio.create_task(self.client.sync_forever(5000, FILTER, full_state=True))
        await asyncio.wait_for(self.client.synced.wait(), PATIENCE)
        return self

    async def prepare(self) -> None:
        """Uploads keys, so that others can write to this device; for whoever looks now and then."""
        self.client.add_event_callback(self._saw, Event)
        if self._name:
            await self.client.set_displayname(self._name)
        await self.client.keys_upload()

    async def look(self) -> None:
        """Takes in all that happened since the last look."""
        client = self.client
        answer = await client.sync(0, FILTER, full_state=not client.next_batch)
        assert isinstance(answer, SyncResponse), answer
        if client.should_query_keys:
            await client.keys_query()
        await client.send_to_device_messages()

    async def stop(self) -> None:
        """Goes offline."""
        if self._syncing is not None:
            self._syncing.cancel()
            with suppress(asyncio.CancelledError):
                await self._syncing
            self._syncing = None
        await self.client.close()

    async def _saw(self, room: MatrixRoom, event: Event) -> None:
        source = {**event.source, "room_id": room.room_id}
        if isinstance(event, RedactionEvent):
            self.redacted.append(event.redacts)
        elif isinstance(event, MegolmEvent):
            self.unreadable.append(source)
        elif not isinstance(room, MatrixInvitedRoom):
            self.seen.append(source | {"decrypted": bool(getattr(event, "decrypted", False))})
        async with self._changed:
            self._changed.notify_all()

    async def until(self, met: Callable[[], Any], within: float = PATIENCE) -> Any:
        """Waits until ``met`` finds something, looking after each event, and returns that."""

        async def found() -> Any:
            async with self._changed:
                await self._changed.wait_for(met)
                return met()

        try:
            return await asyncio.wait_for(found(), within)
        except TimeoutError:
            self._raise_what_ended_syncing()
            bodies = [event["content"].get("body") for event in self.seen]
            raise AssertionError(
                f"{self.id} did not see it; seen: {bodies}, unreadable: {len(self.unreadable)}"
            ) from None

    def _raise_what_ended_syncing(self) -> None:
        """Whoever went offline by an error did not see anything because of that."""
        if self._syncing is not None and self._syncing.done():
            self._syncing.result()

    async def sees(self, text: str, within: float = PATIENCE) -> Json:
        """Waits for a message that contains ``text`` and returns it, newest first."""
        found: Json = await self.until(lambda: self.find(text), within)
        return found

    def find(self, text: str) -> Json | None:
        """The newest message that contains ``text``."""
        return next((e for e in reversed(self.seen) if text in str(e["content"].get("body", ""))), None)

    def messages(self, room: str, sender: str = "") -> list[Json]:
        """All messages of a room, in order."""
        kinds = [e for e in self.seen if e["type"] == "m.room.message" and e["room_id"] == room]
        return [e for e in kinds if not sender or e["sender"] == sender]

    async def send(self, room: str, kind: str, content: Json, transaction: str = "") -> str:
        """Sends any event and returns its id."""
        await self.until_joined(room)
        await self._know_all()
        answer = await self.client.room_send(room, kind, content, transaction or None, ignore_unverified_devices=True)
        return str(answer.event_id)

    async def _know_all(self) -> None:
        """Asks for devices of which nothing is known but that they are there: without keys they could not read."""
        if self.client.should_query_keys:
            await self.client.keys_query()

    async def send_sealed(self, room: str, kind: str, content: Json) -> str:
        """Sends encrypted what clients send open, so that no server can check what it refers to."""
        await self._know_all()
        with suppress(LocalProtocolError):  # the key is shared already
            await self.client.share_group_session(room, ignore_unverified_devices=True)
        sealed, wrapped = self.client.encrypt(room, kind, content)
        wrapped.pop("m.relates_to", None)
        address = f"/_matrix/client/v3/rooms/{quote(room)}/send/{sealed}/{uuid4().hex}"
        return str(self.call("PUT", address, wrapped)["event_id"])

    async def leave(self, room: str) -> str:
        """Leaves a room; returns the event that says so."""
        address = f"/_matrix/client/v3/rooms/{quote(room)}/state/m.room.member/{quote(self.id)}"
        return str(self.call("PUT", address, {"membership": "leave"})["event_id"])

    async def say(self, room: str, text: str, **more: Any) -> str:
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def send_file(self, room: str, name: str, content: bytes, *, picture: bool) -> str:
        """A picture or file, sealed, as clients send it into an encrypted room."""
        sealed, opening = encrypt_attachment(content)
        kind = "image/png" if picture else "application/octet-stream"
        told, _ = await self.client.upload(
            io.BytesIO(sealed), content_type="application/octet-stream", filename=name, filesize=len(sealed)
        )
        file = opening | {"url": told.content_uri, "v": "v2"}
        info = {"mimetype": kind, "size": len(content)}
        what = {"msgtype": "m.image" if picture else "m.file", "body": name, "filename": name}
        return await self.send(room, "m.room.message", what | {"file": file, "info": info})

    async def reply(self, room: str, to: str, text: str) -> str:
        return await self.say(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}})

    async def reply_in_thread(self, room: str, root: str, text: str, to: str = "") -> str:
        relation = {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": not to,
            "m.in_reply_to": {"event_id": to or root},
        }  # fmt: skip
        return await self.say(room, text, **{"m.relates_to": relation})

    async def edit(self, room: str, message: str, text: str) -> str:
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": message}
        return await self.say(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    async def react(self, room: str, message: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": message, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def vote(self, room: str, poll: str, *answers: str) -> str:
        relation = {"rel_type": "m.reference", "event_id": poll}
        kind = "org.matrix.msc3381.poll.response"
        return await self.send(room, kind, {"m.relates_to": relation, kind: {"answers": list(answers)}})

    async def create_room(self, *invited: str, direct: bool = False, encrypted: bool = True, **more: Any) -> str:
        """Makes a room and returns its id."""
        encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
        wanted = {
            "preset": "trusted_private_chat" if direct else "private_chat",
            "is_direct": direct,
            "invite": list(invited),
            "initial_state": [encryption] if encrypted else [],
            **more,
        }
        return str(self.call("POST", "/_matrix/client/v3/createRoom", wanted)["room_id"])

    async def join(self, room: str) -> None:
        await self.client.join(room)
        await self.until_joined(room)

    async def until_joined(self, room: str) -> None:
        await asyncio.wait_for(self._until(lambda: room in self.client.rooms), PATIENCE)

    async def until_invited(self) -> None:
        """Waits until somebody invites this person."""
        await asyncio.wait_for(self._until(lambda: bool(self.client.invited_rooms)), PATIENCE)

    async def until_there(self, room: str, user: str) -> None:
        """Waits until somebody else is in the room."""
        rooms = self.client.rooms
        await self.until_joined(room)
        there = rooms[room]
        await asyncio.wait_for(self._until(lambda: user in set(there.users) - set(there.invited_users)), PATIENCE)

    async def _until(self, met: Callable[[], bool]) -> None:
        while not met():
            await self.client.synced.wait()

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """A request of one's own making, past the client library."""
        return self.server.call(method, path, body, self.account.token)
