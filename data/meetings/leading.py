"""Leading a check-in: handing it over, taking it over, and a vote of all who are there."""

from typing import Any

from sqlalchemy import Engine, select

from data.company.commands.roles import check_permitted, permitted_among
from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.unit_of_work import UnitOfWork, command
from data.meetings.under_way import forget_votes, item_at, led_meeting, running_meeting
from data.meetings.views import HERE
from models import Confidence, Meeting, MeetingItem, MeetingParticipant, Person, Role

NO_VOTE = "A vote is about a key result: show one first."
MAY_NOT_LEAD = "{name} may not lead this check-in: choose somebody who leads the team."

_participant = table_of(MeetingParticipant)


def hand_over(engine: Engine, *, person_id: int, meeting_id: int, to_id: int) -> int | None:
    """Let somebody else lead; gives the command's key, None where they do already.

    Raises `CommandRejected` where they may not.
    """
    with command(engine, "hand over check-in", person_id=person_id) as work:
        meeting = led_meeting(work, meeting_id)
        to = check_live(work.connection, Person, to_id, what="person")
        if meeting.driver_id == to.id:
            return None
        if not permitted_among(work, Role.LEAD, [to.id], team_id=meeting.team_id):
            raise CommandRejected("driver", MAY_NOT_LEAD.format(name=to.name))
        work.alter(Meeting, meeting_id, driver_id=to.id)
        return work.command_id


def take_over(engine: Engine, *, person_id: int, meeting_id: int, led_by: int | None) -> int | None:
    """Lead in the place of `led_by`, who may have gone; gives the command's key.

    None where one leads already. Raises `CommandRejected` where one may not lead, or a third
    person does by now.
    """
    with command(engine, "take over check-in", person_id=person_id) as work:
        meeting = running_meeting(work, meeting_id)
        check_permitted(work, Role.LEAD, team_id=meeting.team_id)
        if meeting.driver_id == person_id:
            return None
        if meeting.driver_id != led_by:
            raise CommandRejected("driver", "Somebody else leads by now: look again.")
        work.alter(Meeting, meeting_id, driver_id=person_id)
        return work.command_id


def open_vote(engine: Engine, *, person_id: int, meeting_id: int, shown: int) -> int | None:
    """Ask everybody how confident they are of the key result that is shown."""
    with command(engine, "open vote", person_id=person_id) as work:
        meeting = led_meeting(work, meeting_id)
        item = item_at(work.connection, meeting_id, meeting.position)
        if meeting.position != shown or item is None or item.key_result_id is None:
            raise CommandRejected("vote", NO_VOTE)
        if meeting.is_voting:
            return None
        forget_votes(work.connection, meeting_id)
        work.alter(Meeting, meeting_id, is_voting=True)
        return work.command_id


def reveal(engine: Engine, *, person_id: int, meeting_id: int) -> int | None:
    """Show how many gave which confidence and forget who did; None where no vote is open."""
    with command(engine, "reveal votes", person_id=person_id) as work:
        return _reveal(work, led_meeting(work, meeting_id))


def reveal_when_all_are_in(engine: Engine, *, person_id: int, meeting_id: int) -> int | None:
    """Show the votes once everybody has voted who is here and may; None before."""
    with command(engine, "reveal votes", person_id=person_id) as work:
        meeting = running_meeting(work, meeting_id)
        return None if _awaited(work, meeting) else _reveal(work, meeting)


def _awaited(work: UnitOfWork, meeting: Any) -> set[int]:
    """Give who is here, may vote, and has not."""
    silent = select(_participant.c.person_id).where(
        _participant.c.meeting_id == meeting.id,
        _participant.c.seen_at >= work.at - HERE,
        _participant.c.vote.is_(None),
    )
    people = list(work.connection.execute(silent).scalars())
    return permitted_among(work, Role.MEMBER, people, team_id=meeting.team_id) if people else set()


def _reveal(work: UnitOfWork, meeting: Any) -> int | None:
    """Keep the spread of the votes; where nobody voted, the one before it stays."""
    item = item_at(work.connection, meeting.id, meeting.position)
    if not meeting.is_voting or item is None:
        return None
    votes = select(_participant.c.vote).where(
        _participant.c.meeting_id == meeting.id, _participant.c.vote.is_not(None)
    )
    given = list(work.connection.execute(votes).scalars())
    if given:
        work.alter(MeetingItem, item.id, **{word.value: given.count(word) for word in Confidence})
    work.alter(Meeting, meeting.id, is_voting=False)
    forget_votes(work.connection, meeting.id)
    return work.command_id
