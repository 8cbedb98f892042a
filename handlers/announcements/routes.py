"""Everything people can do with announcements, in one table."""

from handlers.announcements import approving, drafts, duties, files, following, leaving
from handlers.routing import combined

ROUTES = combined([drafts.ROUTES, files.ROUTES, approving.ROUTES, following.ROUTES, leaving.ROUTES, duties.ROUTES])
