"""Announcements, what people do not want to get, and questions to the coordination."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("de", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("attachment", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("approver", sa.Integer(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("confirm", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=True),
        sa.Column("repeat", sa.Text(), nullable=False),
        sa.Column("sent", Moment(), nullable=True),
        sa.Column("changed", Moment(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("look", Moment(), nullable=True),
        sa.Column("looked", sa.Text(), nullable=False),
        sa.Column("caught_up", Moment(), nullable=True),
        sa.CheckConstraint("\"category\" IN ('news', 'events', 'taking-part')", name=op.f("ck_announcements_category")),
        sa.CheckConstraint(
            "\"state\" IN ('draft', 'pending', 'scheduled', 'sent', 'cancelled', 'retracted')",
            name=op.f("ck_announcements_state"),
        ),
        sa.CheckConstraint(
            "\"repeat\" IN ('never', 'weekly', 'fortnightly', 'monthly')", name=op.f("ck_announcements_repeat")
        ),
        sa.CheckConstraint("de <> '' OR en <> ''", name=op.f("ck_announcements_text")),
        sa.CheckConstraint("state <> 'scheduled' OR at IS NOT NULL", name=op.f("ck_announcements_scheduled")),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'retracted') OR sent IS NOT NULL", name=op.f("ck_announcements_sent")
        ),
        sa.ForeignKeyConstraint(["author"], ["members.id"], name="fk_announcements_author", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["approver"], ["members.id"], name="fk_announcements_approver", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sqlite_autoincrement=True,
    )
    for column in ("approver", "author", "state"):
        op.create_index(f"ix_announcements_{column}", "announcements", [column])
    for name, *more in (("missed",), ("reads", sa.Column("at", Moment(), nullable=False))):
        table = f"announcement_{name}"
        op.create_table(
            table,
            sa.Column("announcement", sa.Integer(), nullable=False),
            sa.Column("member", sa.Integer(), nullable=False),
            *more,
            sa.ForeignKeyConstraint(
                ["announcement"], ["announcements.id"], name=f"fk_{table}_announcement", ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(["member"], ["members.id"], name=f"fk_{table}_member", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("announcement", "member", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_member", table, ["member"])
    op.create_table(
        "opt_outs",
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_opt_outs_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", "category", name="pk_opt_outs"),
    )
    op.create_table(
        "contact_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("asked", Moment(), nullable=False),
        sa.Column("answered", Moment(), nullable=True),
        sa.Column("closed", Moment(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_contact_questions_text")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_contact_questions_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_questions_closed", "contact_questions", ["closed"])
    op.create_index("ix_contact_questions_member", "contact_questions", ["member"])
