"""What is set up, in words: the columns of each table, its cells, and what stands around them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from components.editing import grid
from components.editing.grid import Column
from components.ui import formatting, words
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.company.views import CycleSetting, PersonSetting, TeamSetting
from data.core import typed_text
from data.core.fields import Row
from data.core.fields import columns as declared_columns
from data.kpis.fields import KpiRow
from data.kpis.views.settings import DriverCheck
from data.screens.views.settings import Setting, TableName
from models import Better, Cadence

Layout = Mapping[str, Mapping[str, Any]]
"""How columns stand, by field."""

TABLES: Mapping[TableName, str] = {
    "kpis": "KPIs",
    "teams": "Teams",
    "people": "People",
    "cycles": "Cycles",
}
"""The tables in the order in which they are offered."""

ADD: Mapping[TableName, str] = {
    "kpis": "Add a KPI",
    "teams": "Add a team",
    "people": "Add a person",
    "cycles": "Add a cycle",
}
ARCHIVING: Mapping[TableName, str] = {
    "kpis": "It leaves all cockpits and lists. Its readings stay, and you can undo this.",
    "teams": "It leaves all lists, and the roles in it end. You can undo this.",
    "people": "They leave all lists and can sign in no more. You can undo this.",
    "cycles": "It leaves all lists. You can undo this.",
}
NOTHING: Mapping[TableName, str] = {
    "kpis": "No KPI yet. Add the first one: a name and a team are enough to begin with.",
    "teams": "No team yet. Add the company itself first, then the teams below it.",
    "people": "Nobody is listed yet. Add yourself first.",
    "cycles": "No cycle yet. Add the quarter you are in, with its first and last day.",
}
NOT_FOUND = "Nothing here answers to that search."
PROPOSE = {"name": "propose", "label": "Propose a range"}
SAVE_RANGE, SAVE_SMALLEST_CHANGE = "Save range", "Save smallest change"

TEAM_COLUMNS: Layout = {
    "team": {"width": "16rem", "fresh": True},
    # A second top is there where somebody says so.
    "parent": {"width": "16rem", "hint": "none: at the top", "fresh": True},
    "check_in_day": {"width": "9rem"},
    "check_in_time": {"width": "6rem", "hint": "09:30"},
}
PERSON_COLUMNS: Layout = {
    "person": {"width": "14rem", "fresh": True},
    "email": {"width": "18rem", "fresh": True, "hint": "to sign in with"},
    "role": {"width": "12rem", "fresh": True, "placed": True},
}
CYCLE_COLUMNS: Layout = {
    "cycle": {"width": "14rem", "fresh": True},
    "starts_on": {"width": "10rem", "together": "span", "fresh": True},
    "ends_on": {"width": "10rem", "together": "span", "fresh": True},
}
KPI_COLUMNS: Layout = {
    "kpi": {"width": "17rem", "fresh": True},
    "team": {"width": "8rem", "fresh": True},
    "unit": {"width": "6rem", "fresh": True},
    "better": {"width": "5.5rem", "fresh": True, "first": Better.HIGHER},
    "low": {"width": "5rem", "hint": "none", "together": "range", "fresh": True},
    "high": {"width": "5rem", "hint": "none", "together": "range", "fresh": True},
    "cadence": {"width": "6.5rem", "fresh": True, "first": Cadence.WEEKLY},
    "owner": {"width": "8rem", "hint": "nobody", "fresh": True},
    # What is long, and what few KPIs have, stands below, each under the edge of one above.
    "description": {"width": "17rem", "below": True},
    "driven_by": {"width": "14rem", "hint": "[Lost] / [Customers]", "live": True, "below": True},
    "pinned": {"width": "10.5rem", "hint": "teams, ; between", "below": True},
    "smallest_change": {"width": "5rem", "hint": "none", "below": True, "explained": True},
    "kind": {"width": "6.5rem", "empty": "not said", "below": True},
}
"""How the columns of a table stand, in their order."""

OTHERS: Mapping[str, Any] = {"width": "8rem", "below": True, "explained": True}
"""How a field stands that none of these names: after them."""


def columns(table: TableName, *, team: str, top: str) -> tuple[Column, ...]:
    """Give the columns of a table; `team` is the one looked at, `top` the one above all."""
    if table == "teams":
        counted = Column("kpis", "KPIs", "shown", "5rem")
        return (*_columns(TeamRow, TEAM_COLUMNS, {"parent": {"first": top}}), counted)
    if table == "people":
        here = {"role": {"label": f"Role in {team}"}}
        elsewhere = Column("elsewhere", "Roles elsewhere", "shown", "28rem")
        return (*_columns(PersonRow, PERSON_COLUMNS, here), elsewhere)
    if table == "cycles":
        counted = Column("objectives", "Objectives", "shown", "6rem")
        return (*_columns(CycleRow, CYCLE_COLUMNS, {}), counted)
    return tuple(_columns(KpiRow, KPI_COLUMNS, {"team": {"first": team}}))


def more(table: TableName, shown: int, found: int) -> str:
    """Say that only the first rows are shown."""
    if found <= shown:
        return ""
    return (
        f"The first {shown} of {formatting.number(found)} {TABLES[table]}: search for the others."
    )


def cells(row: Setting) -> dict[str, str]:
    """Write the cells of a row by the names of its table's columns."""
    if isinstance(row, TeamSetting):
        kpis = formatting.number(row.kpis)
        day = row.check_in_day.value
        when = {"check_in_day": day, "check_in_time": row.check_in_time}
        return {"name": row.name, "parent": row.parent, **when, "kpis": kpis}
    if isinstance(row, PersonSetting):
        elsewhere = ", ".join(f"{role.value} of {team}" for team, role in row.elsewhere)
        role = row.role.value if row.role else ""
        return {"name": row.name, "email": row.email, "role": role, "elsewhere": elsewhere}
    if isinstance(row, CycleSetting):
        span = {name: typed_text.day(getattr(row, name)) for name in ("starts_on", "ends_on")}
        return {"name": row.name, **span, "objectives": formatting.number(row.objectives)}
    known = declared_columns(KpiRow)
    written = {column.name: cell(getattr(row.kpi, column.name)) for column in known}
    return {"name": written.pop("kpi"), **written}


