"""The check-ins of a team that are over: one statement."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from data.core.as_of import table_of
from data.meetings.views import PastMeeting
from models import Meeting, MeetingItem

_meeting, _item = table_of(Meeting), table_of(MeetingItem)


def past(
    connection: Connection, team_id: int, most: int, before: datetime
) -> tuple[PastMeeting, ...]:
    """Give the last check-ins of a team that began before a moment and are over, latest first."""
    count = (
        select(func.count(_item.c.id))
        .where(_item.c.meeting_id == _meeting.c.id, _item.c.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(_meeting, count.label("items"))
        .where(
            _meeting.c.team_id == team_id,
            _meeting.c.started_at < before,
            _meeting.c.ended_at.is_not(None),
            _meeting.c.withdrawn_at.is_(None),
        )
        .order_by(_meeting.c.started_at.desc())
        .limit(most)
    )
    return tuple(
        PastMeeting(
            row.id,
            row.started_at,
            round((row.ended_at - row.started_at).total_seconds()) - row.paused_seconds,
            row.items,
        )
        for row in connection.execute(query)
    )
