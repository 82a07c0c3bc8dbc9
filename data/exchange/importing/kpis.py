"""KPIs of an import: what they are, their ranges and owners, and where they are pinned."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.drivers import ExpressionError, parse
from data.core.fields import plain_values
from data.core.problems import Named
from data.core.typed_text import number
from data.exchange.importing.aliases import with_former
from data.exchange.importing.batch import (
    MISSING,
    Batch,
    lines_of,
    live_rows,
    store,
    store_links,
    tally,
    terms_in_force,
)
from data.exchange.importing.company import person_of, starting_terms, team_of
from data.kpis.fields import KpiRow, better_of
from data.kpis.queries.readings import with_readings
from data.names.drivers import drivers_of, drives_itself
from data.names.rename_in_expressions import renamed_in_expression
from data.names.scopes import Names
from models import Kpi, KpiTerms, Pin


def import_kpis(batch: Batch, names: Names) -> None:
    """Bring in the KPIs with their terms and pins, and check what drives them."""
    kpis = live_rows(batch, Kpi)
    today = {(row.team_id, row.name): row for row in kpis}
    here = with_former(batch, Kpi, today, lambda row, name: (row.team_id, name))
    rows: dict[tuple[int, str], KpiRow] = {}
    for row in batch.tables.kpis:
        if (team_id := team_of(batch, names, "kpis", row)) != MISSING:
            rows[team_id, row.kpi] = row
    if len(here) > len(today):
        rows = _respelled(names, rows, here, today)
    entities = {key: _entity(key[0], row) for key, row in rows.items()}
    _check_cadences(batch, rows, here)
    names.kpis, changed = store(batch, "kpis", Kpi, entities, here)
    changed |= _import_terms(batch, names, rows)
    changed |= _import_pins(batch, names, rows)
    _check_drivers(batch, names, rows, {row.id: (row.team_id, row.driven_by) for row in kpis})
    tally(batch, "kpis", rows, here, changed, lines_of(rows))


def _check_cadences(
    batch: Batch, rows: dict[tuple[int, str], KpiRow], here: dict[tuple[int, str], Any]
) -> None:
    """Report a cadence that changes under readings: they belong to periods of the old one."""
    other = {
        here[key].id: row
        for key, row in rows.items()
        if key in here and here[key].cadence != row.cadence and batch.gives("kpis", "cadence")
    }
    for kpi_id in with_readings(batch.work.connection, other):
        batch.problem(
            "kpis",
            other[kpi_id].line,
            f"the cadence of “{other[kpi_id].kpi}” cannot change while it has readings",
            "give the KPI of the new cadence a name of its own",
        )


def _respelled(
    names: Names,
    rows: Mapping[tuple[int, str], KpiRow],
    here: Mapping[tuple[int, str], Any],
    today: Mapping[tuple[int, str], Any],
) -> dict[tuple[int, str], KpiRow]:
    """Let what drives KPIs name those of former names by the names of today."""
    former, now = (
        replace(names, kpis={key: row.id for key, row in called.items()})
        for called in (here, today)
    )
    return {
        key: replace(
            row, driven_by=renamed_in_expression(row.driven_by, former, now, key[0], key[0])
        )
        for key, row in rows.items()
    }


def _entity(team_id: int, row: KpiRow) -> dict[str, Any]:
    return {"team_id": team_id, **plain_values(row, Kpi), "better": better_of(row)}


def _import_terms(
    batch: Batch, names: Names, rows: dict[tuple[int, str], KpiRow]
) -> set[tuple[int, str]]:
    here = terms_in_force(batch, KpiTerms, "kpi_id")
    changed: set[tuple[int, str]] = set()
    added = []
    for key, row in rows.items():
        owner_id = person_of(batch, names, "kpis", row.line, row.owner)
        terms = {**plain_values(row, KpiTerms), "owner_id": owner_id}
        if complete := agreed(batch, "kpis", terms, here.get(names.kpis[key])):
            _check_range(batch, row, complete["low"], complete["high"])
            changed.add(key)
            added.append({"kpi_id": names.kpis[key], **complete})
    batch.work.add(KpiTerms, added)
    return changed


def _check_range(batch: Batch, row: KpiRow, low: float | None, high: float | None) -> None:
    """Report a bound that does not go with the other, which the file has no column for."""
    if low is not None and high is not None and low > high:
        problem = f"low {number(low)} would be above high {number(high)} of “{row.kpi}”"
        batch.problem("kpis", row.line, problem, "give both of them")


def agreed(
    batch: Batch, file: str, terms: dict[str, Any], before: Any | None
) -> dict[str, Any] | None:
    """Give the terms to append, None where they hold already."""
    if before is None:
        return {**terms, **starting_terms(batch, new=True)}
    given = batch.given(file, terms)
    if all(getattr(before, name) == value for name, value in given.items()):
        return None
    kept = {name: getattr(before, name) for name in terms}
    return {**kept, **given, **starting_terms(batch, new=False)}


def _import_pins(
    batch: Batch, names: Names, rows: dict[tuple[int, str], KpiRow]
) -> set[tuple[int, str]]:
    """Pin KPIs to the cockpits named, and take away the pins that a file no longer has."""
    if not batch.gives("kpis", "pinned"):
        return set()
    wanted: dict[tuple[int, int], tuple[int, str]] = {}
    for key, row in rows.items():
        for team in row.pinned:
            if team not in names.teams:
                pinned, remedy = Named("teams", team), "correct the name"
                batch.unknown("kpis", row.line, pinned, where=" in pinned", remedy=remedy)
            elif names.teams[team] != MISSING:
                wanted[names.kpis[key], names.teams[team]] = key
    owners = {names.kpis[key]: key for key in rows}
    return store_links(batch, Pin, ("kpi_id", "team_id"), wanted, owners)


def _check_drivers(
    batch: Batch,
    names: Names,
    rows: dict[tuple[int, str], KpiRow],
    here: dict[int, tuple[int, str]],
) -> None:
    """Report drivers that nobody knows, and KPIs that would drive themselves."""
    drivers = {kpi_id: drivers_of(names, *driven) for kpi_id, driven in here.items()}
    for (team_id, _), row in rows.items():
        found = []
        for name in _drivers(batch, row):
            kpi_id = kpi_of(batch, names, "kpis", row.line, name, team_id)
            found += [kpi_id] if kpi_id is not None else []
        drivers[names.kpis[team_id, row.kpi]] = found
    for key, row in rows.items():
        if drives_itself(names.kpis[key], lambda kpi_id: drivers.get(kpi_id, ())):
            batch.problem(
                "kpis", row.line, f"“{row.kpi}” would drive itself", "take it out of driven_by"
            )


def _drivers(batch: Batch, row: KpiRow) -> tuple[str, ...]:
    """Name the drivers of a KPI; report an expression that cannot be read."""
    if not row.driven_by:
        return ()
    try:
        return parse(row.driven_by).names
    except ExpressionError as error:
        problem = f"driven_by, character {error.position}: {error.problem}"
        batch.problem("kpis", row.line, problem, error.remedy)
        return ()


def kpi_of_row(batch: Batch, names: Names, file: str, row: Any) -> int | None:
    """Give the key of the KPI of a row's own team; report one that it does not have."""
    team_id = team_of(batch, names, file, row)
    if team_id == MISSING:
        return None
    kpi_id = names.kpis.get((team_id, row.kpi))
    if kpi_id is None:
        batch.unknown(file, row.line, Named("kpis", row.kpi), where=f" of {row.team}")
    return kpi_id


def kpi_of(batch: Batch, names: Names, file: str, line: int, text: str, team_id: int) -> int | None:
    """Give the key of a KPI as a team names it; report one that is unknown or ambiguous."""
    try:
        found = names.kpi(text.strip(), team_id)
    except LookupError as error:
        batch.problem(file, line, str(error), "write it as Team / KPI")
        return None
    if found is None:
        remedy = "add it to kpis, or write another team's as Team / KPI"
        batch.unknown(file, line, Named("kpis", text.strip()), remedy=remedy)
    return found
