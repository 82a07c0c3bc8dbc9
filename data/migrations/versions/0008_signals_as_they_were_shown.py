"""Each signal is kept as it was shown, from the moment on from which it was.

What is stored tells the present alone. It is computed again at start-up, with all that was shown
before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of signals anew, one of what they go on from, and one of teams' versions."""
    op.drop_table("kpi_signal")
    op.create_table(
        "kpi_signal",
        sa.Column("kpi_id", KEY, nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("history", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"]),
        sa.PrimaryKeyConstraint("kpi_id", "known_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signal_checkpoint",
        sa.Column("kpi_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"]),
        sa.PrimaryKeyConstraint("kpi_id", "period"),
    )
    op.create_table(
        "team_version",
        sa.Column("team_id", KEY, autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team_id"),
    )
