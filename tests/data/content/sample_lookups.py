"""What the tests of the sample company look up in it."""

from datetime import UTC, date, datetime

import numpy as np

from analytics.health import health
from analytics.periods import freshness, recent_periods
from analytics.variation import natural_limits
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow

COMPANY = "Alderquay"
TODAY = date(2026, 11, 22)


def place_of(tables: Tables, team: str, name: str, among: set[tuple[str, str]]) -> tuple[str, str]:
    """Resolve a name as the design says: own team, then its ancestors, else `Team / name`."""
    parents = {row.team: row.parent for row in tables.teams}
    elsewhere, _, bare = name.rpartition(" / ")
    places = [elsewhere] if elsewhere else [team, parents[team]]
    return next((place, bare) for place in places if (place, bare) in among)


def kpi_named(tables: Tables, name: str) -> KpiRow:
    return next(row for row in tables.kpis if row.kpi == name)


def current(tables: Tables) -> dict[tuple[str, str], dict[date, float]]:
    """Give each KPI's readings by period, corrections in force."""
    readings: dict[tuple[str, str], dict[date, float]] = {}
    beginning = datetime.min.replace(tzinfo=UTC)
    for row in sorted(tables.readings, key=lambda row: row.recorded_at or beginning):
        readings.setdefault((row.team, row.kpi), {})[row.date] = row.value
    return {kpi: dict(sorted(values.items())) for kpi, values in readings.items()}


def series(tables: Tables, name: str, today: date = TODAY) -> np.ndarray:
    """Give a KPI's values from its first reading to its last, NaN where one is missing."""
    row = kpi_named(tables, name)
    known = current(tables)[row.team, row.kpi]
    periods = recent_periods(today, row.cadence, 800)[::-1]
    return np.array([known.get(p, np.nan) for p in periods if min(known) <= p <= max(known)])


def health_of(tables: Tables, name: str, today: date = TODAY) -> str:
    row = kpi_named(tables, name)
    values = series(tables, name, today)
    stale = freshness(max(current(tables)[row.team, row.kpi]), today, row.cadence) == "no data"
    low, high = (np.array([np.nan if b is None else b]) for b in (row.low, row.high))
    sigma = np.array([natural_limits(values[-52:]).sigma])
    return str(health(values[-1:], low, high, sigma, np.array([stale]))[0])
