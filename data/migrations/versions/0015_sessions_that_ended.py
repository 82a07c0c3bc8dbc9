"""Sessions that somebody ended by signing out: a copied cookie opens none of them again."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table of sessions that ended."""
    op.create_table(
        "ended_session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
