"""What is set up, in words: the columns of each table, its cells, and what stands around them."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from components.editing.editable_table import Column
from components.ui import words
from data.company.views import CycleSetting, PersonSetting, TeamSetting
from data.kpis.views.settings import DriverCheck, KpiSetting
from data.screens.views.settings import TableName
from models import Better, Cadence, KpiKind, Role, Weekday

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
PROPOSE = ("propose", "Propose a range")
SAVE_RANGE, SAVE_SMALLEST_CHANGE = "Save range", "Save smallest change"
SMALLEST_CHANGE = (
    "The shift below which nobody would act, in the KPI's unit. A smaller one is at most watch. "
    "Leave it empty where every shift matters."
)


def columns(
    table: TableName, *, team: str, teams: Sequence[str], people: Sequence[str]
) -> tuple[Column, ...]:
    """Give the columns of a table; `team` is the one looked at, the first of `teams` the top."""
    if table == "teams":
        return _team_columns(teams)
    if table == "people":
        return _person_columns(team)
    if table == "cycles":
        return _CYCLE_COLUMNS
    return _kpi_columns(team, teams, people)


def more(table: TableName, shown: int, found: int) -> str:
    """Say that only the first rows are shown."""
    if found <= shown:
        return ""
    return f"The first {shown} of {words.number(found)} {TABLES[table]}: search for the others."


def team_cells(row: TeamSetting) -> list[str]:
    """Write a team's cells in the order of its columns."""
    return [row.name, row.parent, row.check_in_day.value, words.number(row.kpis)]


def person_cells(row: PersonSetting) -> list[str]:
    """Write a person's cells in the order of its columns."""
    elsewhere = ", ".join(f"{role.value} of {team}" for team, role in row.elsewhere)
    return [row.name, row.email, row.role.value if row.role else "", elsewhere]


def cycle_cells(row: CycleSetting) -> list[str]:
    """Write a cycle's cells in the order of its columns."""
    ends = row.starts_on.isoformat(), row.ends_on.isoformat()
    return [row.name, *ends, words.number(row.objectives)]


def kpi_cells(row: KpiSetting) -> list[str]:
    """Write a KPI's cells in the order of its columns."""
    return [
        row.name,
        row.team,
        row.unit,
        row.better.value,
        typed(row.low),
        typed(row.high),
        row.cadence.value,
        row.owner,
        listed(row.pinned),
        row.driven_by,
        typed(row.smallest_change),
        row.kind.value if row.kind else "",
        row.description,
    ]


def typed(value: float | None) -> str:
    """Write a number as somebody would type it."""
    return "" if value is None else f"{value:.15g}"


def listed(names: Sequence[str]) -> str:
    """Write names as a list is typed; one with a semicolon stands in quotation marks."""
    return "; ".join(f'"{name}"' if ";" in name else name for name in names)


def drivers(check: DriverCheck | None, unit: str, today: date) -> dict[str, str] | None:
    """Say whether an expression can be computed: its value beside the KPI's reading."""
    if check is None:
        return None
    if check.problem:
        return {"text": f"! {check.problem}{_when(check, today)}", "tone": "wrong"}
    if check.computed is None:
        return {"text": f"✓ readable, but {_why_not(check)}", "tone": ""}
    computed = f"{words.value(check.computed, unit)}{_when(check, today)}"
    if check.reading is None:
        return {"text": f"✓ {computed}; no reading of its own yet", "tone": "right"}
    reading = words.value(check.reading, unit)
    if check.agrees:
        return {"text": f"✓ {reading}{_when(check, today)}, as its reading says", "tone": "right"}
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
    named = words.period(check.cadence, check.period, today)
    before = {Cadence.WEEKLY: "in the", Cadence.MONTHLY: "in", Cadence.QUARTERLY: "in"}
    return f" {before.get(check.cadence, 'on')} {named}"


def day(when: date) -> str:
    """Write a day as it is typed."""
    return when.isoformat()


def _team_columns(teams: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("name", "Team", "text", "16rem", fresh=True),
        Column(
            "parent",
            "Part of",
            "pick",
            "16rem",
            tuple(teams),
            "none: at the top",
            fresh=True,
            # A second top is there where somebody says so.
            first=teams[0] if teams else "",
        ),
        Column("check_in_day", "Check-in day", "choice", "9rem", _pairs(Weekday)),
        Column("kpis", "KPIs", "shown", "5rem"),
    )


def _person_columns(team: str) -> tuple[Column, ...]:
    roles = (("", "none"), *_pairs(Role))
    return (
        Column("name", "Person", "text", "14rem", fresh=True),
        Column("email", "Address", "text", "18rem", fresh=True, hint="to sign in with"),
        Column("role", f"Role in {team}", "choice", "12rem", roles, fresh=True, placed=True),
        Column("elsewhere", "Roles elsewhere", "shown", "16rem", grows=True),
    )


_CYCLE_COLUMNS = (
    Column("name", "Cycle", "text", "14rem", fresh=True),
    Column("starts_on", "Starts", "date", "10rem", together="span", fresh=True),
    Column("ends_on", "Ends", "date", "10rem", together="span", fresh=True),
    Column("objectives", "Objectives", "shown", "6rem"),
)


def _kpi_columns(team: str, teams: Sequence[str], people: Sequence[str]) -> tuple[Column, ...]:
    better, cadence, kind = _pairs(Better), _pairs(Cadence), (("", "not said"), *_pairs(KpiKind))
    bound: Any = {"hint": "none", "together": "range", "fresh": True}
    driven = "[Lost] / [Customers]"
    pinnable = tuple(listed((name,)) for name in teams)
    lists = "clamp(7.75rem, 9.1cqi, 10.25rem)"
    return (
        # On a laptop all up to what drives it stands beside what can be done with it.
        Column("name", "KPI", "text", "13.75rem", fresh=True),
        Column("team", "Team", "pick", "9.25rem", tuple(teams), fresh=True, first=team),
        Column("unit", "Unit", "text", "5.75rem", fresh=True),
        Column("better", "Better", "choice", "5.25rem", better, fresh=True, first=Better.HIGHER),
        Column("low", "Low", "number", "4rem", **bound),
        Column("high", "High", "number", "4rem", **bound),
        Column("cadence", "Cadence", "choice", "6.5rem", cadence, fresh=True, first="weekly"),
        Column("owner", "Owner", "pick", "8.25rem", tuple(people), hint="nobody"),
        Column("pinned", "Pinned for", "names", lists, pinnable, "teams, ; between"),
        Column("driven_by", "Driven by", "long", "7.5rem", hint=driven, live=True, grows=True),
        Column(
            "smallest_change",
            "Smallest change",
            "number",
            "5.5rem",
            hint="none",
            tip=SMALLEST_CHANGE,
        ),
        Column("kind", "Kind", "choice", "5.75rem", kind),
        Column("description", "Description", "long", "8.25rem", grows=True),
    )


def _pairs(vocabulary: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    return tuple((member.value, member.value) for member in vocabulary)
