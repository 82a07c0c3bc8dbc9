"""What confirms a drift has changed, so no signal that is stored was decided as they are now.

Nor can the next reading go on from what is stored beside it. They are computed again at start-up.
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Empty the table of signals."""
    op.execute("DELETE FROM kpi_signal")
