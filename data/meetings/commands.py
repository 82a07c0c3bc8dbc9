"""Holding a check-in: start, show, pause, say, end; each logged and undoable."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.conflicts import changed_cells
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_note, checked_word
from data.meetings.fields import MeetingItemRow
from data.meetings.under_way import (
    check_leads,
    forget_votes,
    item_at,
    items_of,
    led_meeting,
    running_of,
)
from data.meetings.views import PlannedItem, Standing
from models import (
    Decision,
    ItemState,
    Meeting,
    MeetingItem,
    MeetingParticipant,
    Role,
    Team,
)

MOST_ITEMS = 100
MOST_SECONDS = 9_999
"""For how long an item counts as shown at most: somebody forgot the screen."""

NO_AGENDA = "There is nothing on the agenda: reload the page and start again."
NO_ITEM = "This is no longer on the agenda: reload the page."
LEFT = (ItemState.DONE, ItemState.SKIPPED, ItemState.PARKED)
"""What may become of an item when another one is shown."""

_meeting, _item = table_of(Meeting), table_of(MeetingItem)
_participant, _decision = table_of(MeetingParticipant), table_of(Decision)


def start(
    engine: Engine, *, person_id: int, team_id: int, agenda: Sequence[PlannedItem]
) -> tuple[int, int | None]:
    """Start a check-in of a team, led by who starts it; join the one that is under way.

    Gives its key, and the command's, None where it was under way. Raises `CommandRejected` where
    the person may not lead, or nothing is on the agenda.
    """
    with command(engine, "start check-in", person_id=person_id) as work:
        check_live(work.connection, Team, team_id, what="team")
        under_way = running_of(work.connection, team_id)
        if under_way is not None:
            return under_way, None
        check_permitted(work, Role.LEAD, team_id=team_id)
        if not 0 < len(agenda) <= MOST_ITEMS:
            raise CommandRejected("agenda", NO_AGENDA)
        at = _moment_to_start(work, team_id)
        row = {"team_id": team_id, "started_at": at, "driver_id": person_id, "shown_at": at}
        (meeting_id,) = work.add(Meeting, [row])
        work.add(
            MeetingItem,
            [_planned(meeting_id, place, planned) for place, planned in enumerate(agenda)],
        )
        return meeting_id, work.command_id


def _moment_to_start(work: UnitOfWork, team_id: int) -> datetime:
    """Give the moment of a start as files write it, later than that of any check-in before."""
    query = select(func.max(_meeting.c.started_at)).where(
        _meeting.c.team_id == team_id, _meeting.c.withdrawn_at.is_(None)
    )
    last: datetime | None = work.connection.execute(query).scalar()
    at = _second(work.at)
    return at if last is None else max(at, last + timedelta(seconds=1))


def _planned(meeting_id: int, position: int, planned: PlannedItem) -> dict[str, Any]:
    names = ("reason", "kpi_id", "objective_id", "key_result_id", "action_id")
    about = {name: getattr(planned, name) for name in names}
    return {"meeting_id": meeting_id, "position": position, **about} | _stood(
        planned.before, "before"
    )


def _stood(standing: Standing, when: str) -> dict[str, Any]:
    return {f"{name}_{when}": getattr(standing, name) for name in Standing.__slots__}


def show_item(
    engine: Engine,
    *,
    person_id: int,
    meeting_id: int,
    shown: int,
    position: int,
    left: ItemState = ItemState.DONE,
) -> int | None:
    """Show an item on all screens, and say what became of the one that was shown.

    Both are places on the agenda. Gives the command's key, None where it is shown already. Raises
    `CommandRejected` where somebody else leads, or has shown another one since.
    """
    with command(engine, "show item", person_id=person_id) as work:
        meeting = led_meeting(work, meeting_id)
        if meeting.position == position:
            return None
        if meeting.position != shown:
            raise CommandRejected("position", "Another item is shown by now: look at it first.")
        if item_at(work.connection, meeting_id, position) is None:
            raise CommandRejected("position", NO_ITEM)
        is_left = checked_word(left, ItemState, "left") if position > shown else None
        _leave(work, meeting, is_left)
        work.alter(
            Meeting,
            meeting_id,
            position=position,
            shown_at=work.at,
            is_voting=False,
            **_resumed(work, meeting),
        )
        forget_votes(work.connection, meeting_id)
        return work.command_id


def _leave(work: UnitOfWork, meeting: Any, left: ItemState | None) -> None:
    """Note for how long an item was shown, and what became of it unless one goes back."""
    item = item_at(work.connection, meeting.id, meeting.position)
    if item is None:
        return
    shown = ((meeting.paused_at or work.at) - meeting.shown_at).total_seconds()
    seconds = min(item.seconds + max(0, round(shown)), MOST_SECONDS)
    changes: dict[str, Any] = {"seconds": seconds}
    if left in LEFT:
        changes["state"] = left
    work.alter(MeetingItem, item.id, **changes)


def _resumed(work: UnitOfWork, meeting: Any) -> dict[str, Any]:
    if meeting.paused_at is None:
        return {}
    paused = round((work.at - meeting.paused_at).total_seconds())
    return {"paused_at": None, "paused_seconds": meeting.paused_seconds + max(0, paused)}


def pause(engine: Engine, *, person_id: int, meeting_id: int, paused: bool) -> int | None:
    """Let the clocks stand still, or go on; gives the command's key, None where they do."""
    name = "pause check-in" if paused else "resume check-in"
    with command(engine, name, person_id=person_id) as work:
        meeting = led_meeting(work, meeting_id)
        if paused == (meeting.paused_at is not None):
            return None
        if paused:
            work.alter(Meeting, meeting_id, paused_at=work.at)
        else:
            shown_at = meeting.shown_at + max(timedelta(), work.at - meeting.paused_at)
            work.alter(Meeting, meeting_id, shown_at=shown_at, **_resumed(work, meeting))
        return work.command_id