def in_short(row: Setting, today: date) -> str:
    """Say a row in one line, for a screen that has no room for its cells."""
    if isinstance(row, TeamSetting):
        above = f"part of {row.parent}" if row.parent else "at the top"
        at = f" at {row.check_in_time}" if row.check_in_time else ""
        day = f"checks in on {row.check_in_day.value}{at}"
        return words.joined(above, words.counted(row.kpis, "KPI"), day)
    if isinstance(row, PersonSetting):
        here = f"{row.role.value} here" if row.role else ""
        elsewhere = ", ".join(f"{role.value} of {team}" for team, role in row.elsewhere)
        return words.joined(here, elsewhere, row.email) or "no role yet"
    if isinstance(row, CycleSetting):
        first, last = (formatting.day(day, today) for day in (row.starts_on, row.ends_on))
        return words.joined(f"{first} – {last}", words.counted(row.objectives, "objective"))
    kpi = row.kpi
    rhythm = cell(kpi.cadence)
    ideal = words.ideal(kpi.low, kpi.high, kpi.unit)
    return words.joined(kpi.team, ideal, rhythm, kpi.owner or "nobody owns it")


def cell(value: Any) -> str:
    """Write what stands in a cell as somebody would type it."""
    if isinstance(value, float):
        return typed_text.number(value)
    return typed_text.names(value) if isinstance(value, tuple) else str(value or "")


def drivers(check: DriverCheck | None, unit: str, today: date) -> dict[str, str] | None:
    """Say whether an expression can be computed: its value beside the KPI's reading."""
    if check is None:
        return None
    if check.problem:
        return {"text": f"! {check.problem}{_when(check, today)}", "tone": "wrong"}
    if check.computed is None:
        return {"text": f"✓ readable, but {_why_not(check)}", "tone": ""}
    computed = f"{formatting.value(check.computed, unit, check.reading)}{_when(check, today)}"
    if check.reading is None:
        return {"text": f"✓ {computed}; no reading of its own yet", "tone": "right"}
    reading = formatting.value(check.reading, unit, check.computed)
    if check.agrees:
        told = f"✓ {reading}, as read"
        return {"text": told, "tone": "right", "tip": f"Compared{_when(check, today)}"}
    told = f"≠ {computed}, its reading says {reading}: look at the expression"
    return {"text": told, "tone": "wrong"}


def _why_not(check: DriverCheck) -> str:
    """Say why there is nothing to compare."""
    if check.silent:
        return f"there is no reading of {', '.join(check.silent)}"
    if check.uneven:
        others = ", ".join(f"{name} is {cadence.value}" for name, cadence in check.uneven)
        own = f"this KPI {check.cadence.value}" if check.cadence else "this KPI is not"
        return f"{others}, {own}: no period to compare"
    return "it and its drivers share no recent period to compare"


def _when(check: DriverCheck, today: date) -> str:
    """Name the period that is compared, with what stands before it."""
    if check.cadence is None or check.period is None:
        return ""
    named = formatting.period(check.cadence, check.period, today)
    before = {Cadence.WEEKLY: "in the", Cadence.MONTHLY: "in", Cadence.QUARTERLY: "in"}
    return f" {before.get(check.cadence, 'on')} {named}"


def _columns(row_class: type[Row], layout: Layout, now: Layout) -> Iterator[Column]:
    """Give the columns that are declared, laid out; `now` says what depends on what is there."""
    known = {column.name: column for column in declared_columns(row_class)}
    if row_class is PersonRow:
        # The team is the one looked at.
        del known["team"]
    for name in [*layout, *(name for name in known if name not in layout)]:
        column = known[name]
        place = {**layout.get(name, OTHERS), **now.get(name, {})}
        if place.pop("explained", False):
            place["tip"] = column.declared.help
        if column.nullable and name != "better":
            place.setdefault("empty", "none")
        yield grid.column(column, **place)
