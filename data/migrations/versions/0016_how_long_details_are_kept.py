"""How long details are kept: who was at check-ins, and what each change was."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the days after which they are deleted, none at first, and since when the log is whole."""
    op.add_column("company", sa.Column("keep_attendance_days", sa.Integer(), nullable=True))
    op.add_column("company", sa.Column("keep_log_days", sa.Integer(), nullable=True))
    whole_since = sa.Column("log_kept_since", sa.DateTime(timezone=True), nullable=True)
    op.add_column("company", whole_since)
