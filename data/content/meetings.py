"""What the KPIs of the sample's check-ins stood at, from the readings that its stories make."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analytics.periods import last_day, ordinal
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from data.meetings.fields import MeetingItemRow

WEEK = timedelta(weeks=1)


def with_values(tables: Tables) -> list[MeetingItemRow]:
    """Give the items with the values on the day of their check-in, and a week before."""
    cadences = {(row.team, row.kpi): str(row.cadence) for row in tables.kpis}
    wanted = {_place(item) for item in tables.meeting_items if item.kpi}
    readings: dict[tuple[str, str], list[ReadingRow]] = {place: [] for place in wanted}
    for row in tables.readings:
        if (row.team, row.kpi) in readings:
            readings[row.team, row.kpi].append(row)
    return [_with_values(item, readings, cadences) for item in tables.meeting_items]


def _place(item: MeetingItemRow) -> tuple[str, str]:
    team, _, name = item.kpi.rpartition(" / ")
    return team or item.team, name


def _with_values(
    item: MeetingItemRow,
    readings: Mapping[tuple[str, str], Sequence[ReadingRow]],
    cadences: Mapping[tuple[str, str], str],
) -> MeetingItemRow:
    place, day = _place(item), item.started_at.date()
    if not item.kpi:
        return item
    before, after = (
        _value_on(readings[place], cadences[place], each) for each in (day - WEEK, day)
    )
    return replace(item, value_before=before, value_after=after)


def _value_on(readings: Sequence[ReadingRow], cadence: str, day: date) -> float | None:
    """Give the last value that was known when a day was over."""
    known = [row for row in readings if last_day(ordinal(row.date, cadence), cadence) <= day]
    latest = max(known, key=lambda row: row.date, default=None)
    return None if latest is None else latest.value
