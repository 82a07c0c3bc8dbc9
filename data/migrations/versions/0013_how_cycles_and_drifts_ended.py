"""How cycles and drifts ended: scores, learnings and verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=20)


def upgrade() -> None:
    """Make the tables, and let each thing have one live row of its own."""
    _table(
        "key_result_score",
        "key_result",
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_step", WORD, nullable=True),
    )
    _table(
        "learning",
        "objective",
        sa.Column("helped", sa.Text(), nullable=False),
        sa.Column("hindered", sa.Text(), nullable=False),
    )
    _table(
        "verdict",
        "kpi",
        sa.Column("known_at", MOMENT, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("verdict", WORD, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"]),
    )
    _unique("key_result_score_once", "key_result_score", "key_result_id")
    _unique("learning_once", "learning", "objective_id")
    _unique("verdict_once", "verdict", "kpi_id", "date")


def _table(name: str, owner: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column(f"{owner}_id", KEY, nullable=False),
        *columns,
        sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f(f"ix_{name}_{owner}_id"), name, [f"{owner}_id"], unique=False)


def _unique(name: str, table: str, *columns: str) -> None:
    live = sa.text("withdrawn_at IS NULL")
    op.create_index(
        name, table, list(columns), unique=True, sqlite_where=live, postgresql_where=live
    )
