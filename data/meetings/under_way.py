"""The check-in that is under way: found, and led by who may."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.unit_of_work import UnitOfWork
from models import Meeting, MeetingItem, MeetingParticipant, Role

IS_OVER = "This check-in is over: start a new one."

_meeting, _item = table_of(Meeting), table_of(MeetingItem)
_participant = table_of(MeetingParticipant)


def running_meeting(work: UnitOfWork, meeting_id: int) -> Any:
    """Give a check-in that is under way; raise `CommandRejected` where it is over."""
    meeting = check_live(work.connection, Meeting, meeting_id, what="check-in")
    if meeting.ended_at is not None:
        raise CommandRejected("check-in", IS_OVER)
    return meeting


def led_meeting(work: UnitOfWork, meeting_id: int) -> Any:
    """Give a check-in that is under way and is led by who is here."""
    meeting = running_meeting(work, meeting_id)
    check_leads(work, meeting)
    return meeting


def check_leads(work: UnitOfWork, meeting: Any) -> None:
    """Raise `CommandRejected` where somebody else leads, or who does may not."""
    if meeting.driver_id != work.person_id:
        raise CommandRejected("driver", "Somebody else leads this check-in: take over first.")
    check_permitted(work, Role.LEAD, team_id=meeting.team_id)


def running_of(connection: Connection, team_id: int) -> int | None:
    """Give the check-in of a team that is under way, None where there is none."""
    query = select(_meeting.c.id).where(
        _meeting.c.team_id == team_id,
        _meeting.c.ended_at.is_(None),
        _meeting.c.withdrawn_at.is_(None),
    )
    found: int | None = connection.execute(query).scalar()
    return found


def items_of(connection: Connection, meeting_id: int) -> Sequence[Any]:
    """Give the rows of an agenda in their order."""
    query = select(_item).where(_item.c.meeting_id == meeting_id, _item.c.withdrawn_at.is_(None))
    return connection.execute(query.order_by(_item.c.position)).all()


def item_at(connection: Connection, meeting_id: int, position: int) -> Any:
    """Give the item at a place on an agenda, None where there is none."""
    query = select(_item).where(
        _item.c.meeting_id == meeting_id,
        _item.c.position == position,
        _item.c.withdrawn_at.is_(None),
    )
    return connection.execute(query).first()


def forget_votes(connection: Connection, meeting_id: int) -> None:
    """Forget who voted what at a check-in."""
    of = _participant.c.meeting_id == meeting_id
    connection.execute(update(_participant).where(of).values(vote=None))
