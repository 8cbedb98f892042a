"""What each event of a room means: event in, arrival out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.matrix.guards import is_event, moment, opened
from bot.channels.matrix.incoming import Shared
from bot.channels.matrix.media import file_of
from bot.channels.matrix.rooms import Room
from domain.chat import Address, Declined, Edited, File, Incoming, Left, Opened, Pressed, Removed, Said, Sender
from tests.channels.matrix.events import (
    AT,
    CHANNEL,
    HERE,
    ME,
    NOW,
    OFFICER,
    OTHER,
    READER,
    ROOM,
    SENDER,
    SENT,
    Json,
    event,
    member,
    message,
    room,
)

WHO: Shared = {"id": "$event", "at": AT, "sender": SENDER, "address": HERE}
PRIVATE: Shared = WHO | {"address": Address(CHANNEL, ROOM, private=True)}


def said(text: str, reply_to: str = "") -> Said:
    return Said(**WHO, message="$event", text=text, reply_to=reply_to)


def thread(root: str, to: str, *, falling_back: bool) -> Json:
    relation = {"rel_type": "m.thread", "event_id": root, "is_falling_back": falling_back}
    return relation | {"m.in_reply_to": {"event_id": to}}


def reacted(key: Any, **relation: Any) -> Json:
    return event(
        "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$card", "key": key} | relation}
    )


QUOTED = "> <@themenbote:musterstadt.example> Thema 3\n> zweite Zeile\n\ndafür\nund wie"
REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$card"}}}
REPLACE = {"rel_type": "m.replace", "event_id": "$first"}
NEW = {"m.new_content": {"msgtype": "m.text", "body": "neu"}}

ROOM_EVENTS: list[tuple[str, Json, Incoming | None]] = [
    ("a message", message("!themen"), said("!themen")),
    ("an emote", message("winkt", msgtype="m.emote"), said("winkt")),
    ("an answer", message("dafür", **REPLY), said("dafür", "$card")),
    ("an answer with the quotation of older clients", message(QUOTED, **REPLY), said("dafür\nund wie", "$card")),
    ("a quotation that is no answer", message("> so\n\nmeine ich"), said("> so\n\nmeine ich")),
    ("an answer that is a quotation alone", message("> so", **REPLY), said("> so", "$card")),
    (
        "in a thread",
        message("Wie?", **{"m.relates_to": thread("$root", "$last", falling_back=True)}),
        said("Wie?", "$root"),
    ),
    (
        "an answer within a thread",
        message("So", **{"m.relates_to": thread("$root", "$other", falling_back=False)}),
        said("So", "$other"),
    ),
    ("a picture with words", message("Unsere Wand", msgtype="m.image", filename="a.png"), said("Unsere Wand")),
    ("a picture without", message("a.png", msgtype="m.image"), None),
    ("a picture named like itself", message("a.png", msgtype="m.image", filename="a.png"), None),
    ("a notice of another bot", message("Guten Tag", msgtype="m.notice"), None),
    ("an edit", message("* neu", **NEW, **{"m.relates_to": REPLACE}), Edited(**WHO, message="$first", text="neu")),
    ("an edit without its new content", message("* neu", **{"m.relates_to": REPLACE}), None),
    ("an edit of nothing", message("* neu", **NEW, **{"m.relates_to": {"rel_type": "m.replace"}}), None),
    ("a reaction with a number", reacted("1️⃣"), Pressed(**WHO, message="$card", index=0)),
    ("a reaction without variation selector", reacted("3⃣"), Pressed(**WHO, message="$card", index=2)),
    ("a reaction with the number ten", reacted("🔟"), Pressed(**WHO, message="$card", index=9)),
    ("another reaction", reacted("👍"), None),
    ("a bare digit", reacted("1"), None),
    ("zero", reacted("0️⃣"), None),
    ("a reaction to nothing", reacted("1️⃣", event_id=None), None),
    ("a reaction of another kind", reacted("1️⃣", rel_type="m.reference"), None),
    ("our own message", message("Guten Tag") | {"sender": ME}, None),
    ("our own reaction", reacted("1️⃣") | {"sender": ME}, None),
    ("a redacted message", event("m.room.message", {}), None),
    ("a body that is no text", message(7), None),
    ("a message that is state", message("!themen") | {"state_key": ""}, None),
    ("somebody coming in", member(OTHER, "join", "invite"), None),
    ("somebody with a new name", member(OTHER, "join", "join"), None),
    ("somebody leaving", member(OFFICER, "leave", "join"), Left(**WHO)),
    (
        "somebody taken out",
        member(OTHER, "ban", "join"),
        Left(**(WHO | {"sender": Sender(OTHER, "Musterkreis")})),
    ),
    ("an invitation that was declined", member(OTHER, "leave", "invite"), None),
    ("a member event that is none", event("m.room.member", {"membership": "leave"}), None),
    ("a topic", event("m.room.topic", {"topic": "x"}, state_key=""), None),
    ("something unheard of", event("org.example.dance", {"body": "x"}), None),
]


@pytest.mark.parametrize(("given", "meant"), [row[1:] for row in ROOM_EVENTS], ids=[row[0] for row in ROOM_EVENTS])
def test_an_event_in_a_room(given: Json, meant: Incoming | None) -> None:
    assert READER.read(given, room(), NOW) == meant


DIRECT_EVENTS: list[tuple[str, Json, Incoming | None]] = [
    ("a message", message("themen"), Said(**PRIVATE, message="$event", text="themen")),
    ("we came in", member(ME, "join", "invite"), Opened(**PRIVATE)),
    ("the person came in", member(OFFICER, "join", "invite"), Opened(**PRIVATE)),
    ("the person has a new picture", member(OFFICER, "join", "join"), None),
    ("the person left", member(OFFICER, "leave", "join"), Left(**PRIVATE)),
]


@pytest.mark.parametrize(("given", "meant"), [row[1:] for row in DIRECT_EVENTS], ids=[row[0] for row in DIRECT_EVENTS])
def test_an_event_in_a_direct_chat(given: Json, meant: Incoming | None) -> None:
    assert READER.read(given, room(direct=True, members=2), NOW) == meant


def test_our_own_coming_into_a_direct_chat_we_made_is_no_news() -> None:
    ours = room(direct=True, members=2)
    ours.maker = ME
    assert READER.read(member(ME, "join"), ours, NOW) is None
    assert READER.read(member(OFFICER, "join", "invite"), ours, NOW) is None, "they come because we invited them"
    assert READER.read(member(OFFICER, "leave", "invite"), ours, NOW) == Declined(**PRIVATE)
    assert READER.read(member(OFFICER, "leave", "join"), ours, NOW) == Left(**PRIVATE)


@pytest.mark.parametrize(
    ("given", "removed"),
    [
        (member(ME, "leave", "join"), True),
        (member(ME, "ban", "join"), True),
        (member(ME, "leave", "join", sender=ME), False),
        (member(ME, "leave", "invite"), False),
        (member(OTHER, "leave", "join"), False),
        (event("m.room.member", {"membership": "leave"}), False),
    ],
)
def test_out_of_a_room(given: Json, *, removed: bool) -> None:
    assert READER.removed(given, room(), NOW) == (Removed(**WHO) if removed else None)


def test_a_name_that_is_none_is_replaced_by_the_id() -> None:
    anonymous = room()
    names: tuple[Any, ...] = (None, "", "  ", 7, {})
    for name in names:
        anonymous.members[OFFICER] = {"membership": "join", "displayname": name}
        incoming = READER.read(message("x"), anonymous, NOW)
        assert incoming is not None
        assert incoming.sender.name == OFFICER


@pytest.mark.parametrize("sent", [-1, 0, 10**18, 10**400, int((NOW.timestamp() + 3600) * 1000)])
def test_a_time_that_cannot_be_is_now(sent: int) -> None:
    assert moment(sent, NOW) == NOW


def test_a_time_in_the_past_is_kept() -> None:
    assert moment(SENT, NOW) == AT == datetime(2026, 11, 7, 8, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "m.room.member", "content": {"membership": "leave"}, "state_key": OFFICER},
        {"type": "m.room.member", "content": {"membership": "leave"}},
        {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "x"}, "state_key": ""},
        {"type": "m.room.power_levels", "content": {}},
        {"type": "m.room.tombstone", "content": {"replacement_room": "!x"}},
        {"type": "m.room.encrypted", "content": {}},
        {"type": ["m.room.message"], "content": {}},
        {"type": "m.room.message", "content": "x"},
        {},
    ],
)
def test_a_payload_that_cannot_come_encrypted_is_dropped(payload: Json) -> None:
    assert opened(event("m.room.encrypted", {}), payload) is None


def test_an_opened_event_keeps_what_the_server_says_of_it() -> None:
    sealed = event("m.room.encrypted", {"ciphertext": "x", "m.relates_to": {"rel_type": "m.thread"}})
    payload = {"type": "m.reaction", "content": {"x": 1}, "sender": OTHER, "event_id": "$forged"}
    content = {"m.relates_to": {"rel_type": "m.thread"}, "x": 1}
    assert opened(sealed, payload) == event("m.reaction", content)


@pytest.mark.parametrize("name", ["type", "sender", "event_id", "content", "origin_server_ts"])
@pytest.mark.parametrize("value", [None, [], 7.5])
def test_what_has_not_the_shape_of_an_event_is_none(name: str, value: Any) -> None:
    assert is_event(message("x"))
    assert not is_event(message("x") | {name: value})
    assert not is_event(None)


def test_a_direct_chat_is_private_as_long_as_nobody_else_is_let_in() -> None:
    chat = Room(ROOM, direct=True)
    private = []
    for step in (member(ME, "join"), member(OFFICER, "invite"), member(OTHER, "invite"), member(OTHER, "leave")):
        chat.apply(step)
        private.append(chat.private)
    assert private == [True, True, False, True]
    assert chat.others(ME) == [OFFICER]


MXC = "mxc://musterstadt.example/AbC-1"
SEALED = {"url": MXC, "key": {"k": "k1"}, "iv": "iv1", "hashes": {"sha256": "h1"}, "v": "v2"}
INFO = {"mimetype": "image/png", "size": 68}


@pytest.mark.parametrize(
    ("content", "ref"),
    [
        ({"url": MXC}, MXC),
        ({"file": SEALED}, f"{MXC} k1 h1 iv1"),
        ({}, ""),
        ({"url": 7}, ""),
        ({"url": "https://musterstadt.example/a.png"}, ""),
        ({"url": "mxc://musterstadt.example/../../v3/logout"}, ""),
        ({"url": "mxc://musterstadt.example/a?b=c"}, ""),
        ({"file": SEALED | {"key": "k1"}}, ""),
        ({"file": SEALED | {"iv": None}}, ""),
        ({"file": SEALED | {"hashes": {"sha256": "h 1"}}}, ""),
        ({"file": SEALED | {"url": "mxc://a/b c"}}, ""),
        ({"url": MXC, "info": INFO | {"size": "68"}}, ""),
        ({"url": MXC, "info": INFO | {"size": -1}}, ""),
        ({"url": MXC, "info": INFO | {"mimetype": 7}}, ""),
    ],
)
def test_files_are_named_by_what_opens_them(content: Json, ref: str) -> None:
    found = file_of({"msgtype": "m.image", "body": "a.png", "info": INFO} | content)
    assert (found.ref if found else "") == ref
    assert not ref or found == File("a.png", "image/png", 68, ref)


def test_a_picture_without_words_is_heard_in_a_direct_chat_alone() -> None:
    picture = message("a.png", msgtype="m.image", url=MXC, info=INFO)
    assert READER.read(picture, room(), NOW) is None
    heard = READER.read(picture, room(direct=True, members=2), NOW)
    assert isinstance(heard, Said)
    assert (heard.text, heard.file) == ("", File("a.png", "image/png", 68, MXC))
    described = READER.read(message("Der Plan", msgtype="m.file", filename="plan.pdf", url=MXC), room(), NOW)
    assert isinstance(described, Said)
    assert described.text == "Der Plan"
    assert described.file == File("plan.pdf", "application/octet-stream", 0, MXC)
