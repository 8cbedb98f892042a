"""What people call the roles."""

import re

from domain.commands import spelled
from domain.people import Role

_CALLED = {
    Role.PARTNER: "partner partners partnerin partnerinnen partnerschaft praxispartner praxispartnerin "
    "praxispartnerinnen praxispartnerschaft",
    Role.PARTICIPANT: "participant participants teilnahme teilnehmende teilnehmender teilnehmer teilnehmerin "
    "teilnehmerinnen",
    Role.COORDINATOR: "coordination coordinator coordinators koordination koordinator koordinatorin koordinatorinnen "
    "koordinierende",
    Role.ADMIN: "admin admins administration administrator administratorin administratorinnen",
}
_ROLES = {word: role for role, words in _CALLED.items() for word in words.split()}
_INNER_SIGNS = re.compile(r"[*:_/]")


def read_role(text: str) -> Role | None:
    """The role somebody named, in German or English, in one word: "Teilnehmende", "coordinator", "Partner*in"."""
    return _ROLES.get(_INNER_SIGNS.sub("", spelled(text.strip(" .,;"))))
