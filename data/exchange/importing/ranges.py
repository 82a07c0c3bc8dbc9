"""Ideal ranges of an import that are to hold from a later day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from data.core.as_of import oldest_first, table_of
from data.core.fields import plain_values, stored_in
from data.core.terms import from_today
from data.exchange.importing.batch import Batch
from data.exchange.importing.lookup import kpi_of_row
from data.exchange.importing.things import tally
from data.kpis.fields import KpiRow, RangeRow
from models import KpiTerms

HELD = stored_in(KpiRow, KpiTerms)
ByDay = Mapping[date, Mapping[str, Any]]


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
