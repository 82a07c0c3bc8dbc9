"""A check-in says what holds the key result up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the words, empty for what was said before."""
    words = sa.Column("blocked_by", sa.Text(), nullable=False, server_default="")
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.add_column(words)
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.alter_column("blocked_by", existing_type=sa.Text(), server_default=None)
