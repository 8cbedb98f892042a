"""Let people have quiet hours of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add their beginning and end, in minutes from midnight; nobody has any yet."""
    with op.batch_alter_table("members", table_kwargs={"sqlite_autoincrement": True}) as members:
        members.add_column(sa.Column("quiet_from", sa.SmallInteger(), nullable=True))
        members.add_column(sa.Column("quiet_until", sa.SmallInteger(), nullable=True))
        members.create_check_constraint(op.f("ck_members_quiet_whole"), "(quiet_from IS NULL) = (quiet_until IS NULL)")
        members.create_check_constraint(
            op.f("ck_members_quiet_minutes"), "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439"
        )
