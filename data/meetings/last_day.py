"""When a team last checked in: one statement."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from data.core.as_of import table_of
from models import Meeting

_meeting = table_of(Meeting)


def last_started(connection: Connection, team_id: int, before: datetime) -> datetime | None:
    """Give when the last check-in of a team began that is over, of those before a moment."""
    query = select(func.max(_meeting.c.started_at)).where(
        _meeting.c.team_id == team_id,
        _meeting.c.ended_at.is_not(None),
        _meeting.c.withdrawn_at.is_(None),
        _meeting.c.started_at <= before,
    )
    found: datetime | None = connection.execute(query).scalar()
    return found
