"""Members, their accounts on messengers, groups, invitations and consents."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from domain.hours import QuietHours
from domain.people import Account, Form, Group, Invitation, Member, Role
from domain.refusal import Refused
from domain.writing import shortened
from storage.database import Conflict, Moment, Transaction, metadata, unless_there
from storage.declared import IDENTITY, SETTING, TRACE, member_link, one_of, personal, plain
from storage.prepared import Prepared

ROLES = tuple(role.word for role in Role)

members = sa.Table(
    "members",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    personal("name", IDENTITY, sa.Text),
    personal("role", SETTING, sa.Text),
    personal("language", SETTING, sa.Text),
    personal("form", SETTING, sa.Text),
    personal("preferred", SETTING, sa.Text),
    personal("joined", TRACE, Moment),
    personal("quiet_from", SETTING, sa.SmallInteger, nullable=True),
    personal("quiet_until", SETTING, sa.SmallInteger, nullable=True),
    sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_whole"),
    sa.CheckConstraint("quiet_from BETWEEN 0 AND 1439", name="quiet_from"),
    sa.CheckConstraint("quiet_until BETWEEN 0 AND 1439", name="quiet_until"),
    one_of("role", ROLES),
    one_of("form", Form),
    sqlite_autoincrement=True,
)

accounts = sa.Table(
    "accounts",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    member_link(index=True),
    plain("kind", sa.Text),
    personal("user", IDENTITY, sa.Text),
    plain("channel", sa.Text),
    personal("chat", IDENTITY, sa.Text),
    personal("reachable", TRACE, sa.Boolean),
    sa.UniqueConstraint("kind", "user"),
    sa.CheckConstraint("chat <> '' OR NOT reachable", name="reachable"),
    sa.Index("ix_accounts_chat", "channel", "chat"),
)

groups = sa.Table(
    "groups",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    plain("name", sa.Text),
    plain("folded", sa.Text, unique=True),
    sqlite_autoincrement=True,
)

memberships = sa.Table(
    "memberships",
    metadata,
    plain("group", sa.Integer, sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    member_link(primary_key=True, index=True),
)

invitations = sa.Table(
    "invitations",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    plain("code", sa.Text, unique=True),
    plain("role", sa.Text),
    plain("group", sa.Integer, sa.ForeignKey("groups.id", ondelete="SET NULL"), nullable=True, index=True),
    plain("uses_left", sa.Integer),
    plain("expires", Moment),
    plain("revoked", sa.Boolean),
    member_link("issuer", ondelete="SET NULL", nullable=True, index=True),
    one_of("role", ROLES),
    sa.CheckConstraint("uses_left >= 0", name="uses_left"),
    sqlite_autoincrement=True,
)

consents = sa.Table(
    "consents",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    member_link(index=True),
    plain("version", sa.Text),
    plain("kind", sa.Text),
    personal("at", TRACE, Moment),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Who is behind an account."""

    member: Member
    account: Account


_OF_MEMBER = ("id", "name", "role", "language", "form", "preferred", "quiet_from", "quiet_until")
_ACCOUNT = tuple(accounts.c[name] for name in ("kind", "user", "channel", "chat", "reachable"))
_MEMBER = tuple(members.c[name] for name in _OF_MEMBER)
_KNOWN = sa.select(*_MEMBER, accounts.c.id.label("account"), *_ACCOUNT).join(
    accounts, accounts.c.member == members.c.id
)
_BY_ACCOUNT = Prepared(_KNOWN.where(accounts.c.kind == sa.bindparam("kind"), accounts.c.user == sa.bindparam("user")))
_BY_CHAT = _KNOWN.where(
    accounts.c.channel == sa.bindparam("channel"), accounts.c.chat == sa.bindparam("chat"), accounts.c.chat != ""
)
_ADD_ACCOUNT = unless_there(accounts, "kind", "user")
_ADD_GROUP = unless_there(groups, "folded")
_JOIN = unless_there(memberships)
_BY_ID = sa.select(members).where(members.c.id == sa.bindparam("id"))
NAME_SHOWN = 60
"""Characters of a name that is not there, when it is given back; people may type a whole page."""


def find_known(db: Transaction, kind: str, user: str) -> Known | None:
    """The member behind a messenger account."""
    return _known(_BY_ACCOUNT.first(db, kind=kind, user=user))


