"""KPIs as the coach reads them: three statements, whatever their number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from analytics.coach.draft import KpiFacts
from analytics.periods import ordinal
from data.company.views import CycleView
from data.core.as_of import any_of, table
from data.kpis.queries.readings import Readings, last_readings
from data.kpis.queries.signals import said_about

_kpi = table("kpi")

KINDS = select(_kpi.c.id, _kpi.c.kind, _kpi.c.driven_by).where(_kpi.c.id.in_(any_of("kpis")))


def kpi_facts(
    connection: Connection, kpis: Sequence[Any], moment: datetime, cycle: CycleView | None
) -> Mapping[int, KpiFacts]:
    """Give the facts of KPIs by key; a reading that was dismissed is none."""
    kinds = {row.id: row for row in connection.execute(KINDS, {"kpis": [kpi.id for kpi in kpis]})}
    dismissed = said_about(connection, kpis, moment).dismissed.periods
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    readings = last_readings(connection, cadences, moment, dismissed)
    return {kpi.id: _facts(kpi, kinds[kpi.id], readings, cycle) for kpi in kpis}


def _facts(kpi: Any, more: Any, readings: Readings, cycle: CycleView | None) -> KpiFacts:
    at = readings.rows[kpi.id]
    latest = readings.latest[at]
    ahead = 0
    if latest is not None and cycle is not None:
        ahead = max(ordinal(cycle.ends_on, kpi.cadence) - ordinal(latest, kpi.cadence), 0)
    return KpiFacts(
        id=kpi.id,
        name=kpi.name,
        better=kpi.better,
        unit=kpi.unit,
        kind=more.kind or "",
        low=kpi.low,
        high=kpi.high,
        cadence=kpi.cadence,
        values=np.asarray(readings.values[at], np.float64),
        ahead=ahead,
        driven_by=more.driven_by,
    )
