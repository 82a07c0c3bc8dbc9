"""How spreadsheets are read: what was mapped once, and in which month the fiscal year starts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of mappings; a fiscal year is the calendar's until somebody says otherwise."""
    month = sa.Column("fiscal_year_starts", sa.Integer(), nullable=False, server_default="1")
    with op.batch_alter_table("company") as batch_op:
        batch_op.add_column(month)
    # What is there has its month now; from here on the program says it.
    with op.batch_alter_table("company") as batch_op:
        batch_op.alter_column("fiscal_year_starts", existing_type=sa.Integer(), server_default=None)
    op.create_table(
        "import_mapping",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "import_mapping_headings",
        "import_mapping",
        ["headings"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