def find_in_chat(db: Transaction, channel: str, chat: str) -> Known | None:
    """The member whose direct chat this is."""
    return _known(db.execute(_BY_CHAT, {"channel": channel, "chat": chat}).first())


def find_member(db: Transaction, member: int) -> Member | None:
    """The member, or None when they left."""
    row = db.execute(_BY_ID, {"id": member}).first()
    return _member(row) if row else None


def get_member(db: Transaction, name: str) -> Member:
    """The one member of this name, in any case of letters. Raises :class:`Refused` when there is none or several."""
    found = [member for member in list_members(db) if member.name.casefold() == name.casefold()]
    if not found:
        raise Refused("people-unknown", name=shortened(name, NAME_SHOWN))
    if len(found) > 1:
        raise Refused("people-ambiguous", name=name)
    return found[0]


def list_members(db: Transaction, *, role: Role = Role.PARTNER, group: int | None = None) -> list[Member]:
    """Members with at least this role, by name; only those of a group where one is given."""
    query = sa.select(members).where(members.c.role.in_([r.word for r in Role if r >= role]))
    if group is not None:
        query = query.join(memberships, memberships.c.member == members.c.id).where(memberships.c.group == group)
    return sorted((_member(row) for row in db.execute(query)), key=lambda member: member.name.casefold())


def add_member(db: Transaction, name: str, role: Role, language: str, now: datetime) -> Member:
    """A new person."""
    values = {"name": name, "role": role.word, "language": language, "form": Form.SIE, "preferred": "", "joined": now}
    row = db.execute(sa.insert(members).returning(members), values).one()
    return _member(row)


def change_member(db: Transaction, member: int, **values: object) -> None:
    """Set name, role, language, form or preferred messenger."""
    changes = {key: value.word if isinstance(value, Role) else value for key, value in values.items()}
    db.execute(sa.update(members).where(members.c.id == member).values(**changes))


def set_quiet(db: Transaction, member: int, quiet: QuietHours | None) -> None:
    """Set a person's quiet hours, kept as minutes from midnight; None: they have none."""
    start, end = (None, None) if quiet is None else (_minutes(quiet.start), _minutes(quiet.end))
    change_member(db, member, quiet_from=start, quiet_until=end)


def remove_member(db: Transaction, member: int) -> None:
    """Delete the person; the database deletes or cuts whatever refers to them."""
    db.execute(sa.delete(members).where(members.c.id == member))


def add_account(db: Transaction, member: int, kind: str, user: str, channel: str, chat: str) -> None:
    """Tie a messenger account to a member; ``chat`` is the direct chat, empty when not opened yet.

    Raises :class:`Conflict` when the account is somebody's already: they joined twice at the same moment.
    """
    values = {"member": member, "kind": kind, "user": user, "channel": channel, "chat": chat, "reachable": bool(chat)}
    if not db.execute(_ADD_ACCOUNT[db.dialect.name], values).rowcount:
        message = "the account became known a moment ago"
        raise Conflict(message)


def note_direct_chat(db: Transaction, account: int, channel: str, chat: str) -> None:
    """Remember where the account can be written to directly, and that it can."""
    db.execute(sa.update(accounts).where(accounts.c.id == account).values(channel=channel, chat=chat, reachable=True))


def note_unreachable(db: Transaction, channel: str, chat: str) -> None:
    """The direct chat is closed to us until the person writes again."""
    where = accounts.c.channel == channel, accounts.c.chat == chat
    db.execute(sa.update(accounts).where(*where).values(reachable=False))


def list_accounts(db: Transaction, member: int) -> list[Account]:
    """All accounts of a member; reachable ones first."""
    rows = db.execute(
        sa.select(accounts).where(accounts.c.member == member).order_by(accounts.c.reachable.desc(), accounts.c.id)
    )
    return [Account(r.id, r.member, r.kind, r.user, r.channel, r.chat, r.reachable) for r in rows]


def add_consent(db: Transaction, member: int, version: str, kind: str, now: datetime) -> None:
    """Record agreement to this version of the privacy notice."""
    db.execute(sa.insert(consents), {"member": member, "version": version, "kind": kind, "at": now})


def add_group(db: Transaction, name: str) -> Group:
    """A new group, or the existing one of that name."""
    db.execute(_ADD_GROUP[db.dialect.name], {"name": name, "folded": name.casefold()})
    return get_group(db, name)


