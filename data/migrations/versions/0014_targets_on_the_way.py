"""Targets of key results on their way: how far each is to be by which day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of targets on the way, one of a key result a day."""
    op.create_table(
        "target_step",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_result_id", KEY, nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["key_result_id"], ["key_result.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    index = op.f("ix_target_step_key_result_id")
    op.create_index(index, "target_step", ["key_result_id"], unique=False)
    live = sa.text("withdrawn_at IS NULL")
    columns = ["key_result_id", "by"]
    op.create_index(
        "target_step_day",
        "target_step",
        columns,
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
