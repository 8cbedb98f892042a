import pytest

from domain.invitations import MOST_DAYS, MOST_USES, Wish, read_wish
from domain.people import Role
from domain.refusal import Refused
from domain.roles import read_role

FULL = Wish(Role.PARTICIPANT, "Kohorte 1", 10, 30)


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("", Wish()),
        ("teilnehmende", Wish(Role.PARTICIPANT)),
        ("teilnehmende gruppe=Kohorte 1 anzahl=10 tage=30", FULL),
        ("tage=30 anzahl=10 gruppe=Kohorte 1 teilnehmende", FULL),
        ("anzahl=10 teilnehmende tage=30 gruppe=Kohorte 1", FULL),
        ("gruppe: „Kohorte 1“ Teilnehmende, anzahl: 10, tage: 30", FULL),
        ("Participant group=Kohorte 1 uses=10 days=30", FULL),
        ("rolle=teilnehmende gruppe = Kohorte 1 anzahl = 10 tage = 30", FULL),
        ("ROLE=admin GROUP=Koordination", Wish(Role.ADMIN, "Koordination")),
        ("partner partner", Wish(Role.PARTNER)),
        ("tage=7", Wish(days=7)),
    ],
)
def test_a_line_in_any_order(line: str, wish: Wish) -> None:
    assert read_wish(line) == wish


@pytest.mark.parametrize(
    ("line", "key", "values"),
    [
        ("Kohorte 1", "people-invite-unclear", {"words": "Kohorte 1"}),
        ("teilnehmende admin", "people-invite-unclear", {"words": "teilnehmende admin"}),
        ("teilnehmende bitte", "people-invite-unclear", {"words": "teilnehmende bitte"}),
        ("anzahl=viele", "people-invite-uses-wrong", {"most": MOST_USES}),
        ("anzahl=0", "people-invite-uses-wrong", {"most": MOST_USES}),
        ("anzahl=1001", "people-invite-uses-wrong", {"most": MOST_USES}),
        ("anzahl=", "people-invite-uses-wrong", {"most": MOST_USES}),
        ("anzahl=-3", "people-invite-uses-wrong", {"most": MOST_USES}),
        ("tage=366", "people-invite-days-wrong", {"most": MOST_DAYS}),
        ("tage=1,5", "people-invite-days-wrong", {"most": MOST_DAYS}),
    ],
)
def test_what_is_no_invitation(line: str, key: str, values: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        read_wish(line)
    assert (refused.value.key, refused.value.values) == (key, values)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Teilnehmende", Role.PARTICIPANT),
        ("Praxispartner*in", Role.PARTNER),
        ("Koordinator:in", Role.COORDINATOR),
        (" KOORDINATION. ", Role.COORDINATOR),
        ("coordinator", Role.COORDINATOR),
        ("Administration", Role.ADMIN),
        ("Gast", None),
        ("", None),
        ("Koordination bitte", None),
    ],
)
def test_roles_by_their_words(text: str, role: Role | None) -> None:
    assert read_role(text) == role
