"""From a decision to rows: everybody's message is queued in one transaction, once."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.announcements import Announcement, Repeat, State, next_time, subject
from domain.chat import Urgency
from handlers.announcements.messages import contents
from handlers.announcements.reaching import earliest, quiet_dues, ways
from handlers.announcements.reports import report, seen
from handlers.context import Unit
from storage import announcements, audiences, mailings
from storage.audiences import Recipients
from storage.mailings import Mailing

FIRST_LOOK = timedelta(seconds=3)
"""After which the progress is looked at for the first time."""


def mailing_to(unit: Unit, announcement: Announcement, recipients: Recipients) -> Mailing:
    """What these people get, to be queued; nobody in their quiet hours."""
    usual = mailing(unit, announcement, earliest(unit, announcement), private=True)
    return replace(usual, quiet=quiet_dues(unit, announcement, recipients))


def mailing(unit: Unit, announcement: Announcement, due: datetime, *, private: bool) -> Mailing:
    """What people, or rooms, get."""
    return Mailing(
        subject=subject(announcement.id),
        key=subject(announcement.id),
        contents=contents(unit, announcement, private=private),
        due=due,
        now=unit.now,
        urgency=Urgency.ANNOUNCEMENT,
    )


def dispatch(unit: Unit, announcement: Announcement) -> Announcement:
    """Queue it for everybody concerned, and say to its author how that goes on; a held announcement only."""
    by = ways(unit)
    due = earliest(unit, announcement)
    chosen = audiences.recipients(announcement.audience, announcement.category, by)
    places = audiences.rooms_of(announcement.audience, by)
    people = mailings.add_for_people(unit.db, mailing_to(unit, announcement, chosen), chosen)
    rooms = mailings.add_for_rooms(unit.db, mailing(unit, announcement, due, private=False), places)
    announcements.note_missed(unit.db, announcement.id, announcement.audience, announcement.category, by)
    announcements.change_announcement(
        unit.db,
        announcement.id,
        state=State.SENT,
        sent=unit.now,
        people=people,
        rooms=rooms,
        repeat=Repeat.NEVER,
        at=due if due > unit.now else announcement.at,
        look=max(due, unit.now) + FIRST_LOOK,
        caught_up=unit.now,
    )
    _repeat(unit, announcement)
    sent = announcements.get_announcement(unit.db, announcement.id)
    report(unit, sent)
    announcements.note_looked(unit.db, sent.id, seen(unit, sent))
    return sent


def _repeat(unit: Unit, announcement: Announcement) -> None:
    """What is said regularly is planned again, as an announcement of its own."""
    following = next_time(announcement.at or unit.now, announcement.repeat, unit.policy.timezone)
    while following is not None and following <= unit.now:
        # After an outage of weeks it is said once, not once for each week.
        following = next_time(following, announcement.repeat, unit.policy.timezone)
    if following is not None:
        announcements.add_copy(unit.db, announcement, following)


def send_late(unit: Unit, number: int) -> None:
    """Queue a current announcement for those who joined since it went out."""
    announcement = announcements.hold_announcement(unit.db, number)
    if announcement.state is not State.SENT or not announcement.late:
        return
    since = announcements.catch_up(unit.db, number)
    joined = announcements.late_joiners(announcement.audience, announcement.category, ways(unit), since)
    added = mailings.add_for_people(unit.db, mailing_to(unit, announcement, joined), joined)
    if added:
        look = earliest(unit, announcement) + FIRST_LOOK
        announcements.change_announcement(unit.db, number, people=announcement.people + added, look=look)
