"""Signals keep the numbers they were decided by; a decision says when it was known."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

NUMBERS = ("mean", "expected", "error", "z", "last", "last_expected", "sigma", "slope", "slope_z")

change = sa.table("change", *map(sa.column, ("command_id", "entity", "entity_id", "before")))
command = sa.table("command", sa.column("id"), sa.column("name"), sa.column("at", MOMENT))
decision = sa.table(
    "decision", sa.column("id"), sa.column("date", sa.Date()), sa.column("known_at", MOMENT)
)


def upgrade() -> None:
    """Make the table of signals anew, which nothing had been written to, and tell the moments."""
    with op.batch_alter_table("kpi_signal") as batch_op:
        batch_op.drop_index(batch_op.f("ix_kpi_signal_kpi_id"))
    op.drop_table("kpi_signal")
    op.create_table(
        "kpi_signal",
        sa.Column("kpi_id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("signal", sa.String(length=20), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("onset", sa.Date(), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("favourable", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=True) for name in NUMBERS),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("adjoining", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"]),
        sa.PrimaryKeyConstraint("kpi_id"),
    )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(sa.Column("known_at", MOMENT, nullable=True))
    _tell_when_known()
    with op.batch_alter_table("decision") as batch_op:
        batch_op.alter_column("known_at", existing_type=MOMENT, nullable=False)


def _tell_when_known() -> None:
    """A decision is known from the command that made it, an imported one from its day's end."""
    made = (
        sa.select(decision.c.id, decision.c.date, command.c.name, command.c.at)
        .select_from(decision)
        .join(change, sa.and_(change.c.entity_id == decision.c.id, change.c.entity == "decision"))
        .join(command, command.c.id == change.c.command_id)
        .where(change.c.before.is_(None))
    )
    connection = op.get_bind()
    for row in connection.execute(made).all():
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        over = datetime.combine(row.date + timedelta(days=1), time(), tzinfo=UTC)
        known_at = min(at, over) if row.name == "import" else at
        connection.execute(
            sa.update(decision).where(decision.c.id == row.id).values(known_at=known_at)
        )
