"""Invitations: codes that let people join with a role and into a group."""

from collections.abc import Callable
from datetime import timedelta

from domain.chat import Action, Attachment, Button, Html, Keyboard, Message
from domain.invitations import Wish, read_days, read_uses, read_wish
from domain.people import Invitation, Role
from domain.refusal import Refused
from domain.roles import read_role
from domain.writing import shortened
from handlers.context import Here
from handlers.dialogue import ANSWER, SKIP, Dialogue, Step, begin, option
from handlers.paging import page_buttons, page_count, page_start
from handlers.routing import Command, Place, Press, Routes
from storage import audit, people
from storage.dialogs import Data

CODE_LENGTH = 8
DEFAULT_USES, DEFAULT_DAYS = 1, 14
USES_OFFERED, DAYS_OFFERED = (1, 10, 30), (7, 30, 90)
GROUPS_OFFERED = 8
ROLES_OFFERED = (Role.PARTICIPANT, Role.PARTNER, Role.COORDINATOR, Role.ADMIN)
PER_PAGE = 6
WORD_SHOWN = 30


def invite(here: Here, argument: str) -> None:
    """``/einladen teilnehmende gruppe=Kohorte 1 anzahl=10 tage=30``; without a role it is asked step by step."""
    data = _data(here, read_wish(argument))
    if "role" in data:
        _create(here, {"group": "", "uses": DEFAULT_USES, "days": DEFAULT_DAYS} | data)
    else:
        begin(here, INVITE, "role", data)


def _data(here: Here, wish: Wish) -> Data:
    """What was said, checked against what there is and what the member may do."""
    data: Data = {}
    if wish.role is not None:
        data["role"] = _grantable(here, wish.role).word
    if wish.group:
        data["group"] = people.get_group(here.db, wish.group).name
    if wish.uses is not None:
        data["uses"] = wish.uses
    if wish.days is not None:
        data["days"] = wish.days
    return data


def _highest(here: Here) -> Role:
    """The highest role the member may give: only admins invite coordinators and admins."""
    return Role.ADMIN if here.role is Role.ADMIN else Role.PARTICIPANT


def _grantable(here: Here, role: Role) -> Role:
    if role > _highest(here):
        raise Refused("people-invite-too-high")
    return role


def _next(data: Data) -> str | None:
    """The first question that is still open."""
    return next((step for step in ("role", "group", "uses", "days") if step not in data), None)


def _ask_role(here: Here, _: Data) -> Message:
    possible = [role for role in ROLES_OFFERED if role <= _highest(here)]
    return Message(
        here.say("people-invite-ask-role"),
        tuple((option(here.voice, f"common-role-{role.word}", role.word),) for role in possible),
    )


def _take_role(here: Here, data: Data, text: str) -> str | None:
    role = read_role(text)
    if role is None:
        raise Refused("common-role-unknown", word=shortened(text, WORD_SHOWN))
    data["role"] = _grantable(here, role).word
    return _go_on(here, data)


def _ask_group(here: Here, _: Data) -> Message:
    groups = [group for group, _ in people.list_groups(here.db)][:GROUPS_OFFERED]
    buttons = [(Button(group.name, Action(ANSWER, (0, group.name)), group.name),) for group in groups]
    none = (option(here.voice, "people-invite-no-group", SKIP),)
    return Message(here.say("people-invite-ask-group"), (*buttons, none))


def _take_group(here: Here, data: Data, text: str) -> str | None:
    data["group"] = "" if text == SKIP else people.get_group(here.db, text).name
    return _go_on(here, data)


def _ask_uses(here: Here, _: Data) -> Message:
    return Message(here.say("people-invite-ask-uses"), _numbers(here, "people-invite-uses", USES_OFFERED))


def _ask_days(here: Here, _: Data) -> Message:
    return Message(here.say("people-invite-ask-days"), _numbers(here, "people-invite-days", DAYS_OFFERED))


def _numbers(here: Here, key: str, offered: tuple[int, ...]) -> Keyboard:
    return (tuple(option(here.voice, key, str(number), number=number) for number in offered),)


def _number_step(name: str, ask: Callable[[Here, Data], Message], read: Callable[[str], int]) -> Step:
    """A question for a number, kept under ``name``."""

    def take(here: Here, data: Data, text: str) -> str | None:
        data[name] = read(text)
        return _go_on(here, data)

    return Step(ask, take, numeric=True)


def _go_on(here: Here, data: Data) -> str | None:
    following = _next(data)
    if following is None:
        _create(here, data)
    return following


INVITE = Dialogue(
    "people.invite",
    Role.COORDINATOR,
    {
        "role": Step(_ask_role, _take_role),
        "group": Step(_ask_group, _take_group),
        "uses": _number_step("uses", _ask_uses, read_uses),
        "days": _number_step("days", _ask_days, read_days),
    },
)


