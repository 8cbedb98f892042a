"""What admins alone do: roles, the audit log, what is set, deletion on behalf."""

from dataclasses import replace
from itertools import chain, repeat

from domain.chat import Action, Html, Message
from domain.people import Member, Role
from domain.refusal import Refused
from domain.roles import read_role
from domain.topics import subject
from domain.writing import one_line, shortened
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin, option
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Command, Place, Press, Routes
from storage import audit, dialogs, people, rooms, topics
from storage.audit import Entry
from storage.dialogs import Data

ENTRIES_PER_PAGE = 10
WORD_SHOWN = 30
ROLES_GIVEN = (Role.PARTICIPANT, Role.PARTNER, Role.COORDINATOR, Role.ADMIN)


def change_role(here: Here, argument: str) -> None:
    """``/rolle Musterstadt koordination``; what is missing is asked."""
    line = one_line(argument)
    name, _, last = line.rpartition(" ")
    role = read_role(last)
    if name and role:
        _set_role(here, people.get_member(here.db, name), role)
    elif line:
        begin(here, ROLE, "role", {"member": _get_named(here, line).id})
    else:
        begin(here, ROLE, "name")


def _get_named(here: Here, line: str) -> Member:
    """The member named by the whole line.

    Raises :class:`Refused`. Where all but the last word is a name, the last word must have been meant as a role.
    """
    name, _, last = line.rpartition(" ")
    called = {member.name.casefold() for member in people.list_members(here.db)}
    if line.casefold() not in called and name.casefold() in called:
        raise Refused("common-role-unknown", word=shortened(last, WORD_SHOWN))
    return people.get_member(here.db, line)


def _ask_name(here: Here, _: Data) -> Message:
    return Message(here.say("admin-ask-whose-role"))


def _take_name(here: Here, data: Data, text: str) -> str:
    data["member"] = people.get_member(here.db, one_line(text)).id
    return "role"


def _ask_role(here: Here, data: Data) -> Message:
    member = _get_member(here, data["member"])
    now = here.voice.plain(f"common-role-{member.role.word}")
    return Message(
        here.say("admin-ask-role", name=member.name, role=now),
        tuple((option(here.voice, f"common-role-{role.word}", role.word),) for role in ROLES_GIVEN),
    )


def _take_role(here: Here, data: Data, text: str) -> None:
    role = read_role(text)
    if role is None:
        raise Refused("common-role-unknown", word=shortened(text, WORD_SHOWN))
    _set_role(here, _get_member(here, data["member"]), role)


ROLE = Dialogue("admin.role", Role.ADMIN, {"name": Step(_ask_name, _take_name), "role": Step(_ask_role, _take_role)})


def _get_member(here: Here, number: int) -> Member:
    member = people.find_member(here.db, number)
    if member is None:
        raise Refused("admin-gone-already")
    return member


def _set_role(here: Here, member: Member, role: Role) -> None:
    word = here.voice.plain(f"common-role-{role.word}")
    if role is member.role:
        raise Refused("admin-role-same", name=member.name, role=word)
    _keep_an_admin(here, member)
    people.change_member(here.db, member.id, role=role)
    audit.add_entry(here.db, here.now, here.me.id, "admin.role", (member.id, role.word))
    here.reply(here.say("admin-role-set", name=member.name, role=word))
    if member.id == here.me.id:
        here.member = replace(member, role=role)
    else:
        here.tell(
            member, lambda voice: Message(voice.say("admin-role-yours", role=voice.plain(f"common-role-{role.word}")))
        )


def _keep_an_admin(here: Here, member: Member) -> None:
    """Raise :class:`Refused` when nobody could manage the programme without this member."""
    if member.role is Role.ADMIN and len(people.list_members(here.db, role=Role.ADMIN)) == 1:
        raise Refused("admin-last")


def remove(here: Here, argument: str) -> None:
    """``/entfernen Musterstadt``: delete somebody's data on their behalf, after asking once more."""
    member = people.get_member(here.db, one_line(argument))
    _keep_an_admin(here, member)
    begin(here, REMOVE, STEP, {"member": member.id})


def _ask_remove(here: Here, data: Data) -> Html:
    return here.say("admin-ask-remove", name=_get_member(here, data["member"]).name)


def _remove(here: Here, data: Data) -> None:
    member = _get_member(here, data["member"])
    _keep_an_admin(here, member)
    audit.add_entry(here.db, here.now, here.me.id, "admin.remove", (member.id,))
    here.reply(here.say("admin-removed", name=member.name))
    for account in people.list_accounts(here.db, member.id):
        dialogs.end_dialog(here.db, account.channel, account.chat, account.user)
    for topic in topics.list_touched(here.db, member.id):
        here.refresh(subject(topic))
    people.remove_member(here.db, member.id)


