"""Signals are decided in another way from here on, and every older database has the same tables.

What is stored of a signal was decided by the earlier way, and what the next reading goes on from
as well. So none is kept: `data.signals.complete` computes them again when the database is opened.

Two of the migrations before this one were changed after they had landed, so what they made depends
on the day: of 0001 other indexes on the pins, of 0002 a table of signals without `last`,
`last_expected`, `adjoining` and `rule`. This one looks at what is there, and leaves one form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBERS = ("mean", "expected", "error", "z", "last", "last_expected", "sigma", "slope", "slope_z")
EARLIER = ("ix_pin_kpi_id", "ix_pin_team_id")


def upgrade() -> None:
    """Make the table of signals anew and empty, and the index of the pins where it is missing."""
    op.drop_table("kpi_signal")
    _make_signals()
    there = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("pin")}
    for name in EARLIER:
        if name in there:
            op.drop_index(name, "pin")
    if "pin_of" not in there:
        op.create_index("pin_of", "pin", ["kpi_id", "team_id"], unique=False)


def _make_signals() -> None:
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
