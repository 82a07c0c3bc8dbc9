"""KPIs of an import: what they are, their ranges now and later, owners and pins."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from analytics.drivers import ExpressionError, parse
from data.core.as_of import oldest_first, table_of
from data.core.fields import plain_values, stored_in
from data.core.terms import from_today
from data.core.typed_text import number
from data.exchange.importing.batch import Batch, live_rows, with_former
from data.exchange.importing.lookup import kpi_of, kpi_of_row, team_of
from data.exchange.importing.things import store_terms, store_things, store_ties, tally
from data.kpis.fields import KpiRow, RangeRow, better_of
from data.kpis.queries.readings import with_readings
from data.names.expressions import drivers_of, drives_itself, renamed_in_expression
from models import Kpi, KpiTerms

HELD = stored_in(KpiRow, KpiTerms)

ByDay = Mapping[date, Mapping[str, Any]]


def import_kpis(batch: Batch) -> None:
    """Bring in the KPIs with their terms and pins, and check what drives them."""
    kpis = live_rows(batch, Kpi)
    today = {(row.team_id, row.name): row for row in kpis}
    here = with_former(batch, Kpi, today, lambda row, name: (row.team_id, name))
    rows: dict[tuple[int, str], KpiRow] = {}
    for row in batch.tables.kpis:
        if (team_id := team_of(batch, row)) is not None:
            rows[team_id, row.kpi] = row
    if len(here) > len(today):
        rows = _respelled(batch, rows, here, today)
    _check_cadences(batch, rows, here)
    batch.names.kpis, changed = store_things(
        batch, "kpis", rows, here, lambda key, row: {"team_id": key[0], "better": better_of(row)}
    )
    agreed = store_terms(batch, "kpis", rows, batch.names.kpis)
    for key, terms in agreed.items():
        _check_range(batch, rows[key], terms["low"], terms["high"])
    pinned = store_ties(batch, "kpis", rows, batch.names.kpis)
    _check_drivers(batch, rows, {row.id: (row.team_id, row.driven_by) for row in kpis})
    tally(batch, "kpis", rows, here, changed | agreed.keys() | pinned)


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
            other[kpi_id],
            f"the cadence of “{other[kpi_id].kpi}” cannot change while it has readings",
            "give the KPI of the new cadence a name of its own",
        )


def _respelled(
    batch: Batch,
    rows: Mapping[tuple[int, str], KpiRow],
    here: Mapping[tuple[int, str], Any],
    today: Mapping[tuple[int, str], Any],
) -> dict[tuple[int, str], KpiRow]:
    """Let what drives KPIs name those of former names by the names of today."""
    former, now = (
        replace(batch.names, kpis={key: row.id for key, row in called.items()})
        for called in (here, today)
    )
    return {
        key: replace(
            row, driven_by=renamed_in_expression(row.driven_by, former, now, key[0], key[0])
        )
        for key, row in rows.items()
    }


def _check_range(batch: Batch, row: KpiRow, low: float | None, high: float | None) -> None:
    """Report a bound that does not go with the other, which the file has no column for."""
    if low is not None and high is not None and low > high:
        problem = f"low {number(low)} would be above high {number(high)} of “{row.kpi}”"
        batch.problem(row, problem, "give both of them")


def _check_drivers(
    batch: Batch, rows: dict[tuple[int, str], KpiRow], here: dict[int, tuple[int, str]]
) -> None:
    """Report drivers that nobody knows, and KPIs that would drive themselves."""
    drivers = {kpi_id: drivers_of(batch.names, *driven) for kpi_id, driven in here.items()}
    for (team_id, _), row in rows.items():
        found = []
        for name in _drivers(batch, row):
            kpi_id = kpi_of(batch, row, name, team_id)
            found += [kpi_id] if kpi_id is not None else []
        drivers[batch.names.kpis[team_id, row.kpi]] = found
    for key, row in rows.items():
        if drives_itself(batch.names.kpis[key], lambda kpi_id: drivers.get(kpi_id, ())):
            batch.problem(row, f"“{row.kpi}” would drive itself", "take it out of driven_by")


def _drivers(batch: Batch, row: KpiRow) -> tuple[str, ...]:
    """Name the drivers of a KPI; report an expression that cannot be read."""
    if not row.driven_by:
        return ()
    try:
        return parse(row.driven_by).names
    except ExpressionError as error:
        problem = f"driven_by, character {error.position}: {error.problem}"
        batch.problem(row, problem, error.remedy)
        return ()


def import_ranges(batch: Batch) -> None:
    """Bring in the ranges that KPIs have from a day on; one that holds then anyway is as it was.

    A day that is past comes from an older file: it counts where nothing was said since.
    """
    rows: dict[tuple[int, date], RangeRow] = {}
    for row in batch.tables.ranges:
        if (kpi_id := kpi_of_row(batch, row)) is not None:
            rows[kpi_id, row.starts_on] = row
    terms = _terms(batch) if rows else {}
    stood = {(kpi_id, day) for kpi_id, of in terms.items() for day in of}
    changed = {}
    for kpi_id, day in sorted(rows):
        of = terms.setdefault(kpi_id, {})
        if (held := _held(rows[kpi_id, day], of, batch.work.today)) is not None:
            changed[kpi_id, day] = of[day] = held
    said = from_today(batch.work)
    batch.work.add(
        KpiTerms,
        [
            {"kpi_id": kpi_id, **held, **said, "valid_from": day}
            for (kpi_id, day), held in changed.items()
        ],
    )
    here = dict.fromkeys(stood | (rows.keys() - changed.keys()))
    tally(batch, "ranges", rows, here, set(changed))


def _terms(batch: Batch) -> dict[int, dict[date, Mapping[str, Any]]]:
    """Give what holds for each KPI from which day on; new ones have none in a dry run."""
    terms = table_of(KpiTerms)
    found: dict[int, dict[date, Mapping[str, Any]]] = {}
    for row in batch.work.connection.execute(select(terms).order_by(*oldest_first(terms.c))):
        held = {name: getattr(row, name) for name in HELD}
        found.setdefault(row.kpi_id, {})[row.valid_from] = held
    return found


def _held(row: RangeRow, terms: ByDay, today: date) -> dict[str, Any] | None:
    """Give what is to hold from a row's day on, None where it does, or others were said since."""
    day = row.starts_on
    if any(day < other <= today for other in terms):
        return None
    before = max((other for other in terms if other <= day), default=None)
    stands = dict.fromkeys(HELD) if before is None else terms[before]
    bounds = {name: plain_values(row, KpiTerms)[name] for name in ("low", "high")}
    held = {**stands, **bounds}
    return None if held == stands else held
