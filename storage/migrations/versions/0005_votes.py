"""Votes."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def _vote(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["vote"], ["votes.id"], name=f"fk_{table}_vote", ondelete="CASCADE")


def _member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["member"], ["members.id"], name=f"fk_{table}_member", ondelete="CASCADE")


def upgrade() -> None:
    """Make the tables of votes."""
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("proportional", sa.Boolean(), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("none_option", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("electorate", sa.Text(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("room", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("partners", sa.Boolean(), nullable=False),
        sa.Column("quorum", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("lots", sa.JSON(), nullable=False),
        sa.Column("opens", Moment(), nullable=True),
        sa.Column("closes", Moment(), nullable=False),
        sa.Column("started", Moment(), nullable=True),
        sa.Column("closed", Moment(), nullable=True),
        sa.Column("remind", Moment(), nullable=True),
        sa.Column("creator", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("purged", sa.Boolean(), nullable=False),
        sa.CheckConstraint("\"method\" IN ('single', 'approval', 'points', 'ranking')", name=op.f("ck_votes_method")),
        sa.CheckConstraint("\"electorate\" IN ('all', 'group', 'room', 'role')", name=op.f("ck_votes_electorate")),
        sa.CheckConstraint(
            "\"role\" IN ('guest', 'partner', 'participant', 'coordinator', 'admin')", name=op.f("ck_votes_role")
        ),
        sa.CheckConstraint("\"state\" IN ('scheduled', 'open', 'closed', 'cancelled')", name=op.f("ck_votes_state")),
        sa.CheckConstraint("question <> ''", name=op.f("ck_votes_question")),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_votes_seats")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_votes_points")),
        sa.CheckConstraint("quorum >= 0", name=op.f("ck_votes_quorum")),
        sa.CheckConstraint("NOT (secret AND live)", name=op.f("ck_votes_secret")),
        sa.CheckConstraint("state IN ('scheduled', 'cancelled') OR started IS NOT NULL", name=op.f("ck_votes_started")),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_votes_outcome")),
        sa.CheckConstraint("(state = 'closed') = (counted IS NOT NULL)", name=op.f("ck_votes_counted")),
        sa.CheckConstraint("(state IN ('closed', 'cancelled')) = (closed IS NOT NULL)", name=op.f("ck_votes_closed")),
        sa.ForeignKeyConstraint(["group"], ["groups.id"], name="fk_votes_group", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name="fk_votes_room", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["creator"], ["members.id"], name="fk_votes_creator", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sqlite_autoincrement=True,
    )
    for column in ("creator", "group", "room", "state"):
        op.create_index(f"ix_votes_{column}", "votes", [column])

    op.create_table(
        "vote_options",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_vote_options_text")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_vote_options_place")),
        _vote("vote_options"),
        sa.ForeignKeyConstraint(["topic"], ["topics.id"], name="fk_vote_options_topic", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("vote", "place", name="pk_vote_options"),
    )
    op.create_index("ix_vote_options_topic", "vote_options", ["topic"])

    op.create_table(
        "vote_keys",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        _vote("vote_keys"),
        sa.PrimaryKeyConstraint("vote", name="pk_vote_keys"),
    )
    op.create_table(
        "voters",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("voted", sa.Boolean(), nullable=False),
        _vote("voters"),
        _member("voters"),
        sa.PrimaryKeyConstraint("vote", "member", name="pk_voters"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voters_member", "voters", ["member"])
    op.create_table(
        "ballots",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        _vote("ballots"),
        sa.PrimaryKeyConstraint("vote", "pseudonym", name="pk_ballots"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipts",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        _vote("receipts"),
        sa.PrimaryKeyConstraint("vote", "code", name="pk_receipts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_ballots",
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        _vote("open_ballots"),
        _member("open_ballots"),
        sa.PrimaryKeyConstraint("vote", "member", name="pk_open_ballots"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_open_ballots_member", "open_ballots", ["member"])
    op.create_table(
        "vote_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _vote("vote_reminders"),
        _member("vote_reminders"),
        sa.PrimaryKeyConstraint("id", name="pk_vote_reminders"),
        sa.UniqueConstraint("vote", "member", name="uq_vote_reminders_vote_member"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vote_reminders_member", "vote_reminders", ["member"])
    op.create_index("ix_vote_reminders_vote", "vote_reminders", ["vote"])
