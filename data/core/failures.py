"""Why a database does not do what it is asked, in words; what may pass may be tried again."""

import contextlib
import logging
from collections.abc import Iterator

from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoneFree

from data.core import sqlite_file
from data.core.errors import Unreachable

FAILURES = (OperationalError, InterfaceError, InternalError, NoneFree)
BUSY = "Many people are saving at this moment: try again."
NOT_SAVED = "Not saved yet: {reason}. What you typed is still here: try again."
NOT_SAVED_UNTIL = "Not saved: {reason}. What you typed is still here. {remedy}"
OUT_OF_REACH = "the database cannot be reached"
FULL = "the disk of the database is full"
READ_ONLY = "the database can only be read at this moment"
TOO_LONG = "the database takes too long to answer"
REASONS = {
    "disk is full": FULL,
    "No space left": FULL,
    "readonly database": READ_ONLY,
    **dict.fromkeys(sqlite_file.DAMAGE, sqlite_file.DAMAGED),
    **{reason: reason for reason in (sqlite_file.GONE, sqlite_file.REPLACED, sqlite_file.DAMAGED)},
}
"""What SQLite and the system say, and what that means."""
RESTORE = "restore a copy with “python -m data restore COPY”"
REMEDIES = {
    sqlite_file.GONE: f"Whoever runs Milepost can put it back, or {RESTORE} and start it again.",
    sqlite_file.REPLACED: "Whoever runs Milepost can put the right file back, or start it again "
    "to go on with this one.",
    sqlite_file.DAMAGED: f"Whoever runs Milepost can {RESTORE}.",
}
"""What is to be done where waiting does not help."""
STATES = {
    "53100": FULL,
    "25006": READ_ONLY,
    "57014": TOO_LONG,
    "25P03": TOO_LONG,
}
"""What PostgreSQL says, whatever its language: the codes are in appendix A of its manual."""
BUSY_STATES = {"55P03", "40P01", "40001"}
"""A lock that was not given in time, a deadlock, a conflict of two transactions."""
BUSY_WORDS = ("is locked", "QueuePool limit")


@contextlib.contextmanager
def reached() -> Iterator[None]:
    """Raise `Unreachable` where the database fails, for a reason that may pass."""
    try:
        yield
    except (SQLAlchemyError, sqlite_file.FileAccident) as error:
        # A damaged file raises what all others are derived from.
        is_ours = isinstance(error, SQLAlchemyError) and not isinstance(error, FAILURES)
        if is_ours and type(error) is not DatabaseError:
            raise
        facts = {"failure": type(error).__name__, "sqlstate": _state(error)}
        told = told_by(error).partition("\n")[0]
        logging.getLogger(__name__).warning("%s", told, extra={"facts": facts})
        raise _unreachable(error) from error


def met_another(error: DBAPIError) -> bool:
    """Tell whether a statement failed for what somebody else writes."""
    return isinstance(error, IntegrityError) or _state(error) in BUSY_STATES


def busy() -> Unreachable:
    """Say that others take too long."""
    return Unreachable(BUSY, BUSY)


def told_by(error: Exception) -> str:
    """Give what the database said, without the statement: people's words are in that."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _state(error: Exception) -> str | None:
    """Give PostgreSQL's code of what failed."""
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None


def remedy_of(told: str) -> str:
    """Say what is to be done about what a database said, empty where waiting helps."""
    return REMEDIES.get(_reason(told), "")


def _unreachable(error: Exception) -> Unreachable:
    told = told_by(error)
    state = _state(error)
    if state in BUSY_STATES or any(word in told for word in BUSY_WORDS):
        return busy()
    reason = STATES.get(state or "") or _reason(told)
    remedy = REMEDIES.get(reason, "")
    form = NOT_SAVED_UNTIL if remedy else NOT_SAVED
    why = f"{reason[:1].upper()}{reason[1:]}. {remedy or 'Try again later.'}"
    message = form.format(reason=reason, remedy=remedy)
    return Unreachable(message, why, is_lasting=bool(remedy))


def _reason(told: str) -> str:
    return next((reason for word, reason in REASONS.items() if word in told), OUT_OF_REACH)
