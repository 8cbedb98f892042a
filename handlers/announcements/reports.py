"""How far the delivery of an announcement is, and in the end who was not reached and why."""

from datetime import datetime, timedelta

from domain.announcements import Announcement, State, report_key, subject
from domain.chat import Action, Button, Html, Message, Outgoing
from domain.people import Role
from handlers.announcements.reaching import numbers
from handlers.context import Unit, Voice
from storage import announcements, mailings, people
from storage.mailings import CANCELLED, LEFT, Tally

PAUSE = timedelta(seconds=3)
"""Between two looks; the message that reports is edited no more often."""
NAMED = 20
"""So many people are named; of the others the report says how many there are."""
REASONS = ("gone", "declined", "rejected", "uncertain", "unreachable", "misconfigured", "throttled")


def report(unit: Unit, announcement: Announcement) -> None:
    """Tell the author, in one message that is kept up to date as long as they belong to the coordination."""
    author = people.find_member(unit.db, announcement.author) if announcement.author else None
    if author is None or author.role < Role.COORDINATOR:
        return
    key = report_key(announcement.id)
    shown = mailings.find_keyed(unit.db, key)
    if shown is None:
        unit.tell(author, lambda voice: content(unit, announcement, voice), key=key, subject=_card(announcement.id))
    else:
        row, place = shown
        changed = content(unit, announcement, unit.voice_of(author, place.channel))
        unit.send(Outgoing(to=place, content=changed, subject=_card(announcement.id), replaces=row))


def _card(number: int) -> str:
    return f"announcement-report:{number}"


def follow(unit: Unit, number: int) -> None:
    """Look at the delivery, and bring the report up to date when it has moved; the last look ends it."""
    announcement = announcements.hold_announcement(unit.db, number)
    now = seen(unit, announcement)
    if now != announcements.find_looked(unit.db, number):
        report(unit, announcement)
        announcements.note_looked(unit.db, number, now)
    busy = mailings.tally(unit.db, subject(number)).waiting or _tally_edits(unit, announcement).waiting
    announcements.look_at(unit.db, number, unit.now + PAUSE if busy else None)


def seen(unit: Unit, announcement: Announcement) -> str:
    """All that the report depends on, to tell whether it has changed."""
    found = mailings.tally(unit.db, subject(announcement.id))
    read = announcements.count_reads(unit.db, announcement.id) if announcement.confirm else 0
    stage = _stage(announcement, found, unit.now)
    return repr((found, _tally_edits(unit, announcement), stage, read, announcement.people))


def _tally_edits(unit: Unit, announcement: Announcement) -> Tally:
    since = announcement.changed
    return mailings.tally_edits(unit.db, subject(announcement.id), since) if since else Tally()


def content(unit: Unit, announcement: Announcement, voice: Voice) -> Message:
    """The report in words, with what can still be done."""
    found = mailings.tally(unit.db, subject(announcement.id))
    lines = [
        voice.say(
            f"announcements-report-{_stage(announcement, found, unit.now)}",
            number=str(announcement.id),
            numbers=numbers(voice, announcement.people, announcement.rooms),
            at=announcement.at or unit.now,
        ),
        voice.say("announcements-report-sent", sent=found.sent, total=found.total),
    ]
    if found.waiting:
        lines.append(voice.say("announcements-report-waiting", waiting=found.waiting))
    lines += _reasons(voice, found)
    if not found.waiting:
        lines += _unserved(unit, announcement, voice)
    if announcement.confirm:
        lines.append(voice.say("announcements-report-read", read=announcements.count_reads(unit.db, announcement.id)))
    lines += _edits(unit, announcement, voice)
    return Message(Html.joined("\n", lines), _keyboard(voice, announcement, found))


def _stage(announcement: Announcement, found: Tally, now: datetime) -> str:
    if announcement.state is State.RETRACTED:
        return "retracted"
    if found.waiting:
        return "ahead" if announcement.at and announcement.at > now else "running"
    return "stopped" if (found.dead or {}).get(CANCELLED) else "done"


def _reasons(voice: Voice, found: Tally) -> list[Html]:
    dead = found.dead or {}
    return [
        voice.say(f"announcements-reason-{reason}", people=dead[reason])
        for reason in (*REASONS, CANCELLED, LEFT)
        if dead.get(reason)
    ]


def _unserved(unit: Unit, announcement: Announcement, voice: Voice) -> list[Html]:
    """By name, with what helps."""
    lines = [
        voice.say(_unserved_key(one.reason), name=one.name or voice.plain("announcements-somebody"))
        for one in mailings.list_unserved(unit.db, subject(announcement.id), NAMED)
    ]
    missed = announcements.list_missed(unit.db, announcement.id, NAMED)
    lines += [voice.say("announcements-missed", name=name) for name in missed]
    more = announcements.count_missed(unit.db, announcement.id) - len(missed)
    if more > 0:
        lines.append(voice.say("announcements-missed-more", people=more))
    if missed:
        lines.append(voice.say("announcements-missed-help"))
    return lines


def _unserved_key(reason: str) -> str:
    return f"announcements-unserved-{reason if reason in REASONS else 'rejected'}"


def _edits(unit: Unit, announcement: Announcement, voice: Voice) -> list[Html]:
    edits = _tally_edits(unit, announcement)
    if not edits.total:
        return []
    lines = [voice.say("announcements-report-edited", edited=edits.sent, total=edits.total)]
    if edits.failed:
        retracted = announcement.state is State.RETRACTED
        kind = "unretracted" if retracted else "unedited"
        lines.append(voice.say(f"announcements-report-{kind}", people=edits.failed))
        since = announcement.changed or unit.now
        names = [one.name for one in mailings.list_unedited(unit.db, subject(announcement.id), since, NAMED)]
        lines += [
            voice.say("announcements-unchanged", name=name or voice.plain("announcements-somebody")) for name in names
        ]
    return lines


def _keyboard(voice: Voice, announcement: Announcement, found: Tally) -> tuple[tuple[Button, ...], ...]:
    def act(verb: str) -> Button:
        return voice.button(f"announcements-button-{verb}", Action(f"announcements.{verb}", (announcement.id,)))

    if announcement.state is not State.SENT:
        return ()
    rows: list[tuple[Button, ...]] = [(act("edit"), act("retract"))]
    if found.waiting:
        rows.insert(0, (act("stop"),))
    if announcement.confirm:
        rows.append((act("chase"),))
    return tuple(rows)
