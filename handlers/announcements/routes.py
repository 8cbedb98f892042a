"""Everything people can do with announcements, in one table."""

from handlers.announcements import approving, drafts, duties, following, leaving
from handlers.routing import combined

ROUTES = combined([drafts.ROUTES, approving.ROUTES, following.ROUTES, leaving.ROUTES, duties.ROUTES])