def _create(here: Here, data: Data) -> None:
    role = _grantable(here, Role[str(data["role"]).upper()])
    group = people.get_group(here.db, data["group"]).id if data["group"] else None
    code, expires = here.token(CODE_LENGTH), here.now + timedelta(days=data["days"])
    people.add_invitation(here.db, code, role, group, data["uses"], expires, here.me.id)
    invitation = people.get_invitation(here.db, code, here.now)
    audit.add_entry(here.db, here.now, here.me.id, "people.invite", (invitation.id, role.word))
    _hand_over(here, invitation)


def _hand_over(here: Here, invitation: Invitation) -> None:
    """The invitation as it is passed on: code, ways in by each messenger, and the first link as a picture to scan."""
    everywhere = [(m.kind, m.link(invitation.code), m.link("")) for m in here.messengers.values()]
    links = [(kind, link) for kind, link, _ in everywhere if link]
    addresses = [(kind, address) for kind, link, address in everywhere if address and not link]
    lines = [here.say("people-invited" if links else "people-invited-code")]
    lines += [_described(here, invitation, "people-invited-terms")]
    lines += [_way(here, "people-invited-link", *way) for way in links]
    lines += [_way(here, "people-invited-address", *way) for way in addresses]
    here.reply(Html.joined("\n", lines), attachment=_picture(here, links[0][1]) if links else None)


def _way(here: Here, key: str, kind: str, link: str) -> Html:
    return here.say(key, messenger=here.voice.plain(f"common-messenger-{kind}"), link=link)


def _picture(here: Here, link: str) -> Attachment:
    name = here.voice.plain("people-invited-file")
    return Attachment(f"{name}.png", "image/png", "qr", (link,), here.voice.plain("people-invited-picture"))


def _described(here: Here, invitation: Invitation, key: str) -> Html:
    """An invitation in a line: code, role, group, how often and until when."""
    group = people.find_group_by_id(here.db, invitation.group) if invitation.group is not None else None
    return here.say(
        key,
        code=invitation.code,
        role=here.voice.plain(f"common-role-{invitation.role.word}"),
        group=here.voice.plain("people-in-group", group=group.name) if group else here.voice.plain("people-groupless"),
        uses=invitation.left,
        expires=invitation.expires,
    )


def list_open(here: Here, _: str) -> None:
    """``/einladungen``: those that still let somebody in."""
    page(here, 0)


def page(here: Here, offset: int) -> None:
    """One page of them, each with a button to revoke it."""
    found = _manageable(here)
    if not found:
        here.replace_pressed(here.say("people-invitations-none"))
        return
    start = page_start(offset, PER_PAGE, len(found))
    shown = found[start : start + PER_PAGE]
    pages = page_count(PER_PAGE, len(found))
    head = here.say("people-invitations-head", total=len(found), page=start // PER_PAGE + 1, pages=pages)
    lines = [_described(here, invitation, "people-invitations-line") for invitation in shown]
    rows = tuple((_revoke_button(here, invitation, start),) for invitation in shown)
    turns = page_buttons(here.voice, Action("people.invitations"), start, PER_PAGE, len(found))
    here.replace_pressed(Html.joined("\n", [head, *lines]), (*rows, *turns))


def _manageable(here: Here) -> list[Invitation]:
    """A code for a role one may not give is not shown either: whoever reads it could use it."""
    return [found for found in people.list_invitations(here.db, here.now) if found.role <= _highest(here)]


def _revoke_button(here: Here, invitation: Invitation, offset: int) -> Button:
    return here.voice.button("people-revoke", Action("people.revoke", (invitation.id, offset)), code=invitation.code)


def revoke(here: Here, number: int, offset: int) -> None:
    """Let nobody in by this code any more."""
    invitation = next((found for found in _manageable(here) if found.id == number), None)
    if invitation is None:
        raise Refused("people-revoked-already")
    people.revoke_invitation(here.db, invitation.id)
    audit.add_entry(here.db, here.now, here.me.id, "people.revoke", (invitation.id,))
    here.toast("people-revoked", code=invitation.code)
    page(here, offset)


ROUTES = Routes(
    commands=(
        Command("people.invite", ("einladen", "invite"), invite, Role.COORDINATOR, Place.DIRECT),
        Command("people.invitations", ("einladungen", "invitations"), list_open, Role.COORDINATOR, Place.DIRECT),
    ),
    presses={
        "people.invitations": Press(page, Role.COORDINATOR),
        "people.revoke": Press(revoke, Role.COORDINATOR),
    },
    dialogues=(INVITE,),
)