REMOVE = confirmation("admin.remove", Role.ADMIN, _ask_remove, "admin-button-remove", _remove)


def show_log(here: Here, _: str) -> None:
    """``/protokoll``: what coordinators and admins did, newest first."""
    page_log(here, 0)


def page_log(here: Here, offset: int) -> None:
    """One page of the log."""
    total = audit.count_entries(here.db)
    if not total:
        raise Refused("admin-log-empty")
    start = page_start(offset, ENTRIES_PER_PAGE, total)
    pages = page_count(ENTRIES_PER_PAGE, total)
    head = here.say("admin-log-head", total=total, page=start // ENTRIES_PER_PAGE + 1, pages=pages)
    lines = [_entry(here, entry) for entry in audit.list_entries(here.db, start, ENTRIES_PER_PAGE)]
    turns = page_buttons(here.voice, Action("admin.log"), start, ENTRIES_PER_PAGE, total)
    here.replace_pressed(Html.joined("\n", [head, *lines]), turns)


def _entry(here: Here, entry: Entry) -> Html:
    """The act in words; what it was about by name as far as it is still there."""
    kinds = chain(_ABOUT.get(entry.act, ()), repeat("number"))
    words = [_object(here, kind, value) for kind, value in zip(kinds, entry.objects, strict=False)]
    about = dict(zip(("one", "two"), [*words, "", ""], strict=False))
    actor = _object(here, "member", entry.actor) if entry.actor else here.voice.plain("audit-nobody")
    act = entry.act.replace(".", "-").replace("_", "-")
    return here.say("audit-line", at=entry.at, actor=actor, did=here.say(f"audit-{act}", **about))


_ABOUT = {
    "admin.remove": ("number",),
    "admin.role": ("member", "role"),
    "people.create_group": ("group",),
    "people.invite": ("number", "role"),
    "people.join_group": ("group", "member"),
    "people.leave_group": ("group", "member"),
    "rooms.connect": ("room",),
    "rooms.disconnect": ("room",),
    "rooms.language": ("room", "language"),
    "topics.move": ("number", "state"),
}
"""What the objects of an act are, where they are not just numbers."""


def _object(here: Here, kind: str, value: int | str) -> str:
    match kind, value:
        case "member", int():
            member = people.find_member(here.db, value)
            return member.name if member else here.voice.plain("audit-former", number=value)
        case "group", int():
            group = people.find_group_by_id(here.db, value)
            return group.name if group else str(value)
        case "room", int():
            connected = (room.name for room in rooms.list_rooms(here.db) if room.id == value)
            return next(connected, here.voice.plain("rooms-numbered", number=value))
        case (("role" | "language"), str()):
            return here.voice.plain(f"common-{kind}-{value}")
        case "state", str():
            return here.voice.plain(f"topics-state-{value.replace('_', '-')}")
    return str(value)


def show_settings(here: Here, _: str) -> None:
    """``/einstellungen``: what is in force, read only."""
    policy, voice = here.policy, here.voice
    lines = [
        voice.say("admin-settings-head"),
        voice.say("admin-settings-programme", programme=policy.programme, timezone=str(policy.timezone)),
        voice.say("admin-settings-language", language=voice.plain(f"common-language-{policy.language}")),
        voice.say("admin-settings-join", join=voice.plain(f"admin-join-{policy.join}")),
        voice.say("admin-settings-approval", on=voice.plain("common-yes" if policy.second_approval else "common-no")),
        voice.say("admin-settings-moderation", on=voice.plain("common-yes" if policy.moderation else "common-no")),
        voice.say("admin-settings-privacy", threshold=policy.threshold, version=policy.privacy_version),
        voice.say("admin-settings-change"),
    ]
    here.reply(Html.joined("\n", lines))


ROUTES = Routes(
    commands=(
        Command("admin.role", ("rolle", "role"), change_role, Role.ADMIN, Place.DIRECT),
        Command("admin.remove", ("entfernen", "remove"), remove, Role.ADMIN, Place.DIRECT, needs="admin-ask-whom"),
        Command("admin.log", ("protokoll", "log"), show_log, Role.ADMIN, Place.DIRECT),
        Command("admin.settings", ("einstellungen", "settings"), show_settings, Role.ADMIN, Place.DIRECT),
    ),
    presses={"admin.log": Press(page_log, Role.ADMIN)},
    dialogues=(ROLE, REMOVE),
)
