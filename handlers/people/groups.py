"""Groups, such as cohorts, and who is in them."""

import re

from domain.chat import Action, Html, Keyboard
from domain.people import Group, Member, Role
from domain.refusal import Refused
from domain.writing import one_line, shortened
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import begin
from handlers.paging import page_buttons, page_count, page_start
from handlers.people.names import group_name
from handlers.routing import Command, Place, Press, Routes
from storage import audit, people
from storage.dialogs import Data

PER_PAGE = 8
MEMBERS_PER_PAGE = 20
LABEL_SHOWN = 40
EVERYBODY = 0
"""In place of a group's id: all members."""
_CHANGE = re.compile(r"(.*?\S)\s+([-+−–])\s*(\S.*)")


def list_groups(here: Here, _: str) -> None:
    """``/gruppen``: all groups."""
    page_groups(here, 0)


def page_groups(here: Here, offset: int) -> None:
    """One page of the groups, each with a button that shows its members."""
    found = people.list_groups(here.db)
    if not found:
        raise Refused("people-groups-none")
    start = page_start(offset, PER_PAGE, len(found))
    shown = found[start : start + PER_PAGE]
    pages = page_count(PER_PAGE, len(found))
    head = here.say("people-groups-head", total=len(found), page=start // PER_PAGE + 1, pages=pages)
    lines = [here.say("people-groups-line", group=group.name, members=size) for group, size in shown]
    rows = tuple(
        (
            here.voice.button(
                "people-show-group", Action("people.show_group", (group.id,)), group=shortened(group.name, LABEL_SHOWN)
            ),
        )
        for group, _ in shown
    )
    turns = page_buttons(here.voice, Action("people.groups"), start, PER_PAGE, len(found))
    here.replace_pressed(Html.joined("\n", [head, *lines]), (*rows, *turns))


def change(here: Here, argument: str) -> None:
    """``/gruppe Kohorte 1`` shows or creates it, ``/gruppe Kohorte 1 + Musterstadt`` adds, with a minus removes."""
    line = one_line(argument)
    asked = _CHANGE.fullmatch(line)
    if asked:
        group, member = people.get_group(here.db, asked[1]), people.get_member(here.db, asked[3])
        (_add if asked[2] == "+" else _remove)(here, group, member)
        return
    group_found = people.find_group(here.db, line)
    if group_found:
        page_members(here, group_found.id, 0)
    else:
        begin(here, CREATE, STEP, {"name": group_name(line)})


def _ask_create(here: Here, data: Data) -> Html:
    return here.say("people-ask-create-group", group=data["name"])


def _create(here: Here, data: Data) -> None:
    group = people.add_group(here.db, data["name"])
    audit.add_entry(here.db, here.now, here.me.id, "people.create_group", (group.id,))
    here.reply(here.say("people-group-created", group=group.name))


CREATE = confirmation("people.create_group", Role.COORDINATOR, _ask_create, "people-create-group", _create)


def _add(here: Here, group: Group, member: Member) -> None:
    if group in people.list_groups_of(here.db, member.id):
        raise Refused("people-in-group-already", name=member.name, group=group.name)
    people.join_group(here.db, group.id, member.id)
    audit.add_entry(here.db, here.now, here.me.id, "people.join_group", (group.id, member.id))
    here.reply(here.say("people-group-added", name=member.name, group=group.name))


def _remove(here: Here, group: Group, member: Member) -> None:
    if not people.leave_group(here.db, group.id, member.id):
        raise Refused("people-not-in-group", name=member.name, group=group.name)
    audit.add_entry(here.db, here.now, here.me.id, "people.leave_group", (group.id, member.id))
    here.reply(here.say("people-group-removed", name=member.name, group=group.name))


def list_members(here: Here, argument: str) -> None:
    """``/mitglieder [Gruppe]``: everybody, or those of a group."""
    page_members(here, people.get_group(here.db, one_line(argument)).id if argument else EVERYBODY, 0)


def show_group(here: Here, number: int) -> None:
    """The members of a group chosen in the list, which stays as it is."""
    here.reply(*_members(here, number, 0))


def page_members(here: Here, number: int, offset: int) -> None:
    """One page of the members of a group, or of all."""
    here.replace_pressed(*_members(here, number, offset))


def _members(here: Here, number: int, offset: int) -> tuple[Html, Keyboard]:
    group = people.find_group_by_id(here.db, number) if number != EVERYBODY else None
    if group is None and number != EVERYBODY:
        raise Refused("common-stale-button")
    found = people.list_members(here.db, group=group.id if group else None)
    if group and not found:
        return here.say("people-group-empty", group=group.name), ()
    start = page_start(offset, MEMBERS_PER_PAGE, len(found))
    page, pages = start // MEMBERS_PER_PAGE + 1, page_count(MEMBERS_PER_PAGE, len(found))
    name = group.name if group else here.voice.plain("people-everybody")
    head = here.say("people-members-head", group=name, total=len(found), page=page, pages=pages)
    lines = [_line(here, member) for member in found[start : start + MEMBERS_PER_PAGE]]
    turns = page_buttons(here.voice, Action("people.members", (number,)), start, MEMBERS_PER_PAGE, len(found))
    return Html.joined("\n", [head, *lines]), turns


def _line(here: Here, member: Member) -> Html:
    role = here.voice.plain(f"common-role-{member.role.word}")
    return here.say("people-members-line", name=member.name, role=role)


ROUTES = Routes(
    commands=(
        Command("people.groups", ("gruppen", "groups"), list_groups, Role.COORDINATOR, Place.DIRECT),
        Command("people.group", ("gruppe", "group"), change, Role.COORDINATOR, Place.DIRECT, needs="people-ask-group"),
        Command("people.members", ("mitglieder", "members"), list_members, Role.COORDINATOR, Place.DIRECT),
    ),
    presses={
        "people.groups": Press(page_groups, Role.COORDINATOR),
        "people.members": Press(page_members, Role.COORDINATOR),
        "people.show_group": Press(show_group, Role.COORDINATOR),
    },
    dialogues=(CREATE,),
)
