"""Sessions of people who signed in: once they sign out, none of their cookies is worth anything.

Sign-ins are of the company, also while the sample is what people see.
"""

import logging
from datetime import timedelta

from sqlalchemy import Select, delete, insert, select
from sqlmodel import col

from data.core.database import Unusable, now, open_database, quiet_writer, snapshot
from data.core.errors import Unreachable
from data.core.migrate import TooNew
from data.core.settings import settings
from models import EndedSession

KEPT_FOR = timedelta(days=32)
"""Longer than any cookie of a session is taken for true."""

_ended: set[str] = set()


def end_session(digest: str) -> None:
    """End a session, known by the digest of its cookie, on every server.

    While the database does not answer, it is over on this server alone.
    """
    _ended.add(digest)
    try:
        with quiet_writer(open_database(settings().database_url)) as connection:
            past = col(EndedSession.ended_at) < now() - KEPT_FOR
            connection.execute(delete(EndedSession).where(past))
            if connection.execute(_found(digest)).first() is None:
                connection.execute(insert(EndedSession).values(digest=digest, ended_at=now()))
    except (Unusable, TooNew, Unreachable):
        logging.getLogger(__name__).warning("a session ended on this server alone")


def has_ended(digest: str) -> bool:
    """Tell whether a session has ended; while the database does not answer, as was known last."""
    if digest in _ended:
        return True
    try:
        with snapshot(open_database(settings().database_url)) as connection:
            is_over = connection.execute(_found(digest)).first() is not None
    except (Unusable, TooNew, Unreachable):
        return False
    if is_over:
        _ended.add(digest)
    return is_over


def _found(digest: str) -> Select[str]:
    return select(col(EndedSession.digest)).where(col(EndedSession.digest) == digest)
