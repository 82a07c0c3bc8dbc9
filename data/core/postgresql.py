"""A PostgreSQL server: how long anybody waits for it, and for each other."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL

PATIENCE = timedelta(seconds=5)
"""How long a person waits for their turn to write, for a row, or for a free connection."""
SILENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""When a server that says nothing counts as out of reach: seconds, and the last milliseconds."""
LIMITS = {
    "lock_timeout": PATIENCE,
    "statement_timeout": timedelta(seconds=30),
    "idle_in_transaction_session_timeout": timedelta(minutes=1),
}
"""When the server gives up what a person waits for."""
LONG_LIMITS = {
    "lock_timeout": timedelta(minutes=2),
    "statement_timeout": timedelta(minutes=10),
    "idle_in_transaction_session_timeout": timedelta(minutes=10),
}
"""The same for what takes long by its nature: an import, an export, a migration."""


def postgresql_engine(address: URL) -> Engine:
    """Make an engine whose connections give up in time."""
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=10,
        pool_timeout=PATIENCE.total_seconds(),
        connect_args=dict(SILENCE),
    )
    event.listen(engine, "connect", _limit)
    return engine


def take_time(connection: Connection) -> None:
    """Let what is done until the transaction ends take long; SQLite has no such limits."""
    if connection.dialect.name == "postgresql":
        settings = (
            func.set_config(name, _text(limit), True) for name, limit in LONG_LIMITS.items()
        )
        connection.execute(select(*settings))


@contextlib.contextmanager
def sent_together(connection: Connection) -> Iterator[None]:
    """Send what is written meanwhile in one go, up to the commit; nothing can be read in between.

    What fails is told by the commit. SQLite has nobody to send it to.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    with driver.pipeline():
        yield


def _limit(connection: Any, _record: object) -> None:
    # Not as options of the connection: poolers refuse those.
    for name, limit in LIMITS.items():
        connection.execute(f"SET {name} = {_text(limit)}")
    connection.commit()


def _text(limit: timedelta) -> str:
    """Give a time as PostgreSQL reads it, in milliseconds."""
    return str(round(limit.total_seconds() * 1000))
