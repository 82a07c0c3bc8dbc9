"""A later version of the program: this one, with a migration more."""

from pathlib import Path

from alembic.script import ScriptDirectory

from data.core.migrate import SCRIPTS

HEAD = ScriptDirectory(str(SCRIPTS)).get_current_head()
NEXT = "9999"
ADD_A_COLUMN = "op.add_column('company', sa.Column('motto', sa.Text(), nullable=True))"
MIGRATION = '''"""A later change."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"


def upgrade() -> None:
    {body}
'''


def add_migration(scripts: Path, body: str) -> None:
    """Write the next migration into a copy of the program's."""
    words = MIGRATION.format(next=NEXT, head=HEAD, body=body)
    (scripts / "versions" / f"{NEXT}_later.py").write_text(words)
