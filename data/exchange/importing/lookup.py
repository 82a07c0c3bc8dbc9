"""What the rows of an import name: found by what it is called, or reported."""

from collections.abc import Callable
from typing import Any

from data.core.fields import Column, Table, columns
from data.core.problems import Named
from data.exchange.importing.batch import Batch


def links_of(batch: Batch, row: Any, table: Table) -> dict[str, Any]:
    """Give what a table keeps of the things that a row names, but for what the row is part of."""
    return {
        column.stored: thing_of(batch, row, column, getattr(row, column.name))
        for column in columns(type(row))
        if column.table is table and column.is_link and not (column.is_name or column.kind is tuple)
    }


def thing_of(batch: Batch, row: Any, column: Column, text: str) -> int | None:
    """Give the key of what a cell names, None where it is blank; report what nobody knows."""
    if not text:
        return None
    match column.declared.names:
        case "person":
            return person_of(batch, row, text)
        case "objective":
            return _other_objective(batch, row, column, text)
        case "kpi":
            return kpi_of(batch, row, text, batch.names.teams[row.team])
    if text not in batch.names.teams:
        batch.unknown(row, Named("teams", text), f" in {column.name}", "correct the name")
    return batch.names.teams.get(text)


def team_of(batch: Batch, row: Any) -> int | None:
    """Give the key of a row's team; report one that nobody knows."""
    return batch.find(batch.names.teams, row.team, row, Named("teams", row.team))


def person_of(batch: Batch, row: Any, name: str) -> int | None:
    """Give the key of a person, None where no name is given; report one that nobody knows."""
    return batch.find(batch.names.people, name, row, Named("people", name)) if name else None


def cycle_of(batch: Batch, row: Any) -> int | None:
    """Give the key of a row's cycle; report one that nobody knows."""
    return batch.find(batch.names.cycles, row.cycle, row, Named("cycles", row.cycle))


def kpi_of_row(batch: Batch, row: Any) -> int | None:
    """Give the key of the KPI of a row's own team; report one that it does not have."""
    if (team_id := team_of(batch, row)) is None:
        return None
    kpi_id = batch.names.kpis.get((team_id, row.kpi))
    if kpi_id is None:
        batch.unknown(row, Named("kpis", row.kpi), f" of {row.team}")
    return kpi_id


def kpi_of(batch: Batch, row: Any, text: str, team_id: int) -> int | None:
    """Give the key of a KPI as a team names it; report one that is unknown or ambiguous."""
    named = Named("kpis", text.strip())
    return _found(batch, row, named, lambda: batch.names.kpi(named.name, team_id), "KPI")


def objective_named(
    batch: Batch, row: Any, text: str, place: tuple[int, int], where: str = ""
) -> int | None:
    """Give the key of an objective as a team names it in a cycle; report it as `kpi_of` does.

    `place` are the keys of that cycle and team.
    """
    cycle_id, team_id = place

    def find() -> int | None:
        return batch.names.objective(text, team_id, cycle_id)

    return _found(batch, row, Named("objectives", text), find, "Objective", where)


def _found(
    batch: Batch,
    row: Any,
    named: Named,
    find: Callable[[], int | None],
    kind: str,
    where: str = "",
) -> int | None:
    try:
        found = find()
    except LookupError as error:
        batch.problem(row, str(error), f"write it as Team / {kind}")
        return None
    if found is None:
        remedy = f"add it to {named.file}, or write another team's as Team / {kind}"
        batch.unknown(row, named, where, remedy)
    return found


def place_of(batch: Batch, row: Any) -> tuple[int, int] | None:
    """Give the keys of a row's cycle and team; report those that nobody knows."""
    team_id, cycle_id = team_of(batch, row), cycle_of(batch, row)
    return None if team_id is None or cycle_id is None else (cycle_id, team_id)


def objective_of(batch: Batch, row: Any) -> int | None:
    """Give the key of a row's objective; report one that nobody knows, once."""
    if (place := place_of(batch, row)) is None:
        return None
    named, where = Named("objectives", row.objective), f" of {row.team} in {row.cycle}"
    return batch.find(batch.names.objectives, (*place, row.objective), row, named, where)


def key_result_of(batch: Batch, row: Any) -> int | None:
    """Give the key of a row's key result; report one that nobody knows, once."""
    objective_id = objective_of(batch, row)
    return None if objective_id is None else key_result_in(batch, row, objective_id)


def key_result_in(batch: Batch, row: Any, objective_id: int) -> int | None:
    """Give the key of a row's key result where its objective is known."""
    named, where = Named("key_results", row.key_result), f" of “{row.objective}”"
    key = (objective_id, row.key_result)
    return batch.find(batch.names.key_results, key, row, named, where)


FIND_WHOLE = {"kpi": kpi_of_row, "objective": objective_of, "key_result": key_result_of}
"""What finds the thing that a row is part of, by its kind."""


def _other_objective(batch: Batch, row: Any, column: Column, text: str) -> int | None:
    """Give the key of the objective that a cell of an objective names, which is not itself."""
    place = batch.names.cycles[row.cycle], batch.names.teams[row.team]
    found = objective_named(batch, row, text, place, f" in {column.name}")
    if found is not None and found == batch.names.objectives[(*place, row.objective)]:
        what = f"“{row.objective}” {column.name} itself"
        batch.problem(row, what, f"take it out of {column.name}")
        return None
    return found
