"""Rooms: group chats connected to the programme."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.chat import Action, Html, Moved, Removed
from domain.people import Purpose, Role, Room
from domain.refusal import Refused
from domain.writing import folded, one_line, within
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import begin
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Command, Place, Press, Routes
from storage import audit, dialogs, outbox, people, rooms
from storage.dialogs import Data

NAME_LIMIT = 60
PER_PAGE = 10
CODE_LENGTH = 8
STANDING_USES = 10_000
STANDING_LIFE = timedelta(days=3 * 365)
"""How long the link in a room lets its members in: as long as a programme may run."""
_COORDINATION = frozenset({"koordination", "coordination"})
_NAME = re.compile(r"\bname\s*[=:]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wish:
    name: str
    purpose: Purpose
    group: int | None


def connect(here: Here, argument: str) -> None:
    """``/verbinden [Gruppe|koordination] [name=…]``: serve this room from now on, or otherwise than before."""
    wish = _read(here, one_line(argument))
    language = here.room.language if here.room else here.policy.language
    address = here.address
    room = rooms.connect_room(here.db, address.channel, address.chat, wish.name, language, wish.purpose, wish.group)
    here.room = room
    here.voice = here.voice_here()
    if not room.name:
        here.room = room = replace(room, name=here.voice.plain("rooms-numbered", number=room.id))
        rooms.change_room(here.db, room.id, name=room.name)
    audit.add_entry(here.db, here.now, here.me.id, "rooms.connect", (room.id,))
    _revoke_standing(here, room)
    here.reply(_connected(here, room))


def _read(here: Here, argument: str) -> _Wish:
    """What was asked for; without a word, a room that is connected stays what it is."""
    kind, *name = (part.strip() for part in _NAME.split(argument, maxsplit=1))
    called = within(" ".join(name), NAME_LIMIT)
    if folded(kind) in _COORDINATION:
        return _Wish(called or here.voice.plain("rooms-coordination"), Purpose.COORDINATION, None)
    if kind:
        group = people.get_group(here.db, kind)
        return _Wish(called or group.name, Purpose.PROGRAMME, group.id)
    if here.room:
        return _Wish(called or here.room.name, here.room.purpose, here.room.group)
    return _Wish(called, Purpose.PROGRAMME, None)


def _connected(here: Here, room: Room) -> Html:
    if room.purpose is Purpose.COORDINATION:
        return here.say("rooms-connected-coordination", room=room.name)
    group = people.find_group_by_id(here.db, room.group) if room.group is not None else None
    lines = [here.say("rooms-connected", room=room.name, programme=here.policy.programme)]
    if group:
        lines.append(here.say("rooms-connected-group", group=group.name))
    return Html.joined("\n\n", [*lines, here.say("rooms-connected-try"), _way_in(here, room)])


def _way_in(here: Here, room: Room) -> Html:
    """How those in the room who are no members yet become so; a link only where that is the rule."""
    if here.policy.join == "invite":
        return here.say("rooms-join-invite")
    code = _standing_code(here, room) if here.policy.join == "room" else ""
    link = here.messenger.link(code)
    if link:
        return here.say("rooms-join-link", link=link)
    return here.say("rooms-join-code", code=code) if code else here.say("rooms-join-open")


def _prefix(room: Room) -> str:
    """How the standing codes of a room begin; other codes have no dash."""
    return f"R{room.id}-"


def _standing_code(here: Here, room: Room) -> str:
    code = _prefix(room) + here.token(CODE_LENGTH)
    expires = here.now + STANDING_LIFE
    people.add_invitation(here.db, code, Role.PARTICIPANT, room.group, STANDING_USES, expires, here.me.id)
    return code


def _revoke_standing(here: Here, room: Room) -> None:
    for invitation in people.list_invitations(here.db, here.now):
        if invitation.code.startswith(_prefix(room)):
            people.revoke_invitation(here.db, invitation.id)


def disconnect(here: Here, _: str) -> None:
    """``/trennen``: serve this room no longer, after asking once more."""
    begin(here, DISCONNECT, STEP, {"room": _get_room(here).id})


def _get_room(here: Here) -> Room:
    if here.room is None:
        raise Refused("rooms-not-connected")
    return here.room


def _ask_disconnect(here: Here, _: Data) -> Html:
    return here.say("rooms-ask-disconnect", room=_get_room(here).name)


def _disconnect(here: Here, _: Data) -> None:
    _cut(here, _get_room(here), here.me.id)
    here.reply(here.say("rooms-disconnected"))


DISCONNECT = confirmation("rooms.disconnect", Role.COORDINATOR, _ask_disconnect, "rooms-button-disconnect", _disconnect)


def _cut(here: Here, room: Room, actor: int | None) -> None:
    rooms.disconnect_room(here.db, room.channel, room.chat)
    _revoke_standing(here, room)
    audit.add_entry(here.db, here.now, actor, "rooms.disconnect", (room.id,))


def removed(here: Here, _: Removed) -> None:
    """Somebody took the assistant out of the chat: out of every room that is part of it."""
    for room in rooms.list_rooms_in(here.db, here.address.channel, here.address.chat):
        _cut(here, room, None)


def moved(here: Here, arrival: Moved) -> None:
    """The chat has a new id on its messenger: its rooms, what waits and what is open go along."""
    channel, chat = arrival.address.channel, arrival.address.chat
    rooms.move_room(here.db, channel, chat, arrival.chat)
    outbox.move_chat(here.db, arrival.address, arrival.chat)
    dialogs.move_dialogs(here.db, channel, chat, arrival.chat)
    if arrival.address.private and here.account and here.account.chat in ("", chat):
        people.note_direct_chat(here.db, here.account.id, channel, arrival.chat)


def list_rooms(here: Here, _: str) -> None:
    """``/räume``: the connected rooms."""
    page(here, 0)


def page(here: Here, offset: int) -> None:
    """One page of them."""
    found = rooms.list_rooms(here.db)
    if not found:
        raise Refused("rooms-none")
    start = page_start(offset, PER_PAGE, len(found))
    pages = page_count(PER_PAGE, len(found))
    head = here.say("rooms-head", total=len(found), page=start // PER_PAGE + 1, pages=pages)
    lines = [_line(here, room) for room in found[start : start + PER_PAGE]]
    turns = page_buttons(here.voice, Action("rooms.page"), start, PER_PAGE, len(found))
    here.replace_pressed(Html.joined("\n", [head, *lines]), turns)


def _line(here: Here, room: Room) -> Html:
    messenger = here.messengers.get(room.channel)
    group = people.find_group_by_id(here.db, room.group) if room.group is not None else None
    return here.say(
        "rooms-line",
        room=room.name,
        messenger=here.voice.plain(f"common-messenger-{messenger.kind}") if messenger else room.channel,
        purpose=here.voice.plain(f"rooms-purpose-{room.purpose}"),
        group=here.voice.plain("people-in-group", group=group.name) if group else here.voice.plain("people-groupless"),
    )


ROUTES = Routes(
    commands=(
        Command("rooms.connect", ("verbinden", "connect"), connect, Role.COORDINATOR, Place.ROOM),
        Command("rooms.disconnect", ("trennen", "disconnect"), disconnect, Role.COORDINATOR, Place.ROOM),
        Command("rooms.list", ("räume", "rooms"), list_rooms, Role.COORDINATOR, Place.DIRECT),
    ),
    presses={"rooms.page": Press(page, Role.COORDINATOR)},
    dialogues=(DISCONNECT,),
    arrivals={Removed: removed, Moved: moved},
)
