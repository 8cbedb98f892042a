"""What becomes due by itself: planned announcements, looks at deliveries, people who joined later."""

from datetime import timedelta

from domain.announcements import State
from handlers.announcements.dispatching import dispatch, send_late
from handlers.announcements.reports import follow
from handlers.context import Unit
from handlers.routing import Duty, Routes
from storage import announcements

OFTEN, SELDOM = timedelta(seconds=1), timedelta(seconds=15)


def go_out(unit: Unit, number: int) -> None:
    """The time of a planned one has come."""
    planned = announcements.hold_announcement(unit.db, number)
    if planned.state is State.SCHEDULED and planned.at is not None and planned.at <= unit.now:
        dispatch(unit, planned)


ROUTES = Routes(
    duties=(
        Duty("announcements.go", OFTEN, announcements.list_due, go_out),
        Duty("announcements.follow", OFTEN, announcements.list_to_look_at, follow),
        Duty("announcements.late", SELDOM, announcements.list_with_late_joiners, send_late),
    )
)
