"""Whether a server can do its work: its database answers, and has the tables that it needs."""

import threading
import time
from functools import cache

from sqlalchemy import Engine, text

from data.core.database import Unusable, open_database, snapshot
from data.core.errors import Unreachable
from data.core.failures import OUT_OF_REACH
from data.core.migrate import SCRIPTS, TooNew, migrations
from data.core.settings import settings
from data.operations.start_up import start_up

STARTING = "starting"
AGAIN = 5
"""Seconds until a start that failed is tried again."""

_began = threading.Event()
_reason = STARTING


def begin() -> None:
    """Bring the database up to date, until that is done; to be run beside all else."""
    global _reason
    while not _began.is_set():
        try:
            start_up(settings().database_url)
        except (Unusable, TooNew, Unreachable) as error:
            _reason = str(error)
            time.sleep(AGAIN)
        else:
            _began.set()


def not_ready() -> str:
    """Say why this server cannot do its work; nothing where it can.

    A newer schema than its own is no reason: while an upgrade goes on, the older version works on.
    """
    if not _began.is_set():
        return _reason
    try:
        return _lacks(open_database(settings().database_url))
    except Unreachable:
        return OUT_OF_REACH


def _lacks(engine: Engine) -> str:
    with snapshot(engine) as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    is_old = found is None or found in _older_revisions()
    return f"the tables are at revision {found}" if is_old else ""


@cache
def _older_revisions() -> frozenset[str]:
    """Name the revisions before that of this program; to find them each script is run."""
    scripts = migrations(SCRIPTS)
    all_of_them = {each.revision for each in scripts.walk_revisions()}
    return frozenset(all_of_them - {scripts.get_current_head()})
