"""Let people have quiet hours of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add their beginning and end, in minutes from midnight; nobody has any yet."""
    op.add_column(
        "members",
        sa.Column(
            "quiet_from",
            sa.SmallInteger(),
            sa.CheckConstraint("quiet_from BETWEEN 0 AND 1439", name=op.f("ck_members_quiet_from")),
            nullable=True,
        ),
    )
    op.add_column(
        "members",
        sa.Column(
            "quiet_until",
            sa.SmallInteger(),
            sa.CheckConstraint("quiet_until BETWEEN 0 AND 1439", name=op.f("ck_members_quiet_until")),
            sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_members_quiet_whole")),
            nullable=True,
        ),
    )
