"""The first schema."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


_TOPIC_STATE = (
    "\"state\" IN ('waiting', 'proposed', 'on_ballot', 'selected', 'scheduled', 'held', 'not_selected', 'withdrawn', "
    "'declined', 'merged')"
)


def _only(where: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "dialogs",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("past", sa.JSON(), nullable=False),
        sa.Column("touched", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", "user", name="pk_dialogs"),
    )
    op.create_index("ix_dialogs_touched", "dialogs", ["touched"])

    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("folded", name="uq_groups_folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("arrival", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "arrival", name="pk_inbox"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("joined", Moment(), nullable=False),
        sa.CheckConstraint("\"form\" IN ('sie', 'du', 'leicht')", name=op.f("ck_members_form")),
        sa.CheckConstraint(
            "\"role\" IN ('guest', 'partner', 'participant', 'coordinator', 'admin')", name=op.f("ck_members_role")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", Moment(), nullable=False),
        sa.Column("created", Moment(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keyboard", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attachment", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("lease", Moment(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("settled", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("scrubbed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(state = 'sending') = (holder IS NOT NULL)", name=op.f("ck_outbox_holder")),
        sa.CheckConstraint("(state = 'sending') = (lease IS NOT NULL)", name=op.f("ck_outbox_lease")),
        sa.CheckConstraint("(state IN ('sent', 'dead')) = (settled IS NOT NULL)", name=op.f("ck_outbox_settled")),
        sa.CheckConstraint("state <> 'sent' OR message IS NOT NULL", name=op.f("ck_outbox_message")),
        sa.CheckConstraint("\"state\" IN ('waiting', 'sending', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_attempts")),
        sa.CheckConstraint("urgency BETWEEN 0 AND 2", name=op.f("ck_outbox_urgency")),
        sa.ForeignKeyConstraint(["replaces"], ["outbox.id"], name="fk_outbox_replaces", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_message", "outbox", ["channel", "chat", "message", "id"], **_only("message IS NOT NULL"))
    op.create_index("ix_outbox_replaces", "outbox", ["replaces", "id"], **_only("replaces IS NOT NULL"))
    op.create_index("ix_outbox_subject", "outbox", ["subject", "channel", "chat", "id"], **_only("replaces IS NULL"))
    op.create_index("ix_outbox_unscrubbed", "outbox", ["settled"], **_only("settled IS NOT NULL AND NOT scrubbed"))
    op.create_index("ix_outbox_waiting", "outbox", ["channel", "urgency", "id", "due"], **_only("state = 'waiting'"))
    op.create_index(
        "ix_outbox_waiting_chat", "outbox", ["channel", "chat", "urgency", "id"], **_only("state = 'waiting'")
    )
    op.create_index("uq_outbox_key", "outbox", ["key"], unique=True, **_only("key IS NOT NULL"))
    op.create_index("uq_outbox_sending", "outbox", ["channel", "chat"], unique=True, **_only("state = 'sending'"))
    op.create_index("uq_outbox_waiting_refresh", "outbox", ["replaces"], unique=True, **_only("state = 'waiting'"))

    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.CheckConstraint("chat <> '' OR NOT reachable", name=op.f("ck_accounts_reachable")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_accounts_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("kind", "user", name="uq_accounts_kind_user"),
    )
    op.create_index("ix_accounts_chat", "accounts", ["channel", "chat"])
    op.create_index("ix_accounts_member", "accounts", ["member"])

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("objects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["members.id"], name="fk_audit_actor", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_actor", "audit", ["actor"])

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_consents_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_member", "consents", ["member"])

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("issuer", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "\"role\" IN ('guest', 'partner', 'participant', 'coordinator', 'admin')", name=op.f("ck_invitations_role")
        ),
        sa.CheckConstraint("uses_left >= 0", name=op.f("ck_invitations_uses_left")),
        sa.ForeignKeyConstraint(["group"], ["groups.id"], name="fk_invitations_group", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["issuer"], ["members.id"], name="fk_invitations_issuer", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("code", name="uq_invitations_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_group", "invitations", ["group"])
    op.create_index("ix_invitations_issuer", "invitations", ["issuer"])

    op.create_table(
        "memberships",
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group"], ["groups.id"], name="fk_memberships_group", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_memberships_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group", "member", name="pk_memberships"),
    )
    op.create_index("ix_memberships_member", "memberships", ["member"])

    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("connected", sa.Boolean(), nullable=False),
        sa.CheckConstraint("\"purpose\" IN ('programme', 'coordination')", name=op.f("ck_rooms_purpose")),
        sa.ForeignKeyConstraint(["group"], ["groups.id"], name="fk_rooms_group", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
        sa.UniqueConstraint("channel", "chat", name="uq_rooms_channel_chat"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rooms_group", "rooms", ["group"])

    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("proposed", Moment(), nullable=False),
        sa.CheckConstraint("merged_into IS NULL OR state = 'merged'", name=op.f("ck_topics_merged")),
        sa.CheckConstraint("question <> ''", name=op.f("ck_topics_question")),
        sa.CheckConstraint(
            _TOPIC_STATE,
            name=op.f("ck_topics_state"),
        ),
        sa.CheckConstraint("merged_into <> id", name=op.f("ck_topics_not_into_itself")),
        sa.ForeignKeyConstraint(["author"], ["members.id"], name="fk_topics_author", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["merged_into"], ["topics.id"], name="fk_topics_merged_into", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topics_author", "topics", ["author"])
    op.create_index("ix_topics_merged_into", "topics", ["merged_into"])
    op.create_index("ix_topics_state", "topics", ["state"])

    op.create_table(
        "topic_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_topic_comments_text")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_topic_comments_member", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["topic"], ["topics.id"], name="fk_topic_comments_topic", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_topic_comments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_comments_member", "topic_comments", ["member"])
    op.create_index("ix_topic_comments_message", "topic_comments", ["channel", "chat", "message"])
    op.create_index("ix_topic_comments_topic", "topic_comments", ["topic"])

    op.create_table(
        "topic_contributions",
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.CheckConstraint("\"way\" IN ('input', 'example', 'contact')", name=op.f("ck_topic_contributions_way")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_topic_contributions_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic"], ["topics.id"], name="fk_topic_contributions_topic", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic", "member", name="pk_topic_contributions"),
    )
    op.create_index("ix_topic_contributions_member", "topic_contributions", ["member"])

    op.create_table(
        "topic_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint(
            _TOPIC_STATE,
            name=op.f("ck_topic_steps_state"),
        ),
        sa.ForeignKeyConstraint(["topic"], ["topics.id"], name="fk_topic_steps_topic", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_topic_steps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_steps_topic", "topic_steps", ["topic"])

    op.create_table(
        "topic_supports",
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_topic_supports_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic"], ["topics.id"], name="fk_topic_supports_topic", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic", "member", name="pk_topic_supports"),
    )
    op.create_index("ix_topic_supports_member", "topic_supports", ["member"])
