"""Announcements, who read them, and who could not be reached when they went out."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from domain.announcements import LATE_FOR, Announcement, Category, Repeat, State, subject
from domain.audiences import Audience, audience_from_json, audience_to_json
from domain.chat import attachment_from_json, attachment_to_json
from domain.refusal import Refused
from storage.audiences import Recipients, Ways, recipients
from storage.database import LARGEST_ID, Moment, Transaction, metadata, unless_there
from storage.declared import TRACE, WRITTEN, member_link, one_of, personal, plain
from storage.mailings import has_shown
from storage.people import members

announcements = sa.Table(
    "announcements",
    metadata,
    plain("id", sa.Integer, primary_key=True),
    personal("de", WRITTEN, sa.Text),
    personal("en", WRITTEN, sa.Text),
    personal("attachment", WRITTEN, sa.JSON(none_as_null=True), nullable=True),
    plain("category", sa.Text),
    plain("audience", sa.JSON),
    plain("state", sa.Text, index=True),
    member_link("author", ondelete="SET NULL", nullable=True, index=True),
    member_link("approver", ondelete="SET NULL", nullable=True, index=True),
    plain("urgent", sa.Boolean),
    plain("confirm", sa.Boolean),
    plain("late", sa.Boolean),
    plain("at", Moment, nullable=True),
    plain("repeat", sa.Text),
    plain("sent", Moment, nullable=True),
    plain("changed", Moment, nullable=True),
    plain("people", sa.Integer),
    plain("rooms", sa.Integer),
    plain("look", Moment, nullable=True),
    plain("looked", sa.Text),
    plain("caught_up", Moment, nullable=True),
    one_of("category", Category),
    one_of("state", State),
    one_of("repeat", Repeat),
    sa.CheckConstraint("de <> '' OR en <> ''", name="text"),
    sa.CheckConstraint("state <> 'scheduled' OR at IS NOT NULL", name="scheduled"),
    sa.CheckConstraint("state NOT IN ('sent', 'retracted') OR sent IS NOT NULL", name="sent"),
    sqlite_autoincrement=True,
)


def _announcement_link() -> sa.Column[Any]:
    return plain("announcement", sa.Integer, sa.ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)


missed = sa.Table("announcement_missed", metadata, _announcement_link(), member_link(primary_key=True, index=True))

reads = sa.Table(
    "announcement_reads",
    metadata,
    _announcement_link(),
    member_link(primary_key=True, index=True),
    personal("at", TRACE, Moment),
)

_BY_ID = sa.select(announcements).where(announcements.c.id == sa.bindparam("number"))
_HELD = _BY_ID.with_for_update()
_READ = unless_there(reads)


def add_announcement(db: Transaction, language: str, text: str, author: int | None) -> Announcement:
    """A draft with one text, for everybody."""
    values: dict[str, Any] = {"de": "", "en": "", "category": Category.NEWS, "audience": audience_to_json(Audience())}
    values |= {"state": State.DRAFT, "author": author, "urgent": False, "confirm": False, "late": False}
    values |= {"repeat": Repeat.NEVER, "people": 0, "rooms": 0, "looked": "", language: text}
    return _announcement(db.execute(sa.insert(announcements).returning(announcements), values).one())


def add_copy(db: Transaction, original: Announcement, at: datetime) -> Announcement:
    """The same once more, to go at ``at``."""
    values: dict[str, Any] = {
        name: getattr(original, name)
        for name in ("de", "en", "category", "author", "approver", "urgent", "confirm", "late", "repeat")
    }
    values |= {"attachment": attachment_to_json(original.attachment) if original.attachment else None}
    values |= {"audience": audience_to_json(original.audience), "state": State.SCHEDULED, "at": at}
    values |= {"people": 0, "rooms": 0, "looked": ""}
    return _announcement(db.execute(sa.insert(announcements).returning(announcements), values).one())


def find_announcement(db: Transaction, number: int) -> Announcement | None:
    """The announcement with this number."""
    row = db.execute(_BY_ID, {"number": number}).first() if 0 < number <= LARGEST_ID else None
    return _announcement(row) if row else None


def get_announcement(db: Transaction, number: int) -> Announcement:
    """As :func:`find_announcement`. Raises :class:`Refused` when there is none."""
    return _existing(find_announcement(db, number), number)


def hold_announcement(db: Transaction, number: int) -> Announcement:
    """As :func:`get_announcement`; whoever else acts on it waits until the end of the transaction."""
    row = db.execute(_HELD, {"number": number}).first() if 0 < number <= LARGEST_ID else None
    return _existing(_announcement(row) if row else None, number)


def _existing(found: Announcement | None, number: int) -> Announcement:
    if found is None:
        raise Refused("announcements-unknown", number=str(number))
    return found


def change_announcement(db: Transaction, number: int, **values: Any) -> None:
    """Set texts, attachment, category, audience, state or whatever else an announcement has."""
    if isinstance(audience := values.get("audience"), Audience):
        values["audience"] = audience_to_json(audience)
    if attachment := values.get("attachment"):
        values["attachment"] = attachment_to_json(attachment)
    db.execute(sa.update(announcements).where(announcements.c.id == number).values(**values))


def list_announcements(db: Transaction, offset: int, most: int) -> list[Announcement]:
    """Newest first; what was dropped is left out."""
    rows = db.execute(_listed(sa.select(announcements)).order_by(announcements.c.id.desc()).offset(offset).limit(most))
    return [_announcement(row) for row in rows]


def count_announcements(db: Transaction) -> int:
    """How many :func:`list_announcements` has."""
    total: int = db.execute(_listed(sa.select(sa.func.count()).select_from(announcements))).scalar_one()
    return total


def _listed(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.where(announcements.c.state != State.CANCELLED)


def list_due(db: Transaction, now: datetime) -> list[int]:
    """Scheduled ones whose time has come."""
    due = announcements.c.state == State.SCHEDULED, announcements.c.at <= now
    return list(db.execute(sa.select(announcements.c.id).where(*due).order_by(announcements.c.at)).scalars())


def note_missed(db: Transaction, number: int, audience: Audience, category: str, ways: Ways) -> int:
    """Remember who of the audience could not be written to; returns how many."""
    found = recipients(audience, category, ways).subquery()
    chosen = sa.select(sa.literal(number, sa.Integer), found.c.member).where(found.c.chat.is_(None))
    statement = sa.insert(missed).from_select(["announcement", "member"], chosen)
    noted: int = db.execute(statement.inline().execution_options(preserve_rowcount=True)).rowcount
    return noted


def list_missed(db: Transaction, number: int, most: int) -> list[str]:
    """Their names."""
    query = sa.select(members.c.name).join(missed, missed.c.member == members.c.id)
    return list(db.execute(query.where(missed.c.announcement == number).order_by(members.c.name).limit(most)).scalars())


def count_missed(db: Transaction, number: int) -> int:
    """How many there were."""
    query = sa.select(sa.func.count()).select_from(missed).where(missed.c.announcement == number)
    return db.execute(query).scalar_one()


def note_read(db: Transaction, number: int, member: int, now: datetime) -> bool:
    """The member says to have read it; False when they had said so already."""
    values = {"announcement": number, "member": member, "at": now}
    return bool(db.execute(_READ[db.dialect.name], values).rowcount)


def count_reads(db: Transaction, number: int) -> int:
    """How many said so."""
    query = sa.select(sa.func.count()).select_from(reads).where(reads.c.announcement == number)
    return db.execute(query).scalar_one()


def unread(number: int, audience: Audience, category: str, ways: Ways) -> Recipients:
    """Recipients who got it and have not said that they read it."""
    said = sa.exists().where(reads.c.announcement == number, reads.c.member == members.c.id)
    return recipients(audience, category, ways, ~said, has_shown(subject(number), members.c.id))


def look_at(db: Transaction, number: int, at: datetime | None) -> None:
    """When its delivery is looked at next; None: no more."""
    db.execute(sa.update(announcements).where(announcements.c.id == number).values(look=at))


def note_looked(db: Transaction, number: int, looked: str) -> None:
    """What was seen of its delivery."""
    db.execute(sa.update(announcements).where(announcements.c.id == number).values(looked=looked))


def look_soon(db: Transaction, number: int, now: datetime) -> None:
    """Look at it within seconds, if that is not planned anyway."""
    resting = announcements.c.id == number, announcements.c.look.is_(None)
    db.execute(sa.update(announcements).where(*resting).values(look=now + timedelta(seconds=3)))


def list_to_look_at(db: Transaction, now: datetime) -> list[int]:
    """Whose delivery has to be looked at."""
    return list(db.execute(sa.select(announcements.c.id).where(announcements.c.look <= now)).scalars())


def find_looked(db: Transaction, number: int) -> str:
    """What was seen of its delivery the last time."""
    found: str = db.execute(sa.select(announcements.c.looked).where(announcements.c.id == number)).scalar_one()
    return found


def list_with_late_joiners(db: Transaction, now: datetime) -> list[int]:
    """Current announcements for people who join later, where somebody joined since the last look."""
    newer = sa.exists().where(members.c.joined > announcements.c.caught_up)
    current = announcements.c.late, announcements.c.state == State.SENT, announcements.c.sent > now - LATE_FOR
    return list(db.execute(sa.select(announcements.c.id).where(*current, newer)).scalars())


def catch_up(db: Transaction, number: int, margin: timedelta = timedelta(minutes=1)) -> datetime:
    """Take note of everybody who has joined; returns since when they have to be looked at."""
    newest = db.execute(sa.select(sa.func.max(members.c.joined, type_=Moment()))).scalar_one()
    since: datetime = db.execute(sa.select(announcements.c.caught_up).where(announcements.c.id == number)).scalar_one()
    db.execute(sa.update(announcements).where(announcements.c.id == number).values(caught_up=newest))
    return since - margin


def late_joiners(audience: Audience, category: str, ways: Ways, since: datetime) -> Recipients:
    """Recipients who joined after ``since``."""
    return recipients(audience, category, ways, members.c.joined > since)


def _announcement(row: Any) -> Announcement:
    return Announcement(
        id=row.id,
        de=row.de,
        en=row.en,
        category=Category(row.category),
        audience=audience_from_json(row.audience),
        state=State(row.state),
        author=row.author,
        approver=row.approver,
        urgent=row.urgent,
        confirm=row.confirm,
        late=row.late,
        at=row.at,
        repeat=Repeat(row.repeat),
        sent=row.sent,
        changed=row.changed,
        attachment=attachment_from_json(row.attachment) if row.attachment else None,
        people=row.people,
        rooms=row.rooms,
    )
