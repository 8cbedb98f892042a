"""Whom an announcement reaches, and when it may go."""

from datetime import datetime, time, timedelta

from domain.announcements import Announcement
from domain.chat import Html
from domain.hours import QuietHours, permitted
from handlers.context import Unit, Voice
from storage import audiences, mailings
from storage.audiences import Reach, Recipients, Ways
from storage.mailings import Quiet

FURTHEST = timedelta(days=14)
"""So long an announcement waits for a permitted moment; there always is one before."""


def ways(unit: Unit) -> Ways:
    """By which messengers people can be written to now."""
    opening = (name for name, messenger in unit.messengers.items() if messenger.opens)
    return Ways(tuple(unit.messengers), tuple(opening))


def count(unit: Unit, announcement: Announcement) -> Reach:
    """How many people and rooms it would reach now."""
    return audiences.count_reach(unit.db, announcement.audience, announcement.category, ways(unit))


def earliest(
    unit: Unit, announcement: Announcement, wanted: datetime | None = None, quiet: QuietHours | None = None
) -> datetime:
    """The first moment, from ``wanted`` on, at which it may go: at once where it is urgent."""
    moment = max(wanted or unit.now, unit.now)
    if announcement.urgent:
        return moment
    return permitted(moment, moment + FURTHEST, unit.now, unit.policy.hours, quiet) or moment


def quiet_dues(unit: Unit, announcement: Announcement, recipients: Recipients) -> dict[Quiet, datetime]:
    """When it may go to those of the recipients who have quiet hours."""
    if announcement.urgent:
        return {}
    found = mailings.list_quiet(unit.db, recipients)
    return {minutes: earliest(unit, announcement, None, _hours(minutes)) for minutes in found}


def _hours(minutes: Quiet) -> QuietHours:
    start, end = (time(minute // 60, minute % 60) for minute in minutes)
    return QuietHours(start, end)


def numbers(voice: Voice, people: int, rooms: int) -> str:
    """How many people and rooms, in words that fit after "an"."""
    if not rooms:
        return voice.plain("announcements-people", people=people)
    if not people:
        return voice.plain("announcements-rooms", rooms=rooms)
    return voice.plain("announcements-both", people=people, rooms=rooms)


def reached(voice: Voice, reach: Reach) -> list[Html]:
    """The numbers in sentences."""
    lines = [voice.say("announcements-reach", numbers=numbers(voice, reach.people, reach.rooms))]
    if len(reach.kinds) > 1:
        kinds = [
            voice.plain("announcements-kind", people=people, messenger=voice.plain(f"common-messenger-{kind}"))
            for kind, people in sorted(reach.kinds.items())
        ]
        lines.append(voice.say("announcements-kinds", kinds=kinds))
    if reach.opening:
        lines.append(voice.say("announcements-opening", people=reach.opening))
    if reach.unreachable:
        lines.append(voice.say("announcements-unreachable", people=reach.unreachable))
    if reach.left:
        lines.append(voice.say("announcements-left", people=reach.left))
    return lines
