"""Captured payload → Incoming."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.incoming import KINDS, Ignored, Reader
from domain.chat import Address, Arrival, Edited, File, Incoming, Left, Moved, Opened, Pressed, Removed, Said, Sender
from tests.channels.telegram.payloads import (
    ANONYMOUS,
    AT,
    BOT,
    CARD,
    COMMAND,
    DIRECT,
    FORUM,
    GROUP,
    IN_TOPIC,
    ME,
    OFFICE,
    PHOTO,
    SUPERGROUP,
    TOPIC_ROOT,
    TOWN,
    UPDATE,
    Json,
    arrived,
    changed,
    member,
    message,
    pressed,
    said,
)

NOW = datetime(2026, 11, 20, 10, 31, tzinfo=UTC)
THEN = datetime.fromtimestamp(AT, UTC)
LATER = datetime.fromtimestamp(AT + 60, UTC)
READER = Reader("telegram", ME)

PERSON = Sender("5000000001", "Amt Musterstadt", "de")
COORDINATOR = Sender("42", "Koordination", "")
HERE = Address("telegram", "5000000001", private=True)
ROOM = Address("telegram", "-4000000001", private=False)
HALL = Address("telegram", "-1002000000001", private=False)
TOPIC = Address("telegram", "-1002000000002/45", private=False)


def meant(kind: Callable[..., Incoming], address: Address = HERE, at: datetime = THEN, **fields: Any) -> Incoming:
    return kind(**{"id": str(UPDATE), "at": at, "sender": PERSON, "address": address} | fields)


def heard(text: str, address: Address = HERE, **fields: Any) -> Incoming:
    return meant(Said, address, message="17", text=text, **fields)


LEFT = member(TOWN, "left")
PICTURE = File("photo.jpg", "image/jpeg", 1000, "AgAD")
DOCUMENT = {
    "file_id": "BQACAgIAAxk",
    "file_unique_id": "AgADBQ",
    "file_size": 1234,
    "file_name": "plan.pdf",
    "mime_type": "application/pdf",
}
PLAN = File("plan.pdf", "application/pdf", 1234, "BQACAgIAAxk")

TABLE: dict[str, tuple[Json, Incoming | Ignored]] = {
    "text": (said("Wie erreichen wir Eltern?"), heard("Wie erreichen wir Eltern?")),
    "text with markup": (said("<b>x</b> & y", entities=[]), heard("<b>x</b> & y")),
    "text in a group": (said("/themen", chat=GROUP, entities=COMMAND), heard("/themen", ROOM)),
    "no language": (said("Hallo", sender=OFFICE), heard("Hallo", sender=COORDINATOR)),
    "language of three letters": (
        said("Hallo", sender=OFFICE | {"language_code": "fil"}),
        heard("Hallo", sender=COORDINATOR),
    ),
    "caption": (said(photo=PHOTO, caption="/thema Wie?"), heard("/thema Wie?", file=PICTURE)),
    "document": (said(document=DOCUMENT, caption="Der Plan"), heard("Der Plan", file=PLAN)),
    "bare document": (
        said(document={"file_id": "BQAC", "file_unique_id": "u"}),
        heard("", file=File("file", "application/octet-stream", 0, "BQAC")),
    ),
    "forwarded": (said("/start nie", forward_origin={"type": "user"}, via_bot=BOT), meant(Opened, payload="nie")),
    "command to us": (said("/Themen@themenbot Sprache", chat=GROUP), heard("/Themen Sprache", ROOM)),
    "command to us alone": (said("/themen@ThemenBot", chat=GROUP), heard("/themen", ROOM)),
    "command to another": (said("/themen@OtherBot", chat=GROUP), Ignored("command to another bot")),
    "an address is no command": (said("/a@ThemenBot.de", chat=GROUP), heard("/a@ThemenBot.de", ROOM)),
    "mention": (said("@ThemenBot themen", chat=GROUP), heard("@ThemenBot themen", ROOM)),
    "reply to our card": (said("+1", chat=GROUP, reply_to_message=CARD), heard("+1", ROOM, reply_to="99")),
    "reply across chats": (said("+1", external_reply={"origin": {}}), heard("+1")),
    "topic": (said("Hallo", **IN_TOPIC, reply_to_message=TOPIC_ROOT), heard("Hallo", TOPIC)),
    "reply in a topic": (said("ja", **IN_TOPIC, reply_to_message=CARD), heard("ja", TOPIC, reply_to="99")),
    "general topic": (said("Hallo", chat=FORUM), heard("Hallo", Address("telegram", "-1002000000002", private=False))),
    "thread of replies": (
        said("ja", chat=SUPERGROUP, message_thread_id=9, reply_to_message=CARD),
        heard("ja", HALL, reply_to="99"),
    ),
    "thread in a direct chat": (said("ja", message_thread_id=9, is_topic_message=True), heard("ja")),
    "start": (said("/start", entities=COMMAND), meant(Opened)),
    "start by a link": (said("/start K7-x_2", entities=COMMAND), meant(Opened, payload="K7-x_2")),
    "start in a group": (said("/start@ThemenBot K7", chat=GROUP), heard("/start K7", ROOM)),
    "start with a sentence": (said("/start mit allem"), heard("/start mit allem")),
    "voice in a direct chat": (said(voice={"duration": 3}), heard("")),
    "voice in a group": (said(voice={"duration": 3}, chat=GROUP), Ignored("message without words")),
    "one picture of several": (said(photo=PHOTO, media_group_id="7"), Ignored("message without words")),
    "edit": (
        arrived("edited_message", message("/thema neu", edit_date=AT + 60)),
        meant(Edited, at=LATER, message="17", text="/thema neu"),
    ),
    "edit of a command to us": (
        arrived("edited_message", message("/thema@ThemenBot neu", chat=GROUP, edit_date=AT + 60)),
        meant(Edited, ROOM, LATER, message="17", text="/thema neu"),
    ),
    "edit in a topic": (
        arrived("edited_message", message("neu", **IN_TOPIC, edit_date=AT + 60)),
        meant(Edited, TOPIC, LATER, message="17", text="neu"),
    ),
    "edit of a caption": (
        arrived("edited_message", message(photo=PHOTO, caption="neu", edit_date=AT + 60)),
        meant(Edited, at=LATER, message="17", text="neu"),
    ),
    "a location that moves": (
        arrived("edited_message", message(location={"latitude": 53.1, "longitude": 8.8}, edit_date=AT + 60)),
        Ignored("message without words"),
    ),
    "edit by a bot": (arrived("edited_message", message("x", sender=BOT, edit_date=AT)), Ignored("message of a bot")),
    "press": (pressed("4711:2", CARD), meant(Pressed, at=NOW, message="99", index=2, row=4711)),
    "press in a topic": (
        pressed("4711:0", CARD | IN_TOPIC),
        meant(Pressed, TOPIC, NOW, message="99", index=0, row=4711),
    ),
    "press under a deleted message": (
        pressed("1:0", {"chat": GROUP, "message_id": 99, "date": 0}),
        meant(Pressed, ROOM, NOW, message="99", index=0, row=1),
    ),
    "press with foreign data": (pressed("vote", CARD), Ignored("callback_query with data that is not ours")),
    "press with much data": (pressed("9" * 30 + ":1", CARD), Ignored("callback_query with data that is not ours")),
    "press with Arabic digits": (pressed("٣:١", CARD), Ignored("callback_query with data that is not ours")),
    "press with data of another type": (pressed(7, CARD), Ignored("malformed callback_query")),
    "press of a game": (
        arrived("callback_query", {"id": "1", "from": TOWN, "chat_instance": "1", "game_short_name": "x"}),
        Ignored("malformed callback_query"),
    ),
    "press under an inline message": (
        arrived("callback_query", {"id": "1", "from": TOWN, "inline_message_id": "x", "data": "1:0"}),
        Ignored("malformed callback_query"),
    ),
    "blocked": (changed("my_chat_member", DIRECT, BOT, "member", "kicked"), meant(Left)),
    "unblocked": (
        changed("my_chat_member", DIRECT, BOT, "kicked", "member"),
        Ignored("my_chat_member that closes nothing"),
    ),
    "we are thrown out": (
        changed("my_chat_member", GROUP, BOT, "administrator", "kicked", OFFICE),
        meant(Removed, ROOM, sender=COORDINATOR),
    ),
    "we are let go": (changed("my_chat_member", SUPERGROUP, BOT, "member", "left"), meant(Removed, HALL)),
    "we are silenced": (
        changed("my_chat_member", SUPERGROUP, BOT, "member", member(BOT, "restricted", is_member=True)),
        Ignored("my_chat_member that closes nothing"),
    ),
    "we are brought in": (
        changed("my_chat_member", GROUP, BOT, "left", "member"),
        Ignored("my_chat_member that closes nothing"),
    ),
    "left by message": (
        said(chat=GROUP, sender=OFFICE, left_chat_participant=TOWN, left_chat_member=TOWN),
        meant(Left, ROOM),
    ),
    "our leaving by message": (said(chat=GROUP, left_chat_member=BOT), Ignored("a bot left")),
    "left as a member": (changed("chat_member", SUPERGROUP, TOWN, "member", "left", OFFICE), meant(Left, HALL)),
    "left as a silenced member": (
        changed("chat_member", SUPERGROUP, TOWN, member(TOWN, "restricted", is_member=True), LEFT),
        meant(Left, HALL),
    ),
    "kept outside": (
        changed("chat_member", SUPERGROUP, TOWN, member(TOWN, "restricted", is_member=False), LEFT),
        Ignored("chat_member who did not leave"),
    ),
    "joined": (
        changed("chat_member", SUPERGROUP, TOWN, "left", "member"),
        Ignored("chat_member who did not leave"),
    ),
    "moved": (
        said(chat=GROUP, migrate_to_chat_id=-1002000000001),
        meant(Moved, ROOM, id="moved:-4000000001", sender=Sender("7100000001", "Themenbote"), chat="-1002000000001"),
    ),
    "moved, told in the new group": (
        said(chat=SUPERGROUP, migrate_from_chat_id=-4000000001),
        Ignored("message without words"),
    ),
    "joined by message": (said(chat=GROUP, new_chat_members=[TOWN]), Ignored("message without words")),
    "pinned": (said(chat=GROUP, pinned_message=CARD), Ignored("message without words")),
    "topic opened": (arrived("message", TOPIC_ROOT), Ignored("message without words")),
    "pinned in a direct chat": (said(pinned_message=CARD), Ignored("message without words")),
    "another bot": (said("/themen", chat=GROUP, sender=BOT), Ignored("message of a bot")),
    "anonymous administrator": (
        said("/themen", chat=SUPERGROUP, sender=ANONYMOUS, sender_chat=SUPERGROUP),
        Ignored("message of a channel or an anonymous administrator"),
    ),
    "channel": (
        said("/themen", chat=SUPERGROUP, sender={"id": 777000, "is_bot": False, "first_name": "Telegram"})
        | {"message": message("x", chat=SUPERGROUP, sender_chat={"id": -1, "type": "channel"})},
        Ignored("message of a channel or an anonymous administrator"),
    ),
    "unknown kind": (arrived("story_posted", {"id": 1}), Ignored("unknown kind story_posted")),
    "unknown kind of another type": (arrived("poll", 7), Ignored("unknown kind poll")),
    "nothing": ({"update_id": UPDATE}, Ignored("malformed nothing")),
    "message of another type": (arrived("message", ["text"]), Ignored("malformed message")),
    "message without sender": (
        arrived("message", {"message_id": 1, "chat": GROUP, "date": AT, "text": "x"}),
        Ignored("malformed message"),
    ),
    "text of another type": (said(text=["x"]), Ignored("malformed message")),
    "date of another type": (said("x", date="gestern"), Ignored("malformed message")),
    "date out of time": (said("x", date=10**18), Ignored("malformed message")),
    "chat id of another type": (said("x", chat=GROUP | {"id": "-1"}), Ignored("malformed message")),
    "topic without a thread": (said("x", chat=FORUM, is_topic_message=True), Ignored("malformed message")),
    "member without status": (
        changed("my_chat_member", GROUP, BOT, {"user": BOT}, "left"),
        Ignored("malformed my_chat_member"),
    ),
    "update id of another type": ({"update_id": "1", "message": message("x")}, Ignored("malformed message")),
}


@pytest.mark.parametrize(("update", "expected"), TABLE.values(), ids=TABLE)
def test_what_an_update_means(update: Json, expected: Incoming | Ignored) -> None:
    assert READER.read(update, NOW) == expected


def test_a_move_is_one_arrival_however_it_is_heard() -> None:
    told = READER.read(said(chat=GROUP, migrate_to_chat_id=-1002000000001), NOW)
    assert isinstance(told, Moved)
    assert READER.moved("-4000000001", "-1002000000001", NOW).id == told.id


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_ANYTHING = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
_FIELDS = "message_id from chat date text caption is_bot type id first_name data message update_id status user".split()


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(_FIELDS), _ANYTHING) | _ANYTHING)
def test_no_update_is_fatal(kind: str, body: object) -> None:
    assert isinstance(READER.read(arrived(kind, body), NOW), Arrival | Ignored)


@given(st.data())
def test_no_update_with_one_wrong_field_is_fatal(data: st.DataObject) -> None:
    updates = [update for update, expected in TABLE.values() if not isinstance(expected, Ignored)]
    update = data.draw(st.sampled_from(updates))
    spoiled = _spoiled(update, data) if data.draw(st.booleans()) else update
    name = data.draw(st.sampled_from(sorted(update)))
    spoiled = update | {name: _spoiled(update[name], data)}
    assert isinstance(READER.read(spoiled, NOW), Arrival | Ignored)


def _spoiled(value: Any, data: st.DataObject) -> Any:
    """The value with something else in one place."""
    if not isinstance(value, dict) or not value or data.draw(st.booleans()):
        return data.draw(_ANYTHING)
    name = data.draw(st.sampled_from(sorted(value)))
    return value | {name: _spoiled(value[name], data)}
