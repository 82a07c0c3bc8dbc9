"""Alembic's entry: migrates the connection it is handed, or compares the models with it."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from models import Base, Moment


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write a moment as the column it is: a migration must not change when the models do."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    render_item=render_item,
)
# The caller's transaction is the migration's: a failure leaves the older tables as they were.
context.run_migrations()
