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
    }
    table = column.table.name
    row = (rows | valid | examples)[table] | {column.name: 999}
    if column.name == "merged_into":
        row["state"] = "merged"
    with database.begin() as db:
        fill(db)
    with pytest.raises(Faulty, match=r"FOREIGN KEY|fk_"), database.begin() as db:
        insert(db, table, [row])


@pytest.mark.parametrize("name", ["members", "topics", "groups", "rooms", "outbox", "invitations"])
def test_ids_never_come_back_with_another_meaning(database: Database, name: str) -> None:
    """People quote the numbers, buttons carry them: a deleted row's id is not given to another."""
    rows = {"members": MEMBER, "topics": TOPIC, "rooms": ROOM, "outbox": OUTGOING, "invitations": INVITATION}
    row = rows.get(name, {"name": "Nord", "folded": "nord"})
    table = metadata.tables[name]
    with database.begin() as db:
        first = db.execute(sa.insert(table).returning(table.c.id), row).scalar_one()
        db.execute(sa.delete(table))
        assert db.execute(sa.insert(table).returning(table.c.id), row).scalar_one() > first
