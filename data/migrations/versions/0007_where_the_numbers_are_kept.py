"""A KPI names the place where its numbers are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the web address, which nobody has given yet."""
    address = sa.Column("link", sa.Text(), nullable=False, server_default="")
    with op.batch_alter_table("kpi") as batch_op:
        batch_op.add_column(address)
    with op.batch_alter_table("kpi") as batch_op:
        batch_op.alter_column("link", existing_type=sa.Text(), server_default=None)
