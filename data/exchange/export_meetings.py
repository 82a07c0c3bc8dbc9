"""Check-ins as rows of the exchange format."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import table_of
from data.core.fields import plain_cells
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.names.scopes import Names, unmistakable
from models import Meeting, MeetingItem, MeetingParticipant

Live = Mapping[str, Mapping[int, Any]]
"""The rows that stand, by their table and key."""


def meeting_rows(connection: Connection, live: Live) -> Iterator[MeetingRow]:
    """Give the check-ins in the order in which they were held."""
    present: dict[int, list[str]] = {key: [] for key in live["meeting"]}
    for row in connection.execute(select(table_of(MeetingParticipant))):
        if row.meeting_id in present and row.person_id in live["person"]:
            present[row.meeting_id].append(str(live["person"][row.person_id].name))
    for key, row in live["meeting"].items():
        cells = plain_cells(MeetingRow, Meeting, row)
        cells["team"] = live["team"][row.team_id].name
        driver = live["person"].get(row.driver_id)
        cells["driver"] = "" if driver is None else driver.name
        yield MeetingRow(**cells, present=tuple(sorted(present[key])))


def meeting_item_rows(live: Live, names: Names) -> Iterator[MeetingItemRow]:
    """Give the items of check-ins; what they were about and is gone is left blank."""
    for row in live["meeting_item"].values():
        meeting = live["meeting"][row.meeting_id]
        cells = plain_cells(MeetingItemRow, MeetingItem, row)
        cells |= {"team": live["team"][meeting.team_id].name, "started_at": meeting.started_at}
        yield MeetingItemRow(**cells, **_about(live, names, row, meeting.team_id))


def _about(live: Live, names: Names, row: Any, team_id: int) -> dict[str, Any]:
    about: dict[str, Any] = {}
    kpi, action = live["kpi"].get(row.kpi_id), live["action"].get(row.action_id)
    key_result = live["key_result"].get(row.key_result_id)
    if kpi is not None:
        about["kpi"] = _called(live, kpi, partial(names.kpi, team_id=team_id))
    if action is not None:
        about |= {"action": action.what, "agreed_on": action.agreed_on}
    objective_id = row.objective_id if key_result is None else key_result.objective_id
    objective = live["objective"].get(objective_id)
    if objective is not None:
        cycle = live["cycle"][objective.cycle_id]
        find = partial(names.objective, team_id=team_id, cycle_id=cycle.id)
        about |= {"cycle": cycle.name, "objective": _called(live, objective, find)}
    if key_result is not None:
        about["key_result"] = key_result.name
    return about


def _called(live: Live, thing: Any, find: Callable[[str], int | None]) -> str:
    """Give the name by which a row of a team finds a thing."""
    return unmistakable(thing.name, thing.id, live["team"][thing.team_id].name, find)
