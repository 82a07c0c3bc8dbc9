"""Check-ins of teams: what was looked at, what was said, who was there, and at what time they are."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=20)
ABOUT = ("meeting", "kpi", "objective", "key_result", "action")
WORDS = ("health", "signal", "confidence")
NUMBERS = ("value", "chance")
TIMES = ("before", "after")
VOTES = ("sure", "likely", "unsure", "doubtful")


def upgrade() -> None:
    """Make the tables of check-ins, and let a team say at what time its own is."""
    time = sa.Column("check_in_time", WORD, nullable=False, server_default="")
    with op.batch_alter_table("team") as batch_op:
        batch_op.add_column(time)
    # What is there has its time now; from here on the program says it.
    with op.batch_alter_table("team") as batch_op:
        batch_op.alter_column("check_in_time", existing_type=WORD, server_default=None)
    _meetings()
    _items()
    _participants()


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("driver_id", KEY, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        sa.Column("paused_at", MOMENT, nullable=True),
        sa.Column("paused_seconds", sa.Integer(), nullable=False),
        sa.Column("is_voting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"]),
        sa.ForeignKeyConstraint(["driver_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    live = "withdrawn_at IS NULL"
    _unique("meeting_started", "meeting", ["team_id", "started_at"], live)
    _unique("meeting_running", "meeting", ["team_id"], f"{live} AND ended_at IS NULL")


def _items() -> None:
    op.create_table(
        "meeting_item",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        *(sa.Column(f"{thing}_id", KEY, nullable=thing != "meeting") for thing in ABOUT),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        *(sa.Column(f"{name}_{at}", sa.Float(), nullable=True) for name in NUMBERS for at in TIMES),
        *(sa.Column(f"{name}_{at}", WORD, nullable=True) for name in WORDS for at in TIMES),
        sa.Column("decided", WORD, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in VOTES),
        *(sa.ForeignKeyConstraint([f"{thing}_id"], [f"{thing}.id"]) for thing in ABOUT),
        sa.PrimaryKeyConstraint("id"),
    )
    for thing in ABOUT:
        op.create_index(op.f(f"ix_meeting_item_{thing}_id"), "meeting_item", [f"{thing}_id"])
    columns = ["meeting_id", "position"]
    _unique("meeting_item_place", "meeting_item", columns, "withdrawn_at IS NULL")


def _participants() -> None:
    op.create_table(
        "meeting_participant",
        sa.Column("meeting_id", KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("vote", WORD, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("meeting_id", "person_id"),
    )


def _unique(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )
