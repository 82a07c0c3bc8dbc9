"""A KPI names the smallest change that matters."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the number, which nobody has named yet."""
    with op.batch_alter_table("kpi") as batch_op:
        batch_op.add_column(sa.Column("smallest_change", sa.Float(), nullable=True))
