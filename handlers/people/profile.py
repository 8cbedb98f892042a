"""What a member says about themselves: name, form of address, preferred messenger."""

from dataclasses import replace

from domain.chat import Action, Button, Html, Message
from domain.people import Form, Role
from domain.refusal import Refused
from domain.writing import folded
from handlers.context import Here
from handlers.dialogue import Dialogue, Step, begin
from handlers.people import quiet
from handlers.people.names import new_name
from handlers.routing import Bare, Command, Place, Press, Routes
from storage import people
from storage.dialogs import Data

_FORMS = {"sie": Form.SIE, "du": Form.DU}
"""What can be chosen: the forms whose texts are complete."""


def show_me(here: Here, _: str) -> None:
    """``/ich``: what is known about the member, with the ways to change it."""
    member, voice = here.me, here.voice
    groups = [group.name for group in people.list_groups_of(here.db, member.id)]
    lines = [
        voice.say("people-me", name=member.name),
        voice.say("people-me-role", role=voice.plain(f"common-role-{member.role.word}")),
        voice.say("people-me-groups", groups=groups or [voice.plain("people-me-no-groups")]),
        voice.say("people-me-language", language=voice.plain(f"common-language-{member.language}")),
    ]
    changes = [_change(here, "name"), _change(here, "language")]
    if member.language == "de":
        lines.append(voice.say("people-me-form", form=voice.plain(f"people-form-{member.form}")))
        changes.append(_change(here, "form"))
    if len(_kinds(here)) > 1:
        lines.append(voice.say("people-me-messenger", messenger=voice.plain(f"common-messenger-{_preferred(here)}")))
        changes.append(_change(here, "messenger"))
    lines.append(voice.say("people-me-quiet", quiet=quiet.described(voice, member.quiet)))
    changes.append(_change(here, "quiet"))
    here.reply(
        Html.joined("\n", lines), tuple(tuple(changes[start : start + 2]) for start in range(0, len(changes), 2))
    )


def _change(here: Here, what: str) -> Button:
    return here.voice.button(f"people-change-{what}", Action(f"people.change_{what}"))


def rename(here: Here, argument: str) -> None:
    """``/name Musterstadt``; the name is asked for when it is missing."""
    if argument:
        _rename(here, argument)
    else:
        ask_name(here)


def ask_name(here: Here) -> None:
    """Ask what the member wants to be called."""
    begin(here, RENAME, "name")


def _rename(here: Here, text: str) -> None:
    name = new_name(here, text)
    people.change_member(here.db, here.me.id, name=name)
    here.member = replace(here.me, name=name)
    here.reply(here.say("people-renamed", name=name))


def _ask_name(here: Here, _: Data) -> Message:
    return Message(here.say("people-ask-name", name=here.me.name))


def _take_name(here: Here, _: Data, text: str) -> None:
    _rename(here, text)


RENAME = Dialogue("people.name", Role.PARTNER, {"name": Step(_ask_name, _take_name)})


def choose_form(here: Here, argument: str) -> None:
    """``/anrede du``; without a word the forms are offered."""
    if not argument:
        offer_forms(here)
        return
    form = _FORMS.get(folded(argument))
    if form is None:
        raise Refused("people-form-unknown")
    set_form(here, form)


def offer_forms(here: Here) -> None:
    """Ask for the form of address by buttons."""
    buttons = tuple(
        here.voice.button(f"people-form-{form}", Action("people.form", (form.value,))) for form in _FORMS.values()
    )
    here.reply(here.say("people-ask-form"), (buttons,))


def set_form(here: Here, form: str) -> None:
    """Address the member so from now on; only German knows the difference."""
    people.change_member(here.db, here.me.id, form=form)
    here.member = replace(here.me, form=Form(form))
    here.voice = here.voice_here()
    here.reply(here.say("people-form-set", form=here.voice.plain(f"people-form-{form}")))


def choose_messenger(here: Here, argument: str) -> None:
    """``/messenger matrix``: where the member wants to be written to, if they use several messengers."""
    if not argument:
        offer_messengers(here)
        return
    set_messenger(here, folded(argument))


def offer_messengers(here: Here) -> None:
    """Ask for the preferred messenger by buttons."""
    buttons = [
        here.voice.button(f"common-messenger-{kind}", Action("people.messenger", (kind,)))
        for kind in _get_several(here)
    ]
    here.reply(here.say("people-ask-messenger"), tuple((button,) for button in buttons))


def set_messenger(here: Here, kind: str) -> None:
    """Write to the member there from now on."""
    kinds = _get_several(here)
    if kind not in kinds:
        raise Refused("people-messenger-unknown", messengers=[here.voice.plain(f"common-messenger-{k}") for k in kinds])
    people.change_member(here.db, here.me.id, preferred=kind)
    here.member = replace(here.me, preferred=kind)
    here.reply(here.say("people-messenger-set", messenger=here.voice.plain(f"common-messenger-{kind}")))


def _get_several(here: Here) -> list[str]:
    kinds = _kinds(here)
    if len(kinds) < 2:
        raise Refused("people-one-messenger")
    return kinds


def _kinds(here: Here) -> list[str]:
    return sorted({account.kind for account in people.list_accounts(here.db, here.me.id)})


def _preferred(here: Here) -> str:
    """The kind of messenger the member is written to at present."""
    kinds = _kinds(here)
    address = here.address_of(here.me)
    reached = here.messengers[address.channel].kind if address and address.channel in here.messengers else kinds[0]
    return here.me.preferred if here.me.preferred in kinds else reached


ROUTES = Routes(
    commands=(
        Command("people.me", ("ich", "me"), show_me, place=Place.DIRECT, bare=Bare.NEVER),
        Command("people.name", ("name",), rename, place=Place.DIRECT),
        Command("people.form", ("anrede", "address"), choose_form, place=Place.DIRECT),
        Command("people.messenger", ("messenger",), choose_messenger, place=Place.DIRECT),
    ),
    presses={
        "people.change_name": Press(ask_name),
        "people.change_form": Press(offer_forms),
        "people.change_messenger": Press(offer_messengers),
        "people.form": Press(set_form),
        "people.messenger": Press(set_messenger),
    },
    dialogues=(RENAME,),
)
