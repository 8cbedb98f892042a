"""The first contact: what is kept and why, the consent, the invitation, the welcome."""

import re
from dataclasses import replace

from domain.chat import Action, Button, Html, Keyboard, Left, Message, Opened
from domain.people import Invitation, Role
from domain.refusal import Refused
from domain.writing import one_line
from handlers.context import Here, Voice
from handlers.dialogue import Dialogue, Step, begin, forget
from handlers.people.names import first_name
from handlers.routing import RUN, Bare, Command, Place, Press, Routes
from storage import people, subscriptions
from storage.dialogs import Data

_LINK = re.compile(r".*[?&]start=([\w-]+).*")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{3,31}")


def opened(here: Here, arrival: Opened) -> None:
    """Somebody opened the direct chat, perhaps by an invitation link."""
    start(here, arrival.payload)


def start(here: Here, argument: str) -> None:
    """``/start``, with or without an invitation code."""
    code = read_code(argument) if argument.strip() else ""
    if here.member is None:
        _receive_guest(here, code)
    elif code:
        _use_also(here, code)
    else:
        _greet(here)


def read_code(text: str) -> str:
    """The invitation code in what was typed, also when it is the whole link. Raises :class:`Refused` otherwise."""
    typed = one_line(text)
    link = _LINK.fullmatch(typed)
    code = (link[1] if link else typed).replace(" ", "").upper()
    if not _CODE.fullmatch(code):
        raise Refused("people-invitation-unclear")
    return code


def _receive_guest(here: Here, code: str) -> None:
    """Everything needed is there: the notice. Otherwise: how to get an invitation, and a place to type its code."""
    trouble = ""
    if code:
        try:
            people.get_invitation(here.db, code, here.now)
        except Refused as refused:
            trouble = refused.key
    if trouble or not (code or here.policy.join == "open"):
        begin(here, ENTER_CODE, "code", {"trouble": trouble})
    else:
        _ask_consent(here, code)


def _ask_code(here: Here, data: Data) -> Message:
    how = here.say(f"people-guest-{here.policy.join}", programme=here.policy.programme)
    trouble = data.get("trouble")
    return Message(Html.joined("\n\n", [here.say(trouble), how]) if trouble else how)


def _take_code(here: Here, _: Data, text: str) -> None:
    code = read_code(text)
    people.get_invitation(here.db, code, here.now)
    _ask_consent(here, code)


ENTER_CODE = Dialogue("people.code", Role.GUEST, {"code": Step(_ask_code, _take_code)}, yields=True)


def _notice(here: Here) -> list[Html]:
    return [
        here.say("people-privacy", programme=here.policy.programme),
        here.say(f"people-channel-{here.messenger.kind}"),
    ]


def _ask_consent(here: Here, code: str) -> None:
    """The code travels in the button: until the person agrees, no table knows them."""
    forget(here)
    agree = here.voice.button("people-agree", Action("people.agree", (code, here.policy.privacy_version)))
    decline = here.voice.button("people-decline", Action("people.decline"))
    here.reply(Html.joined("\n\n", [*_notice(here), here.say("people-ask-consent")]), ((agree, decline),))


def decline(here: Here) -> None:
    """The guest does not want that; there is nothing to delete."""
    here.reply(here.say("people-declined-late" if here.member else "people-declined"))


def agree(here: Here, code: str, version: str) -> None:
    """Consent: only now the person is stored, and the invitation used."""
    if here.member is not None:
        _greet(here)
    elif version != here.policy.privacy_version:
        _ask_consent(here, code)
    else:
        _join(here, _use(here, code))


def _use(here: Here, code: str) -> Invitation | None:
    """Take one use of the invitation; None where everybody may join without."""
    if not code:
        if here.policy.join != "open":
            raise Refused("people-join-first")
        return None
    invitation = people.get_invitation(here.db, code, here.now)
    if not people.use_invitation(here.db, invitation.id):
        raise Refused("people-invitation-spent")
    return invitation


