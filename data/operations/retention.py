"""Deleting what a company does not keep for ever: who was at check-ins, what each change was."""

import contextlib
import logging
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select, update

from data.core.as_of import table
from data.core.database import now, own_connection, quiet_writer, snapshot, writer
from data.core.errors import Unreachable

BATCH = 20_000
"""How many rows go in a transaction: nobody who saves waits long for it."""

DAY, HOUR = timedelta(days=1).total_seconds(), timedelta(hours=1).total_seconds()
DELETION_LOCK = 6_453_070_412
DELETED = "Deleted as it is set: %d attendances of check-ins, %d changes of the log"

SIGNALS_NEED = "decision"
"""What the signals of KPIs are computed by: of decisions the log is kept for ever."""

_company, _command, _change = table("company"), table("command"), table("change")
_meeting, _participant = table("meeting"), table("meeting_participant")

Days = Mapping[str, int | None]
"""How many days details are kept, by the field of the company; None is for ever."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many details are older than they are to be kept."""

    attendances: int
    changes: int


def kept_for(engine: Engine) -> Days:
    """Give how many days details are kept."""
    with snapshot(engine) as connection:
        return _kept_for(connection)


def overdue(engine: Engine, days: Days) -> Overdue:
    """Count what would be deleted now if details were kept so many days."""
    with snapshot(engine) as connection:
        at = now()
        attendances = _counted(connection, _participant, _old_attendances(days, at))
        return Overdue(attendances, _counted(connection, _change, _old_changes(days, at)))


def delete_overdue(engine: Engine) -> Overdue:
    """Delete what is older than it is to be kept, for good; give how much that was."""
    days, at = kept_for(engine), now()
    attendances = 0
    if (old := _old_attendances(days, at)) is not None:
        with quiet_writer(engine) as connection:
            attendances = connection.execute(delete(_participant).where(old)).rowcount
    changes = 0
    if (old := _old_changes(days, at)) is not None:
        some = select(_change.c.id).where(old).limit(BATCH)
        _note_since(engine, days, at)
        while gone := _delete_some(engine, some):
            changes += gone
    if attendances or changes:
        # What is kept of a version that was seen is read anew.
        with writer(engine):
            pass
    return Overdue(attendances, changes)


def delete_daily(engine: Engine, ended: threading.Event) -> None:
    """Delete what is overdue now and once a day, until the end; to be run beside all else.

    Of several servers one does it at a time. Where the database fails it is tried again soon.
    """
    pause = 0.0
    while not ended.wait(pause):
        pause = DAY
        try:
            with _alone(engine) as is_alone:
                if is_alone:
                    gone = delete_overdue(engine)
                    logging.getLogger(__name__).info(DELETED, gone.attendances, gone.changes)
        except Unreachable:
            pause = HOUR


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[bool]:
    """Tell whether no other server deletes meanwhile; a SQLite file has one server."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    # Where the server is killed, the lock ends with its connection.
    with own_connection(engine) as connection:
        taken = connection.execute(select(func.pg_try_advisory_lock(DELETION_LOCK))).scalar_one()
        connection.commit()
        yield bool(taken)
        if taken:
            connection.execute(select(func.pg_advisory_unlock(DELETION_LOCK)))


def _kept_for(connection: Connection) -> Days:
    columns = _company.c.keep_attendance_days, _company.c.keep_log_days
    return dict(connection.execute(select(*columns)).one()._mapping)


def _counted(connection: Connection, of: Any, old: ColumnElement[bool] | None) -> int:
    if old is None:
        return 0
    return int(connection.execute(select(func.count()).select_from(of).where(old)).scalar_one())


def _old_attendances(days: Days, at: datetime) -> ColumnElement[bool] | None:
    if (count := days["keep_attendance_days"]) is None:
        return None
    ended = select(_meeting.c.id).where(_meeting.c.ended_at < at - timedelta(days=count))
    return _participant.c.meeting_id.in_(ended)


def _old_changes(days: Days, at: datetime) -> ColumnElement[bool] | None:
    if (count := days["keep_log_days"]) is None:
        return None
    done = select(_command.c.id).where(_command.c.at < at - timedelta(days=count))
    return (_change.c.entity != SIGNALS_NEED) & _change.c.command_id.in_(done)


def _note_since(engine: Engine, days: Days, at: datetime) -> None:
    """Note from when on the log is whole: what was done before cannot be taken back any more."""
    since = at - timedelta(days=days["keep_log_days"] or 0)
    is_later = _company.c.log_kept_since.is_(None) | (_company.c.log_kept_since < since)
    with quiet_writer(engine) as connection:
        connection.execute(update(_company).where(is_later).values(log_kept_since=since))


def _delete_some(engine: Engine, some: Any) -> int:
    with quiet_writer(engine) as connection:
        return connection.execute(delete(_change).where(_change.c.id.in_(some))).rowcount
