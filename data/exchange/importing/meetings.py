"""Check-ins of an import: found again by team and moment, their items by their place."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from data.core.as_of import table_of
from data.core.fields import plain_values
from data.core.problems import Named
from data.exchange.importing.batch import Batch, live_rows
from data.exchange.importing.lookup import (
    cycle_of,
    key_result_in,
    kpi_of,
    objective_named,
    person_of,
    team_of,
)
from data.exchange.importing.things import store, tally
from models import Action, Meeting, MeetingItem, MeetingParticipant

MEETINGS, ITEMS = "meetings", "meeting_items"
SUBJECTS = ("kpi", "objective", "key_result", "action")
ABOUT = tuple(f"{name}_id" for name in SUBJECTS)

Key = tuple[int, Any]


def import_meetings(batch: Batch) -> None:
    """Bring in the check-ins; one without an end that is new counts as over."""
    here = {(row.team_id, row.started_at): row for row in live_rows(batch, Meeting)}
    rows: dict[Key, dict[str, Any]] = {}
    present: dict[Key, set[int]] = {}
    lines = []
    for row in batch.tables.meetings:
        team_id = team_of(batch, row)
        if team_id is None or not _has_begun(batch, row):
            continue
        key = (team_id, row.started_at)
        driver_id = person_of(batch, row, row.driver)
        meeting = {**plain_values(row, Meeting), "team_id": team_id, "driver_id": driver_id}
        if key in here:
            meeting["ended_at"] = row.ended_at or here[key].ended_at
        else:
            meeting |= {"ended_at": row.ended_at or row.started_at, "shown_at": row.started_at}
        rows[key] = meeting
        named = (person_of(batch, row, name) for name in row.present)
        present[key] = {person_id for person_id in named if person_id is not None}
        lines.append((key, row.line))
    ids, changed = store(batch, MEETINGS, rows, here)
    for key, people in present.items():
        _attend(batch, ids[key], people, key[1])
    tally(batch, MEETINGS, rows, here, changed, lines)


def _has_begun(batch: Batch, row: Any) -> bool:
    begun: bool = row.started_at <= batch.work.at
    if not begun:
        batch.problem(row, "started_at lies ahead", "give the moment it started")
    return begun


def _attend(batch: Batch, meeting_id: int, people: set[int], at: datetime) -> None:
    known = table_of(MeetingParticipant).c
    query = select(known.person_id).where(known.meeting_id == meeting_id)
    missing = people - set(batch.work.connection.execute(query).scalars())
    rows = [
        {"meeting_id": meeting_id, "person_id": person_id, "seen_at": at, "vote": None}
        for person_id in sorted(missing)
    ]
    if rows:
        batch.work.connection.execute(insert(MeetingParticipant), rows)


def import_meeting_items(batch: Batch) -> None:
    """Bring in what check-ins looked at, and what was said of it."""
    meetings = {(row.team_id, row.started_at): row.id for row in live_rows(batch, Meeting)}
    here = {(row.meeting_id, row.position): row for row in live_rows(batch, MeetingItem)}
    actions = {(row.what, row.agreed_on): row.id for row in reversed(live_rows(batch, Action))}
    rows: dict[Any, dict[str, Any]] = {}
    lines = []
    for row in batch.tables.meeting_items:
        if (team_id := team_of(batch, row)) is None:
            continue
        meeting_id = meetings.get((team_id, row.started_at))
        if meeting_id is None:
            remedy = "add it to meetings, or correct started_at"
            batch.problem(row, f"no check-in of {row.team} started then", remedy)
            continue
        key = (meeting_id, row.position)
        about = _about(batch, row, team_id, actions)
        if key in here:
            # What it was about may be gone, so that no file can name it any more.
            blank = [f"{name}_id" for name in SUBJECTS if not getattr(row, name)]
            about |= {name: getattr(here[key], name) for name in blank}
        rows[key] = {**plain_values(row, MeetingItem), "meeting_id": meeting_id, **about}
        lines.append((key, row.line))
    _, changed = store(batch, ITEMS, rows, here)
    tally(batch, ITEMS, rows, here, changed, lines)


def _about(batch: Batch, row: Any, team_id: int, actions: dict[Any, int]) -> dict[str, int | None]:
    """Give the keys of what an item is about; what is not known by name is reported."""
    about: dict[str, int | None] = dict.fromkeys(ABOUT)
    if row.kpi:
        about["kpi_id"] = kpi_of(batch, row, row.kpi, team_id)
    if row.objective:
        cycle_id, objective_id = cycle_of(batch, row), None
        if cycle_id is not None:
            objective_id = objective_named(batch, row, row.objective, (cycle_id, team_id))
        if row.key_result and objective_id is not None:
            about["key_result_id"] = key_result_in(batch, row, objective_id)
        elif not row.key_result:
            about["objective_id"] = objective_id
    if row.action:
        about["action_id"] = actions.get((row.action, row.agreed_on))
        if about["action_id"] is None:
            batch.unknown(row, Named("actions", row.action))
    return about