def _join(here: Here, invitation: Invitation | None) -> None:
    role = invitation.role if invitation else Role.PARTICIPANT
    member = people.add_member(here.db, first_name(here), role, here.voice.language, here.now)
    kind, sender = here.messenger.kind, here.incoming.sender
    people.add_account(here.db, member.id, kind, sender.id, here.address.channel, here.address.chat)
    people.add_consent(here.db, member.id, here.policy.privacy_version, kind, here.now)
    if invitation and invitation.group is not None:
        people.join_group(here.db, invitation.group, member.id)
    here.member = member
    here.voice = here.voice_here()
    welcome = here.say("people-welcome", name=member.name, programme=here.policy.programme)
    called = [] if member.name == sender.name else [here.say("people-welcome-name", name=member.name)]
    text = Html.joined("\n\n", [welcome, _standing(here), *called, here.say("people-first-steps")])
    here.reply(text, first_steps(here.voice))


def _standing(here: Here) -> Html:
    """The member's role and groups in a sentence."""
    groups = [group.name for group in people.list_groups_of(here.db, here.me.id)]
    role = here.voice.plain(f"common-role-{here.me.role.word}")
    if groups:
        return here.say("people-standing-groups", role=role, groups=groups)
    return here.say("people-standing", role=role)


def first_steps(voice: Voice) -> Keyboard:
    """Buttons for the two things to try."""
    return ((_run(voice, "people-try-propose", "topics.propose"), _run(voice, "people-try-list", "topics.list")),)


def _run(voice: Voice, key: str, command: str) -> Button:
    return voice.button(key, Action(RUN, (command,)))


def _greet(here: Here) -> None:
    """Whoever wanted no announcements any more gets them again."""
    again = [here.say("people-subscribed-again")] if subscriptions.rejoin(here.db, here.me.id) else []
    greeting = here.say("people-greeting", name=here.me.name)
    text = Html.joined("\n\n", [greeting, *again, here.say("people-first-steps")])
    here.reply(text, (*first_steps(here.voice), (_run(here.voice, "people-try-help", "help.show"),)))


def _use_also(here: Here, code: str) -> None:
    """A member opens another invitation: a group more, or a higher role; one that brings nothing keeps its use."""
    invitation = people.get_invitation(here.db, code, here.now)
    groups = {group.id for group in people.list_groups_of(here.db, here.me.id)}
    role, group = max(here.me.role, invitation.role), invitation.group
    if role == here.me.role and (group is None or group in groups):
        here.reply(Html.joined(" ", [here.say("people-nothing-new"), _standing(here)]))
        return
    if not people.use_invitation(here.db, invitation.id):
        raise Refused("people-invitation-spent")
    people.change_member(here.db, here.me.id, role=role)
    if group is not None:
        people.join_group(here.db, group, here.me.id)
    here.member = replace(here.me, role=role)
    here.reply(Html.joined(" ", [here.say("people-something-new"), _standing(here)]))


def privacy(here: Here, _: str) -> None:
    """``/datenschutz``: the notice, for guests too."""
    here.reply(Html.joined("\n\n", _notice(here)))


def left(here: Here, arrival: Left) -> None:
    """The person closed the direct chat; until they write again nothing can be sent there."""
    if arrival.address.private:
        people.note_unreachable(here.db, arrival.address.channel, arrival.address.chat)


ROUTES = Routes(
    commands=(
        Command("people.start", ("start",), start, Role.GUEST, Place.DIRECT, bare=Bare.ALWAYS),
        Command("people.privacy", ("datenschutz", "privacy"), privacy, Role.GUEST),
    ),
    presses={"people.agree": Press(agree, Role.GUEST), "people.decline": Press(decline, Role.GUEST)},
    dialogues=(ENTER_CODE,),
    arrivals={Opened: opened, Left: left},
)
