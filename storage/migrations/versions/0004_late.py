"""Let a row name what writes it when it is sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the name and its arguments to the outbox."""
    op.add_column("outbox", sa.Column("late", sa.JSON(none_as_null=True), nullable=True))
