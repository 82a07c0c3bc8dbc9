"""What the rows of an import name: found by what it is called, or reported."""

from typing import Any

from data.core.fields import Column, Table, columns
from data.core.problems import Named
from data.exchange.importing.batch import MISSING, Batch
from data.exchange.tables import FILES


def links_of(batch: Batch, file: str, row: Any, table: Table) -> dict[str, Any]:
    """Give what a table keeps of the things that a row names, but for what the row is part of."""
    return {
        column.stored: thing_of(batch, file, row, column, getattr(row, column.name))
        for column in columns(FILES[file])
        if column.table is table and column.is_link and not (column.is_name or column.kind is tuple)
    }


def thing_of(batch: Batch, file: str, row: Any, column: Column, text: str) -> int | None:
    """Give the key of what a cell names, None where it is blank; report what nobody knows."""
    if not text:
        return None
    match column.declared.names:
        case "person":
            return person_of(batch, file, row.line, text)
        case "objective":
            return _objective_named(batch, file, row, column, text)
        case "kpi":
            return kpi_of(batch, file, row.line, text, batch.names.teams[row.team])
    if text not in batch.names.teams:
        where, named = f" in {column.name}", Named("teams", text)
        batch.unknown(file, row.line, named, where=where, remedy="correct the name")
    return batch.names.teams.get(text)


def team_of(batch: Batch, file: str, row: Any) -> int:
    """Give the key of a row's team; report one that nobody knows."""
    known = batch.names.teams.get(row.team)
    if known is not None:
        return known
    return batch.find(batch.names.teams, row.team, file, row.line, Named("teams", row.team))


def person_of(batch: Batch, file: str, line: int, name: str) -> int | None:
    """Give the key of a person, None where no name is given; report one that nobody knows."""
    if not name:
        return None
    key = batch.find(batch.names.people, name, file, line, Named("people", name))
    return None if key == MISSING else key


def kpi_of_row(batch: Batch, file: str, row: Any) -> int | None:
    """Give the key of the KPI of a row's own team; report one that it does not have."""
    team_id = team_of(batch, file, row)
    if team_id == MISSING:
        return None
    kpi_id = batch.names.kpis.get((team_id, row.kpi))
    if kpi_id is None:
        batch.unknown(file, row.line, Named("kpis", row.kpi), where=f" of {row.team}")
    return kpi_id


def kpi_of(batch: Batch, file: str, line: int, text: str, team_id: int) -> int | None:
    """Give the key of a KPI as a team names it; report one that is unknown or ambiguous."""
    try:
        found = batch.names.kpi(text.strip(), team_id)
    except LookupError as error:
        batch.problem(file, line, str(error), "write it as Team / KPI")
        return None
    if found is None:
        remedy = "add it to kpis, or write another team's as Team / KPI"
        batch.unknown(file, line, Named("kpis", text.strip()), remedy=remedy)
    return found


def place_of(batch: Batch, file: str, row: Any) -> tuple[int, int] | None:
    """Give the keys of a row's cycle and team; report those that nobody knows."""
    team_id = team_of(batch, file, row)
    cycle = Named("cycles", row.cycle)
    cycle_id = batch.find(batch.names.cycles, row.cycle, file, row.line, cycle)
    return None if MISSING in (team_id, cycle_id) else (cycle_id, team_id)


def objective_of(batch: Batch, file: str, row: Any) -> int | None:
    """Give the key of a row's objective; report one that nobody knows, once."""
    place = place_of(batch, file, row)
    if place is None:
        return None
    named, where = Named("objectives", row.objective), f" of {row.team} in {row.cycle}"
    key = (*place, row.objective)
    found = batch.find(batch.names.objectives, key, file, row.line, named, where)
    return None if found == MISSING else found


def key_result_of(batch: Batch, file: str, row: Any) -> int | None:
    """Give the key of a row's key result; report one that nobody knows, once."""
    objective_id = objective_of(batch, file, row)
    if objective_id is None:
        return None
    named, where = Named("key_results", row.key_result), f" of “{row.objective}”"
    key = (objective_id, row.key_result)
    found = batch.find(batch.names.key_results, key, file, row.line, named, where)
    return None if found == MISSING else found


FIND_WHOLE = {"kpi": kpi_of_row, "objective": objective_of, "key_result": key_result_of}
"""What finds the thing that a row is of a part of, by its kind."""


def _objective_named(batch: Batch, file: str, row: Any, column: Column, text: str) -> int | None:
    place = batch.names.teams[row.team], batch.names.cycles[row.cycle]
    try:
        found = batch.names.objective(text, *place)
    except LookupError as error:
        batch.problem(file, row.line, str(error), "write it as Team / Objective")
        return None
    if found is None:
        remedy = "add it to objectives, or write another team's as Team / Objective"
        where, named = f" in {column.name}", Named("objectives", text)
        batch.unknown(file, row.line, named, where=where, remedy=remedy)
    elif found == batch.names.objectives[place[1], place[0], row.objective]:
        what = f"“{row.objective}” {column.name} itself"
        batch.problem(file, row.line, what, f"take it out of {column.name}")
        return None
    return found
