"""What the database itself forbids: every check and every unique key, each by the row it refuses."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from storage.database import Database, Faulty, Transaction, metadata
from tests.storage.samples import NOW, member, outgoing, queue, room, topic

MEMBER = {"name": "Musterstadt", "role": "participant", "language": "de", "form": "sie", "preferred": "", "joined": NOW}
ACCOUNT = {"member": 1, "kind": "telegram", "user": "7", "channel": "telegram", "chat": "7", "reachable": True}
INVITATION = {"code": "A", "role": "admin", "uses_left": 1, "expires": NOW, "revoked": False}
ROOM = {"channel": "local", "chat": "c", "name": "", "language": "de", "purpose": "programme", "connected": True}
TOPIC = {"question": "Wie?", "background": "", "anonymous": False, "state": "proposed", "proposed": NOW}
COMMENT = {"topic": 1, "member": 1, "text": "Ja", "at": NOW, "channel": "local", "chat": "c", "message": "1"}
VOTE = {
    "question": "Was?",
    "method": "approval",
    "seats": 1,
    "proportional": False,
    "points": 0,
    "none_option": False,
    "secret": True,
    "live": False,
    "electorate": "all",
    "partners": False,
    "quorum": 0,
    "state": "open",
    "seed": "",
    "lots": [],
    "closes": NOW,
    "started": NOW,
    "purged": False,
}
VOTE_OPTION = {"vote": 1, "place": 3, "text": "Wohnen", "topic": 1}
VOTE_KEY = {"vote": 1, "key": b"k"}
VOTER = {"vote": 1, "member": 1, "voted": False}
BALLOT = {"vote": 1, "pseudonym": b"p", "choice": "[1]"}
RECEIPT = {"vote": 1, "code": "ABCDEF"}
OPEN_BALLOT = {"vote": 1, "member": 1, "choice": "[1]"}
REMINDER = {"vote": 1, "member": 1, "at": NOW}
OUTGOING = {
    "channel": "local",
    "chat": "c",
    "private": False,
    "urgency": 0,
    "state": "waiting",
    "due": NOW,
    "created": NOW,
    "reply_to": "",
    "text": "Guten Tag",
    "attempts": 0,
    "scrubbed": False,
}
SENDING = OUTGOING | {"state": "sending", "holder": "process:1", "lease": NOW}
SENT = OUTGOING | {"state": "sent", "message": "1", "settled": NOW}

REFUSED: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "ck_members_role": ("members", [MEMBER | {"role": "king"}]),
    "ck_members_form": ("members", [MEMBER | {"form": "ihr"}]),
    "ck_members_quiet_from": ("members", [MEMBER | {"quiet_from": -1, "quiet_until": 0}]),
    "ck_members_quiet_until": ("members", [MEMBER | {"quiet_from": 0, "quiet_until": 1440}]),
    "ck_members_quiet_whole": ("members", [MEMBER | {"quiet_from": 0}]),
    "ck_accounts_reachable": ("accounts", [ACCOUNT | {"chat": ""}]),
    "uq_accounts_kind_user": ("accounts", [ACCOUNT, ACCOUNT | {"chat": "8"}]),
    "uq_groups_folded": ("groups", [{"name": "Nord", "folded": "nord"}, {"name": "NORD", "folded": "nord"}]),
    "pk_memberships": ("memberships", [{"group": 1, "member": 1}] * 2),
    "uq_invitations_code": ("invitations", [INVITATION, INVITATION]),
    "ck_invitations_role": ("invitations", [INVITATION | {"role": "king"}]),
    "ck_invitations_uses_left": ("invitations", [INVITATION | {"uses_left": -1}]),
    "uq_rooms_channel_chat": ("rooms", [ROOM, ROOM | {"connected": False}]),
    "ck_rooms_purpose": ("rooms", [ROOM | {"purpose": "fun"}]),
    "ck_topics_question": ("topics", [TOPIC | {"question": ""}]),
    "ck_topics_state": ("topics", [TOPIC | {"state": "lost"}]),
    "ck_topics_not_into_itself": ("topics", [TOPIC | {"id": 5, "merged_into": 5, "state": "merged"}]),
    "ck_topics_merged": ("topics", [TOPIC | {"merged_into": 1}]),
    "pk_topic_supports": ("topic_supports", [{"topic": 1, "member": 1}] * 2),
    "pk_topic_contributions": ("topic_contributions", [{"topic": 1, "member": 1, "way": "input"}] * 2),
    "ck_topic_contributions_way": ("topic_contributions", [{"topic": 1, "member": 1, "way": "money"}]),
    "ck_topic_comments_text": ("topic_comments", [COMMENT | {"text": ""}]),
    "ck_topic_steps_state": ("topic_steps", [{"topic": 1, "state": "lost", "at": NOW}]),
    "ck_votes_method": ("votes", [VOTE | {"method": "dice"}]),
    "ck_votes_electorate": ("votes", [VOTE | {"electorate": "some"}]),
    "ck_votes_role": ("votes", [VOTE | {"role": "king"}]),
    "ck_votes_state": ("votes", [VOTE | {"state": "lost"}]),
    "ck_votes_question": ("votes", [VOTE | {"question": ""}]),
    "ck_votes_seats": ("votes", [VOTE | {"seats": 0}]),
    "ck_votes_points": ("votes", [VOTE | {"points": -1}]),
    "ck_votes_quorum": ("votes", [VOTE | {"quorum": -1}]),
    "ck_votes_secret": ("votes", [VOTE | {"live": True}]),
    "ck_votes_started": ("votes", [VOTE | {"started": None}]),
    "ck_votes_outcome": ("votes", [VOTE | {"state": "closed", "closed": NOW, "counted": 1}]),
    "ck_votes_counted": ("votes", [VOTE | {"state": "closed", "closed": NOW, "outcome": {}}]),
    "ck_votes_closed": ("votes", [VOTE | {"closed": NOW}]),
    "pk_vote_options": ("vote_options", [VOTE_OPTION] * 2),
    "ck_vote_options_text": ("vote_options", [VOTE_OPTION | {"text": ""}]),
    "ck_vote_options_place": ("vote_options", [VOTE_OPTION | {"place": 0}]),
    "pk_vote_keys": ("vote_keys", [VOTE_KEY] * 2),
    "pk_voters": ("voters", [VOTER] * 2),
    "pk_ballots": ("ballots", [BALLOT] * 2),
    "pk_receipts": ("receipts", [RECEIPT] * 2),
    "pk_open_ballots": ("open_ballots", [OPEN_BALLOT] * 2),
    "uq_vote_reminders_vote_member": ("vote_reminders", [REMINDER] * 2),
    "ck_identity_single": ("identity", [{"id": 2, "word": "zwei"}]),
    "pk_inbox": ("inbox", [{"channel": "local", "arrival": "1", "at": NOW}] * 2),
    "pk_dialogs": (
        "dialogs",
        [
            {
                "channel": "local",
                "chat": "c",
                "user": "7",
                "name": "",
                "step": "",
                "turn": 1,
                "data": {},
                "past": [],
                "touched": NOW,
            }
        ]
        * 2,
    ),
    "uq_outbox_key": ("outbox", [OUTGOING | {"key": "once"}] * 2),
    "ck_outbox_state": ("outbox", [OUTGOING | {"state": "lost"}]),
    "ck_outbox_urgency": ("outbox", [OUTGOING | {"urgency": 3}]),
    "ck_outbox_attempts": ("outbox", [OUTGOING | {"attempts": -1}]),
    "ck_outbox_holder": ("outbox", [SENDING | {"holder": None}]),
    "ck_outbox_lease": ("outbox", [SENDING | {"lease": None}]),
    "ck_outbox_settled": ("outbox", [SENT | {"settled": None}]),
    "ck_outbox_message": ("outbox", [SENT | {"message": None}]),
    "uq_outbox_waiting_refresh": ("outbox", [OUTGOING | {"replaces": 1}] * 2),
    "uq_outbox_sending": ("outbox", [SENDING, SENDING]),
}


def named(table: sa.Table) -> dict[str, sa.Constraint | sa.Index]:
    """The checks and unique keys of a table by the names they have in the database; not the mere numbers."""
    rules: dict[str, sa.Constraint | sa.Index] = {}
    for key in [*table.constraints, *table.indexes]:
        match key:
            case sa.CheckConstraint():
                rules[f"ck_{table.name}_{str(key.name).removeprefix(f'ck_{table.name}_')}"] = key
            case sa.PrimaryKeyConstraint() if key.columns.keys() != ["id"]:
                rules[f"pk_{table.name}"] = key
            case sa.UniqueConstraint():
                rules[f"uq_{table.name}_{'_'.join(key.columns.keys())}"] = key
            case sa.Index() if key.unique:
                rules[str(key.name)] = key
    return rules


def fill(db: Transaction) -> None:
    """Something for references to point at, each with the id 1."""
    author = member(db)
    db.execute(sa.insert(metadata.tables["groups"]), {"name": "Süd", "folded": "süd"})
    topic(db, author)
    room(db)
    queue(db, outgoing())
    db.execute(sa.insert(metadata.tables["votes"]), VOTE)


def insert(db: Transaction, table: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        db.execute(sa.insert(metadata.tables[table]), row)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(database: Database, name: str) -> None:
    table, rows = REFUSED[name]
    with database.begin() as db:
        fill(db)
    with database.begin() as db:
        insert(db, table, rows[:-1])
    with pytest.raises(Faulty) as caught, database.begin() as db:
        insert(db, table, rows[-1:])
    # SQLite names the columns of a unique key instead of the key.
    columns = getattr(named(metadata.tables[table])[name], "columns", ())
    assert re.search(
        rf"{name}\b|UNIQUE.*: {', '.join(f'{table}.{column.name}' for column in columns)} ", str(caught.value)
    )


def test_every_rule_has_its_row() -> None:
    assert {name for table in metadata.sorted_tables for name in named(table)} == set(REFUSED)


@pytest.mark.parametrize("column", [c for t in metadata.sorted_tables for c in t.columns if c.foreign_keys], ids=str)
def test_references_lead_somewhere(database: Database, column: sa.Column[Any]) -> None:
    rows = {table: rows[0] for table, rows in reversed(REFUSED.values())}
    valid = {"memberships": {"group": 1, "member": 1}, "topic_supports": {"topic": 1, "member": 1}}
    examples = {
        "accounts": ACCOUNT,
        "audit": {"at": NOW, "act": "x", "objects": []},
        "consents": {"member": 1, "version": "1", "kind": "telegram", "at": NOW},
        "invitations": INVITATION,
        "outbox": OUTGOING,
        "rooms": ROOM,
        "topic_comments": COMMENT,
        "topic_contributions": {"topic": 1, "member": 1, "way": "input"},
        "topic_steps": {"topic": 1, "state": "proposed", "at": NOW},
        "topics": TOPIC,
        "votes": VOTE,
        "vote_options": VOTE_OPTION,
    }
    table = column.table.name
    row = (rows | valid | examples)[table] | {column.name: 999}
    if column.name == "merged_into":
        row["state"] = "merged"
    with database.begin() as db:
        fill(db)
    with pytest.raises(Faulty, match=r"FOREIGN KEY|fk_"), database.begin() as db:
        insert(db, table, [row])


@pytest.mark.parametrize("name", ["members", "topics", "groups", "rooms", "outbox", "invitations", "votes"])
def test_ids_never_come_back_with_another_meaning(database: Database, name: str) -> None:
    """People quote the numbers, buttons carry them: a deleted row's id is not given to another."""
    rows = {"members": MEMBER, "topics": TOPIC, "rooms": ROOM, "outbox": OUTGOING, "invitations": INVITATION}
    rows["votes"] = VOTE
    row = rows.get(name, {"name": "Nord", "folded": "nord"})
    table = metadata.tables[name]
    with database.begin() as db:
        first = db.execute(sa.insert(table).returning(table.c.id), row).scalar_one()
        db.execute(sa.delete(table))
        assert db.execute(sa.insert(table).returning(table.c.id), row).scalar_one() > first