def find_group(db: Transaction, name: str) -> Group | None:
    """The group of this name, in any case of letters."""
    row = db.execute(sa.select(groups).where(groups.c.folded == name.casefold())).first()
    return Group(row.id, row.name) if row else None


def get_group(db: Transaction, name: str) -> Group:
    """As :func:`find_group`. Raises :class:`Refused` when there is none."""
    group = find_group(db, name)
    if group is None:
        raise Refused("people-no-group", name=shortened(name, NAME_SHOWN))
    return group


def find_group_by_id(db: Transaction, group: int) -> Group | None:
    """The group with this id."""
    row = db.execute(sa.select(groups).where(groups.c.id == group)).first()
    return Group(row.id, row.name) if row else None


def list_groups(db: Transaction) -> list[tuple[Group, int]]:
    """All groups by name, with how many members each has."""
    query = (
        sa.select(groups, sa.func.count(memberships.c.member).label("size"))
        .outerjoin(memberships, memberships.c.group == groups.c.id)
        .group_by(groups.c.id)
        .order_by(groups.c.folded)
    )
    return [(Group(row.id, row.name), row.size) for row in db.execute(query)]


def list_groups_of(db: Transaction, member: int) -> list[Group]:
    """The groups a member belongs to, by name."""
    query = sa.select(groups).join(memberships, memberships.c.group == groups.c.id)
    rows = db.execute(query.where(memberships.c.member == member).order_by(groups.c.folded))
    return [Group(row.id, row.name) for row in rows]


def join_group(db: Transaction, group: int, member: int) -> None:
    """Put a member into a group; already in it is fine."""
    db.execute(_JOIN[db.dialect.name], {"group": group, "member": member})


def leave_group(db: Transaction, group: int, member: int) -> bool:
    """Take a member out of a group; False when they were not in it."""
    gone = sa.delete(memberships).where(memberships.c.group == group, memberships.c.member == member)
    return bool(db.execute(gone).rowcount)


def add_invitation(
    db: Transaction, code: str, role: Role, group: int | None, uses: int, expires: datetime, issuer: int | None
) -> None:
    """A new code."""
    values = {"code": code, "role": role.word, "group": group, "uses_left": uses, "expires": expires}
    db.execute(sa.insert(invitations), values | {"revoked": False, "issuer": issuer})


def find_invitation(db: Transaction, code: str) -> Invitation | None:
    """The invitation with this code, usable or not; codes are compared in capitals."""
    row = db.execute(sa.select(invitations).where(invitations.c.code == code.upper())).first()
    return _invitation(row) if row else None


def get_invitation(db: Transaction, code: str, now: datetime) -> Invitation:
    """A usable invitation. Raises :class:`Refused` when it is unknown, used up, expired or revoked."""
    invitation = find_invitation(db, code)
    if invitation is None:
        raise Refused("people-invitation-unknown")
    if not invitation.usable(now):
        raise Refused("people-invitation-spent")
    return invitation


def list_invitations(db: Transaction, now: datetime) -> list[Invitation]:
    """Those that still let somebody in, the soonest to expire first."""
    rows = db.execute(sa.select(invitations).order_by(invitations.c.expires, invitations.c.id))
    return [found for found in map(_invitation, rows) if found.usable(now)]


def use_invitation(db: Transaction, invitation: int) -> bool:
    """Take one use; False when the last one was just taken by somebody else."""
    taken = sa.update(invitations).where(invitations.c.id == invitation, invitations.c.uses_left > 0)
    return bool(db.execute(taken.values(uses_left=invitations.c.uses_left - 1)).rowcount)


def revoke_invitation(db: Transaction, invitation: int) -> None:
    """Let nobody in by this code any more."""
    db.execute(sa.update(invitations).where(invitations.c.id == invitation).values(revoked=True))


def _member(row: Any) -> Member:
    quiet = None if row.quiet_from is None else QuietHours(_time(row.quiet_from), _time(row.quiet_until))
    return Member(row.id, row.name, Role[row.role.upper()], row.language, Form(row.form), row.preferred, quiet)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _known(row: Any) -> Known | None:
    if row is None:
        return None
    return Known(_member(row), Account(row.account, row.id, row.kind, row.user, row.channel, row.chat, row.reachable))


def _invitation(row: Any) -> Invitation:
    role = Role[row.role.upper()]
    return Invitation(row.id, row.code, role, row.group, row.uses_left, row.expires, row.revoked)
