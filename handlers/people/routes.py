"""Everything people can do about themselves and each other, in one table."""

from handlers.people import groups, invitations, joining, languages, profile, quiet
from handlers.routing import combined

ROUTES = combined([joining.ROUTES, profile.ROUTES, languages.ROUTES, quiet.ROUTES, invitations.ROUTES, groups.ROUTES])
