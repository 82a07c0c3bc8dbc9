"""Why a database does not do what it is asked, in words; what may pass may be tried again."""

import contextlib
import logging
from collections.abc import Iterator

from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoneFree

from data.core.errors import Unreachable

FAILURES = (OperationalError, InterfaceError, InternalError, NoneFree)
BUSY = "Many people are saving at this moment: try again."
NOT_SAVED = "Not saved yet: {reason}. What you typed is still here: try again."
OUT_OF_REACH = "the database cannot be reached"
FULL = "the disk of the database is full"
READ_ONLY = "the database can only be read at this moment"
TOO_LONG = "the database takes too long to answer"
REASONS = {
    "disk is full": FULL,
    "No space left": FULL,
    "readonly database": READ_ONLY,
    "image is malformed": "the file of the database is damaged",
}
"""What SQLite and the system say, and what that means."""
STATES = {
    "53100": FULL,
    "25006": READ_ONLY,
    "57014": TOO_LONG,
    "25P03": TOO_LONG,
}
"""What PostgreSQL says, whatever its language: SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html."""
BUSY_STATES = {"55P03", "40P01", "40001"}
"""A lock that was not given in time, a deadlock, a conflict of two transactions."""
BUSY_WORDS = ("is locked", "QueuePool limit")


@contextlib.contextmanager
def reached() -> Iterator[None]:
    """Raise `Unreachable` where the database fails, for a reason that may pass."""
    try:
        yield
    except SQLAlchemyError as error:
        # A damaged file raises what all others are derived from.
        if not isinstance(error, FAILURES) and type(error) is not DatabaseError:
            raise
        logging.getLogger(__name__).warning("%s", _told(error))
        raise Unreachable(_message(error)) from error


def _told(error: SQLAlchemyError) -> str:
    """Give what the database said, without the statement: people's words are in that."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _message(error: SQLAlchemyError) -> str:
    told = _told(error)
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if state in BUSY_STATES or any(word in told for word in BUSY_WORDS):
        return BUSY
    reasons = (reason for word, reason in REASONS.items() if word in told)
    return NOT_SAVED.format(reason=STATES.get(state or "") or next(reasons, OUT_OF_REACH))