def say(
    engine: Engine, *, person_id: int, item_id: int, text: str, base_version: int
) -> int | None:
    """Keep what was said of an item; gives the command's key, None where it stands already.

    Also after the check-in, for who puts its minutes right. Raises `Conflict` where somebody else
    wrote there since the data's version that was seen.
    """
    with command(engine, "say in check-in", person_id=person_id) as work:
        item = check_live(work.connection, MeetingItem, item_id, what="item")
        meeting = check_live(work.connection, Meeting, item.meeting_id, what="check-in")
        check_permitted(work, Role.MEMBER, team_id=meeting.team_id)
        said = {"said": checked_note(text, "said")}
        changes = changed_cells(work, MeetingItemRow, item_id, said, item._asdict(), base_version)
        if not changes:
            return None
        work.alter(MeetingItem, item_id, **changes)
        return work.command_id


def end(
    engine: Engine, *, person_id: int, meeting_id: int, after: Mapping[int, Standing]
) -> int | None:
    """End a check-in; `after` is how things stand now, by the place on the agenda.

    What was decided since it started is noted beside what it was decided about. Gives the
    command's key, None where it is over already.
    """
    with command(engine, "end check-in", person_id=person_id) as work:
        meeting = check_live(work.connection, Meeting, meeting_id, what="check-in")
        if meeting.ended_at is not None:
            return None
        check_leads(work, meeting)
        _leave(work, meeting, ItemState.DONE)
        ended_at = _second(work.at)
        work.alter(
            Meeting, meeting_id, ended_at=ended_at, is_voting=False, **_resumed(work, meeting)
        )
        forget_votes(work.connection, meeting_id)
        decided = _decided_since(work.connection, meeting.started_at)
        for item in items_of(work.connection, meeting_id):
            known = decided.get(item.kpi_id, {})
            stands = _stood(after.get(item.position, Standing()), "after")
            work.alter(MeetingItem, item.id, **stands, **known)
        return work.command_id


def _decided_since(connection: Connection, moment: datetime) -> Mapping[int, dict[str, Any]]:
    """Give the last decision about each KPI since a moment."""
    query = (
        select(_decision.c.kpi_id, _decision.c.decision, _decision.c.date)
        .where(_decision.c.known_at >= moment, _decision.c.withdrawn_at.is_(None))
        .order_by(_decision.c.known_at, _decision.c.id)
    )
    return {
        row.kpi_id: {"decided": row.decision, "decided_on": row.date}
        for row in connection.execute(query)
    }


def _second(at: datetime) -> datetime:
    """Give a moment as files write it."""
    return at.replace(microsecond=0)
