"""Who does what by when, agreed about a KPI, an objective or a key result."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ABOUT = ("kpi", "objective", "key_result")


def upgrade() -> None:
    """Make the table of actions."""
    op.create_table(
        "action",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team_id", KEY, nullable=False),
        *(sa.Column(f"{thing}_id", KEY, nullable=True) for thing in ABOUT),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"]),
        *(sa.ForeignKeyConstraint([f"{thing}_id"], [f"{thing}.id"]) for thing in ABOUT),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("team_id", *(f"{thing}_id" for thing in ABOUT), "owner_id"):
        op.create_index(op.f(f"ix_action_{name}"), "action", [name], unique=False)
