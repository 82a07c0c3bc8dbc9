"""Who is at a check-in, and what they vote: kept until it is revealed, and in no log."""

import contextlib
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Engine, update
from sqlalchemy.dialects import postgresql, sqlite

from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.database import now, quiet_writer, time_zone
from data.core.errors import CommandRejected, Unreachable
from data.core.fact_store import check_live
from data.core.unit_of_work import UnitOfWork
from data.core.validators import checked_word
from data.meetings.views import HERE
from models import Confidence, Meeting, MeetingParticipant, Role

VOTE_IS_OVER = "The vote is over: nobody's word was changed."
AGAIN = HERE / 3
"""How long after somebody was heard of this is written again."""

_participant = table_of(MeetingParticipant)


def attend(engine: Engine, *, meeting_id: int, person_id: int) -> None:
    """Note that somebody is at a check-in; while the database is busy nobody waits for that."""
    with contextlib.suppress(Unreachable), quiet_writer(engine) as connection:
        _note(connection, meeting_id, person_id)


def vote(engine: Engine, *, meeting_id: int, person_id: int, confidence: Confidence) -> None:
    """Say how confident one is of what is shown, until the votes are revealed.

    Raises `CommandRejected` where no vote is open, or the person may only look.
    """
    word = checked_word(confidence, Confidence, "vote")
    with quiet_writer(engine) as connection:
        meeting = check_live(connection, Meeting, meeting_id, what="check-in")
        at = now()
        today = at.astimezone(time_zone(connection)).date()
        who = UnitOfWork(connection, 0, 0, at, today, person_id, followers=())
        check_permitted(who, Role.MEMBER, team_id=meeting.team_id)
        if not meeting.is_voting:
            raise CommandRejected("vote", VOTE_IS_OVER)
        _note(connection, meeting_id, person_id)
        connection.execute(
            update(_participant).where(*_is(meeting_id, person_id)).values(vote=word)
        )


def is_due(seen_for: timedelta | None) -> bool:
    """Tell whether it is time to note again that somebody is here."""
    return seen_for is None or seen_for >= AGAIN


def _note(connection: Connection, meeting_id: int, person_id: int) -> None:
    seen_at = now()
    row = {"meeting_id": meeting_id, "person_id": person_id, "seen_at": seen_at}
    here = connection.execute(
        update(_participant).where(*_is(meeting_id, person_id)).values(seen_at=seen_at)
    )
    if not here.rowcount:
        # Another screen of theirs may note it at the same moment.
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(_participant).values(**row).on_conflict_do_nothing())


def _is(meeting_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return _participant.c.meeting_id == meeting_id, _participant.c.person_id == person_id
